//! Failures as records.

use std::fmt::Display;

use crate::bindings::types::{Error, ErrorKind};
use crate::texts::Failure;

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Makes an error. Line 0 stands for none.
pub fn error<const N: usize>(kind: ErrorKind, line: u32, text: &Failure<N>, arguments: [&dyn Display; N]) -> Error {
    Error {
        kind,
        message: text.message.with(arguments),
        advice: text.advice.as_str().to_owned(),
        line: (line > 0).then_some(line),
    }
}
