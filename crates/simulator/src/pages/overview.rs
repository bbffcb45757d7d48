//! The first page: what an account has, its newest publications, and its quota.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::address::Address;
use super::layout::{self, Place};
use super::page_request::PageRequest;
use super::path;
use crate::model::account::Account;
use crate::state::Shared;

/// Answers with the page.
pub(super) async fn show(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let texts = request.texts;
    let mut world = shared.world();
    let Some(account) = request.account(&mut world) else {
        drop(world);
        return layout::page(
            &request,
            Place::Overview,
            texts.overview.as_str(),
            &html! { p { (texts.no_account.as_str()) } },
        );
    };
    let counts = counts(&request, account);
    let quota = quota(&request, account);
    drop(world);
    let body = html! {
        (counts)
        section aria-labelledby="open" {
            h2 #open { (texts.open_link.as_str()) }
            (open_form(&request))
        }
        section aria-labelledby="quota" {
            h2 #quota { (texts.quota.as_str()) }
            p .hint { (texts.quota_hint.as_str()) }
            (quota)
        }
    };
    layout::page(&request, Place::Overview, texts.overview.as_str(), &body)
}

/// Writes the numbers of everything that the account has stored, each with a link to its list.
fn counts(request: &PageRequest, account: &Account) -> Markup {
    let texts = request.texts;
    let rows = [
        (texts.material, path::MATERIAL, account.materials.len()),
        (texts.article_images, path::ARTICLE_IMAGES, account.article_images.len()),
        (texts.media, path::MEDIA, account.media.len()),
        (texts.drafts, path::DRAFTS, account.drafts.len()),
        (texts.publications, path::PUBLICATIONS, account.publications.len()),
    ];
    html! {
        ul .counts {
            @for (name, path, count) in rows {
                li { a href=(request.link(path, &[])) { strong { (count) } " " span { (name.as_str()) } } }
            }
        }
    }
}

/// Writes the calls of today for each path that was called, and its allowance.
fn quota(request: &PageRequest, account: &mut Account) -> Markup {
    let texts = request.texts;
    let limits: Vec<(String, u64)> = { account.daily_limits.iter() }
        .map(|(path, limit)| (path.clone(), *limit))
        .collect();
    let used = limits
        .into_iter()
        .map(|(path, limit)| (account.calls_today(&path), path, limit));
    let mut used: Vec<(u64, String, u64)> = used.filter(|(calls, ..)| *calls > 0).collect();
    used.sort();
    used.reverse();
    let rows: Vec<[Markup; 3]> = { used.iter() }
        .map(|(calls, path, limit)| {
            let allowed = if *limit == u64::MAX {
                texts.unlimited.as_str().to_owned()
            } else {
                limit.to_string()
            };
            [html! { code { (path) } }, html! { (calls) }, html! { (allowed) }]
        })
        .collect();
    let names = [
        texts.api.as_str(),
        texts.calls_today.as_str(),
        texts.calls_allowed.as_str(),
    ];
    layout::table(texts.quota.as_str(), names, &rows, texts.no_calls.as_str())
}

fn open_form(request: &PageRequest) -> Markup {
    let texts = request.texts;
    html! {
        form .open action=(path::OPEN) {
            @if let Some(language) = request.parameter("lang") { input type="hidden" name="lang" value=(language); }
            label for="url" { (texts.article_link.as_str()) }
            input #url name="url" required placeholder="http://mp.weixin.qq.com/s/…" autocomplete="off"
                spellcheck="false";
            button { (texts.open.as_str()) }
        }
    }
}

/// Leads to the article of a link as the simulator gives it out, on whatever host.
pub(super) async fn open(request: PageRequest) -> Response {
    match request.parameter("url").and_then(Address::of_url) {
        Some(address) => Redirect::to(&address.link(&request, &[])).into_response(),
        None => {
            let body = html! {
                p .problem role="alert" { (request.texts.no_article_link.as_str()) }
                (open_form(&request))
            };
            layout::page(&request, Place::Elsewhere, request.texts.open_link.as_str(), &body)
        }
    }
}
