//! The upload of an article's pictures, which a signal cuts short.

use wechat_official_account_host::types::{Error, ErrorKind, File, ImageOutcome, ImageResult, Prepared};

use crate::context::{Connection, Context};
use crate::error::Result;
use crate::output::Output;
use crate::texts::messages;
use crate::{data_uris, progress};

/// What came of an article's pictures.
pub struct Uploaded {
    /// The HTML, and the outcome of each picture, without those that were left.
    pub prepared: Prepared,
    /// Whether pictures were left because of a signal.
    pub is_cut_short: bool,
}

impl Uploaded {
    /// Returns whether the HTML may take the place of an older one: without an upload, that may have more addresses.
    pub fn is_worth_keeping(&self) -> bool {
        let is_uploaded = |image: &ImageOutcome| matches!(image.outcome, ImageResult::Uploaded(_));
        !self.is_cut_short || self.prepared.images.iter().any(is_uploaded)
    }
}

impl Connection {
    /// Uploads the pictures of this HTML.
    ///
    /// After a signal it begins no further upload, and returns what was uploaded. If pictures are left, the caller
    /// keeps the others, and then ends by [`Journal::end_if_stopped`](crate::journal::Journal::end_if_stopped).
    pub async fn upload_pictures(
        &mut self,
        context: &Context,
        output: Output,
        html: &str,
        files: &[File],
        with_cover: bool,
    ) -> Result<Uploaded> {
        // Equal pictures are sent once, and bad ones not at all.
        let most = files.len() + data_uris::count(html) + usize::from(with_cover);
        let call = self.session.prepare_content(html, files, with_cover);
        let call = self.uploads.run_until(context.stop.requested(), call);
        let message = messages().pictures.being_uploaded.to_owned();
        let call = progress::count(output, message, &self.uploads, most as u64, call);
        let result = context.journal.during(messages().pictures.uploading, call).await;
        if result.is_err() {
            // The plugin fails as a whole before the first upload only.
            context.journal.end_if_stopped().await;
        }
        let mut prepared = result?;
        let is_cut_short = self.uploads.is_ended() && leave_out_denied(&mut prepared);
        Ok(Uploaded { prepared, is_cut_short })
    }
}

/// Leaves out the outcomes of uploads that were denied. Returns whether there are some.
fn leave_out_denied(prepared: &mut Prepared) -> bool {
    // One that failed in the network has the same kind, and its picture is left, too.
    let was_denied = |error: &Error| error.kind == ErrorKind::Network;
    let all = prepared.images.len();
    prepared
        .images
        .retain(|image| !matches!(&image.outcome, ImageResult::Failed(error) if was_denied(error)));
    let cover = prepared.cover.take_if(|cover| cover.as_ref().is_err_and(was_denied));
    prepared.images.len() < all || cover.is_some()
}

#[cfg(test)]
mod tests {
    use wechat_official_account_host::types::ArticleImage;

    use super::*;

    #[test]
    fn html_without_an_upload_takes_the_place_of_none_after_a_signal() {
        let uploaded = || {
            ImageResult::Uploaded(ArticleImage {
                url: String::new(),
                media_id: None,
            })
        };
        for (is_cut_short, outcome, expected) in [
            (true, ImageResult::Kept, false),
            (true, uploaded(), true),
            (false, ImageResult::Kept, true),
        ] {
            let image = ImageOutcome {
                source: String::new(),
                alternatives: Vec::new(),
                outcome,
            };
            let prepared = Prepared {
                html: String::new(),
                images: vec![image],
                cover: None,
                findings: Vec::new(),
            };
            let uploaded = Uploaded { prepared, is_cut_short };
            assert_eq!(uploaded.is_worth_keeping(), expected);
        }
    }
}
