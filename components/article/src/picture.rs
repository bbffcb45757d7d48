//! Pictures as they are written.

use crate::findings::example;
use crate::page::Page;
use crate::theme::Role;

/// A picture that is read: its alternative text comes after its address.
pub struct Picture {
    source: String,
    title: String,
    /// Its alternative text so far.
    pub alternative: String,
    /// The pictures in its alternative text that are open. Of these only the text counts.
    pub inner: u32,
    /// True if it stands alone.
    is_figure: bool,
}

impl Picture {
    /// Starts without an alternative text.
    pub fn new(source: &str, title: &str, is_figure: bool) -> Self {
        Self {
            source: source.to_owned(),
            title: title.to_owned(),
            alternative: String::new(),
            inner: 0,
            is_figure,
        }
    }
}

/// Writes a picture.
pub fn write(page: &mut Page, picture: &Picture) {
    if !picture.is_figure {
        write_image(page, &picture.source, &picture.alternative, Role::InlinePicture, "");
        return;
    }
    page.open("section", Role::Figure, "");
    if write_image(page, &picture.source, &picture.alternative, Role::Picture, "") {
        let caption = if picture.title.is_empty() {
            &picture.alternative
        } else {
            &picture.title
        };
        if !caption.trim().is_empty() {
            page.open("section", Role::Caption, "");
            page.html.text(caption);
            page.html.close("section");
        }
    }
    page.html.close("section");
}

/// Writes the tag of a picture, with the author's own declarations after the theme's. Returns false and writes its
/// alternative text if it has no usable address.
pub fn write_image(page: &mut Page, source: &str, alternative: &str, role: Role, own: &str) -> bool {
    let line = page.line;
    page.begin_inline();
    let scheme = source.trim_start().split(':').next().unwrap_or_default();
    let is_script = ["javascript", "vbscript"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    if source.trim().is_empty() || is_script {
        page.findings.add(line, |texts| match is_script {
            true => texts.picture_script.with([&example(source)]),
            false => texts.picture_without_address.as_str().to_owned(),
        });
        page.html.text(alternative);
        return false;
    }
    page.pictures.add(source, alternative, line);
    let mut style = page.theme.style(role).to_owned();
    let mut add = |declarations: &str| {
        if !style.is_empty() && !declarations.is_empty() {
            style.push(';');
        }
        style.push_str(declarations);
    };
    let size = page.pictures.size(source);
    if let Some((width, _)) = size {
        add(&format!("width:{width}px"));
    }
    add(own);
    // A picture is as wide as the column at most, and keeps its shape.
    add("max-width:100%;height:auto");
    page.html.raw("<img src=\"");
    page.html.address(source);
    page.html.raw("\" alt=\"");
    page.html.text(alternative);
    page.html.raw("\"");
    if let Some((width, _)) = size {
        page.html.raw(&format!(" data-w=\"{width}\""));
    }
    page.html.raw(&format!(" style=\"{style}\">"));
    true
}
