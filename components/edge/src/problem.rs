//! Errors as `application/problem+json` (RFC 9457).

use serde::Serialize;
use serde_json::json;
use wechat_official_account_tools::{Error, bindings::types};

use crate::http::Response;
use crate::settings::Misconfiguration;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The beginning of each `type`. The kind follows. It is a name and no address: nothing has to be looked up.
const TYPE: &str = "urn:problem-type:wechat-official-account:";

/// A kind of problem: its name, its HTTP status, and its title.
type Kind = (&'static str, u16, &'static str);

/// The kinds of the service's own refusals. Nothing was done, and WeChat was not asked.
mod own {
    use super::Kind;

    pub const NOT_CONFIGURED: Kind = ("not-configured", 503, "The service is not configured");
    pub const UNAUTHENTICATED: Kind = ("unauthenticated", 401, "The bearer token is missing or wrong");
    pub const UNKNOWN_PATH: Kind = ("unknown-path", 404, "There is no such path");
    pub const UNKNOWN_ACCOUNT: Kind = ("unknown-account", 404, "There is no account of this alias");
    pub const METHOD_NOT_ALLOWED: Kind = ("method-not-allowed", 405, "The path has other methods");
    pub const PUBLISHING_DISABLED: Kind = ("publishing-disabled", 403, "The operator has not allowed publishing");
    pub const ORIGIN_NOT_ALLOWED: Kind = ("origin-not-allowed", 403, "The operator has not allowed this web page");
    pub const UNSUPPORTED_MEDIA_TYPE: Kind = ("unsupported-media-type", 415, "The body is of another media type");
    pub const BODY_TOO_LARGE: Kind = ("body-too-large", 413, "The body is too large");
    pub const INCOMPLETE_BODY: Kind = ("incomplete-body", 400, "The body broke off");
    pub const MALFORMED_JSON: Kind = (
        "malformed-json",
        400,
        "The body is not JSON, or has too many levels or values",
    );
    pub const ALL: [Kind; 11] = [
        NOT_CONFIGURED,
        UNAUTHENTICATED,
        UNKNOWN_PATH,
        UNKNOWN_ACCOUNT,
        METHOD_NOT_ALLOWED,
        PUBLISHING_DISABLED,
        ORIGIN_NOT_ALLOWED,
        UNSUPPORTED_MEDIA_TYPE,
        BODY_TOO_LARGE,
        INCOMPLETE_BODY,
        MALFORMED_JSON,
    ];
}

/// The kinds of errors of the plugin. 4xx: the caller, or the owner of the account, has to do something. 502 and 503:
/// the way to WeChat failed. 503: the same request may be sent again, and may succeed later.
const PLUGIN: [Kind; 15] = [
    ("invalid-input", 422, "A value is wrong"),
    ("credentials", 502, "WeChat does not accept the account's credentials"),
    (
        "ip-not-allowed",
        502,
        "The account's IP whitelist does not have this service",
    ),
    ("permission", 403, "The account may not use this operation"),
    ("quota", 429, "An allowance of the account is used up"),
    ("not-found", 404, "WeChat has nothing of this id"),
    ("file-rejected", 422, "The file is not accepted"),
    ("content-rejected", 422, "The article is not accepted"),
    ("account-state", 403, "The account is limited, frozen or banned"),
    ("busy", 503, "WeChat is busy"),
    ("network", 503, "WeChat was not reached"),
    ("tls", 502, "The connection to WeChat is not secure"),
    ("outcome-unknown", 502, "WeChat may have done it or not"),
    ("malformed-reply", 502, "WeChat's reply was not understood"),
    ("other", 502, "WeChat refused for an unknown reason"),
];

/// Returns all kinds of problems.
#[must_use]
pub fn kinds() -> Vec<(&'static str, u16, &'static str)> {
    own::ALL.into_iter().chain(PLUGIN).collect()
}

/// A problem as a caller sees it. On the heap, because it is large and rare.
#[derive(Clone, Debug, Serialize)]
pub struct Problem(Box<Members>);

#[derive(Clone, Debug, Serialize)]
struct Members {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errcode: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u32>,
    may_have_happened: bool,
    #[serde(skip)]
    header: Option<(&'static str, String)>,
}

impl Members {
    fn new((kind, status, title): Kind, detail: impl Into<String>) -> Self {
        Self {
            r#type: format!("{TYPE}{kind}"),
            title,
            status,
            detail: detail.into(),
            kind,
            advice: None,
            subject: None,
            errcode: None,
            rid: None,
            retry_after_seconds: None,
            may_have_happened: false,
            header: None,
        }
    }
}

impl From<Members> for Problem {
    fn from(members: Members) -> Self {
        Self(Box::new(members))
    }
}

impl Problem {
    /// Returns its HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// Returns its kind, which is also the end of its `type`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.0.kind
    }

