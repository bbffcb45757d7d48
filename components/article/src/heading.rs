//! Headings: the text in a span inside a block, with the theme's ornament before it.

use crate::theme::{HEADINGS, Role};
use crate::writer::ArticleWriter;

/// Opens a heading of a level from 1.
pub fn begin(writer: &mut ArticleWriter, level: usize) {
    writer.begin_block();
    let [block, text, before] = HEADINGS
        .get(level.saturating_sub(1))
        .copied()
        .unwrap_or([Role::Text; 3]);
    writer.open("section", block, "");
    let ornament = writer.theme.content(before);
    if !ornament.is_empty() {
        writer.open("span", before, "");
        writer.html.text(ornament);
        writer.html.close("span");
    }
    writer.open("span", text, "");
    writer.begin("</span></section>");
    writer.inline.headings += 1;
}

/// Closes a heading.
pub fn end(writer: &mut ArticleWriter) {
    writer.inline.headings -= 1;
    writer.end();
}
