//! The kinds of markup that does not arrive, or does not look as it should (wechat-api §17, article-html §2).

use crate::bindings::types::Severity;
use crate::texts::MarkupTexts;

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

/// The text after the number of occurrences.
type Words = fn(&MarkupTexts) -> &'static str;

/// The kinds in the order of the report, each with its severity and text.
pub const KINDS: [(Kind, Severity, Words); 17] = [
    (Kind::Looks, Severity::Warning, |texts| texts.looks),
    (Kind::Related, Severity::Warning, |texts| texts.related),
    (Kind::Links, Severity::Warning, |texts| texts.links),
    (Kind::Anchors, Severity::Warning, |texts| texts.anchors),
    (Kind::Previews, Severity::Warning, |texts| texts.previews),
    (Kind::Profiles, Severity::Warning, |texts| texts.profiles),
    (Kind::ScriptUrls, Severity::Warning, |texts| texts.script_urls),
    (Kind::Handlers, Severity::Warning, |texts| texts.handlers),
    (Kind::Ids, Severity::Warning, |texts| texts.ids),
    (Kind::Positions, Severity::Warning, |texts| texts.positions),
    (Kind::Functions, Severity::Warning, |texts| texts.functions),
    (Kind::Underlines, Severity::Warning, |texts| texts.underlines),
    (Kind::ComponentBlocks, Severity::Warning, |texts| texts.component_blocks),
    (Kind::Divs, Severity::Advice, |texts| texts.divs),
    (Kind::Undrawn, Severity::Advice, |texts| texts.undrawn),
    (Kind::Widths, Severity::Advice, |texts| texts.widths),
    (Kind::ChineseFonts, Severity::Advice, |texts| texts.chinese_fonts),
];

/// Returns whether a text has a Chinese character.
pub fn has_chinese(text: &str) -> bool {
    let is_chinese =
        |character| matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    text.chars().any(is_chinese)
}
