//! Calls that are cancelled, and servers that are stopped: nothing is lost, and nothing done that nobody wants.

use std::net::Shutdown;
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::http_client::{HttpClient, HttpServer};
use super::protocol::{Client, Protocol};
use super::stdio_client::StdioClient;
use crate::support::{Running, data_uri, text};

const ADD: &str = "/cgi-bin/draft/add";
const GET: &str = "/cgi-bin/draft/get";
const UPLOAD: &str = "/cgi-bin/media/uploadimg";
/// Longer than any test waits.
const FOREVER: u64 = 600_000;

/// Delays the next reply of this path. The request is executed at once.
fn delay(simulator: &Running, path: &str, milliseconds: u64) {
    let fault = json!({ "delay": { "ms": milliseconds } });
    simulator.inject(&json!({ "rules": [{ "path": path, "fault": fault, "times": 1 }] }));
}

/// Waits until a request to this path has arrived.
fn wait_for(simulator: &Running, path: &str) {
    while !has_asked(simulator, path) {
        thread::sleep(Duration::from_millis(10));
    }
}

fn has_asked(simulator: &Running, path: &str) -> bool {
    simulator.requests().iter().any(|request| text(request, "path") == path)
}

fn draft() -> Value {
    let html = format!("<p>Hello.</p><img src=\"{}\">", data_uri());
    json!({ "name": "create-draft", "arguments": { "article": { "title": "Hello", "html": html } } })
}

