//! The promise: what was done is told, even if an output stream can't be written or a signal stops the program, and no
//! output can end it early or steer the terminal.
#![cfg(target_os = "linux")]

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

use crate::support::{Running, article, assert_fails, fixture, path_in, program, run, stderr, stdout, text, written};

/// Opens a device on which every write fails, as on a full disk.
fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap()
}

/// Returns a stream whose reader is gone.
fn broken_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

/// Makes the file of an article with a cover, on this simulator.
fn article_on(simulator: &Running, name: &str) -> String {
    let cover = simulator.ask(&["material", "upload", &fixture("cover.jpg"), "--kind", "image"]);
    let news = json!({"type": "news", "title": "标题", "content": "<p>正<script></script></p>",
        "thumb_media_id": text(&cover, "media_id")});
    written(name, &news)
}

impl Running {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.args(["--api-base", &self.base]).args(arguments);
        command
    }

    fn drafts(&self) -> u64 {
        self.ask(&["draft", "count"])["count"].as_u64().unwrap()
    }
}

/// Runs a command with a stderr that can't be written. Its exit code must be the same as always.
#[track_caller]
fn assert_stderr_is_of_no_account(mut command: impl FnMut() -> Command, code: i32) {
    let others: [fn() -> Stdio; 2] = [|| full().into(), broken_pipe];
    for stream in others {
        let output = command().stderr(stream()).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{}", stdout(&output));
    }
    // A stream that is closed.
    let original = command();
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec \"$@\" 2>&-", "sh"]).arg(original.get_program());
    shell.args(original.get_args());
    assert_eq!(shell.output().unwrap().status.code(), Some(code));
}

#[test]
fn a_stderr_that_cannot_be_written_changes_nothing() {
    // Before the component is loaded.
    for (arguments, code) in [
        (["no-such-command"].as_slice(), 2),
        (&["--help"], 0),
        (&["draft", "check", "/no/such.json"], 2),
        (&["--json", "draft", "check", "/no/such.json"], 2),
        (&["--live", "account", "verify"], 2),
    ] {
        let command = || {
            let mut command = program();
            command.args(arguments);
            command
        };
        assert_stderr_is_of_no_account(command, code);
    }
    let simulator = Running::start(&["--plain-http"]);
    assert_stderr_is_of_no_account(|| simulator.command(&["draft", "get", "no-such"]), 3);
    // With a warning before, and a picture that fails in the middle.
    let path = article_on(&simulator, "stderr.json");
    assert_stderr_is_of_no_account(|| simulator.command(&["draft", "add", &path]), 0);
    assert_eq!(simulator.drafts(), 3);
    let folder = article(
        "stderr",
        "<img src=photo-1.jpg><img src=picture.webp><img src=gone.jpg>",
    );
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    assert_stderr_is_of_no_account(|| simulator.command(&["content", "prepare", &from, "-o", &to]), 3);
    assert!(fs::read_to_string(&to).unwrap().contains("mmbiz.qpic.cn"));
}

