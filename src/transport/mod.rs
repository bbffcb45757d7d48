//! The needs of the core: one HTTP exchange, and a clock.
//!
//! The core is generic over [`Transport`], so the same code runs in the component (over `wasi:http`), natively in
//! benchmarks (over any client), and in unit tests (over a stub that answers from a list).

#[cfg(test)]
mod adversary;
#[cfg(test)]
#[expect(missing_docs, reason = "for tests only")]
pub mod stub;
// The tests of its pure parts run natively; its calls of the host work in WebAssembly only.
#[cfg(any(target_arch = "wasm32", test))]
pub mod wasi;

use std::fmt;

use crate::texts::TransportTexts;

/// The two HTTP methods that WeChat's server API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// A read without a body.
    Get,
    /// Everything else.
    Post,
}

/// The time that the network may take, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// The time until a connection is made.
    pub connect: u32,
    /// The time from the start of the request to the first byte of the reply. It covers the upload of a file.
    pub first_byte: u32,
    /// The time between two pieces of the reply.
    pub between_bytes: u32,
    /// The time of a call as a whole: its token, every attempt and the pauses between them.
    pub call: u32,
}

/// The destination of all requests: scheme and authority of the API base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// True for `https`, false for `http`, which is allowed to a loopback address only.
    pub https: bool,
    /// Host and optional port.
    pub authority: String,
}

/// A request's body in pieces. They are sent one after the other from where they are, so a file is never copied.
#[derive(Clone, Copy, Default)]
pub struct Body<'a>(pub [&'a [u8]; 3]);

impl<'a> Body<'a> {
    /// Makes a body of one piece.
    #[must_use]
    pub fn whole(bytes: &'a [u8]) -> Self {
        Self([bytes, &[], &[]])
    }

    /// Returns the length of all pieces: the value of `content-length`.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.0.iter().map(|piece| piece.len() as u64).sum()
    }
}

/// One request. It has no `Debug`, because its path holds the access token.
pub struct Request<'a> {
    /// GET or POST.
    pub method: Method,
    /// Scheme and authority.
    pub base: &'a Base,
    /// Path and query, percent-encoded.
    pub path_with_query: &'a str,
    /// Media type of the body; empty if there is none.
    pub content_type: &'a str,
    /// The body. Its exact length must be sent as `content-length`: WeChat answers 412 to a body without one.
    pub body: Body<'a>,
    /// The time that each step may take.
    pub timeouts: Timeouts,
    /// The end of the call that this request belongs to, in milliseconds of [`Clock::now`]. It ends every wait.
    pub deadline: u64,
    /// The most bytes that the reply may have. A longer one is an error.
    pub reply_limit: usize,
    /// True if the reply holds a secret. No copy of it may stay in memory then.
    pub reply_is_secret: bool,
    /// The texts of errors.
    pub texts: &'static TransportTexts,
}

/// One reply, read to its end.
#[derive(Debug, Default)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The `content-type` header; empty if there is none.
    pub content_type: String,
    /// The `content-disposition` header; empty if there is none.
    pub content_disposition: String,
    /// The `content-encoding` header; empty if there is none.
    pub content_encoding: String,
    /// The whole body.
    pub body: Vec<u8>,
}

/// The knowledge about a request that got no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The request did not leave, and no repetition would: the host or the guest's own checks forbid it.
    Denied,
    /// The request certainly did not reach WeChat.
    NotSent,
    /// The server's certificate is not accepted, which ends a connection before a request can go out.
    Untrusted,
    /// TLS failed, perhaps after the request: WeChat may have received and executed it.
    Insecure,
    /// WeChat may have received and executed it.
    ReplyLost,
    /// WeChat may have executed it, and its reply was longer than the limit.
    ReplyTooLong,
}

/// The reason why there is no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportError {
    /// The knowledge whether WeChat may have received the request.
    pub delivery: Delivery,
    /// A description for people. It never holds a URL.
    pub message: String,
    /// The part of the reply that had arrived.
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

    /// Makes an error that no repetition would mend.
    pub fn denied(message: impl Into<String>) -> Self {
        Self::new(Delivery::Denied, message)
    }

    /// Makes an error for a request that certainly did not reach WeChat.
    pub fn not_sent(message: impl Into<String>) -> Self {
        Self::new(Delivery::NotSent, message)
    }

    /// Makes an error for a server whose certificate is not accepted.
    pub fn untrusted(message: impl Into<String>) -> Self {
        Self::new(Delivery::Untrusted, message)
    }

    /// Makes an error for a failure of TLS at a moment that is not known.
    pub fn insecure(message: impl Into<String>) -> Self {
        Self::new(Delivery::Insecure, message)
    }

    /// Makes an error for a request that WeChat may have received and executed.
    pub fn reply_lost(message: impl Into<String>) -> Self {
        Self::new(Delivery::ReplyLost, message)
    }

    /// Makes an error for a reply that is longer than the limit or than memory.
    pub fn reply_too_long(message: impl Into<String>) -> Self {
        Self::new(Delivery::ReplyTooLong, message)
    }

    /// Adds the part of the reply that had arrived.
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

/// Sends one request and reads the whole reply. An implementation follows no redirect and repeats nothing: its caller
/// decides about both.
#[expect(
    async_fn_in_trait,
    reason = "the core is single-threaded; no caller needs the future to be Send"
)]
pub trait Transport {
    /// Makes one exchange.
    async fn send(&self, request: Request<'_>) -> Result<Response, TransportError>;
}

/// A clock that only moves forward.
#[expect(async_fn_in_trait, reason = "as for Transport")]
pub trait Clock {
    /// Returns the milliseconds since some fixed moment.
    fn now(&self) -> u64;
    /// Waits this many milliseconds.
    async fn sleep(&self, milliseconds: u64);
}
