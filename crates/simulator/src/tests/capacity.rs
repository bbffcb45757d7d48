//! The capacity of the store and of the log: what a client sends does not fill the machine's memory.

use super::*;

const IMAGE: &str = "/cgi-bin/material/add_material?type=image";
const DRAFT: &str = "/cgi-bin/draft/add";

async fn draft(client: &Client, image: &str, content: &str) -> Wire {
    let article = json!({"title": "甲", "content": content, "thumb_media_id": image});
    client.post(DRAFT, &json!({"articles": [article]}).to_string()).await
}

#[tokio::test]
async fn a_full_store_takes_no_more_until_something_is_deleted() {
    let client = Client::with(Options {
        plain_http: true,
        memory: 100_000,
        ..Options::default()
    })
    .await;
    let picture = vec![b'x'; 30_000];
    let mut ids = Vec::new();
    for _ in 0..3 {
        let reply = client.upload(IMAGE, "a.jpg", &picture).await;
        assert_eq!(reply.code(), 0);
        ids.push(reply.json()["media_id"].clone());
    }
    let image = ids[1].as_str().unwrap();
    let long = format!("<p>{}</p>", "x".repeat(30_000));
    for target in [IMAGE, "/cgi-bin/media/uploadimg", "/cgi-bin/media/upload?type=image"] {
        let reply = client.upload(target, "a.jpg", &picture).await;
        assert_eq!(reply.code(), 45101, "{target}");
        assert!(reply.json()["errmsg"].as_str().unwrap().starts_with("hit upload limit"));
    }
    assert_eq!(draft(&client, image, &long).await.code(), 45101);
    // What is smaller still fits, and nothing of what was refused has been stored.
    assert_eq!(draft(&client, image, "<p>1</p>").await.code(), 0);
    client.account(|account| assert_eq!((account.materials.len(), account.drafts.len()), (3, 1)));
    let delete = json!({"media_id": ids[0]}).to_string();
    assert_eq!(client.post("/cgi-bin/material/del_material", &delete).await.code(), 0);
    assert_eq!(draft(&client, image, &long).await.code(), 0);
    assert_eq!(client.upload(IMAGE, "a.jpg", &picture).await.code(), 45101);
}

#[tokio::test]
async fn a_draft_cannot_grow_beyond_the_store() {
    let client = Client::start().await;
    let image = client.image();
    client.account(|account| account.memory_limit = 20_000);
    let id = draft(&client, &image, "<p>1</p>").await.json()["media_id"].clone();
    let update = async |length: usize| {
        let article = json!({"title": "甲", "content": "x".repeat(length), "thumb_media_id": image});
        let body = json!({"media_id": id, "index": 0, "articles": article}).to_string();
        client.post("/cgi-bin/draft/update", &body).await.code()
    };
    assert_eq!(update(30_000).await, 45101);
    // The same place can be written as often as one likes.
    for _ in 0..10 {
        assert_eq!(update(5_000).await, 0);
    }
    let publish = "/cgi-bin/freepublish/submit";
    client.account(|account| account.memory_limit = 8_000);
    let body = json!({"media_id": id}).to_string();
    assert_eq!(client.post(publish, &body).await.code(), 45101);
}

#[tokio::test]
async fn expired_media_make_room() {
    let mut client = Client::with(Options {
        plain_http: true,
        memory: 50_000,
        ..Options::default()
    })
    .await;
    let target = "/cgi-bin/media/upload?type=image";
    let picture = vec![b'x'; 40_000];
    for code in [0, 45101] {
        assert_eq!(client.upload(target, "a.jpg", &picture).await.code(), code);
    }
    client.advance(3 * 86_400);
    client.renew().await;
    assert_eq!(client.upload(target, "a.jpg", &picture).await.code(), 0);
    client.account(|account| assert_eq!(account.media.len(), 1));
}

