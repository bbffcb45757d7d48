//! `/__requests` and `/__stored`: what other programs may learn of the requests, and what they may not.

use http::StatusCode;

use super::*;

const ADD: &str = "/cgi-bin/draft/add";

async fn show(client: &Client, path: &str) -> Wire {
    let host = client.simulator.address().to_string();
    let headers = [("Host", host.as_str()), ("Content-Length", "0")];
    client.raw(&bare_message("GET", path, &headers, b"")).await
}

#[tokio::test]
async fn requests_and_the_outlines_of_their_replies_are_shown() {
    let client = Client::start().await;
    let lost = Fault::Status {
        code: StatusCode::BAD_GATEWAY,
        body: FaultBody::Html,
        executed: true,
    };
    client.simulator.inject(FaultRule::new(ADD, lost).skip(1).times(1));
    let cover = client.image();
    let article = json!({"articles": [{"title": "t", "content": "c", "thumb_media_id": cover}]}).to_string();
    client.post(ADD, &article).await;
    client.post(ADD, &article).await;
    client.post(ADD, "{}").await;
    let reply = show(&client, "/__requests").await;
    assert_eq!(reply.status, 200);
    let shown = reply.json();
    assert_eq!(shown["dropped"], 0);
    let requests = shown["requests"].as_array().unwrap();
    let of = |index: usize| {
        let request = &requests[index];
        (&request["status"], &request["errcode"], &request["executed"])
    };
    let adds: Vec<usize> = (0..requests.len())
        .filter(|index| requests[*index]["path"] == ADD)
        .collect();
    assert_eq!(adds.len(), 3, "{shown}");
    assert_eq!(of(adds[0]), (&json!(200), &Value::Null, &json!(true)));
    assert_eq!(of(adds[1]), (&json!(502), &Value::Null, &json!(true)));
    assert_eq!(of(adds[2]).2, &json!(false));
    assert_eq!(requests[adds[0]]["fault"], Value::Null);
    assert_eq!(
        requests[adds[1]]["fault"],
        json!({"status": {"code": 502, "body": "html", "executed": true}})
    );
    assert_eq!(requests[adds[1]]["method"], "POST");
    assert_eq!(requests[adds[1]]["body_length"], article.len());
    let stored = json!({"materials": 1, "article_images": 0, "media": 0, "drafts": 2, "publications": 0});
    assert_eq!(show(&client, "/__stored").await.json(), stored);
}

#[tokio::test]
async fn neither_token_nor_secret_is_shown() {
    let client = Client::start().await;
    let query = format!("/cgi-bin/token?grant_type=client_credential&appid={APP_ID}&secret={APP_SECRET}");
    client.raw(&message("GET", &query, &[], b"")).await;
    client.get("/cgi-bin/draft/count").await;
    for path in ["/__requests", "/__stored"] {
        let shown = show(&client, path).await;
        for secret in [APP_ID, APP_SECRET, TOKEN_MARK] {
            assert!(!shown.text().contains(secret), "{path}: {}", shown.text());
        }
    }
    let log = client.simulator.request_log();
    assert!(log.len() >= 2, "the control paths are no requests of WeChat's: {log:?}");
    assert!(log.iter().all(|entry| entry.path.starts_with("/cgi-bin/")));
}

#[tokio::test]
async fn they_only_show() {
    let client = Client::start().await;
    let host = client.simulator.address().to_string();
    let headers = [("Host", host.as_str()), ("Content-Length", "0")];
    for path in ["/__requests", "/__stored"] {
        for method in ["POST", "DELETE"] {
            let reply = client.raw(&bare_message(method, path, &headers, b"")).await;
            assert_eq!(reply.status, 405, "{method} {path}");
        }
    }
    let unknown = show(&client, "/__other").await;
    assert!(
        unknown.text().contains("40066"),
        "a path of WeChat's: {}",
        unknown.text()
    );
}
