//! The promise: the help is complete, and the exit code shows the kind of an error.

use std::net::TcpListener;

use serde_json::{Value, json};

use crate::support::{
    APP_ID, APP_SECRET, FAKE_SECRET, assert_fails, fixture, program, run, run_live, stderr, stdout, succeeded, text,
};

#[test]
fn help_lists_the_exit_codes_and_every_command_has_its_own() {
    let output = run(&["--help"]);
    let help = succeeded(&output);
    for words in ["Exit codes:", "outcome-unknown", "WECHAT_APP_ID", "simulator"] {
        assert!(help.contains(words), "no {words} in {help}");
    }
    for (command, operations) in [
        ("account", ["verify", "access-token", "quota", "explain"].as_slice()),
        ("material", &["upload", "get", "delete", "counts", "list"]),
        ("media", &["upload", "get", "get-voice"]),
        ("content", &["prepare"]),
        (
            "draft",
            &[
                "check",
                "add",
                "get",
                "update",
                "delete",
                "count",
                "list",
                "product-card",
            ],
        ),
        ("publish", &["submit", "status", "wait", "get", "list", "delete"]),
    ] {
        let output = run(&[command, "--help"]);
        let help = succeeded(&output);
        for operation in operations {
            assert!(help.contains(&format!("\n  {operation} ")), "no {operation} in {help}");
            succeeded(&run(&[command, operation, "--help"]));
        }
    }
    // The help lists the values of options.
    assert!(stdout(&run(&["material", "upload", "--help"])).contains("article-image"));
    assert!(stdout(&run(&["draft", "product-card", "--help"])).contains("pictures-text-link"));
}

#[test]
fn usage_errors_end_with_2() {
    for (arguments, words) in [
        (["no-such-command"].as_slice(), "unrecognized subcommand"),
        (&["publish", "delete", "A"], "--all|--index"),
        (
            &["publish", "delete", "A", "--all", "--index", "0"],
            "cannot be used with",
        ),
        (&["material", "upload", "x.mp4", "--kind", "video"], "--title"),
        (
            &["material", "upload", "x.jpg", "--kind", "image", "--title", "t"],
            "only a video",
        ),
        (
            &["material", "upload", "/no/such.jpg", "--kind", "image"],
            "/no/such.jpg",
        ),
        (&["draft", "add", "/no/such.json"], "/no/such.json"),
        (&["draft", "add", "/no/such.html", "--title", "t"], "/no/such.html"),
        (&["draft", "add", "/no/such.html"], "--title"),
        (
            &["draft", "add", "/no/such.json", "--title", "t"],
            "--title is for Markdown and HTML",
        ),
        (
            &["draft", "add", "x.html", "--cover", "a.jpg", "--cover-id", "A"],
            "cannot be used with",
        ),
        (
            &["content", "prepare", "/no/such.html", "-o", "out.html"],
            "/no/such.html",
        ),
        (&["content", "prepare", "x.html"], "--output"),
        (&["draft", "check", "Cargo.toml"], "Markdown (.md, .markdown)"),
        (&["draft", "update", "M", "0", "../../README.md"], "--update MEDIA_ID"),
        (
            &["--live", "account", "verify", "--api-base", "http://127.0.0.1:1"],
            "exclude each other",
        ),
        (
            &["--api-base", "https://api.weixin.qq.com", "draft", "count"],
            "this machine",
        ),
        (&["--api-base", "http://127.0.0.1:1", "simulator"], "its own simulator"),
        (&["--trust", "ca.pem", "draft", "count"], "--api-base"),
        // Input that the component refuses by itself.
        (&["draft", "list", "--count", "21"], "1 to 20"),
        (&["draft", "get", ""], "media-id is empty"),
    ] {
        assert_fails(&run(arguments), 2, &[words]);
    }
}

#[test]
fn live_mode_names_its_missing_variables() {
    assert_fails(&run(&["--live", "account", "verify"]), 2, &[APP_ID, APP_SECRET]);
    let half = program()
        .env(APP_ID, "wxfedcba9876543210")
        .args(["--live", "draft", "count"])
        .output();
    assert_fails(&half.unwrap(), 2, &[APP_SECRET]);
}

#[test]
fn live_mode_does_nothing_final_without_yes() {
    for (arguments, would) in [
        (["publish", "submit", "M"].as_slice(), "publish the draft M"),
        (&["draft", "add", "ARTICLE.md", "--publish"], "publish ARTICLE.md"),
        (
            &["publish", "delete", "A", "--all"],
            "delete every article of the publication A",
        ),
        (
            &["publish", "delete", "A", "--index", "1"],
            "delete the article at index 1 of the publication A",
        ),
        (&["material", "delete", "M"], "delete the material M"),
        (&["draft", "delete", "M"], "delete the draft M"),
    ] {
        // A command that had asked WeChat would have ended with 3 or 4.
        let output = run_live(arguments);
        assert_fails(&output, 2, &[would, "--yes", "Nothing was done"]);
        assert!(!stderr(&output).contains(FAKE_SECRET));
    }
}

#[test]
fn refusals_end_with_3_and_print_all_details() {
    let output = run(&["draft", "get", "no-such-draft"]);
    assert_fails(&output, 3, &["error: ", "advice", "errcode", "40007", "rid"]);
    assert_eq!(stdout(&output), "");

    let output = run(&["--json", "draft", "get", "no-such-draft"]);
    assert_fails(&output, 3, &[]);
    let error: Value = serde_json::from_str(stderr(&output)).unwrap();
    assert_eq!((text(&error, "kind"), &error["errcode"]), ("not-found", &json!(40007)));
    assert_eq!(error["exit_code"], 3);
    assert!(!text(&error, "rid").is_empty() && !text(&error, "advice").is_empty());

    // WeChat's ids can begin with a hyphen.
    assert_fails(&run(&["draft", "get", "-missing"]), 3, &["40007"]);

    // The component refuses before anything is sent.
    let webp = fixture("picture.webp");
    let output = run(&["--json", "material", "upload", &webp, "--kind", "image"]);
    assert_fails(&output, 3, &[]);
    let error: Value = serde_json::from_str(stderr(&output)).unwrap();
    assert_eq!((text(&error, "kind"), error.get("errcode")), ("file-rejected", None));
}

#[test]
fn an_unreachable_server_ends_with_4() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let base = format!("http://{free}");
    assert_fails(&run(&["--api-base", &base, "account", "verify"]), 4, &["error: "]);
    let output = run(&["--api-base", &base, "--json", "account", "verify"]);
    assert_fails(&output, 4, &[]);
    let error: Value = serde_json::from_str(stderr(&output)).unwrap();
    assert_eq!(text(&error, "kind"), "network");
}

#[test]
fn anything_else_ends_with_1() {
    assert_fails(
        &run(&["--plugin", "/no/such.wasm", "draft", "count"]),
        1,
        &["/no/such.wasm"],
    );
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    assert_fails(
        &run(&["simulator", "--port", &port]),
        1,
        &["cannot start the simulator"],
    );
}
