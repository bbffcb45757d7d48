//! What can go wrong, told from the client's side.

use std::fmt;

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::errcode::Refusal;

/// What happens to one request.
///
/// The rules act upon the request as usual, and only the reply suffers, unless a variant says
/// otherwise. Where a variant has `acted`, it says whether they do. `Display` gives the name, in
/// kebab case, for tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Fault {
    /// Silence, then the honest reply. A limit on the first byte fires if it is shorter.
    Delay {
        /// Milliseconds before the first byte of the reply.
        ms: u64,
    },
    /// The head and the first half of the body, then silence on an open connection. Only a limit
    /// between bytes or on the whole call ends it.
    Stall,
    /// The head, then the body byte by byte. A limit between bytes never fires, only one on the
    /// whole call. Closes after the last byte, as the head announces.
    Trickle {
        /// Milliseconds before each byte.
        ms: u64,
    },
    /// The connection ends after the request's head: an end of file or a reset, maybe while the
    /// body is still being written. Nothing is acted upon.
    CloseBeforeBody,
    /// The connection ends in the midst of the request's body: mostly a reset while it is being
    /// written. Nothing is acted upon.
    CloseInBody {
        /// Bytes of the body to read first; half of the announced length if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<u64>,
    },
    /// The connection ends after the whole request, without a byte of reply. Nothing is acted
    /// upon, which the client cannot know: to it this is the same as [`Fault::LostReply`].
    CloseAfterBody,
    /// The connection ends after the whole request, without a byte of reply. It is acted upon,
    /// which the client cannot know: to it this is the same as [`Fault::CloseAfterBody`].
    LostReply,
    /// The honest head with its content-length, half of the body, then the end of the connection.
    TruncatedBody,
    /// A content-length of half the body, then the whole body, then the end of the connection: a
    /// body cut in half, with surplus bytes behind it.
    ContentLengthTooSmall,
    /// A content-length of twice the body plus one, then the whole body, then the end of the
    /// connection: what came is all there is, but not all that was announced.
    ContentLengthTooLarge,
    /// Two content-length headers, the right one and one more by one, then body and end of the
    /// connection.
    TwoContentLengths,
    /// The right content-length in two headers, then body and end of the connection.
    ContentLengthTwice,
    /// Another status and body in place of the honest reply: a gateway's page, or nothing at all.
    Status {
        /// HTTP status; 200 too.
        #[serde(with = "status_code")]
        code: StatusCode,
        /// What stands in the body.
        #[serde(default)]
        body: StandIn,
        /// Whether the request is acted upon. The client cannot tell.
        #[serde(default)]
        acted: bool,
    },
    /// A redirection elsewhere, with an empty body. Nothing is acted upon.
    Redirect {
        /// HTTP status, such as 301 or 302.
        #[serde(with = "status_code")]
        code: StatusCode,
        /// Where to.
        location: String,
    },
    /// The honest reply with control characters and invalid UTF-8 at the beginning of its first
    /// JSON string value (wechat-api §3.3). A reply without such a value is left as it is.
    GarbledJson,
    /// 50 MiB of well-formed JSON. Only a limit on the length of replies helps.
    HugeBody {
        /// Whether the length is announced; else the body is chunked.
        #[serde(default)]
        content_length: bool,
    },
    /// The honest reply with one more header whose value has 1 MiB.
    HugeHeader,
    /// A refusal with that code, as the server itself writes it. See also `Account::refuse_next`,
    /// which is for one account, and only for requests that show a good token.
    Errcode {
        /// errcode, such as −1 (wechat-api §19.2).
        code: i64,
        /// Whether the request is acted upon. The client cannot tell.
        #[serde(default)]
        acted: bool,
    },
    /// The honest body under a wrong content type: JSON as `image/jpeg`, a file as `text/plain`
    /// and without its content-disposition (wechat-api §3.5).
    Mislabelled,
}

/// Body of [`Fault::Status`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StandIn {
    /// None, and no content type.
    #[default]
    Empty,
    /// A page of HTML, as gateways and firewalls send it (wechat-api §3.1).
    Html,
    /// Bytes that are neither text nor a file, declared as JSON.
    Garbage,
    /// This text, as `text/plain`, which is how WeChat labels JSON too (wechat-api §3.2).
    Text(String),
}

/// What happens to one connection, before any request on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ConnectionFault {
    /// Accepted, then closed at once: the client connects, and finds an end of file or a reset.
    ClosedAtOnce,
    /// Closed after the client's first bytes, and without a byte in return: over TLS, a handshake
    /// that breaks off after the ClientHello.
    HandshakeCut,
}

impl Fault {
    /// Whether the rules act upon a request that meets this.
    pub fn acts(&self) -> bool {
        !matches!(
            self,
            Fault::CloseBeforeBody
                | Fault::CloseInBody { .. }
                | Fault::CloseAfterBody
                | Fault::Redirect { .. }
                | Fault::Status { acted: false, .. }
                | Fault::Errcode { acted: false, .. }
        )
    }

    /// The refusal that takes the place of what the rules say.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        match self {
            Fault::Errcode { code, .. } => Some(Refusal::of(*code)),
            _ => None,
        }
    }

    /// How much of a request body of that length is read, if the connection is closed before
    /// its end.
    pub(crate) fn reads_only(&self, length: u64) -> Option<u64> {
        match self {
            Fault::CloseBeforeBody => Some(0),
            Fault::CloseInBody { after } => Some(after.unwrap_or(length / 2)),
            _ => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::Delay { .. } => "delay",
            Fault::Stall => "stall",
            Fault::Trickle { .. } => "trickle",
            Fault::CloseBeforeBody => "close-before-body",
            Fault::CloseInBody { .. } => "close-in-body",
            Fault::CloseAfterBody => "close-after-body",
            Fault::LostReply => "lost-reply",
            Fault::TruncatedBody => "truncated-body",
            Fault::ContentLengthTooSmall => "content-length-too-small",
            Fault::ContentLengthTooLarge => "content-length-too-large",
            Fault::TwoContentLengths => "two-content-lengths",
            Fault::ContentLengthTwice => "content-length-twice",
            Fault::Status { code, body, acted } => {
                return write!(f, "status-{}-{body}{}", code.as_u16(), suffix(*acted));
            }
            Fault::Redirect { code, .. } => return write!(f, "redirect-{}", code.as_u16()),
            Fault::GarbledJson => "garbled-json",
            Fault::HugeBody { content_length: true } => "huge-body",
            Fault::HugeBody { content_length: false } => "huge-body-without-length",
            Fault::HugeHeader => "huge-header",
            Fault::Errcode { code, acted } => {
                let sign = if *code < 0 { "minus-" } else { "" };
                return write!(f, "errcode-{sign}{}{}", code.unsigned_abs(), suffix(*acted));
            }
            Fault::Mislabelled => "mislabelled",
        })
    }
}

fn suffix(acted: bool) -> &'static str {
    if acted { "-after-acting" } else { "" }
}

impl fmt::Display for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StandIn::Empty => "empty",
            StandIn::Html => "html",
            StandIn::Garbage => "garbage",
            StandIn::Text(_) => "text",
        })
    }
}

impl fmt::Display for ConnectionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ConnectionFault::ClosedAtOnce => "closed-at-once",
            ConnectionFault::HandshakeCut => "handshake-cut",
        })
    }
}

/// A status as its number.
mod status_code {
    use http::StatusCode;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(code: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(code.as_u16())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<StatusCode, D::Error> {
        let number = u16::deserialize(deserializer)?;
        StatusCode::from_u16(number).map_err(de::Error::custom)
    }
}
