//! The execution of a request under WeChat's rules, and the record of those that are refused.

use std::time::Instant;

use crate::api_error::ApiError;
use crate::model::refused::RefusedRequest;
use crate::model::world::World;
use crate::request::Request;
use crate::router::{self, Dispatched};
use crate::wire::reply::Reply;

/// Length of request bodies up to which rid/get shows them.
const BODY_REMEMBERED: usize = 4096;

/// Characters of a request's query that rid/get shows.
const QUERY_REMEMBERED: usize = 1024;

/// Length of the opaque hint in some errors (wechat-api §3.4).
const HINT: usize = 12;

/// Characters of a token that rid/get shows (wechat-api §15.2).
const TOKEN_SHOWN: usize = 7;

/// Makes the reply to a request, and returns whether the request was executed.
///
/// A fault may prevent the execution, and may replace the outcome by an error.
pub(super) fn execute(world: &mut World, request: &Request, executes: bool, error: Option<ApiError>) -> (Reply, bool) {
    let begun = Instant::now();
    let Dispatched {
        app_id,
        content_type,
        outcome,
    } = if executes {
        router::dispatch(world, request)
    } else {
        Dispatched::refused(ApiError::new(-1))
    };
    let executed = outcome.is_ok();
    let reply = match error.map_or(outcome, Err) {
        Ok(answer) => Reply::success(answer, content_type, world.raw_control_characters),
        Err(error) => {
            let rid = world.ids.rid(world.clock.now());
            let hint = format!("{}-0", world.ids.id(HINT));
            let reply = Reply::error(&error, &hint, &rid);
            let refused = record(world, request, app_id, &reply, begun);
            world.refused.insert(rid, refused);
            reply
        }
    };
    (reply, executed)
}

fn record(world: &World, request: &Request, app_id: Option<String>, reply: &Reply, begun: Instant) -> RefusedRequest {
    let account = app_id.as_ref().and_then(|id| world.accounts.get(id));
    // Bodies of token requests hold the secret.
    let is_shown =
        request.path != "/cgi-bin/stable_token" && request.form.is_none() && request.body.len() <= BODY_REMEMBERED;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    RefusedRequest {
        client_ip: account.map_or_else(String::new, |account| account.caller_ip.to_string()),
        app_id,
        invoke_time: world.now(),
        cost_in_ms: begun.elapsed().as_millis() as u64,
        request_url: masked(&request.query),
        request_body: if is_shown { text(&request.body) } else { String::new() },
        response_body: text(&reply.body),
    }
}

/// Writes the query as rid/get shows it: no path, and little of the token (wechat-api §15.2).
fn masked(query: &[(String, String)]) -> String {
    let redacted = query.iter().map(|(name, value)| match name.as_str() {
        "access_token" => {
            let beginning: String = value.chars().take(TOKEN_SHOWN).collect();
            format!("{name}={beginning}xxxx")
        }
        "secret" => format!("{name}=xxxx"),
        _ => format!("{name}={value}"),
    });
    let query = redacted.collect::<Vec<_>>().join("&");
    query.chars().take(QUERY_REMEMBERED).collect()
}
