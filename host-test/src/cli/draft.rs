//! The interface `draft`.

use super::Context;
use super::args::Draft;
use super::failure::Result;
use super::output::{clean, facts, json};
use super::{article_file, articles};
use serde_json::json;

pub async fn run(context: &Context, command: Draft) -> Result<()> {
    let output = context.output;
    match command {
        Draft::Add { articles } => {
            let articles = article_file::read(&articles)?;
            let media_id = context.connect().await?.session.add_draft(&articles).await?;
            output.show(
                &json!({ "media_id": media_id }),
                facts([("media-id", media_id.clone())]),
            )
        }
        Draft::Get { id } => {
            let draft = context.connect().await?.session.get_draft(&id).await?;
            output.show(&json(&draft)?, articles::describe(&draft))
        }
        Draft::Update { id, index, article } => {
            let article = article_file::read_one(&article)?;
            let mut connection = context.connect().await?;
            connection.session.update_draft(&id, index, &article).await?;
            output.show(&json!({ "updated": id, "index": index }), "updated")
        }
        Draft::Delete { id, consent } => {
            context.target.consent(consent.yes, &format!("delete the draft {id}"))?;
            context.connect().await?.session.delete_draft(&id).await?;
            output.show(&json!({ "deleted": id }), "deleted")
        }
        Draft::Count => {
            let count = context.connect().await?.session.count_drafts().await?;
            output.show(&json!({ "count": count }), count)
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
            output.show(&json(&drafts)?, people)
        }
        Draft::ProductCard { product, card_type } => {
            let mut connection = context.connect().await?;
            let card = connection.session.product_card(&product, card_type.into()).await?;
            let known = [("product-key", &card.product_key), ("dom", &card.dom)];
            let known = known.map(|(label, value)| (label, value.as_deref().map(clean).unwrap_or_default()));
            output.show(
                &json(&card)?,
                facts(known.into_iter().filter(|(_, value)| !value.is_empty())),
            )
        }
    }
}
