//! Findings about articles, for people.

use wechat_official_account_host::types::{Finding, Severity};

use crate::error::{self, Result};
use crate::format::{name, table};
use crate::output::Output;

/// Returns whether the component would refuse the articles for this finding.
pub fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// Fails if the component would refuse the articles, with the first reason.
pub fn refuse(findings: &[Finding]) -> Result<()> {
    match findings.iter().find(|finding| is_error(finding)) {
        Some(finding) => Err(error::invalid(&finding.message)),
        None => Ok(()),
    }
}

/// Formats a line for each finding.
pub fn describe(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "nothing found".to_owned();
    }
    let rows = findings.iter().map(|finding| {
        let severity = name(finding.severity);
        [severity, finding.article.to_string(), finding.message.clone()]
    });
    table(["severity", "article", "finding"], rows)
}

/// Warns people of the findings before they have consequences. Programs find them in the document.
pub fn warn(output: Output, findings: &[Finding]) {
    for finding in findings {
        let text = format!("article {}: {}", finding.article, finding.message);
        output.warn(&name(finding.severity), &text);
    }
}
