//! The lists of files: permanent material, temporary media, and the pictures of articles.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use super::layout::{self, Place, size, time_element};
use super::list::Listed;
use super::page_request::PageRequest;
use super::path;
use super::picture;
use crate::model::material::MaterialKind;
use crate::state::Shared;

/// Answers with the list of permanent material.
pub(super) async fn materials(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let texts = request.texts;
    let mut world = shared.world();
    let materials = request.account(&mut world).map(|account| &account.materials);
    let all = materials.into_iter().flatten();
    let listed = Listed::newest(&request, all.map(|(id, material)| (material.order, (id, material))));
    let rows: Vec<[Markup; 5]> = { listed.items.iter() }
        .map(|(id, material)| {
            let title = if material.title.is_empty() {
                &material.name
            } else {
                &material.title
            };
            [
                thumbnail(&request, material.kind, id, &material.name),
                html! { (title) br; code .id { (id) } },
                html! { (kind(&request, material.kind)) },
                html! { (size(material.bytes.len())) },
                time_element(material.update_time),
            ]
        })
        .collect();
    let pager = listed.pager(&request);
    drop(world);
    let names = [texts.picture, texts.name, texts.kind, texts.size, texts.changed].map(|name| name.as_str());
    let table = layout::table(texts.material.as_str(), names, &rows, texts.no_material.as_str());
    list_page(&request, path::MATERIAL, &html! { (table) (pager) })
}

/// Answers with the list of temporary media.
pub(super) async fn media(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let texts = request.texts;
    let mut world = shared.world();
    let account = request.account(&mut world).map(|account| &*account);
    let all = account.iter().flat_map(|account| &account.media);
    let listed = Listed::newest(&request, all.map(|(id, media)| (media.created_at, (id, media))));
    let rows: Vec<[Markup; 6]> = { listed.items.iter() }
        .map(|(id, media)| {
            let is_fresh = account.is_some_and(|account| account.fresh_media(id).is_some());
            let state = if is_fresh { texts.usable } else { texts.expired };
            [
                thumbnail(&request, media.kind, id, &media.name),
                html! { (media.name) br; code .id { (id) } },
                html! { (kind(&request, media.kind)) },
                html! { (size(media.bytes.len())) },
                html! { (state.as_str()) },
                time_element(media.created_at),
            ]
        })
        .collect();
    let pager = listed.pager(&request);
    drop(world);
    let names = [
        texts.picture,
        texts.name,
        texts.kind,
        texts.size,
        texts.state,
        texts.created,
    ]
    .map(|name| name.as_str());
    let table = layout::table(texts.media.as_str(), names, &rows, texts.no_media.as_str());
    list_page(&request, path::MEDIA, &html! { (table) (pager) })
}

/// Answers with the list of pictures for the text of articles. They have no times, so they are in the order of their
/// addresses.
pub(super) async fn article_images(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let texts = request.texts;
    let mut world = shared.world();
    let images = request.account(&mut world).map(|account| &account.article_images);
    let total = images.map_or(0, |images| images.len());
    let listed = Listed::of(&request, total, images.into_iter().flatten());
    let rows: Vec<[Markup; 3]> = { listed.items.iter() }
        .map(|(url, bytes)| {
            [
                picture::of_url(url, ""),
                html! { code .id { (url) } },
                html! { (size(bytes.len())) },
            ]
        })
        .collect();
    let pager = listed.pager(&request);
    drop(world);
    let names = [texts.picture, texts.address, texts.size].map(|name| name.as_str());
    let table = layout::table(
        texts.article_images.as_str(),
        names,
        &rows,
        texts.no_article_images.as_str(),
    );
    list_page(&request, path::ARTICLE_IMAGES, &html! { (table) (pager) })
}

/// Writes a list with the links to the two others.
fn list_page(request: &PageRequest, here: &str, list: &Markup) -> Response {
    let texts = request.texts;
    let lists = [
        (path::MATERIAL, texts.material),
        (path::ARTICLE_IMAGES, texts.article_images),
        (path::MEDIA, texts.media),
    ];
    let title = lists
        .iter()
        .find(|(path, _)| *path == here)
        .map_or("", |(_, name)| name.as_str());
    let body = html! {
        nav .tabs aria-label=(texts.files.as_str()) {
            @for (path, name) in lists {
                a href=(request.link(path, &[])) aria-current=[(path == here).then_some("page")] { (name.as_str()) }
            }
        }
        (list)
    };
    layout::page(request, Place::Material, title, &body)
}

fn thumbnail(request: &PageRequest, kind: MaterialKind, id: &str, name: &str) -> Markup {
    match kind {
        MaterialKind::Image | MaterialKind::Thumb => picture::of_media(request, id, name),
        MaterialKind::Voice => html! { span .sign aria-hidden="true" { "♪" } },
        MaterialKind::Video => html! { span .sign aria-hidden="true" { "▶" } },
        MaterialKind::News => html! { span .sign aria-hidden="true" { "¶" } },
    }
}

fn kind(request: &PageRequest, kind: MaterialKind) -> &'static str {
    let texts = request.texts;
    match kind {
        MaterialKind::Image => texts.image,
        MaterialKind::Voice => texts.voice,
        MaterialKind::Video => texts.video,
        MaterialKind::Thumb => texts.thumb,
        MaterialKind::News => texts.news,
    }
    .as_str()
}
