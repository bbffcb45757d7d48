//! A request under way, and the waiting for it.

use wasi::http::outgoing_handler;
use wasi::http::types::{FutureIncomingResponse, IncomingResponse, OutgoingRequest};
use wasi::io::poll::{Pollable, poll};

use super::clock::at;
use super::error::from_host;
use super::request;
use crate::texts::TransportTexts;
use crate::transport::{Request, TransportError};

/// A request that the host is sending.
pub struct Exchange {
    // A child of the future, so it is dropped first.
    replied: Pollable,
    future: FutureIncomingResponse,
    /// The end of the call, for which no host has a setting. Every wait ends with it.
    deadline: Pollable,
    /// The texts of errors.
    pub texts: &'static TransportTexts,
}

impl Exchange {
    /// Makes the host send the request.
    pub fn start(outgoing: OutgoingRequest, request: &Request<'_>) -> Result<Self, TransportError> {
        let options = request::options(request.timeouts);
        let future =
            outgoing_handler::handle(outgoing, Some(options)).map_err(|code| from_host(request.texts, &code))?;
        Ok(Self {
            replied: future.subscribe(),
            future,
            deadline: at(request.deadline),
            texts: request.texts,
        })
    }

    /// Waits until this pollable is ready.
    pub fn wait_for(&self, pollable: &Pollable) -> Result<(), TransportError> {
        match poll(&[pollable, &self.deadline]).contains(&0) {
            true => Ok(()),
            false => Err(self.over()),
        }
    }

    /// Waits until the body can be written, and returns true then. Returns false if the reply has begun: the server has
    /// decided without the rest, and may never read it.
    pub fn wait_to_write(&self, writable: &Pollable) -> Result<bool, TransportError> {
        let ready = poll(&[&self.replied, &self.deadline, writable]);
        match (ready.contains(&0), ready.contains(&1)) {
            (true, _) => Ok(false),
            (false, true) => Err(self.over()),
            (false, false) => Ok(true),
        }
    }

    /// Returns whether the reply has begun, or will never come.
    pub fn has_replied(&self) -> bool {
        self.replied.ready()
    }

    /// Waits for the head of the reply.
    pub fn reply(&self) -> Result<IncomingResponse, TransportError> {
        self.wait_for(&self.replied)?;
        match self.future.get() {
            Some(Ok(Ok(incoming))) => Ok(incoming),
            Some(Ok(Err(code))) => Err(from_host(self.texts, &code)),
            Some(Err(())) | None => Err(TransportError::reply_lost(self.texts.no_reply)),
        }
    }

    fn over(&self) -> TransportError {
        TransportError::reply_lost(self.texts.time_over)
    }
}
