//! The gate: which endpoints there are, and what a request must show before one looks at it.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Method};
use serde_json::Value;

use super::account::Account;
use super::errcode::Refusal;
use super::multipart::Form;
use super::reply::{Answer, Label};
use super::world::{Rids, World};
use super::{card, draft, json, material, media, openapi, publish, token};

/// A request, read to its end.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) uri: http::Uri,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The body as a form, if it says that it is one.
    pub(crate) form: Option<Result<Form, Refusal>>,
    /// Whether it came in a way that the real server accepts, which is by HTTPS.
    pub(crate) secure: bool,
    pub(crate) lenient: bool,
}

impl Request {
    pub(crate) fn path(&self) -> &str {
        self.uri.path()
    }

    /// First query parameter of that name.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<Value, Refusal> {
        self.checked_body()
            .and_then(|body| serde_json::from_slice(body).map_err(|_| Refusal::of(47001)))
    }

    /// The body as JSON, with `\u` escapes kept as text: the article endpoints.
    pub(crate) fn article_json(&self) -> Result<Value, Refusal> {
        self.checked_body()
            .and_then(|body| serde_json::from_slice(&json::keep_escapes(body)).map_err(|_| Refusal::of(47001)))
    }

    /// The body as an upload form.
    pub(crate) fn form(&self) -> Result<&Form, Refusal> {
        if self.body.is_empty() {
            return Err(Refusal::of(44002));
        }
        match &self.form {
            Some(Ok(form)) => Ok(form),
            Some(Err(refusal)) => Err(refusal.clone()),
            None => Err(Refusal::of(41005)),
        }
    }

    fn checked_body(&self) -> Result<&Bytes, Refusal> {
        if self.body.is_empty() {
            return Err(Refusal::of(44002));
        }
        let said = self
            .headers
            .get(CONTENT_TYPE)
            .map_or(&b""[..], |value| value.as_bytes());
        let kind = said.split(|byte| *byte == b';').next().unwrap_or_default();
        let is_json = kind.trim_ascii().eq_ignore_ascii_case(b"application/json");
        if is_json || self.lenient {
            Ok(&self.body)
        } else {
            Err(Refusal::of(47001))
        }
    }
}

/// A request let in: the account it concerns, and what else an endpoint may use.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) account: &'a mut Account,
    pub(crate) rids: &'a Rids,
}

