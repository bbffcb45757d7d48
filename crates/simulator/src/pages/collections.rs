//! The lists of drafts and of publications, with a link to the page of each article.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use super::address::Address;
use super::layout::{self, Place, time_element};
use super::list::Listed;
use super::page_request::PageRequest;
use super::picture;
use super::publication_state;
use crate::model::article::Article;
use crate::state::Shared;

/// Answers with the list of drafts.
pub(super) async fn drafts(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let texts = request.texts;
    let mut world = shared.world();
    let drafts = request.account(&mut world).map(|account| &account.drafts);
    let all = drafts.into_iter().flatten();
    let listed = Listed::newest(&request, all.map(|(id, draft)| (draft.order, (id, draft))));
    let rows: Vec<[Markup; 4]> = { listed.items.iter() }
        .map(|(id, draft)| {
            [
                cover(&request, &draft.articles),
                articles(&request, &draft.articles),
                html! { code .id { (id) } },
                time_element(draft.update_time),
            ]
        })
        .collect();
    let pager = listed.pager(&request);
    drop(world);
    let names = [texts.cover, texts.articles, texts.media_id, texts.changed].map(|name| name.as_str());
    let body = html! {
        (layout::table(texts.drafts.as_str(), names, &rows, texts.no_drafts.as_str()))
        (pager)
    };
    layout::page(&request, Place::Drafts, texts.drafts.as_str(), &body)
}

/// Answers with the list of publications. Those whose time has come are ended first, as a request would do.
pub(super) async fn publications(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let texts = request.texts;
    let mut world = shared.world();
    let account = request.account(&mut world).map(|account| {
        account.advance_publications();
        &*account
    });
    let all = account.iter().flat_map(|account| &account.publications);
    let listed = Listed::newest(
        &request,
        all.map(|(id, publication)| (publication.order, (id, publication))),
    );
    let rows: Vec<[Markup; 5]> = { listed.items.iter() }
        .map(|(id, publication)| {
            [
                cover(&request, &publication.articles),
                articles(&request, &publication.articles),
                publication_state::badge(&request, publication.status),
                html! { code .id { (id) } },
                time_element(publication.update_time),
            ]
        })
        .collect();
    let pager = listed.pager(&request);
    drop(world);
    let names = [
        texts.cover,
        texts.articles,
        texts.state,
        texts.publish_id,
        texts.changed,
    ]
    .map(|name| name.as_str());
    let body = html! {
        (layout::table(texts.publications.as_str(), names, &rows, texts.no_publications.as_str()))
        (pager)
    };
    layout::page(&request, Place::Publications, texts.publications.as_str(), &body)
}

fn cover(request: &PageRequest, articles: &[Article]) -> Markup {
    let id = articles.first().map_or("", |article| article.thumb_media_id.as_str());
    html! { @if !id.is_empty() { (picture::of_media(request, id, "")) } }
}

fn articles(request: &PageRequest, articles: &[Article]) -> Markup {
    html! {
        ol .articles {
            @for article in articles {
                li {
                    @match Address::of_url(&article.url) {
                        Some(address) => a href=(address.link(request, &[])) { (article.title) },
                        None => (article.title),
                    }
                    @if article.is_deleted { " " span .badge { (request.texts.deleted.as_str()) } }
                }
            }
        }
    }
}
