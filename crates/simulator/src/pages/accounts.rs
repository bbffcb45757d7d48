//! The list of accounts, to choose one.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use super::layout::{self, Place};
use super::list::Listed;
use super::page_request::PageRequest;
use super::path;
use crate::state::Shared;

/// Answers with the page.
pub(super) async fn show(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let texts = request.texts;
    let world = shared.world();
    let listed = Listed::of(&request, world.accounts.len(), world.accounts.values());
    let rows: Vec<[Markup; 4]> = { listed.items.iter() }
        .map(|account| {
            [
                html! {
                    a href=(request.for_account(path::OVERVIEW, &account.app_id, &[])) { code { (account.app_id) } }
                },
                html! { (account.materials.len()) },
                html! { (account.drafts.len()) },
                html! { (account.publications.len()) },
            ]
        })
        .collect();
    let pager = listed.pager(&request);
    drop(world);
    let names = [texts.app_id, texts.material, texts.drafts, texts.publications].map(|name| name.as_str());
    let body = html! {
        (layout::table(texts.accounts.as_str(), names, &rows, texts.no_account.as_str()))
        (pager)
    };
    layout::page(&request, Place::Elsewhere, texts.accounts.as_str(), &body)
}
