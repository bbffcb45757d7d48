//! Links as Obsidian writes them: `[[page]]`, `[[page|text]]`.

use std::ops::Range;

use super::{Reader, beginning, is_punctuation, split_at_bar};
use crate::findings::excerpt;

impl Reader<'_, '_> {
    /// Finds links to pages, which lead nowhere from WeChat.
    pub(super) fn links(&mut self, segment: &Range<usize>) {
        let text = self.part(segment.clone());
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find("[[")) {
            let start = at + found;
            at = start + 2;
            let inner = beginning(text.get(at..).unwrap_or_default());
            let Some((inner, _)) = inner.split_once("]]") else {
                continue;
            };
            let (page, shown) = split_at_bar(inner).unwrap_or((inner, inner));
            let place = segment.start + start;
            // A picture, or an index or an attribute of a program.
            let is_other = self
                .part(0..place)
                .ends_with(|last: char| last.is_ascii_alphanumeric() || matches!(last, '!' | ']' | ')'));
            // Lists of numbers and tests of shells have such brackets, too.
            let is_contents = page.eq_ignore_ascii_case("toc") || page.eq_ignore_ascii_case("_toc_");
            let is_page = page.contains(char::is_alphabetic)
                && page.trim() == page
                && !page.starts_with([':', '\'', '"', '-', '$'])
                && !inner.contains(['[', ']']);
            if is_other || is_contents || !is_page {
                continue;
            }
            let shown = escaped(shown.trim_start_matches('#').trim());
            let page = excerpt(page);
            self.tell(place, |texts| match page.starts_with('#') {
                true => texts.link_in_page.with([&page]),
                false => texts.link_relative.with([&page]),
            });
            self.edits.push((place..place + "[[]]".len() + inner.len(), shown));
            at += inner.len() + 2;
        }
    }
}

/// Returns text as Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_punctuation(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
