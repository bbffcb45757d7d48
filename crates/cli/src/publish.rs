//! The interface `publish`.

use serde_json::{Value, json};
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{DeleteWhich, PublishStatus, Submission};

use crate::args::Publish;
use crate::context::Context;
use crate::error::{self, Result};
use crate::format::{facts, https, json};
use crate::{articles, progress};

pub async fn run(context: &Context, command: Publish) -> Result<()> {
    let output = context.output;
    match command {
        Publish::Submit {
            id,
            wait,
            wait_args,
            confirm,
        } => {
            context
                .target
                .confirm(confirm.yes, &format!("publish the draft {id}"))?;
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
            let found = connection
                .session
                .list_publications(page.offset, page.count, with_content)
                .await?;
            let lines = found.items.iter();
            let lines = lines.map(|item| (item.article_id.as_str(), &item.publication));
            let people = articles::list(lines, "article-id", found.total_count);
            output.print(&json(&found)?, people)
        }
        Publish::Delete { id, which, confirm } => {
            let which = DeleteWhich::from(which);
            let what = match which {
                DeleteWhich::All => "every article".to_owned(),
                DeleteWhich::One(index) => format!("article {index}"),
            };
            context
                .target
                .confirm(confirm.yes, &format!("delete {what} of the publication {id}"))?;
            context.connect().await?.session.delete_publication(&id, which).await?;
            output.print(&json!({ "deleted": id, "which": what }), format!("deleted {what}"))
        }
    }
}

async fn submit(context: &Context, draft: &str, timeout: Option<u32>) -> Result<()> {
    let output = context.output;
    let mut connection = context.connect().await?;
    let submission = connection.session.submit(draft).await?;
    // Printed at once: the wait may be interrupted, and submitting again to learn the id would publish twice.
    output.status(&describe(&submission))?;
    let mut json = json(&submission)?;
    let Some(timeout) = timeout else {
        return print_json(context, &json);
    };
    let id = &submission.publish_id;
    match wait_for(context, &mut connection.session, id, timeout).await {
        Ok(status) => {
            output.status(&as_facts(&status))?;
            if let Some(fields) = json.as_object_mut() {
                fields.insert("outcome".to_owned(), as_json(&status));
            }
            print_json(context, &json)?;
            check(&status, id)
        }
        Err(failure) => {
            print_json(context, &json)?;
            Err(failure)
        }
    }
}

/// Prints the one JSON document of a submission. People have seen the status lines already.
fn print_json(context: &Context, json: &Value) -> Result<()> {
    if context.output.is_json() {
        context.output.print(json, "")?;
    }
    Ok(())
}

fn describe(submission: &Submission) -> String {
    let id = [("publish-id", submission.publish_id.clone())];
    let data = submission.msg_data_id.clone().map(|id| ("msg-data-id", id));
    facts(id.into_iter().chain(data))
}

async fn wait_for(context: &Context, session: &mut Session, id: &str, timeout: u32) -> Result<PublishStatus> {
    let work = session.wait_published(id, timeout);
    Ok(progress::wait(context.output, "publishing".to_owned(), timeout, work).await?)
}

/// Fails unless the article is public: a user who waits wants it published.
fn check(status: &PublishStatus, id: &str) -> Result<()> {
    match status {
        PublishStatus::Published(_) => Ok(()),
        PublishStatus::Publishing => Err(error::other(format!(
            "not decided within the time given: wait again with `publish wait {id}`, and do not submit again"
        ))),
        PublishStatus::Unknown(code) => Err(error::other(format!(
            "ended in status {code}, which WeChat does not document"
        ))),
        other => Err(error::refused(format!("it is not public: {}", word(other)))),
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

fn as_json(status: &PublishStatus) -> Value {
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
    let mut known = vec![("status", word(status).to_owned())];
    match status {
        PublishStatus::Published(publication) => {
            known.push(("article-id", publication.article_id.clone()));
            known.extend(publication.urls.iter().map(|url| ("url", https(url))));
        }
        PublishStatus::OriginalDeclarationFailed(articles) | PublishStatus::ReviewRefused(articles) => {
            known.extend(articles.iter().map(|index| ("article", index.to_string())));
        }
        PublishStatus::Unknown(code) => known.push(("code", code.to_string())),
        _ => {}
    }
    facts(known)
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
