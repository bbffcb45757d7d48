//! The order of checks, and the shape of errors (wechat-api §3, §5, §6.4). The order of token calls is known
//! (wechat-api §2.3); that of other calls fits the reports.

use std::collections::BTreeSet;

use super::*;
use crate::endpoint::Auth;
use crate::router::endpoints;

const GET_DRAFT: &str = "/cgi-bin/draft/get";
const COUNT: &str = "/cgi-bin/draft/count";

#[test]
fn no_two_endpoints_have_the_same_path() {
    let mut paths = BTreeSet::new();
    for endpoint in endpoints() {
        assert!(paths.insert(endpoint.path), "{}", endpoint.path);
    }
}

#[tokio::test]
async fn every_endpoint_refuses_the_other_verb() {
    let client = Client::start().await;
    for endpoint in endpoints() {
        let (verb, code) = match endpoint.method.as_str() {
            "GET" => ("POST", 43001),
            _ => ("GET", 43002),
        };
        let request = message(verb, &client.target(endpoint.path), &[("Content-Length", "0")], b"");
        assert_eq!(client.raw(&request).await.code(), code, "{}", endpoint.path);
    }
}

#[tokio::test]
async fn every_endpoint_wants_a_token_or_credentials() {
    let client = Client::start().await;
    for endpoint in endpoints() {
        let code = match endpoint.auth {
            Auth::Token => 41001,
            Auth::Credentials(_) => 40002,
        };
        let headers = [("Content-Length", "2"), ("Content-Type", "application/json")];
        let request = message(endpoint.method.as_str(), endpoint.path, &headers, b"{}");
        assert_eq!(client.raw(&request).await.code(), code, "{}", endpoint.path);
    }
}

#[tokio::test]
async fn every_endpoint_has_a_daily_limit_and_can_be_denied() {
    let client = Client::start().await;
    for endpoint in endpoints() {
        client.account(|account| {
            assert_eq!(account.daily_limits[endpoint.path], endpoint.per_day);
            account.deny(endpoint.path);
        });
        if matches!(endpoint.auth, Auth::Token) {
            let headers = [("Content-Length", "2"), ("Content-Type", "application/json")];
            let request = message(endpoint.method.as_str(), &client.target(endpoint.path), &headers, b"{}");
            assert_eq!(client.raw(&request).await.code(), 48001, "{}", endpoint.path);
        }
    }
}

#[tokio::test]
async fn a_wrong_path_verb_or_body_has_its_code() {
    let client = Client::start().await;
    assert_eq!(client.get("/cgi-bin/draft/none").await.code(), 40066);
    assert_eq!(client.get(GET_DRAFT).await.code(), 43002);
    assert_eq!(client.post(COUNT, "{}").await.code(), 43001);
    assert_eq!(client.post(GET_DRAFT, "").await.code(), 44002);
    assert_eq!(client.post(GET_DRAFT, "{\"media_id\":").await.code(), 47001);
    assert_eq!(client.post(GET_DRAFT, "[]").await.code(), 47001);
    assert_eq!(client.post(GET_DRAFT, "{\"media_id\":1}").await.code(), 47001);
    assert_eq!(client.post(GET_DRAFT, "{}").await.code(), 41006);
    let body = b"{\"media_id\":\"x\"}";
    for (content_type, code) in [
        ("application/x-www-form-urlencoded", 47001),
        ("text/plain", 47001),
        ("application/json; charset=utf-8", 40007),
    ] {
        assert_eq!(client.form(GET_DRAFT, content_type, body).await.code(), code);
    }
}

#[tokio::test]
async fn lenient_mode_accepts_any_content_type() {
    let client = Client::with(Options {
        plain_http: true,
        lenient: true,
        ..Options::default()
    })
    .await;
    let reply = client.form(GET_DRAFT, "text/plain", b"{\"media_id\":\"x\"}").await;
    assert_eq!(reply.code(), 40007);
}

#[tokio::test]
async fn an_error_reads_as_the_real_ones_do() {
    let client = Client::start().await;
    let reply = client.post(GET_DRAFT, "{\"media_id\":\"x\"}").await;
    assert_eq!(reply.header("content-type"), Some("text/plain"));
    assert_eq!(reply.header("logicret"), Some("40007"));
    let reply = reply.json();
    let errmsg = reply["errmsg"].as_str().unwrap();
    assert!(errmsg.starts_with("invalid media_id hint: ["), "{errmsg}");
    rid_of(errmsg);
    let reply = client.get("/nowhere").await.json();
    let errmsg = reply["errmsg"].as_str().unwrap();
    assert_eq!(errmsg, format!("invalid url rid: {}", rid_of(errmsg)));
}

