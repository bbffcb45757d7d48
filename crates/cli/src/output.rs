//! The output of a command: JSON for programs, or text for people.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use serde_json::Value;

use crate::error::{self, Error, Result};
use crate::format::{clean, facts};

/// The form of this command's output.
#[derive(Clone, Copy)]
pub struct Output {
    json: bool,
    progress: bool,
}

impl Output {
    pub fn new(json: bool) -> Self {
        Self {
            json,
            progress: !json && io::stderr().is_terminal(),
        }
    }

    pub fn is_json(self) -> bool {
        self.json
    }

    /// Returns whether stderr is a terminal and free for progress bars.
    pub fn shows_progress(self) -> bool {
        self.progress
    }

    /// Prints a result, in one of its two forms.
    pub fn print(self, json: &Value, text: impl Display) -> Result<()> {
        if self.json {
            line(&format!("{json:#}"))
        } else {
            line(&text.to_string())
        }
    }

    /// Prints a line for people while the command goes on.
    pub fn status(self, text: &str) -> Result<()> {
        if self.json { Ok(()) } else { line(text) }
    }

    /// Prints a warning for people to stderr. Programs find it in the JSON document.
    pub fn warn(self, label: &str, text: &str) {
        if !self.json {
            eprintln!("{label}: {}", clean(text));
        }
    }

    /// Prints an error to stderr, and returns its exit code.
    pub fn report(self, error: &Error) -> ExitCode {
        if self.json {
            // A record of texts and numbers always turns into JSON.
            eprintln!("{}", serde_json::to_string(error).unwrap_or_default());
        } else {
            eprintln!("error: {}", clean(&error.message));
            let details = error.details();
            if !details.is_empty() {
                eprintln!("{}", facts(details));
            }
        }
        ExitCode::from(error.exit_code)
    }
}

/// Writes a line to stdout at once. `println!` would panic if the reader is gone, as with `| head`.
pub fn line(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error::other(format!("cannot write to stdout: {error}")))
        }
        _ => Ok(()),
    }
}
