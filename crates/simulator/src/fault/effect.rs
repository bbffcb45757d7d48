//! The means of faults: the cut of a request, the change of a reply, and its delivery.

use std::convert::Infallible;
use std::time::Duration;
use std::{fmt, iter};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use http::HeaderValue;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;

pub(crate) use super::raw_connection::Step;
use super::raw_connection::{RawConnection, Script};
use crate::api_error::ApiError;
use crate::model::alteration::Alteration;
use crate::wire::reply::Reply;

/// Length of a huge body: more than any client should accept.
const HUGE_BODY: usize = 50 * 1024 * 1024;

/// Beginning and end of a huge body, which is one long errmsg.
const HUGE_BEGIN: &[u8] = b"{\"errcode\":0,\"errmsg\":\"";
const HUGE_END: &[u8] = b"\"}";

/// Length of one piece of a huge body: large enough that the number of writes does not matter.
const PIECE: usize = 64 * 1024;

/// Control characters as they occur in articles, and one byte that occurs in no UTF-8 (wechat-api §3.3).
const INVALID_BYTES: &[u8] = b"\n\t\x01\xff";

/// Bytes that are not UTF-8, not JSON, and not the beginning of any kind of file.
pub(crate) const GARBAGE: &[u8] = b"\xff\xfe\x80\x81 \xc3\x28 \0\xf5";

/// The page of a gateway, as short as such pages can be.
pub(crate) const PAGE: &str =
    "<!DOCTYPE html><html><head><title>Error</title></head><body>Not here, not now.</body></html>";

/// The effect of a fault on one exchange, from the request to the reply.
pub(crate) struct Effect {
    /// The cut, if the connection ends in the body of the request.
    pub(crate) cut: Option<Cut>,
    /// True if the request is executed.
    pub(crate) executes: bool,
    /// The error that replaces the outcome.
    pub(crate) error: Option<ApiError>,
    /// The change of the articles in the request and the reply.
    pub(crate) alteration: Option<Alteration>,
    /// The way in which the reply is changed and sent.
    pub(crate) deliver: Box<dyn FnOnce(Reply) -> Delivery + Send>,
}

/// The cut of a request's body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    /// Bytes to read first; half of the announced length if there is no number.
    after: Option<u64>,
}

/// The way in which a reply is sent.
#[derive(Debug)]
pub(crate) enum Delivery {
    /// The usual way.
    Normal(Reply),
    /// The usual way, after a pause.
    Delayed(Reply, Duration),
    /// A body of 50 MiB replaces the reply's own. Its length is sent if the flag is true.
    Huge(Reply, bool),
    /// A script writes bytes that no HTTP library would.
    Raw(Reply, Script),
    /// No reply: the connection ends.
    Close,
}

impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Effect")
            .field("cut", &self.cut)
            .field("executes", &self.executes)
            .field("error", &self.error)
            .field("alteration", &self.alteration)
            .finish_non_exhaustive()
    }
}

impl Effect {
    /// Makes the effect of no fault.
    pub(crate) fn none() -> Effect {
        Effect::on_reply(Delivery::Normal)
    }

    /// Makes an effect on the reply alone.
    pub(crate) fn on_reply(deliver: impl FnOnce(Reply) -> Delivery + Send + 'static) -> Effect {
        Effect {
            cut: None,
            executes: true,
            error: None,
            alteration: None,
            deliver: Box::new(deliver),
        }
    }

    /// Makes the effect of a connection that ends in the request's body.
    pub(crate) fn close_in_body(after: Option<u64>) -> Effect {
        Effect {
            cut: Some(Cut { after }),
            ..Effect::on_reply(|_| Delivery::Close).executed(false)
        }
    }

    /// Makes the effect of a reply whose head has other content-lengths than that of its body.
    pub(crate) fn content_lengths(of: impl FnOnce(usize) -> Vec<usize> + Send + 'static) -> Effect {
        Effect::on_reply(|reply| {
            let body = reply.body.clone();
            raw(reply, &of(body.len()), [Step::Send(body)])
        })
    }

