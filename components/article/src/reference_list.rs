//! The list of references below an article.

use crate::findings::excerpt;
use crate::theme::Role;
use crate::writer::ArticleWriter;

/// Writes the beginning of the list.
pub fn begin(writer: &mut ArticleWriter) {
    let written = writer.written;
    let title = match writer.references.kinds() {
        (true, true) => written.notes_and_references,
        (false, true) => written.notes,
        _ => written.references,
    };
    writer.begin_block();
    writer.open("section", Role::References, "");
    writer.begin("</section>");
    writer.open("p", Role::ReferencesTitle, "");
    writer.html.text(title.as_str());
    writer.html.close("p");
}

/// Writes the number of an entry, and begins its text.
pub fn begin_entry(writer: &mut ArticleWriter, number: usize) {
    writer.html.open("section", "display:flex");
    writer.open("section", Role::ReferencesItem, "flex:none;margin-right:8px");
    writer.html.raw(&format!("[{number}]"));
    writer.html.close("section");
    writer.open("section", Role::ReferencesItem, "flex:1;min-width:0");
    writer.begin("</section></section>");
    writer.spacing.reset();
}

/// Writes the entry of a link.
pub fn write_link(writer: &mut ArticleWriter, address: &str, text: &str) {
    if !text.is_empty() {
        writer.html.text(&excerpt(text));
        writer.html.raw(writer.written.colon.as_str());
    }
    writer.html.text(address);
}
