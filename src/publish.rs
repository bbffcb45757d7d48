//! Publishing, and waiting for its end.

use crate::account::Account;
use crate::article::{page_request, read_group, read_line};
use crate::bindings::types::{
    ArticleGroup, DeleteWhich, Publication, PublicationItem, PublicationPage, PublishStatus, Submission,
};
use crate::check;
use crate::error::Result;
use crate::material::by_id;
use crate::transport::{Clock, Transport};
use crate::wechat::endpoint::Endpoint;
use crate::wechat::failure::is_passing;
use crate::wechat::json::{Object, write};

/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_submit.html>
const SUBMIT: Endpoint = Endpoint::post("/cgi-bin/freepublish/submit").on_target().not_repeatable(
    "Do not submit again yet: look for the draft with draft.get (gone means probably published) and for the article with \
     publish.list.",
);
/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_get.html>
const STATUS: Endpoint = Endpoint::post("/cgi-bin/freepublish/get");
/// While waiting the next question comes anyway.
const STATUS_ONCE: Endpoint = STATUS.once();
/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishgetarticle.html>
const GET: Endpoint = Endpoint::post("/cgi-bin/freepublish/getarticle").with_large_reply();
/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_batchget.html>
const LIST: Endpoint = Endpoint::post("/cgi-bin/freepublish/batchget").with_large_reply();
/// <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishdelete.html>
const DELETE: Endpoint = Endpoint::post("/cgi-bin/freepublish/delete")
    .not_repeatable("Look at is-deleted of each article with publish.get before deleting again.");

/// The pause between two questions doubles up to 12 times the first: 60 seconds for 5 (wechat-api §13.2).
const LONGEST_PAUSE: u64 = 12;

