//! The pictures of an article: found in its HTML, uploaded, and named there by their new addresses.

mod attachments;
mod uploads;

use crate::account::Account;
use crate::bindings::types::{ArticleImage, File, ImageOutcome, ImageResult, Prepared};
use crate::check::url::{Target, target_of};
use crate::check::{self, text};
use crate::compose::lossy;
use crate::data_uri;
use crate::error::{Result, file_rejected};
use crate::html::{Tags, add_pictures, decode};
use crate::transport::{Clock, Transport};
use crate::wechat::query::push_encoded;
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;
use attachments::Attachments;
use core::ops::Range;
use uploads::Uploads;

/// How much of a reference is repeated in a report, in characters: data can have megabytes.
const SOURCE: usize = 100;

/// `content.references`
pub fn references(html: &str) -> Vec<String> {
    let sources = pictures(html).into_iter().map(|place| source(html, place));
    sources
        .filter(|source| !is_nothing(source) && matches!(target_of(source), Target::Elsewhere | Target::WeChatArticle))
        .map(|source| lossy(&source))
        .collect()
}

impl<T: Transport + Clock> Account<T> {
    /// `content.prepare`
    pub async fn prepare(&self, html: String, attachments: &[File], with_cover: bool) -> Result<Prepared> {
        let attachments = Attachments::new(attachments)?;
        let mut uploads = Uploads::new(self);
        let mut images = Vec::new();
        let mut written = String::new();
        let mut copied = 0;
        for place in pictures(&html) {
            let source = source(&html, place.clone());
            if is_nothing(&source) {
                continue;
            }
            let shown = lossy(&source);
            let shown = text::cut(&shown, SOURCE).unwrap_or(&shown);
            let outcome = match target_of(&source) {
                Target::WeChatImage => ImageResult::Kept,
                Target::Data => match from_data(shown, &source) {
                    Ok(picture) => uploads.upload(Cow::Owned(picture)).await?,
                    Err(error) => ImageResult::Failed(*error),
                },
                _ => match attachments.find(&source) {
                    Some(picture) => uploads.upload(Cow::Borrowed(picture)).await?,
                    None => ImageResult::Elsewhere,
                },
            };
            if let ImageResult::Uploaded(ArticleImage { url, .. }) = &outcome {
                written += html.get(copied..place.start).unwrap_or_default();
                push_url(&mut written, url);
                copied = place.end;
            }
            images.push(ImageOutcome {
                source: shown.to_owned(),
                outcome,
            });
        }
        written += html.get(copied..).unwrap_or_default();
        drop(html);
        let cover = match with_cover {
            true => uploads.cover().await,
            false => None,
        };
        Ok(Prepared {
            images,
            cover,
            findings: check::content(&written),
            html: written,
        })
    }
}

/// Where a text refers to pictures.
fn pictures(html: &str) -> Vec<Range<usize>> {
    let mut pictures = Vec::new();
    for tag in Tags::new(html) {
        add_pictures(&tag, &mut pictures);
    }
    pictures
}

/// The reference that is spelled here, without blanks around it.
fn source(html: &str, place: Range<usize>) -> Cow<'_, [u8]> {
    match decode(html.as_bytes().get(place).unwrap_or_default()) {
        Cow::Borrowed(source) => Cow::Borrowed(source.trim_ascii()),
        Cow::Owned(source) => Cow::Owned(source.trim_ascii().to_owned()),
    }
}

/// Puts an item at its place. (The standard library's `insert` can panic with a number, and brings 3 KB to write it.)
fn insert<T>(list: &mut Vec<T>, place: usize, item: T) {
    list.push(item);
    if let Some(tail) = list.get_mut(place..) {
        tail.rotate_right(1);
    }
}

/// Whether a reference leads nowhere, or to a place within the page.
const fn is_nothing(source: &[u8]) -> bool {
    matches!(source, [] | [b'#', ..])
}

fn from_data(name: &str, uri: &[u8]) -> Result<File> {
    match data_uri::decode(uri) {
        Some(bytes) => Ok(File {
            name: name.to_owned(),
            bytes,
        }),
        None => Err(file_rejected(
            name,
            &["the data: URI is not well formed, or its base64 is broken"],
            "Encode the picture again.",
        )),
    }
}

/// Writes a URL so that it may stand in every kind of attribute, with quotes or without, and in CSS. What would need a character
/// reference there is percent-encoded: WeChat is known to lose style attributes with references (wechat-api §17).
fn push_url(text: &mut String, url: &str) {
    push_encoded(text, url, b":/?&=%+@!$*");
}
