use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use super::protocol::{Client, Protocol};
use super::stdio_client::StdioClient;
use crate::support::{Running, article, fixture, path_in, text};

/// Makes the operator's folder, with all that must not be read beside it and in it. Each test needs a name of its own.
fn root(name: &str) -> PathBuf {
    let around = article(name, "<p>Outside.</p>");
    let root = around.join("served");
    fs::create_dir_all(root.join("articles/img")).unwrap();
    for (file, place) in [
        ("photo-1.jpg", "a.jpg"),
        ("photo-2.jpg", "articles/img/第 2 张.jpg"),
        ("picture.webp", "picture.webp"),
    ] {
        fs::copy(fixture(file), root.join(place)).unwrap();
    }
    fs::write(root.join("notes.txt"), "notes").unwrap();
    fs::write(root.join("latin-1.html"), b"<p>caf\xe9").unwrap();
    fs::File::create(root.join("huge.jpg"))
        .unwrap()
        .set_len(10 * 1024 * 1024 + 1)
        .unwrap();
    fs::File::create(root.join("huge.html"))
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("../photo-1.jpg", root.join("outside.jpg")).unwrap();
        symlink("..", root.join("up")).unwrap();
        symlink("../article.html", root.join("outside.html")).unwrap();
        symlink("/dev/zero", root.join("zero.jpg")).unwrap();
        symlink("loop.jpg", root.join("loop.jpg")).unwrap();
        symlink("../a.jpg", root.join("articles/inside.jpg")).unwrap();
        let fifo = Command::new("mkfifo").arg(root.join("fifo.jpg")).status().unwrap();
        assert!(fifo.success());
    }
    root
}

/// Paths that lead nowhere, and words of the reason.
const REFUSED: [(&str, &str); 22] = [
    ("../photo-1.jpg", "leads out"),
    ("articles/../../photo-1.jpg", "leads out"),
    ("..\\photo-1.jpg", "leads out"),
    ("/etc/hosts", "absolute"),
    ("\\etc\\hosts", "absolute"),
    ("//localhost/etc/hosts", "absolute"),
    ("/proc/self/environ", "absolute"),
    ("up/photo-1.jpg", "leads out"),
    ("outside.jpg", "leads out"),
    ("zero.jpg", "leads out"),
    ("loop.jpg", "cannot be read"),
    ("fifo.jpg", "is a FIFO"),
    ("articles", "is a folder"),
    (".", "is a folder"),
    ("..", "leads out"),
    ("", "is not there"),
    ("none.jpg", "is not there"),
    ("A.JPG", "is not there"),
    ("file:///etc/hosts", "is not there"),
    ("%2e%2e/photo-1.jpg", "is not there"),
    ("a.jpg/b", "cannot be read"),
    ("huge.jpg", "10485760"),
];

