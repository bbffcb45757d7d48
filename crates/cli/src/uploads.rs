//! The uploads of a connection: how many were answered, and their early end after a signal.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use wechat_official_account_host::Egress;
use wechat_official_account_host::types::{Error, ErrorKind, File, ImageResult, Prepared};

use crate::context::{Connection, Context};
use crate::error::Result;
use crate::output::Output;
use crate::texts::messages;
use crate::{data_uris, progress};

/// The paths that pictures are uploaded to (wechat-api §8.1, §9).
const PATHS: [&str; 2] = ["/cgi-bin/media/uploadimg", "/cgi-bin/material/add_material"];

/// The picture uploads of a connection. Clones are about the same ones.
#[derive(Clone, Default)]
pub struct Uploads(Arc<Shared>);

#[derive(Default)]
struct Shared {
    answered: AtomicU64,
    is_ended: AtomicBool,
}

impl Uploads {
    /// Counts the replies of this egress, and lets no request begin after the end.
    pub fn watch(&self, egress: Egress) -> Egress {
        let (listener, end) = (self.clone(), self.clone());
        egress
            .on_reply(move |path| listener.count(path))
            .deny_while(move || end.is_ended())
    }

    /// Returns the number of uploads that were answered.
    pub fn answered(&self) -> u64 {
        self.0.answered.load(Ordering::Relaxed)
    }

    /// Counts a reply if its request went to one of the paths.
    fn count(&self, path: &str) {
        if PATHS.contains(&path) {
            self.0.answered.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn is_ended(&self) -> bool {
        self.0.is_ended.load(Ordering::Relaxed)
    }

    /// Runs a call. When `stop` comes, the call may end its present request, and begins no other.
    async fn until<T>(&self, stop: impl Future<Output = ()>, call: impl Future<Output = T>) -> T {
        tokio::pin!(call);
        tokio::select! {
            biased;
            answer = &mut call => return answer,
            () = stop => self.0.is_ended.store(true, Ordering::Relaxed),
        }
        call.await
    }
}

/// What came of an article's pictures.
pub struct Uploaded {
    /// The HTML, and the outcome of each picture, without those that were left.
    pub prepared: Prepared,
    /// Whether pictures were left because of a signal.
    pub is_cut_short: bool,
}

impl Connection {
    /// Uploads the pictures of this HTML.
    ///
    /// After a signal it begins no further upload, and returns what was uploaded. If pictures are left, the caller keeps
    /// the others, and then ends by [`Journal::end_if_stopped`](crate::journal::Journal::end_if_stopped).
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
        let call = self.uploads.until(context.stop.requested(), call);
        let message = messages().pictures.being_uploaded.to_owned();
        let call = progress::count(output, message, &self.uploads, most as u64, call);
        let result = context.journal.during(messages().pictures.uploading, call).await;
        if result.is_err() {
            // Nothing was uploaded.
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
    use super::*;

    #[test]
    fn only_uploads_of_pictures_count() {
        let uploads = Uploads::default();
        for path in [
            "/cgi-bin/stable_token",
            PATHS[0],
            "/cgi-bin/draft/add",
            PATHS[1],
            PATHS[0],
        ] {
            uploads.count(path);
        }
        assert_eq!(uploads.answered(), 3);
    }

    #[tokio::test]
    async fn a_call_ends_by_itself_after_a_stop() {
        let uploads = Uploads::default();
        assert_eq!(uploads.until(std::future::pending(), async { 1 }).await, 1);
        assert!(!uploads.is_ended());
        let call = async {
            while !uploads.is_ended() {
                tokio::task::yield_now().await;
            }
            2
        };
        assert_eq!(uploads.until(async {}, call).await, 2);
    }
}
