//! The promise: a preview shows the article as it would be sent, to this machine alone, and nothing in it runs.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::support::{article, assert_fails, path_in, program, run};

/// A running preview.
struct Preview {
    process: Child,
    address: String,
}

/// An answer of a preview.
struct Answer {
    status: String,
    head: String,
    body: String,
}

impl Answer {
    /// Returns a header of the answer.
    fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().map_or("", |(_, value)| value)
    }
}

impl Preview {
    fn start(path: &str, options: &[&str]) -> Self {
        let mut command = program();
        command.args(["preview", path]).args(options).env("LC_ALL", "C");
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let address = line
            .trim_end()
            .strip_prefix("preview: http://")
            .and_then(|url| url.strip_suffix('/'));
        let address = address
            .unwrap_or_else(|| panic!("the first line is {line:?}"))
            .to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{address}");
        Self { process, address }
    }

    fn get(&self, path: &str) -> Answer {
        self.get_of(path, &self.address)
    }

    /// Asks for a path of this host.
    fn get_of(&self, path: &str, host: &str) -> Answer {
        let mut connection = self.ask(path, host);
        let mut reply = Vec::new();
        connection.read_to_end(&mut reply).unwrap();
        let reply = String::from_utf8_lossy(&reply);
        let (head, body) = reply.split_once("\r\n\r\n").unwrap();
        Answer {
            status: head.split(' ').nth(1).unwrap().to_owned(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn ask(&self, path: &str, host: &str) -> TcpStream {
        let mut connection = TcpStream::connect(&self.address).unwrap();
        // A preview that does not answer must not hang the tests.
        connection.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(
            connection,
            "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        connection
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const ARTICLE: &str = "---\ntitle: 标题 <b>\nauthor: 张三\ndigest: 摘要\n---\n\n第一段\n\n![图](photo-1.jpg)\n\n\
    <script>alert(1)</script>\n\n<p style=\"position:fixed\">固定</p>\n\n![](../secret.jpg)\n";

#[test]
fn a_page_frames_the_article_and_no_script_of_it_runs() {
    let folder = article("preview", "");
    let path = path_in(&folder, "article.md");
    fs::write(&path, ARTICLE).unwrap();
    let preview = Preview::start(&path, &["--raw-html", "keep"]);

    let page = preview.get("/");
    assert_eq!(page.status, "200");
    assert!(page.header("content-type").starts_with("text/html"));
    let policy = page.header("content-security-policy");
    for words in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
        assert!(policy.contains(words), "no {words} in {policy}");
    }
    // Every frame is in a sandbox that allows nothing.
    assert_eq!(page.body.matches("<iframe").count(), 3);
    assert_eq!(page.body.matches("sandbox=\"\"").count(), 3);
    for words in [
        "/article?view=light",
        "/article?view=dark",
        "标题 &lt;b&gt;",
        "张三",
        "摘要",
        "line 13",
        "approximation",
        "../secret.jpg",
        "/?theme=",
    ] {
        assert!(page.body.contains(words), "no {words} in {}", page.body);
    }
    assert!(!page.body.contains("alert(1)</script>"), "{}", page.body);
    let chinese = preview.get("/?lang=zh");
    for words in [
        "lang=\"zh-CN\"",
        "深色模式",
        "第 13 行",
        "position 样式，微信会将其删除",
        "/article?view=desktop&amp;lang=zh",
    ] {
        assert!(chinese.body.contains(words), "no {words} in {}", chinese.body);
    }

    let beside = preview.get("/article?view=desktop&lang=zh").body;
    assert!(
        beside.contains("警告: ") && beside.contains("微信会将其删除"),
        "{beside}"
    );
    // A picture that is missing stands beside its paragraph, too.
    assert!(beside.contains("错误: ../secret.jpg"), "{beside}");

    for view in ["light", "desktop", "dark"] {
        let frame = preview.get(&format!("/article?view={view}"));
        let policy = frame.header("content-security-policy");
        for words in [
            "sandbox;",
            "default-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ] {
            assert!(policy.contains(words), "no {words} in {policy}");
        }
        assert!(!policy.contains("allow-") && !policy.contains("script-src"), "{policy}");
        assert!(
            frame.body.contains("标题 &lt;b&gt;") && frame.body.contains("第一段"),
            "{}",
            frame.body
        );
        assert!(!frame.body.contains("photo-1.jpg"), "{}", frame.body);
        // Findings stand beside their paragraphs where there is room.
        assert_eq!(frame.body.contains("<aside"), view == "desktop", "{}", frame.body);
    }

    // A picture of the article, and no other file.
    let frame = preview.get("/article?view=light").body;
    let picture = frame
        .split("src=\"/picture/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let answer = preview.get(&format!("/picture/{picture}"));
    assert_eq!(
        (answer.status.as_str(), answer.header("content-type")),
        ("200", "image/jpeg")
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    for path in [
        "/photo-1.jpg",
        "/picture/photo-1.jpg",
        "/picture/../article.md",
        "/picture/..%2farticle.md",
        "/picture/0000000000000000",
        "/article.md",
        "/%2e%2e/secret.jpg",
    ] {
        assert_eq!(preview.get(path).status, "404", "{path}");
    }
}

#[test]
fn an_address_chooses_the_theme() {
    let folder = article("preview-theme", "");
    let path = path_in(&folder, "article.md");
    fs::write(&path, "# 标题\n\n## 小标题\n\n正文\n").unwrap();
    let preview = Preview::start(&path, &["--theme", "plain"]);
    // The accents of the two themes.
    for (address, own, other) in [
        ("/article", "#0a7d45", "#2059b6"),
        ("/article?theme=tech", "#2059b6", "#0a7d45"),
    ] {
        let frame = preview.get(address).body;
        assert!(frame.contains(own) && !frame.contains(other), "{address}: {frame}");
    }
    // The page hands its choice on.
    let page = preview.get("/?theme=tech").body;
    for view in ["light", "desktop", "dark"] {
        let frame = format!("/article?view={view}&amp;theme=tech\"");
        assert!(page.contains(&frame), "no {frame} in {page}");
    }
}

#[test]
fn only_this_machine_s_own_names_are_answered() {
    let folder = article("preview-host", "");
    let path = path_in(&folder, "article.md");
    fs::write(&path, "# 标题\n\n正文\n").unwrap();
    let preview = Preview::start(&path, &[]);
    let port = preview.address.rsplit(':').next().unwrap();
    assert_eq!(preview.get_of("/", &format!("localhost:{port}")).status, "200");
    for host in [
        "example.com",
        "127.0.0.1",
        "127.0.0.1:1",
        &format!("example.com:{port}"),
        "",
    ] {
        for path in ["/", "/article", "/events", "/preview.js"] {
            assert_eq!(preview.get_of(path, host).status, "421", "{host}{path}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let folder = article("preview-link", "");
    let secret = folder.with_file_name("preview-secret.jpg");
    fs::copy(folder.join("photo-1.jpg"), &secret).unwrap();
    std::os::unix::fs::symlink(&secret, folder.join("link.jpg")).unwrap();
    let path = path_in(&folder, "article.md");
    fs::write(&path, "# 标题\n\n![](link.jpg)\n").unwrap();
    let preview = Preview::start(&path, &[]);
    let page = preview.get("/").body;
    assert!(page.contains("leads out of the article"), "{page}");
    assert!(!preview.get("/article").body.contains("/picture/"));
}

#[test]
fn a_save_is_told_to_the_page() {
    let folder = article("preview-save", "");
    let path = path_in(&folder, "article.md");
    fs::write(&path, "# 标题\n\n正文\n").unwrap();
    let preview = Preview::start(&path, &[]);
    assert!(preview.get("/").body.contains("data-version=\"0\""));
    let mut events = BufReader::new(preview.ask("/events", &preview.address));
    let mut next = || {
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            assert_ne!(events.read_line(&mut line).unwrap(), 0, "the events ended");
        }
        line.trim_end().to_owned()
    };
    assert_eq!(next(), "data: 0");
    // Long enough after the page for the server to have looked at the file.
    std::thread::sleep(Duration::from_secs(1));
    fs::write(&path, "# 标题\n\n另一段正文\n").unwrap();
    assert_eq!(next(), "data: 1");
    let page = preview.get("/").body;
    assert!(page.contains("data-version=\"1\""), "{page}");
    assert!(preview.get("/article").body.contains("另一段正文"));
    // A cover that is missing is a finding, and is seen when it comes.
    fs::write(&path, "---\ntitle: 标题\ncover: cover.jpg\n---\n第三段正文\n").unwrap();
    assert_eq!(next(), "data: 2");
    let page = preview.get("/").body;
    assert!(page.contains("the cover cover.jpg is not there"), "{page}");
    assert!(preview.get("/article").body.contains("第三段正文"));
    fs::copy(folder.join("photo-1.jpg"), folder.join("cover.jpg")).unwrap();
    assert_eq!(next(), "data: 3");
    assert!(preview.get("/").body.contains("<img class=\"cover\""));
    // What can't be rendered is told, and the server goes on.
    fs::write(&path, "---\ntitle: [\n---\n").unwrap();
    assert_eq!(next(), "data: 4");
    assert!(preview.get("/").body.contains("can't be shown"));
    assert_eq!(preview.get("/article").status, "200");
}

#[test]
fn what_is_no_article_has_no_preview() {
    assert_fails(&run(&["preview", "a.json"]), 2, &["a.json", "Markdown"]);
    assert_fails(
        &run(&["preview", "a.html", "--theme", "plain"]),
        2,
        &["--theme is for Markdown"],
    );
}
