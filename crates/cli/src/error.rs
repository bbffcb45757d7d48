//! The errors of commands, and their exit codes.

use std::io;
use std::result;

use serde::Serialize;
use serde_json::Value;
use wechat_official_account_host::{self as host, types};

use crate::format::name;
use crate::texts::{messages, os_error};

/// An error in the shape in which `--json` prints it. Unknown fields are left out.
#[derive(Debug, Default, Serialize)]
pub struct Error {
    /// The WIT's `error-kind`, or `usage` or `other`.
    kind: String,
    pub message: String,
    pub exit_code: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errcode: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u32>,
    /// The document of what was done, if stdout did not take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<Value>,
    /// The same for people.
    #[serde(skip)]
    pub result_text: Option<String>,
}

/// The result of a command.
pub type Result<T> = result::Result<T, Box<Error>>;

const OTHER: u8 = 1;
pub const USAGE: u8 = 2;
const REFUSED: u8 = 3;
const NETWORK: u8 = 4;

/// Makes the error for a wrong call of the program.
pub fn usage(message: impl Into<String>) -> Box<Error> {
    new("usage", message, USAGE)
}

/// Makes the error for input that the component would refuse without asking WeChat.
pub fn invalid(message: impl Into<String>) -> Box<Error> {
    new("invalid-input", message, USAGE)
}

/// Makes the error for input that can't be used, with advice.
pub fn unusable(message: impl Into<String>, advice: impl Into<String>) -> Box<Error> {
    let mut error = invalid(message);
    error.advice = Some(advice.into()).filter(|advice| !advice.is_empty());
    error
}

/// Makes the error for a decision of WeChat's against the user.
pub fn refused(message: impl Into<String>) -> Box<Error> {
    new("refused", message, REFUSED)
}

/// Makes the error for a program that was stopped by a signal, with the exit code that shells use for it.
pub fn interrupted(message: impl Into<String>, advice: Option<String>, exit_code: u8) -> Box<Error> {
    let mut error = new("interrupted", message, exit_code);
    error.advice = advice;
    error
}

/// Makes any other error.
pub fn other(message: impl Into<String>) -> Box<Error> {
    new("other", message, OTHER)
}

fn new(kind: &str, message: impl Into<String>, exit_code: u8) -> Box<Error> {
    Box::new(Error {
        kind: kind.to_owned(),
        message: message.into(),
        exit_code,
        ..Error::default()
    })
}

impl From<host::Error> for Box<Error> {
    fn from(error: host::Error) -> Self {
        match error {
            host::Error::Plugin(error) => error.into(),
            host::Error::Trap(error) => other(messages().errors.instance_gone.with([&format!("{error:#}")])),
            host::Error::NoInstance(error) => other(messages().errors.no_instance.with([&format!("{error:#}")])),
            error => other(error.to_string()),
        }
    }
}

impl From<types::Error> for Box<Error> {
    fn from(error: types::Error) -> Self {
        Self::new(Error {
            kind: name(error.kind),
            message: error.message,
            exit_code: exit_code(error.kind, error.errcode.is_some()),
            advice: Some(error.advice).filter(|advice| !advice.is_empty()),
            errcode: error.errcode,
            rid: error.rid,
            subject: error.subject,
            retry_after_seconds: error.retry_after_seconds,
            result: None,
            result_text: None,
        })
    }
}

impl From<serde_json::Error> for Box<Error> {
    fn from(error: serde_json::Error) -> Self {
        other(error.to_string())
    }
}

/// Maps the component's error to an exit code. No errcode means that WeChat was not asked or did
/// not answer, or that the component itself refused. With one, an unknown outcome is still no refusal.
fn exit_code(kind: types::ErrorKind, has_errcode: bool) -> u8 {
    use types::ErrorKind;
    match kind {
        ErrorKind::OutcomeUnknown => NETWORK,
        _ if has_errcode => REFUSED,
        ErrorKind::InvalidInput => USAGE,
        ErrorKind::Busy | ErrorKind::Network | ErrorKind::Tls | ErrorKind::MalformedReply => NETWORK,
        _ => REFUSED,
    }
}

impl Error {
    /// Puts a subject before the message.
    pub fn of(mut self: Box<Self>, subject: &str) -> Box<Self> {
        self.message = messages().program.about.with([&subject, &self.message]);
        self
    }

    /// Puts a sentence before the advice.
    pub fn with_sentence(mut self: Box<Self>, sentence: String) -> Box<Self> {
        self.advice = Some(match &self.advice {
            Some(advice) => messages().program.sentences.with([&sentence, advice]),
            None => sentence,
        });
        self
    }

    /// Returns whether the error is of one of these kinds.
    pub fn is_of(&self, kinds: &[&str]) -> bool {
        kinds.contains(&&*self.kind)
    }

    /// Gives other advice.
    pub fn with_advice(mut self: Box<Self>, advice: String) -> Box<Self> {
        self.advice = Some(advice);
        self
    }

    /// Adds what was done, for stderr, because stdout failed in this way.
    pub fn with_result(mut self: Box<Self>, failure: &io::Error, json: &Value, text: &str) -> Box<Self> {
        self.message = { messages().errors.stdout_failed }.with([&self.message, &os_error(failure)]);
        self.result = Some(json.clone());
        self.result_text = Some(text.to_owned()).filter(|text| !text.is_empty());
        self
    }

    /// Returns everything known besides the message, with labels for people.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let texts = &messages().errors;
        let details = [
            (texts.advice, self.advice.clone()),
            ("errcode", self.errcode.map(|code| code.to_string())),
            ("rid", self.rid.clone()),
            (texts.subject, self.subject.clone()),
            (
                texts.retry,
                self.retry_after_seconds.map(|seconds| texts.retry_in.with([&seconds])),
            ),
        ];
        let known = details.into_iter().filter_map(|(label, value)| Some((label, value?)));
        known.collect()
    }
}

#[cfg(test)]
mod tests {
    use types::ErrorKind;

    use super::*;

    #[test]
    fn an_errcode_decides_over_the_kind_unless_the_outcome_is_unknown() {
        assert_eq!(exit_code(ErrorKind::OutcomeUnknown, true), NETWORK);
        assert_eq!(exit_code(ErrorKind::Busy, true), REFUSED);
        assert_eq!(exit_code(ErrorKind::Busy, false), NETWORK);
        assert_eq!(exit_code(ErrorKind::InvalidInput, true), REFUSED);
        assert_eq!(exit_code(ErrorKind::InvalidInput, false), USAGE);
        assert_eq!(exit_code(ErrorKind::FileRejected, false), REFUSED);
        assert_eq!(exit_code(ErrorKind::OutcomeUnknown, false), NETWORK);
        assert_eq!(exit_code(ErrorKind::MalformedReply, false), NETWORK);
        assert_eq!(exit_code(ErrorKind::Tls, false), NETWORK);
    }
}
