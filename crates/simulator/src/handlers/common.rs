//! The paths that pages share with WeChat's API: a browser on this machine gets a page, everybody else WeChat's answer.

use axum::Extension;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::Method;

use super::api::{self, Api};
use super::guard;
use crate::fault::raw_connection::RawConnection;

/// Passes a request on to the page if it is a GET from this machine, and to the API if not.
pub(super) async fn page_or_api(
    State(api): State<Api>,
    Extension(connection): Extension<RawConnection>,
    request: Request,
    next: Next,
) -> Response {
    let is_local = guard::foreign_part(request.uri(), request.headers(), api.shared.port()).is_none();
    if is_local && request.method() == Method::GET {
        next.run(request).await
    } else {
        api::handle(State(api), Extension(connection), request).await
    }
}