fn cancel(client: &mut StdioClient, id: u64) {
    let params = json!({ "requestId": id, "reason": "changed my mind" });
    client.send(&json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": params }));
}

fn terminate(process: &Child) {
    let status = Command::new("kill")
        .args(["-s", "TERM", &process.id().to_string()])
        .status();
    assert!(status.unwrap().success());
}

#[test]
fn a_cancelled_call_that_only_reads_ends_at_once() {
    for protocol in Protocol::BOTH {
        let simulator = Running::start(&["--plain-http"]);
        let mut client = StdioClient::start("cancel-read", protocol, &simulator, &[]);
        delay(&simulator, GET, FOREVER);
        let get = json!({ "name": "get-draft", "arguments": { "media_id": "M" } });
        let id = client.begin("tools/call", get, false);
        wait_for(&simulator, GET);
        cancel(&mut client, id);
        // The next call has an instance of its own.
        assert_eq!(client.done("list-drafts", json!({}))["total"], 0);
        let (status, stderr) = client.close();
        assert_eq!(status.code(), Some(0));
        assert!(
            stderr.contains("get-draft: interrupted ") && !stderr.contains("may be stored"),
            "{stderr}"
        );
    }
}

#[test]
fn a_call_that_is_cancelled_during_its_uploads_makes_no_draft() {
    let simulator = Running::start(&["--plain-http"]);
    let mut client = StdioClient::start("cancel-upload", Protocol::Initialize, &simulator, &[]);
    delay(&simulator, UPLOAD, 500);
    let id = client.begin("tools/call", draft(), false);
    wait_for(&simulator, UPLOAD);
    cancel(&mut client, id);
    let (status, stderr) = client.close();
    assert_eq!(status.code(), Some(0));
    assert!(
        stderr.contains("create-draft: interrupted ") && stderr.contains("cancelled"),
        "{stderr}"
    );
    assert!(stderr.contains("pictures may be stored"), "{stderr}");
    assert!(!has_asked(&simulator, ADD));
}

#[test]
fn a_client_that_closes_its_connection_cancels_its_call() {
    let simulator = Running::start(&["--plain-http"]);
    let server = HttpServer::start("http-cancel", &simulator, &[]);
    delay(&simulator, UPLOAD, 500);
    let connection = HttpClient::connect(&server, Protocol::Stateless).begin("tools/call", draft(), false);
    wait_for(&simulator, UPLOAD);
    connection.shutdown(Shutdown::Both).unwrap();
    while !server.stderr().contains("interrupted") {
        thread::sleep(Duration::from_millis(10));
    }
    terminate(&server.process);
    let (status, stderr) = server.end();
    assert_eq!(status.code(), Some(0), "{stderr}");
    assert!(stderr.contains("the client cancelled the call"), "{stderr}");
    assert!(!has_asked(&simulator, ADD));
}

#[test]
fn a_call_that_fails_after_its_uploads_says_what_may_be_stored() {
    let simulator = Running::start(&["--plain-http"]);
    let mut client = StdioClient::start("failed-add", Protocol::Initialize, &simulator, &[]);
    simulator.inject(&json!({ "rules": [{ "path": ADD, "fault": { "errcode": { "code": 45009 } }, "times": 1 }] }));
    let error = client.refused("create-draft", draft()["arguments"].clone());
    assert_eq!(error["errcode"], 45009);
    assert!(text(&error, "message").ends_with("pictures may be stored."), "{error}");
    assert_eq!(client.close().0.code(), Some(0));
}

#[test]
fn a_change_under_way_is_brought_to_its_end() {
    for protocol in Protocol::BOTH {
        let simulator = Running::start(&["--plain-http"]);
        let mut client = StdioClient::start("cancel-change", protocol, &simulator, &[]);
        delay(&simulator, ADD, 500);
        let id = client.begin("tools/call", draft(), false);
        wait_for(&simulator, ADD);
        cancel(&mut client, id);
        let (status, stderr) = client.close();
        assert_eq!(status.code(), Some(0));
        // The client has no answer, but the operator has the id of the draft.
        assert!(stderr.contains("create-draft: done "), "{stderr}");
        assert!(has_asked(&simulator, GET));
    }
}

#[test]
fn a_server_that_is_stopped_answers_the_calls_that_run() {
    let simulator = Running::start(&["--plain-http"]);
    let mut client = StdioClient::start("stop", Protocol::Initialize, &simulator, &[]);
    delay(&simulator, ADD, 1_000);
    let adding = client.begin("tools/call", draft(), false);
    wait_for(&simulator, ADD);
    terminate(&client.process);
    let (answer, _) = client.answer(adding);
    assert_eq!(answer["result"]["isError"], false, "{answer}");
    let (status, stderr) = client.end();
    assert_eq!(status.code(), Some(0), "{stderr}");

    let mut client = StdioClient::start("stop-read", Protocol::Initialize, &simulator, &[]);
    delay(&simulator, GET, FOREVER);
    let before = simulator.requests().len();
    let get = json!({ "name": "get-draft", "arguments": { "media_id": "M" } });
    let reading = client.begin("tools/call", get, false);
    while simulator
        .requests()
        .iter()
        .skip(before)
        .all(|request| text(request, "path") != GET)
    {
        thread::sleep(Duration::from_millis(10));
    }
    terminate(&client.process);
    let (answer, _) = client.answer(reading);
    assert_eq!(text(&answer["result"]["structuredContent"], "kind"), "interrupted");
    assert_eq!(client.end().0.code(), Some(0));
}

#[test]
fn a_server_whose_stderr_nobody_reads_answers_and_ends() {
    let simulator = Running::start(&["--plain-http"]);
    for (changes, code) in [(false, 0), (true, 143)] {
        let mut client = StdioClient::start_unread(Protocol::Initialize, &simulator);
        // More than the pipe and the lines that wait for it hold.
        let unknown = "x".repeat(150);
        for _ in 0..2_000 {
            let error = client.refused("get-draft", json!({ &unknown: 1 }));
            assert_eq!(text(&error, "kind"), "invalid-input");
        }
        if changes {
            delay(&simulator, ADD, FOREVER);
            client.begin("tools/call", draft(), false);
            wait_for(&simulator, ADD);
        }
        terminate(&client.process);
        assert_eq!(client.process.wait().unwrap().code(), Some(code));
    }
}

#[test]
fn a_change_whose_answer_does_not_come_is_told_as_open() {
    let simulator = Running::start(&["--plain-http"]);
    let mut client = StdioClient::start("stop-doubt", Protocol::Initialize, &simulator, &[]);
    delay(&simulator, ADD, FOREVER);
    client.begin("tools/call", draft(), false);
    wait_for(&simulator, ADD);
    terminate(&client.process);
    let (status, stderr) = client.end();
    assert_eq!(status.code(), Some(143), "{stderr}");
    assert!(
        stderr.contains("stopped by SIGTERM") && stderr.contains("may have been done"),
        "{stderr}"
    );
}

#[test]
fn the_http_server_ends_by_a_signal_after_its_calls() {
    for protocol in Protocol::BOTH {
        let simulator = Running::start(&["--plain-http"]);
        let server = HttpServer::start(&format!("http-stop-{protocol:?}"), &simulator, &[]);
        delay(&simulator, ADD, 1_000);
        thread::scope(|scope| {
            let call = scope.spawn(|| {
                HttpClient::connect(&server, protocol)
                    .ask("tools/call", draft(), false)
                    .0
            });
            wait_for(&simulator, ADD);
            terminate(&server.process);
            let answer = call.join().unwrap();
            assert_eq!(answer["result"]["isError"], false, "{answer}");
        });
        let (status, stderr) = server.end();
        assert_eq!(status.code(), Some(0), "{stderr}");
    }
}
