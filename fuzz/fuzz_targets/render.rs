//! Articles in Markdown. The first byte of the input has the options, the rest is the Markdown.
#![no_main]

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use libfuzzer_sys::fuzz_target;
use wechat_official_account::bindings::types::Severity;
use wechat_official_account::check;
use wechat_official_account::texts::EN;
use wechat_official_account_article::types::{Language, Options, RawHtml, Theme};
use wechat_official_account_article::{render, themes};

/// The elements of a rendered article. `svg` and its parts come from the author's HTML.
const ELEMENTS: [&str; 40] = [
    "a", "br", "circle", "code", "del", "ellipse", "em", "g", "img", "li", "line", "ol", "p", "path", "polygon",
    "polyline", "pre", "rect", "section", "small", "span", "strong", "sub", "sup", "svg", "table", "tbody", "td",
    "text", "tfoot", "th", "thead", "tr", "tspan", "u", "ul", "hr", "b", "i", "s",
];

/// Texts that WeChat refuses wherever they stand. They are the author's, and `draft.check` reports them.
const AUTHORS: [&str; 2] = ["tempkey=", "mp/profile_ext"];

fn options(byte: u8) -> Options {
    Options {
        theme: themes().into_iter().nth(usize::from(byte % 4)).map(Theme::Named),
        raw_html: [None, None, Some(RawHtml::Keep), Some(RawHtml::Refuse)][usize::from(byte / 4 % 4)],
        space_between_scripts: byte & 16 != 0,
        picture_sizes: Vec::new(),
        language: (byte & 32 != 0).then_some(Language::Zh),
        text_language: None,
        title: None,
    }
}

/// Checks that the tags are allowed, and closed in their order.
fn check_tags(html: &str) {
    let mut open = Vec::new();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name.0).into_owned();
                assert!(ELEMENTS.contains(&&*name), "<{name}>");
                for attribute in tag.attributes.keys() {
                    let attribute = String::from_utf8_lossy(&attribute.0).into_owned();
                    assert!(
                        !attribute.starts_with("on") && attribute != "id" && attribute != "class",
                        "{attribute}"
                    );
                }
                if !matches!(&*name, "br" | "img" | "hr") {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name.0).into_owned();
                assert_eq!(open.pop(), Some(name));
            }
            Token::Comment(_) | Token::Doctype(_) => panic!("{html}"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

fuzz_target!(|data: &[u8]| {
    let Some((&byte, markdown)) = data.split_first() else {
        return;
    };
    let Ok(markdown) = std::str::from_utf8(markdown) else {
        return;
    };
    let options = options(byte);
    let rendered = match render(markdown, &options) {
        Ok(rendered) => rendered,
        Err(error) => {
            assert!(!error.message.is_empty() && !error.advice.is_empty());
            return;
        }
    };
    let mut end = 0;
    for block in &rendered.blocks {
        assert!(block.line > 0 && block.start == end && block.end > block.start);
        end = block.end;
    }
    assert_eq!(end as usize, rendered.html.len());
    if options.raw_html == Some(RawHtml::Keep) {
        return;
    }
    check_tags(&rendered.html);
    // In the Markdown, control characters or references may be among their letters.
    if AUTHORS.iter().any(|text| rendered.html.contains(text)) {
        return;
    }
    for finding in check::content(&EN, "", &rendered.html) {
        let message = &finding.message;
        // Pictures are uploaded later, and an article may be empty or long.
        let is_expected = [
            "is empty",
            "pictures",
            "visible characters",
            "img or url()",
            "further addresses",
        ];
        let is_expected = is_expected.iter().any(|text| message.contains(text));
        assert!(
            is_expected || finding.severity == Severity::Advice,
            "{message}\n{}",
            rendered.html
        );
    }
});
