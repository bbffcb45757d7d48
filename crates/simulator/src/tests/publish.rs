//! Publishing (wechat-api §13).

use super::*;

const SUBMIT: &str = "/cgi-bin/freepublish/submit";
const STATUS: &str = "/cgi-bin/freepublish/get";
const ARTICLE: &str = "/cgi-bin/freepublish/getarticle";
const LIST: &str = "/cgi-bin/freepublish/batchget";
const DELETE: &str = "/cgi-bin/freepublish/delete";

fn draft(client: &Client, count: usize) -> String {
    let image = client.image();
    let articles = vec![Article::news("题", "<p>a\tb</p>", &image); count];
    client.account(|account| account.put_draft(articles))
}

async fn submit(client: &Client, draft: &str) -> Value {
    let body = json!({"media_id": draft}).to_string();
    client.post(SUBMIT, &body).await.json()
}

async fn status(client: &Client, id: &Value) -> Value {
    client.post(STATUS, &json!({"publish_id": id}).to_string()).await.json()
}

async fn ask(client: &Client, path: &str, body: Value) -> Wire {
    client.post(path, &body.to_string()).await
}

#[tokio::test]
async fn a_submitted_draft_becomes_an_article() {
    let client = Client::start().await;
    let draft = draft(&client, 2);
    let reply = submit(&client, &draft).await;
    assert_eq!((&reply["errcode"], &reply["errmsg"]), (&json!(0), &json!("ok")));
    let id = reply["publish_id"].clone();
    assert!(id.as_u64().unwrap() > u64::from(u32::MAX));
    assert!(reply["msg_data_id"].is_u64());

    let first = status(&client, &id).await;
    let text = id.to_string();
    assert_eq!(first, json!({"publish_id": text, "publish_status": 1, "fail_idx": [1]}));
    // The draft is still there, and could be sent twice.
    assert_eq!(client.get("/cgi-bin/draft/count").await.json()["total_count"], 1);
    let wire = client.post(STATUS, &json!({"publish_id": text}).to_string()).await;
    assert!(wire.text().contains("\"http:\\/\\/mp.weixin.qq.com\\/s\\/"));
    let reply = wire.json();
    assert_eq!(reply["publish_status"], 0);
    assert_eq!(reply["article_detail"]["count"], 2);
    assert_eq!(reply["article_detail"]["item"][1]["idx"], 2);
    assert_eq!(reply["fail_idx"], json!([]));
    let article = reply["article_id"].as_str().unwrap();
    assert_eq!(article.len(), 43);

    assert_eq!(client.get("/cgi-bin/draft/count").await.json()["total_count"], 0);
    assert_eq!(submit(&client, &draft).await["errcode"], 40007);

    let wire = ask(&client, ARTICLE, json!({"article_id": article})).await;
    assert!(wire.text().contains("<p>a\tb<\\/p>"));
    client.simulator.with(|world| world.raw_control_characters = false);
    let wire = ask(&client, ARTICLE, json!({"article_id": article})).await.json();
    let item = &wire["news_item"][0];
    assert_eq!((&item["title"], &item["is_deleted"]), (&json!("题"), &json!(false)));
    assert_eq!(item["url"], reply["article_detail"]["item"][0]["article_url"]);
    assert!(item.get("article_type").is_none());
    assert!(wire["create_time"].is_u64() && wire["update_time"].is_u64());

    let page = json!({"offset": 0, "count": 10, "no_content": 1});
    let reply = ask(&client, LIST, page).await.json();
    assert_eq!((&reply["total_count"], &reply["item_count"]), (&json!(1), &json!(1)));
    assert_eq!(reply["item"][0]["article_id"], article);
    assert!(reply["item"][0]["content"]["news_item"][0].get("content").is_none());
    assert_eq!(ask(&client, LIST, json!({})).await.code(), 40097);
}

#[tokio::test]
async fn a_submission_ends_by_time_alone() {
    let client = Client::start().await;
    let draft = draft(&client, 1);
    submit(&client, &draft).await;
    client.advance(60);
    let reply = ask(&client, LIST, json!({"offset": 0, "count": 1, "no_content": 1})).await;
    assert_eq!(reply.json()["total_count"], 1);
}

