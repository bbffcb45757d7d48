//! The program, and a simulator that it talks to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

pub const APP_ID: &str = "WECHAT_APP_ID";
pub const APP_SECRET: &str = "WECHAT_APP_SECRET";
pub const FAKE_SECRET: &str = "fedcba9876543210fedcba9876543210";

/// The variables that choose the language.
pub const LANGUAGE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// Makes a command of the program without WeChat's variables in its environment, and without a language.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wechat-oa"));
    for variable in [APP_ID, APP_SECRET].iter().chain(&LANGUAGE) {
        command.env_remove(variable);
    }
    command
}

pub fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// Runs the program with credentials that WeChat does not know.
pub fn run_live(arguments: &[&str]) -> Output {
    let mut command = program();
    command.env(APP_ID, "wxfedcba9876543210").env(APP_SECRET, FAKE_SECRET);
    command.arg("--live").args(arguments).output().unwrap()
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// Returns the output of a command that must succeed.
#[track_caller]
pub fn succeeded(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(output), stderr(output));
    assert_eq!(stderr(output), "");
    stdout(output)
}

#[track_caller]
pub fn parsed(output: &Output) -> Value {
    serde_json::from_str(succeeded(output)).unwrap()
}

/// Fails unless a command failed with this exit code, and with these words on stderr.
#[track_caller]
pub fn assert_fails(output: &Output, code: i32, words: &[&str]) {
    assert_eq!(output.status.code(), Some(code), "{}{}", stdout(output), stderr(output));
    for word in words {
        assert!(stderr(output).contains(word), "no {word:?} in {}", stderr(output));
    }
}

pub fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../host-test/fixtures")
        .join(name);
    path.to_str().unwrap().to_owned()
}

/// Returns the path of a temporary file. Each test needs a name of its own.
pub fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

pub fn written(name: &str, json: &Value) -> String {
    let path = temporary(name);
    std::fs::write(&path, json.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Makes a temporary folder with an article of this HTML, and pictures. Each test needs a name of its own.
pub fn article(name: &str, html: &str) -> PathBuf {
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

/// Returns the path of a file in a folder.
pub fn path_in(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

/// Makes a FIFO.
#[cfg(unix)]
pub fn make_fifo(path: &str) {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

/// Returns a picture as a `data:` URI.
pub fn data_uri() -> String {
    let png = std::fs::read(fixture("article.png")).unwrap();
    format!("data:image/png;base64,{}", BASE64_STANDARD.encode(png))
}

/// A running `wechat-oa simulator`.
pub struct Running {
    process: Child,
    pub base: String,
}

impl Running {
    pub fn start(options: &[&str]) -> Self {
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

    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut all = vec!["--api-base", &self.base];
        all.extend(arguments);
        run(&all)
    }

    #[track_caller]
    pub fn ask(&self, arguments: &[&str]) -> Value {
        let mut all = vec!["--json"];
        all.extend(arguments);
        parsed(&self.run(&all))
    }

    /// Adds faults (see the simulator's `--help`).
    pub fn inject(&self, faults: &Value) {
        self.post("/__faults", faults);
    }

    /// Removes all faults.
    pub fn remove_faults(&self) {
        self.exchange("DELETE", "/__faults", "");
    }

    /// Returns all requests so far, and if they were executed.
    pub fn requests(&self) -> Vec<Value> {
        let log: Value = serde_json::from_str(&self.exchange("GET", "/__requests", "")).unwrap();
        log["requests"].as_array().unwrap().clone()
    }

    /// Makes a request without the program, which takes seconds to start, and returns the reply's body.
    pub fn post(&self, path: &str, json: &Value) -> String {
        self.exchange("POST", path, &json.to_string())
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> String {
        let address = self.base.strip_prefix("http://").unwrap();
        let mut connection = TcpStream::connect(address).unwrap();
        let length = body.len();
        let head =
            format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\nconnection: close");
        write!(connection, "{head}\r\ncontent-type: application/json\r\n\r\n{body}").unwrap();
        let mut reply = String::new();
        connection.read_to_string(&mut reply).unwrap();
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        reply.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// Returns an access token for requests without the program. Those of the program have the same.
    pub fn token(&self) -> String {
        text(&self.ask(&["account", "access-token"]), "value").to_owned()
    }

    /// Waits until one more call of this path was executed than this number, although its reply may be delayed.
    pub fn wait_for_call(&self, token: &str, path: &str, before: u64) {
        while self.calls(token, path) <= before {
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Returns how many calls of this path were executed.
    pub fn calls(&self, token: &str, path: &str) -> u64 {
        let quota = format!("/cgi-bin/openapi/quota/get?access_token={token}");
        let reply: Value = serde_json::from_str(&self.post(&quota, &json!({ "cgi_path": path }))).unwrap();
        reply["quota"]["used"].as_u64().unwrap()
    }

    /// Returns the numbers of pictures uploaded for articles and as permanent material.
    #[track_caller]
    pub fn uploads(&self) -> (u64, u64) {
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
pub fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("no text {field} in {value}"))
}
