//! Attempts without a clear answer: their errors, and the permission for another one. A lost reply is not a failure: if
//! repeating could do harm, the outcome is unknown, and the advice explains how to find out.

use super::endpoint::Endpoint;
use super::errcode::is_busy;
use super::reply::RequestOutcome;
use crate::bindings::types::{Error, ErrorKind};
use crate::error::plain;
use crate::texts::Texts;
use crate::transport::{Delivery, TransportError};

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
pub fn from_transport(texts: &Texts, endpoint: &Endpoint, error: TransportError) -> AttemptError {
    let recovery_hint = endpoint.recovery_hint.map(|hint| hint(texts));
    let texts = &texts.attempt;
    let (kind, advice, retry) = match (error.delivery, recovery_hint) {
        (Delivery::Denied, _) => (ErrorKind::Network, texts.denied, Retry::Never),
        (Delivery::NotSent, _) => (ErrorKind::Network, texts.not_sent, Retry::NotExecuted),
        (Delivery::Untrusted, _) => (ErrorKind::Tls, texts.check_tls, Retry::Never),
        (_, Some(recovery_hint)) => (ErrorKind::OutcomeUnknown, recovery_hint, Retry::Never),
        // Another attempt would meet the same server, or the same man in the middle.
        (Delivery::Insecure, None) => (ErrorKind::Tls, texts.check_tls, Retry::Never),
        (Delivery::ReplyLost, None) => (ErrorKind::Network, texts.try_again, Retry::Idempotent),
        (Delivery::ReplyTooLong, None) => (ErrorKind::MalformedReply, texts.fewer, Retry::Never),
    };
    AttemptError {
        error: plain(kind, error.message, advice),
        retry,
    }
}

/// Makes the error of an attempt whose reply does not show what happened.
pub fn from_body(texts: &Texts, endpoint: &Endpoint, description: &str, outcome: RequestOutcome) -> AttemptError {
    let recovery_hint = endpoint.recovery_hint.map(|hint| hint(texts));
    let texts = &texts.attempt;
    let (kind, advice, retry) = match (outcome, recovery_hint) {
        (RequestOutcome::Unknown | RequestOutcome::ServerFailed, Some(recovery_hint)) => {
            (ErrorKind::OutcomeUnknown, recovery_hint, Retry::Never)
        }
        (RequestOutcome::ServerFailed, None) => (ErrorKind::Busy, texts.later, Retry::Idempotent),
        _ => (ErrorKind::MalformedReply, texts.not_wechat, Retry::Never),
    };
    AttemptError {
        error: plain(kind, texts.at.with([&endpoint.path, &description]), advice),
        retry,
    }
}

/// Makes the error of an attempt that WeChat refused. A busy server normally executed nothing, but for calls that must
/// not be repeated WeChat does not promise it (wechat-api §18): then the outcome is unknown, and finding out comes
/// first.
pub fn from_errcode(texts: &Texts, endpoint: &Endpoint, mut error: Box<Error>) -> AttemptError {
    let retry = match (error.errcode.is_some_and(is_busy), endpoint.recovery_hint) {
        (true, Some(recovery_hint)) => {
            error.kind = ErrorKind::OutcomeUnknown;
            recovery_hint(texts).clone_into(&mut error.advice);
            error.retry_after_seconds = None;
            Retry::Never
        }
        (true, None) => Retry::Idempotent,
        _ => Retry::Never,
    };
    AttemptError { error, retry }
}

/// Makes the error for an answer without something that its page promises.
pub fn unexpected_shape(texts: &Texts, endpoint: &Endpoint) -> Box<Error> {
    from_body(texts, endpoint, texts.attempt.shape, RequestOutcome::Unknown).error
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