#[tokio::test]
async fn a_submission_can_end_in_every_documented_status() {
    let client = Client::start().await;
    for ending in 2..=7 {
        let draft = draft(&client, 3);
        client.account(|account| {
            account.publish_plans.push_back(PublishPlan {
                polls: 0,
                fail_idx: vec![2],
                ..PublishPlan::ending_in(ending)
            });
        });
        let reply = submit(&client, &draft).await;
        let reply = status(&client, &reply["publish_id"]).await;
        assert_eq!(reply["publish_status"], ending);
        let fault = matches!(ending, 2 | 4).then(|| json!([2]));
        assert_eq!(reply.get("fail_idx"), fault.as_ref());
        assert!(reply.get("article_id").is_none());
        let used_up = matches!(ending, 5 | 6);
        client.account(|account| assert_eq!(account.drafts.contains_key(&draft), !used_up));
    }
}

#[tokio::test]
async fn unknown_ids_of_publications_have_their_codes() {
    let client = Client::start().await;
    assert_eq!(submit(&client, "none").await["errcode"], 40007);
    for id in [json!("x"), json!("1"), json!(-1), json!([]), Value::Null] {
        let reply = status(&client, &id).await;
        assert_eq!(reply["errcode"], 40002);
        assert!(reply["errmsg"].as_str().unwrap().starts_with("invalid argument"));
    }
    for path in [ARTICLE, DELETE] {
        assert_eq!(ask(&client, path, json!({"article_id": "none"})).await.code(), 53600);
    }
}

#[tokio::test]
async fn a_deletion_counts_articles_from_one_and_zero_means_all() {
    let client = Client::start().await;
    for all in [json!({}), json!({"index": 0})] {
        let draft = draft(&client, 3);
        client.account(|account| {
            account.publish_plans.push_back(PublishPlan {
                polls: 0,
                ..PublishPlan::default()
            });
        });
        let id = submit(&client, &draft).await["publish_id"].clone();
        let article = status(&client, &id).await["article_id"].clone();
        let delete = async |index: Value| {
            ask(&client, DELETE, json!({"article_id": article, "index": index}))
                .await
                .code()
        };
        assert_eq!(delete(json!(4)).await, 40060);
        assert_eq!(delete(json!(-1)).await, 40060);
        assert_eq!(delete(json!("1")).await, 47001);
        assert_eq!(delete(json!(2)).await, 0);
        client.simulator.with(|world| world.raw_control_characters = false);
        let reply = ask(&client, ARTICLE, json!({"article_id": article})).await.json();
        let gone: Vec<&Value> = (0..3).map(|n| &reply["news_item"][n]["is_deleted"]).collect();
        assert_eq!(gone, [&json!(false), &json!(true), &json!(false)]);
        let mut body = all;
        body["article_id"] = article.clone();
        client.account(|account| account.lift_limits());
        let reply = ask(&client, DELETE, body.clone()).await.json();
        assert_eq!(reply, json!({"errcode": 0, "errmsg": "ok"}));
        assert_eq!(ask(&client, DELETE, body).await.code(), 53600);
        assert_eq!(status(&client, &id).await["publish_status"], 5);
    }
}

#[tokio::test]
async fn a_denied_path_is_48001() {
    let client = Client::start().await;
    client.account(|account| account.deny("/cgi-bin/freepublish/"));
    for path in [SUBMIT, STATUS, DELETE, ARTICLE, LIST] {
        assert_eq!(ask(&client, path, json!({})).await.code(), 48001);
    }
    assert_eq!(client.get("/cgi-bin/draft/count").await.code(), 0);
}

#[tokio::test]
async fn a_published_newspic_has_lost_its_pictures() {
    let client = Client::start().await;
    let image = client.image();
    let body = json!({"articles": [{
        "article_type": "newspic", "title": "周末", "content": "文",
        "image_info": {"image_list": [{"image_media_id": image}]},
    }]});
    let reply = ask(&client, "/cgi-bin/draft/add", body).await.json();
    let id = submit(&client, reply["media_id"].as_str().unwrap()).await["publish_id"].clone();
    status(&client, &id).await;
    let article = status(&client, &id).await["article_id"].clone();
    let reply = ask(&client, ARTICLE, json!({"article_id": article})).await.json();
    let item = reply["news_item"][0].as_object().unwrap();
    assert!(!item.contains_key("image_info") && !item.contains_key("article_type"));
    assert_eq!(item["content"], "文");
}
