//! The promise: input is looked at before it is read, and read up to a limit. What is wrong with it is named.

use std::fs::{self, File};
use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::json;

use crate::support::{
    APP_ID, APP_SECRET, FAKE_SECRET, Running, article, assert_fails, fixture, parsed, path_in, program, run, stderr,
    stdout, succeeded, temporary, text,
};

const MIB: u64 = 1024 * 1024;

/// Makes a file of this size that takes no room.
fn sparse(name: &str, size: u64) -> String {
    let path = temporary(name);
    File::create(&path).unwrap().set_len(size).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Runs a command with this on its stdin.
fn with_stdin(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = program();
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut stdin = process.stdin.take().unwrap();
    // A program that has read enough closes the pipe.
    let _ = stdin.write_all(input);
    drop(stdin);
    process.wait_with_output().unwrap()
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let huge = sparse("huge.jpg", 16 * 1024 * MIB);
    let html = sparse("huge.html", 130 * MIB);
    let json = sparse("huge.json", 130 * MIB);
    let out = temporary("never.html");
    let out = out.to_str().unwrap();
    for arguments in [
        ["material", "upload", &huge, "--kind", "image"].as_slice(),
        &["media", "upload", &huge, "--kind", "image"],
        &["draft", "check", &json],
        &["draft", "add", &json],
        &["draft", "update", "M", "0", &json],
        &["draft", "add", &html, "--title", "t"],
        &["content", "prepare", &html, "-o", out],
        &["--api-base", "http://127.0.0.1:1", "--trust", &json, "draft", "count"],
        &["--plugin", &huge, "draft", "count"],
    ] {
        assert_fails(
            &run(arguments),
            2,
            &["cannot read", "huge.", "bytes, more than the", "give a smaller file"],
        );
    }
    // A source without an end.
    let output = with_stdin(&["draft", "check", "-"], &vec![b' '; 33 * MIB as usize]);
    assert_fails(&output, 2, &["stdin", "more than the 33554432 bytes"]);
}

/// The component itself names the limit of each kind, also for the largest files that are read.
#[test]
fn a_file_above_wechat_s_limit_is_refused_without_a_trap() {
    let mut picture = fs::read(fixture("cover.jpg")).unwrap();
    picture.resize(64 * MIB as usize, 0);
    let path = temporary("large.jpg");
    fs::write(&path, picture).unwrap();
    let output = run(&["material", "upload", path.to_str().unwrap(), "--kind", "image"]);
    assert_fails(&output, 3, &["large.jpg", "of at most 10 MB"]);
    assert!(
        !stderr(&output).contains("the plugin's instance is gone"),
        "{}",
        stderr(&output)
    );
    let article = json!({"type": "news", "title": "t", "content": "写".repeat(11_000_000), "thumb_media_id": "M"});
    let path = temporary("large.json");
    fs::write(&path, article.to_string()).unwrap();
    let output = run(&["draft", "check", path.to_str().unwrap()]);
    assert_fails(&output, 2, &["draft add would refuse this"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_refused_at_once() {
    let folder = article("kinds", "<img src=fifo.jpg><img src=zero.jpg>");
    let fifo = path_in(&folder, "fifo.jpg");
    crate::support::make_fifo(&fifo);
    std::os::unix::fs::symlink("/dev/zero", folder.join("zero.jpg")).unwrap();
    let (html, json) = (path_in(&folder, "fifo.html"), path_in(&folder, "fifo.json"));
    for other in [&html, &json] {
        std::os::unix::fs::symlink("fifo.jpg", other).unwrap();
    }
    let out = path_in(&folder, "out.html");
    let folder_path = folder.to_str().unwrap();
    for (arguments, kind) in [
        (["material", "upload", &fifo, "--kind", "image"].as_slice(), "a FIFO"),
        (&["media", "upload", "/dev/zero", "--kind", "image"], "a device"),
        (&["media", "upload", folder_path, "--kind", "image"], "a folder"),
        (&["draft", "check", &json], "a FIFO"),
        (&["draft", "check", "/dev/zero"], "a device"),
        (&["draft", "add", &html, "--title", "t"], "a FIFO"),
        (
            &["draft", "add", "x.html", "--title", "t", "--cover", &fifo],
            "cannot read x.html",
        ),
        (&["content", "prepare", &html, "-o", &out], "a FIFO"),
        (
            &["--api-base", "http://127.0.0.1:1", "--trust", &fifo, "draft", "count"],
            "a FIFO",
        ),
        (&["--plugin", &fifo, "draft", "count"], "a FIFO"),
    ] {
        assert_fails(&run(arguments), 2, &["cannot read", kind]);
    }
    // As pictures of an article they are left out.
    let output = run(&["content", "prepare", &path_in(&folder, "article.html"), "-o", &out]);
    assert_fails(&output, 2, &["fifo.jpg is not a file", "zero.jpg leads out"]);
}

#[test]
fn articles_and_html_may_come_from_stdin() {
    let article = json!({"type": "pictures", "title": "图", "content": "文", "image_media_ids": ["M"]}).to_string();
    let output = with_stdin(&["draft", "check", "-"], article.as_bytes());
    assert_eq!(succeeded(&output), "nothing found\n");
    let out = temporary("from-stdin.html");
    let output = with_stdin(
        &["--json", "content", "prepare", "-", "-o", out.to_str().unwrap()],
        b"<p>x</p>",
    );
    assert_eq!(text(&parsed(&output), "stored"), out.to_str().unwrap());
    let output = with_stdin(&["draft", "check", "-"], b"{\"title\":\"\xff\"}");
    assert_fails(&output, 2, &["stdin", "byte 10 is not UTF-8"]);
}

#[cfg(unix)]
#[test]
fn text_that_is_not_utf_8_is_named_and_paths_work() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let odd = OsStr::from_bytes(b"\xffwx0123");
    for name in [APP_ID, APP_SECRET] {
        let mut command = program();
        command
            .env(APP_ID, "wxfedcba9876543210")
            .env(APP_SECRET, FAKE_SECRET)
            .env(name, odd);
        let output = command.args(["--live", "draft", "count"]).output().unwrap();
        assert_fails(&output, 2, &[name, "UTF-8"]);
        assert!(!stderr(&output).contains("0123"), "{}", stderr(&output));
    }
    let output = program().args(["draft", "get"]).arg(odd).output().unwrap();
    assert_fails(&output, 2, &["UTF-8", "\\xFFwx0123"]);

    let folder = article("odd-paths", "<p>正文</p>");
    let (from, to) = (
        folder.join(OsStr::from_bytes(b"\xff.html")),
        folder.join(OsStr::from_bytes(b"\xfe.html")),
    );
    fs::copy(folder.join("article.html"), &from).unwrap();
    let output = program()
        .args(["content", "prepare"])
        .arg(&from)
        .arg("-o")
        .arg(&to)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    assert_eq!(fs::read_to_string(to).unwrap(), "<p>正文</p>");
}

#[test]
fn a_body_of_wechat_s_own_api_is_an_article() {
    let simulator = Running::start(&["--plain-http"]);
    let cover = simulator.ask(&["material", "upload", &fixture("cover.jpg"), "--kind", "image"]);
    let cover = text(&cover, "media_id");
    // The example of the page of draft/add (wechat-api §11.2), with every field.
    let body = json!({"articles": [
        {"article_type": "news", "title": "TITLE", "author": "AUTHOR", "digest": "", "content": "<p>C</p>",
         "content_source_url": "https://example.com/", "thumb_media_id": cover, "need_open_comment": 1,
         "only_fans_can_comment": 1, "show_cover_pic": 0,
         "cover_info": {"crop_percent_list": [{"ratio": "1_1", "x1": "0", "y1": "0", "x2": "0.5", "y2": "1"}]}},
        {"article_type": "newspic", "title": "图", "content": "文", "need_open_comment": 0,
         "image_info": {"image_list": [{"image_media_id": cover}]}},
    ]});
    let path = temporary("body.json");
    fs::write(&path, body.to_string()).unwrap();
    let path = path.to_str().unwrap();
    let output = simulator.run(&["--json", "draft", "add", path]);
    let added = parsed(&output);
    assert_eq!(added["left_out"], json!(["article 0: show_cover_pic"]));
    let stored = simulator.ask(&["draft", "get", text(&added, "media_id")]);
    let (news, pictures) = (&stored["articles"][0], &stored["articles"][1]);
    assert_eq!((text(news, "author"), text(news, "comments")), ("AUTHOR", "fans-only"));
    assert_eq!(
        (text(pictures, "article_type"), text(pictures, "comments")),
        ("pictures", "closed")
    );
    assert_eq!(pictures["image_media_ids"], json!([cover]));
    assert_fails(
        &simulator.run(&["draft", "check", path]),
        0,
        &["warning: article 0: show_cover_pic is left out"],
    );
}

#[test]
fn lists_go_to_their_end() {
    let simulator = Running::start(&["--plain-http"]);
    let cover = simulator.ask(&["material", "upload", &fixture("cover.jpg"), "--kind", "image"]);
    let token = simulator.ask(&["account", "access-token"]);
    let path = format!("/cgi-bin/draft/add?access_token={}", text(&token, "value"));
    let article = json!({"title": "t", "content": "c", "thumb_media_id": text(&cover, "media_id")});
    for _ in 0..21 {
        let added = simulator.post(&path, &json!({ "articles": [article] }));
        assert!(added.contains("media_id"), "{added}");
    }
    let list = |arguments: &[&str]| {
        let output = simulator.run(&[&["--json", "draft", "list", "--all"], arguments].concat());
        assert_fails(&output, 0, &[]);
        let told: serde_json::Value = serde_json::from_str(stderr(&output)).unwrap();
        let found: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!((&told["total_count"], &told["calls"]), (&json!(21), &found["calls"]));
        let ids = found["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| text(item, "media_id").to_owned());
        (
            ids.collect::<std::collections::BTreeSet<_>>().len(),
            found["calls"].as_u64().unwrap(),
        )
    };
    assert_eq!(list(&[]), (21, 2));
    assert_eq!(list(&["--limit", "7"]), (7, 1));
    let output = simulator.run(&["draft", "list", "--all"]);
    assert_fails(&output, 0, &["21 of 21 items take 2 calls; WeChat allows 1000 a day"]);
    assert!(stdout(&output).ends_with("21 of 21\n"));
    for arguments in [
        &["publish", "list", "--all"][..],
        &["material", "list", "--kind", "image", "--all"],
    ] {
        assert_fails(&simulator.run(arguments), 0, &["items take 1 call"]);
    }
    // What was read before an error is printed.
    simulator.inject(&json!({"rules": [
        {"path": "/cgi-bin/draft/batchget", "fault": {"errcode": {"code": 45009}}, "skip": 1},
    ]}));
    let output = simulator.run(&["--json", "draft", "list", "--all"]);
    assert_fails(&output, 3, &["45009"]);
    let found: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(found["items"].as_array().unwrap().len(), 20);
}
