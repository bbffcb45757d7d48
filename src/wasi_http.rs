//! The transport on WASI 0.2. It blocks, so its futures are ready at their first poll.
//!
//! Children must be dropped before their parents (pollable, stream, body, then request or response): WASI traps otherwise.

use crate::compose::{figures, joined, lossy, number};
use crate::transport::{Body, Clock, Method, Request, Response, Timeouts, Transport, TransportError};
use wasi::clocks::monotonic_clock;
use wasi::http::outgoing_handler;
use wasi::http::types::{
    ErrorCode, Fields, FutureIncomingResponse, IncomingBody, IncomingResponse, Method as WasiMethod, OutgoingBody,
    OutgoingRequest, RequestOptions, Scheme,
};
use wasi::io::poll::{Pollable, poll};
use wasi::io::streams::{InputStream, OutputStream, StreamError};
use zeroize::Zeroize;

const NANOSECONDS_PER_MILLISECOND: u64 = 1_000_000;
/// Larger pieces gain nothing: hosts pass on what one network read gave them.
const READ_PIECE: u64 = 64 * 1024;
/// Room for a reply of unknown length that holds a token: growing would leave a part of it behind in memory.
const SECRET_ROOM: usize = 4096;

/// The host's `wasi:http` and `wasi:clocks`.
pub struct WasiHttp;

impl Clock for WasiHttp {
    fn now(&self) -> u64 {
        monotonic_clock::now() / NANOSECONDS_PER_MILLISECOND
    }

    async fn sleep(&self, milliseconds: u64) {
        poll(&[&at(self.now().saturating_add(milliseconds))]);
    }
}

impl Transport for WasiHttp {
    async fn send(&self, request: Request<'_>) -> Result<Response, TransportError> {
        let outgoing =
            prepare(&request).ok_or_else(|| TransportError::denied("the host refused the request's parts"))?;
        let body = outgoing
            .body()
            .map_err(|()| TransportError::not_sent("the host gave no body to write to"))?;
        let end = End(at(request.deadline));
        // Sent first and written then: the host takes up to 1 MiB at a time while the connection works.
        let future =
            outgoing_handler::handle(outgoing, Some(options(request.timeouts))).map_err(|code| failed(&code))?;
        // An unfinished body must live until the whole reply is there: dropped before, it would end the exchange.
        let unfinished = write(body, request.body, &end)?;
        let response = receive(&future, &request, &end);
        drop(unfinished);
        response
    }
}

/// A moment of [`Clock::now`]. (Each function of the host that is imported makes 300 bytes, so there is one for every wait.)
fn at(milliseconds: u64) -> Pollable {
    monotonic_clock::subscribe_instant(milliseconds.saturating_mul(NANOSECONDS_PER_MILLISECOND))
}

/// The end of the call, which no host has a setting for: whatever is waited for, this is waited for too.
struct End(Pollable);

impl End {
    fn wait_for(&self, pollable: &Pollable) -> Result<(), TransportError> {
        match poll(&[pollable, &self.0]).contains(&0) {
            true => Ok(()),
            false => Err(TransportError::reply_lost("the time for the call as a whole is over")),
        }
    }
}

fn prepare(request: &Request<'_>) -> Option<OutgoingRequest> {
    let headers = Fields::new();
    headers.append("accept", b"*/*").ok()?;
    if request.method == Method::Post {
        // Exactly one, and equal to what is written: WeChat refuses bodies without it, hosts refuse another value.
        headers
            .append("content-length", figures(request.body.length() as usize).as_bytes())
            .ok()?;
        headers.append("content-type", request.content_type.as_bytes()).ok()?;
    }
    let outgoing = OutgoingRequest::new(headers);
    outgoing
        .set_method(match request.method {
            Method::Get => &WasiMethod::Get,
            Method::Post => &WasiMethod::Post,
        })
        .ok()?;
    outgoing
        .set_scheme(Some(if request.base.https {
            &Scheme::Https
        } else {
            &Scheme::Http
        }))
        .ok()?;
    outgoing.set_authority(Some(&request.base.authority)).ok()?;
    outgoing.set_path_with_query(Some(request.path_with_query)).ok()?;
    Some(outgoing)
}

/// A host that does not support one of them says so, and goes on with its own.
fn options(timeouts: Timeouts) -> RequestOptions {
    let nanoseconds = |milliseconds| Some(u64::from(milliseconds) * NANOSECONDS_PER_MILLISECOND);
    let options = RequestOptions::new();
    let _ = options.set_connect_timeout(nanoseconds(timeouts.connect));
    let _ = options.set_first_byte_timeout(nanoseconds(timeouts.first_byte));
    let _ = options.set_between_bytes_timeout(nanoseconds(timeouts.between_bytes));
    options
}

/// Writes the pieces from where they are. A server that stops reading has usually said why: then the reply decides, and
/// the unfinished body comes back.
fn write(body: OutgoingBody, pieces: Body<'_>, end: &End) -> Result<Option<OutgoingBody>, TransportError> {
    let stream = body
        .write()
        .map_err(|()| TransportError::not_sent("the host gave no stream to write to"))?;
    let mut all_written = true;
    for piece in pieces.0 {
        all_written = all_written && write_piece(&stream, piece, end)?;
    }
    drop(stream);
    if !all_written {
        return Ok(Some(body));
    }
    // No flush before this: the peer may have everything already, and the flush then finds the stream closed.
    OutgoingBody::finish(body, None).map_err(|code| failed(&code))?;
    Ok(None)
}

