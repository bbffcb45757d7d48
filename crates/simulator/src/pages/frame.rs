//! The document in the frame of an article's page: the article's HTML, which is untrusted.
//!
//! The frame is sandboxed by its element and by its own policy, so that nothing in it runs, is sent or opens another
//! page, and it loads pictures of the simulator alone. A reader sees it as on a phone in light mode: what WeChat makes
//! of colours in dark mode is not modelled.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::address::{Address, Found};
use super::layout;
use super::page_request::PageRequest;
use super::path::{self, READERS};
use super::picture;
use crate::html::{self as filter, MARK};
use crate::model::article::ArticleKind;
use crate::state::Shared;

/// Inline style is what articles are made of; everything else is refused. `sandbox` also holds if somebody opens the
/// document by itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; form-action 'none'; \
                      frame-ancestors 'self'; base-uri 'none'";

/// The look of WeChat's reader on a phone, and of the marks.
const STYLE: &str = "html{color-scheme:only light;background:#fff;color:#1f1f1f}\
    body{margin:0;padding:20px 16px 40px;font:17px/1.6 system-ui,-apple-system,'PingFang SC','Noto Sans CJK SC',\
    sans-serif;overflow-wrap:break-word}\
    img{max-width:100%;height:auto}h1{font-size:22px;line-height:1.4;margin:0 0 8px}\
    :focus-visible{outline:3px solid #0b6b3a;outline-offset:-3px}.byline{color:#666;font-size:15px;margin:0 0 24px}";

/// The look of a mark. `!important`, as an article may style anything.
const MARK_STYLE: &str = "{display:inline-block!important;background:#b3261e!important;color:#fff!important;\
    font:600 12px/1.5 system-ui,sans-serif!important;border-radius:4px!important;padding:0 5px!important;\
    margin:0 2px!important;text-indent:0!important;letter-spacing:0!important;white-space:nowrap!important}";

/// Answers with the document.
pub(super) async fn show(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let found = Address::of_request(&request).and_then(|address| address.find(&shared.world()));
    let Some(found) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let article = &found.article;
    let content = match article.kind {
        ArticleKind::News => html! { (PreEscaped(shown(&request, &found))) },
        ArticleKind::Newspic => pictures(&request, &found),
    };
    let document = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (article.title) }
                style { (PreEscaped(STYLE)) (MARK) (PreEscaped(MARK_STYLE)) }
            }
            // Keyboards reach it, to scroll a text that has no link.
            body tabindex="0" {
                h1 { (article.title) }
                @if !article.author.is_empty() { p .byline { (article.author) } }
                (content)
            }
        }
    };
    layout::document_response(StatusCode::OK, POLICY, document)
}

/// Returns the content of news as the page shows it.
fn shown(request: &PageRequest, found: &Found) -> String {
    let content = if request.parameter(READERS).is_some() {
        found.article.content.clone()
    } else {
        found.marked().0
    };
    filter::with_pictures_at(path::PICTURES, &content)
}

/// Writes a picture message: its pictures, and its text with the line breaks that it has.
fn pictures(request: &PageRequest, found: &Found) -> Markup {
    html! {
        @for id in &found.article.images { p { (picture::large(request, &found.app_id, id)) } }
        @for line in found.article.content.lines() { p { (line) } }
    }
}