#[test]
#[cfg(target_os = "linux")]
fn images_are_read_below_the_folder_and_nowhere_else() {
    let simulator = Running::start(&["--plain-http"]);
    let root = root("mcp-images");
    let options = ["--root", root.to_str().unwrap()];
    let mut client = StdioClient::start("images", Protocol::Initialize, &simulator, &options);
    let mut refused: Vec<(String, &str)> = REFUSED.map(|(path, words)| (path.to_owned(), words)).into();
    refused.push((path_in(&root, "a.jpg"), "absolute"));
    refused.push(("a\0.jpg".to_owned(), "cannot be read"));
    for (path, words) in refused {
        let error = client.refused("upload-image", json!({ "path": path }));
        assert_eq!(
            (text(&error, "kind"), text(&error, "subject")),
            ("invalid-input", "path")
        );
        let message = text(&error, "message");
        assert!(message.contains(words), "{path}: no {words} in {message}");
        assert!(
            path.starts_with('/') || !message.contains(root.to_str().unwrap()),
            "{message}"
        );
    }
    // It is read, and refused for what it is.
    for path in ["notes.txt", "picture.webp"] {
        let error = client.refused("upload-image", json!({ "path": path }));
        assert_eq!(text(&error, "kind"), "file-rejected", "{error}");
    }
    let both = client.refused("upload-image", json!({ "path": "a.jpg", "data": "AA==" }));
    assert!(text(&both, "message").contains("both"));
    let neither = client.refused("upload-image", json!({}));
    assert!(text(&neither, "message").contains("neither data nor path"));
    assert!(simulator.requests().is_empty());

    for path in [
        "a.jpg",
        "./a.jpg",
        "articles/../a.jpg",
        "up/served/../served/a.jpg",
        "articles/inside.jpg",
    ] {
        let result = client.call("upload-image", json!({ "path": path }));
        // What goes out and comes back does not count as inside.
        assert_eq!(result["isError"], path.starts_with("up"), "{path}: {result}");
    }
    assert_eq!(client.close().0.code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn an_article_is_read_with_the_pictures_beside_it() {
    let simulator = Running::start(&["--plain-http"]);
    let root = root("mcp-articles");
    let options = ["--root", root.to_str().unwrap()];
    let mut client = StdioClient::start("articles", Protocol::Initialize, &simulator, &options);
    let write = |html: &str| fs::write(root.join("articles/a.html"), html).unwrap();
    let article = |path: &str| json!({ "article": { "title": "Hello", "html_path": path } });

    let pictures = REFUSED.iter().filter(|(path, _)| path.ends_with(".jpg"));
    // In an address %2e is a dot.
    for (path, words) in pictures.filter(|(path, _)| !path.starts_with(['/', '%'])) {
        write(&format!("<p>Hello.</p><img src=\"../{path}\">"));
        let error = client.refused("create-draft", article("articles/a.html"));
        assert!(text(&error, "message").contains(words), "{path}: no {words} in {error}");
    }
    for (arguments, words) in [
        (article("notes.txt"), ".html"),
        (article("latin-1.html"), "not UTF-8"),
        (article("huge.html"), "is the most"),
        (article("outside.html"), "leads out"),
        (
            json!({ "article": { "title": "x", "html": "", "html_path": "a.html" } }),
            "both",
        ),
        (json!({ "article": { "title": "x", "html_path": 1 } }), "no text"),
        (json!({ "article": { "title": "x" } }), "neither html nor html_path"),
        (article(&"a".repeat(201)), &format!("{}… does not end", "a".repeat(200))),
        (
            article(&format!("{}.html", "a/".repeat(200))),
            &format!("{}… ", "a/".repeat(100)),
        ),
    ] {
        let error = client.refused("create-draft", arguments);
        assert!(text(&error, "message").contains(words), "no {words} in {error}");
    }
    for (source, words) in [
        ("../../photo-1.jpg", "leads out"),
        ("../%2e%2e/photo-1.jpg", "leads out"),
        ("../outside.jpg", "leads out"),
        ("../fifo.jpg", "is a FIFO"),
        ("../huge.jpg", "10485760"),
        ("none.jpg", "is not there"),
        ("/a.jpg", "absolute"),
        ("https://example.com/a.jpg", "WeChat would drop"),
        ("file:///etc/hosts", "WeChat would drop"),
    ] {
        write(&format!("<p>Hello.</p><img src=\"{source}\">"));
        let error = client.refused("create-draft", article("articles/a.html"));
        assert_eq!(
            (text(&error, "kind"), text(&error, "subject")),
            ("invalid-input", "html")
        );
        assert!(text(&error, "message").contains(words), "no {words} in {error}");
        let checked = client.done("check-article", article("articles/a.html"));
        assert_eq!(checked["acceptable"], false, "{checked}");
    }
    assert!(simulator.requests().is_empty());

    let found = [
        "../a.jpg",
        "inside.jpg",
        "img/第 2 张.jpg",
        "./img/%E7%AC%AC%202%20%E5%BC%A0.jpg?v=2",
        "cid:img/第 2 张.jpg",
    ];
    let pictures: String = found.map(|source| format!("<img src=\"{source}\">")).concat();
    write(&format!("\u{feff}<p>Hello.</p>{pictures}"));
    let checked = client.done("check-article", article("articles/a.html"));
    assert!(!checked["findings"].to_string().contains("elsewhere"), "{checked}");
    // As unusual as HTML allows.
    write("<p>Hello.</p><img src=inside.jpg><p style='background:url( inside.jpg )'>");
    let unquoted = client.done("check-article", article("articles/a.html"));
    assert!(!unquoted["findings"].to_string().contains("elsewhere"), "{unquoted}");
    write(&format!("\u{feff}<p>Hello.</p>{pictures}"));
    let draft = client.done("create-draft", article("articles/a.html"));
    assert_eq!(draft["pictures"], found.len());
    // All of them together are more than one call takes, but they are one file.
    let mut large = fs::read(fixture("photo-2.jpg")).unwrap();
    large.resize(9 * 1024 * 1024, 0);
    fs::write(root.join("large.jpg"), large).unwrap();
    write(&"<img src=\"../large.jpg\">".repeat(12));
    let large = client.done("create-draft", article("articles/a.html"));
    assert_eq!(large["pictures"], 12);
    // Under several addresses it would be sent to the plugin several times.
    let addresses = (1..=12).map(|version| format!("<img src=\"../large.jpg?{version}\">"));
    write(&addresses.collect::<String>());
    let error = client.refused("create-draft", article("articles/a.html"));
    assert!(text(&error, "message").contains("has left for pictures"), "{error}");
    // HTML in no file sees the folder itself.
    let html = json!({ "title": "Hello", "html": "<p>Hello.</p><img src=\"a.jpg\">" });
    let update = json!({ "media_id": draft["media_id"], "article": html });
    assert_eq!(client.done("update-draft", update)["pictures"], 1);
    let stored = client.done("get-draft", json!({ "media_id": draft["media_id"] }));
    assert!(is_on_wechat(&stored), "{stored}");
    assert_eq!(client.close().0.code(), Some(0));
}

fn is_on_wechat(draft: &Value) -> bool {
    text(&draft["articles"][0], "html").contains("mmbiz.qpic.cn")
}

#[test]
fn the_arguments_for_files_are_offered_with_a_folder_only() {
    let simulator = Running::start(&["--plain-http"]);
    let root = article("mcp-offered", "<p>Hello.</p>");
    for (options, offered) in [(&["--root", root.to_str().unwrap()][..], true), (&[], false)] {
        let mut client = StdioClient::start("offered", Protocol::Initialize, &simulator, options);
        let (answer, _) = client.ask("tools/list", json!({}), false);
        let tools = answer["result"]["tools"].to_string();
        assert_eq!(tools.contains("html_path"), offered);
        assert_eq!(tools.contains("\"path\":{"), offered);
        assert_eq!(client.close().0.code(), Some(0));
    }
}
