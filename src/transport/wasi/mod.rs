//! The transport on WASI 0.2: `wasi:http` and `wasi:clocks`. It blocks, so its futures are ready at their first poll.
//!
//! Every call of the host, also the drop of a resource, crosses the component's boundary, which takes longer than all
//! else here. This code therefore asks for nothing twice, and waits only if there is nothing to do.
//!
//! A host traps if a parent is dropped before its child (pollable, then stream, body, request or response). Rust drops
//! fields in the order of their declaration and locals in the reverse order; both are arranged for that.

mod body;
mod clock;
pub(super) mod error;
mod exchange;
mod received;
mod reply;
mod request;

use self::exchange::Exchange;
use super::{Clock, Request, Response, Transport, TransportError};

/// The host's HTTP and clock.
pub struct WasiHttp;

impl Clock for WasiHttp {
    fn now(&self) -> u64 {
        clock::now()
    }

    async fn sleep(&self, milliseconds: u64) {
        clock::at(clock::now().saturating_add(milliseconds)).block();
    }
}

impl Transport for WasiHttp {
    async fn send(&self, request: Request<'_>) -> Result<Response, TransportError> {
        let outgoing = request::prepare(&request)?;
        let body = outgoing
            .body()
            .map_err(|()| TransportError::not_sent(request.texts.no_body_to_write))?;
        // Sent first, written second: the host takes up to 1 MiB at a time while the connection works.
        let exchange = Exchange::start(outgoing, &request)?;
        let unfinished = body::write(body, request.body, &exchange)?;
        let response = reply::receive(&exchange, &request);
        // It must live until the whole reply is there: its drop ends the exchange.
        drop(unfinished);
        response
    }
}
