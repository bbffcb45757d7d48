//! Tokens for credentials (wechat-api §6).

use http::Method;
use serde::Deserialize;
use serde_json::json;

use crate::api_error::ApiError;
use crate::endpoint::{Auth, Call, Credentials, Endpoint};
use crate::model::tokens::Grant;
use crate::request::Request;
use crate::wire::reply::{Answer, ContentType};

/// Routes of this group.
pub(crate) const ROUTES: &[Endpoint] = &[
    Endpoint {
        path: "/cgi-bin/token",
        method: Method::GET,
        per_day: 2_000,
        content_type: ContentType::JsonEncoding,
        auth: Auth::Credentials(classic_credentials),
        handler: classic,
    },
    Endpoint {
        path: "/cgi-bin/stable_token",
        method: Method::POST,
        per_day: 500_000,
        content_type: ContentType::JsonEncoding,
        auth: Auth::Credentials(stable_credentials),
        handler: stable,
    },
];

fn classic_credentials(request: &Request) -> Result<Credentials, ApiError> {
    let read = |name| request.query(name).unwrap_or_default().to_owned();
    credentials(&read("grant_type"), read("appid"), read("secret"))
}

/// GET token (wechat-api §6.1): always a new token. The former stays valid for 5 minutes.
fn classic(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let account = &mut *call.account;
    account.count_call(&call.request.path)?;
    let now = account.clock.now();
    let grant = account
        .tokens
        .issue_classic(&mut account.ids, now, account.token_lifetime);
    Ok(granted(&grant))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StableTokenBody {
    grant_type: String,
    appid: String,
    secret: String,
    force_refresh: bool,
}

fn stable_credentials(request: &Request) -> Result<Credentials, ApiError> {
    let body: StableTokenBody = request.json()?;
    credentials(&body.grant_type, body.appid, body.secret)
}

/// POST stable_token (wechat-api §6.2): the same token to all who ask, until it is about to expire or a request
/// forces a new one.
fn stable(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let forced = call.request.json::<StableTokenBody>()?.force_refresh;
    let account = &mut *call.account;
    let now = account.clock.now();
    if forced && account.tokens.may_force(now) {
        account.count_forced_refresh()?;
        let grant = account
            .tokens
            .force_stable(&mut account.ids, now, account.token_lifetime);
        return Ok(granted(&grant));
    }
    if !forced {
        account.count_call(&call.request.path)?;
    }
    let grant = account
        .tokens
        .stable(forced, &mut account.ids, now, account.token_lifetime);
    Ok(granted(&grant))
}

fn credentials(grant_type: &str, app_id: String, secret: String) -> Result<Credentials, ApiError> {
    if grant_type != "client_credential" {
        return Err(ApiError::new(40002));
    }
    Ok(Credentials { app_id, secret })
}

fn granted(grant: &Grant) -> Answer {
    Answer::Json(json!({"access_token": grant.token, "expires_in": grant.seconds}))
}
