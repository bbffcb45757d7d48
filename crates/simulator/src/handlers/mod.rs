//! The HTTP handlers: WeChat's API, and the control path for faults.

mod api;
mod execute;
mod faults;
mod guard;

use std::sync::Arc;

use axum::Router;
use axum::middleware;

use crate::state::Shared;

/// Returns the handlers of one kind of connection. `secure` means that it counts as encrypted.
pub(crate) fn routes(shared: &Arc<Shared>, secure: bool) -> Router {
    let api = api::Api {
        shared: shared.clone(),
        secure,
    };
    let guard = middleware::from_fn_with_state(shared.clone(), guard::loopback_only);
    Router::new()
        .route(faults::PATH, faults::methods().with_state(shared.clone()).layer(guard))
        .fallback(api::handle)
        .with_state(api)
}
