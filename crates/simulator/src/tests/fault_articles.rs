//! Faults that change articles on their way.

use super::*;

const ADD: &str = "/cgi-bin/draft/add";
const GET: &str = "/cgi-bin/draft/get";
const CONTENT: &str = "<p style=\"color:red\">甲乙</p><img src=\"https://mmbiz.qpic.cn/a\"><p style=\"margin:0\">丙丁</p>\
    <img src=\"https://mmbiz.qpic.cn/b\">";

fn articles(image: &str) -> Value {
    let pictures = [json!({"image_media_id": image}), json!({"image_media_id": image})];
    json!([
        {"title": "四个字哟", "content": CONTENT, "thumb_media_id": image},
        {"article_type": "newspic", "title": "三个字", "content": "甲\n乙", "image_info": {"image_list": pictures}},
    ])
}

/// Adds a draft and reads it, with that fault on one of the two.
async fn read_with(fault: Fault, path: &str) -> (Client, String, Value) {
    let client = Client::start().await;
    let image = client.image();
    client.simulator.with(|world| world.raw_control_characters = false);
    client.simulator.inject(FaultRule::new(path, fault).times(1));
    let body = json!({"articles": articles(&image)}).to_string();
    let reply = client.post(ADD, &body).await.json();
    let id = reply["media_id"].as_str().unwrap().to_owned();
    let read = client.post(GET, &json!({"media_id": id}).to_string()).await.json();
    (client, id, read["news_item"].clone())
}

fn pictures(content: &Value) -> usize {
    content.as_str().unwrap().matches("<img ").count()
}

#[tokio::test]
async fn articles_are_changed_before_they_are_stored_or_when_they_are_read() {
    for path in [ADD, GET] {
        let (_, _, read) = read_with(Fault::StyleEmptied, path).await;
        let content = read[0]["content"].as_str().unwrap();
        assert_eq!(content.matches(" style=\"\"").count(), 2, "{content}");
        assert!(!content.contains("color") && !content.contains("margin"), "{content}");
        assert_eq!(
            (&read[0]["title"], &read[1]["content"]),
            (&json!("四个字哟"), &json!("甲\n乙"))
        );

        let (_, _, read) = read_with(Fault::TitleCut, path).await;
        assert_eq!((&read[0]["title"], &read[1]["title"]), (&json!("四个"), &json!("三")));
        assert_eq!(pictures(&read[0]["content"]), 2);

        let (_, _, read) = read_with(Fault::PictureDropped, path).await;
        assert_eq!(pictures(&read[0]["content"]), 1);
        assert!(read[0]["content"].as_str().unwrap().contains("mmbiz.qpic.cn/b"));
        assert_eq!(read[1]["image_info"]["image_list"].as_array().unwrap().len(), 1);

        let (_, _, read) = read_with(Fault::TextLost, path).await;
        let content = read[0]["content"].as_str().unwrap();
        assert!(content.contains("甲乙") && !content.contains('丙'), "{content}");
        assert_eq!((content.matches("<p ").count(), pictures(&read[0]["content"])), (2, 2));
        assert_eq!(read[1]["content"], "甲");
    }
}

#[tokio::test]
async fn a_change_on_reading_is_not_stored_and_one_on_writing_is() {
    for (path, stored) in [(ADD, "四个"), (GET, "四个字哟")] {
        let (client, id, _) = read_with(Fault::TitleCut, path).await;
        client.account(|account| assert_eq!(account.drafts[&id].articles[0].title, stored));
        let log = client.simulator.request_log();
        let hit = log.iter().find(|entry| entry.fault == Some(Fault::TitleCut)).unwrap();
        assert_eq!((hit.path.as_str(), hit.executed, hit.status), (path, true, 200));
    }
}

#[tokio::test]
async fn an_update_can_be_changed_too() {
    let (client, id, _) = read_with(Fault::TitleCut, "/nowhere").await;
    let image = client.image();
    client
        .simulator
        .inject(FaultRule::new("/cgi-bin/draft/update", Fault::TextLost));
    let body = json!({"media_id": id, "index": 0, "articles": articles(&image)[0]});
    assert_eq!(client.post("/cgi-bin/draft/update", &body.to_string()).await.code(), 0);
    client.account(|account| assert!(!account.drafts[&id].articles[0].content.contains('丁')));
}
