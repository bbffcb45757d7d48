//! The style sheet and the icon of the pages.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;

use super::layout::safe_headers;

/// Answers with the style sheet.
pub(super) async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("style.css"))
}

/// Answers with the icon. Without one, browsers would ask the API for `/favicon.ico`.
pub(super) async fn icon() -> Response {
    asset("image/svg+xml", include_str!("icon.svg"))
}

fn asset(content_type: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, content_type)], safe_headers(), text).into_response()
}
