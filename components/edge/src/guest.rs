//! The service on WASI.

mod accounts;
mod body;
mod log;

use std::cell::RefCell;

use wasi::cli::environment::get_environment;
use wasi::clocks::monotonic_clock;
use wasi::exports::http::incoming_handler::Guest;
use wasi::http::types::{self, Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};
use wasi::random::random::get_random_u64;

use crate::guest::accounts::OpenAccounts;
use crate::guest::body::RequestBody;
use crate::http::{Headers, Method, Request, Response};
use crate::service::{self, Outcome};
use crate::settings::Environment;

struct Edge;

wasi::http::proxy::export!(Edge);

thread_local! {
    /// The open accounts, for the next request of this instance. A component has one thread, and no second request
    /// enters it before the first has left.
    static ACCOUNTS: RefCell<OpenAccounts> = const { RefCell::new(OpenAccounts::new()) };
}

impl Guest for Edge {
    fn handle(incoming: IncomingRequest, out: ResponseOutparam) {
        let start = monotonic_clock::now();
        let request = head(&incoming);
        let environment = Environment::new(get_environment());
        let outcome = ACCOUNTS.with_borrow_mut(|accounts| {
            let mut body = RequestBody::new(&incoming);
            service::answer(&environment, accounts, &request, &mut body, random_id)
        });
        respond(out, &request, &outcome.response);
        log(&request, &outcome, start);
    }
}

/// An id that no other instance makes: a counter would begin anew in each, and hosts start many at the same time.
fn random_id() -> String {
    format!("{:016x}{:016x}", get_random_u64(), get_random_u64())
}

fn head(incoming: &IncomingRequest) -> Request {
    Request {
        method: match incoming.method() {
            types::Method::Get => Some(Method::Get),
            types::Method::Head => Some(Method::Head),
            types::Method::Post => Some(Method::Post),
            types::Method::Put => Some(Method::Put),
            types::Method::Delete => Some(Method::Delete),
            _ => None,
        },
        target: incoming.path_with_query().unwrap_or_default(),
        headers: Headers(incoming.headers().entries()),
    }
}

/// Sends the response. A caller that is gone gets none.
fn respond(out: ResponseOutparam, request: &Request, response: &Response) {
    let headers = Fields::new();
    for (name, value) in &response.headers {
        let _ = headers.set(name, &[value.as_bytes().to_vec()]);
    }
    let is_head = request.method == Some(Method::Head);
    // A host compares the length with what is written, which is nothing after HEAD.
    if !is_head {
        let _ = headers.set("content-length", &[response.body.len().to_string().into_bytes()]);
    }
    let outgoing = OutgoingResponse::new(headers);
    let _ = outgoing.set_status_code(response.status);
    let body = outgoing.body();
    ResponseOutparam::set(out, Ok(outgoing));
    let Ok(body) = body else { return };
    if !is_head && !response.body.is_empty() && !body::write(&body, &response.body) {
        return;
    }
    let _ = OutgoingBody::finish(body, None);
}

fn log(request: &Request, outcome: &Outcome, start: u64) {
    const NANOSECONDS_PER_MILLISECOND: u64 = 1_000_000;
    let milliseconds = monotonic_clock::now().saturating_sub(start) / NANOSECONDS_PER_MILLISECOND;
    log::write(&log::line(request, outcome, milliseconds));
}
