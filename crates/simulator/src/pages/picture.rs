//! The pictures of the store, for the pages: by media id, and by their addresses on WeChat's host.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use maud::{Markup, html};

use super::layout::safe_headers;
use super::page_request::PageRequest;
use super::path;
use crate::file_format::FileFormat;
use crate::model::material::MaterialKind;
use crate::model::world::World;
use crate::state::Shared;

/// Parameter of [`path::MEDIA_PICTURE`].
const MEDIA_ID: &str = "media_id";

/// Beginning of the addresses of pictures, as the store writes them.
const HOST: &str = "http://mmbiz.qpic.cn/";

/// A picture that is opened by itself runs nothing and loads nothing, whatever it is.
const POLICY: &str = "default-src 'none'; sandbox";

/// Writes a small picture of material or a temporary medium.
pub(super) fn of_media(request: &PageRequest, id: &str, name: &str) -> Markup {
    let address = request.link(path::MEDIA_PICTURE, &[(MEDIA_ID, id)]);
    html! { img .thumbnail src=(address) alt=(name) width="72" height="72" loading="lazy"; }
}

/// Writes a small picture by its address on WeChat's host.
pub(super) fn of_url(url: &str, name: &str) -> Markup {
    let address = url.replacen(HOST, path::PICTURES, 1);
    html! { img .thumbnail src=(address) alt=(name) width="72" height="72" loading="lazy"; }
}

/// Writes a picture of an account's material in its own size.
pub(super) fn large(request: &PageRequest, app_id: &str, id: &str) -> Markup {
    html! { img src=(request.for_account(path::MEDIA_PICTURE, app_id, &[(MEDIA_ID, id)])) alt=""; }
}

/// Answers with the picture of a media id.
pub(super) async fn by_media_id(State(shared): State<Arc<Shared>>, request: PageRequest) -> Response {
    let id = request.parameter(MEDIA_ID).unwrap_or_default();
    let mut world = shared.world();
    let found = request.account(&mut world).and_then(|account| {
        let is_picture = |kind| matches!(kind, MaterialKind::Image | MaterialKind::Thumb);
        let material = account
            .materials
            .get(id)
            .map(|found| (found.kind, &found.name, &found.bytes));
        let media = account
            .media
            .get(id)
            .map(|found| (found.kind, &found.name, &found.bytes));
        let (_, name, bytes) = material.or(media).filter(|(kind, ..)| is_picture(*kind))?;
        Some((bytes.clone(), format(name)))
    });
    drop(world);
    response(found)
}

/// Answers with the picture that has this path on WeChat's host, in whatever size and form the query asks for.
pub(super) async fn by_address(State(shared): State<Arc<Shared>>, Path(given): Path<String>) -> Response {
    // bucket, key, size
    let mut parts = given.split('/');
    let found = match (parts.next(), parts.next()) {
        (Some(bucket), Some(key)) if !key.is_empty() => find(&shared.world(), &format!("{HOST}{bucket}/{key}/")),
        _ => None,
    };
    response(found)
}

/// Finds a picture of any account by the beginning of its address.
fn find(world: &World, beginning: &str) -> Option<(Bytes, FileFormat)> {
    let accounts = world.accounts.values();
    accounts
        .clone()
        .find_map(|account| {
            // Addresses are sorted, so the first one from here on is it, if there is one.
            let (url, bytes) = account.article_images.range(beginning.to_owned()..).next()?;
            let kind = url
                .split_once("wx_fmt=")
                .map_or("", |(_, kind)| kind.split('&').next().unwrap_or_default());
            url.starts_with(beginning)
                .then(|| (bytes.clone(), format(&format!("picture.{kind}"))))
        })
        .or_else(|| {
            let mut materials = accounts.flat_map(|account| account.materials.values());
            let material = materials.find(|material| material.url.starts_with(beginning))?;
            Some((material.bytes.clone(), format(&material.name)))
        })
}

fn format(name: &str) -> FileFormat {
    FileFormat::of_name(name).unwrap_or(FileFormat::Foreign)
}

fn response(found: Option<(Bytes, FileFormat)>) -> Response {
    match found {
        Some((bytes, format)) => {
            let headers = [(CONTENT_TYPE, format.content_type()), (CONTENT_SECURITY_POLICY, POLICY)];
            (headers, safe_headers(), bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
