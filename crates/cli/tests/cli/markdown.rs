//! The promise: one command makes a draft of Markdown. What can be refused without WeChat is refused before anything is
//! sent, and what was done is told even if a later step fails.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::support::{
    Running, article, assert_fails, data_uri, fixture, parsed, path_in, program, run, stderr, stdout, text,
};

/// The second account of a simulator with `--accounts 2`.
const OTHER_APP_ID: &str = "wx0123456700000001";
const OTHER_APP_SECRET: &str = "0123456789abcdef0123456700000001";

/// Makes a folder with pictures and this article. Each test needs a name of its own.
fn written(name: &str, markdown: &str) -> (PathBuf, String) {
    let folder = article(name, "");
    let path = path_in(&folder, "article.md");
    fs::write(&path, markdown).unwrap();
    (folder, path)
}

/// Returns the document of a command, whatever it told on stderr.
#[track_caller]
fn document(output: &std::process::Output) -> Value {
    serde_json::from_str(stdout(output)).unwrap_or_else(|error| panic!("{error}: {}", stderr(output)))
}

const ARTICLE: &str = "\
---
title: 春天的散步
author: 张三
digest: 一次散步
source_url: https://example.com/walk
comments: everyone
---

## 出发

早上七点，我们从 **南门** 出发。见 [地图](https://example.com/map)。

![河边](photo-1.jpg \"河边的柳树\")

1. 水壶
2. 相机
   - 镜头

```rust
fn main() {
    println!(\"走\");
}
```

| 地点 | 时间 |
|---|---:|
| 南门 | 7:00 |

> 走得慢，看得多。

![第二张](<img/第 2 张.jpg>)
";

#[test]
fn markdown_becomes_a_draft_that_loses_nothing() {
    let simulator = Running::start(&["--plain-http"]);
    let (_, path) = written("markdown", ARTICLE);
    let added = simulator.ask(&["draft", "add", &path]);
    assert_eq!(
        (&added["changed"], &added["read_back_error"]),
        (&json!([]), &Value::Null)
    );
    assert_eq!((&added["warnings"], &added["notes"]), (&json!([]), &json!([])));
    let outcomes: Vec<_> = added["images"]
        .as_array()
        .unwrap()
        .iter()
        .map(|image| text(image, "outcome"))
        .collect();
    assert_eq!(outcomes, ["uploaded"; 2]);
    // Two pictures, and the first once more as the cover.
    assert_eq!(simulator.uploads(), (2, 1));

    let draft = simulator.ask(&["draft", "get", text(&added, "media_id")]);
    let stored = &draft["articles"][0];
    for (field, value) in [
        ("title", "春天的散步"),
        ("author", "张三"),
        ("digest", "一次散步"),
        ("content_source_url", "https://example.com/walk"),
        ("comments", "everyone"),
        ("thumb_media_id", text(&added["cover"], "media_id")),
    ] {
        assert_eq!(text(stored, field), value);
    }
    let content = text(stored, "content");
    for words in [
        "出发",
        "南门",
        "水壶",
        "镜头",
        "println",
        "7:00",
        "走得慢",
        "https://example.com/map",
    ] {
        assert!(content.contains(words), "no {words} in {content}");
    }
    assert_eq!(content.matches("<img").count(), 2);
    assert!(!content.contains("photo-1.jpg"), "{content}");
}

#[test]
fn options_have_precedence_over_the_front_matter() {
    let simulator = Running::start(&["--plain-http"]);
    let (folder, path) = written("precedence", ARTICLE);
    let html = path_in(&folder, "out.html");
    let options = [
        "--title",
        "另一个标题",
        "--author",
        "李四",
        "--digest",
        "另一段摘要",
        "--source-url",
        "https://example.com/2",
        "--comments",
        "fans-only",
        "--cover",
        &fixture("cover.jpg"),
        "-o",
        &html,
    ];
    let added = simulator.ask(&[&["draft", "add", &path][..], &options].concat());
    let draft = simulator.ask(&["draft", "get", text(&added, "media_id")]);
    let stored = &draft["articles"][0];
    assert_eq!(
        ["title", "author", "digest", "content_source_url", "comments"].map(|field| text(stored, field)),
        ["另一个标题", "李四", "另一段摘要", "https://example.com/2", "fans-only"]
    );
    assert!(fs::read_to_string(&html).unwrap().contains("http://mmbiz.qpic.cn/"));
    // A theme of one's own, and two that are not there.
    let theme = path_in(&folder, "own.toml");
    fs::write(&theme, "extends = \"plain\"\n\n[colors]\naccent = \"#a01040\"\n").unwrap();
    assert!(!fs::read_to_string(&html).unwrap().contains("#a01040"));
    simulator.ask(&["draft", "add", &path, "--theme", &theme, "-o", &html]);
    assert!(fs::read_to_string(&html).unwrap().contains("#a01040"));
    let wrong = path_in(&folder, "wrong.toml");
    fs::write(&wrong, "extends = \"plain\"\n[nobody]\n").unwrap();
    let output = simulator.run(&["draft", "add", &path, "--theme", &wrong]);
    assert_fails(&output, 2, &[&format!("{wrong}:2: \"nobody\" is no role")]);
    assert_fails(
        &simulator.run(&["draft", "add", &path, "--theme", "no-such-theme"]),
        2,
        &["article.md", "no-such-theme"],
    );
    assert_fails(
        &simulator.run(&["draft", "add", &path, "--theme", "/no/such.toml"]),
        2,
        &["/no/such.toml"],
    );
}

#[test]
fn a_title_of_an_option_leaves_the_heading_of_another_text() {
    let simulator = Running::start(&["--plain-http"]);
    let (_, path) = written("title", "# 春天的散步\n\n正文\n\n![](photo-1.jpg)\n");
    for (options, title, stays) in [
        (&[][..], "春天的散步", false),
        (&["--title", "另一个标题"], "另一个标题", true),
        (&["--title", "春天的散步"], "春天的散步", false),
    ] {
        let added = simulator.ask(&[&["draft", "add", &path][..], options].concat());
        let draft = simulator.ask(&["draft", "get", text(&added, "media_id")]);
        let stored = &draft["articles"][0];
        assert_eq!(text(stored, "title"), title);
        assert_eq!(text(stored, "content").contains("春天的散步"), stays, "{options:?}");
    }
}

/// Encodes a picture.
fn encoded(picture: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Makes a picture that no format makes small.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, red, green, blue] = state.to_be_bytes();
        Rgb([red, green, blue])
    })
}

