//! The router: the table of all endpoints, and the checks of a request before one of them handles it.

use http::{HeaderMap, Method, header};

use crate::api_error::ApiError;
use crate::endpoint::{Auth, Call, Endpoint};
use crate::endpoints::{draft, material, media, openapi, product, publish, token};
use crate::model::account::Account;
use crate::model::tokens;
use crate::model::world::World;
use crate::request::Request;
use crate::wire::reply::{Answer, ContentType};

/// The routes of all groups.
const GROUPS: [&[Endpoint]; 7] = [
    token::ROUTES,
    material::ROUTES,
    media::ROUTES,
    draft::ROUTES,
    product::ROUTES,
    publish::ROUTES,
    openapi::ROUTES,
];

/// Returns every endpoint.
pub(crate) fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    GROUPS.into_iter().flatten()
}

/// The outcome of a request.
#[derive(Debug)]
pub(crate) struct Dispatched {
    /// The account that it was for, if the request got that far.
    pub(crate) app_id: Option<String>,
    pub(crate) content_type: ContentType,
    pub(crate) outcome: Result<Answer, ApiError>,
}

impl Dispatched {
    /// Makes the outcome of a request that no endpoint has seen.
    pub(crate) fn refused(error: ApiError) -> Dispatched {
        Dispatched {
            app_id: None,
            content_type: ContentType::TextPlain,
            outcome: Err(error),
        }
    }
}

/// Checks a request in an order that fits the reports: path, verb, token, address, permission, quota, and then
/// calls the endpoint.
pub(crate) fn dispatch(world: &mut World, request: &Request) -> Dispatched {
    if !request.secure {
        return Dispatched::refused(ApiError::new(43003));
    }
    let Some(endpoint) = endpoints().find(|endpoint| endpoint.path == request.path) else {
        return Dispatched::refused(ApiError::new(40066));
    };
    let mut app_id = None;
    let outcome = check_form(endpoint, request)
        .and_then(|()| authorize(endpoint, world, request, &mut app_id))
        .and_then(|mut call| {
            call.account.advance_publications();
            (endpoint.handler)(&mut call)
        });
    Dispatched {
        app_id,
        content_type: endpoint.content_type,
        outcome,
    }
}

/// Checks the verb and the encoding of the body. The server accepts no compressed ones (wechat-api §19.5).
fn check_form(endpoint: &Endpoint, request: &Request) -> Result<(), ApiError> {
    if request.method != endpoint.method {
        let is_get = endpoint.method == Method::GET;
        return Err(ApiError::new(if is_get { 43001 } else { 43002 }));
    }
    if is_encoded(&request.headers) {
        return Err(ApiError::new(40221));
    }
    Ok(())
}

fn is_encoded(headers: &HeaderMap) -> bool {
    let encoding = headers.get(header::CONTENT_ENCODING);
    encoding.is_some_and(|value| value != "identity")
}

/// Finds the account of a request, and checks that the request may act for it. `app_id` is set as soon as it is
/// known, even if a later check fails.
fn authorize<'a>(
    endpoint: &Endpoint,
    world: &'a mut World,
    request: &'a Request,
    app_id: &mut Option<String>,
) -> Result<Call<'a>, ApiError> {
    let accounts = world.accounts.values_mut();
    let account = match endpoint.auth {
        Auth::Token => by_token(accounts, request, app_id)?,
        Auth::Credentials(read) => {
            let credentials = read(request)?;
            by_credentials(accounts, &credentials.app_id, &credentials.secret, request, app_id)?
        }
    };
    Ok(Call {
        request,
        account,
        refused: &world.refused,
    })
}

fn by_token<'a>(
    mut accounts: impl Iterator<Item = &'a mut Account>,
    request: &Request,
    app_id: &mut Option<String>,
) -> Result<&'a mut Account, ApiError> {
    let token = request.query("access_token").filter(|token| !token.is_empty());
    let token = token.ok_or(ApiError::new(41001))?;
    if !tokens::is_well_formed(token) {
        return Err(ApiError::new(40014));
    }
    let account = accounts.find(|account| account.tokens.knows(token));
    let account = account.ok_or(ApiError::new(40001))?;
    *app_id = Some(account.app_id.clone());
    account.check_planned(&request.path)?;
    if account.refuse_all_tokens {
        return Err(ApiError::new(40001));
    }
    account.tokens.check(token, account.clock.now())?;
    account.check_address()?;
    account.count_call(&request.path)?;
    Ok(account)
}

/// Checks credentials in the order of the real server: app id, secret, address (wechat-api §2.3). The endpoints count
/// the call themselves, because forced refreshes have a quota of their own.
fn by_credentials<'a>(
    mut accounts: impl Iterator<Item = &'a mut Account>,
    given: &str,
    secret: &str,
    request: &Request,
    app_id: &mut Option<String>,
) -> Result<&'a mut Account, ApiError> {
    if given.is_empty() {
        return Err(ApiError::new(41002));
    }
    let account = accounts.find(|account| account.app_id == given);
    let account = account.ok_or(ApiError::new(40013))?;
    *app_id = Some(given.to_owned());
    account.check_planned(&request.path)?;
    if secret.is_empty() {
        return Err(ApiError::new(41004));
    }
    if secret != account.secret {
        return Err(ApiError::new(40125));
    }
    account.check_address()?;
    Ok(account)
}
