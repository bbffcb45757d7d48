use serde_json::{Value, json};

use super::conversation::publish_an_article;
use super::http_client::{HttpClient, HttpServer};
use super::protocol::{BEARER, Client, Protocol};
use crate::support::{Running, assert_fails, data_uri, program, text};

#[test]
fn an_article_from_nothing_to_public() {
    for protocol in Protocol::BOTH {
        let simulator = Running::start(&["--plain-http"]);
        let server = HttpServer::start(&format!("http-{protocol:?}"), &simulator, &["--allow-publish"]);
        publish_an_article(&mut HttpClient::connect(&server, protocol));
    }
}

#[test]
fn progress_comes_before_the_answer() {
    let simulator = Running::start(&["--plain-http"]);
    let server = HttpServer::start("http-progress", &simulator, &[]);
    for protocol in Protocol::BOTH {
        let mut client = HttpClient::connect(&server, protocol);
        let upload = json!({ "name": "upload-image", "arguments": { "data": data_uri() } });
        let (answer, notifications) = client.ask("tools/call", upload, true);
        assert_eq!(answer["result"]["isError"], false, "{answer}");
        assert!(!notifications.is_empty());
        for notification in notifications {
            assert_eq!(notification["params"]["progressToken"], answer["id"]);
        }
    }
}

#[test]
fn publishing_and_unknown_tools_are_refused() {
    let simulator = Running::start(&["--plain-http"]);
    let server = HttpServer::start("http-unknown", &simulator, &[]);
    for protocol in Protocol::BOTH {
        let mut client = HttpClient::connect(&server, protocol);
        for tool in ["publish-draft", "no-such-tool"] {
            let (answer, _) = client.ask("tools/call", json!({ "name": tool, "arguments": {} }), false);
            assert_eq!(text(&answer["error"], "message"), format!("Unknown tool: {tool}"));
        }
        let error = client.refused("get-draft", json!({}));
        assert_eq!(text(&error, "kind"), "invalid-input");
    }
}

/// A `tools/list` as 2026-07-28 has it.
fn listing() -> Value {
    Protocol::Stateless.request(1, "tools/list", json!({}), false)
}

/// The headers of it, with this authorization.
fn headers<'a>(authorization: Option<&'a str>, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut headers = vec![
        ("accept", "application/json, text/event-stream"),
        ("content-type", "application/json"),
        ("mcp-protocol-version", "2026-07-28"),
        ("mcp-method", "tools/list"),
    ];
    headers.extend(authorization.map(|value| ("authorization", value)));
    headers.extend(more);
    headers
}

#[test]
fn only_those_who_have_the_token_get_an_answer() {
    let simulator = Running::start(&["--plain-http"]);
    let server = HttpServer::start("http-token", &simulator, &[]);
    let body = listing().to_string();
    let good = format!("Bearer {BEARER}");
    let wrong = format!("Bearer {}", BEARER.replace("test", "rest"));
    let short = good[..good.len() - 1].to_owned();
    let basic = format!("Basic {BEARER}");
    for (authorization, challenge) in [
        (None, "bearer realm=\"wechat-oa\""),
        (
            Some(wrong.as_str()),
            "bearer realm=\"wechat-oa\", error=\"invalid_token\"",
        ),
        (Some(&short), "bearer realm=\"wechat-oa\", error=\"invalid_token\""),
        (Some(&basic), "bearer realm=\"wechat-oa\", error=\"invalid_token\""),
        (Some(BEARER), "bearer realm=\"wechat-oa\", error=\"invalid_token\""),
    ] {
        for start in ["POST /mcp", "GET /mcp", "DELETE /mcp", "OPTIONS /mcp", "GET /"] {
            let reply = server.exchange(start, &server.address, &headers(authorization, &[]), &body);
            assert_eq!(reply.status(), 401, "{start} {authorization:?}: {}", reply.head);
            assert_eq!(reply.header("www-authenticate"), Some(challenge));
        }
    }
    let reply = server.exchange("POST /mcp", &server.address, &headers(Some(&good), &[]), &body);
    assert_eq!(reply.status(), 200, "{}", reply.body);
    let reply = server.exchange("POST /", &server.address, &headers(Some(&good), &[]), &body);
    assert_eq!(reply.status(), 404);
}

