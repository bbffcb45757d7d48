//! The promise: the command line does what it says, and its exit code says what came of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use host_test::PLUGIN;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

const APP_ID: &str = "WECHAT_APP_ID";
const APP_SECRET: &str = "WECHAT_APP_SECRET";
const FAKE_SECRET: &str = "fedcba9876543210fedcba9876543210";

/// The program, with nothing about WeChat in its environment.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_host-test"));
    command.env_remove(APP_ID).env_remove(APP_SECRET);
    command
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// With credentials that WeChat does not know.
fn run_live(arguments: &[&str]) -> Output {
    let mut command = program();
    command.env(APP_ID, "wxfedcba9876543210").env(APP_SECRET, FAKE_SECRET);
    command.arg("--live").args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// What a command said that went well.
#[track_caller]
fn succeeded(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(output), stderr(output));
    assert_eq!(stderr(output), "");
    stdout(output)
}

#[track_caller]
fn parsed(output: &Output) -> Value {
    serde_json::from_str(succeeded(output)).unwrap()
}

/// That a command failed with this code, and with these words on stderr.
#[track_caller]
fn assert_fails(output: &Output, code: i32, words: &[&str]) {
    assert_eq!(output.status.code(), Some(code), "{}{}", stdout(output), stderr(output));
    for word in words {
        assert!(stderr(output).contains(word), "no {word:?} in {}", stderr(output));
    }
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    path.to_str().unwrap().to_owned()
}

