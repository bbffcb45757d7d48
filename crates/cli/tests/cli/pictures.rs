//! The promise: the pictures of an HTML article are uploaded from its folder only, and nothing that was uploaded is
//! lost.

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::support::{
    Running, article, assert_fails, data_uri, fixture, path_in, program, stdout, succeeded, temporary, text,
};

/// Returns the outcome of each picture.
fn outcomes(document: &Value) -> Vec<&str> {
    let images = document["images"].as_array().unwrap();
    images.iter().map(|image| text(image, "outcome")).collect()
}

/// Replaces the pictures of the HTML by the addresses of a report.
fn replaced(html: &str, sources: &[&str], report: &Value) -> String {
    let mut html = html.to_owned();
    for (index, source) in sources.iter().enumerate() {
        html = html.replace(source, text(&report["images"][index], "url"));
    }
    html
}

#[test]
fn the_pictures_of_an_article_are_uploaded_and_its_html_is_written() {
    let simulator = Running::start(&["--plain-http"]);
    let data = data_uri();
    let sources = [
        "./photo-1.jpg?v=1",
        "img/%E7%AC%AC%202%20%E5%BC%A0.jpg",
        "cid:animation.gif",
        &data,
    ];
    let [first, second, third, fourth] = sources;
    let html = format!(
        "<p>正文 😀</p>\n<IMG data-w=9 src='{first}'><p style=\"background:url({second})\">x</p>\
         <img src={third} alt=a data-w=9><img data-w=9 src=\"{fourth}\">"
    );
    let folder = article("prepare", &html);
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    // An existing file is replaced, as by commands that fetch files.
    std::fs::write(&to, "x".repeat(100_000)).unwrap();

    let report = simulator.ask(&["content", "prepare", &from, "-o", &to]);
    assert_eq!(outcomes(&report), ["uploaded"; 4]);
    let stored = |index: usize| report["images"][index]["media_id"].is_string();
    assert_eq!([0, 1, 2, 3].map(stored), [false, false, true, false]);
    assert_eq!((&report["cover"], &report["not_read"]), (&Value::Null, &json!([])));
    assert_eq!(
        (&report["findings"], text(&report, "stored")),
        (&json!([]), to.as_str())
    );
    assert_eq!(
        std::fs::read_to_string(&to).unwrap(),
        replaced(&html, &sources, &report)
    );
    assert_eq!(std::fs::read_to_string(&from).unwrap(), html);
    assert_eq!(simulator.uploads(), (3, 1));

    // The written HTML has nothing left to upload.
    let again = path_in(&folder, "again.html");
    let report = simulator.ask(&["content", "prepare", &to, "-o", &again]);
    assert_eq!(outcomes(&report), ["kept"; 4]);
    assert_eq!(std::fs::read(&again).unwrap(), std::fs::read(&to).unwrap());
    assert_eq!(simulator.uploads(), (3, 1));

    // The output for people, from the article's own folder.
    let mut command = program();
    command.args(["--api-base", &simulator.base, "content", "prepare", "article.html"]);
    command.args(["-o", "again.html", "--with-cover"]).current_dir(&folder);
    let output = command.output().unwrap();
    let printed = succeeded(&output);
    for (source, words) in [
        (first, "uploaded  http://mmbiz.qpic.cn/"),
        (third, "takes storage quota, media-id "),
        ("data:image/png;base64,", "uploaded  http://mmbiz.qpic.cn/"),
        ("cover ", ""),
        ("stored  again.html", ""),
    ] {
        let line = printed.lines().find(|line| line.starts_with(source));
        assert!(line.is_some_and(|line| line.contains(words)), "{source}: {printed}");
    }
}

#[test]
fn a_picture_is_found_in_the_other_normal_form_of_its_name() {
    let simulator = Running::start(&["--plain-http"]);
    let html = "<img src='caf\u{e9}.jpg'><img src='caf%C3%A9.jpg'><img src='img/u\u{308}.jpg'>";
    let folder = article("normal-forms", html);
    std::fs::rename(folder.join("photo-1.jpg"), folder.join("cafe\u{301}.jpg")).unwrap();
    std::fs::copy(fixture("photo-2.jpg"), folder.join("img/\u{fc}.jpg")).unwrap();
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    let report = simulator.ask(&["content", "prepare", &from, "-o", &to]);
    assert_eq!(outcomes(&report), ["uploaded"; 3]);
    assert_eq!(report["not_read"], json!([]));
    assert_eq!(simulator.uploads(), (2, 0));
}

