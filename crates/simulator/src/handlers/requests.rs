//! `/__requests`: the log of requests, for other programs.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::{self, MethodRouter};
use serde::Serialize;

use crate::fault::kind::Fault;
use crate::request_log::Entry;
use crate::state::Shared;

/// The control path. No path of WeChat's begins like it.
pub(super) const PATH: &str = "/__requests";

/// The requests in order of arrival, and the number of older ones that the log no longer has.
#[derive(Serialize)]
struct Requests {
    requests: Vec<Outline>,
    dropped: u64,
}

/// An [`Entry`] without its query, headers and body, which hold tokens and secrets.
#[derive(Serialize)]
struct Outline {
    method: String,
    path: String,
    body_length: u64,
    status: u16,
    errcode: Option<i64>,
    fault: Option<Fault>,
    executed: bool,
}

impl From<Entry> for Outline {
    fn from(entry: Entry) -> Outline {
        Outline {
            method: entry.method,
            path: entry.path,
            body_length: entry.body_length,
            status: entry.status,
            errcode: entry.errcode,
            fault: entry.fault,
            executed: entry.executed,
        }
    }
}

/// Returns the method of the path.
pub(super) fn methods() -> MethodRouter<Arc<Shared>> {
    routing::get(show)
}

async fn show(State(shared): State<Arc<Shared>>) -> Json<Requests> {
    let log = shared.log();
    let (entries, dropped) = (log.entries(), log.dropped());
    drop(log);
    let requests = entries.into_iter().map(Outline::from).collect();
    Json(Requests { requests, dropped })
}
