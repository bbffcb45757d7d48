//! `/__faults`: faults that other programs add.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{self, MethodRouter};
use bytes::Bytes;
use http::StatusCode;

use crate::fault::plan::{Faults, RULES};
use crate::state::Shared;

/// The control path. No path of WeChat's begins like it.
pub(super) const PATH: &str = "/__faults";

/// Returns the methods of the path. Each answers with the faults still to come, in JSON.
pub(super) fn methods() -> MethodRouter<Arc<Shared>> {
    routing::get(show).post(add).delete(clear)
}

async fn show(State(shared): State<Arc<Shared>>) -> Json<Faults> {
    Json(shared.faults().clone())
}

/// Reads JSON under any content type, so that clients need not send one.
async fn add(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    match serde_json::from_slice::<Faults>(&body) {
        Ok(more) => {
            if shared.faults().count() + more.count() > RULES {
                let problem = format!("more than {RULES} rules would wait; DELETE removes those there are\n");
                return (StatusCode::PAYLOAD_TOO_LARGE, problem).into_response();
            }
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
