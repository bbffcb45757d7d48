//! Permanent material (wechat-api §7, §8).

use super::*;

const ADD: &str = "/cgi-bin/material/add_material?type=image";
const GET: &str = "/cgi-bin/material/get_material";
const LIST: &str = "/cgi-bin/material/batchget_material";

#[tokio::test]
async fn an_image_comes_back_as_it_was_uploaded() {
    let client = Client::start().await;
    let reply = client.upload(ADD, "image.jpg", JPEG).await;
    assert_eq!(reply.header("content-type"), Some("text/plain"));
    assert!(reply.text().contains("http:\\/\\/mmbiz.qpic.cn\\/mmbiz_jpg\\/"));
    let reply = reply.json();
    assert!(reply.get("errcode").is_none(), "{reply}");
    assert!(reply["url"].as_str().unwrap().ends_with("/0?wx_fmt=jpeg"));
    let id = reply["media_id"].as_str().unwrap();
    assert_eq!(id.len(), 64);
    assert_eq!(reply, json!({"media_id": id, "url": reply["url"]}));

    let body = json!({"media_id": id}).to_string();
    let mut types = Vec::new();
    for _ in 0..3 {
        let reply = client.post(GET, &body).await;
        assert_eq!(reply.body, JPEG);
        let disposition = "attachment; filename=\"image.jpg\"";
        assert_eq!(reply.header("content-disposition"), Some(disposition));
        types.push(reply.header("content-type").unwrap().to_owned());
    }
    assert_eq!(types, ["application/octet-stream", "text/plain", "image/jpeg"]);

    let reply = client
        .post(LIST, "{\"type\":\"image\",\"offset\":0,\"count\":20}")
        .await
        .json();
    assert_eq!((&reply["total_count"], &reply["item_count"]), (&json!(1), &json!(1)));
    let item = &reply["item"][0];
    assert_eq!((&item["media_id"], &item["name"]), (&json!(id), &json!("image.jpg")));
    let fields: Vec<&String> = item.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["media_id", "name", "update_time", "url"]);

    let delete = "/cgi-bin/material/del_material";
    let reply = client.post(delete, &body).await.json();
    assert_eq!(reply, json!({"errcode": 0, "errmsg": "ok"}));
    assert_eq!(client.post(delete, &body).await.code(), 40007);
    assert_eq!(client.post(GET, &body).await.code(), 40007);
}

