//! One flat error for every tool.

use std::fmt;

use serde::Serialize;

use crate::bindings::types::{self, ErrorKind};

/// The result of every tool.
pub type Result<T> = std::result::Result<T, Error>;

/// The reason why a tool has no result. It never holds a secret, a token or the URL of a request.
#[derive(Clone, Debug, Serialize)]
pub struct Error {
    /// The kind of the failure, such as `invalid-input`, `quota` or `outcome-unknown`.
    pub kind: &'static str,
    /// A sentence that describes the failure; for a refusal WeChat's own words.
    pub message: String,
    /// A sentence with advice.
    pub advice: String,
    /// The argument, id, IP address or environment variable concerned, if one is known.
    pub subject: Option<String>,
    /// WeChat's errcode, if WeChat refused.
    pub errcode: Option<i32>,
    /// WeChat's request id, for WeChat's support.
    pub rid: Option<String>,
    /// The number of seconds after which it makes sense to try again, if that is known.
    pub retry_after_seconds: Option<u32>,
    /// True if the answer was lost to a call that must not be made twice: it may have been executed. Look before you
    /// repeat it.
    pub may_have_happened: bool,
}

impl Error {
    /// An argument that is wrong, so that nothing was done.
    #[must_use]
    pub fn invalid_input(subject: &str, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            subject: Some(subject.to_owned()),
            ..Self::new(ErrorKind::InvalidInput, message, advice)
        }
    }

    /// An error of this kind that comes from here and not from WeChat.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            kind: name(kind),
            message: message.into(),
            advice: advice.into(),
            subject: None,
            errcode: None,
            rid: None,
            retry_after_seconds: None,
            may_have_happened: matches!(kind, ErrorKind::OutcomeUnknown),
        }
    }
}

impl From<types::Error> for Error {
    fn from(error: types::Error) -> Self {
        let message = in_words_of_tools(&error.message);
        let message = match &error.subject {
            Some(subject) => about_argument(message, subject),
            None => message,
        };
        Self {
            subject: error.subject.map(argument),
            errcode: error.errcode,
            rid: error.rid,
            retry_after_seconds: error.retry_after_seconds,
            ..Self::new(error.kind, message, in_words_of_tools(&error.advice))
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.message, self.advice)
    }
}

impl std::error::Error for Error {}

/// The fields of the plugin's records that are arguments of tools, under another name.
const ARGUMENTS: [(&str, &str); 7] = [
    ("content", "html"),
    ("content-source-url", "source_url"),
    ("digest", "summary"),
    ("media-id", "media_id"),
    ("publish-id", "publish_id"),
    ("thumb-media-id", "cover_media_id"),
    ("timeout-seconds", "wait_seconds"),
];

/// What the plugin's texts say of its functions and settings, and the same for a caller who has only the tools. A text
/// that holds a later one comes before it.
const WORDS: [(&str, &str); 17] = [
    (
        " (config.may-force-token). Make one call with an account that may, then give its token (account.access-token) \
         to all that share it",
        ". The operator can get another one with `wechat-oa --live draft count`",
    ),
    (
        "Prepare the returned HTML once more, or allow more in timeouts.call-milliseconds",
        "Use fewer or smaller pictures, and call again",
    ),
    (
        "those of media.upload are temporary: not accepted",
        "those of temporary material are not accepted",
    ),
    (
        "or call account.explain with the rid",
        "or give the rid to WeChat's support",
    ),
    ("with material.list", "in the library of mp.weixin.qq.com"),
    (
        "（config.may-force-token）。请用允许强制刷新的账号调用一次，再把它的 token（account.access-token）交给所有共用者",
        "。运维人员可以用 `wechat-oa --live draft count` 换一个",
    ),
    (
        "请用返回的 HTML 再调用一次 prepare，或者调大 timeouts.call-milliseconds",
        "请减少或缩小图片，然后重新调用",
    ),
    ("media.upload 返回的是临时素材，不能使用", "临时素材不能使用"),
    ("或用 rid 调用 account.explain", "或把 rid 提供给微信客服"),
    ("用 material.list ", "在 mp.weixin.qq.com 的素材库中"),
    ("material.upload-image", "upload-image"),
    ("content.prepare", "create-draft"),
    ("publish.submit", "publish-draft"),
    ("publish.list", "list-published"),
    ("draft.check", "check-article"),
    ("draft.list", "list-drafts"),
    ("draft.get", "get-draft"),
];

/// Returns a text of the plugin with the names that its functions have as tools.
pub(crate) fn in_words_of_tools(text: &str) -> String {
    let mut text = text.to_owned();
    for (plugins, tools) in WORDS {
        text = text.replace(plugins, tools);
    }
    text
}

/// Returns a field of the plugin's records under the name that it has here. Anything else, such as an id or an address,
/// stays as it is.
pub(crate) fn argument(field: String) -> String {
    let known = ARGUMENTS.iter().find(|(name, _)| *name == field);
    known.map_or(field, |(_, argument)| (*argument).to_owned())
}

/// Returns a message about a field with the field's name here. The plugin's messages begin with the name.
pub(crate) fn about_argument(message: String, field: &str) -> String {
    match message.strip_prefix(field) {
        Some(rest) if rest.starts_with(' ') => format!("{}{rest}", argument(field.to_owned())),
        _ => message,
    }
}

/// Returns the kind's name in the contract.
fn name(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidInput => "invalid-input",
        ErrorKind::Credentials => "credentials",
        ErrorKind::IpNotAllowed => "ip-not-allowed",
        ErrorKind::Permission => "permission",
        ErrorKind::Quota => "quota",
        ErrorKind::NotFound => "not-found",
        ErrorKind::FileRejected => "file-rejected",
        ErrorKind::ContentRejected => "content-rejected",
        ErrorKind::AccountState => "account-state",
        ErrorKind::Busy => "busy",
        ErrorKind::Network => "network",
        ErrorKind::Tls => "tls",
        ErrorKind::OutcomeUnknown => "outcome-unknown",
        ErrorKind::MalformedReply => "malformed-reply",
        ErrorKind::Other => "other",
    }
}
