//! The core's transport over hyper: the cost of the same code without a sandbox.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::{HeaderName, Method as HttpMethod, Request as HttpRequest, header};
use http_body_util::{BodyExt, Full};
use tokio::time::timeout;
use wechat_official_account::transport::{Clock, Method, Request, Response, Transport, TransportError};
use wechat_official_account_host::Roots;
use wechat_official_account_host::client::{Pooled, pooled};

use super::server::Server;

/// HTTP with kept connections, and the system's clock.
pub struct Native {
    client: Pooled<Full<Bytes>>,
    started: Instant,
}

impl Native {
    pub fn new(server: &Server) -> wasmtime::Result<Self> {
        Ok(Self {
            client: pooled(server.resolve(), Roots::default().with(server.roots())?, Arc::default())?,
            started: Instant::now(),
        })
    }

    async fn exchange(&self, request: &Request<'_>) -> Result<Response, TransportError> {
        let scheme = if request.base.https { "https" } else { "http" };
        let builder = HttpRequest::builder()
            .uri(format!(
                "{scheme}://{}{}",
                request.base.authority, request.path_with_query
            ))
            .header(header::ACCEPT, "*/*");
        let builder = match request.method {
            Method::Get => builder.method(HttpMethod::GET),
            Method::Post => builder
                .method(HttpMethod::POST)
                .header(header::CONTENT_TYPE, request.content_type),
        };
        let outgoing = builder
            .body(Full::new(in_one_piece(request)))
            .map_err(|error| TransportError::denied(error.to_string()))?;
        let reply = self.client.request(outgoing).await;
        let (head, mut body) = reply.map_err(|error| lost(&error))?.into_parts();
        let header = |name: HeaderName| {
            let value = head.headers.get(name);
            value.map_or_else(String::new, |value| {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            })
        };
        let announced = header(header::CONTENT_LENGTH).parse().unwrap_or_default();
        let mut bytes = Vec::with_capacity(request.reply_limit.min(announced));
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| lost(&error))?;
            bytes.extend_from_slice(frame.data_ref().unwrap_or(&Bytes::new()));
            if bytes.len() > request.reply_limit {
                return Err(TransportError::reply_too_long("the reply is too long"));
            }
        }
        Ok(Response {
            status: head.status.as_u16(),
            content_type: header(header::CONTENT_TYPE),
            content_disposition: header(header::CONTENT_DISPOSITION),
            content_encoding: header(header::CONTENT_ENCODING),
            body: bytes,
        })
    }
}

/// Copies the body, because hyper's bodies must own their bytes.
pub fn in_one_piece(request: &Request<'_>) -> Bytes {
    let mut bytes = BytesMut::with_capacity(usize::try_from(request.body.length()).unwrap_or_default());
    for piece in request.body.0 {
        bytes.extend_from_slice(piece);
    }
    bytes.freeze()
}

fn lost(error: &dyn std::error::Error) -> TransportError {
    TransportError::reply_lost(error.to_string())
}

impl Transport for Native {
    async fn send(&self, request: Request<'_>) -> Result<Response, TransportError> {
        let left = Duration::from_millis(request.deadline.saturating_sub(self.now()));
        let exchange = timeout(left, self.exchange(&request)).await;
        exchange.unwrap_or_else(|error| Err(lost(&error)))
    }
}

impl Clock for Native {
    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    async fn sleep(&self, milliseconds: u64) {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
}