#[tokio::test]
async fn material_is_limited_by_number_and_kind() {
    let client = Client::start().await;
    client.account(|account| {
        assert_eq!((account.picture_limit, account.other_limit), (100_000, 1_000));
        (account.picture_limit, account.other_limit) = (3, 2);
        let image = account.put_material(MaterialKind::Image, "a.jpg", JPEG);
        account.put_news(vec![Article::news("旧", "<p>a</p>", &image)]);
    });
    for code in [0, 45101] {
        assert_eq!(client.upload(IMAGE, "a.jpg", JPEG).await.code(), code);
    }
    for kind in ["voice", "thumb"] {
        let name = if kind == "voice" { "a.amr" } else { "a.jpg" };
        let bytes: &[u8] = if kind == "voice" { b"#!AMR\n" } else { JPEG };
        let target = format!("/cgi-bin/material/add_material?type={kind}");
        for code in [0, 0, 45101] {
            assert_eq!(client.upload(&target, name, bytes).await.code(), code, "{kind}");
        }
    }
    // Pictures of articles do not count (wechat-api §5).
    assert_eq!(client.upload("/cgi-bin/media/uploadimg", "a.jpg", JPEG).await.code(), 0);
}

#[tokio::test]
async fn a_body_that_is_far_too_large_is_refused_unread() {
    let client = Client::start().await;
    let announced = (64_u64 << 20).to_string();
    let headers = [("Content-Length", announced.as_str()), ("Content-Type", FORM)];
    // Only the head is sent: a server that waited for the body would not answer.
    let request = message("POST", &client.target(IMAGE), &headers, b"");
    let mut stream = TcpStream::connect(client.simulator.address()).await.unwrap();
    stream.write_all(&request).await.unwrap();
    let mut reply = [0; 12];
    stream.read_exact(&mut reply).await.unwrap();
    assert_eq!(&reply, b"HTTP/1.1 413");
}

#[tokio::test]
async fn the_log_counts_a_bounded_number_of_paths() {
    let client = Client::start().await;
    let requests: Vec<u8> = (0..5_000)
        .flat_map(|number| format!("GET /{number} HTTP/1.1\r\nHost: a\r\n\r\n").into_bytes())
        .chain(*b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .collect();
    let mut stream = TcpStream::connect(client.simulator.address()).await.unwrap();
    let (mut read, mut write) = stream.split();
    let mut sink = tokio::io::sink();
    let (_, sent) = tokio::join!(tokio::io::copy(&mut read, &mut sink), write.write_all(&requests));
    sent.unwrap();
    assert_eq!(client.simulator.requests_to("/0"), 1);
    assert_eq!(client.simulator.requests_to("/last"), 0);
    assert_eq!(client.get("/cgi-bin/draft/count").await.code(), 0);
    assert_eq!(client.simulator.requests_to("/cgi-bin/stable_token"), 1);
}

#[tokio::test]
async fn names_and_descriptions_take_room() {
    let client = Client::start().await;
    client.account(|account| account.memory_limit = 30_000);
    let name = |length: usize| format!("{}.jpg", "x".repeat(length - 4));
    for target in [IMAGE, "/cgi-bin/media/uploadimg", "/cgi-bin/media/upload?type=image"] {
        assert_eq!(client.upload(target, &name(1001), JPEG).await.code(), 40005, "{target}");
    }
    let mut stored = 0;
    while client.upload(IMAGE, &name(1000), JPEG).await.code() == 0 {
        stored += 1;
    }
    // A thousand bytes of name, and 1 KiB beside it.
    assert!((10..=14).contains(&stored), "{stored}");
    // One is deleted, and the others get introductions that take more than its place.
    client.account(|account| {
        let first = account.materials.keys().next().unwrap().clone();
        account.materials.remove(&first);
        for material in account.materials.values_mut() {
            material.introduction = "x".repeat(2000);
        }
    });
    assert_eq!(client.upload(IMAGE, &name(1000), JPEG).await.code(), 45101);
    client.account(|account| {
        for material in account.materials.values_mut() {
            material.introduction.clear();
        }
    });
    assert_eq!(client.upload(IMAGE, &name(1000), JPEG).await.code(), 0);
}
