//! Findings about articles, for people.

use wechat_official_account_host::types::{Finding, Severity};

use crate::error::{self, Result};
use crate::format::{name, table};
use crate::output::Output;
use crate::texts::messages;

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

/// Formats a line for each finding: errors, then warnings, then advice.
pub fn describe(findings: &[Finding]) -> String {
    let texts = &messages().findings;
    if findings.is_empty() {
        return texts.none.to_owned();
    }
    let rows = in_order(findings).into_iter().map(|finding| {
        let mut text = finding.message.clone();
        if let Some(element) = &finding.element {
            text = messages().program.about.with([&text, element]);
        }
        [
            texts.severity(&name(finding.severity)).to_owned(),
            finding.article.to_string(),
            text,
        ]
    });
    table(texts.columns, rows)
}

/// Warns people of the findings before they have consequences. Advice by WeChat's rules is one line, as there may be
/// hundreds, and other advice is left out. Programs find all of it in the document.
pub fn warn(output: Output, findings: &[Finding]) {
    let texts = &messages().findings;
    let is_advice = |finding: &&Finding| finding.severity == Severity::Advice;
    for finding in in_order(findings).into_iter().filter(|finding| !is_advice(finding)) {
        let text = texts.of_article.with([&finding.article, &finding.message]);
        output.warn(&name(finding.severity), &text);
    }
    let count = findings.iter().filter(|finding| finding.rule.is_some()).count();
    if count > 0 {
        let text = if count == 1 { texts.by_rules_one } else { texts.by_rules };
        output.warn(&name(Severity::Advice), &text.with([&count]));
    }
}

/// Returns the findings with errors first and advice last.
fn in_order(findings: &[Finding]) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by_key(|finding| match finding.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Advice => 2,
    });
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_first_and_advice_is_last_with_its_element() {
        let finding = |severity, message: &str| Finding {
            severity,
            article: 0,
            field: "content".to_owned(),
            message: message.to_owned(),
            figure: None,
            rule: None,
            element: (severity == Severity::Advice).then(|| "<p>".to_owned()),
        };
        let text = describe(&[
            finding(Severity::Advice, "content breaks rule 1.6"),
            finding(Severity::Warning, "content is long"),
            finding(Severity::Error, "content is empty"),
        ]);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["error", "0", "content", "is", "empty"]);
        assert_eq!(lines[2], ["warning", "0", "content", "is", "long"]);
        assert_eq!(lines[3], ["advice", "0", "content", "breaks", "rule", "1.6:", "<p>"]);
    }
}
