//! What a call that has no clear answer ends in. A lost reply is not a failure: where repeating could do harm, the
//! outcome is unknown, and the advice says how to find out.

use super::endpoint::Endpoint;
use super::reply::Fate;
use crate::bindings::types::{Error, ErrorKind};
use crate::error::plain;
use crate::transport::{Delivery, TransportError};

/// No reply.
pub fn lost(endpoint: &Endpoint, error: TransportError) -> Box<Error> {
    let (kind, advice) = match (error.delivery, endpoint.find_out) {
        (Delivery::NotSent, _) => (
            ErrorKind::Network,
            "Nothing was sent. Check the host's network and egress policy, then try again.",
        ),
        (_, Some(find_out)) => (ErrorKind::OutcomeUnknown, find_out),
        (Delivery::ReplyLost, None) => (ErrorKind::Network, "Repeating this call does no harm: try again."),
        (Delivery::ReplyTooLong, None) => (
            ErrorKind::MalformedReply,
            "Ask for fewer items at a time, or without content.",
        ),
    };
    plain(kind, error.message, advice)
}

/// A reply came, but it does not tell what happened.
pub fn unreadable(endpoint: &Endpoint, description: String, fate: Fate) -> Box<Error> {
    let message = format!("{}: {description}", endpoint.path);
    let (kind, advice) = match (fate, endpoint.find_out) {
        (Fate::Unknown | Fate::ServerFailed, Some(find_out)) => (ErrorKind::OutcomeUnknown, find_out),
        (Fate::ServerFailed, None) => (ErrorKind::Busy, "Repeating this call does no harm: try again later."),
        _ => (
            ErrorKind::MalformedReply,
            "This is not an answer of WeChat's API. Check what stands between this host and WeChat (proxy, firewall); if \
             nothing does, try again later, and not with the same content where it was refused.",
        ),
    };
    plain(kind, message, advice)
}

/// A busy server normally executed nothing, but for calls that must not be repeated WeChat does not promise it
/// (wechat-api §18): then finding out comes first.
pub fn with_find_out(endpoint: &Endpoint, mut error: Box<Error>) -> Box<Error> {
    if let (ErrorKind::Busy, Some(find_out)) = (error.kind, endpoint.find_out) {
        find_out.clone_into(&mut error.advice);
        error.retry_after_seconds = None;
    }
    error
}

/// Whether the same question can have an answer later, though nothing has changed.
pub fn is_passing(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::Network | ErrorKind::Busy | ErrorKind::MalformedReply
    )
}
