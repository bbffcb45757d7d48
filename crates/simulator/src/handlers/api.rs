//! WeChat's API on the wire: reads a request, logs it, and sends the reply of `execute`. A fault may change the reply.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use http::request::Parts;
use http::{Method, StatusCode};
use http_body_util::BodyExt;

use super::execute::execute;
use crate::fault::effect::Effect;
use crate::fault::raw_connection::RawConnection;
use crate::model::alteration::Alteration;
use crate::request::Request;
use crate::request_log;
use crate::state::Shared;
use crate::wire::multipart::Form;
use crate::wire::reply::Reply;

/// Largest body: far more than any endpoint accepts. A gateway refuses more with 413.
const LARGEST_BODY: usize = 32 * 1024 * 1024;

/// Time for which the rest of a refused body is read and thrown away, so that the client can finish
/// sending and read the reply instead of finding a reset connection.
const DISCARD_TIME: Duration = Duration::from_secs(5);

/// State of this handler.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    pub(crate) shared: Arc<Shared>,
    /// True if connections here count as encrypted.
    pub(crate) secure: bool,
}

/// Answers one request, or ends its connection.
pub(crate) async fn handle(
    State(api): State<Api>,
    Extension(connection): Extension<RawConnection>,
    request: axum::extract::Request,
) -> Response {
    let (head, body) = request.into_parts();
    let query = Query::<Vec<(String, String)>>::try_from_uri(&head.uri)
        .map(|Query(pairs)| pairs)
        .unwrap_or_default();
    let fault = api.shared.faults().for_request(head.uri.path());
    let effect = fault.as_ref().map_or_else(Effect::none, |fault| fault.effect());
    let number = api.shared.log().open(&head, query.clone(), fault);
    if let Some(cut) = effect.cut {
        cut.read(announced_length(&head), body).await;
        return connection.close().await;
    }
    let (reply, executed) = match read_body(&head, body).await {
        Err(status) => (Reply::empty(status), false),
        Ok(body) => {
            let sha256 = request_log::sha256(&body);
            api.shared.log().body(number, &body, sha256);
            let request = api.request(head, query, body, effect.alteration).await;
            execute(&mut api.shared.world(), &request, effect.executes, effect.error)
        }
    };
    let delivery = (effect.deliver)(reply);
    api.shared.log().close(number, executed, delivery.reply());
    delivery.send(&connection).await
}

impl Api {
    async fn request(
        &self,
        head: Parts,
        query: Vec<(String, String)>,
        body: Bytes,
        alteration: Option<Alteration>,
    ) -> Request {
        let lenient = self.shared.options.lenient;
        let form = match head.headers.get(CONTENT_TYPE) {
            Some(content_type) if Form::is_announced_by(content_type) => {
                Some(Form::read(content_type, &body, lenient).await)
            }
            _ => None,
        };
        Request {
            method: head.method,
            path: head.uri.path().to_owned(),
            query,
            headers: head.headers,
            body,
            form,
            secure: self.secure,
            lenient,
            alteration,
        }
    }
}

/// Reads the body, or returns the status for a request that the server refuses before its rules.
async fn read_body(head: &Parts, body: Body) -> Result<Bytes, StatusCode> {
    let is_chunked = head.headers.contains_key(TRANSFER_ENCODING);
    let has_length = head.headers.contains_key(CONTENT_LENGTH);
    // The length is mandatory for every body (wechat-api §1).
    let refused = if is_chunked || (head.method == Method::POST && !has_length) {
        Some(StatusCode::PRECONDITION_FAILED)
    } else {
        (announced_length(head) > LARGEST_BODY as u64).then_some(StatusCode::PAYLOAD_TOO_LARGE)
    };
    if let Some(status) = refused {
        tokio::spawn(tokio::time::timeout(DISCARD_TIME, discard(body)));
        return Err(status);
    }
    let body = axum::body::to_bytes(body, LARGEST_BODY).await;
    body.map_err(|_| StatusCode::BAD_REQUEST)
}

/// Returns the length of the body as the headers have it; 0 if they have none.
fn announced_length(head: &Parts) -> u64 {
    let length = head.headers.get(CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse().ok());
    length.unwrap_or_default()
}

async fn discard(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}
