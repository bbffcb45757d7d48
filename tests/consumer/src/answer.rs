//! Answers in JSON: `{"ok": …}`, `{"error": …}` with the fields of the contract's `error`, or `{"refused": …}`.

use serde_json::{Value, json};

use crate::bindings::wechat::official_account::types::{Error, ErrorKind};
use crate::call::Failure;

/// The answer to a request that is no call.
pub fn refusal(reason: &str) -> Value {
    json!({ "refused": reason })
}

/// The answer to a call.
pub fn outcome(outcome: Result<Value, Failure>) -> Value {
    match outcome {
        Ok(value) => json!({ "ok": value }),
        Err(Failure::Plugin(failure)) => json!({ "error": error(failure) }),
        Err(Failure::Argument(reason)) => refusal(&reason),
    }
}

fn error(error: Error) -> Value {
    json!({
        "kind": kind(error.kind),
        "message": error.message,
        "advice": error.advice,
        "errcode": error.errcode,
        "rid": error.rid,
        "subject": error.subject,
        "retry-after-seconds": error.retry_after_seconds,
    })
}

/// Returns the kind's name in the contract.
fn kind(kind: ErrorKind) -> &'static str {
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
