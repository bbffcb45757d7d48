//! Why a command did not do what it was asked, and the exit code that says so.

use super::output::{Output, clean, facts, name};
use host_test::host::types::{Error, ErrorKind};
use host_test::session;
use serde::Serialize;
use std::process::ExitCode;

/// What went wrong, in the shape in which `--json` shows it. A field that is not known is left out.
#[derive(Debug, Default, Serialize)]
pub struct Failure {
    /// The WIT's `error-kind`, or `usage` or `other`.
    kind: String,
    message: String,
    pub exit_code: u8,
    /// The step of the tour.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'static str>,
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
}

/// What commands return.
pub type Result<T> = std::result::Result<T, Box<Failure>>;

const OTHER: u8 = 1;
const USAGE: u8 = 2;
const REFUSED: u8 = 3;
const NETWORK: u8 = 4;

/// The user has to call again, differently.
pub fn usage(message: impl Into<String>) -> Box<Failure> {
    failure("usage", message, USAGE)
}

/// The plugin would not ask WeChat.
pub fn invalid(message: impl Into<String>) -> Box<Failure> {
    failure("invalid-input", message, USAGE)
}

/// WeChat has decided against it.
pub fn refused(message: impl Into<String>) -> Box<Failure> {
    failure("refused", message, REFUSED)
}

/// Anything else.
pub fn other(message: impl Into<String>) -> Box<Failure> {
    failure("other", message, OTHER)
}

fn failure(kind: &str, message: impl Into<String>, exit_code: u8) -> Box<Failure> {
    Box::new(Failure {
        kind: kind.to_owned(),
        message: message.into(),
        exit_code,
        ..Failure::default()
    })
}

impl From<session::Failure> for Box<Failure> {
    fn from(failure: session::Failure) -> Self {
        match failure {
            session::Failure::Plugin(error) => error.into(),
            session::Failure::Trap(error) => other(format!("the plugin's instance is gone: {error:#}")),
        }
    }
}

impl From<Error> for Box<Failure> {
    fn from(error: Error) -> Self {
        Self::new(Failure {
            kind: name(error.kind),
            message: error.message,
            exit_code: exit_code(error.kind, error.errcode.is_some()),
            step: None,
            advice: Some(error.advice).filter(|advice| !advice.is_empty()),
            errcode: error.errcode,
            rid: error.rid,
            subject: error.subject,
            retry_after_seconds: error.retry_after_seconds,
        })
    }
}

/// Without a code WeChat was not asked, or did not answer; whatever else the plugin reports is a refusal.
fn exit_code(kind: ErrorKind, has_errcode: bool) -> u8 {
    match kind {
        _ if has_errcode => REFUSED,
        ErrorKind::InvalidInput => USAGE,
        ErrorKind::Network | ErrorKind::OutcomeUnknown | ErrorKind::MalformedReply => NETWORK,
        _ => REFUSED,
    }
}

impl Failure {
    /// Says first what it is a failure of.
    pub fn of(mut self: Box<Self>, what: &str) -> Box<Self> {
        self.message = format!("{what}: {}", self.message);
        self
    }

    /// Names the step of the tour where it happened.
    pub fn at(mut self: Box<Self>, step: &'static str) -> Box<Self> {
        self.step = Some(step);
        self
    }

    /// Tells the user, on stderr.
    pub fn report(&self, output: Output) -> ExitCode {
        if output.is_json() {
            // A record of texts and numbers always turns into JSON.
            eprintln!("{}", serde_json::to_string(self).unwrap_or_default());
        } else {
            self.tell_people();
        }
        ExitCode::from(self.exit_code)
    }

    fn tell_people(&self) {
        let step = self.step.map(|step| format!("step {step}: ")).unwrap_or_default();
        eprintln!("error: {step}{}", clean(&self.message));
        let known = [
            ("advice", self.advice.clone()),
            ("errcode", self.errcode.map(|code| code.to_string())),
            ("rid", self.rid.clone()),
            ("subject", self.subject.clone()),
            (
                "retry",
                self.retry_after_seconds.map(|seconds| format!("in {seconds} s")),
            ),
        ];
        let known = known.into_iter().filter_map(|(label, value)| Some((label, value?)));
        let known: Vec<_> = known.collect();
        if !known.is_empty() {
            eprintln!("{}", facts(known));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_errcode_decides_over_the_kind() {
        assert_eq!(exit_code(ErrorKind::InvalidInput, true), REFUSED);
        assert_eq!(exit_code(ErrorKind::InvalidInput, false), USAGE);
        assert_eq!(exit_code(ErrorKind::FileRejected, false), REFUSED);
        assert_eq!(exit_code(ErrorKind::OutcomeUnknown, false), NETWORK);
        assert_eq!(exit_code(ErrorKind::MalformedReply, false), NETWORK);
    }
}
