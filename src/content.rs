//! The pictures of an article: finds them in its HTML, uploads them, and puts their new addresses there.

mod attachments;
mod uploads;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::ControlFlow;

use attachments::Attachments;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use uploads::Uploads;

use crate::account::Account;
use crate::bindings::types::{ArticleImage, File, ImageOutcome, ImageReference, ImageResult, Prepared};
use crate::check::address::{Choice, Source, choose};
use crate::check::url::{Target, target_of};
use crate::check::{self, text};
use crate::data_uri;
use crate::error::{Result, file_rejected, invalid};
use crate::html::{self, Base, Edit, Found, in_attribute};
use crate::texts::Texts;
use crate::transport::{Clock, Transport};

/// The length of a reference in a report, in characters: data can have megabytes.
const SOURCE: usize = 100;

/// The most addresses of pictures in one text, quoted `url()` included. It bounds memory: their outcomes take 30 MB at
/// worst, which an instance of 128 MiB has beside its HTML and pictures. The addresses that WeChat gives have more than
/// 50 bytes, so an article of 1 MiB, the longest that it takes, has no room for more of them.
const ADDRESSES: usize = 20_000;

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
    .remove(b'*')
    .remove(b'#');

/// `content.references`
pub fn references(html: &str) -> Vec<ImageReference> {
    let base = Base::of(html);
    let seen_from_base = |source: Cow<'_, str>| match &base {
        Some(base) => base.resolve(&source).into_owned(),
        None => source.into_owned(),
    };
    let mut references = Vec::new();
    let mut addresses = 0;
    html::pictures(html::body(html), &mut |found| {
        let Found::Picture(picture) = found else {
            return ControlFlow::Continue(());
        };
        addresses += picture.count();
        if addresses > ADDRESSES {
            return ControlFlow::Break(());
        }
        // The best is an address that WeChat has. Nothing else would be looked for.
        let choice = choose(&picture, |_| None).filter(|choice| !matches!(choice.source, Source::Kept));
        let Some(Choice { is_usable, .. }) = choice else {
            return ControlFlow::Continue(());
        };
        let by_name = { picture.addresses.into_iter() }
            .map(|address| address.source)
            .filter(|source| target_of(source) != Target::Data);
        let mut by_name = by_name.map(seen_from_base);
        if let Some(source) = by_name.next() {
            references.push(ImageReference {
                source,
                alternatives: by_name.collect(),
                optional: is_usable,
            });
        }
        ControlFlow::Continue(())
    });
    references
}

/// Returns the pictures of a text, and its quotes that have to go. Refuses more addresses than the outcomes have room
/// for.
fn find<'a>(texts: &Texts, html: &'a str) -> Result<Vec<Found<'a>>> {
    let mut all = Vec::new();
    let mut addresses = 0;
    html::pictures(html, &mut |found| {
        addresses += match &found {
            Found::Picture(picture) => picture.count(),
            Found::Quoted { .. } => 1,
            Found::Lost { .. } => return ControlFlow::Continue(()),
        };
        if addresses > ADDRESSES {
            return ControlFlow::Break(());
        }
        all.push(found);
        ControlFlow::Continue(())
    });
    if addresses > ADDRESSES {
        return Err(invalid(
            "html",
            texts.content.too_many_addresses.with([&ADDRESSES]),
            texts.content.split,
        ));
    }
    Ok(all)
}

impl<T: Transport + Clock> Account<T> {
    /// `content.prepare`
    pub async fn prepare(&self, mut html: String, attachments: &[File], with_cover: bool) -> Result<Prepared> {
        let attachments = Attachments::new(self.texts(), attachments, Base::of(&html))?;
        let outside = html::take_body(&mut html);
        let mut uploads = Uploads::new(self);
        let mut images = Vec::new();
        let mut edits = Vec::new();
        let all = find(self.texts(), &html)?;
        for found in &all {
            let picture = match found {
                Found::Picture(picture) => picture,
                Found::Quoted { quotes, source, .. } => {
                    edits.push(quotes.unquote(source));
                    continue;
                }
                Found::Lost { .. } => continue,
            };
            let Some(choice) = choose(picture, |source| attachments.find(source)) else {
                continue;
            };
            let outcome = uploads.outcome(&choice).await?;
            write(picture, &choice, &outcome, &mut edits);
            images.push(ImageOutcome {
                source: excerpt(&choice.address.source).to_owned(),
                alternatives: { choice.alternatives.iter() }
                    .map(|other| excerpt(&other.source).to_owned())
                    .collect(),
                outcome,
            });
        }
        let written = html::apply(&html, &edits);
        // The text is not needed twice while the cover goes out.
        drop(all);
        drop(html);
        let cover = if with_cover { uploads.cover().await } else { None };
        Ok(Prepared {
            images,
            cover,
            findings: check::content(self.texts(), &outside, &written),
            html: written,
        })
    }
}

impl<'f, T: Transport + Clock> Uploads<'f, T> {
    /// Uploads a picture if it can be had.
    async fn outcome(&mut self, choice: &Choice<'_, '_, 'f>) -> Result<ImageResult> {
        let picture = match choice.source {
            Source::Kept => return Ok(ImageResult::Kept),
            Source::Unsure => return Ok(ImageResult::Unsure),
            Source::Elsewhere => return Ok(ImageResult::Elsewhere),
            Source::Attachment(file) => Ok(Cow::Borrowed(file)),
            Source::Data => from_data(self.texts(), &choice.address.source).map(Cow::Owned),
        };
        match picture {
            Ok(picture) => self.upload(picture).await,
            Err(error) => Ok(ImageResult::Failed(*error)),
        }
    }
}

/// Writes the address that a picture has now. Its quotes go in any case.
fn write<'a>(
    picture: &html::Picture<'a>,
    choice: &Choice<'_, 'a, '_>,
    outcome: &ImageResult,
    edits: &mut Vec<Edit<'a>>,
) {
    let url = match outcome {
        ImageResult::Uploaded(ArticleImage { url, .. }) => url,
        ImageResult::Kept if !choice.address.is_read => choice.address.source.as_ref(),
        _ => return picture.unquote(edits),
    };
    let url = html::unquoted(url);
    let url = in_attribute(utf8_percent_encode(&url, ENCODED).to_string(), "%26");
    picture.write(choice.address, &url, edits);
}

fn excerpt(source: &str) -> &str {
    text::first_characters(source, SOURCE).unwrap_or(source)
}

fn from_data(texts: &Texts, uri: &str) -> Result<File> {
    let name = excerpt(uri);
    match data_uri::decode(uri) {
        Some(bytes) => Ok(File {
            name: name.to_owned(),
            bytes,
        }),
        None => Err(file_rejected(
            name,
            texts.content.data_broken,
            texts.content.encode_again,
        )),
    }
}
