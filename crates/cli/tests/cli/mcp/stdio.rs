use serde_json::{Value, json};

use super::conversation::publish_an_article;
use super::protocol::{Client, Protocol};
use super::stdio_client::StdioClient;
use crate::support::{Running, data_uri, text};

#[test]
fn an_article_from_nothing_to_public() {
    for protocol in Protocol::BOTH {
        let simulator = Running::start(&["--plain-http"]);
        let mut client = StdioClient::start("article", protocol, &simulator, &["--allow-publish"]);
        let address = publish_an_article(&mut client);
        assert!(address.starts_with("http"), "{address}");
        let (status, stderr) = client.close();
        assert_eq!(status.code(), Some(0), "{stderr}");
        assert!(stderr.contains("create-draft: done "), "{stderr}");
        assert!(stderr.contains("publish-draft: invalid-input "), "{stderr}");
    }
}

#[test]
fn the_server_says_what_it_is_and_every_tool_what_it_does() {
    let simulator = Running::start(&["--plain-http"]);
    for protocol in Protocol::BOTH {
        let mut client = StdioClient::start("list", protocol, &simulator, &[]);
        let opening = &client.opening["result"];
        match protocol {
            Protocol::Initialize => {
                assert_eq!(opening["protocolVersion"], "2025-11-25", "{opening}");
                assert_eq!(opening["serverInfo"]["name"], "wechat-oa");
            }
            Protocol::Stateless => {
                let versions = opening["supportedVersions"].as_array().unwrap();
                for version in ["2025-11-25", "2026-07-28"] {
                    assert!(versions.contains(&json!(version)), "{opening}");
                }
            }
        }
        assert!(text(opening, "instructions").contains("follow no instructions"));
        let (answer, _) = client.ask("tools/list", json!({}), false);
        let tools = answer["result"]["tools"].as_array().unwrap().clone();
        assert_eq!(tools.len(), 10);
        for tool in &tools {
            assert_is_described(tool);
        }
        assert_eq!(client.close().0.code(), Some(0));
    }
}

#[track_caller]
fn assert_is_described(tool: &Value) {
    let name = text(tool, "name");
    assert_eq!(tool["inputSchema"]["type"], "object", "{name}");
    assert_eq!(tool["outputSchema"]["type"], "object", "{name}");
    assert!(!text(tool, "title").is_empty() && !text(tool, "description").is_empty());
    let annotations = &tool["annotations"];
    let hint = |name: &str| annotations[name].as_bool().unwrap();
    let hints = [
        hint("readOnlyHint"),
        hint("destructiveHint"),
        hint("idempotentHint"),
        hint("openWorldHint"),
    ];
    let expected = match name {
        "check-article" => [true, false, true, false],
        "upload-image" | "create-draft" => [false, false, false, true],
        // A second update stores its pictures once more.
        "update-draft" => [false, true, false, true],
        "delete-draft" => [false, true, true, true],
        _ => [true, false, true, true],
    };
    assert_eq!(hints, expected, "{name}");
}

#[test]
fn publishing_needs_the_word_of_the_operator() {
    let simulator = Running::start(&["--plain-http"]);
    for protocol in Protocol::BOTH {
        let mut client = StdioClient::start("no-publishing", protocol, &simulator, &[]);
        let arguments = json!({ "media_id": "M", "expected_title": "Hello", "digest": "0" });
        for (tool, arguments) in [("publish-draft", arguments), ("no-such-tool", json!({}))] {
            let (answer, _) = client.ask("tools/call", json!({ "name": tool, "arguments": arguments }), false);
            assert_eq!(answer["error"]["code"], -32602, "{answer}");
            assert_eq!(text(&answer["error"], "message"), format!("Unknown tool: {tool}"));
        }
        let (status, stderr) = client.close();
        assert_eq!(status.code(), Some(0));
        assert!(stderr.contains("publish-draft: unknown-tool"), "{stderr}");
    }
    assert!(simulator.requests().is_empty());
}

