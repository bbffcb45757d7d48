//! The page of one article, draft or published, at the address that WeChat gives it.
//!
//! The article itself is in a frame (`frame.rs`): its HTML is untrusted.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use maud::{Markup, html};

use super::address::{Address, Found};
use super::layout::{self, Place, time_element};
use super::page_request::PageRequest;
use super::path::READERS;
use super::publication_state;
use crate::html::{Loss, LossKind, Losses};
use crate::state::Shared;

/// Answers with the page of a published article.
pub(super) async fn published(
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
    request: PageRequest,
) -> Response {
    show(&shared, request, Some(Address::Published(key)))
}

/// Answers with the page of a draft's article.
pub(super) async fn preview(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let address = Address::of_request(&request);
    show(&shared, request, address)
}

fn show(shared: &Shared, mut request: PageRequest, address: Option<Address>) -> Response {
    let texts = request.texts;
    let found = address.and_then(|address| Some((address.find(&shared.world())?, address)));
    let Some((found, address)) = found else {
        let body = html! { p .problem { (texts.no_article.as_str()) } };
        let mut response = layout::page(&request, Place::Elsewhere, texts.not_found.as_str(), &body);
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    request.set_account(&found.app_id);
    let request = &request;
    let is_marked = request.parameter(READERS).is_none();
    let (_, losses) = found.marked();
    let article = &found.article;
    let look: &[(&str, &str)] = if is_marked { &[] } else { &[(READERS, "1")] };
    let body = html! {
        (facts(request, &found))
        nav .tabs aria-label=(texts.look.as_str()) {
            a href=(address.link(request, &[])) aria-current=[is_marked.then_some("page")] {
                (texts.with_marks.as_str())
            }
            a href=(address.link(request, &[(READERS, "1")])) aria-current=[(!is_marked).then_some("page")] {
                (texts.as_readers.as_str())
            }
        }
        div .article {
            iframe .phone sandbox="" title=(texts.frame_title.with([&article.title]))
                src=(address.frame(request, look)) {}
            section .losses aria-labelledby="losses" {
                h2 #losses { (texts.dropped.as_str()) }
                (list(request, &losses))
            }
        }
    };
    let place = if found.publication.is_some() {
        Place::Publications
    } else {
        Place::Drafts
    };
    layout::page(request, place, &article.title, &body)
}

/// Writes what there is to say about an article beside its text.
fn facts(request: &PageRequest, found: &Found) -> Markup {
    let texts = request.texts;
    let article = &found.article;
    html! {
        dl .facts {
            dt { (texts.state.as_str()) }
            dd {
                @match found.publication {
                    Some((status, time)) => { (publication_state::badge(request, status)) " " (time_element(time)) },
                    None => span .badge { (texts.draft.as_str()) },
                }
                @if article.is_deleted { " " span .badge.bad { (texts.deleted.as_str()) } }
            }
            @for (name, value) in [
                (texts.author, &article.author),
                (texts.digest, &article.digest),
                (texts.source_url, &article.content_source_url),
                (texts.address, &article.url),
            ] {
                @if !value.is_empty() { dt { (name.as_str()) } dd { (value) } }
            }
        }
    }
}

/// Writes the list of what was dropped; its numbers are those of the marks.
fn list(request: &PageRequest, losses: &Losses) -> Markup {
    let texts = request.texts;
    html! {
        @if losses.listed.is_empty() {
            p .empty { (texts.nothing_dropped.as_str()) }
        } @else {
            ol {
                @for loss in &losses.listed {
                    li { (words(request, loss)) @if !loss.detail.is_empty() { br; code { (loss.detail) } } }
                }
            }
            @let more = losses.total - losses.listed.len();
            @if more > 0 { p { (texts.more_dropped.with([&more])) } }
        }
    }
}

fn words(request: &PageRequest, loss: &Loss) -> String {
    let texts = request.texts;
    let text = match loss.kind {
        LossKind::Element => texts.loss_element,
        LossKind::Tags => texts.loss_tags,
        LossKind::TagsInside => texts.loss_tags_inside,
        LossKind::Attribute => texts.loss_attribute,
        LossKind::Declaration => texts.loss_declaration,
    };
    text.with([&loss.element])
}
