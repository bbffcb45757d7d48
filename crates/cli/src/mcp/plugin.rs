//! The plugin in its sandbox, as the tools see it.

use wechat_official_account_host as host;
use wechat_official_account_tools as tools;
use wechat_official_account_tools::Plugin;
use wechat_official_account_tools::bindings::types::{
    Article, ArticleGroup, DraftPage, Error, ErrorKind, File, Finding, ImageReference, MaterialCounts, Prepared,
    PublicationPage, PublishStatus, Quota, StoredArticle, Submission, UploadedImage,
};
use wechat_official_account_tools::plugin::Result;

use super::changes::Changes;
use super::convert::Convert;
use super::pictures::Pictures;
use super::progress::Progress;
use super::sessions::{Lease, Sessions};
use crate::data_uris;

/// The plugin for one call of a tool.
pub struct Sandbox<'a> {
    sessions: &'a Sessions,
    /// The session of this call; none before its first operation, and after the instance was lost.
    lease: Option<Lease>,
    changes: &'a Changes,
    progress: &'a Progress,
    pictures: Pictures,
}

/// What an operation does at WeChat.
#[derive(Clone, Copy)]
enum Effect {
    Reads,
    Changes,
}

impl<'a> Sandbox<'a> {
    pub fn new(sessions: &'a Sessions, changes: &'a Changes, progress: &'a Progress, pictures: Pictures) -> Self {
        Self {
            sessions,
            lease: None,
            changes,
            progress,
            pictures,
        }
    }

    /// Gives the session back for other calls, after a call that came to its end.
    pub fn close(self) {
        if let Some(lease) = self.lease {
            lease.give_back();
        }
    }

    async fn take(&mut self) -> Result<Lease> {
        match self.lease.take() {
            Some(lease) => Ok(lease),
            None => self
                .sessions
                .take()
                .await
                .map_err(|error| explain(error, Effect::Reads)),
        }
    }

    /// Keeps the session for the next operation, unless its instance is lost.
    fn settle<A: Convert<B>, B>(&mut self, lease: Lease, result: host::Result<A>, effect: Effect) -> Result<B> {
        if !matches!(result, Err(host::Error::Trap(_))) {
            self.lease = Some(lease);
        }
        result.map(A::convert).map_err(|error| explain(error, effect))
    }
}

/// Turns the host's error into one of the plugin's.
fn explain(error: host::Error, effect: Effect) -> Error {
    let (kind, advice) = match (&error, effect) {
        (host::Error::Trap(_), Effect::Changes) => (
            ErrorKind::OutcomeUnknown,
            "It may have been executed all the same. Look with list-drafts or list-published before you repeat it.",
        ),
        (host::Error::Trap(_), Effect::Reads) => (ErrorKind::Other, "Nothing was changed. Call again."),
        _ => (ErrorKind::Busy, "Nothing was done. Call again later."),
    };
    let message = match error {
        host::Error::Plugin(error) => return error.convert(),
        host::Error::Trap(error) => format!("The plugin's instance was lost: {}.", error.root_cause()),
        error => error.to_string(),
    };
    Error {
        kind,
        message,
        advice: advice.to_owned(),
        errcode: None,
        rid: None,
        subject: None,
        retry_after_seconds: None,
    }
}

/// Calls an operation that reads.
macro_rules! read {
    ($self:ident.$operation:ident($($argument:expr),*)) => {{
        let mut lease = $self.take().await?;
        let result = lease.session().$operation($($argument),*).await;
        $self.settle(lease, result, Effect::Reads)
    }};
}

/// Calls the operation that the tool is for.
macro_rules! change {
    ($self:ident.$operation:ident($($argument:expr),*)) => {{
        let mut lease = $self.take().await?;
        let result = $self.changes.make(lease.session().$operation($($argument),*)).await;
        $self.settle(lease, result, Effect::Changes)
    }};
}