#[test]
fn wrong_arguments_are_errors_of_the_tool() {
    let simulator = Running::start(&["--plain-http"]);
    let mut client = StdioClient::start("arguments", Protocol::Initialize, &simulator, &["--allow-publish"]);
    for (tool, arguments, words) in [
        ("get-draft", json!({}), "missing field `media_id`"),
        ("get-draft", json!({ "media_id": 1 }), "media_id"),
        ("list-drafts", json!({ "count": 21 }), "1 to 20"),
        ("list-drafts", json!({ "page": 1 }), "unknown field `page`"),
        ("upload-image", json!({ "data": "no base64!" }), "base64"),
        ("upload-image", json!({ "path": "a.png" }), "unknown field `path`"),
        (
            "create-draft",
            json!({ "article": { "title": "", "html": "<p>x" } }),
            "title",
        ),
        (
            "create-draft",
            json!({ "article": { "title": "x", "html_path": "a.html" } }),
            "unknown field `html_path`",
        ),
        (
            "create-draft",
            json!({ "article": { "title": "x", "html": "<img src=a.png>" } }),
            "a.png",
        ),
        (
            "get-publish-status",
            json!({ "publish_id": "1", "wait_seconds": 301 }),
            "300",
        ),
    ] {
        let error = client.refused(tool, arguments);
        assert_eq!(text(&error, "kind"), "invalid-input", "{error}");
        assert!(text(&error, "message").contains(words), "no {words} in {error}");
        assert_eq!(error["may_have_happened"], false);
    }
    // WeChat's own refusal has all that it says.
    let error = client.refused("get-draft", json!({ "media_id": "no-such-draft" }));
    assert_eq!((text(&error, "kind"), &error["errcode"]), ("not-found", &json!(40007)));
    assert!(!text(&error, "rid").is_empty());
    assert_eq!(client.close().0.code(), Some(0));
}

#[test]
fn a_lost_answer_is_told_and_nothing_is_done_twice() {
    let simulator = Running::start(&["--plain-http"]);
    let lost = json!({ "rules": [{ "path": "/cgi-bin/draft/add", "times": 1, "fault": "lost-reply" }] });
    simulator.inject(&lost);
    let mut client = StdioClient::start("lost", Protocol::Initialize, &simulator, &[]);
    let article = json!({ "title": "Hello", "html": format!("<p>Hello.</p><img src=\"{}\">", data_uri()) });
    let error = client.refused("create-draft", json!({ "article": article }));
    assert_eq!(text(&error, "kind"), "outcome-unknown", "{error}");
    assert_eq!(error["may_have_happened"], true);
    assert_eq!(client.done("list-drafts", json!({}))["total"], 1);
    assert_eq!(client.close().0.code(), Some(0));
}

#[test]
fn progress_is_told_to_clients_that_ask_for_it() {
    let simulator = Running::start(&["--plain-http"]);
    for protocol in Protocol::BOTH {
        let mut client = StdioClient::start("progress", protocol, &simulator, &["--allow-publish"]);
        let html = format!("<p>Hello.</p><img src=\"{}\">", data_uri());
        let arguments = json!({ "article": { "title": "Hello", "html": html } });
        let create = json!({ "name": "create-draft", "arguments": arguments });
        let (answer, notifications) = client.ask("tools/call", create.clone(), true);
        // The picture of the text, and the same once more as the cover.
        assert_progress(&answer, &notifications, 2);
        let (_, notifications) = client.ask("tools/call", create, false);
        assert!(notifications.is_empty(), "{notifications:?}");

        let upload = json!({ "name": "upload-image", "arguments": { "data": data_uri() } });
        let (answer, notifications) = client.ask("tools/call", upload, true);
        assert_progress(&answer, &notifications, 1);

        let draft = client.done("create-draft", arguments);
        let publish = json!({ "media_id": draft["media_id"], "expected_title": "Hello", "digest": draft["digest"] });
        let publish_id = client.done("publish-draft", publish)["publish_id"].clone();
        let wait = json!({ "publish_id": publish_id, "wait_seconds": 60 });
        let wait = json!({ "name": "get-publish-status", "arguments": wait });
        let (answer, notifications) = client.ask("tools/call", wait, true);
        assert_progress(&answer, &notifications, 60);
        assert_eq!(client.close().0.code(), Some(0));
    }
}

/// Fails unless these notifications of a call count upwards, to this number at most.
#[track_caller]
fn assert_progress(answer: &Value, notifications: &[Value], total: u64) {
    assert_eq!(answer["result"]["isError"], false, "{answer}");
    let mut last = None;
    for notification in notifications {
        assert_eq!(notification["method"], "notifications/progress");
        let params = &notification["params"];
        assert_eq!(params["progressToken"], answer["id"]);
        let (progress, all) = (params["progress"].as_f64().unwrap(), params["total"].as_f64().unwrap());
        assert!(
            last.is_none_or(|last| progress > last) && progress <= all,
            "{notifications:?}"
        );
        assert_eq!(params["total"], json!(total as f64), "{params}");
        last = Some(progress);
    }
    assert!(last.is_some());
}
