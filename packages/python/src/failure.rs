//! The reasons why a call has no answer, and the exceptions that Python gets for them.

use std::io;
use std::path::PathBuf;

use pyo3::PyErr;
use pyo3::exceptions::{PyIsADirectoryError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use wechat_official_account_host::types::{self, ErrorKind};
use wechat_official_account_host::{Error, limits};

use crate::convert::{Class, ToPy, in_python};
use crate::facts::Facts;

static WECHAT_ERROR: Class = Class::new("WeChatError");
static OUTCOME_UNKNOWN_ERROR: Class = Class::new("OutcomeUnknownError");

/// The reason why a call has no answer.
pub(crate) enum Failure {
    /// The component's own error.
    Plugin(types::Error),
    /// The instance has ended in the middle of a call that may have been executed.
    Gone { facts: Facts, cause: String },
    /// No instance could be made.
    NoInstance(String),
    /// The account has been closed.
    Closed,
    /// A file can't be read.
    File { path: PathBuf, error: io::Error },
    /// The path names something without a size, such as a pipe.
    NotRegular(PathBuf),
    /// A file is larger than anything that WeChat or an instance takes.
    TooLarge { name: String, bytes: u64 },
    /// The attachments of a call are larger than an instance takes.
    TooLargeTogether,
    /// A task of the package itself has ended early.
    Lost(String),
}

impl Failure {
    pub(crate) fn of(error: Error, facts: Facts) -> Self {
        match error {
            Error::Plugin(error) => Self::Plugin(error),
            Error::Trap(error) => Self::Gone {
                facts,
                cause: error.root_cause().to_string(),
            },
            Error::NoInstance(error) => Self::NoInstance(error.root_cause().to_string()),
            #[allow(unreachable_patterns, reason = "the host's errors may grow")]
            other => Self::Lost(other.to_string()),
        }
    }

    pub(crate) fn into_exception(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Plugin(error) => exception(py, &error),
            Self::Gone { facts, cause } => exception(py, &gone(facts, &cause)),
            Self::NoInstance(cause) => exception(
                py,
                &plain(
                    ErrorKind::Other,
                    format!("No instance of the plugin could be made: {cause}. Nothing was sent."),
                    "Close accounts that are not needed any more, or raise the limit on memory.",
                ),
            ),
            Self::Closed => PyValueError::new_err("the account is closed"),
            Self::File { path, error } => match error.raw_os_error() {
                Some(number) => file_error(py, number, &path),
                None if error.kind() == io::ErrorKind::IsADirectory => {
                    PyIsADirectoryError::new_err(format!("{} is a directory, not a file", path.display()))
                }
                // As Python's own `open` does it.
                None if error.kind() == io::ErrorKind::InvalidInput => PyValueError::new_err("embedded null byte"),
                None => error.into(),
            },
            Self::NotRegular(path) => PyValueError::new_err(format!(
                "{} is no regular file but a pipe, a device or a socket, whose end nobody knows: read it, and hand \
                 over the bytes",
                path.display()
            )),
            Self::TooLarge { name, bytes } => {
                let limit = limits::MEMORY;
                let message = format!(
                    "The file has {bytes} bytes; files of {limit} bytes or more are not read. Nothing was sent."
                );
                let mut error = plain(
                    ErrorKind::FileRejected,
                    message,
                    "WeChat accepts files of at most 10 MB: make it smaller.",
                );
                error.subject = Some(name);
                exception(py, &error)
            }
            Self::TooLargeTogether => {
                let limit = limits::ARGUMENTS;
                let message = format!(
                    "The attachments have more than {limit} bytes together, which one call can't take. Nothing was \
                     sent."
                );
                let advice = "Make the pictures smaller: WeChat accepts files of at most 10 MB.";
                let mut error = plain(ErrorKind::InvalidInput, message, advice);
                error.subject = Some("attachments".to_owned());
                exception(py, &error)
            }
            Self::Lost(cause) => PyRuntimeError::new_err(format!("the call was lost: {cause}")),
        }
    }
}

/// Makes the error for a call that may have been executed: its instance has ended, or nobody waited for it any more.
pub(crate) fn gone(facts: Facts, cause: &str) -> types::Error {
    let name = facts.name;
    if facts.repeatable {
        return plain(
            ErrorKind::Other,
            format!("{name} has no answer: {cause}."),
            "It is safe to repeat.",
        );
    }
    plain(
        ErrorKind::OutcomeUnknown,
        format!("{name} may have been executed or not: {cause}."),
        "Find out before you repeat it: the documentation of the function says how.",
    )
}

fn plain(kind: ErrorKind, message: String, advice: &str) -> types::Error {
    types::Error {
        kind,
        message,
        advice: advice.to_owned(),
        errcode: None,
        rid: None,
        subject: None,
        retry_after_seconds: None,
    }
}

impl ToPy for types::Error {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let class = if self.kind == ErrorKind::OutcomeUnknown {
            &OUTCOME_UNKNOWN_ERROR
        } else {
            &WECHAT_ERROR
        };
        // The subject of another kind is a file, an id or an address.
        let subject = match &self.subject {
            Some(field) if self.kind == ErrorKind::InvalidInput => Some(in_python(field).into_owned()),
            subject => subject.clone(),
        };
        class.make(
            py,
            [
                self.kind.to_py(py)?,
                self.message.to_py(py)?,
                self.advice.to_py(py)?,
                self.errcode.to_py(py)?,
                self.rid.to_py(py)?,
                subject.to_py(py)?,
                self.retry_after_seconds.to_py(py)?,
            ],
        )
    }
}

/// Makes the exception for an error of the contract.
pub(crate) fn exception(py: Python<'_>, error: &types::Error) -> PyErr {
    match error.to_py(py) {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// Makes the `OSError` that Python's own `open` would raise.
fn file_error(py: Python<'_>, number: i32, path: &std::path::Path) -> PyErr {
    let made = || -> PyResult<PyErr> {
        let text = py.import("os")?.call_method1("strerror", (number,))?;
        let class = py.import("builtins")?.getattr("OSError")?;
        Ok(PyErr::from_value(class.call1((number, text, path.as_os_str()))?))
    };
    made().unwrap_or_else(|error| error)
}
