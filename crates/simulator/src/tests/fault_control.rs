//! `/__faults`, for other programs.

use super::*;

const COUNT: &str = "/cgi-bin/draft/count";

async fn control(client: &Client, method: &str, body: &str) -> Wire {
    let length = body.len().to_string();
    let host = client.simulator.address().to_string();
    let headers = [("Host", host.as_str()), ("Content-Length", length.as_str())];
    client
        .raw(&bare_message(method, "/__faults", &headers, body.as_bytes()))
        .await
}

#[tokio::test]
async fn faults_are_added_shown_and_removed() {
    let client = Client::start().await;
    let rule = json!({"path": COUNT, "fault": {"errcode": {"code": -1}}, "times": 1});
    let reply = control(&client, "POST", &json!({"rules": [rule]}).to_string()).await;
    assert_eq!(reply.status, 200);
    let mut shown =
        json!({"path": COUNT, "fault": {"errcode": {"code": -1, "executed": false}}, "skip": 0, "times": 1});
    let listed = |rules: &[&Value]| json!({"rules": rules, "connections": []});
    assert_eq!(reply.json(), listed(&[&shown]));
    let lost = json!({"path": COUNT, "fault": "lost-reply", "skip": 5});
    let reply = control(&client, "POST", &json!({"rules": [lost]}).to_string()).await;
    assert_eq!(reply.json(), listed(&[&shown, &lost]));
    assert_eq!(client.get(COUNT).await.code(), -1);
    shown["times"] = json!(0);
    assert_eq!(control(&client, "GET", "").await.json(), listed(&[&shown, &lost]));
    assert_eq!(control(&client, "DELETE", "").await.json(), listed(&[]));
    assert_eq!(client.simulator.faults(), Faults::default());
    assert_eq!(client.get(COUNT).await.code(), 0);
    let log = client.simulator.request_log();
    let paths: Vec<&str> = log.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(paths, ["/cgi-bin/stable_token", COUNT, COUNT]);
}

#[tokio::test]
async fn the_documented_example_of_faults_is_understood() {
    let client = Client::start().await;
    let example = include_str!("../fault/example.json");
    assert_eq!(control(&client, "POST", example).await.status, 200);
    let faults = client.simulator.faults();
    assert_eq!(faults.rules.len(), 3);
    assert_eq!(
        faults.rules[0],
        FaultRule::new("/cgi-bin/draft/add", Fault::LostReply).times(1)
    );
    assert_eq!(
        faults.connections,
        [ConnectionRule::new(ConnectionFault::HandshakeCut, 1).skip(1)]
    );
    let random = vec![
        Fault::Stall,
        Fault::Errcode {
            code: -1,
            executed: false,
        },
    ];
    assert_eq!(faults.random, Faults::random(7, 20, random).random);
}

#[tokio::test]
async fn a_document_with_an_error_changes_nothing() {
    let client = Client::start().await;
    for body in [
        "",
        "[{}]",
        r#"{"rules": [{"path": "/x", "fault": "nonsense"}]}"#,
        r#"{"rules": [{"path": "/x", "fault": "stall", "tmies": 1}]}"#,
        r#"{"rules": [{"path": "/x", "fault": {"delay": {"ms": 1, "s": 1}}}]}"#,
        r#"{"rules": [{"path": "/x", "fault": {"status": {"code": 99}}}]}"#,
        r#"{"connections": [{"fault": "handshake-cut"}]}"#,
        r#"{"rule": []}"#,
    ] {
        let reply = control(&client, "POST", body).await;
        assert_eq!(reply.status, 400, "{body}");
        assert!(!reply.body.is_empty(), "{body}");
    }
    assert_eq!(client.simulator.faults(), Faults::default());
}

#[tokio::test]
async fn the_tls_port_takes_faults_in_plain_http_too() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let body = json!({"connections": [{"fault": "handshake-cut", "times": 1}]}).to_string();
    let length = body.len().to_string();
    let host = simulator.address().to_string();
    let headers = [("Host", host.as_str()), ("Content-Length", &length)];
    let request = bare_message("POST", "/__faults", &headers, body.as_bytes());
    let stream = TcpStream::connect(simulator.address()).await.unwrap();
    assert_eq!(exchange(stream, &request).await.status, 200);
    assert_eq!(simulator.faults().connections.len(), 1);
}

#[tokio::test]
async fn the_rules_that_wait_are_bounded() {
    let client = Client::start().await;
    let rules = vec![json!({"path": "/x", "fault": "stall"}); 5_000];
    let body = json!({"rules": rules}).to_string();
    for status in [200, 200, 413] {
        assert_eq!(control(&client, "POST", &body).await.status, status);
    }
    assert_eq!(client.simulator.faults().rules.len(), 10_000);
    assert_eq!(control(&client, "DELETE", "").await.status, 200);
    assert_eq!(control(&client, "POST", &body).await.status, 200);
}
