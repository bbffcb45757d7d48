//! The descriptions of faults in English: the faults' own, with what these leave open.

use crate::fault::connection::ConnectionFault;
use crate::fault::kind::{Fault, FaultBody};

/// Describes a fault of requests.
pub(in super::super) fn request_fault(fault: &Fault) -> String {
    let executed = if fault.effect().executes {
        "The request is executed."
    } else {
        "The request is not executed."
    };
    match fault {
        // Their own descriptions tell it.
        Fault::CloseBeforeBody | Fault::CloseInBody { .. } | Fault::CloseAfterBody | Fault::LostReply => {
            fault.summary().to_owned()
        }
        Fault::Status { code, body, .. } => {
            let (code, body) = (code.as_u16(), body_words(body));
            format!("HTTP {code} with {body} in place of the normal reply. {executed}")
        }
        Fault::Redirect { code, location } => {
            let code = code.as_u16();
            format!("HTTP {code}, a redirection to {location}, with an empty body. {executed}")
        }
        Fault::HugeBody { content_length: true } => {
            format!("50 MiB of well-formed JSON, with its length in the head. {executed}")
        }
        Fault::HugeBody { content_length: false } => {
            format!("50 MiB of well-formed JSON in chunks, without a length. {executed}")
        }
        Fault::Errcode { .. } => {
            format!("An error of WeChat's with the given errcode, as the server itself writes it. {executed}")
        }
        _ => format!("{} {executed}", fault.summary()),
    }
}

/// Describes a fault of connections.
pub(in super::super) fn connection_fault(fault: ConnectionFault) -> &'static str {
    fault.summary()
}

fn body_words(body: &FaultBody) -> &'static str {
    match body {
        FaultBody::Empty => "an empty body",
        FaultBody::Html => "a page of HTML",
        FaultBody::Garbage => "garbage that is declared as JSON",
        FaultBody::Text(_) => "a given text",
    }
}
