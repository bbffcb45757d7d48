//! The promise: articles in files become drafts and publications, and mistakes are named before anything is sent.

use std::net::TcpListener;

use serde_json::{Value, json};

use crate::support::{Running, assert_fails, fixture, run, stdout, succeeded, text, written};

#[test]
fn bad_articles_are_named() {
    let article = json!({"type": "news", "title": "标题", "content": "文", "thumb_media_id": "M", "titel": "x"});
    let path = written("unknown-field.json", &json!([article]));
    assert_fails(
        &run(&["draft", "add", &path]),
        2,
        &["article 0", "unknown field `titel`", &path],
    );
    let two = json!([
        {"type": "pictures", "title": "图", "content": "", "image_media_ids": ["M"]},
        {"type": "pictures", "title": "图", "content": "", "image_media_ids": ["M"]},
    ]);
    let path = written("two-articles.json", &two);
    assert_fails(&run(&["draft", "update", "M", "0", &path]), 2, &["there are 2"]);
}

#[test]
fn articles_are_checked_without_a_server() {
    let fair = json!({"type": "news", "title": "标题", "content": "<script></script>", "thumb_media_id": "M"});
    let mut bad = fair.clone();
    bad["title"] = "写".repeat(65).into();
    let sound = json!({"type": "pictures", "title": "图", "content": "文", "image_media_ids": ["M"]});
    let sound = written("sound.json", &sound);
    let (fair, bad) = (written("fair.json", &fair), written("bad.json", &json!([fair, bad])));

    assert_eq!(succeeded(&run(&["draft", "check", &sound])), "nothing found\n");
    // No server is there.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let base = format!("http://{free}");
    let output = run(&["--api-base", &base, "draft", "check", &fair]);
    let printed = succeeded(&output);
    assert!(
        printed.contains("warning   0        content has 1 × <script>"),
        "{printed}"
    );

    let output = run(&["draft", "check", &bad]);
    assert_fails(&output, 2, &["1 error: draft add would refuse this"]);
    assert!(
        stdout(&output).contains("error     1        title has 65 characters"),
        "{}",
        stdout(&output)
    );
    let output = run(&["--json", "draft", "check", &bad]);
    assert_fails(&output, 2, &["\"kind\":\"invalid-input\""]);
    let findings: Value = serde_json::from_str(stdout(&output)).unwrap();
    let finding = &findings["findings"][1];
    assert_eq!((text(finding, "severity"), text(finding, "field")), ("error", "title"));
    assert_eq!(
        (&finding["article"], &finding["figure"]),
        (&json!(1), &json!({"found": 65, "limit": 64}))
    );
}

#[test]
fn warnings_are_printed_before_a_draft_is_made() {
    let simulator = Running::start(&["--plain-http"]);
    let cover = simulator.ask(&["material", "upload", &fixture("cover.jpg"), "--kind", "image"]);
    let article = json!({
        "type": "news",
        "title": "标题",
        "content": "<p>正文<script>alert(1)</script></p>",
        "thumb_media_id": text(&cover, "media_id"),
    });
    let path = written("warned.json", &article);
    let output = simulator.run(&["draft", "add", &path]);
    assert_fails(
        &output,
        0,
        &["warning: article 0: content has 1 × <script>, which WeChat removes"],
    );
    let added = simulator.ask(&["draft", "add", &path]);
    assert_eq!(added["warnings"][0]["severity"], "warning");
    let updated = simulator.ask(&["draft", "update", text(&added, "media_id"), "0", &path]);
    assert_eq!(updated["warnings"], added["warnings"]);
    assert_eq!(simulator.ask(&["draft", "count"]), json!({"count": 2}));
}

#[test]
fn several_commands_share_a_running_simulator() {
    let simulator = Running::start(&["--plain-http"]);
    assert!(simulator.base.starts_with("http://127.0.0.1:"), "{}", simulator.base);

    let cover = simulator.ask(&["material", "upload", &fixture("cover.jpg"), "--kind", "image"]);
    let cover = text(&cover, "media_id");
    let article = json!({
        "type": "news",
        "title": "标题 🌸",
        "content": "<p>正文 😀</p>",
        "thumb_media_id": cover,
        "cover_crops": [{"ratio": "square", "x1": 0, "y1": 0, "x2": 0.5, "y2": 1}],
        "comments": "fans-only",
    });
    let draft = simulator.ask(&["draft", "add", &written("shared.json", &json!([article]))]);
    let draft = text(&draft, "media_id");
    assert_eq!(simulator.ask(&["draft", "count"]), json!({"count": 1}));

    let mut changed = article.clone();
    changed["title"] = "新标题 🌷".into();
    simulator.ask(&["draft", "update", draft, "0", &written("changed.json", &changed)]);
    let stored = simulator.ask(&["draft", "get", draft]);
    let stored = &stored["articles"][0];
    assert_eq!(
        (text(stored, "title"), text(stored, "content")),
        ("新标题 🌷", "<p>正文 😀</p>")
    );
    assert_eq!(
        (text(stored, "comments"), text(stored, "article_type")),
        ("fans-only", "news")
    );
    assert_eq!(text(stored, "thumb_media_id"), cover);
    let listed = simulator.run(&["draft", "list"]);
    let line = succeeded(&listed).lines().find(|line| line.starts_with(draft));
    assert!(line.unwrap().contains("新标题 🌷"));

    let output = simulator.run(&["--json", "publish", "submit", draft, "--wait"]);
    assert_fails(&output, 0, &["\"status\":\"submitted\""]);
    let published: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert!(!text(&published, "publish_id").is_empty());
    let outcome = &published["outcome"];
    assert_eq!(text(outcome, "status"), "published");
    let article_id = text(outcome, "article_id");
    assert_eq!(outcome["urls"].as_array().unwrap().len(), 1);
    let shown = simulator.run(&["publish", "get", article_id]);
    assert!(succeeded(&shown).contains("https://mp.weixin.qq.com/s/"));
    assert!(succeeded(&shown).contains("<p>正文 😀</p>"));
    let list = simulator.ask(&["publish", "list"]);
    assert_eq!(text(&list["items"][0], "article_id"), article_id);

    // A published draft is gone, and so is a deleted publication.
    assert_fails(&simulator.run(&["draft", "get", draft]), 3, &["40007"]);
    simulator.ask(&["publish", "delete", article_id, "--index", "0"]);
    assert_fails(&simulator.run(&["publish", "get", article_id]), 3, &["53600"]);
}

