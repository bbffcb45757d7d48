//! What is wrong with an article, or did not arrive.

use serde::Serialize;

use crate::bindings::types;
use crate::error;

/// The most findings that a tool returns. A model reads each of them, and mends the first ones first.
pub const MOST: usize = 25;

/// The consequence of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    /// The field of the article, such as `title` or `html`.
    pub field: String,
    /// A sentence about the finding and the rule.
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
            message: error::about_argument(error::in_words_of_tools(&finding.message), &finding.field),
            field: error::argument(finding.field),
            element: finding.element,
        }
    }
}

/// What a finding of the plugin's says of pictures that are neither data nor on Tencent's hosts, after its field and
/// their number: in each language.
const PICTURES_ELSEWHERE: [(&str, &str); 2] = [
    (" × ", "pictures from elsewhere, which WeChat drops: "),
    (" 处：", "外站图片，微信会将其丢弃，"),
];

/// True if a finding of the plugin's is about pictures that are neither data nor on Tencent's hosts. Its text alone
/// tells.
pub(crate) fn is_of_pictures_elsewhere(finding: &types::Finding) -> bool {
    let text = finding.message.strip_prefix(&finding.field);
    text.is_some_and(|text| {
        PICTURES_ELSEWHERE.iter().any(|(after_number, beginning)| {
            let what = text.split_once(after_number).map(|(_, what)| what);
            what.is_some_and(|what| what.starts_with(beginning))
        })
    })
}

/// Converts all findings, in their order.
#[must_use]
pub fn all(findings: Vec<types::Finding>) -> Vec<Finding> {
    findings.into_iter().map(Finding::from).collect()
}

/// Puts the most serious findings first, cuts the list to [`MOST`], and returns the number of those that are left out.
pub(crate) fn shorten(findings: &mut Vec<Finding>) -> u64 {
    findings.sort_by_key(|finding| finding.severity);
    let left_out = findings.len().saturating_sub(MOST);
    findings.truncate(MOST);
    left_out as u64
}