#[test]
fn a_picture_that_fails_loses_neither_the_others_nor_the_html() {
    let simulator = Running::start(&["--plain-http"]);
    let html = "<img src=photo-1.jpg><img src=picture.webp><img src='img/第 2 张.jpg'>";
    let folder = article("failing", html);
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    // The second upload is that of the third picture.
    simulator.inject(&json!({"rules": [
        {"path": "/cgi-bin/media/uploadimg", "fault": {"errcode": {"code": 40009}}, "skip": 1, "times": 1},
    ]}));
    let output = simulator.run(&["--json", "content", "prepare", &from, "-o", &to]);
    assert_fails(
        &output,
        3,
        &[
            "could not be uploaded: 2 of 3",
            "\"kind\":\"file-rejected\"",
            "picture.webp",
        ],
    );
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(outcomes(&report), ["uploaded", "failed", "failed"]);
    let errors = [1, 2].map(|index: usize| &report["images"][index]["error"]);
    assert_eq!(errors.map(|error| text(error, "kind")), ["file-rejected"; 2]);
    assert_eq!(
        [errors[0].get("errcode"), errors[1].get("errcode")],
        [None, Some(&json!(40009))]
    );
    let written = std::fs::read_to_string(&to).unwrap();
    assert_eq!(written, replaced(html, &["photo-1.jpg"], &report));

    // The error also mentions that a cover may be stored.
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/material/add_material", "fault": "lost-reply"}]}));
    let other = path_in(&folder, "other.html");
    let output = simulator.run(&["content", "prepare", &from, "-o", &other, "--with-cover"]);
    assert_fails(&output, 3, &["could not be uploaded: 1 of 3"]);
    assert!(
        stdout(&output).contains("cover   outcome-unknown: "),
        "{}",
        stdout(&output)
    );

    // The written HTML can be completed once the faults are gone.
    std::fs::copy(fixture("thumb.jpg"), folder.join("picture.webp")).unwrap();
    let before = simulator.uploads();
    let report = simulator.ask(&["content", "prepare", &to, "-o", &path_in(&folder, "whole.html")]);
    assert_eq!(outcomes(&report), ["kept", "uploaded", "uploaded"]);
    assert_eq!(simulator.uploads(), (before.0 + 2, before.1));
}

#[test]
fn pictures_that_are_not_beside_the_article_are_left_out_and_named() {
    let simulator = Running::start(&["--plain-http"]);
    let folder = article("left", "");
    let secret = temporary("left-secret.jpg");
    std::fs::copy(fixture("thumb.jpg"), &secret).unwrap();
    let absolute = secret.to_str().unwrap();
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a.jpg", elsewhere.local_addr().unwrap());
    let sources = [
        "gone.jpg",
        "../left-secret.jpg",
        "img/%2e%2e/..%2Fleft-secret.jpg",
        absolute,
        &url,
        "file:///etc/hostname",
        "link.jpg",
    ];
    let html: String = sources.iter().map(|source| format!("<img src=\"{source}\">")).collect();
    std::fs::write(folder.join("article.html"), &html).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, folder.join("link.jpg")).unwrap();

    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    let output = simulator.run(&["--json", "content", "prepare", &from, "-o", &to]);
    assert_fails(&output, 2, &["\"kind\":\"invalid-input\"", "7 of 7"]);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(outcomes(&report), ["elsewhere"; 7]);
    let left = report["not_read"].as_array().unwrap();
    assert_eq!(
        left.iter().map(|left| text(left, "reference")).collect::<Vec<_>>(),
        sources
    );
    let outside: Vec<_> = (0..7)
        .filter(|&index| text(&left[index], "reason").contains("leads out"))
        .collect();
    #[cfg(unix)]
    assert_eq!(outside, [1, 2, 3, 6]);
    #[cfg(not(unix))]
    assert_eq!(outside, [1, 2, 3]);
    assert_eq!(std::fs::read_to_string(&to).unwrap(), html);
    assert_eq!(simulator.uploads(), (0, 0));
    elsewhere.set_nonblocking(true).unwrap();
    assert!(elsewhere.accept().is_err(), "somebody came to fetch the picture");

    // People see the pictures and the reasons.
    let output = simulator.run(&["content", "prepare", &from, "-o", &to]);
    assert_fails(
        &output,
        2,
        &[
            "warning: gone.jpg is not there\n",
            "warning: ../left-secret.jpg leads out of the article's folder",
            &format!("warning: {url} is not a file beside the article"),
        ],
    );
    assert!(stdout(&output).contains("gone.jpg"), "{}", stdout(&output));
}

