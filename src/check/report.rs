//! What was found in articles, and how the first of it becomes a refusal.

use crate::bindings::types::{Figure, Finding, Severity};
use crate::compose::{figures, joined};
use crate::error::{Result, invalid};

/// Who says how much is allowed: WeChat's server,
pub const REFUSED: &str = "WeChat takes at most";
/// its documentation,
pub const DOCUMENTED: &str = "WeChat's page says at most";
/// or experience.
pub const IN_PRACTICE: &str = "in practice WeChat takes at most";

/// What was found so far.
#[derive(Default)]
pub struct Report {
    /// In the order in which it was found.
    pub findings: Vec<Finding>,
    /// The article that is being looked at.
    pub article: u32,
}

impl Report {
    fn add(&mut self, severity: Severity, field: &str, message: &[&str], figure: Option<Figure>) {
        self.findings.push(Finding {
            severity,
            article: self.article,
            field: field.to_owned(),
            message: joined(&[field, " ", &joined(message)]),
            figure,
        });
    }

    /// Adds an error. Its message begins with the field, and goes on with these pieces.
    pub fn refuse(&mut self, field: &str, message: &[&str]) {
        self.add(Severity::Error, field, message, None);
    }

    /// Adds a warning, as [`Self::refuse`] does an error.
    pub fn warn(&mut self, field: &str, message: &[&str]) {
        self.add(Severity::Warning, field, message, None);
    }

    /// Adds a finding where there is more than the limit.
    pub fn at_most(&mut self, severity: Severity, field: &str, found: usize, limit: usize, words: &[&str; 2]) -> bool {
        let more = found > limit;
        if more {
            let [unit, says] = *words;
            self.count(
                severity,
                field,
                found,
                limit,
                &[" ", unit, "; ", says, " ", &figures(limit)],
            );
        }
        more
    }

    /// Adds a finding with its figures. After the field its message has the first of them, and then these pieces.
    pub fn count(&mut self, severity: Severity, field: &str, found: usize, limit: usize, message: &[&str]) {
        let figure = Figure {
            found: found as u64,
            limit: limit as u64,
        };
        self.add(
            severity,
            field,
            &["has ", &figures(found), &joined(message)],
            Some(figure),
        );
    }
}

/// The first error as a refusal.
pub fn refuse(findings: &[Finding], articles: usize) -> Result<()> {
    let mut first: Option<&Finding> = None;
    let mut errors = 0;
    for finding in findings {
        if finding.severity == Severity::Error {
            first = first.or(Some(finding));
            errors += 1;
        }
    }
    let Some(first) = first else { return Ok(()) };
    let place = figures(first.article as usize);
    let more = figures(errors - 1);
    let message = [
        "article ",
        &place,
        ": ",
        &first.message,
        "; ",
        &more,
        " more: see draft.check",
    ];
    let from = if articles > 1 { 0 } else { 3 };
    let to = if errors > 1 { 7 } else { 4 };
    let message = message.get(from..to).unwrap_or_default();
    Err(invalid(
        &first.field,
        joined(message),
        "Correct the article; nothing was sent.",
    ))
}
