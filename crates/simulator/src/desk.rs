//! The desk: takes a request off the wire, has it judged, keeps the books, sends the reply, with
//! the faults that were asked for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::Response;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use http::request::Parts;
use http::{Method, StatusCode};
use http_body_util::BodyExt;

use super::fault::line::Line;
use super::fault::{Fault, tamper};
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

/// Answers one request, or ends its connection.
pub(crate) async fn receive(
    State(desk): State<Desk>,
    Extension(line): Extension<Line>,
    request: axum::extract::Request,
) -> Response {
    let (head, body) = request.into_parts();
    let query = Query::<Vec<(String, String)>>::try_from_uri(&head.uri)
        .map(|Query(pairs)| pairs)
        .unwrap_or_default();
    let fault = desk.shared.faults().for_request(head.uri.path());
    let number = desk.shared.journal().open(&head, query.clone(), fault.clone());
    if let Some(share) = fault.as_ref().and_then(|fault| fault.reads_only(announced(&head))) {
        tamper::read_only(share, body).await;
        return line.close().await;
    }
    let (reply, acted) = match refuse_unread(&head) {
        Some(status) => {
            tokio::spawn(tokio::time::timeout(PATIENCE, discard(body)));
            (Reply::bare(status), false)
        }
        None => match axum::body::to_bytes(body, LARGEST_BODY).await {
            Err(_) => (Reply::bare(StatusCode::BAD_REQUEST), false),
            Ok(body) => {
                let sha256 = journal::sha256(&body);
                desk.shared.journal().body(number, &body, sha256);
                let form = match head.headers.get(CONTENT_TYPE) {
                    Some(said) if Form::is_announced_by(said) => {
                        Some(Form::read(said, &body, desk.shared.options.lenient).await)
                    }
                    _ => None,
                };
                let request = Request {
                    method: head.method,
                    uri: head.uri,
                    query,
                    headers: head.headers,
                    body,
                    form,
                    secure: desk.secure,
                    lenient: desk.shared.options.lenient,
                };
                answer(&desk, &request, fault.as_ref())
            }
        },
    };
    let reply = match &fault {
        None => Some(reply),
        Some(fault) => tamper::alter(fault, reply),
    };
    desk.shared.journal().close(number, acted, reply.as_ref());
    match (reply, fault) {
        (None, _) => line.close().await,
        (Some(reply), None) => reply.into_response(),
        (Some(reply), Some(fault)) => tamper::deliver(&fault, reply, &line).await,
    }
}

/// The status for a request that is refused by its headers alone.
fn refuse_unread(head: &Parts) -> Option<StatusCode> {
    let chunked = head.headers.contains_key(TRANSFER_ENCODING);
    // The length is mandatory wherever there is a body (wechat-api §1).
    if chunked || (head.method == Method::POST && !head.headers.contains_key(CONTENT_LENGTH)) {
        return Some(StatusCode::PRECONDITION_FAILED);
    }
    (announced(head) > LARGEST_BODY as u64).then_some(StatusCode::PAYLOAD_TOO_LARGE)
}

/// Length of the body as the headers have it; 0 if they have none.
fn announced(head: &Parts) -> u64 {
    let length = head.headers.get(CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse().ok());
    length.unwrap_or_default()
}

async fn discard(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

/// The rules' reply, and whether they carried the request out.
fn answer(desk: &Desk, request: &Request, fault: Option<&Fault>) -> (Reply, bool) {
    let begun = Instant::now();
    let mut world = desk.shared.world();
    let Judged { app_id, label, outcome } = if fault.is_none_or(Fault::acts) {
        gate::judge(&mut world, request)
    } else {
        Judged::unheard()
    };
    let acted = outcome.is_ok();
    let outcome = fault.and_then(Fault::refusal).map_or(outcome, Err);
    let reply = match outcome {
        Ok(answer) => Reply::success(answer, label, world.raw_control_characters),
        Err(refusal) => {
            let now = world.clock.now();
            let rid = world.noise.rid(now);
            let hint = format!("{}-0", world.noise.id(12));
            let reply = Reply::refusal(&refusal, &hint, &rid);
            let refused = remember(&world, request, app_id, &reply, begun);
            world.rids.insert(rid, refused);
            reply
        }
    };
    (reply, acted)
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
