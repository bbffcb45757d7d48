//! What an attempt without a clear answer ends in, and whether another may follow. A lost reply is not a failure: where
//! repeating could do harm, the outcome is unknown, and the advice says how to find out.

use super::endpoint::Endpoint;
use super::errcode::is_busy;
use super::reply::Fate;
use crate::bindings::types::{Error, ErrorKind};
use crate::compose::joined;
use crate::error::plain;
use crate::transport::{Delivery, TransportError};

/// An attempt that failed.
pub struct Failed {
    /// What the caller is told if no other attempt follows.
    pub error: Box<Error>,
    /// Whether another may follow.
    pub again: Again,
}

/// Whether the same request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// No: it could do harm, or would end in the same.
    No,
    /// Yes: this attempt certainly executed nothing.
    NothingDone,
    /// Yes, though this attempt may have been executed: doing it twice does no harm.
    Harmless,
}

/// No reply.
pub fn lost(endpoint: &Endpoint, error: TransportError) -> Failed {
    let (kind, advice, again) = match (error.delivery, endpoint.find_out) {
        (Delivery::Denied, _) => (
            ErrorKind::Network,
            "Nothing was sent. Check the API base, and the host's network and egress policy.",
            Again::No,
        ),
        (Delivery::NotSent, _) => (
            ErrorKind::Network,
            "Nothing was sent. Check the host's network and egress policy, then try again.",
            Again::NothingDone,
        ),
        (_, Some(find_out)) => (ErrorKind::OutcomeUnknown, find_out, Again::No),
        (Delivery::ReplyLost, None) => (
            ErrorKind::Network,
            "Repeating this call does no harm: try again.",
            Again::Harmless,
        ),
        (Delivery::ReplyTooLong, None) => (
            ErrorKind::MalformedReply,
            "Ask for fewer items at a time, or without content.",
            Again::No,
        ),
    };
    Failed {
        error: plain(kind, joined(&[&error.message]), advice),
        again,
    }
}

/// A reply came, but it does not tell what happened.
pub fn unreadable(endpoint: &Endpoint, description: &str, fate: Fate) -> Failed {
    let (kind, advice, again) = match (fate, endpoint.find_out) {
        (Fate::Unknown | Fate::ServerFailed, Some(find_out)) => (ErrorKind::OutcomeUnknown, find_out, Again::No),
        (Fate::ServerFailed, None) => (
            ErrorKind::Busy,
            "Repeating this call does no harm: try again later.",
            Again::Harmless,
        ),
        _ => (
            ErrorKind::MalformedReply,
            "This is not an answer of WeChat's API. Check what stands between this host and WeChat (proxy, firewall); if \
             nothing does, try again later, and not with the same content where it was refused.",
            Again::No,
        ),
    };
    Failed {
        error: plain(kind, joined(&[endpoint.path, ": ", description]), advice),
        again,
    }
}

/// WeChat refused. A busy server normally executed nothing, but for calls that must not be repeated WeChat does not promise
/// it (wechat-api §18): then the outcome is unknown, and finding out comes first.
pub fn refused(endpoint: &Endpoint, mut error: Box<Error>) -> Failed {
    let again = match (error.errcode.is_some_and(is_busy), endpoint.find_out) {
        (true, Some(find_out)) => {
            error.kind = ErrorKind::OutcomeUnknown;
            find_out.clone_into(&mut error.advice);
            error.retry_after_seconds = None;
            Again::No
        }
        (true, None) => Again::Harmless,
        _ => Again::No,
    };
    Failed { error, again }
}

/// Whether the same question can have an answer later, though nothing has changed.
pub fn is_passing(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::Network | ErrorKind::Busy | ErrorKind::MalformedReply
    )
}
