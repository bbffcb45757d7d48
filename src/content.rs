//! The pictures of an article: finds them in its HTML, uploads them, and puts their new addresses there.

mod attachments;
mod uploads;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use attachments::Attachments;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use uploads::Uploads;

use crate::account::Account;
use crate::bindings::types::{ArticleImage, File, ImageOutcome, ImageResult, Prepared};
use crate::check::url::{Target, target_of};
use crate::check::{self, text};
use crate::data_uri;
use crate::error::{Result, file_rejected};
use crate::html::{self, Base, Picture, Tags, pictures};
use crate::transport::{Clock, Transport};

/// The length of a reference in a report, in characters: data can have megabytes.
const SOURCE: usize = 100;

/// The characters that are percent-encoded in a new address, so that it fits into every kind of attribute, with
/// quotes or without, and in CSS. A character reference would be no help: WeChat is known to lose style attributes with
/// references (wechat-api §17), and whole elements with quotes in `url()` (article-html §2).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'&')
    .remove(b'=')
    .remove(b'%')
    .remove(b'+')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'*');

/// `content.references`
pub fn references(html: &str) -> Vec<String> {
    let base = Base::of(html);
    let seen_from_base = |source: Cow<'_, str>| match &base {
        Some(base) => base.resolve(&source).into_owned(),
        None => source.into_owned(),
    };
    let pictures = Tags::new(html::body(html)).flat_map(pictures);
    pictures
        .filter(|picture| !matches!(target_of(&picture.source), Target::WeChatImage | Target::Data))
        .map(|picture| seen_from_base(picture.source))
        .collect()
}

impl<T: Transport + Clock> Account<T> {
    /// `content.prepare`
    pub async fn prepare(&self, mut html: String, attachments: &[File], with_cover: bool) -> Result<Prepared> {
        let attachments = Attachments::new(attachments, Base::of(&html))?;
        let outside = html::take_body(&mut html);
        let mut uploads = Uploads::new(self);
        let mut images = Vec::new();
        let mut written = String::new();
        let mut copied = 0;
        for Picture { range, source } in Tags::new(&html).flat_map(pictures) {
            let excerpt = text::first_characters(&source, SOURCE).unwrap_or(&source);
            let outcome = match target_of(&source) {
                Target::WeChatImage => ImageResult::Kept,
                Target::Data => match from_data(excerpt, &source) {
                    Ok(picture) => uploads.upload(Cow::Owned(picture)).await?,
                    Err(error) => ImageResult::Failed(*error),
                },
                _ => match attachments.find(&source) {
                    Some(picture) => uploads.upload(Cow::Borrowed(picture)).await?,
                    None => ImageResult::Elsewhere,
                },
            };
            if let ImageResult::Uploaded(ArticleImage { url, .. }) = &outcome {
                written += html.get(copied..range.start).unwrap_or_default();
                // A reference to a quotation mark without its semicolon would take the address for a part of its name.
                if written.ends_with("&quot") || written.ends_with("&QUOT") {
                    written.push(';');
                }
                written.extend(utf8_percent_encode(url, ENCODED));
                copied = range.end;
            }
            images.push(ImageOutcome {
                source: excerpt.to_owned(),
                outcome,
            });
        }
        written += html.get(copied..).unwrap_or_default();
        // The text is not needed twice while the cover goes out.
        drop(html);
        let cover = if with_cover { uploads.cover().await } else { None };
        Ok(Prepared {
            images,
            cover,
            findings: check::content(&outside, &written),
            html: written,
        })
    }
}

fn from_data(name: &str, uri: &str) -> Result<File> {
    match data_uri::decode(uri) {
        Some(bytes) => Ok(File {
            name: name.to_owned(),
            bytes,
        }),
        None => Err(file_rejected(
            name,
            "the data: URI is not well formed, or its base64 is broken",
            "Encode the picture again.",
        )),
    }
}
