//! The promise: no output of the command line shows the AppID, the secret or a token.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::json;
use wechat_simulator::{APP_ID as ID, APP_SECRET as SECRET, TOKEN_MARK};

use crate::support::{APP_ID, APP_SECRET, Running, assert_fails, fixture, program};

/// Fails if one of the secrets is in this text, plain or as the debug output of its bytes.
#[track_caller]
fn assert_absent(text: &str) {
    for secret in [ID, SECRET, TOKEN_MARK] {
        let bytes = format!("{:?}", secret.as_bytes()).replace(['[', ']'], "");
        assert!(!text.contains(secret) && !text.contains(&bytes), "{secret} in {text}");
    }
}

/// Starts a server that repeats every request in its reply, in these words, and returns its base.
fn start_parrot(words: fn(&str) -> String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    // A thread for each connection, because the client may open one that it does not use.
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            thread::spawn(move || repeat(stream, words));
        }
    });
    base
}

/// Answers one request.
fn repeat(mut stream: TcpStream, words: fn(&str) -> String) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut request = String::new();
    let mut length = 0;
    while !request.ends_with("\r\n\r\n") {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        request += &line;
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    request += &String::from_utf8_lossy(&body);
    let reply = words(&request);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close",
        reply.len()
    );
    write!(stream, "{head}\r\n\r\n{reply}").unwrap();
}

/// Returns everything that the program prints, with all settings in its environment that could make it print more.
fn printed(arguments: &[&str]) -> String {
    let mut command = program();
    command.env(APP_ID, ID).env(APP_SECRET, SECRET);
    command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full");
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.code().is_some(), "{arguments:?}");
    let printed = [output.stdout, output.stderr].concat();
    assert!(!printed.is_empty(), "{arguments:?}");
    String::from_utf8(printed).unwrap()
}

/// `account access-token` and `simulator` are left out: their purpose is to print secrets.
#[test]
fn the_command_line_shows_no_secret() {
    let page = start_parrot(|request| format!("<html>{request}</html>"));
    let refusal = start_parrot(|request| json!({ "errcode": 47001, "errmsg": request }).to_string());
    // Nobody listens at the port of a listener that is gone.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = format!("http://{nobody}");
    let (cover, webp) = (fixture("cover.jpg"), fixture("picture.webp"));
    let commands: [&[&str]; 9] = [
        &["account", "verify"],
        &["account", "quota", "/cgi-bin/draft/add"],
        &["account", "explain", "61725984-6126f6f9-040f19c4"],
        &["material", "upload", &cover, "--kind", "image"],
        &["material", "upload", &webp, "--kind", "image"],
        &["media", "get", "no-such-media"],
        &["draft", "list"],
        &["draft", "get", "no-such-draft"],
        &["publish", "submit", "no-such-draft"],
    ];
    for command in commands {
        for server in [
            &[][..],
            &["--json"],
            &["--api-base", &page],
            &["--json", "--api-base", &refusal],
            &["--api-base", &nobody],
        ] {
            assert_absent(&printed(&[command, server].concat()));
        }
    }
    assert_absent(&printed(&["--json", "--api-base", &nobody, "draft", "count"]));
    assert_absent(&printed(&["--live", "draft", "delete", "id"]));
    assert_absent(&printed(&["no-such-command"]));
}

#[test]
fn a_token_that_other_programs_use_is_not_replaced() {
    let simulator = Running::start(&["--plain-http"]);
    let token = || simulator.ask(&["account", "access-token"])["value"].clone();
    let shared = token();
    simulator.inject(&json!({"rules": [{"path": "/cgi-bin/draft/count", "fault": {"errcode": {"code": 40001}}}]}));
    let output = simulator.run(&["--no-force-token", "draft", "count"]);
    assert_fails(&output, 3, &["40001", "may-force-token"]);
    assert_eq!(token(), shared);
    assert_fails(&simulator.run(&["draft", "count"]), 3, &["40001"]);
    assert_ne!(token(), shared);
}
