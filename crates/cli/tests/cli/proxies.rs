//! The promise: `--live` uses the environment's proxy and the system's certificates, and simulators are reached
//! directly.

use std::io::{BufRead, BufReader, Write, copy};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use wechat_simulator::{APP_ID as ID, APP_SECRET as SECRET};

use crate::support::{APP_ID, APP_SECRET, Running, assert_fails, program, stderr, stdout, succeeded, temporary};

/// Starts a proxy that leads every tunnel to this address, and returns its own.
fn start_proxy(upstream: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let upstream = upstream.to_owned();
    thread::spawn(move || {
        for client in listener.incoming() {
            tunnel(client.unwrap(), TcpStream::connect(&upstream).unwrap());
        }
    });
    address
}

fn tunnel(mut client: TcpStream, server: TcpStream) {
    let head = BufReader::new(client.try_clone().unwrap()).lines();
    let head: Vec<String> = head.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let status = match head[0].as_str() {
        "CONNECT api.weixin.qq.com:443 HTTP/1.1" => "200 OK",
        _ => "403 Forbidden",
    };
    write!(client, "HTTP/1.1 {status}\r\n\r\n").unwrap();
    for (mut from, mut to) in [
        (client.try_clone().unwrap(), server.try_clone().unwrap()),
        (server, client),
    ] {
        thread::spawn(move || {
            let _ = copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Both);
        });
    }
}

/// Makes a command with the simulator's credentials, and with no variable about proxies and certificates.
fn live() -> Command {
    let mut command = program();
    for name in ["https_proxy", "http_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_ascii_uppercase());
    }
    command.env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR");
    command.env(APP_ID, ID).env(APP_SECRET, SECRET).arg("--live");
    command
}

#[test]
fn live_calls_go_through_the_environment_s_proxy_with_the_system_s_certificates() {
    let root = temporary("proxy-root.pem");
    let simulator = Running::start(&["--ca", root.to_str().unwrap()]);
    let proxy = start_proxy(simulator.base.rsplit_once('/').unwrap().1);
    let url = format!("http://canary-user:canary@{proxy}");
    for name in ["HTTPS_PROXY", "all_proxy"] {
        let output = live()
            .args(["draft", "count"])
            .env(name, &url)
            .env("SSL_CERT_FILE", &root)
            .output()
            .unwrap();
        succeeded(&output);
        // Without its authority, the same server is not trusted.
        let output = live().args(["draft", "count"]).env(name, &url).output().unwrap();
        assert_fails(&output, 4, &["issuer is not trusted"]);
    }
    // A simulator is on this machine, and no proxy has a way to that.
    let mut command = program();
    command
        .env("HTTPS_PROXY", "http://127.0.0.1:1")
        .env("HTTP_PROXY", "http://127.0.0.1:1");
    let root = root.to_str().unwrap();
    let output = command.args(["--api-base", &simulator.base, "--trust", root, "draft", "count"]);
    succeeded(&output.output().unwrap());
}

#[test]
fn a_proxy_that_is_of_no_use_is_told_without_its_password() {
    for (url, words) in [
        (
            "http://canary-user:canary@127.0.0.1:1",
            "the proxy http://127.0.0.1:1 can't be reached",
        ),
        (
            "socks5://canary-user:canary@127.0.0.1:1",
            "HTTPS_PROXY is a SOCKS proxy",
        ),
    ] {
        let output = live()
            .args(["account", "verify"])
            .env("HTTPS_PROXY", url)
            .output()
            .unwrap();
        assert_ne!(output.status.code(), Some(0));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        assert!(!stderr(&output).contains("canary") && !stdout(&output).contains("canary"));
    }
}

#[test]
fn certificates_that_somebody_named_are_not_passed_over() {
    let output = live()
        .args(["draft", "count"])
        .env("HTTPS_PROXY", "http://127.0.0.1:1")
        .env("SSL_CERT_FILE", "/nonexistent/roots.pem")
        .output()
        .unwrap();
    assert_fails(&output, 1, &["SSL_CERT_FILE", "/nonexistent/roots.pem"]);
}
