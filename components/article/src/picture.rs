//! Pictures as they are written.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::dialect::{is_picture, size_of_alternative};
use crate::findings::excerpt;
use crate::theme::Role;
use crate::writer::ArticleWriter;

/// A picture that is read: its alternative text comes after its address.
pub struct Picture {
    source: String,
    title: String,
    /// Its alternative text so far.
    pub alternative: String,
    /// The pictures in its alternative text that are open. Of these only the text counts.
    pub inner: u32,
    /// Its own declarations.
    pub own: String,
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
            own: String::new(),
            is_figure,
        }
    }
}

/// Writes a picture.
pub fn write(writer: &mut ArticleWriter, picture: &Picture) {
    let (alternative, width) = size_of_alternative(&picture.alternative);
    let own = match &width {
        Some(width) if picture.own.is_empty() => width,
        _ => &picture.own,
    };
    if !picture.is_figure {
        write_image(writer, &picture.source, alternative, Role::InlinePicture, own);
        return;
    }
    writer.open("section", Role::Figure, "");
    if write_image(writer, &picture.source, alternative, Role::Picture, own) {
        let caption = match picture.title.is_empty() {
            true if is_generated(alternative.trim(), &picture.source) => "",
            true => alternative,
            false => &picture.title,
        };
        if !caption.trim().is_empty() {
            writer.open("section", Role::Caption, "");
            writer.html.text(caption);
            writer.html.close("section");
        }
    }
    writer.html.close("section");
}

/// Returns whether an editor wrote the alternative text: Typora `image-` and the time, CSDN a sentence, others the name
/// of the file, or of the one that was there before an upload. Without its end a name that is Chinese or has spaces is
/// the author's.
fn is_generated(alternative: &str, source: &str) -> bool {
    let digits = alternative.strip_prefix("image-").unwrap_or_default();
    let is_time = digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let name = name_of(source);
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    is_time
        || alternative == "在这里插入图片描述"
        || alternative == name
        || (alternative.bytes().all(is_plain) && (alternative == stem || is_picture(alternative)))
}

/// Returns the name of a picture's file: no query, and no encoding.
fn name_of(source: &str) -> Cow<'_, str> {
    let path = source.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    percent_decode_str(name).decode_utf8_lossy()
}

/// Writes the tag of a picture, with the author's own declarations after the theme's. Returns false and writes its
/// alternative text if it has no usable address.
pub fn write_image(writer: &mut ArticleWriter, source: &str, alternative: &str, role: Role, own: &str) -> bool {
    let line = writer.line;
    writer.begin_inline();
    let scheme = source.trim_start().split(':').next().unwrap_or_default();
    let is_script = ["javascript", "vbscript"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    if source.trim().is_empty() || is_script {
        writer.findings.add(line, |texts| match is_script {
            true => texts.picture_script.with([&excerpt(source)]),
            false => texts.picture_without_address.as_str().to_owned(),
        });
        writer.html.text(alternative);
        return false;
    }
    writer.pictures.add(source, alternative, line);
    let mut style = writer.theme.style(role).to_owned();
    let mut add = |declarations: &str| {
        if !style.is_empty() && !declarations.is_empty() {
            style.push(';');
        }
        style.push_str(declarations);
    };
    let size = writer.pictures.size(source);
    if let Some((width, _)) = size {
        add(&format!("width:{width}px"));
    }
    add(own);
    // A picture is as wide as the column at most, and keeps its shape.
    add("max-width:100%;height:auto");
    writer.html.raw("<img src=\"");
    writer.html.address(source);
    writer.html.raw("\" alt=\"");
    writer.html.text(alternative);
    writer.html.raw("\"");
    if let Some((width, _)) = size {
        writer.html.raw(&format!(" data-w=\"{width}\""));
    }
    writer.html.raw(&format!(" style=\"{style}\">"));
    true
}
