//! What is wrong with an article, or did not arrive.

use serde::Serialize;

use crate::bindings::types;

/// The consequence of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The article is refused.
    Error,
    /// WeChat leaves something out of the article, or may refuse it.
    Warning,
    /// The article arrives whole, but may look wrong on some screens.
    Advice,
}

/// A part of an article that is wrong, or that WeChat changed or dropped.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// Its consequence.
    pub severity: Severity,
    /// The field, such as `title` or `content`.
    pub field: String,
    /// A sentence in English about the finding and the rule.
    pub message: String,
    /// The opening tag of the element concerned, cut to 80 characters, if the finding is about one.
    pub element: Option<String>,
}

impl From<types::Finding> for Finding {
    fn from(finding: types::Finding) -> Self {
        let severity = match finding.severity {
            types::Severity::Error => Severity::Error,
            types::Severity::Warning => Severity::Warning,
            types::Severity::Advice => Severity::Advice,
        };
        Self {
            severity,
            field: finding.field,
            message: finding.message,
            element: finding.element,
        }
    }
}

/// Converts all findings, in their order.
#[must_use]
pub fn all(findings: Vec<types::Finding>) -> Vec<Finding> {
    findings.into_iter().map(Finding::from).collect()
}
