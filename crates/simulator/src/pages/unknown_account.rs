//! The answer to a request that names an account that does not exist. Another account's data would mislead.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use maud::html;

use super::layout::{self, Place};
use super::page_request::UnknownAccount;
use super::path;

impl IntoResponse for UnknownAccount {
    fn into_response(self) -> Response {
        let UnknownAccount { request, app_id } = self;
        let texts = request.texts;
        let body = html! {
            p .problem role="alert" { (texts.unknown_account.with([&app_id])) }
            p { a href=(request.link(path::ACCOUNTS, &[])) { (texts.accounts.as_str()) } }
        };
        let title = texts.no_such_account.as_str();
        let mut response = layout::page(&request, Place::Elsewhere, title, &body);
        *response.status_mut() = StatusCode::NOT_FOUND;
        response
    }
}