#[test]
fn what_was_done_goes_to_stderr_if_stdout_fails() {
    let simulator = Running::start(&["--plain-http"]);
    let path = article_on(&simulator, "stdout.json");
    let streams: [fn() -> Stdio; 2] = [|| full().into(), broken_pipe];
    for (made, stream) in streams.into_iter().enumerate() {
        let add = |json: &[&str]| {
            let mut command = simulator.command(&["draft", "add", &path]);
            command.args(json).stdout(stream()).output().unwrap()
        };
        let output = add(&[]);
        assert_fails(&output, 1, &["it was done", "stdout can't be written"]);
        let id = stderr(&output).lines().find_map(|line| line.strip_prefix("media-id  "));
        simulator.ask(&["draft", "get", id.unwrap()]);

        let output = add(&["--json"]);
        assert_fails(&output, 1, &[]);
        let error: Value = serde_json::from_str(stderr(&output)).unwrap();
        simulator.ask(&["draft", "get", text(&error["result"], "media_id")]);
        assert_eq!(simulator.drafts(), 2 * (made as u64 + 1));
    }
    for (arguments, key) in [
        (
            ["material", "upload", &fixture("cover.jpg"), "--kind", "image"],
            "media_id",
        ),
        (
            ["material", "upload", &fixture("article.png"), "--kind", "article-image"],
            "url",
        ),
        (
            ["media", "upload", &fixture("thumb.jpg"), "--kind", "image"],
            "media_id",
        ),
    ] {
        let output = simulator
            .command(&arguments)
            .arg("--json")
            .stdout(full())
            .output()
            .unwrap();
        assert_fails(&output, 1, &[]);
        let error: Value = serde_json::from_str(stderr(&output)).unwrap();
        assert!(!text(&error["result"], key).is_empty());
    }
    // The error of the work itself has precedence.
    let folder = article("stdout", "<img src=photo-1.jpg><img src=picture.webp>");
    let (from, to) = (path_in(&folder, "article.html"), path_in(&folder, "out.html"));
    let mut command = simulator.command(&["--json", "content", "prepare", &from, "-o", &to]);
    let output = command.stdout(full()).output().unwrap();
    assert_fails(&output, 3, &[]);
    let error: Value = serde_json::from_str(stderr(&output)).unwrap();
    assert_eq!(text(&error, "kind"), "file-rejected");
    assert_eq!(text(&error["result"]["images"][0], "outcome"), "uploaded");

    // A list can be had again, so a reader that is gone is no error.
    let output = simulator
        .command(&["draft", "list"])
        .stdout(broken_pipe())
        .output()
        .unwrap();
    assert_fails(&output, 0, &[]);
    let output = simulator.command(&["draft", "list"]).stdout(full()).output().unwrap();
    assert_fails(&output, 1, &["cannot write to stdout"]);
    let output = program().arg("--help").stdout(full()).output().unwrap();
    assert_fails(&output, 1, &["cannot write to stdout"]);
}

/// A command that is running.
struct Started {
    process: Child,
    stderr: BufReader<std::process::ChildStderr>,
}

impl Started {
    fn new(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(process.stderr.take().unwrap());
        Self { process, stderr }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stderr.read_line(&mut line).unwrap();
        line
    }

    fn signal(&self, signal: &str) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", signal, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits for the end, and returns the output without the lines that were read.
    fn end(mut self) -> Output {
        let mut rest = Vec::new();
        self.stderr.read_to_end(&mut rest).unwrap();
        let mut output = self.process.wait_with_output().unwrap();
        output.stderr = rest;
        output
    }
}

#[test]
fn a_signal_during_the_wait_loses_no_publish_id() {
    let simulator = Running::start(&["--plain-http"]);
    let path = article_on(&simulator, "signal.json");
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/freepublish/get", "fault": {"delay": {"ms": 60_000}}}]}));
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let draft = simulator.ask(&["draft", "add", &path]);
        let submit = ["publish", "submit", text(&draft, "media_id"), "--wait"];
        let mut started = Started::new(simulator.command(&[&["--json"], &submit[..]].concat()));
        // Programs learn the id before the wait.
        let line: Value = serde_json::from_str(&started.line()).unwrap();
        assert_eq!(text(&line, "status"), "submitted");
        started.signal(signal);
        let output = started.end();
        assert_fails(&output, code, &[]);
        let document: Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(text(&document, "publish_id"), text(&line, "publish_id"));
        let error: Value = serde_json::from_str(stderr(&output)).unwrap();
        assert_eq!(
            (text(&error, "kind"), &error["exit_code"]),
            ("interrupted", &json!(code))
        );
        assert!(text(&error, "message").contains(signal));
    }
}

#[test]
fn a_signal_during_an_unsafe_call_waits_for_the_reply_or_tells_the_doubt() {
    let simulator = Running::start(&["--plain-http"]);
    let path = article_on(&simulator, "doubt.json");
    let token = simulator.token();
    // Half of the time that the reply is awaited, and more than any.
    for (delay, code) in [(2_500, 0), (60_000, 143)] {
        let rule = json!({"path": "/cgi-bin/draft/add", "fault": {"delay": {"ms": delay}}, "times": 1});
        simulator.inject(&json!({"rules": [rule]}));
        let before = simulator.calls(&token, "/cgi-bin/draft/add");
        let mut started = Started::new(simulator.command(&["draft", "add", &path, "--no-read-back"]));
        // The warning comes before the draft is made.
        assert!(started.line().contains("warning"));
        simulator.wait_for_call(&token, "/cgi-bin/draft/add", before);
        started.signal("TERM");
        let output = started.end();
        match code {
            0 => assert!(stdout(&output).contains("media-id  ")),
            _ => assert_fails(
                &output,
                code,
                &["SIGTERM", "the draft may have been made", "draft list"],
            ),
        }
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
    }
}