#[tokio::test]
async fn the_token_is_checked_before_permission() {
    let mut client = Client::start().await;
    client.account(|account| account.deny("/cgi-bin/draft/"));
    let good = client.token.clone();
    client.token = String::new();
    assert_eq!(client.get(COUNT).await.code(), 41001);
    let missing = message("GET", COUNT, &[], b"");
    assert_eq!(client.raw(&missing).await.code(), 41001);
    client.token = "nonsense".to_owned();
    assert_eq!(client.get(COUNT).await.code(), 40014);
    client.token = format!("99_{}", "a".repeat(136));
    assert_eq!(client.get(COUNT).await.code(), 40001);
    client.token = good;
    assert_eq!(client.get(COUNT).await.code(), 48001);
    client.account(|account| account.refuse_all_tokens = true);
    assert_eq!(client.get(COUNT).await.code(), 40001);
    client.account(|account| account.refuse_all_tokens = false);
    client.advance(7200);
    assert_eq!(client.get(COUNT).await.code(), 42001);
}

#[tokio::test]
async fn the_address_is_checked_before_permission() {
    let client = Client::start().await;
    client.account(|account| {
        account.deny(COUNT);
        account.ip_whitelist = Some(BTreeSet::from(["198.51.100.1".parse().unwrap()]));
    });
    let reply = client.get(COUNT).await;
    assert_eq!(reply.code(), 40164);
    let reply = reply.json();
    let errmsg = reply["errmsg"].as_str().unwrap();
    let text = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: ";
    assert!(errmsg.starts_with(text), "{errmsg}");
    assert_eq!(client.credentials(false).await.code(), 40164);
    client.account(|account| account.caller_ip = "198.51.100.1".parse().unwrap());
    assert_eq!(client.get(COUNT).await.code(), 48001);
}

#[tokio::test]
async fn quotas_end_at_midnight_in_beijing() {
    let mut client = Client::start().await;
    client.account(|account| {
        assert_eq!(account.daily_limits[COUNT], 1_000);
        account.daily_limits.insert(COUNT.to_owned(), 2);
        account.minute_limits.insert(GET_DRAFT.to_owned(), 1);
    });
    // Whatever the time is, the next minutes belong to one day and begin a minute.
    let now = client.simulator.with(|world| world.now());
    client.advance(86_400 - (now + 8 * 3600) % 86_400);
    client.renew().await;
    for code in [0, 0, 45009] {
        assert_eq!(client.get(COUNT).await.code(), code);
    }
    for code in [40007, 45011] {
        assert_eq!(client.post(GET_DRAFT, "{\"media_id\":\"x\"}").await.code(), code);
    }
    let body = json!({"cgi_path": COUNT}).to_string();
    let reply = client.post("/cgi-bin/openapi/quota/get", &body).await.json();
    let quota = json!({"daily_limit": 2, "used": 2, "remain": 0});
    assert_eq!(reply, json!({"errcode": 0, "errmsg": "ok", "quota": quota}));
    client.advance(60);
    assert_eq!(client.post(GET_DRAFT, "{\"media_id\":\"x\"}").await.code(), 40007);
    assert_eq!(client.get(COUNT).await.code(), 45009);
    // Two minutes before midnight, and at midnight.
    client.advance(86_400 - 60 - 120);
    client.renew().await;
    assert_eq!(client.get(COUNT).await.code(), 45009);
    client.advance(120);
    assert_eq!(client.get(COUNT).await.code(), 0);
}

#[tokio::test]
async fn a_test_can_make_any_endpoint_refuse_once() {
    let client = Client::start().await;
    client.account(|account| {
        account.refuse_next(COUNT, -1, "system error");
        account.refuse_next("/cgi-bin/stable_token", 50004, "token API forbidden");
    });
    let reply = client.get(COUNT).await.json();
    assert_eq!(reply["errcode"], -1);
    let errmsg = reply["errmsg"].as_str().unwrap();
    assert!(errmsg.starts_with("system error rid: "));
    assert_eq!(client.get(COUNT).await.code(), 0);
    assert_eq!(client.credentials(false).await.code(), 50004);
    assert_eq!(client.credentials(false).await.code(), 0);
}

#[tokio::test]
async fn compressed_bodies_are_refused() {
    let client = Client::start().await;
    let headers = [("Content-Length", "1"), ("Content-Encoding", "gzip")];
    let request = message("POST", &client.target(GET_DRAFT), &headers, b"x");
    assert_eq!(client.raw(&request).await.code(), 40221);
}
