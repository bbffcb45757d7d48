//! What was found in articles, for people.

use super::output::{name, table};
use host_test::host::types::{Finding, Severity};

/// Whether the plugin would refuse the articles for this.
pub fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
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
