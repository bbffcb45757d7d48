//! The bodies of requests and responses.

use wasi::http::types::{IncomingBody, IncomingRequest, OutgoingBody};
use wasi::io::streams::{InputStream, StreamError};

use crate::http::{Body, BodyError};

/// The most bytes of one read. More gains nothing: hosts pass on what one read of the network gave them.
const PIECE: u64 = 64 * 1024;

/// The most bytes of a body that are skipped. A caller that sends more may see the connection end before the response.
const SKIPPED: usize = 64 * 1024 * 1024;

/// The body of a request that has not been read yet.
pub struct RequestBody<'a> {
    request: &'a IncomingRequest,
}

impl<'a> RequestBody<'a> {
    pub fn new(request: &'a IncomingRequest) -> Self {
        Self { request }
    }
}

impl RequestBody<'_> {
    /// Hands the body's stream over. A host gives it once.
    fn with_stream<T>(&self, task: impl FnOnce(&InputStream) -> T) -> Result<T, BodyError> {
        let body = self.request.consume().map_err(|()| BodyError::BrokenOff)?;
        let stream = body.stream().map_err(|()| BodyError::BrokenOff)?;
        let result = task(&stream);
        // The stream first: it is a child of the body.
        drop(stream);
        drop(IncomingBody::finish(body));
        Ok(result)
    }
}

impl Body for RequestBody<'_> {
    fn read(&mut self, limit: usize) -> Result<Vec<u8>, BodyError> {
        self.with_stream(|stream| {
            let bytes = read_to_end(stream, limit);
            if matches!(bytes, Err(BodyError::TooLong | BodyError::NoMemory)) {
                skip(stream);
            }
            bytes
        })?
    }

    fn skip(&mut self) {
        // A body that can't be read needs no skipping.
        let _ = self.with_stream(skip);
    }
}

/// Reads to the end, or as much as is skipped at most.
fn skip(stream: &InputStream) {
    let mut skipped = 0;
    while skipped < SKIPPED {
        match stream.blocking_read(PIECE) {
            Ok(piece) => skipped += piece.len(),
            Err(_) => return,
        }
    }
}

fn read_to_end(stream: &InputStream, limit: usize) -> Result<Vec<u8>, BodyError> {
    let mut bytes = Vec::new();
    loop {
        match stream.blocking_read(PIECE) {
            Ok(piece) if piece.len() > limit - bytes.len() => return Err(BodyError::TooLong),
            Ok(piece) => {
                // An allocation that fails would trap, so it is tried.
                bytes.try_reserve(piece.len()).map_err(|_| BodyError::NoMemory)?;
                bytes.extend(piece);
            }
            Err(StreamError::Closed) => return Ok(bytes),
            Err(StreamError::LastOperationFailed(_)) => return Err(BodyError::BrokenOff),
        }
    }
}

/// Writes a response's body. Returns false if the caller is gone.
pub fn write(body: &OutgoingBody, mut bytes: &[u8]) -> bool {
    let Ok(stream) = body.write() else { return false };
    while !bytes.is_empty() {
        let Ok(room) = stream.check_write() else { return false };
        if room == 0 {
            stream.subscribe().block();
            continue;
        }
        let room = usize::try_from(room).unwrap_or(usize::MAX);
        let (now, later) = bytes.split_at(room.min(bytes.len()));
        if stream.write(now).is_err() {
            return false;
        }
        bytes = later;
    }
    true
}
