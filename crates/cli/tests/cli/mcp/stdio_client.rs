//! A client that starts the server, and talks to it over pipes.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, ExitStatus, Stdio};

use serde_json::{Value, json};

use super::protocol::{Client, Protocol, assert_no_secret};
use crate::support::{Running, program, temporary};

pub struct StdioClient {
    pub process: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    stderr: PathBuf,
    protocol: Protocol,
    /// Everything that the server wrote to stdout.
    seen: String,
    next: u64,
    /// The answer to the first request.
    pub opening: Value,
}

impl StdioClient {
    /// Starts the server with these options, and begins the conversation. Each test needs a name of its own.
    pub fn start(name: &str, protocol: Protocol, simulator: &Running, options: &[&str]) -> Self {
        let path = temporary(&format!("mcp-{name}-{protocol:?}.stderr"));
        let stderr = File::create(&path).unwrap().into();
        Self::start_with(stderr, path, protocol, simulator, options)
    }

    /// Starts the server with a pipe as stderr, which nobody reads.
    pub fn start_unread(protocol: Protocol, simulator: &Running) -> Self {
        Self::start_with(Stdio::piped(), PathBuf::new(), protocol, simulator, &[])
    }

    fn start_with(output: Stdio, stderr: PathBuf, protocol: Protocol, simulator: &Running, options: &[&str]) -> Self {
        let mut command = program();
        command.args(["--api-base", &simulator.base, "mcp"]).args(options);
        // What could make the program print more.
        command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(output);
        let mut process = command.spawn().unwrap();
        let stdin = process.stdin.take();
        let stdout = BufReader::new(process.stdout.take().unwrap());
        let mut client = Self {
            process,
            stdin,
            stdout,
            stderr,
            protocol,
            seen: String::new(),
            next: 0,
            opening: Value::Null,
        };
        let (method, params) = protocol.opening();
        client.opening = client.ask(method, params, false).0;
        if protocol == Protocol::Initialize {
            client.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        }
        client
    }

    pub fn send(&mut self, message: &Value) {
        let stdin = self.stdin.as_mut().unwrap();
        writeln!(stdin, "{message}").unwrap();
        stdin.flush().unwrap();
    }

    /// Sends a request, and returns its id.
    pub fn begin(&mut self, method: &str, params: Value, with_progress: bool) -> u64 {
        self.next += 1;
        let request = self.protocol.request(self.next, method, params, with_progress);
        self.send(&request);
        self.next
    }

    /// Reads up to the answer to this request, and returns it with the notifications before it.
    pub fn answer(&mut self, id: u64) -> (Value, Vec<Value>) {
        let mut notifications = Vec::new();
        loop {
            let message = self.read().unwrap();
            match message.get("method") {
                Some(_) => notifications.push(message),
                None => {
                    assert_eq!(message["id"], id, "{message}");
                    return (message, notifications);
                }
            }
        }
    }

    /// Reads a message: every line of stdout is one.
    pub fn read(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        self.seen += &line;
        (!line.is_empty()).then(|| serde_json::from_str(&line).unwrap_or_else(|_| panic!("no message: {line:?}")))
    }

    /// Closes stdin, as clients do at their end, and waits for the server. Returns what it wrote to stderr.
    pub fn close(mut self) -> (ExitStatus, String) {
        self.stdin = None;
        self.end()
    }

    /// Waits for the server, and returns what it wrote to stderr.
    pub fn end(mut self) -> (ExitStatus, String) {
        while self.read().is_some() {}
        let status = self.process.wait().unwrap();
        let stderr = std::fs::read_to_string(&self.stderr).unwrap();
        assert_no_secret(&self.seen);
        assert_no_secret(&stderr);
        (status, stderr)
    }
}

impl Client for StdioClient {
    fn ask(&mut self, method: &str, params: Value, with_progress: bool) -> (Value, Vec<Value>) {
        let id = self.begin(method, params, with_progress);
        self.answer(id)
    }
}

impl Drop for StdioClient {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
