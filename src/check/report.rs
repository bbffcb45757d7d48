//! The findings about articles, and the refusal that errors among them become.

use std::fmt::Display;

use super::text;
use crate::bindings::types::{Figure, Finding, Severity};
use crate::error::{Result, invalid};

/// The ground of a limit, which decides how severe a finding is.
#[derive(Clone, Copy)]
pub enum Limit {
    /// WeChat's server refuses more.
    Refused,
    /// WeChat's documentation allows no more.
    Documented,
    /// Nobody has seen WeChat accept more.
    InPractice,
}

/// The findings so far.
#[derive(Default)]
pub struct Report {
    /// The findings, in the order of the checks.
    pub findings: Vec<Finding>,
    /// The index of the article that is being checked.
    pub article: u32,
}

impl Report {
    /// Adds a finding. Its message is the field's name and this text. Returns it, so that a rule or an element can be
    /// set.
    pub fn add(&mut self, severity: Severity, field: &str, message: impl Display) -> &mut Finding {
        self.add_any(severity, field, &message)
    }

    /// Adds a finding. It is apart from `add`, so that there are not as many copies as types of messages.
    #[inline(never)]
    fn add_any(&mut self, severity: Severity, field: &str, message: &dyn Display) -> &mut Finding {
        self.findings.push_mut(Finding {
            severity,
            article: self.article,
            field: field.to_owned(),
            message: format!("{field} {message}"),
            figure: None,
            rule: None,
            element: None,
        })
    }

    /// Adds an error. Its message is the field's name and this text.
    pub fn refuse(&mut self, field: &str, message: impl Display) {
        self.add(Severity::Error, field, message);
    }

    /// Adds a warning. Its message is the field's name and this text.
    pub fn warn(&mut self, field: &str, message: impl Display) {
        self.add(Severity::Warning, field, message);
    }

    /// Adds a finding if there is more than a limit allows. Returns whether it has added one.
    #[inline(never)]
    pub fn at_most(&mut self, limit: Limit, field: &str, found: usize, most: usize, unit: &str) -> bool {
        let (severity, source) = match limit {
            Limit::Refused => (Severity::Error, "WeChat takes at most"),
            Limit::Documented => (Severity::Warning, "WeChat's page allows at most"),
            Limit::InPractice => (Severity::Warning, "in practice WeChat takes at most"),
        };
        let is_more = found > most;
        if is_more {
            self.count(severity, field, found, most, format_args!(" {unit}; {source} {most}"));
        }
        is_more
    }

    /// Adds a finding with its figures. Its message is the field's name, the number found, and this text. Returns it,
    /// as `add` does.
    pub fn count(
        &mut self,
        severity: Severity,
        field: &str,
        found: usize,
        most: usize,
        message: impl Display,
    ) -> &mut Finding {
        self.count_any(severity, field, (found, most), &message)
    }

    /// Adds a finding with its figures. It is apart from `count` for the same reason.
    #[inline(never)]
    fn count_any(
        &mut self,
        severity: Severity,
        field: &str,
        (found, most): (usize, usize),
        message: &dyn Display,
    ) -> &mut Finding {
        let finding = self.add(severity, field, format_args!("has {found}{message}"));
        finding.figure = Some(Figure {
            found: found as u64,
            limit: most as u64,
        });
        finding
    }

    /// Returns the findings with all errors and warnings before all advice.
    pub fn with_advice_last(self) -> Vec<Finding> {
        let is_advice = |finding: &Finding| finding.severity == Severity::Advice;
        let (advice, mut findings): (Vec<_>, Vec<_>) = self.findings.into_iter().partition(is_advice);
        findings.extend(advice);
        findings
    }

    /// Adds advice by a structure rule, about the element of this opening tag. `cut` has the number of all findings by
    /// the rule and that of the listed ones, if this is the last of those.
    pub fn advise(&mut self, rule: &str, tag: &str, message: &str, cut: Option<(usize, usize)>) {
        let finding = self.add(
            Severity::Advice,
            "content",
            format_args!("breaks rule {rule}: {message}"),
        );
        finding.rule = Some(rule.to_owned());
        finding.element = Some(element(tag));
        if let Some((all, listed)) = cut {
            finding.message += &format!("; {all} places in all, the first {listed} are listed");
            finding.figure = Some(Figure {
                found: all as u64,
                limit: listed as u64,
            });
        }
    }
}

/// The length of an element in a finding, in characters.
const ELEMENT: usize = 80;

/// Returns an opening tag as the element of a finding.
pub fn element(tag: &str) -> String {
    text::first_characters(tag, ELEMENT).unwrap_or(tag).to_owned()
}

/// Refuses articles with the first error found in them. Warnings alone refuse nothing.
pub fn refuse(findings: &[Finding], articles: usize) -> Result<()> {
    let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let Some(first) = errors.next() else { return Ok(()) };
    let mut message = first.message.clone();
    if articles > 1 {
        message = format!("article {}: {message}", first.article);
    }
    let more = errors.count();
    if more > 0 {
        message += &format!("; {more} more: see draft.check");
    }
    Err(invalid(&first.field, message, "Correct the article; nothing was sent."))
}
