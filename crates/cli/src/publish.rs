//! The interface `publish`.

use serde_json::{Value, json};
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{DeleteWhich, PublicationPage, PublishStatus, Submission};
use wechat_official_account_language::Language;

use crate::args::Publish;
use crate::context::Context;
use crate::error::{self, Result};
use crate::format::{facts, https, json};
use crate::listing::{self, Facts};
use crate::texts::{self, messages, messages_in};
use crate::{articles, progress};

pub async fn run(context: &Context, command: Publish) -> Result<()> {
    let output = context.output;
    let texts = &messages().publish;
    match command {
        Publish::Submit {
            id,
            wait,
            wait_args,
            confirm,
        } => {
            context.target.confirm(confirm.yes, &texts.publish.with([&id]))?;
            submit(context, &id, wait.then_some(wait_args.timeout)).await
        }
        Publish::Status { id } => {
            let status = context.connect().await?.session.publish_status(&id).await?;
            output.print(&as_json(&status), as_facts(&status))
        }
        Publish::Wait { id, wait_args } => {
            let mut connection = context.connect().await?;
            let status = wait_for(context, &mut connection.session, &id, wait_args.timeout).await?;
            output.print(&as_json(&status), as_facts(&status))?;
            check(&status, &id)
        }
        Publish::Get { id } => {
            let publication = context.connect().await?.session.get_publication(&id).await?;
            output.print(&json(&publication)?, articles::describe(&publication))
        }
        Publish::List { page, with_content } => {
            let mut connection = context.connect().await?;
            let session = &mut connection.session;
            let (found, facts) = if page.all {
                let all = session.all_publications(with_content).await?;
                let all = listing::read(output, all, &page, Some(listing::PUBLICATIONS)).await?;
                let (items, total_count, facts) = all.split();
                (PublicationPage { total_count, items }, facts)
            } else {
                let found = session.list_publications(page.offset, page.count, with_content).await?;
                (found, Facts::default())
            };
            let lines = found.items.iter();
            let lines = lines.map(|item| (item.article_id.as_str(), &item.publication));
            let people = articles::list(lines, "article-id", found.total_count);
            facts.print(output, json(&found)?, people)
        }
        Publish::Delete { id, which, confirm } => {
            let which = DeleteWhich::from(which);
            let what = describe_articles(which, texts);
            context.target.confirm(confirm.yes, &texts.delete.with([&what, &id]))?;
            let mut connection = context.connect().await?;
            let delete = connection.session.delete_publication(&id, which);
            context.journal.during(texts.deleting, delete).await?;
            let which = describe_articles(which, &messages_in(Language::English).publish);
            let json = json!({ "deleted": id, "which": which });
            output.print_done(&json, texts.deleted.with([&what]), Ok(()))
        }
    }
}

/// Describes the articles that are deleted. A program finds this in English.
fn describe_articles(which: DeleteWhich, texts: &texts::Publish) -> String {
    match which {
        DeleteWhich::All => texts.every_article.to_owned(),
        DeleteWhich::One(index) => texts.one_article.with([&index]),
    }
}

async fn submit(context: &Context, draft: &str, timeout: Option<u32>) -> Result<()> {
    let Context { output, journal, .. } = context;
    let mut connection = context.connect().await?;
    let submit = connection.session.submit(draft);
    let submission = journal.during(messages().publish.submitting, submit).await?;
    let mut document = json(&submission)?;
    let Some(timeout) = timeout else {
        return output.print_done(&document, describe(&submission), Ok(()));
    };
    // Told at once: the wait may be interrupted, and submitting again to learn the id would publish twice.
    journal.note(*output, document.clone(), String::new());
    output.announce(&announcement(&submission), &describe(&submission));
    let id = &submission.publish_id;
    match wait_after_submission(context, &mut connection.session, id, timeout).await {
        Ok(status) => {
            if let Some(fields) = document.as_object_mut() {
                fields.insert("outcome".to_owned(), as_json(&status));
            }
            output.print_done(&document, as_facts(&status), check(&status, id))
        }
        Err(failure) => output.print_done(&document, "", Err(failure)),
    }
}

/// Makes the line for programs that a draft was submitted.
pub fn announcement(submission: &Submission) -> Value {
    json!({
        "status": "submitted",
        "publish_id": submission.publish_id,
        "msg_data_id": submission.msg_data_id,
    })
}

pub fn describe(submission: &Submission) -> String {
    let id = [("publish-id", submission.publish_id.clone())];
    let data = submission.msg_data_id.clone().map(|id| ("msg-data-id", id));
    facts(id.into_iter().chain(data))
}

