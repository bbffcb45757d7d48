//! Faults in the content of a reply: it comes whole and well framed, but it is not the normal one.

use http::StatusCode;

use super::*;

const UPLOAD: &str = "/cgi-bin/media/uploadimg";
const COUNT: &str = "/cgi-bin/draft/count";

/// One upload under a fault, executed or not, then a normal one.
async fn upload(client: &Client, fault: Fault, executed: bool) -> Wire {
    client.simulator.inject(FaultRule::new(UPLOAD, fault.clone()).times(1));
    let before = stored(client);
    let reply = client.upload(UPLOAD, "image.jpg", JPEG).await;
    assert_eq!(stored(client) - before, usize::from(executed), "{fault}");
    let entry = client.simulator.request_log().pop().unwrap();
    assert_eq!(entry.executed, executed, "{fault}");
    assert_eq!(entry.status, reply.status, "{fault}");
    assert_eq!(entry.fault.as_ref(), Some(&fault));
    let normal = client.upload(UPLOAD, "image.jpg", JPEG).await.json();
    assert!(normal["url"].is_string(), "{fault}");
    let entry = client.simulator.request_log().pop().unwrap();
    assert_eq!((entry.fault, entry.executed), (None, true));
    reply
}

fn stored(client: &Client) -> usize {
    client.account(|account| account.article_images.len())
}

#[tokio::test]
async fn a_delayed_reply_is_the_normal_one() {
    let client = Client::start().await;
    let begun = std::time::Instant::now();
    let reply = upload(&client, Fault::Delay { ms: 30 }, true).await;
    assert!(begun.elapsed().as_millis() >= 30);
    assert!(reply.json()["url"].is_string());
}

#[tokio::test]
async fn a_status_comes_with_any_body_before_or_after_execution() {
    let client = Client::start().await;
    for (code, body, executed) in [
        (500, FaultBody::Text("{\"errcode\":0}".to_owned()), false),
        (502, FaultBody::Html, true),
        (412, FaultBody::Empty, false),
        (501, FaultBody::Html, false),
        (200, FaultBody::Html, true),
        (200, FaultBody::Empty, true),
        (200, FaultBody::Garbage, true),
    ] {
        let fault = Fault::Status {
            code: StatusCode::from_u16(code).unwrap(),
            body: body.clone(),
            executed,
        };
        let reply = upload(&client, fault, executed).await;
        assert_eq!(reply.status, code);
        let length = reply.body.len().to_string();
        assert_eq!(reply.header("content-length"), Some(length.as_str()));
        match body {
            FaultBody::Empty => assert_eq!((reply.header("content-type"), length.as_str()), (None, "0")),
            FaultBody::Html => {
                assert_eq!(reply.header("content-type"), Some("text/html"));
                assert!(reply.text().starts_with("<!DOCTYPE html>"));
            }
            FaultBody::Garbage => assert!(std::str::from_utf8(&reply.body).is_err()),
            FaultBody::Text(text) => assert_eq!(reply.text(), text),
        }
    }
}

#[tokio::test]
async fn a_redirection_has_its_location_and_no_body() {
    let client = Client::start().await;
    for code in [StatusCode::MOVED_PERMANENTLY, StatusCode::FOUND] {
        let location = "https://waf.tencent.com/501page.html";
        let fault = Fault::Redirect {
            code,
            location: location.to_owned(),
        };
        let reply = upload(&client, fault, false).await;
        assert_eq!((reply.status, reply.body.len()), (code.as_u16(), 0));
        assert_eq!(reply.header("location"), Some(location));
    }
}

#[tokio::test]
async fn an_errcode_comes_before_or_after_execution() {
    let client = Client::start().await;
    for executed in [false, true] {
        let reply = upload(&client, Fault::Errcode { code: -1, executed }, executed).await;
        assert_eq!((reply.code(), reply.header("logicret")), (-1, Some("-1")));
        let reply = reply.json();
        let errmsg = reply["errmsg"].as_str().unwrap();
        assert_eq!(errmsg, format!("system error rid: {}", rid_of(errmsg)));
    }
    let entry = client
        .simulator
        .request_log()
        .into_iter()
        .find(|entry| entry.fault.is_some());
    assert_eq!(entry.unwrap().errcode, Some(-1));
}

