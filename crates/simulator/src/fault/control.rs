//! `/__faults`: the faults, laid out from outside.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{self, MethodRouter};
use bytes::Bytes;
use http::StatusCode;

use super::plan::Faults;
use crate::server::Shared;

/// Where faults are laid out. No path of WeChat's begins so.
pub(crate) const PATH: &str = "/__faults";

/// Replies are the faults still laid out, in JSON.
pub(crate) fn route() -> MethodRouter<Arc<Shared>> {
    routing::get(show).post(add).delete(clear)
}

async fn show(State(shared): State<Arc<Shared>>) -> Json<Faults> {
    Json(shared.faults().clone())
}

/// Reads JSON whatever the content type says, so that one need not be given.
async fn add(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    match serde_json::from_slice(&body) {
        Ok(more) => {
            shared.faults().add(more);
            show(State(shared)).await.into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, format!("{error}\n")).into_response(),
    }
}

async fn clear(State(shared): State<Arc<Shared>>) -> Json<Faults> {
    *shared.faults() = Faults::default();
    show(State(shared)).await
}