/// Makes a photograph that was taken with the camera upright: 40 pixels wide as it is stored, and 60 as it is seen.
fn turned() -> Vec<u8> {
    let jpeg = encoded(RgbImage::from_pixel(60, 40, Rgb([200, 30, 30])), ImageFormat::Jpeg);
    // One entry: orientation (0x0112), a short, one value: 6.
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat()
}

#[test]
fn pictures_of_all_kinds_arrive() {
    let simulator = Running::start(&["--plain-http"]);
    let names = [
        "photo-1.jpg",
        "animation.gif",
        "picture.webp",
        "large.png",
        "turned.jpg",
        "drawing.bmp",
        "cmyk.jpg",
    ];
    let lines = names.map(|name| format!("![]({name})\n\n"));
    let (folder, path) = written("kinds-of-pictures", &format!("# 图\n\n{}", lines.concat()));
    fs::write(folder.join("large.png"), encoded(noise(1000, 800), ImageFormat::Png)).unwrap();
    fs::write(folder.join("turned.jpg"), turned()).unwrap();
    fs::copy(fixture("picture.bmp"), folder.join("drawing.bmp")).unwrap();
    let cmyk = fixture("../../components/picture/tests/fixtures/cmyk.jpg");
    fs::copy(cmyk, folder.join("cmyk.jpg")).unwrap();
    let output = simulator.run(&["--json", "draft", "add", &path]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let added = document(&output);
    assert_eq!(added["changed"], json!([]));
    let pictures = added["pictures"].as_array().unwrap();
    let found: Vec<_> = pictures.iter().map(|picture| text(picture, "name")).collect();
    assert_eq!(found, names);
    let changed: Vec<_> = pictures.iter().map(|picture| picture["changes"] != json!([])).collect();
    assert_eq!(changed, [false, false, true, true, true, true, true]);
    for picture in pictures {
        let sent = picture["sent_bytes"].as_u64().unwrap();
        assert!(sent < 1024 * 1024, "{picture}");
        assert_eq!(
            picture["changes"] == json!([]),
            picture["bytes"] == picture["sent_bytes"]
        );
    }
    // As it is seen.
    assert_eq!(
        (&pictures[4]["width"], &pictures[4]["height"]),
        (&json!(40), &json!(60))
    );
    // The cover is the first picture, and the animation is permanent material.
    assert_eq!(simulator.uploads(), (6, 2));

    // A picture that can't be made to fit is named with the reason.
    fs::write(folder.join("photo-1.jpg"), "no picture").unwrap();
    let output = simulator.run(&["draft", "add", &path]);
    assert_fails(&output, 2, &["photo-1.jpg can't be used", "Nothing was sent"]);
    assert_eq!(simulator.uploads(), (6, 2));
}

#[test]
fn a_dry_run_tells_what_would_be_sent_and_sends_nothing() {
    let simulator = Running::start(&["--plain-http"]);
    let (_, path) = written("dry-run", ARTICLE);
    let before = simulator.requests().len();
    let planned = simulator.ask(&["draft", "add", &path, "--dry-run"]);
    assert_eq!(simulator.requests().len(), before, "something was sent");
    assert_eq!(planned["dry_run"], true);
    assert_eq!(text(&planned["cover"], "name"), "photo-1.jpg");
    // It keeps its shape, as readers are shown the whole of it.
    assert_eq!(
        [&planned["cover"]["width"], &planned["cover"]["height"]],
        [&json!(240), &json!(160)]
    );
    // People are told the same.
    let output = simulator.run(&["draft", "add", &path, "--dry-run"]);
    for words in ["photo-1.jpg", "春天的散步", "张三", "nothing was sent"] {
        assert!(stdout(&output).contains(words), "no {words} in {}", stdout(&output));
    }
    // Nobody is asked, so that an account is not needed.
    let live = parsed(&run(&["--live", "--json", "draft", "add", &path, "--dry-run"]));
    assert_eq!(live, planned);
    // What is done is what was planned.
    let added = simulator.ask(&["draft", "add", &path]);
    for field in ["article", "pictures", "not_read", "notes", "warnings"] {
        assert_eq!(added[field], planned[field], "{field}");
    }
}

#[test]
fn what_can_be_refused_is_refused_before_anything_is_sent() {
    let simulator = Running::start(&["--plain-http"]);
    let before = simulator.requests().len();
    for (name, markdown, words) in [
        ("no-title", "Text. ![](photo-1.jpg)\n", &["no title", "--title"][..]),
        ("no-cover", "# 标题\n\n正文\n", &["no cover", "--cover"]),
        (
            "missing",
            "# 标题\n\n![](photo-1.jpg) ![](gone.png)\n",
            &["gone.png is not there"],
        ),
        (
            "outside",
            "# 标题\n\n![](../secret.png)\n",
            &["../secret.png", "leads out"],
        ),
        (
            "remote",
            "# 标题\n\n![](https://example.com/a.png)\n",
            &["https://example.com/a.png", "nothing is fetched"],
        ),
        (
            "cover-address",
            "---\ntitle: 标题\ncover: https://example.com/a.png\n---\n正文\n",
            &["is an address"],
        ),
        (
            "cover-gone",
            "---\ntitle: 标题\ncover: gone.png\n---\n正文\n",
            &["the cover gone.png is not there"],
        ),
        (
            "cover-drive",
            "---\ntitle: 标题\ncover: C:\\Users\\me\\a.png\n---\n正文\n",
            &["article.md: the cover C:\\Users\\me\\a.png leads out"],
        ),
        (
            "cover-extension",
            "---\ntitle: 标题\ncover: photo-1\n---\n正文\n",
            &["article.md: the cover photo-1 is not there"],
        ),
        (
            "cover-false",
            "---\ntitle: 标题\ncover: false\n---\n正文\n",
            &["no cover", "--cover"],
        ),
        (
            "cover-outside",
            "---\ntitle: 标题\ncover: ../secret.png\n---\n正文\n",
            &["leads out"],
        ),
    ] {
        let (_, path) = written(&format!("refused-{name}"), markdown);
        assert_fails(&simulator.run(&["draft", "add", &path]), 2, words);
        // A dry run ends in the same way.
        assert_fails(&simulator.run(&["draft", "add", &path, "--dry-run"]), 2, words);
        // A check tells it, too, unless an option can still help.
        if !["no-title", "no-cover", "cover-false"].contains(&name) {
            let check = simulator.run(&["draft", "check", &path]);
            assert_fails(&check, 2, &["errors: 1;"]);
            let [first, ..] = words else {
                unreachable!("there are words")
            };
            let told = first.trim_start_matches("article.md: ");
            assert_eq!(stdout(&check).matches(told).count(), 1, "{told} in {}", stdout(&check));
        }
    }
    let (_, path) = written("refused-title", &format!("# {}\n\n![](photo-1.jpg)\n", "长".repeat(65)));
    assert_fails(&simulator.run(&["draft", "add", &path]), 2, &["article.md", "title"]);
    assert_fails(
        &run(&["--live", "draft", "add", &path, "--publish"]),
        2,
        &["WECHAT_APP_ID"],
    );
    for (arguments, words) in [
        (&["--publish", "--dry-run"][..], "cannot be used with"),
        (&["--dry-run", "--timeout", "5"], "cannot be used with"),
        (&["--dry-run", "--yes"], "cannot be used with"),
        (&["--dry-run", "-o", "out.html"], "cannot be used with"),
        (&["--index", "1"], "--update"),
        (&["--cache", "c.json"], "no use"),
    ] {
        assert_fails(&run(&[&["draft", "add", &path][..], arguments].concat()), 2, &[words]);
    }
    assert_fails(
        &run(&["draft", "add", "x.json", "--dry-run"]),
        2,
        &["--dry-run is for Markdown"],
    );
    assert_fails(
        &run(&["draft", "add", "x.html", "--title", "t", "--theme", "plain"]),
        2,
        &["--theme is for Markdown"],
    );
    assert_eq!(simulator.requests().len(), before, "something was sent");
}

#[test]
fn the_front_matter_names_a_cover() {
    let simulator = Running::start(&["--plain-http"]);
    let (_, path) = written("cover-file", "---\ntitle: 标题\ncover: picture.webp\n---\n正文\n");
    let first = simulator.ask(&["draft", "add", &path]);
    assert_eq!(simulator.uploads(), (0, 1));
    let id = text(&first["cover"], "media_id");
    let (_, path) = written("cover-id", &format!("---\ntitle: 标题\ncover: {id}\n---\n正文\n"));
    let second = simulator.ask(&["draft", "add", &path]);
    assert_eq!(second["cover"], json!({ "media_id": id }));
    assert_eq!(simulator.uploads(), (0, 1));
}

#[test]
fn findings_have_the_line_of_the_source() {
    let html = "---\ntitle: 标题\n---\n\n第一段\n\n<p style=\"position:fixed\">第二段</p>\n";
    let (_, path) = written("lines", html);
    let output = run(&["draft", "check", &path, "--raw-html", "keep"]);
    assert!(
        stdout(&output).contains("article.md:7: warning: "),
        "{}",
        stdout(&output)
    );
    let output = run(&["--json", "draft", "check", &path, "--raw-html", "keep"]);
    let found = document(&output);
    assert_eq!(
        (&found["findings"][0]["line"], &found["left_out"]),
        (&json!(7), &json!([]))
    );
    // In the other language.
    let output = run(&["--lang", "zh", "draft", "check", &path, "--raw-html", "keep"]);
    assert!(stdout(&output).contains("article.md:7: 警告："), "{}", stdout(&output));
    let mut command = program();
    command
        .env("LC_ALL", "zh_CN.UTF-8")
        .args(["draft", "add", "/no/such.html"]);
    assert_fails(&command.output().unwrap(), 2, &["HTML 文章本身没有标题"]);
    // What add would refuse.
    let (_, path) = written("check-cover", "---\ntitle: 标题\ncover: gone.png\n---\n正文\n");
    let output = run(&["draft", "check", &path]);
    assert_fails(&output, 2, &["errors: 1"]);
    // Once, and the file's name once.
    assert_eq!(
        stdout(&output),
        format!(
            "{path}: error: the cover gone.png is not there: name a file beside the article or the media-id of a \
             permanent image, or give --cover or --cover-id\n"
        )
    );
    let checked = document(&run(&["--json", "draft", "check", &path]));
    let message = text(&checked["cover_error"], "message");
    assert!(message.starts_with("the cover gone.png"), "{checked}");
}

#[test]
fn a_missing_picture_is_one_error_with_its_line() {
    let markdown = "---\ntitle: 标题\n---\n\n第一段\n\n![](gone.png)\n\n![](photo-1.jpg)\n\n\
        ![](https://example.com/a.png)\n\n![](gone.png)\n";
    let (_, path) = written("missing-line", markdown);
    let output = run(&["draft", "check", &path]);
    assert_fails(&output, 2, &["errors: 2;"]);
    assert_eq!(
        stdout(&output),
        format!(
            "{path}:7: error: gone.png is not there\n{path}:11: error: https://example.com/a.png is not a file beside \
             the article, and nothing is fetched from elsewhere\n"
        )
    );
    let checked = document(&run(&["--json", "draft", "check", &path]));
    assert_eq!(checked["findings"], json!([]));
    assert_eq!(
        [&checked["not_read"][0]["line"], &checked["not_read"][1]["line"]],
        [&json!(7), &json!(11)]
    );
    let output = run(&["draft", "add", &path, "--dry-run"]);
    let first = format!("{path}:7: pictures that WeChat would drop: 2; the first: gone.png is not there. Nothing was");
    assert_fails(&output, 2, &[&first]);
}

#[test]
fn a_missing_picture_of_html_has_its_line_too() {
    let html = "<p>文字</p>\n<p><img\n  src='gone.png'></p>\n<p style='background:url(\"far.png\")'>x</p>\n";
    let folder = article("missing-line-html", html);
    let path = path_in(&folder, "article.html");
    let output = run(&["draft", "check", &path]);
    assert_fails(&output, 2, &["errors: 2;"]);
    assert!(
        stdout(&output).starts_with(&format!(
            "{path}:3: error: gone.png is not there\n{path}:4: error: far.png is not there\n"
        )),
        "{}",
        stdout(&output)
    );
    let add = ["draft", "add", &path, "--title", "标题", "--dry-run"];
    assert_fails(
        &run(&add),
        2,
        &[&format!("{path}:3: pictures that WeChat would drop: 2;")],
    );
}

#[test]
fn a_picture_that_cannot_be_used_is_told_in_whole_sentences() {
    let (folder, path) = written("heic", "# 标题\n\n![](h.heic)\n");
    // The beginning of a photograph of a phone.
    fs::write(folder.join("h.heic"), b"\0\0\0\x18ftypheic\0\0\0\0heicmif1").unwrap();
    for (language, message) in [
        (
            "en",
            "h.heic can't be used: WeChat does not take HEIC, and this program can't convert it. Convert it to jpg or \
             png with a program for pictures, or export it as one. Nothing was sent;",
        ),
        (
            "zh",
            "h.heic 无法使用：微信不支持 HEIC 格式，本程序也无法转换。请先用图片工具转换或导出为 jpg 或 png。尚未发送任何内容；",
        ),
    ] {
        let output = run(&["--lang", language, "draft", "add", &path]);
        assert_fails(&output, 2, &[message]);
    }
}

#[test]
fn a_picture_that_is_the_cover_too_is_told_once() {
    let (_, path) = written("told-once", "# 标题\n\n![](picture.webp)\n");
    let output = run(&["draft", "add", &path, "--dry-run"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        stderr(&output).matches("picture.webp is changed to fit").count(),
        1,
        "{}",
        stderr(&output)
    );
    // Another file is told, too.
    let (folder, path) = written(
        "told-twice",
        "---\ncover: cover.webp\n---\n# 标题\n\n![](picture.webp)\n",
    );
    fs::copy(folder.join("picture.webp"), folder.join("cover.webp")).unwrap();
    let output = run(&["draft", "add", &path, "--dry-run"]);
    assert_eq!(
        stderr(&output).matches("is changed to fit").count(),
        2,
        "{}",
        stderr(&output)
    );
}

#[test]
fn an_article_of_a_draft_is_replaced() {
    let simulator = Running::start(&["--plain-http"]);
    let (_, path) = written("update", ARTICLE);
    let added = simulator.ask(&["draft", "add", &path]);
    let id = text(&added, "media_id");
    let (_, path) = written("update", &ARTICLE.replace("春天", "秋天"));
    let updated = simulator.ask(&["draft", "add", &path, "--update", id]);
    assert_eq!(
        (text(&updated, "media_id"), &updated["updated"], &updated["index"]),
        (id, &json!(true), &json!(0))
    );
    let draft = simulator.ask(&["draft", "get", id]);
    assert_eq!(text(&draft["articles"][0], "title"), "秋天的散步");
    assert_eq!(simulator.ask(&["draft", "count"]), json!({ "count": 1 }));
    assert_fails(
        &simulator.run(&["draft", "add", &path, "--update", id, "--index", "1"]),
        3,
        &["errcode"],
    );
    // An upload fails. The draft is there, and nobody is told that none was made.
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/media/uploadimg", "fault": {"errcode": {"code": 40009}}}]}));
    let output = simulator.run(&["draft", "add", &path, "--update", id]);
    assert_fails(&output, 3, &["the draft is as it was", "could not be uploaded"]);
    assert!(!stderr(&output).contains("no draft was made"), "{}", stderr(&output));
}

#[test]
fn a_draft_is_published_if_it_arrived_whole() {
    let simulator = Running::start(&["--plain-http"]);
    let (_, path) = written("publish", ARTICLE);
    let output = simulator.run(&["--json", "draft", "add", &path, "--publish"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let added = document(&output);
    assert_eq!(text(&added["publication"]["outcome"], "status"), "published");
    assert!(
        stderr(&output).contains("\"status\":\"submitted\""),
        "{}",
        stderr(&output)
    );
    let url = added["publication"]["outcome"]["urls"][0].as_str().unwrap();
    assert!(url.starts_with("http"), "{url}");

    // Something was lost on the way: the draft is there, and is not published.
    let (_, path) = written(
        "publish-lost",
        &format!("{ARTICLE}\n\n<p id=\"a\" style=\"position:fixed\">固定</p>\n"),
    );
    let output = simulator.run(&["--json", "draft", "add", &path, "--raw-html", "keep", "--publish"]);
    assert_fails(&output, 3, &["is not published", "publish submit"]);
    let report = document(&output);
    assert!(
        report["media_id"].is_string() && report["publication"].is_null(),
        "{report}"
    );
    assert_eq!(simulator.ask(&["draft", "count"]), json!({ "count": 1 }));

    // The wait ends when the user says. The task goes on, and its id is told.
    let (_, path) = written("publish-timeout", ARTICLE);
    let output = simulator.run(&["--json", "draft", "add", &path, "--publish", "--timeout", "0"]);
    assert_fails(&output, 1, &["publish wait"]);
    let publication = &document(&output)["publication"];
    assert!(publication["publish_id"].is_string(), "{publication}");
    assert_eq!(text(&publication["outcome"], "status"), "publishing");
}

/// Only the component knows which address it takes. It never takes a `src` that a script replaces.
#[test]
fn a_picture_that_a_script_would_load_from_elsewhere_is_refused_before_anything_is_sent() {
    let simulator = Running::start(&["--plain-http"]);
    let folder = article("spinner", "");
    let path = path_in(&folder, "article.html");
    let before = simulator.requests().len();
    for address in ["https://example.com/large.png", "large.png"] {
        let html = format!("<p>一</p><img src=\"photo-1.jpg\" data-original=\"{address}\"><img src=\"animation.gif\">");
        fs::write(&path, html).unwrap();
        for dry_run in [&["--dry-run"][..], &[]] {
            let add = [&["draft", "add", &path, "--title", "标题"], dry_run].concat();
            assert_fails(&simulator.run(&add), 2, &[address]);
        }
    }
    assert_eq!(simulator.requests().len(), before);
    // A page that a browser saved has the picture under its own name.
    fs::write(
        &path,
        "<img src=\"photo-1.jpg\" data-original=\"https://example.com/a/photo-1.jpg?b\">",
    )
    .unwrap();
    simulator.ask(&["draft", "add", &path, "--title", "标题"]);
}

/// Following the advice never publishes twice.
#[test]
fn a_failure_after_the_draft_says_how_to_go_on() {
    let simulator = Running::start(&["--plain-http"]);
    let (_, path) = written("go-on", ARTICLE);
    for (lang, api, fault, code, advice) in [
        (
            "en",
            "freepublish/get",
            json!({"status": {"code": 502, "body": "html"}}),
            4,
            "publish wait",
        ),
        ("zh", "freepublish/get", json!("lost-reply"), 4, "不要重复提交"),
        (
            "en",
            "freepublish/submit",
            json!({"errcode": {"code": 48001}}),
            3,
            "do not add it again",
        ),
        (
            "en",
            "freepublish/submit",
            json!({"errcode": {"code": -1, "executed": true}}),
            4,
            "Do not submit again yet",
        ),
        (
            "en",
            "freepublish/submit",
            json!({"errcode": {"code": 45011}}),
            3,
            "publish submit",
        ),
    ] {
        simulator.inject(&json!({"rules": [{"path": format!("/cgi-bin/{api}"), "fault": fault}]}));
        let output = simulator.run(&[
            "--json",
            "--lang",
            lang,
            "draft",
            "add",
            &path,
            "--publish",
            "--timeout",
            "5",
        ]);
        assert_fails(&output, code, &[advice]);
        let error = stderr(&output);
        assert!(
            !error.contains("does no harm") && !error.contains("没有副作用"),
            "{error}"
        );
        // What may have been done, and what can't be done, is not to be repeated.
        let is_to_be_submitted = advice == "publish submit";
        assert_eq!(error.contains("publish it with"), is_to_be_submitted, "{error}");
        let report = document(&output);
        let id = match api {
            "freepublish/get" => text(&report["publication"], "publish_id"),
            _ => text(&report, "media_id"),
        };
        let named = error.lines().last().unwrap();
        assert!(named.contains(id), "{id}: {error}");
        simulator.remove_faults();
    }
    // The same of a draft that was there before.
    let (_, path) = written("go-on-later", ARTICLE);
    let added = simulator.ask(&["draft", "add", &path]);
    let fault = json!({"status": {"code": 502, "body": "html"}});
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/freepublish/get", "fault": fault}]}));
    let output = simulator.run(&[
        "publish",
        "submit",
        text(&added, "media_id"),
        "--wait",
        "--timeout",
        "5",
        "--yes",
    ]);
    assert_fails(&output, 4, &["do not submit it again", "publish wait"]);
}

#[test]
fn a_second_run_uploads_nothing_that_the_cache_knows() {
    let simulator = Running::start(&["--plain-http"]);
    let (folder, path) = written("cached", &format!("{ARTICLE}\n\n![](animation.gif)\n"));
    let cache = path_in(&folder, "pictures.json");
    let add = ["draft", "add", path.as_str(), "--cache", cache.as_str()];
    let first = simulator.ask(&add);
    assert_eq!(simulator.uploads(), (2, 2));
    let kept = fs::read_to_string(&cache).unwrap();
    assert!(
        !kept.contains("photo") && !kept.contains("春天") && !kept.contains("wx0123456789abcdef"),
        "{kept}"
    );
    let second = simulator.ask(&add);
    assert_eq!(simulator.uploads(), (2, 2));
    assert_eq!(second["cover"], first["cover"]);
    assert_eq!(second["changed"], json!([]));
    let cached: Vec<_> = second["pictures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|picture| &picture["cached"])
        .collect();
    assert_eq!(cached, [true, true, true]);
    let content = |added: &Value| {
        let draft = simulator.ask(&["draft", "get", text(added, "media_id")]);
        // An ampersand in an address has two spellings.
        text(&draft["articles"][0], "content").replace("&amp;", "&")
    };
    assert_eq!(content(&first), content(&second));
    assert_eq!(fs::read_to_string(&cache).unwrap(), kept);

    // Files of the same bytes are one picture, also in the run that uploads it.
    let (same, path_of_same) = written("cached-same", "# 标题\n\n![](a.jpg)\n\n![](b.jpg)\n");
    for name in ["a.jpg", "b.jpg"] {
        fs::copy(fixture("photo-2.jpg"), same.join(name)).unwrap();
    }
    let other = path_in(&same, "pictures.json");
    let fresh = Running::start(&["--plain-http"]);
    for cached in [false, true] {
        let added = fresh.ask(&["draft", "add", &path_of_same, "--cache", &other]);
        assert_eq!(fresh.uploads(), (1, 1));
        let pictures = added["pictures"].as_array().unwrap();
        assert!(pictures.iter().all(|picture| picture["cached"] == cached), "{added}");
    }

    // A changed picture is another one.
    fs::copy(fixture("article.png"), folder.join("img/第 2 张.jpg")).unwrap();
    simulator.ask(&add);
    assert_eq!(simulator.uploads(), (3, 2));

    // It is the draft that WeChat does not know, and not the cover.
    let kept = fs::read_to_string(&cache).unwrap();
    let output = simulator.run(&[&add[..], &["--update", "no-such-draft"]].concat());
    assert_fails(&output, 3, &["40007"]);
    assert!(!stderr(&output).contains("forgotten"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&cache).unwrap(), kept);

    // The cover was deleted at WeChat.
    let cover = text(&first["cover"], "media_id");
    simulator.ask(&["material", "delete", cover]);
    let output = simulator.run(&add);
    assert_fails(&output, 3, &["40007", "forgotten", "run the command again"]);
    simulator.ask(&add);
    assert_eq!(simulator.uploads(), (3, 3));

    // Nothing is done with a cache that can't be read or written, and it stays as it is.
    let requests = simulator.requests().len();
    fs::write(&cache, "my notes").unwrap();
    assert_fails(&simulator.run(&add), 2, &["pictures.json is no cache"]);
    assert_eq!(fs::read_to_string(&cache).unwrap(), "my notes");
    let locked = path_in(&folder, "locked.json");
    fs::create_dir(format!("{locked}.lock")).unwrap();
    for cache in ["/no/such/folder/c.json", &locked] {
        let nowhere = simulator.run(&["draft", "add", &path, "--cache", cache]);
        assert_fails(&nowhere, 1, &["cannot write the cache"]);
    }
    // All of it is in the language that was asked for.
    let chinese = |cache: &str| simulator.run(&["--lang", "zh", "draft", "add", &path, "--cache", cache]);
    assert_fails(&chinese(&cache), 2, &["或者已损坏：此处应有一个值（第 1 行第 1 列）"]);
    fs::write(&cache, r#"{"wechat_oa_pictures":7,"pictures":[]}"#).unwrap();
    assert_fails(&chinese(&cache), 2, &["或者已损坏：版本为 7"]);
    #[cfg(unix)]
    assert_fails(
        &chinese("/no/such/folder/c.json"),
        1,
        &["无法写入缓存 /no/such/folder/c.json：文件或文件夹不存在（系统错误 2）"],
    );
    assert_eq!(simulator.requests().len(), requests);
}

#[test]
fn a_picture_inside_the_article_is_treated_like_a_file() {
    let simulator = Running::start(&["--plain-http"]);
    let data = |picture: &[u8]| format!("data:image/webp;base64,{}", BASE64_STANDARD.encode(picture));
    let webp = data(&fs::read(fixture("picture.webp")).unwrap());
    let (folder, path) = written(
        "embedded",
        &format!("# 标题\n\n文字\n\n![图]({webp})\n\n![](photo-1.jpg)\n\n![又一次][再]\n\n[再]: {webp}\n"),
    );
    let cache = path_in(&folder, "pictures.json");
    let add = ["draft", "add", path.as_str(), "--cache", cache.as_str()];
    for cached in [false, true] {
        let output = simulator.run(&[&["--json"], &add[..]].concat());
        let added = document(&output);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        // Two of the text, and the cover.
        assert_eq!(simulator.uploads(), (2, 1));
        let pictures = added["pictures"].as_array().unwrap();
        let embedded = pictures
            .iter()
            .find(|picture| text(picture, "name") == "embedded-1.webp")
            .unwrap();
        assert_eq!(embedded["cached"], cached);
        assert!(embedded["changes"][0].as_str().unwrap().contains("webp"), "{embedded}");
        let draft = simulator.ask(&["draft", "get", text(&added, "media_id")]);
        let content = text(&draft["articles"][0], "content");
        assert_eq!(content.matches("<img").count(), 3);
        assert!(
            !content.contains("data:image") && !content.contains("embedded"),
            "{content}"
        );
    }

    // One that is not uploaded stays in the HTML, with which a second run goes on.
    let (from, out) = (path_in(&folder, "data.html"), path_in(&folder, "out.html"));
    fs::write(
        &from,
        format!(
            "<img src='{webp}'><p>文字</p><img src=photo-1.jpg><img src='{}'>",
            data_uri()
        ),
    )
    .unwrap();
    let rule =
        json!({"path": "/cgi-bin/media/uploadimg", "fault": {"errcode": {"code": 40009}}, "skip": 2, "times": 1});
    simulator.inject(&json!({"rules": [rule]}));
    let output = simulator.run(&["draft", "add", &from, "--title", "标题", "-o", &out]);
    assert_fails(&output, 3, &["no draft was made"]);
    let html = fs::read_to_string(&out).unwrap();
    assert!(html.contains(&data_uri()) && !html.contains("embedded"), "{html}");
    let before = simulator.uploads();
    simulator.ask(&["draft", "add", &out, "--title", "标题"]);
    assert_eq!(simulator.uploads(), (before.0 + 1, before.1 + 1));

    // Data in other places is one, too; a picture that has the place of another is none.
    let other = path_in(&folder, "other.html");
    let html = format!(
        "<img src='{webp}' data-src=photo-1.jpg><p style='background:url({webp})'>文字</p><img data-src='{webp}'>"
    );
    fs::write(&other, html).unwrap();
    let planned = parsed(&run(&[
        "--json",
        "draft",
        "add",
        &other,
        "--title",
        "标题",
        "--dry-run",
    ]));
    let names: Vec<_> = planned["pictures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|picture| text(picture, "name"))
        .collect();
    assert_eq!(names, ["photo-1.jpg", "embedded-1.webp"]);
    let before = simulator.uploads();
    let added = simulator.ask(&["draft", "add", &other, "--title", "标题"]);
    assert_eq!(simulator.uploads(), (before.0 + 2, before.1 + 1));
    assert_eq!(added["changed"], json!([]));
    let before = simulator.uploads();

    // One that can't be used is an error with its line, before anything is sent.
    let heic = data(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1");
    let (_, path) = written("embedded-heic", &format!("# 标题\n\n![](photo-1.jpg)\n\n![]({heic})\n"));
    let output = simulator.run(&["draft", "add", &path]);
    assert_fails(&output, 2, &[&format!("{path}:5: "), "data:image/webp;base64,", "HEIC"]);
    assert!(!stderr(&output).contains(&heic), "{}", stderr(&output));
    assert_eq!(simulator.uploads(), before);
    let checked = document(&run(&["--json", "draft", "check", &path]));
    assert_eq!(checked["not_read"][0]["line"], 5);
    assert_eq!(checked["findings"], json!([]));
    // A pixel that counts readers, and data that is none.
    let pixel = encoded(RgbImage::new(2, 2), ImageFormat::Png);
    fs::write(folder.join("pixel.png"), &pixel).unwrap();
    let pixel = data(&pixel);
    let markdown = format!("# 标题\n\n![]({pixel})\n\n![](data:image/png;base64,@@)\n\n![](pixel.png)\n");
    let path = path_in(&folder, "none.md");
    fs::write(&path, markdown).unwrap();
    let checked = document(&run(&["--json", "draft", "check", &path]));
    let reasons: Vec<_> = checked["not_read"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| text(left, "reason"))
        .collect();
    let small = "has at most 2 × 2 pixels, which WeChat does not take: take it out";
    assert_eq!(reasons, [small, "can't be decoded", small]);
}

#[test]
fn the_cache_does_not_take_a_picture_that_is_named_in_another_way() {
    let simulator = Running::start(&["--plain-http"]);
    let folder = article("cached-elsewhere", "");
    let [path, cache] = ["article.html", "pictures.json"].map(|name| path_in(&folder, name));
    fs::copy(fixture("photo-2.jpg"), folder.join("img/photo-1.jpg")).unwrap();
    let mut firsts = Vec::new();
    for html in [
        "<p>一</p><img src=\"photo-1.jpg\"><img src=\"img/photo-1.jpg\">",
        "<p>二</p><img srcset=\"photo-1.jpg 1x\">",
        "<base href=\"img/\"><p>三</p><img src=\"photo-1.jpg\"><img src=\"../photo-1.jpg\">",
    ] {
        fs::write(&path, html).unwrap();
        let output = simulator.run(&["--json", "draft", "add", &path, "--title", "标题", "--cache", &cache]);
        assert_eq!(output.status.code(), Some(0), "{html}: {}", stderr(&output));
        let added = document(&output);
        let images = added["images"].as_array().unwrap();
        assert_eq!(images.len(), html.matches("<img").count(), "{html}");
        let is_there = |image: &Value| ["uploaded", "kept"].contains(&text(image, "outcome"));
        assert!(images.iter().all(is_there), "{html}: {added}");
        let draft = simulator.ask(&["draft", "get", text(&added, "media_id")]);
        let content = text(&draft["articles"][0], "content");
        let address = content.split("://mmbiz.qpic.cn/").nth(1).unwrap();
        firsts.push(address.split('"').next().unwrap().to_owned());
    }
    // Seen from the base, the same address is another picture.
    assert_ne!(firsts[0], firsts[2]);
    // A second run sends the same, wherever the address stands.
    fs::write(folder.join("lazy.png"), fs::read(fixture("article.png")).unwrap()).unwrap();
    for html in [
        "<image data-src=\"lazy.png\">",
        "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" data-src=\"lazy.png\">",
        "<image src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" data-src=\"lazy.png\">",
        "<img data-original=\"lazy.png\">",
        "<img data-src=\"lazy.png\">",
    ] {
        fs::write(&path, format!("<p>四</p>{html}<p>五</p>")).unwrap();
        let add = [
            "draft",
            "add",
            &path,
            "--title",
            "标题",
            "--cover",
            &fixture("cover.jpg"),
            "--cache",
            &cache,
        ];
        let runs = [simulator.ask(&add), simulator.ask(&add)].map(|added| {
            let draft = simulator.ask(&["draft", "get", text(&added, "media_id")]);
            assert_eq!(added["changed"], json!([]), "{html}");
            text(&draft["articles"][0], "content")
                .matches("://mmbiz.qpic.cn/")
                .count()
        });
        assert!(runs[0] > 0 && runs[1] > 0, "{html}: {runs:?}");
    }
    // Of two addresses the one for scripts is the picture, whatever the cache knows of the other.
    fs::write(&path, "<img src=\"img/photo-1.jpg\" data-original=\"photo-1.jpg\">").unwrap();
    let added = simulator.ask(&["draft", "add", &path, "--title", "标题", "--cache", &cache]);
    let image = &added["images"][0];
    assert_eq!(
        (text(image, "source"), text(image, "outcome")),
        ("photo-1.jpg", "uploaded")
    );
}

#[test]
fn another_account_has_pictures_of_its_own() {
    let simulator = Running::start(&["--plain-http", "--accounts", "2"]);
    let (folder, path) = written("accounts", ARTICLE);
    let cache = path_in(&folder, "pictures.json");
    let add = ["draft", "add", path.as_str(), "--cache", cache.as_str()];
    simulator.ask(&add);
    let mut command = program();
    command
        .env("WECHAT_APP_ID", OTHER_APP_ID)
        .env("WECHAT_APP_SECRET", OTHER_APP_SECRET);
    command.args(["--json", "--api-base", &simulator.base]).args(add);
    let other = parsed(&command.output().unwrap());
    assert!(
        other["pictures"]
            .as_array()
            .unwrap()
            .iter()
            .all(|picture| picture["cached"] == json!(false))
    );
    // Both are known now.
    let again = simulator.ask(&add);
    assert_eq!(again["pictures"][0]["cached"], true);
}

#[test]
fn what_was_done_is_told_if_a_later_step_fails() {
    let simulator = Running::start(&["--plain-http"]);
    let (_, path) = written("later", ARTICLE);
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/draft/add", "fault": {"errcode": {"code": 45009}}}]}));
    let output = simulator.run(&["--json", "draft", "add", &path]);
    assert_fails(&output, 3, &["45009"]);
    let report = document(&output);
    assert!(
        report["cover"]["media_id"].is_string() && report["media_id"].is_null(),
        "{report}"
    );
    assert_eq!(text(&report["images"][0], "outcome"), "uploaded");
}

/// The corpus of `components/article`: documents of every construct.
#[test]
fn nothing_of_a_long_document_is_lost() {
    let simulator = Running::start(&["--plain-http"]);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../components/article/tests/corpus");
    let cover = fixture("cover.jpg");
    for name in [
        "zh-weekly.md",
        "spec-blocks.md",
        "tables.md",
        "lists-nested.md",
        "code-heavy.md",
    ] {
        let folder = article(&format!("corpus-{name}"), "");
        let path = path_in(&folder, name);
        fs::copy(corpus.join(name), &path).unwrap();
        // The only picture of theirs.
        fs::copy(fixture("article.png"), folder.join("icon.png")).unwrap();
        let output = simulator.run(&["--json", "draft", "add", &path, "--title", "标题", "--cover", &cover]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
        assert_eq!(document(&output)["changed"], json!([]), "{name}");
    }
}
