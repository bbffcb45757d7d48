//! The list of references below an article.

use crate::findings::example;
use crate::page::Page;
use crate::theme::Role;

/// Writes the beginning of the list.
pub fn begin(page: &mut Page) {
    let written = &page.texts.written;
    let title = match page.references.kinds() {
        (true, true) => written.notes_and_references,
        (false, true) => written.notes,
        _ => written.references,
    };
    page.begin_block();
    page.open("section", Role::References, "");
    page.begin("</section>");
    page.open("p", Role::ReferencesTitle, "");
    page.html.text(title.as_str());
    page.html.close("p");
}

/// Writes the number of an entry, and begins its text.
pub fn begin_entry(page: &mut Page, number: usize) {
    page.html.open("section", "display:flex");
    page.open("section", Role::ReferencesItem, "flex:none;margin-right:8px");
    page.html.raw(&format!("[{number}]"));
    page.html.close("section");
    page.open("section", Role::ReferencesItem, "flex:1;min-width:0");
    page.begin("</section></section>");
    page.spacing.reset();
}

/// Writes the entry of a link.
pub fn write_link(page: &mut Page, address: &str, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        page.html.text(&example(text));
        page.html.raw(page.texts.written.colon.as_str());
    }
    page.html.text(address);
}
