//! Strong text, emphasis, and text that is struck through.
//!
//! One inside another of its kind is written once: layers that are alike break rule 2.1.

use crate::page::Page;
use crate::theme::Role;

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
pub fn begin(page: &mut Page, style: Style) {
    let (name, role, end) = match style {
        Style::Strong => ("strong", Role::Strong, "</strong>"),
        Style::Emphasis => ("em", Role::Emphasis, "</em>"),
        Style::Strikethrough => ("del", Role::Strikethrough, "</del>"),
    };
    let count = count(page, style);
    *count += 1;
    if *count == 1 {
        page.open_inline(name, role);
        page.begin(end);
    } else {
        page.begin("");
    }
}

/// Closes it.
pub fn end(page: &mut Page, style: Style) {
    let count = count(page, style);
    *count = count.saturating_sub(1);
    page.end();
}

fn count<'p>(page: &'p mut Page, style: Style) -> &'p mut u32 {
    match style {
        Style::Strong => &mut page.inline.strong,
        Style::Emphasis => &mut page.inline.emphasis,
        Style::Strikethrough => &mut page.inline.strikethrough,
    }
}
