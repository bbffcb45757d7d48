//! A transport for unit tests that fails with any error code of WASI, at any moment. It counts the requests that WeChat
//! may have executed all the same.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use wasi::http::types::{DnsErrorPayload, ErrorCode, FieldSizePayload, TlsAlertReceivedPayload};

use super::wasi::error::{from_host, in_reply};
use super::{Clock, Request, Response, Transport, TransportError};
use crate::texts::EN;

/// The moment at which a request fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The host refuses to send it.
    BeforeHandle,
    /// The host has the head, and no byte of the body.
    AfterHeaders,
    /// The host has a part of the body.
    MidBody,
    /// The host has the whole body.
    AfterBody,
    /// The reply has begun.
    InReply,
}

impl Moment {
    pub const ALL: [Self; 5] = [
        Self::BeforeHandle,
        Self::AfterHeaders,
        Self::MidBody,
        Self::AfterBody,
        Self::InReply,
    ];
}

/// One way to fail.
#[derive(Clone, Debug)]
pub struct Failure {
    pub code: ErrorCode,
    /// True if the code's definition in RFC 9209 §2.3 excludes that a connection existed.
    pub precedes_connection: bool,
    pub moment: Moment,
}

impl Failure {
    /// Returns every code at every moment.
    pub fn all() -> Vec<Self> {
        let at = |moment| {
            codes().into_iter().map(move |(code, precedes_connection)| Self {
                code,
                precedes_connection,
                moment,
            })
        };
        Moment::ALL.into_iter().flat_map(at).collect()
    }

    /// Returns whether WeChat may have received the request. A moment proves nothing before the reply: what the host
    /// has taken may be in its buffer, and what it has not may be a mistake of its own.
    pub fn may_have_arrived(&self) -> bool {
        self.moment == Moment::InReply || !self.precedes_connection
    }

    fn error(&self) -> TransportError {
        match self.moment {
            Moment::InReply => in_reply(&EN.transport, Some(&self.code)),
            _ => from_host(&EN.transport, &self.code),
        }
    }
}

/// Writes the list of codes, and a match that does not compile once WASI has more of them.
macro_rules! codes {
    ($($pattern:pat => $sample:expr, $precedes_connection:literal;)*) => {
        fn codes() -> Vec<(ErrorCode, bool)> {
            let listed = vec![$(($sample, $precedes_connection)),*];
            for (code, _) in &listed {
                match code {
                    $($pattern => {})*
                }
            }
            listed
        }
    };
}

fn secret_text() -> Option<String> {
    Some("https://api.weixin.qq.com/?access_token=CANARY".to_owned())
}

fn field() -> FieldSizePayload {
    FieldSizePayload {
        field_name: secret_text(),
        field_size: Some(1),
    }
}

codes! {
    // The name was not resolved. A timeout of that is a timeout of a kind, which proves nothing.
    ErrorCode::DnsError(_) => ErrorCode::DnsError(DnsErrorPayload { rcode: secret_text(), info_code: Some(3) }), true;
    ErrorCode::DnsTimeout => ErrorCode::DnsTimeout, false;
    // "Cannot determine the appropriate next hop", "cannot find a route", "was refused".
    ErrorCode::DestinationNotFound => ErrorCode::DestinationNotFound, true;
    ErrorCode::DestinationIpUnroutable => ErrorCode::DestinationIpUnroutable, true;
    ErrorCode::ConnectionRefused => ErrorCode::ConnectionRefused, true;
    // "Configured to prohibit connections", "the request wasn't forwarded".
    ErrorCode::DestinationIpProhibited => ErrorCode::DestinationIpProhibited, true;
    ErrorCode::HttpRequestDenied => ErrorCode::HttpRequestDenied, true;
    // "An error when verifying the certificate", which is part of the handshake.
    ErrorCode::TlsCertificateError => ErrorCode::TlsCertificateError, true;
    // "Recent attempts to communicate with it may have failed": this one may be among them.
    ErrorCode::DestinationUnavailable => ErrorCode::DestinationUnavailable, false;
    ErrorCode::ConnectionTerminated => ErrorCode::ConnectionTerminated, false;
    ErrorCode::ConnectionTimeout => ErrorCode::ConnectionTimeout, false;
    ErrorCode::ConnectionReadTimeout => ErrorCode::ConnectionReadTimeout, false;
    ErrorCode::ConnectionWriteTimeout => ErrorCode::ConnectionWriteTimeout, false;
    ErrorCode::ConnectionLimitReached => ErrorCode::ConnectionLimitReached, false;
    // "Either during the handshake or afterwards".
    ErrorCode::TlsProtocolError => ErrorCode::TlsProtocolError, false;
    ErrorCode::TlsAlertReceived(_) => ErrorCode::TlsAlertReceived(TlsAlertReceivedPayload {
        alert_id: Some(40),
        alert_message: secret_text(),
    }), false;
    ErrorCode::HttpRequestLengthRequired => ErrorCode::HttpRequestLengthRequired, false;
    ErrorCode::HttpRequestBodySize(_) => ErrorCode::HttpRequestBodySize(Some(1)), false;
    ErrorCode::HttpRequestMethodInvalid => ErrorCode::HttpRequestMethodInvalid, false;
    ErrorCode::HttpRequestUriInvalid => ErrorCode::HttpRequestUriInvalid, false;
    ErrorCode::HttpRequestUriTooLong => ErrorCode::HttpRequestUriTooLong, false;
    ErrorCode::HttpRequestHeaderSectionSize(_) => ErrorCode::HttpRequestHeaderSectionSize(Some(1)), false;
    ErrorCode::HttpRequestHeaderSize(_) => ErrorCode::HttpRequestHeaderSize(Some(field())), false;
    ErrorCode::HttpRequestTrailerSectionSize(_) => ErrorCode::HttpRequestTrailerSectionSize(Some(1)), false;
    ErrorCode::HttpRequestTrailerSize(_) => ErrorCode::HttpRequestTrailerSize(field()), false;
    ErrorCode::HttpResponseIncomplete => ErrorCode::HttpResponseIncomplete, false;
    ErrorCode::HttpResponseHeaderSectionSize(_) => ErrorCode::HttpResponseHeaderSectionSize(Some(1)), false;
    ErrorCode::HttpResponseHeaderSize(_) => ErrorCode::HttpResponseHeaderSize(field()), false;
    ErrorCode::HttpResponseBodySize(_) => ErrorCode::HttpResponseBodySize(Some(1)), false;
    ErrorCode::HttpResponseTrailerSectionSize(_) => ErrorCode::HttpResponseTrailerSectionSize(Some(1)), false;
    ErrorCode::HttpResponseTrailerSize(_) => ErrorCode::HttpResponseTrailerSize(field()), false;
    ErrorCode::HttpResponseTransferCoding(_) => ErrorCode::HttpResponseTransferCoding(secret_text()), false;
    ErrorCode::HttpResponseContentCoding(_) => ErrorCode::HttpResponseContentCoding(secret_text()), false;
    ErrorCode::HttpResponseTimeout => ErrorCode::HttpResponseTimeout, false;
    ErrorCode::HttpUpgradeFailed => ErrorCode::HttpUpgradeFailed, false;
    ErrorCode::HttpProtocolError => ErrorCode::HttpProtocolError, false;
    ErrorCode::LoopDetected => ErrorCode::LoopDetected, false;
    ErrorCode::ConfigurationError => ErrorCode::ConfigurationError, false;
    ErrorCode::InternalError(_) => ErrorCode::InternalError(secret_text()), false;
}

