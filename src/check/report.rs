//! The findings about articles, and the refusal that errors among them become.

use super::text;
use crate::bindings::types::{Figure, Finding, Severity};
use crate::error::{Result, invalid};
use crate::texts::Texts;

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
pub struct Report {
    /// The texts of the findings.
    pub texts: &'static Texts,
    /// The findings, in the order of the checks.
    pub findings: Vec<Finding>,
    /// The index of the article that is being checked.
    pub article: u32,
}

impl Report {
    /// Makes a report without findings.
    pub const fn new(texts: &'static Texts) -> Self {
        Self {
            texts,
            findings: Vec::new(),
            article: 0,
        }
    }

    /// Adds a finding. Its message is the field's name and this text. Returns it, so that a rule or an element can be
    /// set.
    #[inline(never)]
    pub fn add(&mut self, severity: Severity, field: &str, message: &str) -> &mut Finding {
        self.findings.push_mut(Finding {
            severity,
            article: self.article,
            field: field.to_owned(),
            message: self.texts.report.finding.with([&field, &message]),
            figure: None,
            rule: None,
            element: None,
        })
    }

    /// Adds an error. Its message is the field's name and this text.
    pub fn refuse(&mut self, field: &str, message: &str) {
        self.add(Severity::Error, field, message);
    }

    /// Adds a warning. Its message is the field's name and this text.
    pub fn warn(&mut self, field: &str, message: &str) {
        self.add(Severity::Warning, field, message);
    }

    /// Adds a finding if there is more than a limit allows. Returns whether it has added one.
    #[inline(never)]
    pub fn at_most(&mut self, limit: Limit, field: &str, found: usize, most: usize, unit: &str) -> bool {
        let texts = &self.texts.report;
        let (severity, message) = match limit {
            Limit::Refused => (Severity::Error, texts.refused),
            Limit::Documented => (Severity::Warning, texts.documented),
            Limit::InPractice => (Severity::Warning, texts.in_practice),
        };
        let is_more = found > most;
        if is_more {
            self.count(severity, field, found, most, &message.with([&found, &unit, &most]));
        }
        is_more
    }

    /// Adds a finding with its figures. Its message is the field's name and this text. Returns it, as `add` does.
    pub fn count(&mut self, severity: Severity, field: &str, found: usize, most: usize, message: &str) -> &mut Finding {
        let finding = self.add(severity, field, message);
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
        let texts = &self.texts.report;
        let mut message = texts.rule.with([&rule, &message]);
        if let Some((all, listed)) = cut {
            message = texts.rule_cut.with([&message, &all, &listed]);
        }
        let finding = self.add(Severity::Advice, "content", &message);
        finding.rule = Some(rule.to_owned());
        finding.element = Some(element(tag));
        if let Some((all, listed)) = cut {
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
pub fn refuse(texts: &Texts, findings: &[Finding], articles: usize) -> Result<()> {
    let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let Some(first) = errors.next() else { return Ok(()) };
    let texts = &texts.report;
    let mut message = first.message.clone();
    if articles > 1 {
        message = texts.of_article.with([&first.article, &message]);
    }
    let more = errors.count();
    if more > 0 {
        message = texts.more.with([&message, &more]);
    }
    Err(invalid(&first.field, message, texts.correct))
}
