//! The floor: the HTTP client alone, which sends ready-made bytes.

use std::cell::RefCell;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Method as HttpMethod, Request as HttpRequest, Uri, header};
use http_body_util::{BodyExt, Full};
use wasmtime::format_err;
use wechat_official_account::transport::{Clock, Method, Request, Response, Transport, TransportError};
use wechat_official_account_host::Roots;
use wechat_official_account_host::client::{Pooled, pooled};

use super::native::{Native, in_one_piece};
use super::server::Server;

/// One request, in the form that is cheapest to send again.
#[derive(Clone)]
pub struct Exchange {
    method: HttpMethod,
    target: String,
    content_type: String,
    body: Bytes,
}

/// A native transport that keeps the last request.
pub struct Recorder {
    inner: Native,
    pub last: RefCell<Option<Exchange>>,
}

impl Recorder {
    pub fn new(inner: Native) -> Self {
        Self {
            inner,
            last: RefCell::new(None),
        }
    }
}

impl Transport for Recorder {
    async fn send(&self, request: Request<'_>) -> Result<Response, TransportError> {
        *self.last.borrow_mut() = Some(Exchange {
            method: match request.method {
                Method::Get => HttpMethod::GET,
                Method::Post => HttpMethod::POST,
            },
            target: request.path_with_query.to_owned(),
            content_type: request.content_type.to_owned(),
            body: in_one_piece(&request),
        });
        self.inner.send(request).await
    }
}

impl Clock for Recorder {
    fn now(&self) -> u64 {
        self.inner.now()
    }

    async fn sleep(&self, milliseconds: u64) {
        self.inner.sleep(milliseconds).await;
    }
}

/// Sends one exchange again and again, and reads the reply as it comes.
pub struct RawClient {
    client: Pooled<Full<Bytes>>,
    uri: Uri,
    method: HttpMethod,
    content_type: HeaderValue,
    body: Bytes,
}

impl RawClient {
    pub fn new(server: &Server, exchange: Exchange) -> wasmtime::Result<Self> {
        Ok(Self {
            client: pooled(server.resolve(), Roots::default().with(server.roots())?, Arc::default())?,
            uri: format!("{}{}", server.base(), exchange.target).parse()?,
            method: exchange.method,
            content_type: exchange.content_type.parse()?,
            body: exchange.body,
        })
    }

    /// Sends it once, and returns the length of the reply.
    pub async fn send(&self) -> wasmtime::Result<usize> {
        let mut request = HttpRequest::new(Full::new(self.body.clone()));
        *request.uri_mut() = self.uri.clone();
        *request.method_mut() = self.method.clone();
        if self.method == HttpMethod::POST {
            request
                .headers_mut()
                .insert(header::CONTENT_TYPE, self.content_type.clone());
        }
        let mut reply = self.client.request(request).await?;
        if !reply.status().is_success() {
            return Err(format_err!("HTTP status {}", reply.status()));
        }
        let mut length = 0;
        while let Some(frame) = reply.body_mut().frame().await {
            length += frame?.data_ref().map_or(0, Bytes::len);
        }
        Ok(length)
    }
}
