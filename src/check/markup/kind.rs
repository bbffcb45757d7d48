//! The kinds of markup that does not arrive, or does not look as it should (wechat-api §17, article-html §2).

use crate::bindings::types::Severity;

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

/// The kinds in the order of the report, each with its severity and the text after the number of occurrences.
pub const KINDS: [(Kind, Severity, &str); 17] = [
    (
        Kind::Looks,
        Severity::Warning,
        "tags of html and body with a look of their own, which are not sent: put it on a <section> inside the body",
    ),
    (
        Kind::Related,
        Severity::Warning,
        "elements of forms, frames or plug-ins, which WeChat is expected to remove as it does <form> and <object>",
    ),
    (
        Kind::Links,
        Severity::Warning,
        "links to elsewhere than mp.weixin.qq.com, which WeChat removes for most accounts",
    ),
    (
        Kind::Anchors,
        Severity::Warning,
        "links within the article, which lead nowhere, as WeChat removes id attributes",
    ),
    (
        Kind::Previews,
        Severity::Warning,
        "preview links with tempkey=, for which WeChat often refuses an article (errcode 45166): use the article's \
         permanent link",
    ),
    (
        Kind::Profiles,
        Severity::Warning,
        "links to the page of an account (mp/profile_ext), for which WeChat refuses an article (errcode 40155)",
    ),
    (
        Kind::ScriptUrls,
        Severity::Warning,
        "javascript: URLs, which WeChat removes",
    ),
    (
        Kind::Handlers,
        Severity::Warning,
        "on… attributes, which WeChat removes",
    ),
    (Kind::Ids, Severity::Warning, "id attributes, which WeChat removes"),
    (
        Kind::Positions,
        Severity::Warning,
        "declarations of position, which WeChat removes",
    ),
    (
        Kind::Functions,
        Severity::Warning,
        "declarations with calc() or var(), which WeChat removes: write the result",
    ),
    (
        Kind::Underlines,
        Severity::Warning,
        "declarations of text-decoration-thickness or text-underline-offset, which WeChat removes",
    ),
    (
        Kind::ComponentBlocks,
        Severity::Warning,
        "blocks inside an element with nodeleaf, which vanish on phones",
    ),
    (
        Kind::Divs,
        Severity::Advice,
        "<div> with an inline style, which phones do not apply: use <section>",
    ),
    (
        Kind::Undrawn,
        Severity::Advice,
        "declarations of filter or float, which phones do not draw",
    ),
    (
        Kind::Widths,
        Severity::Advice,
        "width attributes of <img>, which WeChat removes (it keeps height, so the picture may be distorted): set the \
         width in style",
    ),
    (
        Kind::ChineseFonts,
        Severity::Advice,
        "declarations of fonts with a Chinese name, which have no effect",
    ),
];

/// Returns whether a text has a Chinese character.
pub fn has_chinese(text: &str) -> bool {
    let is_chinese =
        |character| matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    text.chars().any(is_chinese)
}
