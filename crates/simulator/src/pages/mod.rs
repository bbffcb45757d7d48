//! Pages for people: the account, the requests, the faults, and each article after WeChat's filter.
//!
//! They are HTML that the simulator writes, without scripts, in the language that the browser asks for. An article's
//! HTML is shown in a sandboxed frame, and all other texts are escaped by maud.
//!
//! ```text
//! overview  material  collections  article  frame  requests  faults  accounts  unknown_account     a page each
//!         │
//! address  list  picture  publication_state   what they share      assets   the style sheet and the icon
//!         │                                                           │
//! layout  the head, the navigation, tables, headers
//!         │
//! page_request  what a request asks for     texts  English and Chinese      path
//! ```
//!
//! A page holds the lock of the world while it writes at most 50 rows.

mod accounts;
mod address;
mod article;
mod assets;
mod collections;
mod faults;
mod frame;
mod layout;
mod list;
mod material;
mod overview;
mod page_request;
mod path;
mod picture;
mod publication_state;
mod requests;
mod texts;
mod unknown_account;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::state::Shared;

/// Returns the pages below `/__pages`, where WeChat has nothing.
pub(crate) fn below_own_path() -> Router<Arc<Shared>> {
    Router::new()
        .route(path::ACCOUNTS, get(accounts::show))
        .route(path::MATERIAL, get(material::materials))
        .route(path::MEDIA, get(material::media))
        .route(path::ARTICLE_IMAGES, get(material::article_images))
        .route(path::DRAFTS, get(collections::drafts))
        .route(path::PUBLICATIONS, get(collections::publications))
        .route(path::REQUESTS, get(requests::show))
        .route(path::FAULTS, get(faults::show).post(faults::add))
        .route(path::FAULTS_REMOVE, post(faults::remove))
        .route(path::OPEN, get(overview::open))
        .route(path::FRAME, get(frame::show))
        .route(path::STYLE, get(assets::style))
        .route(path::ICON, get(assets::icon))
}

/// Returns the pictures of the pages. Those in the sandboxed frame of an article are asked for with the origin `null`,
/// as no page of this machine.
pub(crate) fn pictures() -> Router<Arc<Shared>> {
    Router::new()
        .route(path::MEDIA_PICTURE, get(picture::by_media_id))
        .route(&format!("{}{{*path}}", path::PICTURES), get(picture::by_address))
}

/// Returns the pages that a browser finds without knowing of them: the overview, and the articles at the paths of their
/// links. Requests under WeChat's names must not get them.
pub(crate) fn at_common_paths() -> Router<Arc<Shared>> {
    Router::new()
        .route(path::OVERVIEW, get(overview::show))
        .route(path::PUBLISHED, get(article::published))
        .route(path::PREVIEW, get(article::preview))
}
