//! The style sheet of the pages.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;

use super::layout::safe_headers;

/// Answers with the style sheet.
pub(super) async fn show() -> Response {
    let content_type = [(CONTENT_TYPE, "text/css; charset=utf-8")];
    (content_type, safe_headers(), include_str!("style.css")).into_response()
}
