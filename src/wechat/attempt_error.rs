//! Attempts without a clear answer: their errors, and the permission for another one. A lost reply is not a failure: if
//! repeating could do harm, the outcome is unknown, and the advice explains how to find out.

use super::endpoint::Endpoint;
use super::errcode::is_busy;
use super::reply::RequestOutcome;
use crate::bindings::types::{Error, ErrorKind};
use crate::error::plain;
use crate::transport::{Delivery, TransportError};

/// Advice if TLS failed. WASI has no words for the reason, so these are the usual ones.
const TLS: &str = "Somebody may be intercepting the connection, so don't work around this. The usual reasons: a proxy \
                   or firewall that opens TLS, whose root certificate the host does not trust; a certificate that has \
                   expired, or is for another name than the API base; a wrong clock on the host; a server without TLS \
                   1.2 and 1.3, or without TLS on that port.";

/// An attempt that failed.
pub struct AttemptError {
    /// The error for the caller if no other attempt follows.
    pub error: Box<Error>,
    /// Permission for another attempt.
    pub retry: Retry,
}

/// Permission to send the same request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// No: another attempt could do harm, or would end in the same.
    Never,
    /// Yes: this attempt certainly executed nothing.
    NotExecuted,
    /// Yes, though this attempt may have been executed: doing it twice does no harm.
    Idempotent,
}

/// Makes the error of an attempt without a reply.
pub fn from_transport(endpoint: &Endpoint, error: TransportError) -> AttemptError {
    let (kind, advice, retry) = match (error.delivery, endpoint.recovery_hint) {
        (Delivery::Denied, _) => (
            ErrorKind::Network,
            "Nothing was sent. Check the API base, and the host's network and egress policy.",
            Retry::Never,
        ),
        (Delivery::NotSent, _) => (
            ErrorKind::Network,
            "Nothing was sent. Check the host's network and egress policy, then try again.",
            Retry::NotExecuted,
        ),
        (Delivery::Untrusted, _) => (ErrorKind::Tls, TLS, Retry::Never),
        (_, Some(recovery_hint)) => (ErrorKind::OutcomeUnknown, recovery_hint, Retry::Never),
        // Another attempt would meet the same server, or the same man in the middle.
        (Delivery::Insecure, None) => (ErrorKind::Tls, TLS, Retry::Never),
        (Delivery::ReplyLost, None) => (
            ErrorKind::Network,
            "Repeating this call does no harm: try again.",
            Retry::Idempotent,
        ),
        (Delivery::ReplyTooLong, None) => (
            ErrorKind::MalformedReply,
            "Ask for fewer items at a time, or without content.",
            Retry::Never,
        ),
    };
    AttemptError {
        error: plain(kind, error.message, advice),
        retry,
    }
}

/// Makes the error of an attempt whose reply does not show what happened.
pub fn from_body(endpoint: &Endpoint, description: &str, outcome: RequestOutcome) -> AttemptError {
    let (kind, advice, retry) = match (outcome, endpoint.recovery_hint) {
        (RequestOutcome::Unknown | RequestOutcome::ServerFailed, Some(recovery_hint)) => {
            (ErrorKind::OutcomeUnknown, recovery_hint, Retry::Never)
        }
        (RequestOutcome::ServerFailed, None) => (
            ErrorKind::Busy,
            "Repeating this call does no harm: try again later.",
            Retry::Idempotent,
        ),
        _ => (
            ErrorKind::MalformedReply,
            "This is not an answer of WeChat's API. Check the proxy or firewall between this host and WeChat. If there \
             is none, try again later, and not with the same content if that was refused.",
            Retry::Never,
        ),
    };
    AttemptError {
        error: plain(kind, format!("{}: {description}", endpoint.path), advice),
        retry,
    }
}

/// Makes the error of an attempt that WeChat refused. A busy server normally executed nothing, but for calls that must
/// not be repeated WeChat does not promise it (wechat-api §18): then the outcome is unknown, and finding out comes
/// first.
pub fn from_errcode(endpoint: &Endpoint, mut error: Box<Error>) -> AttemptError {
    let retry = match (error.errcode.is_some_and(is_busy), endpoint.recovery_hint) {
        (true, Some(recovery_hint)) => {
            error.kind = ErrorKind::OutcomeUnknown;
            recovery_hint.clone_into(&mut error.advice);
            error.retry_after_seconds = None;
            Retry::Never
        }
        (true, None) => Retry::Idempotent,
        _ => Retry::Never,
    };
    AttemptError { error, retry }
}

/// Makes the error for an answer without something that its page promises.
pub fn unexpected_shape(endpoint: &Endpoint) -> Box<Error> {
    let description = "the reply does not have the documented shape";
    from_body(endpoint, description, RequestOutcome::Unknown).error
}

/// Returns whether the same question can have an answer later, though nothing has changed.
pub fn is_transient(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::Network | ErrorKind::Busy | ErrorKind::MalformedReply
    )
}

#[cfg(test)]
mod tests;