impl Plugin for Sandbox<'_> {
    async fn check(&mut self, articles: &[Article]) -> Result<Vec<Finding>> {
        read!(self.check_articles(&articles.to_vec().convert()))
    }

    async fn compare(&mut self, sent: &Article, stored: &StoredArticle) -> Result<Vec<Finding>> {
        read!(self.compare_article(&sent.clone().convert(), &stored.clone().convert()))
    }

    async fn references(&mut self, html: &str) -> Result<Vec<ImageReference>> {
        read!(self.references(html))
    }

    async fn attachment(&mut self, reference: &ImageReference) -> tools::Result<Option<File>> {
        self.pictures.attachment(reference).await
    }

    async fn prepare(&mut self, html: &str, attachments: &[File], with_cover: bool) -> Result<Prepared> {
        let pictures = data_uris::count(html) + attachments.len() + usize::from(with_cover);
        let attachments: Vec<host::types::File> = attachments.to_vec().convert();
        let mut lease = self.take().await?;
        let uploads = lease.uploads();
        let work = lease.session().prepare_content(html, &attachments, with_cover);
        let work = self.progress.of_uploads(&uploads, pictures, work);
        let result = self.changes.prepare(work).await;
        self.settle(lease, result, Effect::Changes)
    }

    async fn upload_image(&mut self, file: &File) -> Result<UploadedImage> {
        let file = file.clone().convert();
        let mut lease = self.take().await?;
        let uploads = lease.uploads();
        let work = lease.session().upload_material_image(&file);
        let work = self.progress.of_uploads(&uploads, 1, work);
        let result = self.changes.make(work).await;
        self.settle(lease, result, Effect::Changes)
    }

    async fn material_counts(&mut self) -> Result<MaterialCounts> {
        read!(self.count_material())
    }

    async fn add_draft(&mut self, articles: &[Article]) -> Result<String> {
        change!(self.add_draft(&articles.to_vec().convert()))
    }

    async fn get_draft(&mut self, media_id: &str) -> Result<ArticleGroup> {
        read!(self.get_draft(media_id))
    }

    async fn update_draft(&mut self, media_id: &str, index: u32, article: &Article) -> Result<()> {
        change!(self.update_draft(media_id, index, &article.clone().convert()))
    }

    async fn delete_draft(&mut self, media_id: &str) -> Result<()> {
        change!(self.delete_draft(media_id))
    }

    async fn count_drafts(&mut self) -> Result<u64> {
        read!(self.count_drafts())
    }

    async fn list_drafts(&mut self, offset: u32, count: u32) -> Result<DraftPage> {
        read!(self.list_drafts(offset, count, false))
    }

    async fn submit(&mut self, media_id: &str) -> Result<Submission> {
        change!(self.submit(media_id))
    }

    async fn wait(&mut self, publish_id: &str, timeout_seconds: u32) -> Result<PublishStatus> {
        let mut lease = self.take().await?;
        let work = lease.session().wait_published(publish_id, timeout_seconds);
        let result = self.progress.of_wait(timeout_seconds, work).await;
        self.settle(lease, result, Effect::Reads)
    }

    async fn list_publications(&mut self, offset: u32, count: u32) -> Result<PublicationPage> {
        read!(self.list_publications(offset, count, false))
    }

    async fn verify(&mut self) -> Result<()> {
        read!(self.verify()).map(|_: u32| ())
    }

    async fn quota(&mut self, api_path: &str) -> Result<Quota> {
        read!(self.quota(api_path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_in_a_lost_instance_is_open_and_a_question_is_not() {
        let trap = || host::Error::Trap(wasmtime::Error::msg("all fuel consumed"));
        let no_instance = host::Error::NoInstance(wasmtime::Error::msg("all are in use"));
        for (error, effect, kind) in [
            (trap(), Effect::Changes, ErrorKind::OutcomeUnknown),
            (trap(), Effect::Reads, ErrorKind::Other),
            (no_instance, Effect::Changes, ErrorKind::Busy),
        ] {
            let error = explain(error, effect);
            assert_eq!(error.kind, kind);
            assert!(error.message.contains("all "), "{}", error.message);
        }
    }
}
