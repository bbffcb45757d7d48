//! The desk: takes a request off the wire, has it judged, keeps the books, sends the reply.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::Response;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use http::request::Parts;
use http::{Method, StatusCode};
use http_body_util::BodyExt;

use super::gate::{self, Judged, Request};
use super::journal;
use super::multipart::Form;
use super::reply::Reply;
use super::server::Shared;
use super::world::{Refused, World};

/// No endpoint takes bodies that come near this; more is refused as a gateway would, by 413.
const LARGEST_BODY: usize = 32 * 1024 * 1024;

/// How long the rest of a refused body is read and thrown away, so that the client can finish
/// sending and read the reply instead of meeting a reset connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Request bodies up to this length are remembered for rid/get.
const BODY_REMEMBERED: usize = 4096;

/// What the desk works with.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) shared: Arc<Shared>,
    /// Whether connections here count as encrypted.
    pub(crate) secure: bool,
}

/// Answers one request.
pub(crate) async fn receive(State(desk): State<Desk>, request: axum::extract::Request) -> Response {
    let (head, body) = request.into_parts();
    let query = Query::<Vec<(String, String)>>::try_from_uri(&head.uri)
        .map(|Query(pairs)| pairs)
        .unwrap_or_default();
    let number = desk.shared.journal().open(&head, query.clone());
    let reply = match refuse_unread(&head) {
        Some(status) => {
            tokio::spawn(tokio::time::timeout(PATIENCE, discard(body)));
            Reply::bare(status)
        }
        None => match axum::body::to_bytes(body, LARGEST_BODY).await {
            Err(_) => Reply::bare(StatusCode::BAD_REQUEST),
            Ok(body) => {
                let sha256 = journal::sha256(&body);
                desk.shared.journal().body(number, &body, sha256);
                let form = match head.headers.get(CONTENT_TYPE) {
                    Some(said) if Form::is_announced_by(said) => {
                        Some(Form::read(said, &body, desk.shared.options.lenient).await)
                    }
                    _ => None,
                };
                answer(
                    &desk,
                    &Request {
                        method: head.method,
                        uri: head.uri,
                        query,
                        headers: head.headers,
                        body,
                        form,
                        secure: desk.secure,
                        lenient: desk.shared.options.lenient,
                    },
                )
            }
        },
    };
    let mut journal = desk.shared.journal();
    journal.close(number, reply.status.as_u16(), reply.errcode);
    drop(journal);
    reply.into_response()
}

/// The status for a request that is refused by its headers alone.
fn refuse_unread(head: &Parts) -> Option<StatusCode> {
    let length = head.headers.get(CONTENT_LENGTH);
    let chunked = head.headers.contains_key(TRANSFER_ENCODING);
    // The length is mandatory wherever there is a body (wechat-api §1).
    if chunked || (head.method == Method::POST && length.is_none()) {
        return Some(StatusCode::PRECONDITION_FAILED);
    }
    let length = length.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    (length > Some(LARGEST_BODY)).then_some(StatusCode::PAYLOAD_TOO_LARGE)
}

async fn discard(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

fn answer(desk: &Desk, request: &Request) -> Reply {
    let begun = Instant::now();
    let mut world = desk.shared.world();
    let Judged { app_id, label, outcome } = gate::judge(&mut world, request);
    match outcome {
        Ok(answer) => Reply::success(answer, label, world.raw_control_characters),
        Err(fault) => {
            let now = world.clock.now();
            let rid = world.noise.rid(now);
            let hint = format!("{}-0", world.noise.id(12));
            let reply = Reply::refusal(&fault, &hint, &rid);
            let refused = remember(&world, request, app_id, &reply, begun);
            world.rids.insert(rid, refused);
            reply
        }
    }
}

fn remember(world: &World, request: &Request, app_id: Option<String>, reply: &Reply, begun: Instant) -> Refused {
    let account = app_id.as_ref().and_then(|id| world.accounts.get(id));
    // Bodies of token requests hold the secret.
    let tells =
        request.path() != "/cgi-bin/stable_token" && request.form.is_none() && request.body.len() <= BODY_REMEMBERED;
    Refused {
        client_ip: account.map_or_else(String::new, |account| account.caller_ip.to_string()),
        app_id,
        invoke_time: world.now(),
        cost_in_ms: begun.elapsed().as_millis() as u64,
        request_url: masked(&request.query),
        request_body: if tells {
            String::from_utf8_lossy(&request.body).into_owned()
        } else {
            String::new()
        },
        response_body: String::from_utf8_lossy(&reply.body).into_owned(),
    }
}

/// The query as rid/get shows it: no path, and little of the token (wechat-api §15.2).
fn masked(query: &[(String, String)]) -> String {
    let shown = query.iter().map(|(name, value)| match name.as_str() {
        "access_token" => {
            let begin: String = value.chars().take(7).collect();
            format!("{name}={begin}xxxx")
        }
        "secret" => format!("{name}=xxxx"),
        _ => format!("{name}={value}"),
    });
    shown.collect::<Vec<_>>().join("&")
}