#[test]
fn a_picture_with_one_file_among_its_addresses_is_not_missing() {
    let simulator = Running::start(&["--plain-http"]);
    let html = "<img src=photo-1.jpg srcset='gone.jpg 2x, https://example.com/a.jpg 3x'>\
                <img src='data:image/svg+xml,x' data-original='img/第 2 张.jpg'>";
    let folder = article("alternatives", html);
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    let added = simulator.ask(&["draft", "add", &from, "--title", "t", "-o", &to]);
    assert_eq!(outcomes(&added), ["uploaded"; 2]);
    let images = &added["images"];
    assert_eq!(
        images[0]["alternatives"],
        json!(["https://example.com/a.jpg", "gone.jpg"])
    );
    assert_eq!(
        (&images[1]["alternatives"], &added["not_read"]),
        (&json!([]), &json!([]))
    );
    let [first, second] = [0, 1].map(|index: usize| text(&images[index], "url"));
    assert_eq!(
        std::fs::read_to_string(&to).unwrap(),
        format!("<img src={first} srcset=''><img src='{second}' data-original='{second}'>")
    );
    assert_eq!(simulator.uploads(), (2, 1));

    // None of its addresses is there.
    std::fs::write(folder.join("article.html"), "<img src=gone.jpg data-src=gone-2.jpg>").unwrap();
    assert_fails(
        &simulator.run(&["draft", "add", &from, "--title", "t"]),
        2,
        &["the first: gone-2.jpg is not there"],
    );
    assert_eq!(simulator.uploads(), (2, 1));
}

#[test]
fn html_from_a_pipe_has_no_pictures_beside_it() {
    let folder = article("pipe", "");
    let mut command = program();
    command.args([
        "--json",
        "content",
        "prepare",
        "/dev/stdin",
        "-o",
        &path_in(&folder, "out.html"),
    ]);
    command
        .current_dir("/dev")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    process.stdin.take().unwrap().write_all(b"<img src=null>").unwrap();
    let output = process.wait_with_output().unwrap();
    assert_fails(&output, 2, &["WeChat will drop"]);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(
        text(&report["not_read"][0], "reason"),
        "was not read, as the article is not in a file"
    );
}

#[test]
fn markdown_is_not_taken_for_html() {
    let folder = article("prepare-markdown", "");
    let (from, to) = (path_in(&folder, "article.md"), path_in(&folder, "out.html"));
    std::fs::write(&from, "![](photo-1.jpg)").unwrap();
    let output = crate::support::run(&["content", "prepare", &from, "-o", &to]);
    assert_fails(&output, 2, &["is Markdown", "draft add"]);
    assert!(!std::path::Path::new(&to).exists());
}

#[test]
fn the_output_replaces_neither_html_nor_pictures_and_leaves_no_empty_file() {
    let folder = article("outputs", "<img src=photo-1.jpg>");
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    // The refusal comes before any upload, whose result could not be stored.
    let simulator = Running::start(&["--plain-http"]);
    std::fs::hard_link(&from, folder.join("link.html")).unwrap();
    for taken in ["img/../article.html", "link.html", "photo-1.jpg"] {
        let out = path_in(&folder, taken);
        for command in [&["content", "prepare"][..], &["draft", "add", "--title", "t"]] {
            let output = simulator.run(&[command, &[from.as_str(), "-o", &out]].concat());
            assert_fails(&output, 2, &["would be replaced by the output"]);
        }
    }
    assert_eq!(
        std::fs::read(folder.join("photo-1.jpg")).unwrap(),
        std::fs::read(fixture("photo-1.jpg")).unwrap()
    );
    let nowhere = path_in(&folder, "none/out.html");
    assert_fails(
        &simulator.run(&["content", "prepare", &from, "-o", &nowhere]),
        1,
        &["cannot write", &nowhere],
    );
    assert_eq!(simulator.uploads(), (0, 0));

    // Nothing was prepared, so nothing is written.
    let old = path_in(&folder, "old.html");
    std::fs::write(&old, "old").unwrap();
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/media/uploadimg", "fault": {"errcode": {"code": 45009}}}]}));
    for out in [&to, &old] {
        assert_fails(&simulator.run(&["content", "prepare", &from, "-o", out]), 3, &["45009"]);
        assert_fails(
            &simulator.run(&["draft", "add", &from, "--title", "t", "-o", out]),
            3,
            &["45009"],
        );
    }
    assert!(!Path::new(&to).exists());
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
    assert_eq!(std::fs::read_to_string(&from).unwrap(), "<img src=photo-1.jpg>");
}