/// Where a task stands (wechat-api §13.2). `None`: the answer does not say.
fn read_status(mut answer: Object) -> Option<PublishStatus> {
    // WeChat counts failed articles from 1, and fills the list with rubbish where nothing has failed.
    let failed = |answer: &Object| {
        let numbers = answer.numbers("fail_idx");
        numbers
            .into_iter()
            .filter_map(|number| u32::try_from(number.saturating_sub(1)).ok())
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
    // In the order of `idx`; an item without one keeps its place.
    let mut ordered: Vec<(i64, String)> = Vec::new();
    for (place, mut item) in (1..).zip(items) {
        let index = item.optional_number("idx").unwrap_or(place);
        let at = ordered.partition_point(|(earlier, _)| *earlier <= index);
        ordered.insert(at, (index, item.text("article_url")));
    }
    Publication {
        article_id: answer.text("article_id"),
        urls: ordered.into_iter().map(|(_, url)| url).collect(),
    }
}

/// The allowance of a minute is used up.
const MINUTE_LIMIT: i32 = 45011;

impl<T: Transport + Clock> Account<T> {
    /// `publish.submit`
    pub async fn submit(&self, media_id: &str) -> Result<Submission> {
        check::id("media-id", media_id)?;
        let mut submitted = self.client.post(&SUBMIT, by_id(media_id)).await?;
        Ok(Submission {
            publish_id: self.client.required_id(&SUBMIT, submitted.text("publish_id"))?,
            msg_data_id: submitted.optional_text("msg_data_id").filter(|id| !id.is_empty()),
        })
    }

    /// `publish.status`
    pub async fn publish_status(&self, publish_id: &str) -> Result<PublishStatus> {
        self.ask_status(&STATUS, publish_id).await
    }

    async fn ask_status(&self, endpoint: &Endpoint, publish_id: &str) -> Result<PublishStatus> {
        check::id("publish-id", publish_id)?;
        // The id goes out as a string, as its page has it, though it comes as a number.
        let request = write(|body| body.text("publish_id", publish_id));
        let answer = self.client.post(endpoint, request).await?;
        read_status(answer).ok_or_else(|| self.client.misshapen(endpoint))
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
            let outcome = self.ask_status(&STATUS_ONCE, publish_id).await;
            let is_last = clock.now() >= deadline;
            match outcome {
                Ok(PublishStatus::Publishing) if !is_last => {}
                Err(error) if !is_last && (is_passing(&error) || error.errcode == Some(MINUTE_LIMIT)) => {}
                outcome => return outcome,
            }
            pause = (pause * 2).min(first * LONGEST_PAUSE);
        }
    }

    /// `publish.get`
    pub async fn get_publication(&self, article_id: &str) -> Result<ArticleGroup> {
        check::id("article-id", article_id)?;
        let publication = self
            .client
            .post(&GET, write(|body| body.text("article_id", article_id)))
            .await?;
        read_group(publication).ok_or_else(|| self.client.misshapen(&GET))
    }

    /// `publish.list`
    pub async fn list_publications(&self, offset: u32, count: u32, with_content: bool) -> Result<PublicationPage> {
        let request = page_request(offset, count, with_content)?;
        let (total_count, lines) = self.client.post_for_page(&LIST, request, offset, "article_id").await?;
        let item = |mut line: Object| PublicationItem {
            article_id: line.text("article_id"),
            publication: read_line(&mut line),
        };
        Ok(PublicationPage {
            total_count,
            items: lines.into_iter().map(item).collect(),
        })
    }

    /// `publish.delete`
    pub async fn delete_publication(&self, article_id: &str, which: DeleteWhich) -> Result<()> {
        check::id("article-id", article_id)?;
        // From 1. Left out it means every article, as does 0, which is therefore never sent.
        let index = match which {
            DeleteWhich::All => None,
            DeleteWhich::One(index) => {
                check::index("which", index)?;
                Some(index + 1)
            }
        };
        let request = write(|body| {
            body.text("article_id", article_id);
            match index {
                Some(index) => body.number("index", index),
                None => body,
            }
        });
        self.client.post_for_status(&DELETE, request).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::ErrorKind;
    use crate::transport::TransportError;
    use crate::transport::stub::{account, block_on};

    const PUBLISHING: &str = r#"{"publish_id":"100000001","publish_status":1,"fail_idx":[1]}"#;
    const PUBLISHED: &str = r#"{"publish_id":"100000001","publish_status":0,"article_id":"b5O2OUs2",
        "article_detail":{"count":2,"item":[{"idx":2,"article_url":"http:\/\/mp.weixin.qq.com\/s\/B"},
        {"idx":1,"article_url":"http:\/\/mp.weixin.qq.com\/s\/A"}]},"fail_idx":[]}"#;

    /// When the questions are asked, in seconds.
    fn asked(answers: &[&str], timeout_seconds: u32) -> (Result<PublishStatus>, Vec<u64>) {
        let account = account();
        let stub = &account.client.transport;
        answers.iter().for_each(|answer| stub.answer(answer));
        let outcome = block_on(account.wait_published("100000001", timeout_seconds));
        (outcome, stub.sent().iter().map(|sent| sent.at / 1000).collect())
    }

    #[test]
    fn the_pauses_double_up_to_a_minute() {
        let (outcome, at) = asked(&[PUBLISHING; 8], 300);
        assert!(matches!(outcome.unwrap(), PublishStatus::Publishing));
        assert_eq!(at, [5, 15, 35, 75, 135, 195, 255, 300]);
    }

    #[test]
    fn ten_minutes_take_13_questions() {
        let (_, at) = asked(&[PUBLISHING; 13], 600);
        assert_eq!(at.len(), 13);
    }

    #[test]
    fn a_question_that_takes_long_is_the_last() {
        let account = account();
        let stub = &account.client.transport;
        stub.takes.set(10_000);
        stub.fail(TransportError::reply_lost("lost"));
        let error = block_on(account.wait_published("100000001", 6)).unwrap_err();
        assert_eq!((error.kind, stub.sent().len()), (ErrorKind::Network, 1));
    }

    #[test]
    fn without_time_it_asks_once_and_at_once() {
        let (outcome, at) = asked(&[PUBLISHING], 0);
        assert!(matches!(outcome.unwrap(), PublishStatus::Publishing));
        assert_eq!(at, [0]);
    }

    #[test]
    fn a_decision_ends_the_wait() {
        let (outcome, at) = asked(&[PUBLISHING, PUBLISHED], 600);
        let PublishStatus::Published(publication) = outcome.unwrap() else {
            panic!("not published")
        };
        assert_eq!(publication.article_id, "b5O2OUs2");
        assert_eq!(
            publication.urls,
            ["http://mp.weixin.qq.com/s/A", "http://mp.weixin.qq.com/s/B"]
        );
        assert_eq!(at, [5, 15]);
    }

    #[test]
    fn no_address_is_lost_whatever_the_positions_are() {
        for (items, urls) in [
            (
                r#"[{"idx":3,"article_url":"C"},{"idx":1,"article_url":"A"}]"#,
                vec!["A", "C"],
            ),
            (r#"[{"article_url":"A"},{"article_url":"B"}]"#, vec!["A", "B"]),
            (
                r#"[{"idx":1,"article_url":"A"},{"idx":1,"article_url":"B"}]"#,
                vec!["A", "B"],
            ),
            ("null", vec![]),
        ] {
            let answer = format!(r#"{{"publish_status":0,"article_detail":{{"item":{items}}}}}"#);
            let mut answer = Object::read(answer.as_bytes()).unwrap();
            assert_eq!(read_publication(&mut answer).urls, urls);
        }
    }

    #[test]
    fn a_lost_question_is_asked_again_later_and_a_refused_one_ends_the_wait() {
        let busy = r#"{"errcode":-1,"errmsg":"system error"}"#;
        let limited = r#"{"errcode":45011,"errmsg":"x"}"#;
        assert!(asked(&[busy, "<html>", limited, PUBLISHED], 600).0.is_ok());
        assert_eq!(asked(&[busy], 0).0.unwrap_err().errcode, Some(-1));
        assert_eq!(
            asked(&[r#"{"errcode":48001,"errmsg":"x"}"#], 600)
                .0
                .unwrap_err()
                .errcode,
            Some(48001)
        );

        let account = account();
        account.client.transport.fail(TransportError::reply_lost("lost"));
        account.client.transport.answer(PUBLISHED);
        assert!(block_on(account.wait_published("1", 600)).is_ok());
    }

    #[test]
    fn every_status_has_a_case_of_its_own() {
        let status = |number: i64| {
            let answer = format!(r#"{{"publish_status":{number},"fail_idx":[1,"3",0]}}"#);
            read_status(Object::read(answer.as_bytes()).unwrap()).unwrap()
        };
        assert!(matches!(status(2), PublishStatus::OriginalDeclarationFailed(indices) if indices == [0, 2]));
        assert!(matches!(status(3), PublishStatus::Failed));
        assert!(matches!(status(4), PublishStatus::ReviewRefused(indices) if indices == [0, 2]));
        assert!(matches!(status(5), PublishStatus::DeletedByUser));
        assert!(matches!(status(6), PublishStatus::BannedBySystem));
        assert!(matches!(status(7), PublishStatus::Unknown(7)));
        assert!(read_status(Object::read(b"{}").unwrap()).is_none());
    }

    #[test]
    fn positions_of_published_articles_count_from_1_on_the_wire() {
        let sent = |which| {
            let account = account();
            account.client.transport.answer(r#"{"errcode":0,"errmsg":"ok"}"#);
            block_on(account.delete_publication("A", which)).unwrap();
            account.client.transport.sent().remove(0).body
        };
        assert_eq!(sent(DeleteWhich::All), r#"{"article_id":"A"}"#);
        assert_eq!(sent(DeleteWhich::One(0)), r#"{"article_id":"A","index":1}"#);
        assert!(block_on(account().delete_publication("A", DeleteWhich::One(u32::MAX))).is_err());
    }
}