/// What happens to one request.
#[derive(Clone, Debug)]
pub enum Event {
    Fails(Failure),
    /// WeChat refuses the token, and executes nothing.
    TokenRefused,
}

/// Requests by path and body: all, and those that WeChat may have executed.
type Requests = BTreeMap<(String, Vec<u8>), (usize, usize)>;

/// Meets the requests to one path with these events, and answers every other one.
pub struct Adversary {
    path: &'static str,
    events: RefCell<Vec<Event>>,
    /// True if the last event happens again and again.
    forever: bool,
    requests: RefCell<Requests>,
    now: Cell<u64>,
}

impl Adversary {
    pub fn new(path: &'static str, mut events: Vec<Event>, forever: bool) -> Self {
        events.reverse();
        Self {
            path,
            events: RefCell::new(events),
            forever,
            requests: RefCell::default(),
            now: Cell::new(0),
        }
    }

    /// Returns path and body of each different request, the number of times that it went out, and the number of times
    /// that WeChat may have executed it.
    pub fn requests(&self) -> Vec<(String, Vec<u8>, usize, usize)> {
        let requests = self.requests.borrow();
        let each = requests.iter();
        each.map(|((path, body), (sent, executed))| (path.clone(), body.clone(), *sent, *executed))
            .collect()
    }

    fn next(&self) -> Option<Event> {
        let mut events = self.events.borrow_mut();
        match self.forever && events.len() == 1 {
            true => events.last().cloned(),
            false => events.pop(),
        }
    }
}

impl Transport for Adversary {
    async fn send(&self, request: Request<'_>) -> Result<Response, TransportError> {
        let path = request.path_with_query.split('?').next().unwrap_or_default();
        let event = match path == self.path {
            true => self.next(),
            false => None,
        };
        let mut requests = self.requests.borrow_mut();
        let (sent, executed) = requests.entry((path.to_owned(), request.body.0.concat())).or_default();
        *sent += 1;
        let body = match event {
            Some(Event::Fails(failure)) => {
                *executed += usize::from(failure.may_have_arrived());
                return Err(failure.error());
            }
            Some(Event::TokenRefused) => r#"{"errcode":42001,"errmsg":"access_token expired"}"#,
            None => {
                *executed += 1;
                ANSWER
            }
        };
        Ok(Response {
            status: 200,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        })
    }
}

/// An answer to any request: it has the fields of all.
const ANSWER: &str = r#"{"errcode":0,"errmsg":"ok","access_token":"TOKEN","expires_in":7200,"media_id":"M",
    "thumb_media_id":"M","type":"image","created_at":1,"url":"https://mmbiz.qpic.cn/a","publish_id":"1","total_count":0,
    "item_count":0,"item":[],"news_item":[],"publish_status":0,"voice_count":0,"video_count":0,"image_count":0,
    "news_count":0}"#;

impl Clock for Adversary {
    fn now(&self) -> u64 {
        self.now.get()
    }

    async fn sleep(&self, milliseconds: u64) {
        self.now.set(self.now.get() + milliseconds);
    }
}

mod tests;
