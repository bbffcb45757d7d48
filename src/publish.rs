//! Publishing, and waiting for its end.

use crate::account::Account;
use crate::article::{PageRequest, read_group, read_line};
use crate::bindings::types::{
    ArticleGroup, DeleteWhich, ErrorKind, Publication, PublicationItem, PublicationPage, PublishStatus, Submission,
};
use crate::check;
use crate::error::Result;
use crate::material::ById;
use crate::transport::{Clock, Transport};
use crate::wechat::call::Endpoint;
use crate::wechat::json::Object;
use serde::Serialize;

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_submit.html>
const SUBMIT: Endpoint = Endpoint::post("/cgi-bin/freepublish/submit").on_target().not_repeatable(
    "Do not submit again yet: look for the draft with draft.get (gone means probably published) and for the article with \
     publish.list.",
);
/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_get.html>
const STATUS: Endpoint = Endpoint::post("/cgi-bin/freepublish/get");
/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishgetarticle.html>
const GET: Endpoint = Endpoint::post("/cgi-bin/freepublish/getarticle").with_large_reply();
/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_batchget.html>
const LIST: Endpoint = Endpoint::post("/cgi-bin/freepublish/batchget").with_large_reply();
/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishdelete.html>
const DELETE: Endpoint = Endpoint::post("/cgi-bin/freepublish/delete")
    .not_repeatable("Look at is-deleted of each article with publish.get before deleting again.");

/// The pause between two questions doubles up to 12 times the first: 60 seconds for 5 (wechat-api §13.2).
const LONGEST_PAUSE: u64 = 12;

/// The id goes out as a string, as its page has it, though it comes as a number.
#[derive(Serialize)]
struct StatusRequest<'a> {
    publish_id: &'a str,
}

#[derive(Serialize)]
struct ByArticle<'a> {
    article_id: &'a str,
}

#[derive(Serialize)]
struct DeleteRequest<'a> {
    article_id: &'a str,
    /// From 1. Left out it means every article, as does 0, which is therefore never sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u64>,
}

/// Where a task stands (wechat-api §13.2). `None`: the answer does not say.
fn read_status(mut answer: Object) -> Option<PublishStatus> {
    // WeChat counts failed articles from 1, and fills the list with rubbish where nothing has failed.
    let failed = |answer: &Object| {
        let numbers = answer.numbers("fail_idx");
        numbers
            .into_iter()
            .filter_map(|number| u32::try_from(number - 1).ok())
            .collect()
    };
    Some(match answer.optional_number("publish_status")? {
        0 => PublishStatus::Published(read_publication(&mut answer)),
        1 => PublishStatus::Publishing,
        2 => PublishStatus::OriginalDeclarationFailed(failed(&answer)),
        3 => PublishStatus::Failed,
        4 => PublishStatus::ReviewRefused(failed(&answer)),
        5 => PublishStatus::DeletedByUser,
        6 => PublishStatus::BannedBySystem,
        other => PublishStatus::Unknown(other),
    })
}

fn read_publication(answer: &mut Object) -> Publication {
    let items = answer
        .object("article_detail")
        .map(|mut detail| detail.list("item"))
        .unwrap_or_default();
    let mut urls = vec![String::new(); items.len()];
    for (place, mut item) in items.into_iter().enumerate() {
        // `idx` counts from 1; without a usable one the place in the list decides.
        let index = usize::try_from(item.number("idx") - 1).unwrap_or(place);
        let index = if index < urls.len() { index } else { place };
        if let Some(url) = urls.get_mut(index) {
            *url = item.text("article_url");
        }
    }
    Publication {
        article_id: answer.text("article_id"),
        urls,
    }
}

impl<T: Transport + Clock> Account<T> {
    /// `publish.submit`
    pub async fn submit(&self, media_id: &str) -> Result<Submission> {
        check::id("media-id", media_id)?;
        let mut submitted = self.client.post(&SUBMIT, &ById { media_id }).await?;
        Ok(Submission {
            publish_id: self.client.required(&SUBMIT, submitted.text("publish_id"))?,
            msg_data_id: submitted.optional_text("msg_data_id").filter(|id| !id.is_empty()),
        })
    }

    /// `publish.status`
    pub async fn publish_status(&self, publish_id: &str) -> Result<PublishStatus> {
        check::id("publish-id", publish_id)?;
        let answer = self.client.post(&STATUS, &StatusRequest { publish_id }).await?;
        read_status(answer).ok_or_else(|| self.client.misshapen(&STATUS))
    }

    /// `publish.wait`
    pub async fn wait_published(&self, publish_id: &str, timeout_seconds: u32) -> Result<PublishStatus> {
        let clock = &self.client.transport;
        let first = u64::from(self.publish_poll);
        let deadline = clock.now().saturating_add(u64::from(timeout_seconds) * 1000);
        let mut pause = first;
        loop {
            let left = deadline.saturating_sub(clock.now());
            let is_last = left <= pause;
            clock.sleep(pause.min(left)).await;
            match self.publish_status(publish_id).await {
                Ok(PublishStatus::Publishing) if !is_last => {}
                Err(error) if !is_last && matches!(error.kind, ErrorKind::Network | ErrorKind::Busy) => {}
                outcome => return outcome,
            }
            pause = (pause * 2).min(first * LONGEST_PAUSE);
        }
    }

    /// `publish.get`
    pub async fn get_publication(&self, article_id: &str) -> Result<ArticleGroup> {
        check::id("article-id", article_id)?;
        let publication = self.client.post(&GET, &ByArticle { article_id }).await?;
        read_group(publication).ok_or_else(|| self.client.misshapen(&GET))
    }

    /// `publish.list`
    pub async fn list_publications(&self, offset: u32, count: u32, with_content: bool) -> Result<PublicationPage> {
        check::page(count)?;
        let request = PageRequest {
            offset,
            count,
            no_content: u8::from(!with_content),
        };
        let mut page = self.client.post(&LIST, &request).await?;
        let item = |mut line: Object| PublicationItem {
            article_id: line.text("article_id"),
            publication: read_line(&mut line),
        };
        Ok(PublicationPage {
            total_count: page.count("total_count"),
            items: page.list("item").into_iter().map(item).collect(),
        })
    }

    /// `publish.delete`
    pub async fn delete_publication(&self, article_id: &str, which: DeleteWhich) -> Result<()> {
        check::id("article-id", article_id)?;
        let index = match which {
            DeleteWhich::All => None,
            DeleteWhich::One(index) => Some(u64::from(index) + 1),
        };
        let request = DeleteRequest { article_id, index };
        self.client.post(&DELETE, &request).await.map(drop)
    }
}
