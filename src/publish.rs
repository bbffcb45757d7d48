//! Publishing, and waiting for its end.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::account::Account;
use crate::article::{GroupReply, PageRequest};
use crate::bindings::types::{
    ArticleGroup, DeleteWhich, Publication, PublicationItem, PublicationPage, PublishStatus, Submission,
};
use crate::check;
use crate::error::Result;
use crate::material::MediaId;
use crate::transport::{Clock, Transport};
use crate::wechat::attempt_error::is_transient;
use crate::wechat::endpoint::Endpoint;
use crate::wechat::lenient;

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_submit.html>
const SUBMIT: Endpoint = Endpoint::post("/cgi-bin/freepublish/submit").acts_on_id().not_repeatable(
    "Do not submit again yet: look for the draft with draft.get (gone means probably published) and for the article \
     with publish.list.",
);

#[derive(Deserialize)]
struct SubmitReply {
    #[serde(deserialize_with = "lenient::id")]
    publish_id: String,
    #[serde(default, deserialize_with = "lenient::optional_id")]
    msg_data_id: Option<String>,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_get.html>
const STATUS: Endpoint = Endpoint::post("/cgi-bin/freepublish/get");
/// The same without repetition, for questions that are asked again anyway.
const STATUS_NO_RETRY: Endpoint = Endpoint::post("/cgi-bin/freepublish/get").no_retry();

/// The id goes out as a string, as its page has it, though it comes as a number.
#[derive(Serialize)]
struct StatusRequest<'a> {
    publish_id: &'a str,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StatusReply {
    #[serde(deserialize_with = "lenient::optional_number")]
    publish_status: Option<i64>,
    #[serde(deserialize_with = "lenient::optional_id")]
    article_id: Option<String>,
    /// An [`ArticleDetail`] of a publication. It has no meaning in another state.
    article_detail: Value,
    /// The numbers of the failed articles, from 1. They have no meaning if nothing has failed.
    #[serde(deserialize_with = "lenient::numbers")]
    fail_idx: Vec<i64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ArticleDetail {
    #[serde(deserialize_with = "lenient::optional_count")]
    count: Option<u64>,
    #[serde(deserialize_with = "lenient::objects")]
    item: Option<Vec<PublishedItem>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PublishedItem {
    #[serde(deserialize_with = "lenient::optional_number")]
    idx: Option<i64>,
    #[serde(deserialize_with = "lenient::optional_url")]
    article_url: Option<String>,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishgetarticle.html>
const GET: Endpoint = Endpoint::post("/cgi-bin/freepublish/getarticle").with_large_reply();

#[derive(Serialize)]
struct GetRequest<'a> {
    article_id: &'a str,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_batchget.html>
const LIST: Endpoint = Endpoint::post("/cgi-bin/freepublish/batchget").with_large_reply();

#[derive(Deserialize)]
struct ListLine {
    #[serde(deserialize_with = "lenient::id")]
    article_id: String,
    #[serde(default, deserialize_with = "lenient::object")]
    content: Option<GroupReply>,
    #[serde(default, deserialize_with = "lenient::time")]
    update_time: Option<u64>,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishdelete.html>
const DELETE: Endpoint = Endpoint::post("/cgi-bin/freepublish/delete")
    .not_repeatable("Look at is-deleted of each article with publish.get before deleting again.");

#[derive(Serialize)]
struct DeleteRequest<'a> {
    article_id: &'a str,
    /// Counts from 1. Omitted it means every article, as does 0, which is therefore never sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u32>,
}

/// Longest pause between two questions, as a multiple of the first: 60 seconds for 5 (wechat-api §13.2).
const LONGEST_PAUSE: u64 = 12;
/// Code for an allowance of a minute that is used up.
const MINUTE_LIMIT: i32 = 45011;

impl StatusReply {
    /// Returns the state of a task (wechat-api §13.2), or `None` if the answer has none, or no publication for a
    /// success.
    fn status(self) -> Option<PublishStatus> {
        Some(match self.publish_status? {
            0 => PublishStatus::Published(self.publication()?),
            1 => PublishStatus::Publishing,
            2 => PublishStatus::OriginalDeclarationFailed(self.failed()),
            3 => PublishStatus::Failed,
            4 => PublishStatus::ReviewRefused(self.failed()),
            5 => PublishStatus::DeletedByUser,
            6 => PublishStatus::BannedBySystem,
            other => PublishStatus::Unknown(other),
        })
    }

    fn failed(self) -> Vec<u32> {
        let index = |number: i64| u32::try_from(number.saturating_sub(1)).ok();
        self.fail_idx.into_iter().filter_map(index).collect()
    }

    /// Returns the publication, or `None` if it has no id or if one of its addresses is missing. An answer without any
    /// says enough: the article-id leads to them.
    fn publication(self) -> Option<Publication> {
        let detail: Option<ArticleDetail> = lenient::object(self.article_detail).ok()?;
        let ArticleDetail { count, item } = detail.unwrap_or_default();
        let items = item.unwrap_or_default();
        if count.is_some_and(|count| count != items.len() as u64) {
            return None;
        }
        // An item without a position keeps the one it has in the list.
        let mut ordered: Vec<(i64, PublishedItem)> = { (1..).zip(items) }
            .map(|(position, item)| (item.idx.unwrap_or(position), item))
            .collect();
        ordered.sort_by_key(|(index, _)| *index);
        Some(Publication {
            article_id: self.article_id?,
            urls: { ordered.into_iter() }
                .map(|(_, item)| item.article_url)
                .collect::<Option<_>>()?,
        })
    }
}

impl<T: Transport + Clock> Account<T> {
    /// `publish.submit`
    pub async fn submit(&self, media_id: &str) -> Result<Submission> {
        check::id("media-id", media_id)?;
        let reply: SubmitReply = self.client.post(&SUBMIT, &MediaId { media_id }).await?;
        Ok(Submission {
            publish_id: reply.publish_id,
            msg_data_id: reply.msg_data_id,
        })
    }

    /// `publish.status`
    pub async fn publish_status(&self, publish_id: &str) -> Result<PublishStatus> {
        self.ask_status(&STATUS, publish_id).await
    }

    async fn ask_status(&self, endpoint: &Endpoint, publish_id: &str) -> Result<PublishStatus> {
        check::id("publish-id", publish_id)?;
        let reply: StatusReply = self.client.post(endpoint, &StatusRequest { publish_id }).await?;
        reply.status().ok_or_else(|| self.client.unexpected_shape(endpoint))
    }

    /// `publish.wait`
    pub async fn wait_published(&self, publish_id: &str, timeout_seconds: u32) -> Result<PublishStatus> {
        check::id("publish-id", publish_id)?;
        let clock = &self.client.transport;
        let first = u64::from(self.publish_poll);
        let deadline = clock.now().saturating_add(u64::from(timeout_seconds) * 1000);
        let mut pause = first;
        loop {
            let left = deadline.saturating_sub(clock.now());
            clock.sleep(pause.min(left)).await;
            let outcome = self.ask_status(&STATUS_NO_RETRY, publish_id).await;
            let is_last = clock.now() >= deadline;
            match outcome {
                Ok(PublishStatus::Publishing) if !is_last => {}
                Err(error) if !is_last && (is_transient(&error) || error.errcode == Some(MINUTE_LIMIT)) => {}
                outcome => return outcome,
            }
            pause = (pause * 2).min(first * LONGEST_PAUSE);
        }
    }

    /// `publish.get`
    pub async fn get_publication(&self, article_id: &str) -> Result<ArticleGroup> {
        check::id("article-id", article_id)?;
        let reply: GroupReply = self.client.post(&GET, &GetRequest { article_id }).await?;
        reply.group().ok_or_else(|| self.client.unexpected_shape(&GET))
    }

    /// `publish.list`
    pub async fn list_publications(&self, offset: u32, count: u32, with_content: bool) -> Result<PublicationPage> {
        check::page(count)?;
        let request = PageRequest::new(offset, count, with_content);
        let page = self.client.post_for_page::<ListLine>(&LIST, &request, offset).await?;
        let item = |line: ListLine| PublicationItem {
            article_id: line.article_id,
            publication: GroupReply::of_line(line.content, line.update_time),
        };
        Ok(PublicationPage {
            total_count: page.total_count,
            items: page.lines.into_iter().map(item).collect(),
        })
    }

    /// `publish.delete`
    pub async fn delete_publication(&self, article_id: &str, which: DeleteWhich) -> Result<()> {
        check::id("article-id", article_id)?;
        let index = match which {
            DeleteWhich::All => None,
            DeleteWhich::One(index) => {
                check::index("which", index)?;
                Some(index + 1)
            }
        };
        self.client
            .post_for_status(&DELETE, &DeleteRequest { article_id, index })
            .await
    }
}

#[cfg(test)]
mod tests;
