//! The uploads of one call: each picture goes out once.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::account::Account;
use crate::bindings::types::{ArticleImage, Error, ErrorKind, File, ImageResult};
use crate::check::file::{ARTICLE_IMAGE, IMAGE};
use crate::check::picture;
use crate::error::{Result, file_rejected, plain};
use crate::texts::Texts;
use crate::transport::{Clock, Transport};

/// The uploads so far.
pub struct Uploads<'a, T> {
    account: &'a Account<T>,
    /// The time after which no further upload begins.
    end: u64,
    /// The uploads, in the order of their beginning.
    uploads: Vec<Upload<'a>>,
    /// Their indexes, in the order of the pictures' bytes.
    by_bytes: Vec<usize>,
    /// True after the first picture went out.
    has_sent: bool,
    /// The error after which no further upload begins.
    stopped: Option<Box<Error>>,
}

struct Upload<'a> {
    picture: Cow<'a, File>,
    result: Result<ArticleImage>,
}

impl<'a, T: Transport + Clock> Uploads<'a, T> {
    /// Begins without uploads, and with the time of one call.
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

    /// Returns the texts of the account.
    pub const fn texts(&self) -> &'static Texts {
        self.account.texts()
    }

    /// Uploads a picture, unless that has been done.
    ///
    /// # Errors
    ///
    /// If the very first upload shows that the others would fail too.
    pub async fn upload(&mut self, picture: Cow<'a, File>) -> Result<ImageResult> {
        let index = match self.find(&picture.bytes) {
            Ok(upload) => return Ok(outcome(&upload.result)),
            Err(index) => index,
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
        self.by_bytes.insert(index, self.uploads.len());
        self.uploads.push(Upload { picture, result });
        Ok(outcome)
    }

    /// Returns the media-id of the first uploaded picture as permanent material. Uploads it once more if it is none
    /// yet.
    pub async fn cover(&self) -> Option<std::result::Result<String, Error>> {
        let mut uploaded = self
            .uploads
            .iter()
            .filter_map(|upload| Some((&upload.picture, upload.result.as_ref().ok()?)));
        let (picture, image) = uploaded.next()?;
        if let Some(media_id) = &image.media_id {
            return Some(Ok(media_id.clone()));
        }
        let material = match self.check_time() {
            Ok(()) => self.account.upload_image(picture).await,
            Err(error) => Err(error),
        };
        Some(material.map(|image| image.media_id).map_err(|error| *error))
    }

    /// Returns whether a picture that may be sent has to become material. Refuses placeholders: WeChat does not take
    /// pictures so small (wechat-api §7).
    fn begin(&self, picture: &File) -> Result<bool> {
        let texts = self.texts();
        if picture::is_placeholder(&picture.bytes) {
            return Err(file_rejected(
                &picture.name,
                texts.files.placeholder,
                texts.files.name_the_real_one,
            ));
        }
        let as_material = ARTICLE_IMAGE.check(texts, picture).is_err();
        if as_material {
            IMAGE.check(texts, picture)?;
        }
        self.check_time()?;
        Ok(as_material)
    }

    /// Returns the upload of these bytes, or their index in the order of all.
    fn find(&self, bytes: &[u8]) -> std::result::Result<&Upload<'a>, usize> {
        let index = self.by_bytes.binary_search_by(|&upload| {
            let other = self.uploads.get(upload).map(|upload| upload.picture.bytes.as_slice());
            let other = other.unwrap_or_default();
            // An attachment may be referred to a thousand times: it is not compared with itself.
            if std::ptr::eq(other, bytes) {
                Ordering::Equal
            } else {
                other.cmp(bytes)
            }
        })?;
        let upload = self.by_bytes.get(index).and_then(|&upload| self.uploads.get(upload));
        upload.ok_or(index)
    }

    fn check_time(&self) -> Result<()> {
        match &self.stopped {
            Some(error) => Err(error.clone()),
            None if self.account.client.transport.now() < self.end => Ok(()),
            None => Err(plain(
                ErrorKind::Network,
                self.texts().content.time_over,
                self.texts().content.prepare_again,
            )),
        }
    }

    async fn send(&self, picture: &File, as_material: bool) -> Result<ArticleImage> {
        if !as_material {
            let url = self.account.upload_article_image(picture).await?;
            return Ok(ArticleImage { url, media_id: None });
        }
        let image = self.account.upload_image(picture).await?;
        if image.url.is_empty() {
            return Err(plain(
                ErrorKind::MalformedReply,
                self.texts().content.no_url.with([&image.media_id]),
                self.texts().content.look_for_url,
            ));
        }
        Ok(ArticleImage {
            url: image.url,
            media_id: Some(image.media_id),
        })
    }
}

/// Returns whether all uploads would end in this error.
const fn is_pointless_after(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Credentials | ErrorKind::IpNotAllowed | ErrorKind::Quota | ErrorKind::Tls
    )
}

fn outcome(result: &Result<ArticleImage>) -> ImageResult {
    match result {
        Ok(image) => ImageResult::Uploaded(image.clone()),
        Err(error) => ImageResult::Failed(error.as_ref().clone()),
    }
}