    /// A setting is missing or wrong.
    #[must_use]
    pub fn not_configured(wrong: &Misconfiguration) -> Self {
        Members {
            advice: Some("Set the environment variable, and start the service anew.".to_owned()),
            ..Members::new(own::NOT_CONFIGURED, wrong.to_string())
        }
        .into()
    }

    /// The bearer token is missing or wrong. RFC 6750 wants the difference in a header.
    #[must_use]
    pub fn unauthenticated(is_missing: bool) -> Self {
        let (detail, challenge) = match is_missing {
            true => (
                "The request has no header `Authorization: Bearer TOKEN`, or more than one.",
                "Bearer",
            ),
            false => (
                "The bearer token is not the service's.",
                r#"Bearer error="invalid_token""#,
            ),
        };
        Members {
            header: Some(("www-authenticate", challenge.to_owned())),
            ..Members::new(own::UNAUTHENTICATED, detail)
        }
        .into()
    }

    /// There is no such path.
    #[must_use]
    pub fn unknown_path() -> Self {
        Members::new(
            own::UNKNOWN_PATH,
            "The service has no such path. Its documentation lists those that it has.",
        )
        .into()
    }

    /// There is no account of this alias, or none for paths without one.
    #[must_use]
    pub fn unknown_account(alias: Option<&str>) -> Self {
        let detail = match alias {
            Some(_) => "WECHAT_ACCOUNTS does not have the alias in the path.",
            None => "No account is set by WECHAT_APP_ID. Name one of WECHAT_ACCOUNTS: /v1/accounts/ALIAS/…",
        };
        Members::new(own::UNKNOWN_ACCOUNT, detail).into()
    }

    /// The path has other methods, which `Allow` lists.
    #[must_use]
    pub fn method_not_allowed(allow: &str) -> Self {
        Members {
            header: Some(("allow", allow.to_owned())),
            ..Members::new(own::METHOD_NOT_ALLOWED, format!("The path has these methods: {allow}."))
        }
        .into()
    }

    /// Publishing needs the operator's consent.
    #[must_use]
    pub fn publishing_disabled() -> Self {
        Members {
            advice: Some("Publish the draft by hand, or let the operator set EDGE_ALLOW_PUBLISH=true.".to_owned()),
            ..Members::new(
                own::PUBLISHING_DISABLED,
                "The service publishes nothing, and nothing was published.",
            )
        }
        .into()
    }

    /// A web page of another origin called.
    #[must_use]
    pub fn origin_not_allowed() -> Self {
        let detail = "The request comes from a web page whose origin is not in EDGE_ALLOWED_ORIGINS.";
        Members::new(own::ORIGIN_NOT_ALLOWED, detail).into()
    }

    /// The header `Content-Type` names another type than this one.
    #[must_use]
    pub fn unsupported_media_type(expected: &str) -> Self {
        Members::new(
            own::UNSUPPORTED_MEDIA_TYPE,
            format!("The header Content-Type must say {expected}."),
        )
        .into()
    }

    /// The body has more bytes than this.
    #[must_use]
    pub fn body_too_large(limit: usize) -> Self {
        Members::new(own::BODY_TOO_LARGE, format!("The body is longer than {limit} bytes.")).into()
    }

    /// The body has more bytes than there is memory.
    #[must_use]
    pub fn no_memory_for_body() -> Self {
        Members::new(
            own::BODY_TOO_LARGE,
            "The body is longer than the service has memory for at present. Nothing was done.",
        )
        .into()
    }

    /// The body broke off.
    #[must_use]
    pub fn incomplete_body() -> Self {
        Members::new(
            own::INCOMPLETE_BODY,
            "The body broke off before its end. Nothing was done.",
        )
        .into()
    }

    /// The body is no JSON, or nested too deeply.
    #[must_use]
    pub fn malformed_json(error: &serde_json::Error) -> Self {
        let detail = format!("The body is not JSON, or is nested more than 127 levels deep: {error}.");
        Members::new(own::MALFORMED_JSON, detail).into()
    }

    /// The body is JSON of more values than this.
    #[must_use]
    pub fn too_many_values(limit: usize) -> Self {
        let detail = format!("The body has more than {limit} values, which no call needs. Nothing was done.");
        Members::new(own::MALFORMED_JSON, detail).into()
    }

    /// A value of the request is wrong.
    #[must_use]
    pub fn invalid_input(subject: &str, detail: impl Into<String>) -> Self {
        Members {
            subject: Some(subject.to_owned()),
            ..Members::new(plugin_kind("invalid-input"), detail)
        }
        .into()
    }

