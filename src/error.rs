//! The flat error record of the contract. Refusals by WeChat are made in [`wechat::errcode`](crate::wechat::errcode).

use crate::bindings::types::{Error, ErrorKind};

/// Result of the core. The record is boxed on its way up: moving its 100 bytes through every layer made a tenth of the
/// component.
pub type Result<T> = std::result::Result<T, Box<Error>>;

/// Makes an error without code: it did not come from WeChat.
pub fn plain(kind: ErrorKind, message: impl Into<String>, advice: &str) -> Box<Error> {
    Box::new(Error {
        kind,
        message: message.into(),
        advice: advice.to_owned(),
        errcode: None,
        rid: None,
        subject: None,
        retry_after_seconds: None,
    })
}

/// Makes the error for an argument that is refused before anything is sent.
pub fn invalid(subject: &str, message: impl Into<String>, advice: &str) -> Box<Error> {
    about(subject, plain(ErrorKind::InvalidInput, message, advice))
}

/// Makes the error for a file that is refused before anything is sent.
pub fn file_rejected(name: &str, message: impl Into<String>, advice: &str) -> Box<Error> {
    about(name, plain(ErrorKind::FileRejected, message, advice))
}

fn about(subject: &str, mut error: Box<Error>) -> Box<Error> {
    error.subject = Some(subject.to_owned());
    error
}
