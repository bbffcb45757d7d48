//! Strong text, emphasis, and text that is struck through.
//!
//! One inside another of its kind is written once: layers that are alike break rule 2.1.

use crate::theme::Role;
use crate::writer::ArticleWriter;

/// A style of text.
#[derive(Clone, Copy)]
pub enum Style {
    /// Strong text.
    Strong,
    /// Emphasis.
    Emphasis,
    /// Text that is struck through.
    Strikethrough,
}

/// Opens an element, unless one of its kind is open.
pub fn begin(writer: &mut ArticleWriter, style: Style) {
    let (name, role, end) = match style {
        Style::Strong => ("strong", Role::Strong, "</strong>"),
        Style::Emphasis => ("em", Role::Emphasis, "</em>"),
        Style::Strikethrough => ("del", Role::Strikethrough, "</del>"),
    };
    let count = count(writer, style);
    *count += 1;
    if *count == 1 {
        writer.open_inline(name, role);
        writer.begin(end);
    } else {
        writer.begin("");
    }
}

/// Closes it.
pub fn end(writer: &mut ArticleWriter, style: Style) {
    let count = count(writer, style);
    *count = count.saturating_sub(1);
    writer.end();
}

fn count<'w>(writer: &'w mut ArticleWriter, style: Style) -> &'w mut u32 {
    match style {
        Style::Strong => &mut writer.inline.strong,
        Style::Emphasis => &mut writer.inline.emphasis,
        Style::Strikethrough => &mut writer.inline.strikethrough,
    }
}
