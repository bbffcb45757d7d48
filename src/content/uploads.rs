//! The uploads of one call: each picture once.

use super::insert;
use crate::account::Account;
use crate::bindings::types::{ArticleImage, Error, ErrorKind, File, ImageResult};
use crate::check::file::{ARTICLE_IMAGE, IMAGE};
use crate::compose::joined;
use crate::error::{Result, plain};
use crate::transport::{Clock, Transport};
use std::borrow::Cow;
use std::cmp::Ordering;

/// What has been uploaded so far.
pub struct Uploads<'a, T> {
    account: &'a Account<T>,
    /// When no further upload is begun.
    end: u64,
    /// In the order in which they were begun.
    uploads: Vec<Upload<'a>>,
    /// Their places, by the pictures' bytes.
    by_bytes: Vec<usize>,
    has_sent: bool,
    /// Why no further upload is begun.
    stopped: Option<Box<Error>>,
}

struct Upload<'a> {
    picture: Cow<'a, File>,
    result: Result<ArticleImage>,
}

impl<'a, T: Transport + Clock> Uploads<'a, T> {
    /// None, and as much time as a call has.
    pub fn new(account: &'a Account<T>) -> Self {
        Self {
            account,
            end: account.client.deadline(),
            uploads: Vec::new(),
            by_bytes: Vec::new(),
            has_sent: false,
            stopped: None,
        }
    }

    /// Uploads a picture, unless that has been done. An error where the very first upload shows that the others would fail too.
    pub async fn upload(&mut self, picture: Cow<'a, File>) -> Result<ImageResult> {
        let place = match self.find(&picture.bytes) {
            Ok(upload) => return Ok(outcome(&upload.result)),
            Err(place) => place,
        };
        let result = match self.begin(&picture) {
            Ok(as_material) => {
                let result = self.send(&picture, as_material).await;
                if let Err(error) = &result
                    && is_pointless_after(error.kind)
                {
                    if !self.has_sent {
                        return Err(error.clone());
                    }
                    self.stopped = Some(error.clone());
                }
                self.has_sent = true;
                result
            }
            Err(error) => Err(error),
        };
        let outcome = outcome(&result);
        insert(&mut self.by_bytes, place, self.uploads.len());
        self.uploads.push(Upload { picture, result });
        Ok(outcome)
    }

    /// The media-id of the first picture that was uploaded, as permanent material.
    pub async fn cover(&self) -> Option<std::result::Result<String, Error>> {
        let (picture, image) =
            { self.uploads.iter() }.find_map(|upload| Some((&upload.picture, upload.result.as_ref().ok()?)))?;
        if let Some(media_id) = &image.media_id {
            return Some(Ok(media_id.clone()));
        }
        let uploaded = match self.go_on() {
            Ok(()) => self.account.upload_image(picture).await,
            Err(error) => Err(error),
        };
        Some(uploaded.map(|image| image.media_id).map_err(|error| *error))
    }

    /// Whether a picture that may be sent has to become material.
    fn begin(&self, picture: &File) -> Result<bool> {
        let as_material = ARTICLE_IMAGE.check(picture).is_err();
        if as_material {
            IMAGE.check(picture)?;
        }
        self.go_on()?;
        Ok(as_material)
    }

    /// The upload of these bytes, or their place in the order of all.
    fn find(&self, bytes: &[u8]) -> std::result::Result<&Upload<'a>, usize> {
        let place = self.by_bytes.binary_search_by(|&upload| {
            let other = self.uploads.get(upload).map(|upload| upload.picture.bytes.as_slice());
            let other = other.unwrap_or_default();
            // An attachment may be referred to a thousand times: it is not compared with itself.
            match std::ptr::eq(other, bytes) {
                true => Ordering::Equal,
                false => other.cmp(bytes),
            }
        })?;
        let upload = self.by_bytes.get(place).and_then(|&upload| self.uploads.get(upload));
        upload.ok_or(place)
    }

    fn go_on(&self) -> Result<()> {
        match &self.stopped {
            Some(error) => Err(error.clone()),
            None if self.account.client.transport.now() < self.end => Ok(()),
            None => Err(plain(
                ErrorKind::Network,
                "the time for the call was over before this upload",
                "Prepare the returned HTML once more, or allow more in timeouts.call-milliseconds.",
            )),
        }
    }

    async fn send(&self, picture: &File, as_material: bool) -> Result<ArticleImage> {
        if !as_material {
            let url = self.account.upload_article_image(picture).await?;
            return Ok(ArticleImage { url, media_id: None });
        }
        let image = self.account.upload_image(picture).await?;
        match image.url.is_empty() {
            false => Ok(ArticleImage {
                url: image.url,
                media_id: Some(image.media_id),
            }),
            true => Err(plain(
                ErrorKind::MalformedReply,
                joined(&[
                    "WeChat has stored the picture as ",
                    &image.media_id,
                    ", and gave no URL",
                ]),
                "Look for its URL with material.list.",
            )),
        }
    }
}

/// Whether all uploads would end in this.
const fn is_pointless_after(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Credentials | ErrorKind::IpNotAllowed | ErrorKind::Quota
    )
}

fn outcome(result: &Result<ArticleImage>) -> ImageResult {
    match result {
        Ok(image) => ImageResult::Uploaded(image.clone()),
        Err(error) => ImageResult::Failed(error.as_ref().clone()),
    }
}
