//! Publishing, and waiting for its end.

use serde::Serialize;

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
use crate::wechat::fields::{Read, Structure, WrongShape};
use crate::wechat::object::Object;

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_submit.html>
const SUBMIT: Endpoint = Endpoint::post("/cgi-bin/freepublish/submit")
    .acts_on_id()
    .not_repeatable(|texts| texts.attempt.find_publication);

impl Structure for Submission {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            publish_id: object.id("publish_id")?,
            msg_data_id: object.optional_id("msg_data_id"),
        })
    }
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

/// The state of a task (wechat-api §13.2). A success has a publication; its fields have no meaning in another state.
impl Structure for PublishStatus {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(match object.optional_number("publish_status").ok_or(WrongShape)? {
            0 => Self::Published(Publication::read(object)?),
            1 => Self::Publishing,
            2 => Self::OriginalDeclarationFailed(failed(object)),
            3 => Self::Failed,
            4 => Self::ReviewRefused(failed(object)),
            5 => Self::DeletedByUser,
            6 => Self::BannedBySystem,
            other => Self::Unknown(other),
        })
    }
}

/// Returns the indexes of the failed articles, which WeChat counts from 1.
fn failed(object: &mut Object) -> Vec<u32> {
    let index = |number: i64| u32::try_from(number.saturating_sub(1)).ok();
    object.numbers("fail_idx").into_iter().filter_map(index).collect()
}

/// A publication has an id, and none of its addresses is missing. An answer without any says enough: the article-id
/// leads to them.
impl Structure for Publication {
    fn read(object: &mut Object) -> Read<Self> {
        let urls = object
            .object("article_detail")?
            .map_or_else(Vec::new, |ArticleDetail { urls }| urls);
        Ok(Self {
            article_id: object.id("article_id")?,
            urls,
        })
    }
}

struct ArticleDetail {
    /// In the order of the articles.
    urls: Vec<String>,
}

impl Structure for ArticleDetail {
    fn read(object: &mut Object) -> Read<Self> {
        let count = object.optional_count("count")?;
        let items: Vec<PublishedItem> = object.objects("item")?.unwrap_or_default();
        if count.is_some_and(|count| count != items.len() as u64) {
            return Err(WrongShape);
        }
        // An item without a position keeps the one it has in the list. The library's sort would be 5 KB, and a map 3.
        let mut ordered: Vec<(i64, String)> = Vec::new();
        for (position, item) in (1..).zip(items) {
            let url = item.article_url.ok_or(WrongShape)?;
            let position = item.idx.unwrap_or(position);
            let at = ordered.partition_point(|(before, _)| *before <= position);
            ordered.insert(at, (position, url));
        }
        Ok(Self {
            urls: ordered.into_iter().map(|(_, url)| url).collect(),
        })
    }
}

struct PublishedItem {
    idx: Option<i64>,
    article_url: Option<String>,
}

impl Structure for PublishedItem {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            idx: object.optional_number("idx"),
            article_url: object.optional_url("article_url"),
        })
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishgetarticle.html>
const GET: Endpoint = Endpoint::post("/cgi-bin/freepublish/getarticle").with_large_reply();

#[derive(Serialize)]
struct GetRequest<'a> {
    article_id: &'a str,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_batchget.html>
const LIST: Endpoint = Endpoint::post("/cgi-bin/freepublish/batchget").with_large_reply();

impl Structure for PublicationItem {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            article_id: object.id("article_id")?,
            publication: GroupReply::of_line(object.object("content")?, object.time("update_time")),
        })
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishdelete.html>
const DELETE: Endpoint =
    Endpoint::post("/cgi-bin/freepublish/delete").not_repeatable(|texts| texts.attempt.find_deletion);

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

impl<T: Transport + Clock> Account<T> {
    /// `publish.submit`
    pub async fn submit(&self, media_id: &str) -> Result<Submission> {
        check::id(self.texts(), "media-id", media_id)?;
        self.client.post(&SUBMIT, &MediaId { media_id }).await
    }

    /// `publish.status`
    pub async fn publish_status(&self, publish_id: &str) -> Result<PublishStatus> {
        self.ask_status(&STATUS, publish_id).await
    }

    async fn ask_status(&self, endpoint: &Endpoint, publish_id: &str) -> Result<PublishStatus> {
        check::id(self.texts(), "publish-id", publish_id)?;
        self.client.post(endpoint, &StatusRequest { publish_id }).await
    }

    /// `publish.wait`
    pub async fn wait_published(&self, publish_id: &str, timeout_seconds: u32) -> Result<PublishStatus> {
        check::id(self.texts(), "publish-id", publish_id)?;
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
        check::id(self.texts(), "article-id", article_id)?;
        let reply: GroupReply = self.client.post(&GET, &GetRequest { article_id }).await?;
        reply.group().ok_or_else(|| self.client.unexpected_shape(&GET))
    }

    /// `publish.list`
    pub async fn list_publications(&self, offset: u32, count: u32, with_content: bool) -> Result<PublicationPage> {
        check::page(self.texts(), count)?;
        let request = PageRequest::new(offset, count, with_content);
        let page = self.client.post_for_page(&LIST, &request, offset).await?;
        Ok(PublicationPage {
            total_count: page.total_count,
            items: page.lines,
        })
    }

    /// `publish.delete`
    pub async fn delete_publication(&self, article_id: &str, which: DeleteWhich) -> Result<()> {
        check::id(self.texts(), "article-id", article_id)?;
        let index = match which {
            DeleteWhich::All => None,
            DeleteWhich::One(index) => {
                check::index(self.texts(), "which", index)?;
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
