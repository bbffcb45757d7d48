//! The body of a request, written while the host sends it.

use wasi::http::types::OutgoingBody;
use wasi::io::streams::OutputStream;

use super::error::from_host;
use super::exchange::Exchange;
use crate::transport::{Body, TransportError};

/// Writes the pieces from where they are. A server that stops reading has usually replied with the reason, so the reply
/// decides then, and the unfinished body is returned.
pub fn write(
    body: OutgoingBody,
    pieces: Body<'_>,
    exchange: &Exchange,
) -> Result<Option<OutgoingBody>, TransportError> {
    // A request without a body needs no stream. It has to be finished all the same: some hosts wait for that.
    if pieces.length() > 0 && !write_pieces(&body, pieces, exchange)? {
        return Ok(Some(body));
    }
    // No flush before this: the server may have everything already, and the flush then finds the stream closed.
    match OutgoingBody::finish(body, None) {
        // A reply that is there already decides.
        Err(code) if !exchange.has_replied() => Err(from_host(exchange.texts, &code)),
        _ => Ok(None),
    }
}

/// Returns false if the server reads no more.
fn write_pieces(body: &OutgoingBody, pieces: Body<'_>, exchange: &Exchange) -> Result<bool, TransportError> {
    let stream = body
        .write()
        .map_err(|()| TransportError::reply_lost(exchange.texts.no_stream))?;
    for piece in pieces.0 {
        if !write_piece(&stream, piece, exchange)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn write_piece(stream: &OutputStream, mut piece: &[u8], exchange: &Exchange) -> Result<bool, TransportError> {
    while !piece.is_empty() {
        let Ok(room) = stream.check_write() else {
            return Ok(false);
        };
        if room == 0 {
            if !exchange.wait_to_write(&stream.subscribe())? {
                return Ok(false);
            }
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
