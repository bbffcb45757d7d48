//! The HTTP handlers: WeChat's API, and the control path for faults.

mod api;
mod execute;
mod faults;

use std::sync::Arc;

use axum::Router;

use crate::state::Shared;

/// Returns the handlers of one kind of connection. `secure` means that it counts as encrypted.
pub(crate) fn routes(shared: &Arc<Shared>, secure: bool) -> Router {
    let api = api::Api {
        shared: shared.clone(),
        secure,
    };
    Router::new()
        .route(faults::PATH, faults::methods().with_state(shared.clone()))
        .fallback(api::handle)
        .with_state(api)
}