type ForCredentials = fn(&mut World, &Request, &mut Option<String>) -> Result<Answer, Refusal>;
type ForToken = fn(&mut Call<'_>) -> Result<Answer, Refusal>;

#[derive(Clone, Copy)]
enum Handler {
    /// Gives tokens for credentials.
    Credentials(ForCredentials),
    /// Works for whoever shows a token.
    Token(ForToken),
}

#[derive(Clone, Copy)]
struct Endpoint {
    path: &'static str,
    post: bool,
    /// Calls a day (wechat-api §5).
    per_day: u64,
    label: Label,
    handler: Handler,
}

const fn get(path: &'static str, per_day: u64, handler: ForToken) -> Endpoint {
    Endpoint {
        path,
        post: false,
        per_day,
        label: Label::Encoding,
        handler: Handler::Token(handler),
    }
}

const fn post(path: &'static str, per_day: u64, label: Label, handler: ForToken) -> Endpoint {
    Endpoint {
        path,
        post: true,
        per_day,
        label,
        handler: Handler::Token(handler),
    }
}

/// Stands in where wechat-api §5 has no number.
const UNPUBLISHED: u64 = 1_000_000;

static ENDPOINTS: [Endpoint; 26] = {
    use Label::{Charset, Plain};
    [
        Endpoint {
            path: "/cgi-bin/token",
            post: false,
            per_day: 2_000,
            label: Label::Encoding,
            handler: Handler::Credentials(token::classic),
        },
        Endpoint {
            path: "/cgi-bin/stable_token",
            post: true,
            per_day: 500_000,
            label: Label::Encoding,
            handler: Handler::Credentials(token::stable),
        },
        post("/cgi-bin/material/add_material", UNPUBLISHED, Plain, material::add),
        post("/cgi-bin/material/get_material", 1_000, Plain, material::get),
        post("/cgi-bin/material/del_material", UNPUBLISHED, Plain, material::delete),
        get("/cgi-bin/material/get_materialcount", UNPUBLISHED, material::count),
        post(
            "/cgi-bin/material/batchget_material",
            UNPUBLISHED,
            Plain,
            material::list,
        ),
        post("/cgi-bin/media/uploadimg", UNPUBLISHED, Plain, media::upload_image),
        post("/cgi-bin/media/upload", 100_000, Plain, media::upload),
        get("/cgi-bin/media/get", 200_000, media::get),
        get("/cgi-bin/media/get/jssdk", UNPUBLISHED, media::get_jssdk),
        post("/cgi-bin/draft/add", 1_000, Plain, draft::add),
        post("/cgi-bin/draft/get", 500, Plain, draft::get),
        post("/cgi-bin/draft/update", 1_000, Plain, draft::update),
        post("/cgi-bin/draft/delete", 1_000, Plain, draft::delete),
        get("/cgi-bin/draft/count", 1_000, draft::count),
        post("/cgi-bin/draft/batchget", 1_000, Plain, draft::list),
        post(
            "/channels/ec/service/product/getcardinfo",
            UNPUBLISHED,
            Charset,
            card::get,
        ),
        post("/cgi-bin/freepublish/submit", 100, Charset, publish::submit),
        post("/cgi-bin/freepublish/get", 100, Charset, publish::status),
        post("/cgi-bin/freepublish/delete", 10, Charset, publish::delete),
        post("/cgi-bin/freepublish/getarticle", 100, Charset, publish::article),
        post("/cgi-bin/freepublish/batchget", 100, Charset, publish::list),
        post("/cgi-bin/openapi/quota/get", UNPUBLISHED, Charset, openapi::quota),
        get("/cgi-bin/get_api_domain_ip", UNPUBLISHED, openapi::domain_ip),
        post("/cgi-bin/openapi/rid/get", UNPUBLISHED, Charset, openapi::rid),
    ]
};

/// Every path with its calls a day.
pub(crate) fn paths() -> impl Iterator<Item = (&'static str, u64)> {
    ENDPOINTS.iter().map(|endpoint| (endpoint.path, endpoint.per_day))
}

/// What the gate and the endpoint behind it made of a request.
#[derive(Debug)]
pub(crate) struct Judged {
    /// The account it concerned, as far as that became known.
    pub(crate) app_id: Option<String>,
    pub(crate) label: Label,
    pub(crate) outcome: Result<Answer, Refusal>,
}

impl Judged {
    /// What becomes of a request that does not get as far as the rules.
    pub(crate) fn unheard() -> Judged {
        Judged {
            app_id: None,
            label: Label::Plain,
            outcome: Err(Refusal::of(-1)),
        }
    }
}

/// Judges a request in the order of the real server: path, verb, token, address, permission,
/// quota, and then the endpoint with the body.
pub(crate) fn judge(world: &mut World, request: &Request) -> Judged {
    let mut judged = Judged {
        app_id: None,
        label: Label::Plain,
        outcome: Err(Refusal::of(40066)),
    };
    if !request.secure {
        judged.outcome = Err(Refusal::of(43003));
        return judged;
    }
    let path = request.path();
    let Some(endpoint) = ENDPOINTS.iter().find(|endpoint| endpoint.path == path) else {
        return judged;
    };
    judged.label = endpoint.label;
    let (verb, wrong_verb) = if endpoint.post {
        (Method::POST, 43002)
    } else {
        (Method::GET, 43001)
    };
    judged.outcome = if request.method != verb {
        Err(Refusal::of(wrong_verb))
    } else if encoded(&request.headers) {
        Err(Refusal::of(40221))
    } else {
        match endpoint.handler {
            Handler::Credentials(handler) => handler(world, request, &mut judged.app_id),
            Handler::Token(handler) => {
                admit(world, request, &mut judged.app_id).and_then(|mut call| handler(&mut call))
            }
        }
    };
    judged
}

/// Whether the body is compressed, which the server does not take (wechat-api §19.5).
fn encoded(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|value| value != "identity")
}

fn admit<'a>(world: &'a mut World, request: &'a Request, app_id: &mut Option<String>) -> Result<Call<'a>, Refusal> {
    let token = request.query("access_token").filter(|token| !token.is_empty());
    let token = token.ok_or(Refusal::of(41001))?;
    if !token::well_formed(token) {
        return Err(Refusal::of(40014));
    }
    let now = world.clock.now();
    let account = world
        .accounts
        .values_mut()
        .find(|account| account.tokens.know(token))
        .ok_or(Refusal::of(40001))?;
    *app_id = Some(account.app_id.clone());
    if let Some(refusal) = account.planned_refusal(request.path()) {
        return Err(refusal);
    }
    if account.refuse_all_tokens {
        return Err(Refusal::of(40001));
    }
    account.tokens.check(token, now)?;
    account.check_address()?;
    account.admit(request.path())?;
    Ok(Call {
        request,
        account,
        rids: &world.rids,
    })
}