#[test]
fn a_draft_is_made_of_html_with_its_pictures() {
    let simulator = Running::start(&["--plain-http"]);
    let html = format!(
        "\u{feff}<p>正文</p><img data-w=9 src=photo-1.jpg><img data-w=9 src=\"{}\">",
        data_uri()
    );
    let folder = article("draft", &html);
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    let mut arguments = vec![
        "draft",
        "add",
        &from,
        "--title",
        "标题 🌸",
        "--author",
        "张三",
        "--digest",
        "摘要",
    ];
    arguments.extend([
        "--source-url",
        "https://example.com/1",
        "--comments",
        "fans-only",
        "-o",
        &to,
    ]);
    let added = simulator.ask(&arguments);
    assert_eq!(outcomes(&added), ["uploaded"; 2]);
    assert_eq!((&added["not_read"], &added["warnings"]), (&json!([]), &json!([])));
    // Two pictures were uploaded, and the first once more as the cover.
    assert_eq!(simulator.uploads(), (2, 1));
    let cover = text(&added["cover"], "media_id");

    let draft = simulator.ask(&["draft", "get", text(&added, "media_id")]);
    let stored = &draft["articles"][0];
    assert_eq!((text(stored, "title"), text(stored, "author")), ("标题 🌸", "张三"));
    assert_eq!(
        (text(stored, "digest"), text(stored, "comments")),
        ("摘要", "fans-only")
    );
    assert_eq!(text(stored, "content_source_url"), "https://example.com/1");
    assert_eq!(text(stored, "thumb_media_id"), cover);
    let content = text(stored, "content");
    assert!(content.starts_with("<p>正文</p><img "), "{content}");
    for image in added["images"].as_array().unwrap() {
        // It comes back as https, and with another size.
        let (_, path) = text(image, "url").split_once("//").unwrap();
        let (key, _) = path.rsplit_once('/').unwrap();
        assert!(content.contains(key), "{content}");
    }
    let written = std::fs::read_to_string(&to).unwrap();
    assert_eq!(written.matches("http://mmbiz.qpic.cn/").count(), 2);

    // The written HTML makes another draft with the same cover, without an upload.
    let output = simulator.run(&["draft", "add", &to, "--title", "t", "--cover-id", cover]);
    assert!(succeeded(&output).contains("media-id  "));
    assert_eq!(simulator.uploads(), (2, 1));
    // Its pictures are no material, so none of them can be the cover.
    assert_fails(
        &simulator.run(&["draft", "add", &to, "--title", "t"]),
        2,
        &["--cover-id"],
    );
    let other = simulator.ask(&["draft", "add", &to, "--title", "t", "--cover", &fixture("cover.jpg")]);
    assert_ne!(text(&other["cover"], "media_id"), cover);
    assert_eq!(simulator.uploads(), (2, 2));
    assert_eq!(simulator.ask(&["draft", "count"]), json!({"count": 3}));
}

#[test]
fn an_article_that_would_be_refused_costs_no_upload() {
    let simulator = Running::start(&["--plain-http"]);
    let folder = article("refused", "<img src=photo-1.jpg><img src=https://example.com/a.jpg>");
    let from = path_in(&folder, "article.html");
    let long = "写".repeat(65);
    let bare = path_in(&folder, "bare.html");
    std::fs::write(&bare, "<p>正文</p>").unwrap();
    let huge = path_in(&folder, "huge.html");
    std::fs::write(
        &huge,
        format!("<p>metadata: {}<img src=photo-1.jpg>", "a ".repeat(524_288)),
    )
    .unwrap();
    for (arguments, words) in [
        (
            ["draft", "add", &from, "--title", &long].as_slice(),
            "title has 65 characters",
        ),
        (
            &["draft", "add", &from, "--title", "t", "--cover-id", "a/b"],
            "thumb-media-id",
        ),
        (
            &["draft", "add", &huge, "--title", "t", "--cover-id", "A"],
            "content has",
        ),
        (
            &["draft", "add", &from, "--title", "t"],
            "the first: https://example.com/a.jpg",
        ),
        (
            &["draft", "add", &from, "--title", "t", "--cover", "/no/such.jpg"],
            "/no/such.jpg",
        ),
        (&["draft", "add", &bare, "--title", "t"], "no cover"),
    ] {
        assert_fails(&simulator.run(arguments), 2, &[words]);
    }
    assert_eq!(simulator.uploads(), (0, 0));
    assert_eq!(simulator.ask(&["draft", "count"]), json!({"count": 0}));

    // Data takes no room in the article, as its URL is sent instead.
    let mut picture = std::fs::read(fixture("article.png")).unwrap();
    picture.resize(900_000, 0);
    let data = BASE64_STANDARD.encode(picture);
    std::fs::write(&huge, format!("<img src=\"data:image/png;base64,{data}\">")).unwrap();
    let added = simulator.ask(&["draft", "add", &huge, "--title", "t"]);
    assert_eq!(outcomes(&added), ["uploaded"]);
}

