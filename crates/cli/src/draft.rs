//! The interface `draft`.

use serde_json::json;
use wechat_official_account_host::types::{Article, Finding};
use wechat_official_account_host::{self as host, Session};

use crate::args::Draft;
use crate::context::Context;
use crate::error::{self, Result};
use crate::format::{clean, facts, json};
use crate::output::Output;
use crate::{article_file, articles, draft_from_html, findings};

pub async fn run(context: &Context, command: Draft) -> Result<()> {
    let output = context.output;
    match command {
        Draft::Check { articles } => check(context, &article_file::read(&articles)?).await,
        Draft::Add { article, news } if draft_from_html::is_html(&article) => {
            draft_from_html::add(context, &article, news).await
        }
        Draft::Add { article, news } => {
            if let Some(option) = news.first_given() {
                return Err(error::usage(format!(
                    "{option} is for HTML, in a file that ends in .html or .htm; ARTICLE.json has all fields itself"
                )));
            }
            let articles = article_file::read(&article)?;
            let mut connection = context.connect().await?;
            let session = &mut connection.session;
            let warnings = warn(output, session, &articles).await?;
            let media_id = session.add_draft(&articles).await?;
            output.print(
                &json!({ "media_id": media_id, "warnings": json(&warnings)? }),
                facts([("media-id", media_id.clone())]),
            )
        }
        Draft::Get { id } => {
            let draft = context.connect().await?.session.get_draft(&id).await?;
            output.print(&json(&draft)?, articles::describe(&draft))
        }
        Draft::Update { id, index, article } => {
            let article = article_file::read_one(&article)?;
            let mut connection = context.connect().await?;
            let session = &mut connection.session;
            let warnings = warn(output, session, std::slice::from_ref(&article)).await?;
            session.update_draft(&id, index, &article).await?;
            let json = json!({ "updated": id, "index": index, "warnings": json(&warnings)? });
            output.print(&json, "updated")
        }
        Draft::Delete { id, confirm } => {
            context.target.confirm(confirm.yes, &format!("delete the draft {id}"))?;
            context.connect().await?.session.delete_draft(&id).await?;
            output.print(&json!({ "deleted": id }), "deleted")
        }
        Draft::Count => {
            let count = context.connect().await?.session.count_drafts().await?;
            output.print(&json!({ "count": count }), count)
        }
        Draft::List { page, with_content } => {
            let mut connection = context.connect().await?;
            let drafts = connection
                .session
                .list_drafts(page.offset, page.count, with_content)
                .await?;
            let lines = drafts.items.iter();
            let lines = lines.map(|item| (item.media_id.as_str(), &item.draft));
            let people = articles::list(lines, "media-id", drafts.total_count);
            output.print(&json(&drafts)?, people)
        }
        Draft::ProductCard { product, card_type } => {
            let mut connection = context.connect().await?;
            let card = connection.session.product_card(&product, card_type.into()).await?;
            let known = [("product-key", &card.product_key), ("dom", &card.dom)];
            let known = known.map(|(label, value)| (label, value.as_deref().map(clean).unwrap_or_default()));
            output.print(
                &json(&card)?,
                facts(known.into_iter().filter(|(_, value)| !value.is_empty())),
            )
        }
    }
}

async fn check(context: &Context, articles: &[Article]) -> Result<()> {
    let checked = context.instantiate().await?.check_articles(articles).await;
    let found = checked.map_err(host::Error::from)?;
    let output = context.output;
    output.print(&json!({ "findings": json(&found)? }), findings::describe(&found))?;
    match found.iter().filter(|finding| findings::is_error(finding)).count() {
        0 => Ok(()),
        1 => Err(error::invalid("1 error: draft add would refuse this")),
        errors => Err(error::invalid(format!("{errors} errors: draft add would refuse this"))),
    }
}

/// Checks articles, and warns people before they are sent. Errors are left to the component, which refuses the
/// articles.
async fn warn(output: Output, session: &mut Session, articles: &[Article]) -> Result<Vec<Finding>> {
    let mut found = session.check_articles(articles).await?;
    found.retain(|finding| !findings::is_error(finding));
    findings::warn(output, &found);
    Ok(found)
}
