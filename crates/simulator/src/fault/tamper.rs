//! What faults make of requests and replies.

use std::convert::Infallible;
use std::iter;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, StatusCode};
use http_body_util::BodyExt;

use super::kind::{Fault, StandIn};
use super::line::{Line, Script, Step};
use crate::reply::Reply;

/// Length of a huge header's value: beyond what clients take; hyper's, for one, ends at about 400 KiB.
const HUGE_HEADER: usize = 1024 * 1024;

/// Length of a huge body: beyond what any client should take.
const HUGE_BODY: usize = 50 * 1024 * 1024;

/// Begin and end of a huge body, which is one long errmsg.
const HUGE_BEGIN: &[u8] = b"{\"errcode\":0,\"errmsg\":\"";
const HUGE_END: &[u8] = b"\"}";

/// Written at once of a huge body; enough to make the number of writes irrelevant.
const PIECE: usize = 64 * 1024;

/// Control characters as they stand in articles, and one byte that no UTF-8 has (wechat-api §3.3).
const DIRT: &[u8] = b"\n\t\x01\xff";

/// Not UTF-8, not JSON, not the beginning of any kind of file.
const GARBAGE: &[u8] = b"\xff\xfe\x80\x81 \xc3\x28 \0\xf5";

/// As short as such pages can be.
const PAGE: &str = "<!DOCTYPE html><html><head><title>Error</title></head><body>Not here, not now.</body></html>";

/// Reads that much of a request body, or somewhat more.
pub(crate) async fn read_only(share: u64, mut body: Body) {
    let mut read = 0;
    while read < share {
        let Some(Ok(frame)) = body.frame().await else { return };
        read += frame.data_ref().map_or(0, Bytes::len) as u64;
    }
}

/// The reply that is sent in place of the honest one; none if the client gets none.
pub(crate) fn alter(fault: &Fault, mut reply: Reply) -> Option<Reply> {
    match fault {
        Fault::CloseBeforeBody | Fault::CloseInBody { .. } | Fault::CloseAfterBody | Fault::LostReply => return None,
        Fault::Status { code, body, .. } => return Some(stand_in(*code, body)),
        Fault::Redirect { code, location } => {
            let mut elsewhere = Reply::bare(*code);
            if let Ok(location) = HeaderValue::try_from(location) {
                elsewhere.headers.insert(LOCATION, location);
            }
            return Some(elsewhere);
        }
        Fault::GarbledJson => reply.body = garbled(&reply.body),
        Fault::HugeBody { .. } => reply.errcode = Some(0),
        Fault::HugeHeader => {
            if let Ok(value) = HeaderValue::try_from(vec![b'x'; HUGE_HEADER]) {
                reply.headers.insert("x-huge", value);
            }
        }
        Fault::Mislabelled => {
            let is_file = reply.headers.remove(CONTENT_DISPOSITION).is_some();
            let label = if is_file { "text/plain" } else { "image/jpeg" };
            reply.headers.insert(CONTENT_TYPE, HeaderValue::from_static(label));
        }
        Fault::Delay { .. }
        | Fault::Stall
        | Fault::Trickle { .. }
        | Fault::TruncatedBody
        | Fault::ContentLengthTooSmall
        | Fault::ContentLengthTooLarge
        | Fault::TwoContentLengths
        | Fault::ContentLengthTwice
        | Fault::Errcode { .. } => {}
    }
    Some(reply)
}

/// Sends a reply in the way that the fault asks for.
pub(crate) async fn deliver(fault: &Fault, reply: Reply, line: &Line) -> Response {
    let body = reply.body.clone();
    let length = body.len();
    let half = body.slice(..length / 2);
    let script = match fault {
        Fault::Stall => vec![head(&reply, &[length]), Step::Send(half), Step::AwaitEnd],
        Fault::Trickle { ms } => vec![head(&reply, &[length]), Step::Trickle(body, Duration::from_millis(*ms))],
        Fault::TruncatedBody => whole(&reply, &[length], half),
        Fault::ContentLengthTooSmall => whole(&reply, &[length / 2], body),
        Fault::ContentLengthTooLarge => whole(&reply, &[2 * length + 1], body),
        Fault::TwoContentLengths => whole(&reply, &[length, length + 1], body),
        Fault::ContentLengthTwice => whole(&reply, &[length, length], body),
        Fault::HugeBody { content_length } => return huge(reply, *content_length),
        Fault::Delay { ms } => {
            tokio::time::sleep(Duration::from_millis(*ms)).await;
            return reply.into_response();
        }
        _ => return reply.into_response(),
    };
    line.play(script).await
}

fn stand_in(code: StatusCode, body: &StandIn) -> Reply {
    match body {
        StandIn::Empty => Reply::bare(code),
        StandIn::Html => Reply::labelled(code, "text/html", PAGE),
        StandIn::Garbage => Reply::labelled(code, "application/json", GARBAGE),
        StandIn::Text(text) => Reply::labelled(code, "text/plain", text.clone()),
    }
}

/// Puts dirt at the beginning of the first string that is a value.
///
/// The simulator writes JSON without spaces and quotes within strings are escaped, so such a
/// string begins at the first `:"`.
fn garbled(body: &Bytes) -> Bytes {
    match body.windows(2).position(|pair| pair == b":\"") {
        Some(place) => {
            let (before, after) = body.split_at(place + 2);
            Bytes::from([before, DIRT, after].concat())
        }
        None => body.clone(),
    }
}

fn whole(reply: &Reply, lengths: &[usize], body: Bytes) -> Script {
    vec![head(reply, lengths), Step::Send(body)]
}

/// The head of a reply, with those content-lengths.
fn head(reply: &Reply, lengths: &[usize]) -> Step {
    let mut head = format!("HTTP/1.1 {}\r\nconnection: close\r\n", reply.status).into_bytes();
    for (name, value) in &reply.headers {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    for length in lengths {
        head.extend(format!("{CONTENT_LENGTH}: {length}\r\n").into_bytes());
    }
    head.extend(b"\r\n");
    Step::Send(head.into())
}

/// Streams the body, so that it never stands in memory as a whole.
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
