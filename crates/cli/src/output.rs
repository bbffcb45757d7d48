//! The output of a command: JSON for programs, or text for people.
//!
//! Everything for people leaves through this file, and is made safe for terminals here. Nothing here panics: a stream
//! that can't be written is an error if it is stdout, and is ignored if it is stderr, as there is nowhere left to
//! complain.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use serde_json::Value;

use crate::error::{self, Error, Result};
use crate::format::{clean, clean_json, clean_lines, facts};
use crate::texts::{self, messages, os_error};

/// The form of this command's output.
#[derive(Clone, Copy)]
pub struct Output {
    json: bool,
    progress: bool,
    /// Whether stdout takes a file, so that the result goes to stderr.
    stdout_is_taken: bool,
}

impl Output {
    pub fn new(json: bool) -> Self {
        Self {
            json,
            progress: !json && io::stderr().is_terminal(),
            stdout_is_taken: false,
        }
    }

    /// Leaves stdout to a file, such as that of `-o -`.
    pub fn without_stdout(self) -> Self {
        Self {
            stdout_is_taken: true,
            ..self
        }
    }

    /// Returns whether stderr is a terminal and free for progress bars.
    pub fn shows_progress(self) -> bool {
        self.progress
    }

    /// Prints a result that can be had again, in one of its two forms. A reader that is gone, as with `| head`, has
    /// what it wanted.
    pub fn print(self, json: &Value, text: impl Display) -> Result<()> {
        match self.result(json, &text.to_string()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(unwritable(&error)),
            _ => Ok(()),
        }
    }

    /// Prints what was done, and returns the outcome. If stdout fails in any way, what was done is a part of the error,
    /// and so on stderr: it would be lost, or done twice.
    pub fn print_done(self, json: &Value, text: impl Display, outcome: Result<()>) -> Result<()> {
        let text = text.to_string();
        match self.result(json, &text) {
            Ok(()) => outcome,
            Err(failure) => {
                let error = outcome
                    .err()
                    .unwrap_or_else(|| error::other(messages().errors.it_was_done));
                Err(error.with_result(&failure, json, &text))
            }
        }
    }

    /// Tells at once what was done, while the command goes on: people on stdout, or on stderr if that fails, and
    /// programs by one line of JSON on stderr, as stdout has one document only.
    pub fn announce(self, json: &Value, text: &str) {
        if self.json {
            stderr(&clean_json(&json.to_string()));
        } else if self.stdout_is_taken || stdout(&clean_lines(text)).is_err() {
            stderr(&clean_lines(text));
        }
    }

    /// Tells on stderr what the command is about to do: people by a text, and programs by one line of JSON.
    pub fn hint(self, json: &Value, text: &str) {
        match self.json {
            true => stderr(&clean_json(&json.to_string())),
            false => stderr(&clean(text)),
        }
    }

    /// Prints a warning for people to stderr, below the word for this severity. Programs find it in the JSON document.
    pub fn warn(self, severity: &str, text: &str) {
        if !self.json {
            let label = messages().findings.severity(severity);
            stderr(&messages().program.about.with([&label, &clean(text)]));
        }
    }

    /// Prints a line for people to stderr.
    pub fn note(self, text: &str) {
        if !self.json {
            stderr(&clean(text));
        }
    }

    /// Prints an error to stderr, and returns its exit code.
    pub fn report(self, error: &Error) -> ExitCode {
        if self.json {
            // A record of texts and numbers always turns into JSON.
            stderr(&clean_json(&serde_json::to_string(error).unwrap_or_default()));
        } else {
            let label = messages().findings.error;
            let mut lines = vec![messages().program.about.with([&label, &clean(&error.message)])];
            let details = error.details();
            if !details.is_empty() {
                lines.push(facts(details));
            }
            lines.extend(error.result_text.as_deref().map(clean_lines));
            stderr(&lines.join("\n"));
        }
        ExitCode::from(error.exit_code)
    }

    fn result(self, json: &Value, text: &str) -> io::Result<()> {
        let text = match self.json {
            true => clean_json(&format!("{json:#}")),
            // People have seen everything already.
            false if text.is_empty() => return Ok(()),
            false => clean_lines(text),
        };
        if self.stdout_is_taken {
            stderr(&text);
            return Ok(());
        }
        stdout(&text)
    }
}

/// Prints the help or the version, or the error of arguments that clap can't read. Such an error may repeat what a
/// terminal would obey.
pub fn report_usage(error: &clap::Error) -> ExitCode {
    if let Some(text) = texts::usage_error(error) {
        stderr(&clean_lines(&text));
        return ExitCode::from(error::USAGE);
    }
    let plain = error.render().to_string();
    let printed = match clean_lines(&plain) {
        // With colours, on a terminal.
        clean if clean == plain.trim_end_matches('\n') => error.print(),
        clean if error.use_stderr() => {
            stderr(&clean);
            Ok(())
        }
        clean => stdout(&clean),
    };
    match printed {
        Err(failure) if !error.use_stderr() && failure.kind() != ErrorKind::BrokenPipe => {
            Output::new(false).report(&unwritable(&failure))
        }
        _ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(error::USAGE)),
    }
}

fn unwritable(error: &io::Error) -> Box<Error> {
    error::other(messages().errors.cannot_write_stdout.with([&os_error(error)]))
}

/// Writes a line to stdout at once. `println!` would panic.
fn stdout(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{text}")?;
    stdout.flush()
}

/// Writes a line to stderr, if it can be written. `eprintln!` would panic.
fn stderr(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
