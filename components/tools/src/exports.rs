//! The exported functions. Each calls one tool with the account of the environment.

use wechat_official_account_tools::library::Library;
use wechat_official_account_tools::{Result, account, article, draft, image, publication};

use crate::account::with_account;
use crate::bindings::wechat::official_account_tools::types::{
    AccountOverview, Article, Checked, Deleted, Draft, DraftPage, PublicationPage, PublishStatus, ToolError,
    UploadedImage, Written,
};
use crate::bindings::{Guest, export};
use crate::convert::Convert;

struct Component;

/// The entry points that the canonical ABI calls.
#[allow(unsafe_code, reason = "generated; the canonical ABI passes pointers")]
mod entry_points {
    use super::{Component, export};

    export!(Component with_types_in crate::bindings);
}

/// Runs a tool, and converts what it returns.
fn run<A: Convert<B>, B>(tool: impl AsyncFnOnce(&mut Library) -> Result<A>) -> std::result::Result<B, ToolError> {
    with_account(tool).map(A::convert).map_err(Convert::convert)
}

impl Guest for Component {
    fn check_article(article: Article) -> std::result::Result<Checked, ToolError> {
        let article: article::Article = article.convert();
        run(async |plugin| draft::check(plugin, &article).await)
    }

    fn list_drafts(offset: u32, count: u32) -> std::result::Result<DraftPage, ToolError> {
        run(async |plugin| draft::list(plugin, offset, count).await)
    }

    fn get_draft(media_id: String, with_html: bool) -> std::result::Result<Draft, ToolError> {
        run(async |plugin| draft::get(plugin, &media_id, with_html).await)
    }

    fn get_publish_status(publish_id: String, wait_seconds: u32) -> std::result::Result<PublishStatus, ToolError> {
        run(async |plugin| publication::status(plugin, &publish_id, wait_seconds).await)
    }

    fn list_published(offset: u32, count: u32) -> std::result::Result<PublicationPage, ToolError> {
        run(async |plugin| publication::list(plugin, offset, count).await)
    }

    fn account_status() -> std::result::Result<AccountOverview, ToolError> {
        run(async |plugin| account::status(plugin).await)
    }

    fn upload_image(data: String, name: Option<String>) -> std::result::Result<UploadedImage, ToolError> {
        run(async |plugin| image::upload(plugin, &data, name.as_deref()).await)
    }

    fn create_draft(article: Article) -> std::result::Result<Written, ToolError> {
        let article: article::Article = article.convert();
        run(async |plugin| draft::create(plugin, &article).await)
    }

    fn update_draft(
        media_id: String,
        index: u32,
        article: Article,
        digest: Option<String>,
    ) -> std::result::Result<Written, ToolError> {
        let article: article::Article = article.convert();
        run(async |plugin| draft::update(plugin, &media_id, index, &article, digest.as_deref()).await)
    }

    fn delete_draft(media_id: String, title: String) -> std::result::Result<Deleted, ToolError> {
        run(async |plugin| draft::delete(plugin, &media_id, &title).await)
    }

    #[cfg(feature = "publish")]
    fn publish_draft(
        media_id: String,
        expected_title: String,
        digest: String,
    ) -> std::result::Result<crate::bindings::Submitted, ToolError> {
        run(async |plugin| publication::publish(plugin, &media_id, &expected_title, &digest).await)
    }
}
