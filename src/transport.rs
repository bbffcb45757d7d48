//! What the core needs from the outside: one HTTP exchange, and a clock.
//!
//! The core is generic over [`Transport`], so the same code runs in the component (over `wasi:http`), natively in
//! benchmarks (over any client), and in unit tests (over [`stub::Stub`]).

#[cfg(test)]
#[expect(missing_docs, reason = "for tests only")]
pub mod stub;

use std::fmt;

/// The two HTTP methods that WeChat's server API has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads without a body.
    Get,
    /// Everything else.
    Post,
}

/// How long the network may take, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Until a connection stands.
    pub connect: u32,
    /// From the start of the request to the first byte of the reply: it has to cover the upload of a file.
    pub first_byte: u32,
    /// Between two pieces of the reply.
    pub between_bytes: u32,
    /// For a call as a whole: its token, every attempt and the pauses between them.
    pub call: u32,
}

/// Where requests go: scheme and authority of the API base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// `https`, or `http` to a loopback address.
    pub https: bool,
    /// Host and optional port.
    pub authority: String,
}

/// A request's body in the pieces it is made of. They are sent one after the other from where they are, so that a
/// file is never copied.
#[derive(Clone, Copy, Default)]
pub struct Body<'a>(pub [&'a [u8]; 3]);

impl<'a> Body<'a> {
    /// A body of one piece.
    #[must_use]
    pub fn whole(bytes: &'a [u8]) -> Self {
        Self([bytes, &[], &[]])
    }

    /// The length of all pieces: the value of `content-length`.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.0.iter().map(|piece| piece.len() as u64).sum()
    }
}

/// One request. It has no `Debug`: its path holds the access token.
pub struct Request<'a> {
    /// GET or POST.
    pub method: Method,
    /// Where to.
    pub base: &'a Base,
    /// Path and query, percent-encoded.
    pub path_with_query: &'a str,
    /// Type of the body; empty where there is none.
    pub content_type: &'a str,
    /// The body. Its exact length must go out as `content-length`: WeChat answers 412 to a body without one.
    pub body: Body<'a>,
    /// How long to wait.
    pub timeouts: Timeouts,
    /// When the call that this belongs to ends, whatever it waits for. Milliseconds of [`Clock::now`].
    pub deadline: u64,
    /// A longer reply than this many bytes is an error.
    pub reply_limit: usize,
    /// Whether the reply holds a secret: then no copy of it may be left in memory.
    pub reply_is_secret: bool,
}

/// One reply, read to its end.
#[derive(Debug, Default)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The `content-type` header; empty where there is none.
    pub content_type: String,
    /// The `content-disposition` header; empty where there is none.
    pub content_disposition: String,
    /// The whole body.
    pub body: Vec<u8>,
}

/// What is known of a request that got no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It did not leave, and will not leave however often it is tried: the host or the guest's own checks forbid it.
    Denied,
    /// It certainly did not reach WeChat.
    NotSent,
    /// WeChat may have received and executed it.
    ReplyLost,
    /// As `ReplyLost`, because the reply was longer than is taken.
    ReplyTooLong,
}

/// Why there is no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportError {
    /// Whether WeChat may have received the request.
    pub delivery: Delivery,
    /// What went wrong, for people. Never holds a URL.
    pub message: String,
    /// What had come of the reply until then.
    pub received: Vec<u8>,
}

impl TransportError {
    fn new(delivery: Delivery, message: impl Into<String>) -> Self {
        Self {
            delivery,
            message: message.into(),
            received: Vec::new(),
        }
    }

    /// Trying again would not help.
    pub fn denied(message: impl Into<String>) -> Self {
        Self::new(Delivery::Denied, message)
    }

    /// The request certainly did not reach WeChat.
    pub fn not_sent(message: impl Into<String>) -> Self {
        Self::new(Delivery::NotSent, message)
    }

    /// WeChat may have received and executed the request.
    pub fn reply_lost(message: impl Into<String>) -> Self {
        Self::new(Delivery::ReplyLost, message)
    }

    /// The reply does not fit.
    pub fn reply_too_long(message: impl Into<String>) -> Self {
        Self::new(Delivery::ReplyTooLong, message)
    }

    /// The same, with what had come of the reply.
    #[must_use]
    pub fn after(mut self, received: Vec<u8>) -> Self {
        self.received = received;
        self
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Sends one request and reads the whole reply. Follows no redirect and repeats nothing: that is decided above.
#[expect(
    async_fn_in_trait,
    reason = "the core is single-threaded; no caller needs the future to be Send"
)]
pub trait Transport {
    /// One exchange.
    async fn send(&self, request: Request<'_>) -> Result<Response, TransportError>;
}

/// Time that only moves forward.
#[expect(async_fn_in_trait, reason = "as for Transport")]
pub trait Clock {
    /// Milliseconds since some fixed moment.
    fn now(&self) -> u64;
    /// Waits that many milliseconds.
    async fn sleep(&self, milliseconds: u64);
}