    /// The response with this problem.
    #[must_use]
    pub fn response(&self) -> Response {
        // A struct of texts and numbers always becomes JSON.
        let body = serde_json::to_value(&self.0).unwrap_or_else(|_| json!({}));
        let mut response = Response::empty(self.0.status).with_body(MEDIA_TYPE, &body);
        if let Some(seconds) = self.0.retry_after_seconds {
            response = response.with_header("retry-after", seconds.to_string());
        }
        match &self.0.header {
            Some((name, value)) => response.with_header(name, value),
            None => response,
        }
    }
}

/// Returns the kind of this name. An unknown one is `other`.
fn plugin_kind(name: &str) -> Kind {
    let [.., other] = PLUGIN;
    PLUGIN.into_iter().find(|(found, ..)| *found == name).unwrap_or(other)
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Members {
            advice: Some(error.advice),
            subject: error.subject,
            errcode: error.errcode,
            rid: error.rid,
            retry_after_seconds: error.retry_after_seconds,
            may_have_happened: error.may_have_happened,
            ..Members::new(plugin_kind(error.kind), error.message)
        }
        .into()
    }
}

impl From<types::Error> for Problem {
    fn from(error: types::Error) -> Self {
        Error::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use wechat_official_account_tools::bindings::types::ErrorKind;
    use wechat_official_account_tools::catalogue::TOOLS;

    use super::*;

    fn body(problem: &Problem) -> Value {
        serde_json::from_slice(&problem.response().body).unwrap()
    }

    #[test]
    fn each_kind_of_the_plugin_has_its_own_status() {
        for (kind, status) in [
            (ErrorKind::InvalidInput, 422),
            (ErrorKind::Credentials, 502),
            (ErrorKind::IpNotAllowed, 502),
            (ErrorKind::Permission, 403),
            (ErrorKind::Quota, 429),
            (ErrorKind::NotFound, 404),
            (ErrorKind::FileRejected, 422),
            (ErrorKind::ContentRejected, 422),
            (ErrorKind::AccountState, 403),
            (ErrorKind::Busy, 503),
            (ErrorKind::Network, 503),
            (ErrorKind::Tls, 502),
            (ErrorKind::OutcomeUnknown, 502),
            (ErrorKind::MalformedReply, 502),
            (ErrorKind::Other, 502),
        ] {
            let error = Error::new(kind, "message", "advice");
            let name = error.kind;
            let problem = Problem::from(error);
            assert_eq!((problem.kind(), problem.status()), (name, status));
            assert_eq!(problem.0.may_have_happened, kind == ErrorKind::OutcomeUnknown);
        }
    }

    #[test]
    fn a_problem_has_the_members_of_the_plugins_error() {
        let problem = Problem::from(Error {
            subject: Some("title".to_owned()),
            errcode: Some(45009),
            rid: Some("rid".to_owned()),
            retry_after_seconds: Some(60),
            ..Error::new(ErrorKind::Quota, "message", "advice")
        });
        let response = problem.response();
        assert_eq!(response.status, 429);
        assert_eq!(
            response.headers,
            [
                ("content-type", "application/problem+json".to_owned()),
                ("retry-after", "60".to_owned())
            ]
        );
        assert_eq!(
            body(&problem),
            json!({
                "type": "urn:problem-type:wechat-official-account:quota",
                "title": "An allowance of the account is used up",
                "status": 429,
                "detail": "message",
                "kind": "quota",
                "advice": "advice",
                "subject": "title",
                "errcode": 45009,
                "rid": "rid",
                "retry_after_seconds": 60,
                "may_have_happened": false,
            })
        );
    }

    #[test]
    fn members_without_a_value_are_left_out() {
        assert_eq!(
            body(&Problem::incomplete_body()),
            json!({
                "type": "urn:problem-type:wechat-official-account:incomplete-body",
                "title": "The body broke off",
                "status": 400,
                "detail": "The body broke off before its end. Nothing was done.",
                "kind": "incomplete-body",
                "may_have_happened": false,
            })
        );
    }

    #[test]
    fn the_documentation_has_the_path_of_every_tool_that_a_text_may_name() {
        let page = include_str!("../../../docs/edge.md");
        for tool in TOOLS {
            let beginning = format!("| `{}` | ", tool.name);
            let found = page.lines().any(|line| line.starts_with(&beginning));
            assert!(found, "docs/edge.md has no row that begins with {beginning}");
        }
    }

    #[test]
    fn the_documentation_has_every_kind_with_its_status() {
        let page = include_str!("../../../docs/edge.md");
        let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| `")).collect();
        for (name, status, title) in kinds() {
            let beginning = format!("| `{name}` | {status} | {title}");
            let found = rows.iter().any(|row| row.starts_with(&beginning));
            assert!(found, "docs/edge.md has no row that begins with {beginning}");
        }
    }
}
