//! What the tools need of the plugin.

use std::future::Future;

use crate::bindings::types::{
    Article, ArticleGroup, DraftPage, Error, ErrorKind, File, Finding, ImageReference, MaterialCounts, Prepared,
    PublicationPage, PublishStatus, Quota, StoredArticle, Submission, UploadedImage,
};

/// The result of every operation of the plugin.
pub type Result<T> = std::result::Result<T, Error>;

/// The plugin with one account open: the operations that the tools are made of, as `wit/` describes them.
///
/// The future of a method is dropped only if the whole tool is dropped.
#[allow(
    async_fn_in_trait,
    reason = "each program has one implementation, and calls it directly"
)]
pub trait Plugin {
    /// `draft.check`. Contacts nobody.
    async fn check(&mut self, articles: &[Article]) -> Result<Vec<Finding>>;
    /// `draft.compare`. Contacts nobody.
    async fn compare(&mut self, sent: &Article, stored: &StoredArticle) -> Result<Vec<Finding>>;
    /// `content.references`. Contacts nobody.
    async fn references(&mut self, html: &str) -> Result<Vec<ImageReference>>;
    /// Returns the file that a reference means, named by the address that it answers, if the caller may hand one over.
    /// A component has no files.
    async fn attachment(&mut self, reference: &ImageReference) -> crate::Result<Option<File>>;
    /// `content.prepare`. Takes storage quota for large pictures and for a cover.
    async fn prepare(&mut self, html: &str, attachments: &[File], with_cover: bool) -> Result<Prepared>;
    /// `material.upload-image`. Not safe to repeat.
    async fn upload_image(&mut self, file: &File) -> Result<UploadedImage>;
    /// `material.counts`.
    async fn material_counts(&mut self) -> Result<MaterialCounts>;
    /// `draft.add`. Not safe to repeat.
    async fn add_draft(&mut self, articles: &[Article]) -> Result<String>;
    /// `draft.get`.
    async fn get_draft(&mut self, media_id: &str) -> Result<ArticleGroup>;
    /// `draft.update`.
    async fn update_draft(&mut self, media_id: &str, index: u32, article: &Article) -> Result<()>;
    /// `draft.delete`.
    async fn delete_draft(&mut self, media_id: &str) -> Result<()>;
    /// `draft.count`.
    async fn count_drafts(&mut self) -> Result<u64>;
    /// `draft.list`, without content.
    async fn list_drafts(&mut self, offset: u32, count: u32) -> Result<DraftPage>;
    /// `publish.submit`. Not safe to repeat.
    async fn submit(&mut self, media_id: &str) -> Result<Submission>;
    /// `publish.wait`; one question, at once, if the time is 0.
    async fn wait(&mut self, publish_id: &str, timeout_seconds: u32) -> Result<PublishStatus>;
    /// `publish.list`, without content.
    async fn list_publications(&mut self, offset: u32, count: u32) -> Result<PublicationPage>;
    /// `account.verify`.
    async fn verify(&mut self) -> Result<()>;
    /// `account.quota` of the API with this path.
    async fn quota(&mut self, api_path: &str) -> Result<Quota>;
}

/// Runs a tool in a component, where every call blocks and so no future ever waits.
///
/// # Errors
/// As the tool.
pub fn ready<T>(tool: impl Future<Output = crate::Result<T>>) -> crate::Result<T> {
    use std::task::{Context, Poll, Waker};
    match std::pin::pin!(tool).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => Err(crate::Error::new(
            ErrorKind::OutcomeUnknown,
            "The tool was broken off: it waited, and nothing waits in a component.",
            "This should not happen: please report it. Look if it has done its work before you repeat it.",
        )),
    }
}