#[test]
fn other_hosts_and_web_pages_are_refused() {
    let simulator = Running::start(&["--plain-http"]);
    let options = [
        "--allow-host",
        "mcp.example.com",
        "--allow-origin",
        "https://app.example.com",
    ];
    let servers = [
        HttpServer::start("http-host", &simulator, &[]),
        HttpServer::start("http-host-allowed", &simulator, &options),
    ];
    let good = format!("Bearer {BEARER}");
    for (host, origin, statuses) in [
        ("127.0.0.1", None, [200, 200]),
        ("localhost:8642", None, [200, 200]),
        ("[::1]", None, [200, 200]),
        ("mcp.example.com", None, [403, 200]),
        ("evil.example.com", None, [403, 403]),
        ("127.0.0.1.example.com", None, [403, 403]),
        ("127.0.0.1", Some("https://app.example.com"), [403, 200]),
        ("127.0.0.1", Some("https://app.example.com:443"), [403, 200]),
        ("127.0.0.1", Some("https://app.example.com:8443"), [403, 403]),
        ("127.0.0.1", Some("http://app.example.com"), [403, 403]),
        ("127.0.0.1", Some("https://evil.example.com"), [403, 403]),
        ("127.0.0.1", Some("http://127.0.0.1"), [403, 403]),
        ("127.0.0.1", Some("null"), [403, 403]),
    ] {
        let more: Vec<_> = origin.map(|origin| ("origin", origin)).into_iter().collect();
        for (server, status) in servers.iter().zip(statuses) {
            let reply = server.exchange("POST /mcp", host, &headers(Some(&good), &more), &listing().to_string());
            assert_eq!(reply.status(), status, "{host} {origin:?}: {}", reply.body);
        }
    }
}

#[test]
fn a_request_that_is_too_long_is_refused() {
    let simulator = Running::start(&["--plain-http"]);
    let server = HttpServer::start("http-long", &simulator, &[]);
    let good = format!("Bearer {BEARER}");
    let body = "x".repeat(32 * 1024 * 1024 + 1);
    let reply = server.exchange("POST /mcp", &server.address, &headers(Some(&good), &[]), &body);
    assert_eq!(reply.status(), 413, "{}", reply.head);
}

#[test]
fn the_server_starts_only_if_it_is_safe() {
    let start = |token: Option<&str>, arguments: &[&str]| {
        let mut command = program();
        command.env_remove("WECHAT_MCP_TOKEN");
        command.envs(token.map(|token| ("WECHAT_MCP_TOKEN", token)));
        command.arg("mcp").args(arguments).output().unwrap()
    };
    let http = ["--http", "127.0.0.1:0"];
    for token in [None, Some(""), Some("short"), Some("0123456789abcdef 0123456789abcdef")] {
        let output = start(token, &http);
        assert_fails(&output, 2, &["WECHAT_MCP_TOKEN", "openssl rand -hex 32"]);
        assert!(!String::from_utf8_lossy(&output.stderr).contains("0123456789abcdef"));
    }
    for address in ["0.0.0.0:0", "[::]:0"] {
        let words = ["--http", address, "open to other machines", "--allow-remote"];
        assert_fails(&start(Some(BEARER), &["--http", address]), 2, &words);
    }
    for (arguments, words) in [
        (["--allow-remote"].as_slice(), "--http"),
        (&["--allow-host", "example.com"], "--http"),
        (&["--http", "localhost"], "invalid"),
        (&["--root", "/no/such/folder"], "/no/such/folder"),
    ] {
        assert_fails(&start(Some(BEARER), arguments), 2, &[words]);
    }
    for (option, value, words) in [
        ("--allow-host", "", "give a host"),
        ("--allow-host", "https://example.com", "give a host"),
        ("--allow-origin", "", "give a scheme"),
        ("--allow-origin", "null", "give a scheme"),
        ("--allow-origin", "example.com", "give a scheme"),
        ("--allow-origin", "https://example.com:*", "give a scheme"),
        ("--allow-origin", "https://example.com/a", "give a scheme"),
    ] {
        let output = start(Some(BEARER), &[&http[..], &[option, value]].concat());
        assert_fails(&output, 2, &[option, words]);
    }
}
