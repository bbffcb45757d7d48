//! The cover of an article: an option's, the front matter's, or else the first picture.

use std::path::Path;

use wechat_official_account_host::types::File;
use wechat_official_account_picture::types::Place;

use super::addresses;
use super::embedded;
use super::fitter::Fitter;
use super::loaded::LoadedArticle;
use super::media_id::is_likely_media_id;
use super::pictures::{Origin, Picture};
use crate::data_uris::is_data;
use crate::error::{self, Result};
use crate::texts::{Texts, messages};
use crate::{attachments, file, input};

/// A placeholder for the media-id of a cover, in its form, while there is none.
pub const NONE_YET: &str = "none-yet";

/// The source of a cover.
pub enum Cover {
    /// A permanent image that is stored already.
    Stored(String),
    /// A file, or a picture that stands in the HTML, as WeChat takes it. It keeps its shape.
    Picture(Picture),
    /// The first picture, which is data in a page with a base: the component reads it.
    FirstData,
    /// There is none.
    None,
}

/// The cover that options name.
#[derive(Default)]
pub struct Named<'a> {
    /// A file.
    pub file: Option<&'a Path>,
    /// The media-id of a permanent image.
    pub id: Option<&'a str>,
}

/// Chooses and reads the cover. An error has the name of the cover, and not that of the article.
pub fn choose(article: &LoadedArticle, named: &Named, fitter: &mut Fitter, texts: &Texts) -> Result<Cover> {
    if let Some(id) = named.id {
        return Ok(Cover::Stored(id.to_owned()));
    }
    if let Some(path) = named.file {
        return fitted(file::read(path)?, Origin::File(path.to_owned()), fitter, texts);
    }
    if let Some(written) = &article.rendered.front_matter.cover {
        return of_front_matter(article, written, fitter, texts);
    }
    match first_picture(article) {
        First::Known(picture) => fitted(original(picture)?, picture.origin.clone(), fitter, texts),
        First::Data => Ok(Cover::FirstData),
        First::None => Ok(Cover::None),
    }
}

/// The first picture of a text.
enum First<'a> {
    /// One that was read.
    Known(&'a Picture),
    /// Data that the component reads.
    Data,
    /// There is none.
    None,
}

/// Returns the first picture that can be a cover.
fn first_picture(article: &LoadedArticle) -> First<'_> {
    let pictures = &article.pictures;
    let first = addresses::first(&article.rendered.html, |address| match pictures.at(address) {
        Some((_, picture)) => picture.is_visible().then_some(First::Known(picture)),
        None => (is_data(address) && !pictures.is_missing(address)).then_some(First::Data),
    });
    // One may stand where only the component finds it, such as a `srcset`.
    let other = || pictures.list.iter().find(|picture| picture.is_visible());
    first.unwrap_or_else(|| other().map_or(First::None, First::Known))
}

/// Returns a picture of the text as it was before it was made to fit there: a cover may be larger.
fn original(picture: &Picture) -> Result<File> {
    match &picture.origin {
        Origin::File(path) => file::read(path),
        Origin::Html(address) => Ok(File {
            name: picture.file.name.clone(),
            bytes: embedded::decode(address).map(|(_, bytes)| bytes).unwrap_or_default(),
        }),
    }
}

/// Takes the name of a file in the article's folder, or the media-id of a permanent image.
fn of_front_matter(article: &LoadedArticle, written: &str, fitter: &mut Fitter, texts: &Texts) -> Result<Cover> {
    if is_windows_path(written) {
        let message = texts.cover_not_found.with([&written, &messages().pictures.outside]);
        return Err(error::usage(message));
    }
    if attachments::names(written).is_empty() {
        return Err(error::usage(texts.cover_is_address.with([&written])));
    }
    let found = attachments::read_one(article.source.folder(), written, input::UPLOAD);
    match found {
        Ok((file, path)) => fitted(file, Origin::File(path), fitter, texts),
        Err(_) if is_likely_media_id(written) => Ok(Cover::Stored(written.to_owned())),
        Err(reason) => Err(error::usage(texts.cover_not_found.with([&written, &reason]))),
    }
}

/// Returns whether this is a path with a drive, such as `C:\cover.png`, and no address with a scheme of one letter.
fn is_windows_path(written: &str) -> bool {
    matches!(written.trim_ascii().as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}

/// Makes a file fit.
fn fitted(file: File, origin: Origin, fitter: &mut Fitter, texts: &Texts) -> Result<Cover> {
    let (name, original_bytes) = (file.name.clone(), file.bytes.len());
    let fitted = fitter.fit(file, Place::Image);
    let fitted = fitted.map_err(|reason| error::invalid(texts.cover_unfit.with([&name, &reason])))?;
    Ok(Cover::Picture(Picture::new(fitted, origin, original_bytes)))
}