#[tokio::test]
async fn an_errcode_has_the_text_of_its_code() {
    let client = Client::start().await;
    for (code, text) in [
        (40243, "AppSecret frozen"),
        (
            48004,
            "api forbidden for irregularities, view detail on mp.weixin.qq.com",
        ),
        (50002, "user limited"),
        (50007, "account frozen"),
        (53503, "该草稿未通过发布检查"),
        (53504, "需前往公众平台官网使用草稿"),
        (53505, "请手动保存成功后再发表"),
        (89503, "this call needs the admin's confirmation, please wait"),
        (89506, "admin refused this IP; blocked 24 h"),
        (89507, "admin refused this IP; blocked 1 h"),
        // No text is known.
        (53401, "system error"),
    ] {
        let reply = upload(&client, Fault::Errcode { code, executed: false }, false).await;
        let reply = reply.json();
        let errmsg = reply["errmsg"].as_str().unwrap();
        assert_eq!(errmsg, format!("{text} rid: {}", rid_of(errmsg)), "{code}");
        assert_eq!(reply["errcode"], code);
    }
}

#[tokio::test]
async fn the_errcode_for_an_unlisted_address_has_the_text_of_the_rule_itself() {
    let client = Client::start().await;
    let fault = Fault::Errcode {
        code: 40164,
        executed: false,
    };
    let by_fault = upload(&client, fault, false).await.json();
    client.account(|account| account.ip_whitelist = Some([].into()));
    let by_rule = client.get(COUNT).await.json();
    let text = |reply: &Value| {
        let errmsg = reply["errmsg"].as_str().unwrap();
        errmsg.replace(rid_of(errmsg), "")
    };
    assert_eq!(by_fault["errcode"], 40164);
    assert_eq!(text(&by_fault), text(&by_rule));
    assert!(text(&by_fault).starts_with("invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist"));
}

#[tokio::test]
async fn a_request_that_the_rules_refuse_is_never_executed() {
    let client = Client::start().await;
    client.simulator.inject(FaultRule::new(
        UPLOAD,
        Fault::Errcode {
            code: -1,
            executed: true,
        },
    ));
    assert_eq!(client.upload(UPLOAD, "image.jpg", b"").await.code(), -1);
    assert!(!client.simulator.request_log().pop().unwrap().executed);
}

#[tokio::test]
async fn control_characters_go_into_the_first_string_value() {
    let client = Client::start().await;
    let reply = upload(&client, Fault::GarbledJson, true).await;
    let begin = b"{\"errcode\":0,\"errmsg\":\"\n\t\x01\xffok\",\"url\":\"http";
    assert!(reply.body.starts_with(begin), "{reply:?}");
    // A reply of numbers alone has no place for it.
    client
        .simulator
        .inject(FaultRule::new(COUNT, Fault::GarbledJson).times(1));
    assert_eq!(client.get(COUNT).await.json(), json!({"total_count": 0}));
}

#[tokio::test]
async fn a_mislabelled_reply_has_the_other_content_type() {
    let client = Client::start().await;
    let reply = upload(&client, Fault::Mislabelled, true).await;
    assert_eq!(reply.header("content-type"), Some("image/jpeg"));
    assert!(reply.json()["url"].is_string());
    let path = "/cgi-bin/material/get_material";
    let body = json!({"media_id": client.image()}).to_string();
    client
        .simulator
        .inject(FaultRule::new(path, Fault::Mislabelled).times(1));
    let reply = client.post(path, &body).await;
    assert_eq!(reply.header("content-type"), Some("text/plain"));
    assert_eq!(reply.header("content-disposition"), None);
    assert_eq!(reply.body, JPEG);
    let normal = client.post(path, &body).await;
    assert!(normal.header("content-disposition").is_some());
}

#[tokio::test]
async fn a_huge_header_has_a_mebibyte() {
    let client = Client::start().await;
    let reply = upload(&client, Fault::HugeHeader, true).await;
    assert_eq!(reply.header("x-huge").map(str::len), Some(1024 * 1024));
    assert!(reply.json()["url"].is_string());
}

#[tokio::test]
async fn a_huge_body_has_fifty_mebibytes_with_a_length_and_without() {
    let client = Client::start().await;
    const HUGE: usize = 50 * 1024 * 1024;
    let reply = upload(&client, Fault::HugeBody { content_length: true }, true).await;
    assert_eq!(reply.header("content-length"), Some("52428800"));
    assert_eq!(reply.body.len(), HUGE);
    assert!(reply.body.starts_with(b"{\"errcode\":0,\"errmsg\":\"xx"));
    assert!(reply.body.ends_with(b"xx\"}"));
    let reply = upload(&client, Fault::HugeBody { content_length: false }, true).await;
    assert_eq!(reply.header("content-length"), None);
    assert_eq!(reply.header("transfer-encoding"), Some("chunked"));
    assert!(reply.body.len() > HUGE);
    assert!(reply.body.ends_with(b"0\r\n\r\n"));
}
