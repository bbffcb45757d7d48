//! Headings: the text in a span inside a block, with the theme's ornament before it.

use crate::page::Page;
use crate::theme::{HEADINGS, Role};

/// Opens a heading of a level from 1.
pub fn begin(page: &mut Page, level: usize) {
    page.begin_block();
    let [block, text, before] = HEADINGS
        .get(level.saturating_sub(1))
        .copied()
        .unwrap_or([Role::Text; 3]);
    page.open("section", block, "");
    let ornament = page.theme.content(before);
    if !ornament.is_empty() {
        page.open("span", before, "");
        page.html.text(ornament);
        page.html.close("span");
    }
    page.open("span", text, "");
    page.begin("</span></section>");
    page.inline.plain += 1;
}

/// Closes a heading.
pub fn end(page: &mut Page) {
    page.inline.plain -= 1;
    page.end();
}
