//! One request from its head to its response.

use serde_json::json;
use wechat_official_account_tools::bindings::types::{Error, ErrorKind};

use crate::http::{Body, Request, Response};
use crate::plugin::Accounts;
use crate::problem::Problem;
use crate::routes::{self, Found, NotFound, Operation};
use crate::settings::{self, Account, Environment, Misconfiguration, Permissions};
use crate::{api, bearer, mcp};

/// The header with the request's id, in requests and responses.
pub const REQUEST_ID: &str = "x-request-id";

/// Longer ids would fill logs.
const LONGEST_REQUEST_ID: usize = 64;

/// The outcome of a request: the response, and the parts that a log may have. The caller has written none of these but
/// the alias, which names an account of the service, and the id, which has plain characters only.
#[derive(Debug)]
pub struct Outcome {
    /// The response.
    pub response: Response,
    /// The request's id.
    pub request_id: String,
    /// Whether the caller has shown the token.
    pub authenticated: bool,
    /// The path as documents write it; none if it is unknown, or the caller has not shown the token.
    pub path: Option<String>,
    /// The alias of the account, if it has one.
    pub alias: Option<String>,
    /// The kind of the problem, if there is one.
    pub problem: Option<&'static str>,
}

/// Answers a request. `make_id` makes an id for a request that brings none.
pub fn answer<A: Accounts>(
    environment: &Environment,
    accounts: &mut A,
    request: &Request,
    body: &mut dyn Body,
    make_id: impl FnOnce() -> String,
) -> Outcome {
    let mut outcome = Outcome {
        response: Response::empty(500),
        request_id: request_id(request).map_or_else(make_id, str::to_owned),
        authenticated: false,
        path: None,
        alias: None,
        problem: None,
    };
    let response = respond(environment, accounts, request, body, &mut outcome);
    let response = response.unwrap_or_else(|problem| {
        outcome.problem = Some(problem.kind());
        // A caller without the token is not listened to. With `Expect: 100-continue` a caller sends nothing before it
        // has seen the response.
        if outcome.authenticated && !request.headers.has("expect") {
            body.skip();
        }
        problem.response()
    });
    outcome.response = response
        .with_header(REQUEST_ID, outcome.request_id.as_str())
        // Drafts are nobody else's business, and the next answer may differ.
        .with_header("cache-control", "no-store")
        .with_header("x-content-type-options", "nosniff");
    outcome
}

/// Answers in an order that matters: a caller without the token learns nothing but that, and a body is read only if
/// everything before it is right.
fn respond<A: Accounts>(
    environment: &Environment,
    accounts: &mut A,
    request: &Request,
    body: &mut dyn Body,
    outcome: &mut Outcome,
) -> Result<Response, Problem> {
    let found = routes::find(request.method, request.path());
    if let Ok(Found {
        operation: Operation::Health,
        template,
        ..
    }) = found
    {
        outcome.path = Some(template);
        return Ok(Response::json(200, &json!({ "status": "ok" })));
    }
    let token = settings::token(environment).map_err(|wrong| Problem::not_configured(&wrong))?;
    let checked = token.check(&request.headers);
    checked.map_err(|refusal| Problem::unauthenticated(refusal == bearer::Refusal::Missing))?;
    outcome.authenticated = true;
    let found = found.map_err(|error| match error {
        NotFound::Path => Problem::unknown_path(),
        NotFound::Method(allow) => Problem::method_not_allowed(&allow),
    })?;
    outcome.path = Some(found.template.clone());
    let account = Account::read(environment, found.alias.as_deref());
    let account = account.map_err(|wrong| Problem::not_configured(&wrong))?;
    let account = account.ok_or_else(|| Problem::unknown_account(found.alias.as_deref()))?;
    outcome.alias.clone_from(&account.alias);
    // Not before: a wrong permission must not stop the requests that need none.
    let permissions = || Permissions::read(environment).map_err(|wrong| Problem::not_configured(&wrong));
    if found.operation == Operation::Mcp {
        return mcp::answer(request, body, &permissions()?, || open(accounts, &account));
    }
    if found.operation == Operation::PublishDraft && !permissions()?.publish {
        return Err(Problem::publishing_disabled());
    }
    let task = api::read(&found, request, body)?;
    let result = api::execute(task, open(accounts, &account)?)?;
    Ok(api::response(&found, &result))
}