#[test]
fn after_a_signal_no_further_unsafe_call_starts() {
    let simulator = Running::start(&["--plain-http"]);
    let token = simulator.token();
    let folder = article("signal-upload", "<p>正文<img src=photo-1.jpg></p>");
    let (from, cover) = (path_in(&folder, "article.html"), fixture("cover.jpg"));
    let add = ["--json", "draft", "add", &from, "--title", "标题", "--cover", &cover];
    let (pictures, material) = ("/cgi-bin/media/uploadimg", "/cgi-bin/material/add_material");
    for (delayed, options) in [(pictures, &[][..]), (material, &["-o", "-"])] {
        let rule = json!({"path": delayed, "fault": {"delay": {"ms": 2_500}}, "times": 1});
        simulator.inject(&json!({"rules": [rule]}));
        let (before, covers) = (simulator.calls(&token, delayed), simulator.calls(&token, material));
        let started = Started::new(simulator.command(&[&add[..], options].concat()));
        simulator.wait_for_call(&token, delayed, before);
        started.signal("INT");
        let output = started.end();
        assert_fails(&output, 130, &["\"interrupted\"", "stopped by SIGINT\""]);
        // The last line of stderr is the error. The document is before it if stdout has the HTML.
        let document = match options {
            [] => stdout(&output),
            _ => stderr(&output).trim_end().rsplit_once('\n').unwrap().0,
        };
        let document: Value = serde_json::from_str(document).unwrap();
        assert_eq!(text(&document["images"][0], "outcome"), "uploaded");
        assert_eq!(document["media_id"], Value::Null);
        let has_cover = delayed == material;
        assert_eq!(document["cover"]["media_id"].is_string(), has_cover, "{document}");
        assert_eq!(simulator.calls(&token, material) - covers, u64::from(has_cover));
        if has_cover {
            let html = stdout(&output);
            assert!(html.starts_with("<p>正文<img") && html.ends_with("</p>"), "{html}");
        }
    }
    assert_eq!(simulator.drafts(), 0);
}

#[test]
fn a_signal_between_pictures_keeps_those_that_were_uploaded() {
    let simulator = Running::start(&["--plain-http"]);
    let token = simulator.token();
    let folder = article(
        "signal-pictures",
        "<img src=photo-1.jpg><p>正文<img src='img/第 2 张.jpg'></p>",
    );
    let (from, cache) = (path_in(&folder, "article.html"), path_in(&folder, "cache.json"));
    let path = "/cgi-bin/media/uploadimg";
    let uploads = || simulator.calls(&token, path);
    let stop_during_the_first = |arguments: &[&str]| {
        let rule = json!({"path": path, "fault": {"delay": {"ms": 2_500}}, "times": 1});
        simulator.inject(&json!({"rules": [rule]}));
        let before = uploads();
        let started = Started::new(simulator.command(&[&["--json"], arguments].concat()));
        simulator.wait_for_call(&token, path, before);
        started.signal("TERM");
        let output = started.end();
        assert_eq!(uploads() - before, 1, "no other upload begins");
        assert_fails(&output, 143, &["\"interrupted\"", "stopped by SIGTERM\""]);
        let document: Value = serde_json::from_str(stdout(&output)).unwrap();
        let images = document["images"].as_array().unwrap().clone();
        assert_eq!(images.len(), 1, "{document}");
        assert_eq!(text(&images[0], "outcome"), "uploaded");
        text(&images[0], "url").to_owned()
    };

    // The HTML that was written has the first one, and a second run sends the other.
    let prepared = path_in(&folder, "prepared.html");
    let url = stop_during_the_first(&["content", "prepare", &from, "-o", &prepared]);
    // An ampersand in an address has two spellings.
    let address = url.split('&').next().unwrap();
    let html = fs::read_to_string(&prepared).unwrap();
    assert!(html.contains(address) && html.contains("第 2 张"), "{html}");
    let before = uploads();
    simulator.ask(&["content", "prepare", &prepared, "-o", &path_in(&folder, "whole.html")]);
    assert_eq!(uploads() - before, 1);

    // So does the cache.
    let add = ["draft", "add", &from, "--title", "标题", "--cache", &cache];
    stop_during_the_first(&add);
    let before = uploads();
    simulator.ask(&add);
    assert_eq!((uploads() - before, simulator.drafts()), (1, 1));
}

