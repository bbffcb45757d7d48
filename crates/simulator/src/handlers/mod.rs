//! The HTTP handlers: WeChat's API, the control paths (faults, requests, and what is stored), and the pages.

mod api;
mod common;
mod execute;
mod faults;
mod guard;
mod requests;
mod stored;

use std::sync::Arc;

use axum::Router;
use axum::middleware;

use crate::pages;
use crate::state::Shared;

/// Returns the handlers of one kind of connection. `secure` means that it counts as encrypted.
pub(crate) fn routes(shared: &Arc<Shared>, secure: bool) -> Router {
    let api = api::Api {
        shared: shared.clone(),
        secure,
    };
    let control = Router::new()
        .route(faults::PATH, faults::methods())
        .route(requests::PATH, requests::methods())
        .route(stored::PATH, stored::methods())
        // `route_layer`: paths without a route are WeChat's.
        .route_layer(middleware::from_fn_with_state(shared.clone(), guard::loopback_only))
        .with_state(shared.clone());
    let own_pages = pages::below_own_path()
        .route_layer(middleware::from_fn(guard::own_forms_only))
        .route_layer(middleware::from_fn_with_state(shared.clone(), guard::loopback_only))
        .with_state(shared.clone());
    let pictures = pages::pictures()
        .route_layer(middleware::from_fn_with_state(
            shared.clone(),
            guard::loopback_host_only,
        ))
        .with_state(shared.clone());
    let common_pages = pages::at_common_paths()
        .route_layer(middleware::from_fn_with_state(api.clone(), common::page_or_api))
        .with_state(shared.clone());
    Router::new()
        .fallback(api::handle)
        .with_state(api)
        .merge(control)
        .merge(own_pages)
        .merge(pictures)
        .merge(common_pages)
}