fn open<'a, A: Accounts>(accounts: &'a mut A, account: &Account) -> Result<&'a mut A::Open, Problem> {
    accounts.open(account).map_err(|error| match error {
        // The plugin has checked the settings, and no value of the caller.
        Error {
            kind: ErrorKind::InvalidInput,
            subject: Some(setting),
            message,
            ..
        } => {
            let reason = format!("is wrong: {}", message.trim_end_matches('.'));
            Problem::not_configured(&Misconfiguration::new(&account.variable(&setting), reason))
        }
        error => error.into(),
    })
}

/// Returns the caller's id of the request, if it can stand in a log as it is.
fn request_id(request: &Request) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let id = request.headers.only(REQUEST_ID)?;
    let is_sane = !id.is_empty() && id.len() <= LONGEST_REQUEST_ID && id.bytes().all(is_plain);
    is_sane.then_some(id)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::fake::{Bytes, FakePlugin, error, request};

    const TOKEN: &str = "0123456789abcdef";

    const SETTINGS: [(&str, &str); 6] = [
        ("EDGE_TOKEN", TOKEN),
        ("WECHAT_APP_ID", "wx0123456789abcdef"),
        ("WECHAT_APP_SECRET", "0123456789abcdef0123456789abcdef"),
        ("WECHAT_ACCOUNTS", "news"),
        ("WECHAT_ACCOUNT_NEWS_APP_ID", "wx0123456789abcdef"),
        ("WECHAT_ACCOUNT_NEWS_APP_SECRET", "0123456789abcdef0123456789abcdef"),
    ];

    const ARTICLE: &str = r#"{"article":{"title":"Hello","html":"<p>Hello.</p>","cover_media_id":"cover-1"}}"#;

    struct Exchange {
        outcome: Outcome,
        body: Value,
        body_was_read: bool,
        body_was_skipped: bool,
        calls: Vec<String>,
    }

    impl Exchange {
        fn status(&self) -> u16 {
            self.outcome.response.status
        }

        fn header(&self, name: &str) -> Option<&str> {
            let header = self.outcome.response.headers.iter().find(|(found, _)| *found == name);
            header.map(|(_, value)| value.as_str())
        }
    }

    fn exchange(
        settings: &[(&str, &str)],
        mut plugin: FakePlugin,
        line: &str,
        headers: &[(&str, &str)],
        text: &str,
    ) -> Exchange {
        let environment = Environment::new(
            settings
                .iter()
                .map(|(name, value)| ((*name).into(), (*value).into()))
                .collect(),
        );
        let mut body = Bytes::new(text);
        let outcome = answer(&environment, &mut plugin, &request(line, headers), &mut body, || {
            "made".to_owned()
        });
        Exchange {
            body: serde_json::from_slice(&outcome.response.body).unwrap_or_default(),
            outcome,
            body_was_read: body.was_read(),
            body_was_skipped: body.was_skipped(),
            calls: plugin.calls,
        }
    }

    /// A request with the right token, and JSON if there is some.
    fn call(line: &str, json: &str) -> Exchange {
        call_with(&SETTINGS, FakePlugin::default(), line, json)
    }

    fn call_with(settings: &[(&str, &str)], plugin: FakePlugin, line: &str, json: &str) -> Exchange {
        let token = format!("Bearer {TOKEN}");
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        exchange(settings, plugin, line, &headers, json)
    }

    fn publishing() -> Vec<(&'static str, &'static str)> {
        SETTINGS.into_iter().chain([("EDGE_ALLOW_PUBLISH", "true")]).collect()
    }

    #[test]
    fn health_needs_no_token_and_no_settings() {
        let health = exchange(&[], FakePlugin::default(), "GET /healthz?cache=1", &[], "");
        assert_eq!((health.status(), &health.body), (200, &json!({ "status": "ok" })));
        assert_eq!(health.outcome.path.as_deref(), Some("/healthz"));
    }

    #[test]
    fn without_a_token_in_the_settings_everything_else_is_refused() {
        for line in ["GET /v1/drafts", "GET /nothing", "POST /healthz", "POST /mcp"] {
            let refused = exchange(
                &SETTINGS[1..],
                FakePlugin::default(),
                line,
                &[("authorization", "Bearer ")],
                "",
            );
            assert_eq!(
                (refused.status(), &refused.body["kind"]),
                (503, &json!("not-configured")),
                "{line}"
            );
            assert_eq!(refused.body["detail"], "EDGE_TOKEN is not set.");
        }
    }

    #[test]
    fn a_caller_without_the_token_learns_nothing_and_has_no_body_read() {
        for line in [
            "GET /v1/drafts",
            "GET /nothing",
            "DELETE /healthz",
            "POST /v1/drafts",
            "POST /mcp",
        ] {
            for (headers, challenge) in [
                (&[][..], "Bearer"),
                (
                    &[("authorization", "Bearer 0123456789abcdeF")],
                    r#"Bearer error="invalid_token""#,
                ),
            ] {
                let refused = exchange(&SETTINGS, FakePlugin::default(), line, headers, ARTICLE);
                assert_eq!(refused.status(), 401, "{line}");
                assert_eq!(refused.header("www-authenticate"), Some(challenge));
                assert!(!refused.body_was_read && !refused.body_was_skipped);
                assert!(refused.calls.is_empty() && refused.outcome.path.is_none());
            }
        }
    }

    #[test]
    fn unknown_paths_methods_and_accounts_are_told_apart() {
        assert_eq!(call("GET /v1/nothing", "").body["kind"], "unknown-path");
        let method = call("PUT /v1/drafts", "");
        assert_eq!(
            (method.status(), method.header("allow")),
            (405, Some("GET, HEAD, POST"))
        );
        assert_eq!(call("POST /healthz", "").header("allow"), Some("GET, HEAD"));
        let account = call("GET /v1/accounts/other/drafts", "");
        assert_eq!(
            (account.status(), &account.body["kind"]),
            (404, &json!("unknown-account"))
        );
        let without_default = [SETTINGS[0], SETTINGS[3], SETTINGS[4], SETTINGS[5]];
        let account = call_with(&without_default, FakePlugin::default(), "GET /v1/drafts", "");
        assert_eq!(account.body["kind"], "unknown-account");
    }

    #[test]
    fn a_wrong_setting_is_told_to_callers_with_the_token() {
        let settings = call_with(&SETTINGS[..2], FakePlugin::default(), "GET /v1/drafts", "");
        assert_eq!(
            (settings.status(), &settings.body["detail"]),
            (503, &json!("WECHAT_APP_SECRET is not set."))
        );
        let mut refusal = error(ErrorKind::InvalidInput);
        refusal.subject = Some("app-id".to_owned());
        for (line, variable) in [
            ("GET /v1/drafts", "WECHAT_APP_ID"),
            ("GET /v1/accounts/news/drafts", "WECHAT_ACCOUNT_NEWS_APP_ID"),
        ] {
            let plugin = FakePlugin {
                refusal: Some(refusal.clone()),
                ..FakePlugin::default()
            };
            let wrong = call_with(&SETTINGS, plugin, line, "");
            assert_eq!(wrong.status(), 503);
            assert_eq!(wrong.body["detail"], format!("{variable} is wrong: Something failed."));
        }
    }

    #[test]
    fn every_operation_calls_the_plugin_once() {
        let publish = r#"{"expected_title":"Hello","digest":"DIGEST"}"#;
        let digest = call("GET /v1/drafts/draft-1", "").body["digest"]
            .as_str()
            .unwrap()
            .to_owned();
        let publish = publish.replace("DIGEST", &digest);
        for (line, body, status, calls) in [
            ("GET /v1/drafts?offset=1&count=2", "", 200, &["list 1 2"][..]),
            ("HEAD /v1/drafts", "", 200, &["list 0 20"]),
            ("POST /v1/drafts", ARTICLE, 201, &["prepare", "add", "get draft-1"]),
            ("GET /v1/drafts/draft-1", "", 200, &["get draft-1"]),
            ("GET /v1/drafts/draft-1?with_html=false", "", 200, &["get draft-1"]),
            (
                "PUT /v1/drafts/draft-1",
                ARTICLE,
                200,
                &["get draft-1", "prepare", "update draft-1 0", "get draft-1"],
            ),
            (
                "DELETE /v1/drafts/draft-1?title=Hello",
                "",
                200,
                &["get draft-1", "delete draft-1"],
            ),
            (
                "POST /v1/drafts/draft-1/publish",
                &publish,
                202,
                &["get draft-1", "submit draft-1"],
            ),
            ("GET /v1/publishes/100", "", 200, &["wait 100 0"]),
            ("GET /v1/publishes/100?wait_seconds=9", "", 200, &["wait 100 9"]),
            ("GET /v1/publications", "", 200, &["list-published 0 20"]),
            (
                "GET /v1/account",
                "",
                200,
                &["verify", "count", "counts", "quota", "quota", "quota"],
            ),
        ] {
            let done = call_with(&publishing(), FakePlugin::default(), line, body);
            assert_eq!(done.status(), status, "{line}: {}", done.body);
            assert_eq!(done.calls[0], "open -", "{line}");
            assert_eq!(done.calls[1..], *calls, "{line}");
            assert_eq!(done.outcome.problem, None);
        }
    }

    #[test]
    fn a_draft_comes_without_html_on_request() {
        let html = |line| call(line, "").body["articles"][0]["html"].clone();
        assert_eq!(html("GET /v1/drafts/draft-1"), "<p>Hello.</p>");
        assert_eq!(html("GET /v1/drafts/draft-1?with_html=false"), Value::Null);
    }

    #[test]
    fn new_things_have_an_address_in_the_account_that_was_named() {
        let created = call("POST /v1/drafts", ARTICLE);
        assert_eq!(created.header("location"), Some("/v1/drafts/draft-1"));
        let created = call("POST /v1/accounts/news/drafts", ARTICLE);
        assert_eq!(created.header("location"), Some("/v1/accounts/news/drafts/draft-1"));
        assert_eq!(
            (created.calls[0].as_str(), created.outcome.alias.as_deref()),
            ("open news", Some("news"))
        );
        let digest = call("GET /v1/drafts/draft-1", "").body["digest"]
            .as_str()
            .unwrap()
            .to_owned();
        let body = json!({ "expected_title": "Hello", "digest": digest }).to_string();
        let submitted = call_with(
            &publishing(),
            FakePlugin::default(),
            "POST /v1/drafts/draft-1/publish",
            &body,
        );
        assert_eq!(submitted.header("location"), Some("/v1/publishes/100"));
        assert_eq!(submitted.body["publish_id"], "100");
    }

    #[test]
    fn each_kind_of_material_is_uploaded() {
        let token = format!("Bearer {TOKEN}");
        let headers = [("authorization", token.as_str()), ("content-type", "image/png")];
        let upload = |query: &str| {
            let line = format!("POST /v1/materials?{query}");
            exchange(&SETTINGS, FakePlugin::default(), &line, &headers, "file")
        };
        for (query, calls, body) in [
            (
                "kind=image",
                "upload-image file",
                json!({ "media_id": "image-1", "url": "https://mmbiz.qpic.cn/1" }),
            ),
            (
                "kind=article-image&name=a.png",
                "upload-article-image a.png",
                json!({ "url": "https://mmbiz.qpic.cn/2" }),
            ),
            ("kind=voice", "upload-voice file", json!({ "media_id": "voice-1" })),
            ("kind=thumb", "upload-thumb file", json!({ "media_id": "thumb-1" })),
            (
                "kind=video&title=T&introduction=I",
                "upload-video file T I",
                json!({ "media_id": "video-1" }),
            ),
        ] {
            let done = upload(query);
            assert_eq!((done.status(), &done.body), (201, &body), "{query}");
            assert_eq!(done.calls, ["open -", calls]);
        }
        for (query, subject) in [
            ("", "kind"),
            ("kind=", "kind"),
            ("kind=pdf", "kind"),
            ("kind=video", "title"),
            ("kind=image&title=T", "title"),
            ("kind=image&introduction=I", "introduction"),
            ("kind=image&size=1", "size"),
        ] {
            let refused = upload(query);
            assert_eq!(
                (refused.status(), &refused.body["subject"]),
                (422, &json!(subject)),
                "{query}"
            );
            assert!(!refused.body_was_read && refused.calls.is_empty(), "{query}");
        }
    }

    #[test]
    fn publishing_needs_the_operators_consent() {
        for settings in [
            &SETTINGS[..],
            &[&SETTINGS[..], &[("EDGE_ALLOW_PUBLISH", "false")]].concat(),
        ] {
            let refused = call_with(settings, FakePlugin::default(), "POST /v1/drafts/draft-1/publish", "{}");
            assert_eq!(
                (refused.status(), &refused.body["kind"]),
                (403, &json!("publishing-disabled"))
            );
            assert!(!refused.body_was_read && refused.calls.is_empty());
        }
    }

    #[test]
    fn a_wrong_permission_stops_only_the_requests_that_need_it() {
        let settings = [&SETTINGS[..], &[("EDGE_ALLOW_PUBLISH", "yes")]].concat();
        let ask = |line: &str, body: &str| call_with(&settings, FakePlugin::default(), line, body);
        assert_eq!(ask("GET /v1/drafts", "").status(), 200);
        assert_eq!(ask("POST /v1/drafts", ARTICLE).status(), 201);
        for line in ["POST /v1/drafts/draft-1/publish", "POST /mcp"] {
            let refused = ask(line, "{}");
            assert_eq!((refused.status(), refused.calls.len()), (503, 0), "{line}");
            assert_eq!(
                refused.body["detail"],
                "EDGE_ALLOW_PUBLISH is neither `true` nor `false`."
            );
        }
    }

    #[test]
    fn a_wrong_body_is_named_and_nothing_is_done() {
        for (line, body, status, subject) in [
            ("POST /v1/drafts", "[]", 422, json!("body")),
            ("POST /v1/drafts", "{}", 422, json!("arguments")),
            (
                "POST /v1/drafts",
                r#"{"article":{"title":{},"html":""}}"#,
                422,
                json!("article.title"),
            ),
            (
                "POST /v1/drafts",
                r#"{"article":{"title":"a","html":"","foo":1}}"#,
                422,
                json!("article.foo"),
            ),
            ("POST /v1/drafts", "{", 400, Value::Null),
            (
                "PUT /v1/drafts/draft-1",
                r#"{"media_id":"draft-2"}"#,
                422,
                json!("media_id"),
            ),
            (
                "POST /v1/drafts/draft-1/publish",
                r#"{"digest":"a"}"#,
                422,
                json!("arguments"),
            ),
            ("POST /v1/drafts?x=1", ARTICLE, 422, json!("x")),
            ("GET /v1/drafts?count=x", "", 422, json!("count")),
            ("GET /v1/drafts/draft-1?with_html=x", "", 422, json!("with_html")),
            ("DELETE /v1/drafts/draft-1", "", 422, json!("title")),
            ("GET /v1/publishes/100?wait_seconds=301", "", 422, json!("wait_seconds")),
        ] {
            let refused = call_with(&publishing(), FakePlugin::default(), line, body);
            assert_eq!(refused.status(), status, "{line} {body}: {}", refused.body);
            assert_eq!(refused.body["subject"], subject, "{line} {body}: {}", refused.body);
            assert!(
                refused.calls.iter().all(|call| call.starts_with("open")),
                "{:?}",
                refused.calls
            );
        }
    }

    #[test]
    fn a_wrong_value_is_the_example_of_the_documentation() {
        let document: Value = serde_saphyr::from_str(include_str!("../../../docs/openapi.yaml")).unwrap();
        let examples = &document["components"]["responses"]["Unprocessable"]["content"]["application/problem+json"];
        let refused = call("POST /v1/drafts", r#"{"article":{"title":{},"html":""}}"#);
        assert_eq!(refused.body, examples["examples"]["invalid-input"]["value"]);
    }

    #[test]
    fn a_caller_with_the_token_is_let_finish_before_a_problem() {
        let token = format!("Bearer {TOKEN}");
        let is_let_finish = |line: &str, kind: &str, headers: &[(&str, &str)]| {
            let headers = [&[("authorization", token.as_str())], headers].concat();
            let refused = exchange(&SETTINGS, FakePlugin::default(), line, &headers, "file");
            assert_eq!(refused.body["kind"], kind);
            refused.body_was_skipped
        };
        for (line, kind) in [
            ("POST /v1/materials?kind=image", "unsupported-media-type"),
            ("POST /v1/nothing", "unknown-path"),
            ("PUT /v1/materials?kind=image", "method-not-allowed"),
            ("POST /v1/accounts/other/materials", "unknown-account"),
        ] {
            assert!(is_let_finish(line, kind, &[]), "{line}");
            assert!(!is_let_finish(line, kind, &[("expect", "100-continue")]), "{line}");
        }
    }

    #[test]
    fn an_error_of_the_plugin_is_a_problem_and_nothing_is_repeated() {
        let plugin = FakePlugin {
            failure: Some(error(ErrorKind::OutcomeUnknown)),
            ..FakePlugin::default()
        };
        let failed = exchange(
            &SETTINGS,
            plugin,
            "POST /v1/materials?kind=image",
            &[
                ("authorization", &format!("Bearer {TOKEN}")),
                ("content-type", "image/png"),
            ],
            "file",
        );
        assert_eq!(failed.status(), 502);
        assert_eq!(failed.header("content-type"), Some("application/problem+json"));
        assert_eq!(failed.body["may_have_happened"], true);
        assert_eq!(failed.body["advice"], "Do something.");
        assert_eq!(failed.outcome.problem, Some("outcome-unknown"));
        assert_eq!(failed.calls, ["open -", "upload-image file"]);
    }

    #[test]
    fn every_response_has_an_id_and_is_not_kept() {
        let id = |sent: &str| {
            let answered = exchange(
                &[],
                FakePlugin::default(),
                "GET /healthz",
                &[("X-Request-Id", sent)],
                "",
            );
            assert_eq!(answered.header("cache-control"), Some("no-store"));
            assert_eq!(answered.header("x-content-type-options"), Some("nosniff"));
            answered.header(REQUEST_ID).unwrap().to_owned()
        };
        assert_eq!(id("a-B_3.z"), "a-B_3.z");
        for wrong in ["", "a b", "a\nb", "a\u{e9}", &"a".repeat(65)] {
            assert_eq!(id(wrong), "made", "{wrong}");
        }
        assert_eq!(id(&"a".repeat(64)), "a".repeat(64));
    }
}