#[test]
fn a_wait_that_is_too_short_ends_with_1_and_can_be_continued() {
    let simulator = Running::start(&["--plain-http"]);
    let cover = simulator.ask(&["material", "upload", &fixture("cover.jpg"), "--kind", "image"]);
    let article =
        json!({"type": "pictures", "title": "图", "content": "文", "image_media_ids": [text(&cover, "media_id")]});
    let draft = simulator.ask(&["draft", "add", &written("early.json", &article)]);
    let output = simulator.run(&[
        "publish",
        "submit",
        text(&draft, "media_id"),
        "--wait",
        "--timeout",
        "0",
        "--json",
    ]);
    assert_fails(&output, 1, &["publish wait "]);
    let submitted: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(text(&submitted["outcome"], "status"), "publishing");
    let id = text(&submitted, "publish_id");
    assert_eq!(text(&simulator.ask(&["publish", "wait", id]), "status"), "published");
    assert_eq!(text(&simulator.ask(&["publish", "status", id]), "status"), "published");
}

#[test]
fn a_draft_is_read_back_and_what_wechat_changed_is_told() {
    let simulator = Running::start(&["--plain-http"]);
    let cover = simulator.ask(&["material", "upload", "--kind", "image", &fixture("cover.jpg")]);
    let article = json!({
        "type": "news",
        "title": "标题",
        "content": "<p style=\"color:red\">正文</p>",
        "thumb_media_id": text(&cover, "media_id"),
    });
    let path = written("read-back.json", &article);
    let add = |options: &[&str], fault: Option<Value>| {
        if let Some(fault) = fault {
            simulator.inject(&json!({ "rules": [fault] }));
        }
        let output = simulator.run(&[&["--json", "draft", "add", &path], options].concat());
        assert_fails(&output, 0, &[]);
        let document: Value = serde_json::from_str(stdout(&output)).unwrap();
        assert!(!text(&document, "media_id").is_empty());
        document
    };
    let unread = |document: &Value| (document["changed"].clone(), document["read_back_error"].clone());
    assert_eq!(unread(&add(&[], None)), (json!([]), Value::Null));
    assert_eq!(unread(&add(&["--no-read-back"], None)), (Value::Null, Value::Null));
    let emptied = json!({"path": "/cgi-bin/draft/add", "fault": "style-emptied", "times": 1});
    let document = add(&[], Some(emptied.clone()));
    let finding = &document["changed"][0];
    assert!(text(finding, "message").contains("came back empty"), "{document}");
    // A draft that can't be read is made all the same.
    let lost = json!({"path": "/cgi-bin/draft/get", "fault": {"errcode": {"code": 45009}}, "times": 1});
    let (changed, error) = unread(&add(&[], Some(lost.clone())));
    assert_eq!(
        (changed, text(&error, "kind"), &error["errcode"]),
        (Value::Null, "quota", &json!(45009))
    );
    assert!(!text(&error, "message").is_empty(), "{error}");

    for (fault, words) in [(emptied, "came back empty"), (lost, "can't be read back to compare it")] {
        simulator.inject(&json!({ "rules": [fault] }));
        let output = simulator.run(&["draft", "add", &path]);
        assert_fails(&output, 0, &[words]);
        assert!(stdout(&output).contains("media-id"), "{}", stdout(&output));
    }
    let draft = simulator.ask(&["draft", "add", &path]);
    let id = text(&draft, "media_id");
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/draft/update", "fault": "style-emptied", "times": 1}]}));
    let updated = simulator.ask(&["draft", "update", id, "0", &path]);
    assert!(
        text(&updated["changed"][0], "message").contains("came back empty"),
        "{updated}"
    );
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/draft/get", "fault": {"errcode": {"code": 45009}}}]}));
    let output = simulator.run(&["--json", "draft", "update", id, "0", &path]);
    let updated: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(text(&updated["read_back_error"], "kind"), "quota");
}
