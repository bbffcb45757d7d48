//! The list of requests with what came of them, the newest first. It shows no query, header or body, because those
//! hold tokens and secrets.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use super::layout::{self, Place, size};
use super::list::Listed;
use super::page_request::PageRequest;
use super::path;
use crate::api_error::ApiError;
use crate::request_log::Entry;
use crate::state::Shared;

/// Answers with the page.
pub(super) async fn show(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let texts = request.texts;
    let log = shared.log();
    let dropped = log.dropped();
    let entries = log.iter();
    let listed = Listed::of(&request, entries.len(), entries.enumerate().rev());
    let rows: Vec<[Markup; 6]> = { listed.items.iter() }
        .map(|(index, entry)| row(&request, dropped + *index as u64 + 1, entry))
        .collect();
    let pager = listed.pager(&request);
    drop(log);
    let names = [
        texts.number,
        texts.request,
        texts.length,
        texts.reply,
        texts.fault,
        texts.executed,
    ]
    .map(|name| name.as_str());
    let body = html! {
        p .hint {
            (texts.requests_hint.as_str())
            " " a href=(request.link(path::REQUESTS, &[])) { (texts.reload.as_str()) }
        }
        (layout::table(texts.requests.as_str(), names, &rows, texts.no_requests.as_str()))
        (pager)
        @if dropped > 0 { p .hint { (texts.older_dropped.with([&dropped])) } }
    };
    layout::page(&request, Place::Requests, texts.requests.as_str(), &body)
}

fn row(request: &PageRequest, number: u64, entry: &Entry) -> [Markup; 6] {
    let texts = request.texts;
    let executed = if entry.executed { texts.yes } else { texts.no };
    [
        html! { (number) },
        html! { code { (entry.method) " " (entry.path) } },
        html! { (size(usize::try_from(entry.body_length).unwrap_or(usize::MAX))) },
        reply(request, entry),
        html! { @if let Some(fault) = &entry.fault { span .badge.bad { (fault) } } @else { "–" } },
        html! { (executed.as_str()) },
    ]
}

/// Writes the status and the errcode of a reply, with WeChat's own words for the code.
fn reply(request: &PageRequest, entry: &Entry) -> Markup {
    html! {
        @if entry.status == 0 {
            span .badge.bad { (request.texts.no_reply.as_str()) }
        } @else {
            "HTTP " (entry.status)
            @match entry.errcode {
                Some(0) => { " " span .badge.good { "errcode 0" } },
                Some(code) => { " " span .badge.bad { "errcode " (code) } " " (ApiError::new(code).message) },
                None => {},
            }
        }
    }
}