/// False where the server reads no more.
fn write_piece(stream: &OutputStream, mut piece: &[u8], end: &End) -> Result<bool, TransportError> {
    while !piece.is_empty() {
        let Ok(room) = stream.check_write() else {
            return Ok(false);
        };
        if room == 0 {
            end.wait_for(&stream.subscribe())?;
            continue;
        }
        let room = usize::try_from(room).unwrap_or(usize::MAX);
        let (now, later) = piece.split_at(room.min(piece.len()));
        if stream.write(now).is_err() {
            return Ok(false);
        }
        piece = later;
    }
    Ok(true)
}

fn receive(future: &FutureIncomingResponse, request: &Request<'_>, end: &End) -> Result<Response, TransportError> {
    end.wait_for(&future.subscribe())?;
    let incoming = match future.get() {
        Some(Ok(Ok(incoming))) => incoming,
        Some(Ok(Err(code))) => return Err(failed(&code)),
        Some(Err(())) | None => return Err(TransportError::reply_lost("the host gave no reply")),
    };
    let status = incoming.status();
    let headers = incoming.headers();
    let header = |name| {
        let values = headers.get(name);
        values.first().map_or_else(String::new, |value| lossy(value))
    };
    let content_type = header("content-type");
    let content_disposition = header("content-disposition");
    let announced = number(header("content-length").as_bytes()).and_then(|length| usize::try_from(length).ok());
    drop(headers);
    Ok(Response {
        status,
        content_type,
        content_disposition,
        body: read(&incoming, announced, request, end)?,
    })
}

fn read(
    incoming: &IncomingResponse,
    announced: Option<usize>,
    request: &Request<'_>,
    end: &End,
) -> Result<Vec<u8>, TransportError> {
    let limit = request.reply_limit;
    let too_long = || TransportError::reply_too_long(joined(&["the reply is longer than ", &figures(limit), " bytes"]));
    if announced.is_some_and(|length| length > limit) {
        return Err(too_long());
    }
    let no_body = |()| TransportError::reply_lost("the host gave no body to read");
    let body: IncomingBody = incoming.consume().map_err(no_body)?;
    let stream: InputStream = body.stream().map_err(no_body)?;
    let readable = stream.subscribe();
    let mut bytes = Vec::new();
    // An allocation that fails would trap, so it is tried first.
    let no_memory = |_| TransportError::reply_too_long("there is not enough memory for the reply");
    let room = announced.unwrap_or(if request.reply_is_secret { SECRET_ROOM } else { 0 });
    bytes.try_reserve_exact(room).map_err(no_memory)?;
    loop {
        if let Err(over) = end.wait_for(&readable) {
            return Err(over.after(bytes));
        }
        match stream.read(READ_PIECE) {
            Ok(mut piece) => {
                if bytes.len() + piece.len() > limit {
                    return Err(too_long());
                }
                bytes.try_reserve(piece.len()).map_err(no_memory)?;
                bytes.extend_from_slice(&piece);
                if request.reply_is_secret {
                    piece.zeroize();
                }
            }
            Err(StreamError::Closed) => break,
            Err(StreamError::LastOperationFailed(_)) => {
                let broken = TransportError::reply_lost("the connection broke or stalled in the middle of the reply");
                return Err(broken.after(bytes));
            }
        }
    }
    match announced {
        Some(length) if length != bytes.len() => {
            let (read, length) = (figures(bytes.len()), figures(length));
            let message = joined(&["the reply ended after ", &read, " of ", &length, " bytes"]);
            Err(TransportError::reply_lost(message).after(bytes))
        }
        _ => Ok(bytes),
    }
}

/// What the host reports, in words. Its own texts are left out: they may hold the URL and with it the token.
fn failed(code: &ErrorCode) -> TransportError {
    match code {
        ErrorCode::DnsTimeout | ErrorCode::DnsError(_) | ErrorCode::DestinationNotFound => {
            TransportError::not_sent("the name of WeChat's server could not be resolved")
        }
        ErrorCode::DestinationUnavailable
        | ErrorCode::DestinationIpUnroutable
        | ErrorCode::ConnectionRefused
        | ErrorCode::ConnectionLimitReached => TransportError::not_sent("WeChat's server could not be reached"),
        ErrorCode::DestinationIpProhibited | ErrorCode::HttpRequestDenied => {
            TransportError::denied("the host's policy does not allow requests to the API base")
        }
        ErrorCode::ConnectionTimeout => TransportError::not_sent("the connection was not made in time"),
        // Other TLS errors can come after the request.
        ErrorCode::TlsCertificateError => TransportError::denied("the server's certificate is not trusted"),
        ErrorCode::HttpRequestUriInvalid | ErrorCode::HttpRequestMethodInvalid | ErrorCode::HttpRequestUriTooLong => {
            TransportError::denied("the host refused the request")
        }
        ErrorCode::ConnectionReadTimeout | ErrorCode::HttpResponseTimeout | ErrorCode::ConnectionWriteTimeout => {
            TransportError::reply_lost("the reply did not come in time")
        }
        ErrorCode::HttpResponseIncomplete | ErrorCode::ConnectionTerminated => {
            TransportError::reply_lost("the connection broke before the reply was complete")
        }
        _ => TransportError::reply_lost("the HTTP exchange failed"),
    }
}
