//! A client of the server over HTTP, by hand: one connection for each request.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ExitStatus, Stdio};

use serde_json::{Value, json};

use super::protocol::{BEARER, Client, Protocol, assert_no_secret};
use crate::support::{Running, program, temporary};

/// A running `mcp --http`.
pub struct HttpServer {
    pub process: Child,
    pub address: String,
    stderr: PathBuf,
    /// What the server printed before it served.
    greeting: String,
}

impl HttpServer {
    /// Starts the server at a free port. Each test needs a name of its own.
    pub fn start(name: &str, simulator: &Running, options: &[&str]) -> Self {
        let stderr = temporary(&format!("mcp-{name}.stderr"));
        let mut command = program();
        command.args(["--api-base", &simulator.base, "mcp", "--http", "127.0.0.1:0"]);
        command
            .args(options)
            .env("WECHAT_MCP_TOKEN", BEARER)
            .env("RUST_LOG", "trace");
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        command.stderr(File::create(&stderr).unwrap());
        let mut process = command.spawn().unwrap();
        let mut greeting = String::new();
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        stdout.read_line(&mut greeting).unwrap();
        let url = greeting.trim_end().strip_prefix("listening on http://");
        let address = url.and_then(|url| url.strip_suffix("/mcp"));
        let address = address
            .unwrap_or_else(|| panic!("the first line is {greeting:?}"))
            .to_owned();
        Self {
            process,
            address,
            stderr,
            greeting,
        }
    }

    /// Sends a request with these headers besides `Host`.
    fn send(&self, start: &str, host: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut connection = TcpStream::connect(&self.address).unwrap();
        let mut head = format!("{start} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        write!(connection, "{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
        connection
    }

    /// Makes a request with these headers besides `Host`, and returns the status, the head and the body of the reply.
    pub fn exchange(&self, start: &str, host: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        receive(self.send(start, host, headers, body))
    }

    /// Returns what the server has written to stderr.
    pub fn stderr(&self) -> String {
        std::fs::read_to_string(&self.stderr).unwrap()
    }

    /// Waits for the end of the server, and returns what it wrote to stderr.
    pub fn end(mut self) -> (ExitStatus, String) {
        let status = self.process.wait().unwrap();
        let stderr = self.stderr();
        assert_no_secret(&self.greeting);
        assert_no_secret(&stderr);
        (status, stderr)
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub struct Reply {
    /// In lower case.
    pub head: String,
    pub body: String,
}

impl Reply {
    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// Returns the messages of a reply in JSON, or of a stream of events.
    fn messages(&self) -> Vec<Value> {
        match self.header("content-type") {
            Some("application/json") => vec![serde_json::from_str(&self.body).unwrap()],
            _ => {
                let data = self.body.lines().filter_map(|line| line.strip_prefix("data: "));
                // A stream begins with an event that has an id and no message.
                data.filter(|data| !data.is_empty())
                    .map(|data| serde_json::from_str(data).unwrap())
                    .collect()
            }
        }
    }
}

/// Reads the reply to the end of the connection.
fn receive(mut connection: TcpStream) -> Reply {
    let mut reply = Vec::new();
    connection.read_to_end(&mut reply).unwrap();
    let reply = String::from_utf8(reply).unwrap();
    assert_no_secret(&reply);
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    let body = match head.contains("transfer-encoding: chunked") {
        true => unchunked(body),
        false => body.to_owned(),
    };
    assert_no_secret(&body);
    Reply { head, body }
}

fn unchunked(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        whole += &rest[..size];
        body = rest[size..].strip_prefix("\r\n").unwrap();
    }
    whole
}

/// A client with a conversation of its own.
pub struct HttpClient<'a> {
    pub server: &'a HttpServer,
    protocol: Protocol,
    session: Option<String>,
    next: u64,
}

impl<'a> HttpClient<'a> {
    pub fn connect(server: &'a HttpServer, protocol: Protocol) -> Self {
        let mut client = Self {
            server,
            protocol,
            session: None,
            next: 0,
        };
        let (method, params) = protocol.opening();
        let (answer, _) = client.ask(method, params, false);
        assert!(answer.get("error").is_none(), "{answer}");
        if protocol == Protocol::Initialize {
            assert!(client.session.is_some());
            let connection = client.send(
                "notifications/initialized",
                "",
                &json!({
                    "jsonrpc": "2.0", "method": "notifications/initialized"
                }),
            );
            let reply = receive(connection);
            assert_eq!(reply.status(), 202, "{}", reply.body);
        }
        client
    }

    fn send(&self, method: &str, name: &str, message: &Value) -> TcpStream {
        let authorization = format!("Bearer {BEARER}");
        let mut headers = vec![
            ("authorization", authorization.as_str()),
            ("accept", "application/json, text/event-stream"),
            ("content-type", "application/json"),
        ];
        if method != "initialize" {
            headers.push(("mcp-protocol-version", self.protocol.version()));
        }
        if self.protocol == Protocol::Stateless {
            headers.push(("mcp-method", method));
            if !name.is_empty() {
                headers.push(("mcp-name", name));
            }
        }
        if let Some(session) = &self.session {
            headers.push(("mcp-session-id", session));
        }
        self.server
            .send("POST /mcp", &self.server.address, &headers, &message.to_string())
    }

    /// Sends a request, and returns the connection on which the answer will come.
    pub fn begin(&mut self, method: &str, params: Value, with_progress: bool) -> TcpStream {
        self.next += 1;
        let name = params["name"].as_str().unwrap_or_default().to_owned();
        let request = self.protocol.request(self.next, method, params, with_progress);
        self.send(method, &name, &request)
    }
}

impl Client for HttpClient<'_> {
    fn ask(&mut self, method: &str, params: Value, with_progress: bool) -> (Value, Vec<Value>) {
        let reply = receive(self.begin(method, params, with_progress));
        if let Some(session) = reply.header("mcp-session-id") {
            self.session = Some(session.to_owned());
        }
        let mut messages = reply.messages();
        let answer = messages.pop().unwrap_or_else(|| panic!("no answer: {}", reply.head));
        assert_eq!(answer["id"], self.next, "{answer}");
        (answer, messages)
    }
}