/// Waits for the outcome of a submission of the same command, which must not be repeated if the wait fails.
pub async fn wait_after_submission(
    context: &Context,
    session: &mut Session,
    id: &str,
    timeout: u32,
) -> Result<PublishStatus> {
    let waited = wait_for(context, session, id, timeout).await;
    waited.map_err(|failure| {
        let sentence = messages().publish.submitted.with([&id]);
        // Of these the advice is to repeat the call, which is another than the command.
        match failure.is_of(&["busy", "malformed-reply", "network"]) {
            true => failure.with_advice(sentence),
            false => failure.with_sentence(sentence),
        }
    })
}

async fn wait_for(context: &Context, session: &mut Session, id: &str, timeout: u32) -> Result<PublishStatus> {
    let work = session.wait_published(id, timeout);
    Ok(progress::wait(context.output, messages().progress.publishing.to_owned(), timeout, work).await?)
}

/// Fails unless the article is public: a user who waits wants it published.
pub fn check(status: &PublishStatus, id: &str) -> Result<()> {
    let texts = &messages().publish;
    match status {
        PublishStatus::Published(_) => Ok(()),
        PublishStatus::Publishing => Err(error::other(texts.undecided.with([&id]))),
        PublishStatus::Unknown(code) => {
            let advice = texts.submitted.with([&id]);
            Err(error::other(texts.undocumented.with([code])).with_advice(advice))
        }
        other => Err(error::refused(texts.not_public.with([&word(other)]))),
    }
}

fn word(status: &PublishStatus) -> &'static str {
    match status {
        PublishStatus::Published(_) => "published",
        PublishStatus::Publishing => "publishing",
        PublishStatus::OriginalDeclarationFailed(_) => "original-declaration-failed",
        PublishStatus::Failed => "failed",
        PublishStatus::ReviewRefused(_) => "review-refused",
        PublishStatus::DeletedByUser => "deleted-by-user",
        PublishStatus::BannedBySystem => "banned-by-system",
        PublishStatus::Unknown(_) => "unknown",
    }
}

pub fn as_json(status: &PublishStatus) -> Value {
    let status_word = word(status);
    match status {
        PublishStatus::Published(publication) => json!({
            "status": status_word,
            "article_id": publication.article_id,
            "urls": publication.urls,
        }),
        PublishStatus::OriginalDeclarationFailed(articles) | PublishStatus::ReviewRefused(articles) => {
            json!({ "status": status_word, "articles": articles })
        }
        PublishStatus::Unknown(code) => json!({ "status": status_word, "code": code }),
        _ => json!({ "status": status_word }),
    }
}

fn as_facts(status: &PublishStatus) -> String {
    facts(known(status))
}

/// Returns what is known, with labels for people.
pub fn known(status: &PublishStatus) -> Vec<(&'static str, String)> {
    let texts = &messages().publish;
    let mut known = vec![(texts.status, word(status).to_owned())];
    match status {
        PublishStatus::Published(publication) => {
            known.push(("article-id", publication.article_id.clone()));
            known.extend(publication.urls.iter().map(|url| ("url", https(url))));
        }
        PublishStatus::OriginalDeclarationFailed(articles) | PublishStatus::ReviewRefused(articles) => {
            known.extend(articles.iter().map(|index| (texts.article, index.to_string())));
        }
        PublishStatus::Unknown(code) => known.push((texts.code, code.to_string())),
        _ => {}
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_succeeds_only_if_the_article_is_public() {
        let code = |status: &PublishStatus| check(status, "1").err().map(|failure| failure.exit_code);
        let publication = wechat_official_account_host::types::Publication {
            article_id: "A".to_owned(),
            urls: Vec::new(),
        };
        assert_eq!(code(&PublishStatus::Published(publication)), None);
        assert_eq!(code(&PublishStatus::Publishing), Some(1));
        assert_eq!(code(&PublishStatus::Failed), Some(3));
        assert_eq!(code(&PublishStatus::ReviewRefused(vec![0])), Some(3));
        assert_eq!(code(&PublishStatus::Unknown(9)), Some(1));
    }

    #[test]
    fn refused_articles_are_named_by_index() {
        let status = PublishStatus::ReviewRefused(vec![1]);
        assert_eq!(as_json(&status), json!({ "status": "review-refused", "articles": [1] }));
        assert_eq!(as_facts(&status), "status   review-refused\narticle  1");
    }
}