    pub(crate) fn executed(self, executes: bool) -> Effect {
        Effect { executes, ..self }
    }

    pub(crate) fn alteration(self, alteration: Alteration) -> Effect {
        Effect {
            alteration: Some(alteration),
            ..self
        }
    }

    pub(crate) fn error(self, error: ApiError) -> Effect {
        Effect {
            error: Some(error),
            ..self
        }
    }
}

impl Cut {
    /// Reads the body of a request up to the cut, or somewhat further.
    pub(crate) async fn read(self, announced: u64, mut body: Body) {
        let end = self.after.unwrap_or(announced / 2);
        let mut read = 0;
        while read < end {
            let Some(Ok(frame)) = body.frame().await else { return };
            read += frame.data_ref().map_or(0, Bytes::len) as u64;
        }
    }
}

impl Delivery {
    /// Returns the reply that the client gets, if it gets one.
    pub(crate) fn reply(&self) -> Option<&Reply> {
        match self {
            Delivery::Normal(reply)
            | Delivery::Delayed(reply, _)
            | Delivery::Huge(reply, _)
            | Delivery::Raw(reply, _) => Some(reply),
            Delivery::Close => None,
        }
    }

    /// Sends it, or ends the connection.
    pub(crate) async fn send(self, connection: &RawConnection) -> Response {
        match self {
            Delivery::Normal(reply) => reply.into_response(),
            Delivery::Delayed(reply, pause) => {
                tokio::time::sleep(pause).await;
                reply.into_response()
            }
            Delivery::Huge(reply, content_length) => huge(reply, content_length),
            Delivery::Raw(_, script) => connection.play(script).await,
            Delivery::Close => connection.close().await,
        }
    }
}

/// Makes a script: the head of the reply with those content-lengths, then other steps.
pub(crate) fn raw<const N: usize>(reply: Reply, lengths: &[usize], then: [Step; N]) -> Delivery {
    let mut head = format!("HTTP/1.1 {}\r\nconnection: close\r\n", reply.status).into_bytes();
    for (name, value) in &reply.headers {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    for length in lengths {
        head.extend(format!("{CONTENT_LENGTH}: {length}\r\n").into_bytes());
    }
    head.extend(b"\r\n");
    let script = iter::once(Step::Send(head.into())).chain(then).collect();
    Delivery::Raw(reply, script)
}

/// Puts [`INVALID_BYTES`] at the beginning of the first string that is a value.
///
/// The simulator writes JSON without spaces, and quotes within strings are escaped, so such a
/// string begins at the first `:"`.
pub(crate) fn garbled(body: &Bytes) -> Bytes {
    match body.windows(2).position(|pair| pair == b":\"") {
        Some(index) => {
            let (before, after) = body.split_at(index + 2);
            Bytes::from([before, INVALID_BYTES, after].concat())
        }
        None => body.clone(),
    }
}

/// Streams the body, so that it is never in memory as a whole.
fn huge(reply: Reply, content_length: bool) -> Response {
    let filling = HUGE_BODY - HUGE_BEGIN.len() - HUGE_END.len();
    let piece = Bytes::from_static(&[b'x'; PIECE]);
    let last = piece.slice(..filling % PIECE);
    let pieces = iter::once(Bytes::from_static(HUGE_BEGIN))
        .chain(iter::repeat_n(piece, filling / PIECE))
        .chain([last, Bytes::from_static(HUGE_END)]);
    let body = Body::from_stream(stream::iter(pieces.map(Ok::<_, Infallible>)));
    let mut response = reply.into_response().map(|_| body);
    if content_length {
        let length = HeaderValue::from(HUGE_BODY);
        response.headers_mut().insert(CONTENT_LENGTH, length);
    }
    response
}
