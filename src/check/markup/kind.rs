//! The kinds of markup that does not arrive, or does not look as it should (wechat-api §17, article-html §2).

use crate::bindings::types::Severity;
use crate::texts;

/// The elements that WeChat removes by its documentation, and by reports.
#[rustfmt::skip]
pub const REMOVED: [&str; 10] = [
    "script", "style", "iframe", "link", "form", "input", "object", "embed", "video", "audio",
];

/// Other elements of forms, frames and plug-ins. No document names them, but WeChat keeps none of their kind.
#[rustfmt::skip]
pub const RELATED: [&str; 15] = [
    "textarea", "select", "button", "option", "optgroup", "datalist", "fieldset", "legend", "label", "output", "meter",
    "progress", "applet", "frame", "frameset",
];

/// A kind of finding: each is one finding of an article, however often it occurs.
#[derive(Clone, Copy)]
pub enum Kind {
    Looks,
    Related,
    Links,
    Anchors,
    Previews,
    Profiles,
    ScriptUrls,
    Handlers,
    Ids,
    Positions,
    Functions,
    Underlines,
    ComponentBlocks,
    Divs,
    Undrawn,
    Widths,
    ChineseFonts,
}

/// The kinds in the order of the report, each with its severity.
pub const KINDS: [(Kind, Severity); texts::KINDS] = [
    (Kind::Looks, Severity::Warning),
    (Kind::Related, Severity::Warning),
    (Kind::Links, Severity::Warning),
    (Kind::Anchors, Severity::Warning),
    (Kind::Previews, Severity::Warning),
    (Kind::Profiles, Severity::Warning),
    (Kind::ScriptUrls, Severity::Warning),
    (Kind::Handlers, Severity::Warning),
    (Kind::Ids, Severity::Warning),
    (Kind::Positions, Severity::Warning),
    (Kind::Functions, Severity::Warning),
    (Kind::Underlines, Severity::Warning),
    (Kind::ComponentBlocks, Severity::Warning),
    (Kind::Divs, Severity::Advice),
    (Kind::Undrawn, Severity::Advice),
    (Kind::Widths, Severity::Advice),
    (Kind::ChineseFonts, Severity::Advice),
];

/// Returns whether a text has a Chinese character.
pub fn has_chinese(text: &str) -> bool {
    let is_chinese =
        |character| matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    text.chars().any(is_chinese)
}
