//! What was found in articles, for people.

use super::failure::{self, Result};
use super::output::{Output, clean, name, table};
use host_test::host::types::{Finding, Severity};

/// Whether the plugin would refuse the articles for this.
pub fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// Fails where the plugin would refuse the articles, with the first reason.
pub fn refuse(findings: &[Finding]) -> Result<()> {
    match findings.iter().find(|finding| is_error(finding)) {
        Some(finding) => Err(failure::invalid(&finding.message)),
        None => Ok(()),
    }
}

/// One line for each finding.
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

/// Tells people what was found before it has consequences. Programs find it in the document.
pub fn tell(output: Output, findings: &[Finding]) {
    if output.is_json() {
        return;
    }
    for finding in findings {
        let severity = name(finding.severity);
        eprintln!("{severity}: article {}: {}", finding.article, clean(&finding.message));
    }
}
