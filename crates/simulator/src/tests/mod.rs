//! The promises of the simulator: wire shapes as in the samples of docs/wechat-api.md, rules, and faults.
//!
//! Tests write requests byte by byte over a socket, so that no client library hides or repairs anything.

mod capacity;
mod control_guard;
mod draft;
mod fault_articles;
mod fault_bytes;
mod fault_control;
mod fault_list;
mod fault_plan;
mod fault_reply;
mod html;
mod material;
mod media;
mod openapi;
mod pages;
mod product;
mod publish;
mod router;
mod sniff;
mod source_url;
mod token;
mod transport;
mod witness;

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::*;

/// A reply as it came over the wire.
#[derive(Debug)]
struct Wire {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Wire {
    #[track_caller]
    fn of(reply: &[u8]) -> Wire {
        let end = reply.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(reply[..end].to_vec()).unwrap();
        Wire {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            body: reply[end + 4..].to_vec(),
            head,
        }
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// Returns `errcode`, or 0 if there is none.
    #[track_caller]
    fn code(&self) -> i64 {
        assert_eq!(self.status, 200);
        self.json()["errcode"].as_i64().unwrap_or(0)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Sends bytes and reads until the server closes or resets.
async fn bytes_of(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &[u8]) -> Vec<u8> {
    let mut reply = Vec::new();
    if stream.write_all(request).await.is_ok() {
        let _ = stream.read_to_end(&mut reply).await;
    }
    reply
}

/// Sends bytes and reads the reply until the server closes.
async fn exchange(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &[u8]) -> Wire {
    stream.write_all(request).await.unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).await.unwrap();
    Wire::of(&reply)
}

/// Returns a connector that trusts the simulator's root.
fn tls(simulator: &Simulator) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(simulator.root_certificate()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    TlsConnector::from(Arc::new(config))
}

fn message(method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let headers = [&[("Host", "api.weixin.qq.com")], headers].concat();
    bare_message(method, target, &headers, body)
}

/// Writes a request with these headers alone.
fn bare_message(method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{method} {target} HTTP/1.1\r\n");
    for (name, value) in headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    bytes.push_str("Connection: close\r\n\r\n");
    [bytes.as_bytes(), body].concat()
}

/// A simulator in plain mode, with a token for the account it knows.
struct Client {
    simulator: Simulator,
    token: String,
}

impl Client {
    async fn start() -> Client {
        Client::with(Options {
            plain_http: true,
            ..Options::default()
        })
        .await
    }

    async fn with(options: Options) -> Client {
        let simulator = Simulator::start(options).await.unwrap();
        let mut client = Client {
            simulator,
            token: String::new(),
        };
        client.renew().await;
        client
    }

    /// Gets the present stable token.
    async fn renew(&mut self) {
        let reply = self.credentials(false).await.json();
        self.token = reply["access_token"].as_str().unwrap().to_owned();
    }

    async fn credentials(&self, force_refresh: bool) -> Wire {
        let body = json!({
            "grant_type": "client_credential",
            "appid": APP_ID,
            "secret": APP_SECRET,
            "force_refresh": force_refresh,
        });
        self.post_as("/cgi-bin/stable_token", &body.to_string()).await
    }

    async fn raw(&self, request: &[u8]) -> Wire {
        let stream = TcpStream::connect(self.simulator.address()).await.unwrap();
        exchange(stream, request).await
    }

    /// Returns the path with the token in the query.
    fn target(&self, path: &str) -> String {
        let separator = if path.contains('?') { '&' } else { '?' };
        format!("{path}{separator}access_token={}", self.token)
    }

    async fn get(&self, path: &str) -> Wire {
        self.raw(&message("GET", &self.target(path), &[], b"")).await
    }

    async fn post(&self, path: &str, body: &str) -> Wire {
        self.post_as(&self.target(path), body).await
    }

    async fn post_as(&self, target: &str, body: &str) -> Wire {
        let length = body.len().to_string();
        let headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", length.as_str()),
        ];
        self.raw(&message("POST", target, &headers, body.as_bytes())).await
    }

    async fn form(&self, path: &str, content_type: &str, body: &[u8]) -> Wire {
        let length = body.len().to_string();
        let headers = [("Content-Type", content_type), ("Content-Length", length.as_str())];
        self.raw(&message("POST", &self.target(path), &headers, body)).await
    }

    async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Wire {
        let body = form(&format!("name=\"media\"; filename=\"{name}\""), bytes);
        self.form(path, FORM, &body).await
    }

    fn account<R>(&self, f: impl FnOnce(&mut Account) -> R) -> R {
        self.simulator.with_account(APP_ID, f).unwrap()
    }

    fn image(&self) -> String {
        self.account(|account| account.put_material(MaterialKind::Image, "image.jpg", JPEG))
    }

    fn advance(&self, seconds: u64) {
        self.simulator
            .with(|world| world.advance(std::time::Duration::from_secs(seconds)));
    }
}

/// The beginning of a JPEG.
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0 and so on";

/// The beginning of a PNG.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

/// The beginning of an MP4.
const MP4: &[u8] = b"\0\0\0\x20ftypisom and so on";

/// Content type of [`form`].
const FORM: &str = "multipart/form-data; boundary=----wx7f3a9c";

/// Writes a form with one part.
fn form(disposition: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "------wx7f3a9c\r\nContent-Disposition: form-data; {disposition}\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n------wx7f3a9c--\r\n"].concat()
}

fn rid_of(errmsg: &str) -> &str {
    let (_, rid) = errmsg.split_once("rid: ").unwrap();
    assert_eq!(rid.len(), 26, "{rid}");
    rid
}
