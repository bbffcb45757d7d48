//! What a call that has no clear answer ends in. A lost reply is not a failure: where repeating could do harm, the
//! outcome is unknown, and the advice says how to find out.

use super::endpoint::Endpoint;
use crate::bindings::types::{Error, ErrorKind};
use crate::error::plain;

/// No reply, but the request may have been executed.
pub fn lost(endpoint: &Endpoint, message: String) -> Box<Error> {
    match endpoint.find_out {
        Some(find_out) => plain(ErrorKind::OutcomeUnknown, message, find_out),
        None => plain(
            ErrorKind::Network,
            message,
            "Repeating this call does no harm: try again.",
        ),
    }
}

/// A reply came, but it does not tell what happened.
pub fn unreadable(endpoint: &Endpoint, description: String, turned_away: bool) -> Box<Error> {
    let message = format!("{}: {description}", endpoint.path);
    match endpoint.find_out {
        Some(find_out) if !turned_away => plain(ErrorKind::OutcomeUnknown, message, find_out),
        _ => plain(
            ErrorKind::MalformedReply,
            message,
            "This is not an answer of WeChat's API. Check what stands between this host and WeChat (proxy, firewall); if \
             nothing does, try again later, and not with the same content where it was refused.",
        ),
    }
}

/// A busy server normally executed nothing, but for calls that must not be repeated WeChat does not promise it
/// (wechat-api §18).
pub fn with_find_out(endpoint: &Endpoint, mut error: Box<Error>) -> Box<Error> {
    if let (ErrorKind::Busy, Some(find_out)) = (error.kind, endpoint.find_out) {
        error.advice = format!("{} {find_out}", error.advice);
    }
    error
}