#[test]
fn a_draft_without_its_pictures_needs_an_option() {
    let simulator = Running::start(&["--plain-http"]);
    let folder = article("missing", "<img src=photo-1.jpg><img src='img/第 2 张.jpg'>");
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    let add = ["draft", "add", &from, "--title", "t"];
    let cover = fixture("cover.jpg");
    let refuse_second = || {
        simulator.inject(&json!({"rules": [
            {"path": "/cgi-bin/media/uploadimg", "fault": {"errcode": {"code": 40009}}, "skip": 1, "times": 1},
        ]}));
    };

    refuse_second();
    let output = simulator.run(&[&add[..], &["--json", "--cover", &cover, "-o", &to]].concat());
    assert_fails(&output, 3, &["no draft was made", &to, "could not be uploaded: 1 of 2"]);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(outcomes(&report), ["uploaded", "failed"]);
    assert_eq!(
        (&report["media_id"], text(&report, "stored")),
        (&Value::Null, to.as_str())
    );
    assert!(
        std::fs::read_to_string(&to)
            .unwrap()
            .contains(text(&report["images"][0], "url"))
    );
    // What was uploaded is told to people, too.
    refuse_second();
    let output = simulator.run(&add);
    assert_fails(&output, 3, &["no draft was made", "-o OUT", "--allow-missing-pictures"]);
    let printed = stdout(&output);
    assert!(printed.contains("uploaded  http://mmbiz.qpic.cn/"), "{printed}");
    assert_eq!(simulator.ask(&["draft", "count"]), json!({"count": 0}));
    // A cover would take quota, and was not uploaded in vain.
    let (_, permanent) = simulator.uploads();
    assert_eq!(permanent, 0);

    refuse_second();
    let output = simulator.run(&[&add[..], &["--json", "--allow-missing-pictures"]].concat());
    assert_eq!(output.status.code(), Some(0));
    let added: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(outcomes(&added), ["uploaded", "failed"]);
    let draft = simulator.ask(&["draft", "get", text(&added, "media_id")]);
    assert_eq!(text(&draft["articles"][0], "content").matches("<img ").count(), 1);

    // A file that is no picture is known before anything is sent.
    std::fs::write(folder.join("img/第 2 张.jpg"), "no picture").unwrap();
    let before = simulator.requests().len();
    assert_fails(&simulator.run(&add), 2, &["Nothing was sent", "第 2 张.jpg"]);
    assert_eq!(simulator.requests().len(), before);
    let added = simulator.ask(&[&add[..], &["--allow-missing-pictures"]].concat());
    assert_eq!(outcomes(&added), ["uploaded", "elsewhere"]);
    // It is told once.
    let left = &added["not_read"];
    assert_eq!(left[0]["reference"], "img/第 2 张.jpg", "{left}");
    assert!(
        text(&left[0], "reason").starts_with("can't be used: no picture"),
        "{left}"
    );
    let warnings = added["warnings"].as_array().unwrap();
    assert!(warnings.iter().all(|found| found["severity"] == "advice"), "{added}");

    // If WeChat refuses the draft, its pictures and its cover are printed all the same.
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/draft/add", "fault": {"errcode": {"code": 45009}}}]}));
    let output = simulator.run(&[&add[..], &["--json", "--allow-missing-pictures"]].concat());
    assert_fails(&output, 3, &["45009"]);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(report["media_id"], Value::Null);
    assert!(!text(&report["cover"], "media_id").is_empty() && outcomes(&report)[0] == "uploaded");
}