#[test]
fn a_program_that_ignores_hangups_is_not_stopped_by_one() {
    let simulator = Running::start(&["--plain-http"]);
    let path = article_on(&simulator, "nohup.json");
    let draft = simulator.ask(&["draft", "add", &path]);
    simulator.inject(&json!({"rules": [
        {"path": "/cgi-bin/freepublish/get", "fault": {"delay": {"ms": 3_000}}, "times": 1},
    ]}));
    let original = simulator.command(&["--json", "publish", "submit", text(&draft, "media_id"), "--wait"]);
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "trap '' HUP; exec \"$@\"", "sh"])
        .arg(original.get_program());
    shell.args(original.get_args());
    let mut started = Started::new(shell);
    started.line();
    started.signal("HUP");
    let output = started.end();
    assert_fails(&output, 0, &[]);
    let document: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(text(&document["outcome"], "status"), "published");
}

#[test]
fn nothing_that_is_printed_steers_the_terminal() {
    let is_unsafe = |character: char| character != '\n' && character.is_control() || character == '\u{202e}';
    let evil = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{7f}";
    let simulator = Running::start(&["--plain-http"]);
    let folder = article("evil", &format!("<img src=\"{evil}.jpg\"><img src=photo-1.jpg>"));
    let picture = path_in(&folder, &format!("{evil}.png"));
    fs::copy(fixture("article.png"), &picture).unwrap();
    let (from, out) = (
        path_in(&folder, "article.html"),
        path_in(&folder, &format!("{evil}.html")),
    );
    let none = format!("{evil}.json");
    for arguments in [
        [evil].as_slice(),
        &["material", "upload", &picture, "--kind", evil],
        &["material", "upload", &picture, "--kind", "voice"],
        &["draft", "check", &none],
        &["draft", "get", evil],
        &["account", "quota", evil],
        &["content", "prepare", &from, "-o", &out],
        &[
            "draft",
            "add",
            &from,
            "--title",
            evil,
            "--cover",
            &picture,
            "--allow-missing-pictures",
        ],
        &["draft", "list"],
        &["material", "list", "--kind", "image"],
    ] {
        for json in [&[][..], &["--json"]] {
            let output = simulator.run(&[json, arguments].concat());
            for stream in [stdout(&output), stderr(&output)] {
                assert!(!stream.contains(is_unsafe), "{arguments:?}: {stream:?}");
            }
        }
    }
    assert!(stderr(&run(&["draft", "check", &none])).contains("\\u{1b}]0;x"));
}

/// Runs a program in a terminal, and returns everything that came there. `script` is a part of util-linux.
fn in_terminal(command: &Command) -> String {
    let quoted = |text: &std::ffi::OsStr| format!("'{}'", text.to_str().unwrap());
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line = words.map(quoted).collect::<Vec<_>>().join(" ");
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .stdin(Stdio::null())
        .output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

#[test]
fn the_progress_bar_shows_no_escape_of_a_file_name() {
    if Command::new("script").arg("--version").output().is_err() {
        // Not on every system; the function that cleans has tests of its own.
        return;
    }
    let folder = article("progress", "");
    let picture = path_in(&folder, "\u{1b}]0;stolen\u{7}.png");
    fs::copy(fixture("article.png"), &picture).unwrap();
    let simulator = Running::start(&["--plain-http"]);
    simulator.inject(&json!({"rules": [
        {"path": "/cgi-bin/material/add_material", "fault": {"delay": {"ms": 1_000}}, "times": 1},
    ]}));
    let printed = in_terminal(&simulator.command(&["material", "upload", &picture, "--kind", "image"]));
    assert!(printed.contains("uploading \\u{1b}]0;stolen\\u{7}.png"), "{printed:?}");
    assert!(!printed.contains("\u{1b}]0;"), "{printed:?}");
}
