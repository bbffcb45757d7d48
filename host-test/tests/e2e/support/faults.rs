//! What can happen to a request, for tests that try all of it.

use http::StatusCode;
use wechat_simulator::{Fault, StandIn};

/// Faults that only a limit on time ends: on the first byte, between bytes, and on the call as a whole.
pub fn waiting() -> Vec<Fault> {
    vec![
        // Longer than the limit on the first byte.
        Fault::Delay { ms: 600_000 },
        Fault::Stall,
        // Shorter than the limit between bytes.
        Fault::Trickle { ms: 200 },
    ]
}

/// All others.
pub fn immediate() -> Vec<Fault> {
    let status = |code: u16, body, acted| Fault::Status {
        code: StatusCode::from_u16(code).unwrap(),
        body,
        acted,
    };
    let redirect = |code: u16| Fault::Redirect {
        code: StatusCode::from_u16(code).unwrap(),
        location: "https://elsewhere.example/".to_owned(),
    };
    vec![
        Fault::CloseBeforeBody,
        Fault::CloseInBody { after: None },
        Fault::CloseAfterBody,
        Fault::LostReply,
        Fault::TruncatedBody,
        Fault::ContentLengthTooSmall,
        Fault::ContentLengthTooLarge,
        Fault::TwoContentLengths,
        Fault::ContentLengthTwice,
        status(500, StandIn::Empty, false),
        status(502, StandIn::Html, false),
        status(502, StandIn::Html, true),
        status(412, StandIn::Empty, false),
        status(501, StandIn::Html, false),
        redirect(301),
        redirect(302),
        status(200, StandIn::Html, false),
        status(200, StandIn::Html, true),
        status(200, StandIn::Empty, true),
        status(200, StandIn::Garbage, true),
        Fault::GarbledJson,
        Fault::HugeBody { content_length: true },
        Fault::HugeBody { content_length: false },
        Fault::HugeHeader,
        Fault::Errcode { code: -1, acted: false },
        Fault::Errcode { code: -1, acted: true },
        Fault::Mislabelled,
    ]
}