#[tokio::test]
async fn forms_are_read_as_strictly_as_documented() {
    let client = Client::start().await;
    let part = "name=\"media\"; filename=\"image.jpg\"";
    let good = form(part, JPEG);
    assert_eq!(client.form(ADD, FORM, &good).await.code(), 0);
    let quoted = "multipart/form-data; boundary=\"----wx7f3a9c\"";
    assert_eq!(client.form(ADD, quoted, &good).await.code(), 41005);
    assert_eq!(client.form(ADD, "application/json", &good).await.code(), 41005);
    assert_eq!(client.form(ADD, FORM, b"").await.code(), 44002);
    for (disposition, code) in [
        ("name=\"file\"; filename=\"image.jpg\"", 41005),
        ("name=\"media\"", 41005),
        ("name=\"media\"; filename=image.jpg", 41005),
        ("name=\"media\"; filename=\"图.jpg\"", 41005),
        ("name=\"media\"; filename=\"i.jpg\"; filename*=utf-8''i.jpg", 41005),
        ("name=\"media\"; filename*=utf-8''i.jpg", 41005),
        ("name=\"media\"; filename=\"image\"", 40005),
        ("name=\"media\"; filename=\"image.webp\"", 40113),
        ("name=\"media\"; filename=\"image.mp3\"", 40113),
        ("name=\"media\"; filename=\"IMAGE.JPG\"", 0),
    ] {
        let reply = client.form(ADD, FORM, &form(disposition, JPEG)).await;
        assert_eq!(reply.code(), code, "{disposition}");
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let plain = text(&form(part, b"bytes"));
    for broken in [
        plain.replace("\r\n", "\n"),
        plain.replace("--\r\n", "\r\n"),
        plain.trim_end().to_owned(),
        format!("x{plain}"),
    ] {
        let reply = client.form(ADD, FORM, broken.as_bytes()).await;
        assert_eq!(reply.code(), 41005, "{broken}");
    }
    assert_eq!(client.form(ADD, FORM, plain.as_bytes()).await.code(), 0);
    for target in [
        "/cgi-bin/material/add_material",
        "/cgi-bin/material/add_material?type=x",
    ] {
        assert_eq!(client.form(target, FORM, &good).await.code(), 40004);
    }
}

#[tokio::test]
async fn content_must_not_contradict_the_extension() {
    let client = Client::start().await;
    for (name, bytes, code) in [
        ("a.png", JPEG, 40113),
        ("a.jpg", PNG, 40113),
        ("a.jpg", b"RIFF\x10\0\0\0WEBPVP8 ", 40113),
        ("a.jpg", b"<svg xmlns=''/>", 40113),
        ("a.jpg", b"\0\0\0\x1cftypheic", 40113),
        ("a.png", PNG, 0),
        ("a.jpeg", JPEG, 0),
        ("a.gif", b"whatever", 0),
        ("a.jpg", b"", 44001),
    ] {
        assert_eq!(client.upload(ADD, name, bytes).await.code(), code, "{name}");
    }
}

#[tokio::test]
async fn sizes_are_limited_by_kind() {
    let client = Client::start().await;
    for (kind, name, most, code) in [
        ("image", "a.bmp", 10 << 20, 40009),
        ("voice", "a.wma", 2 << 20, 40010),
        ("thumb", "a.jpg", 64 << 10, 40012),
    ] {
        let target = format!("/cgi-bin/material/add_material?type={kind}");
        let mut bytes = vec![b'x'; most];
        assert_eq!(client.upload(&target, name, &bytes).await.code(), 0);
        bytes.push(b'x');
        assert_eq!(client.upload(&target, name, &bytes).await.code(), code);
    }
    let video = "/cgi-bin/material/add_material?type=video";
    let reply = client.upload(video, "a.mp4", &vec![b'x'; (10 << 20) + 1]).await;
    assert_eq!(reply.code(), 40011);
}

#[tokio::test]
async fn voices_are_at_most_a_minute_long() {
    let client = Client::start().await;
    let target = "/cgi-bin/material/add_material?type=voice";
    let amr = |frames: usize| [&b"#!AMR\n"[..], &[0_u8; 13].repeat(frames)].concat();
    let wav = |seconds: usize| {
        let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        for number in [8000_u32, 8000, 0x0008_0001] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(b"data\0\0\0\0");
        bytes.resize(44 + seconds * 8000, 0);
        bytes
    };
    assert_eq!(client.upload(target, "a.amr", &amr(3000)).await.code(), 0);
    assert_eq!(client.upload(target, "a.amr", &amr(3001)).await.code(), 45007);
    assert_eq!(client.upload(target, "a.wav", &wav(60)).await.code(), 0);
    assert_eq!(client.upload(target, "a.wav", &wav(61)).await.code(), 45007);
}

#[tokio::test]
async fn a_video_needs_a_description() {
    let client = Client::start().await;
    let target = "/cgi-bin/material/add_material?type=video";
    assert_eq!(client.upload(target, "a.mp4", MP4).await.code(), 40035);
    let described = |text: &str| {
        let file = form("name=\"media\"; filename=\"a.mp4\"", MP4);
        let field = format!("------wx7f3a9c\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n{text}\r\n");
        [field.as_bytes(), &file].concat()
    };
    let code = client.form(target, FORM, &described("no json")).await.code();
    assert_eq!(code, 40035);
    let text = "{\"title\":\"标题\",\"introduction\":\"\\u7b80\"}";
    let reply = client.form(target, FORM, &described(text)).await.json();
    assert!(reply.get("url").is_none());
    let body = json!({"media_id": reply["media_id"]}).to_string();
    let reply = client.post(GET, &body).await.json();
    assert_eq!(reply["title"], "标题");
    // Escapes are not decoded (wechat-api §1, §7).
    assert_eq!(reply["description"], "\\u7b80");
    assert!(reply["down_url"].as_str().unwrap().starts_with("http://"));
}

#[tokio::test]
async fn counts_and_lists_are_by_kind() {
    let client = Client::start().await;
    let image = client.image();
    client.account(|account| {
        for number in 0..25 {
            account.put_material(MaterialKind::Voice, &format!("{number}.mp3"), "x");
        }
        account.put_material(MaterialKind::Thumb, "t.jpg", "x");
        account.put_news(vec![Article::news("旧", "<p>a\nb</p>", &image)]);
    });
    let reply = client.get("/cgi-bin/material/get_materialcount").await.json();
    let counts = json!({"voice_count": 25, "video_count": 0, "image_count": 1, "news_count": 1});
    assert_eq!(reply, counts);

    let page = "{\"type\":\"voice\",\"offset\":20,\"count\":20}";
    let reply = client.post(LIST, page).await.json();
    assert_eq!((&reply["total_count"], &reply["item_count"]), (&json!(25), &json!(5)));
    // Newest first.
    assert_eq!(reply["item"][4]["name"], "0.mp3");
    let page = "{\"type\":\"voice\",\"offset\":30,\"count\":1}";
    assert_eq!(client.post(LIST, page).await.json()["item"], json!([]));

    let page = "{\"type\":\"news\",\"offset\":0,\"count\":1}";
    let reply = client.post(LIST, page).await;
    assert!(reply.text().contains("<p>a\nb<\\/p>"));
    let reply: Value = serde_json::from_str(&reply.text().replace('\n', " ")).unwrap();
    let item = &reply["item"][0];
    assert_eq!(item["content"]["news_item"][0]["title"], "旧");
    assert!(item["content"]["news_item"][0]["thumb_url"].is_string());
    let body = json!({"media_id": item["media_id"]}).to_string();
    let reply = client.post(GET, &body).await.text().replace('\n', " ");
    let reply: Value = serde_json::from_str(&reply).unwrap();
    assert_eq!(reply["news_item"][0]["show_cover_pic"], 1);
    // Only lists have it (wechat-api §8.2, §8.5).
    assert!(reply["news_item"][0].get("thumb_url").is_none());

    for (body, code) in [
        ("{\"type\":\"thumb\",\"offset\":0,\"count\":1}", 40004),
        ("{\"offset\":0,\"count\":1}", 40007),
        ("{\"type\":\"image\",\"offset\":0,\"count\":0}", 40097),
        ("{\"type\":\"image\",\"offset\":0,\"count\":21}", 40097),
        ("{\"type\":\"image\",\"offset\":-1,\"count\":1}", 40097),
        ("{\"type\":\"image\",\"offset\":\"0\",\"count\":1}", 40097),
        ("{\"type\":\"image\",\"count\":1}", 40097),
    ] {
        assert_eq!(client.post(LIST, body).await.code(), code, "{body}");
    }
}

#[tokio::test]
async fn material_in_use_or_of_another_account_cannot_be_deleted() {
    let client = Client::start().await;
    let id = client.image();
    client.account(|account| account.materials.get_mut(&id).unwrap().referenced = true);
    let delete = "/cgi-bin/material/del_material";
    let body = json!({"media_id": id}).to_string();
    assert_eq!(client.post(delete, &body).await.code(), 48005);
    let foreign = client.simulator.with(|world| {
        let other = world.add_account("wxother", "secret");
        other.put_material(MaterialKind::Image, "a.jpg", JPEG)
    });
    let body = json!({"media_id": foreign}).to_string();
    assert_eq!(client.post(delete, &body).await.code(), 40007);
}