/// A file of a test's own; the name is to be used by one test only.
fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn written(name: &str, json: &Value) -> String {
    let path = temporary(name);
    std::fs::write(&path, json.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A folder of a test's own with an article of these pieces of HTML and pictures; the name is to be used by one test only.
fn article(name: &str, html: &str) -> PathBuf {
    let folder = temporary(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("img")).unwrap();
    for (picture, place) in [
        ("photo-1.jpg", "photo-1.jpg"),
        ("photo-2.jpg", "img/第 2 张.jpg"),
        ("animation.gif", "animation.gif"),
        ("picture.webp", "picture.webp"),
    ] {
        std::fs::copy(fixture(picture), folder.join(place)).unwrap();
    }
    std::fs::write(folder.join("article.html"), html).unwrap();
    folder
}

/// The path of a file in a folder.
fn path_in(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

/// A picture in the HTML itself.
fn data_uri() -> String {
    let png = std::fs::read(fixture("article.png")).unwrap();
    format!("data:image/png;base64,{}", BASE64_STANDARD.encode(png))
}

/// `host-test simulator`, running.
struct Running {
    process: Child,
    base: String,
}

impl Running {
    fn start(options: &[&str]) -> Self {
        let mut command = program();
        command.arg("simulator").args(options).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let base = line.trim_end().strip_prefix("listening on ");
        let base = base.unwrap_or_else(|| panic!("the first line is {line:?}")).to_owned();
        Self { process, base }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut all = vec!["--api-base", &self.base];
        all.extend(arguments);
        run(&all)
    }

    #[track_caller]
    fn ask(&self, arguments: &[&str]) -> Value {
        let mut all = vec!["--json"];
        all.extend(arguments);
        parsed(&self.run(&all))
    }

    /// Lays out a fault (see the simulator's `--help`).
    fn inject(&self, faults: &Value) {
        let address = self.base.strip_prefix("http://").unwrap();
        let mut connection = TcpStream::connect(address).unwrap();
        let body = faults.to_string();
        let length = body.len();
        let head =
            format!("POST /__faults HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\nconnection: close");
        write!(connection, "{head}\r\n\r\n{body}").unwrap();
        let mut reply = String::new();
        connection.read_to_string(&mut reply).unwrap();
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    }

    /// How many pictures were uploaded for articles, and how many as permanent material.
    #[track_caller]
    fn uploads(&self) -> (u64, u64) {
        let used = |path| self.ask(&["account", "quota", path])["used"].as_u64().unwrap();
        (used("/cgi-bin/media/uploadimg"), used("/cgi-bin/material/add_material"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[track_caller]
fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("no text {field} in {value}"))
}

#[test]
fn the_tour_publishes_an_article_with_one_token_request() {
    let output = program().arg("tour").current_dir("/").output().unwrap();
    let said = succeeded(&output);
    for step in [
        "verify",
        "upload cover",
        "prepare content",
        "add draft",
        "update draft",
        "submit",
        "wait",
        "delete",
    ] {
        assert!(
            said.lines().any(|line| line.starts_with(step)),
            "no step {step} in {said}"
        );
    }
    assert!(said.contains("\ntoken requests  1\n"), "{said}");
    assert!(said.contains("\narticle  https://mp.weixin.qq.com/s/"), "{said}");
}

#[test]
fn the_tour_as_json() {
    let tour = parsed(&run(&["tour", "--json"]));
    assert_eq!(tour["token_requests"], 1);
    assert!(text(&tour, "article").starts_with("https://mp.weixin.qq.com/s/"));
    let steps = tour["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 13);
    assert_eq!(text(&steps[0], "step"), "verify");
    assert!(steps.iter().all(|step| step["milliseconds"].as_f64().unwrap() > 0.0));
}

#[test]
fn help_tells_the_exit_codes_and_every_command_has_one() {
    let output = run(&["--help"]);
    let help = succeeded(&output);
    for words in ["Exit codes:", "outcome-unknown", "WECHAT_APP_ID", "tour", "simulator"] {
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
    // The values of options stand in the help.
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
            "--title is for HTML",
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
        (
            &["--live", "account", "verify", "--api-base", "http://127.0.0.1:1"],
            "exclude each other",
        ),
        (
            &["--api-base", "https://api.weixin.qq.com", "draft", "count"],
            "this machine",
        ),
        (&["--api-base", "http://127.0.0.1:1", "tour"], "its own simulator"),
        (&["--api-base", "http://127.0.0.1:1", "bench"], "its own simulator"),
        (&["--trust", "ca.pem", "draft", "count"], "--api-base"),
        // What the plugin refuses by itself.
        (&["draft", "list", "--count", "21"], "1 to 20"),
        (&["draft", "get", ""], "media-id is empty"),
    ] {
        assert_fails(&run(arguments), 2, &[words]);
    }
}

#[test]
fn live_mode_names_the_variables_that_it_misses() {
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
        (
            &["publish", "delete", "A", "--all"],
            "delete every article of the publication A",
        ),
        (
            &["publish", "delete", "A", "--index", "1"],
            "delete article 1 of the publication A",
        ),
        (&["material", "delete", "M"], "delete the material M"),
        (&["draft", "delete", "M"], "delete the draft M"),
    ] {
        // Had it asked WeChat, it would have ended with 3 or 4.
        let output = run_live(arguments);
        assert_fails(&output, 2, &[would, "--yes", "Nothing was done"]);
        assert!(!stderr(&output).contains(FAKE_SECRET));
    }
}

#[test]
fn refusals_end_with_3_and_tell_what_is_known() {
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

    // Refused before anything is sent.
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
fn articles_are_checked_without_asking_anybody() {
    let fair = json!({"type": "news", "title": "标题", "content": "<script></script>", "thumb_media_id": "M"});
    let mut bad = fair.clone();
    bad["title"] = "写".repeat(65).into();
    let sound = json!({"type": "pictures", "title": "图", "content": "文", "image_media_ids": ["M"]});
    let sound = written("sound.json", &sound);
    let (fair, bad) = (written("fair.json", &fair), written("bad.json", &json!([fair, bad])));

    assert_eq!(succeeded(&run(&["draft", "check", &sound])), "nothing found\n");
    // Nobody is there to be asked.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let base = format!("http://{free}");
    let output = run(&["--api-base", &base, "draft", "check", &fair]);
    let said = succeeded(&output);
    assert!(said.contains("warning   0        content has 1 × <script>"), "{said}");

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
fn warnings_are_told_before_a_draft_is_made() {
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

    let published = simulator.ask(&["publish", "submit", draft, "--wait"]);
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

    // A published draft is gone, and so is a publication that was deleted.
    assert_fails(&simulator.run(&["draft", "get", draft]), 3, &["40007"]);
    simulator.ask(&["publish", "delete", article_id, "--index", "0"]);
    assert_fails(&simulator.run(&["publish", "get", article_id]), 3, &["53600"]);
}

#[test]
fn a_wait_that_ends_too_early_ends_with_1_and_can_be_taken_up_again() {
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

/// What became of each picture.
fn outcomes(document: &Value) -> Vec<&str> {
    let images = document["images"].as_array().unwrap();
    images.iter().map(|image| text(image, "outcome")).collect()
}

/// The HTML with its pictures replaced by the addresses of a report.
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
        "<p>正文 😀</p>\n<IMG src='{first}'><p style=\"background:url({second})\">x</p><img src={third} alt=a><img src=\"{fourth}\">"
    );
    let folder = article("prepare", &html);
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    // It is replaced, as a file is that is fetched.
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

    // What it wrote has nothing left to upload.
    let again = path_in(&folder, "again.html");
    let report = simulator.ask(&["content", "prepare", &to, "-o", &again]);
    assert_eq!(outcomes(&report), ["kept"; 4]);
    assert_eq!(std::fs::read(&again).unwrap(), std::fs::read(&to).unwrap());
    assert_eq!(simulator.uploads(), (3, 1));

    // For people, from the article's own folder.
    let mut command = program();
    command.args(["--api-base", &simulator.base, "content", "prepare", "article.html"]);
    command.args(["-o", "again.html", "--with-cover"]).current_dir(&folder);
    let output = command.output().unwrap();
    let said = succeeded(&output);
    for (source, words) in [
        (first, "uploaded  http://mmbiz.qpic.cn/"),
        (third, "takes storage quota, media-id "),
        ("data:image/png;base64,", "uploaded  http://mmbiz.qpic.cn/"),
        ("cover ", ""),
        ("stored  again.html", ""),
    ] {
        let line = said.lines().find(|line| line.starts_with(source));
        assert!(line.is_some_and(|line| line.contains(words)), "{source}: {said}");
    }
}

#[test]
fn a_picture_that_fails_loses_neither_the_others_nor_the_html() {
    let simulator = Running::start(&["--plain-http"]);
    let html = "<img src=photo-1.jpg><img src=picture.webp><img src='img/第 2 张.jpg'>";
    let folder = article("failing", html);
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    // The second upload, which is that of the third picture.
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

    // That a cover may be stored is told, too.
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/material/add_material", "fault": "lost-reply"}]}));
    let other = path_in(&folder, "other.html");
    let output = simulator.run(&["content", "prepare", &from, "-o", &other, "--with-cover"]);
    assert_fails(&output, 3, &["could not be uploaded: 1 of 3"]);
    assert!(
        stdout(&output).contains("cover   outcome-unknown: "),
        "{}",
        stdout(&output)
    );

    // Once the causes are gone, what was written is gone on with.
    std::fs::copy(fixture("thumb.jpg"), folder.join("picture.webp")).unwrap();
    let before = simulator.uploads();
    let report = simulator.ask(&["content", "prepare", &to, "-o", &path_in(&folder, "whole.html")]);
    assert_eq!(outcomes(&report), ["kept", "uploaded", "uploaded"]);
    assert_eq!(simulator.uploads(), (before.0 + 2, before.1));
}

#[test]
fn pictures_that_are_not_beside_the_article_are_left_and_named() {
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

    // People are told which, and why.
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
fn neither_html_nor_pictures_are_replaced_by_the_output_and_no_empty_file_is_left() {
    let folder = article("outputs", "<img src=photo-1.jpg>");
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    // Before anything is uploaded that could then not be told.
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
    let html = format!("\u{feff}<p>正文</p><img src=photo-1.jpg><img src=\"{}\">", data_uri());
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
    // Two pictures, and the first once more as the cover.
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
        let (key, _) = text(image, "url").rsplit_once('/').unwrap();
        assert!(content.contains(key), "{content}");
    }
    let written = std::fs::read_to_string(&to).unwrap();
    assert_eq!(written.matches("http://mmbiz.qpic.cn/").count(), 2);

    // What was written makes another draft without uploading anything, with the same cover.
    let output = simulator.run(&["draft", "add", &to, "--title", "t", "--cover-id", cover]);
    assert!(succeeded(&output).contains("media-id  "));
    assert_eq!(simulator.uploads(), (2, 1));
    // Its pictures are no material, so none of them can be a cover.
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
fn what_would_be_refused_in_the_end_costs_no_upload() {
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

    // Data takes no room in the article that is sent.
    let mut picture = std::fs::read(fixture("article.png")).unwrap();
    picture.resize(900_000, 0);
    let data = BASE64_STANDARD.encode(picture);
    std::fs::write(&huge, format!("<img src=\"data:image/png;base64,{data}\">")).unwrap();
    let added = simulator.ask(&["draft", "add", &huge, "--title", "t"]);
    assert_eq!(outcomes(&added), ["uploaded"]);
}

#[test]
fn no_draft_is_made_without_its_pictures_unless_that_is_meant() {
    let simulator = Running::start(&["--plain-http"]);
    let folder = article("missing", "<img src=photo-1.jpg><img src=picture.webp>");
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    let add = ["draft", "add", &from, "--title", "t"];
    let cover = fixture("cover.jpg");

    let output = simulator.run(&[&add[..], &["--json", "--cover", &cover, "-o", &to]].concat());
    assert_fails(
        &output,
        3,
        &["no draft was made", &to, "could not be uploaded: 1 of 2", "webp"],
    );
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
    // The cover takes quota, and was not uploaded for nothing.
    assert_eq!(simulator.uploads(), (1, 0));

    // The first picture became a cover, which takes quota: that is told.
    let output = simulator.run(&add);
    assert_fails(&output, 3, &["no draft was made", "-o OUT", "--allow-missing-pictures"]);
    let said = stdout(&output);
    assert!(
        said.contains("uploaded  http://mmbiz.qpic.cn/") && said.contains("\ncover  "),
        "{said}"
    );
    assert_eq!(simulator.ask(&["draft", "count"]), json!({"count": 0}));

    let added = simulator.ask(&[&add[..], &["--allow-missing-pictures"]].concat());
    assert_eq!(outcomes(&added), ["uploaded", "failed"]);
    assert_eq!(text(&added["warnings"][0], "severity"), "warning");
    let draft = simulator.ask(&["draft", "get", text(&added, "media_id")]);
    assert_eq!(text(&draft["articles"][0], "content").matches("<img ").count(), 1);

    // A draft that WeChat refuses has its pictures and its cover told all the same.
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/draft/add", "fault": {"errcode": {"code": 45009}}}]}));
    let output = simulator.run(&[&add[..], &["--json", "--allow-missing-pictures"]].concat());
    assert_fails(&output, 3, &["45009"]);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(report["media_id"], Value::Null);
    assert!(!text(&report["cover"], "media_id").is_empty() && outcomes(&report)[0] == "uploaded");
}

#[test]
fn files_go_and_come_back_unchanged() {
    let simulator = Running::start(&["--plain-http"]);
    let original = std::fs::read(fixture("thumb.jpg")).unwrap();

    let stored = temporary("material.jpg");
    let path = stored.to_str().unwrap();
    let thumb = simulator.ask(&["material", "upload", &fixture("thumb.jpg"), "--kind", "thumb"]);
    let got = simulator.ask(&["material", "get", text(&thumb, "media_id"), "-o", path]);
    assert_eq!(
        (text(&got["file"], "media_type"), &got["file"]["bytes"]),
        ("image/jpeg", &json!(original.len()))
    );
    assert_eq!(std::fs::read(&stored).unwrap(), original);

    let stored = temporary("media.jpg");
    let path = stored.to_str().unwrap();
    let media = simulator.ask(&["media", "upload", &fixture("thumb.jpg"), "--kind", "image"]);
    let output = simulator.run(&["media", "get", text(&media, "media_id"), "-o", path]);
    assert!(succeeded(&output).contains(path));
    assert_eq!(std::fs::read(&stored).unwrap(), original);

    let video = fixture("video.mp4");
    let video = [
        "material",
        "upload",
        &video,
        "--kind",
        "video",
        "--title",
        "短片 🎬",
        "--introduction",
        "介绍",
    ];
    let video = simulator.ask(&video);
    let video = text(&video, "media_id");
    let link = simulator.ask(&["material", "get", video]);
    assert_eq!(text(&link["video"], "title"), "短片 🎬");
    assert_fails(
        &simulator.run(&["material", "get", video, "-o", path]),
        1,
        &["not a file"],
    );

    let picture = simulator.ask(&["material", "upload", &fixture("article.png"), "--kind", "article-image"]);
    assert!(text(&picture, "url").starts_with("http") && picture["media_id"].is_null());

    let counts = json!({"image": 0, "voice": 0, "video": 1, "news": 0});
    assert_eq!(simulator.ask(&["material", "counts"]), counts);
    let list = simulator.ask(&["material", "list", "--kind", "video"]);
    assert_eq!(text(&list["items"][0], "media_id"), video);
    simulator.ask(&["material", "delete", video]);
    assert_fails(&simulator.run(&["material", "get", video]), 3, &["40007"]);
}

#[test]
fn the_account_and_its_requests() {
    let simulator = Running::start(&["--plain-http"]);
    assert_eq!(simulator.ask(&["account", "verify"]), json!({"seconds_left": 7200}));
    let token = simulator.ask(&["account", "access-token"]);
    assert!(text(&token, "value").len() > 100);
    let quota = simulator.ask(&["account", "quota", "/cgi-bin/draft/count"]);
    assert_eq!(quota["used"], 0);
    succeeded(&simulator.run(&["draft", "count"]));
    let quota = simulator.ask(&["account", "quota", "/cgi-bin/draft/count"]);
    assert_eq!(quota["used"], 1);

    let refused = simulator.run(&["--json", "draft", "get", "no-such-draft"]);
    let refused: Value = serde_json::from_str(stderr(&refused)).unwrap();
    let record = simulator.ask(&["account", "explain", text(&refused, "rid")]);
    assert!(text(&record, "request_body").contains("no-such-draft"));

    let card = simulator.ask(&["draft", "product-card", "1000000000", "--card-type", "pictures-bar"]);
    assert!(!text(&card, "product_key").is_empty());

    // Credentials of the environment are used, and refused here; the secret is not shown.
    let mut command = program();
    command.env(APP_ID, "wxfedcba9876543210").env(APP_SECRET, FAKE_SECRET);
    let output = command
        .args(["--api-base", &simulator.base, "account", "verify"])
        .output()
        .unwrap();
    assert_fails(&output, 3, &["40013"]);
    assert!(!stderr(&output).contains(FAKE_SECRET) && !stdout(&output).contains(FAKE_SECRET));
}

#[test]
fn a_running_simulator_over_tls_is_trusted_by_its_certificate_only() {
    let ca = temporary("simulator-ca.pem");
    let ca = ca.to_str().unwrap();
    let simulator = Running::start(&["--ca", ca]);
    assert!(simulator.base.starts_with("https://127.0.0.1:"), "{}", simulator.base);
    succeeded(&simulator.run(&["--trust", ca, "account", "verify"]));
    assert_fails(&simulator.run(&["account", "verify"]), 4, &["error: "]);
}

#[test]
fn the_component_is_written_as_it_is_and_compiled_ahead_of_time() {
    let written = |command: &str| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("from-cli.{command}"));
        let answer = parsed(&run(&["--json", command, "-o", path.to_str().unwrap()]));
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(answer["bytes"], bytes.len());
        bytes
    };
    assert_eq!(written("component"), std::fs::read(PLUGIN).unwrap());
    assert!(!written("precompile").is_empty());
}
