//! The content of an article: its text, pictures, links, elements and styles.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::{EXCERPT, excerpt};
use crate::bindings::types::Severity;
use crate::check::address::choose;
use crate::check::report::Report;
use crate::html::{self, Found, Tag, Tags};
use crate::texts::Texts;

/// The most names in one message. An article has about 30 different properties.
const NAMES: usize = 8;

/// Compares what was sent with what was stored.
pub fn compare(report: &mut Report, sent: &str, stored: &str) {
    compare_text(report, sent, stored);
    let (sent, stored) = (Parts::of(sent), Parts::of(stored));
    let texts = &report.texts.compare;
    // Sending again has helped (article-html §2).
    let empty = stored.empty_styles.saturating_sub(sent.empty_styles);
    for (message, sent, stored, empty) in [
        (texts.pictures_less, &sent.pictures, &stored.pictures, 0),
        (texts.links_less, &sent.links, &stored.links, 0),
        (texts.elements_less, &sent.elements, &stored.elements, 0),
        (texts.styles_less, &sent.properties, &stored.properties, empty),
    ] {
        let lost = lost(sent, stored);
        if lost.is_empty() {
            continue;
        }
        let all: u64 = lost.iter().map(|(_, count)| count).sum();
        let mut message = message.with([&all, &names(report.texts, &lost)]);
        if empty > 0 {
            message = texts.styles_empty.with([&message, &empty]);
        }
        let all = usize::try_from(all).unwrap_or(usize::MAX);
        report.count(Severity::Warning, "content", all, 0, &message);
    }
}

/// Compares the visible texts. Blanks do not count: WeChat moves them when it rewrites tags.
fn compare_text(report: &mut Report, sent: &str, stored: &str) {
    let (sent, stored) = (html::text(sent), html::text(stored));
    if visible(&sent).eq(visible(&stored)) {
        return;
    }
    let same = { visible(&sent).zip(visible(&stored)) }
        .take_while(|(sent, stored)| sent == stored)
        .count();
    // One character more than an excerpt has shows that there are more.
    let from = |text: &str| -> String { visible(text).skip(same).take(EXCERPT + 1).collect() };
    let message = report.texts.compare.text.with([
        &visible(&stored).count(),
        &visible(&sent).count(),
        &(same + 1),
        &excerpt(&from(&sent)),
        &excerpt(&from(&stored)),
    ]);
    report.warn("content", &message);
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| !character.is_whitespace())
}

/// Numbers by name, in the order of the names. They are in the map that JSON objects have: one of another type would
/// be 4 KB more.
#[derive(Default)]
struct Counts(Map<String, Value>);

impl Counts {
    fn add(&mut self, name: String) {
        let count = self.get(&name) + 1;
        self.0.insert(name, count.into());
    }

    fn get(&self, name: &str) -> u64 {
        self.0.get(name).and_then(Value::as_u64).unwrap_or_default()
    }
}

/// The numbers of the parts of a content, by name.
#[derive(Default)]
struct Parts {
    pictures: Counts,
    links: Counts,
    elements: Counts,
    properties: Counts,
    empty_styles: usize,
}

impl Parts {
    fn of(html: &str) -> Self {
        let mut parts = Self::default();
        html::pictures(html, &mut |found| {
            if let Found::Picture(picture) = found
                && let Some(choice) = choose(&picture, |_| None)
            {
                parts.pictures.add(picture_name(&choice.address.source));
            }
            ControlFlow::Continue(())
        });
        for tag in Tags::new(html).filter(|tag| !tag.closing) {
            parts.add(tag);
        }
        parts
    }

    fn add(&mut self, tag: Tag<'_>) {
        if let Some(name) = counted_element(tag) {
            self.elements.add(name);
        }
        for attribute in tag.attributes() {
            if tag.is("a") && attribute.is("href") {
                let address = html::decode(attribute.value);
                self.links.add(without_scheme(address.trim()).to_owned());
            }
            if attribute.is("style") {
                let style = html::decode(attribute.value);
                let mut declarations = html::declarations(&style).peekable();
                self.empty_styles += usize::from(declarations.peek().is_none());
                for declaration in declarations {
                    self.properties.add(declaration.property.into_owned());
                }
            }
        }
    }
}

/// Returns the name of an element that is a thing to see, and that WeChat does not replace by another one.
fn counted_element(tag: Tag<'_>) -> Option<String> {
    const COUNTED: [&str; 5] = ["svg", "table", "iframe", "video", "audio"];
    // Components of WeChat's editor, such as `mp-common-product`.
    let is_component = tag.name.contains('-');
    (is_component || tag.is_one_of(&COUNTED)).then(|| tag.name.to_ascii_lowercase())
}

/// Returns an address without its scheme: `http://mmbiz…` comes back as `https://` (article-html §2).
fn without_scheme(address: &str) -> &str {
    address.split_once("//").map_or(address, |(_, rest)| rest)
}

/// Returns the part of a picture's address that stays the same: without scheme, query, and the size at its end, as `/0`
/// comes back as `/640?from=appmsg` (article-html §2).
fn picture_name(address: &str) -> String {
    let path = without_scheme(address).split(['?', '#']).next().unwrap_or_default();
    match path.rsplit_once('/') {
        Some((picture, size)) if size.bytes().all(|byte| byte.is_ascii_digit()) => picture.to_owned(),
        _ => path.to_owned(),
    }
}

/// Returns what there is less of, and how much, in the order of the names.
fn lost<'a>(sent: &'a Counts, stored: &Counts) -> Vec<(&'a str, u64)> {
    { sent.0.keys() }
        .map(|name| (name.as_str(), sent.get(name).saturating_sub(stored.get(name))))
        .filter(|(_, lost)| *lost > 0)
        .collect()
}

/// Returns the names and numbers for a message.
fn names(texts: &Texts, lost: &[(&str, u64)]) -> String {
    let shown = lost.iter().take(NAMES).map(|(name, count)| match count {
        1 => excerpt(name),
        count => format!("{} × {count}", excerpt(name)),
    });
    let names = shown.collect::<Vec<_>>().join(texts.report.between);
    match lost.len().saturating_sub(NAMES) {
        0 => names,
        more => texts.compare.names_more.with([&names, &more]),
    }
}
