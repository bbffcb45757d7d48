//! A web service that calls the plugin: `POST /call` with an operation and the account in JSON.
//!
//! It keeps nothing. `wasmtime serve` makes an instance for each request, and each opens the account anew.

mod answer;
mod call;
mod http;

#[allow(
    clippy::all,
    missing_docs,
    unsafe_code,
    reason = "generated; the canonical ABI passes pointers"
)]
mod bindings {
    wit_bindgen::generate!({ path: "wit", world: "consumer", generate_all });
}

use bindings::exports::wasi::http::incoming_handler::Guest;
use bindings::wasi::http::types::{IncomingRequest, Method, ResponseOutparam};

struct Consumer;

bindings::export!(Consumer with_types_in bindings);

impl Guest for Consumer {
    fn handle(request: IncomingRequest, response: ResponseOutparam) {
        let (status, body) = answer(&request);
        http::respond(response, status, &body);
    }
}

fn answer(request: &IncomingRequest) -> (u16, serde_json::Value) {
    if request.path_with_query().as_deref() != Some("/call") {
        return (404, answer::refusal("there is /call and nothing else"));
    }
    if !matches!(request.method(), Method::Post) {
        return (405, answer::refusal("/call takes POST"));
    }
    let Some(body) = http::read(request) else {
        return (400, answer::refusal("the body broke off"));
    };
    match serde_json::from_slice::<call::Call>(&body) {
        Ok(call) => (200, answer::outcome(call.execute())),
        Err(error) => (400, answer::refusal(&format!("the body is no call: {error}"))),
    }
}
