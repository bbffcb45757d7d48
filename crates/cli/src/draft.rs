//! The interface `draft`.

use serde_json::{Value, json};
use wechat_official_account_host::types::{Article, DraftPage, Finding};
use wechat_official_account_host::{self as host, Session};

use crate::args::{AddDraft, Draft, LookOptions, ReadBackOptions};
use crate::article::check as check_article;
use crate::article::plan::DraftRequest;
use crate::article::rendered::{self, Look};
use crate::article::send;
use crate::article::source::Kind;
use crate::article_file::ArticleFile;
use crate::context::Context;
use crate::error::{self, Result};
use crate::format::{facts, json};
use crate::listing::{self, Facts};
use crate::output::Output;
use crate::read_back::ReadBack;
use crate::texts::messages;
use crate::{article_file, articles, findings, read_back};

/// Runs a command of this interface.
pub async fn run(context: &Context, command: Draft) -> Result<()> {
    let output = context.output;
    match command {
        Draft::Check { articles, look } => {
            if let Some(kind) = Kind::of(&articles) {
                return check_article::run(context, &articles, kind, chosen(context, kind, &look)?).await;
            }
            if let Some(option) = look.first_given() {
                return Err(error::usage(context.texts.only_markdown.with([&option])));
            }
            let file = article_file::read(&articles)?;
            file.warn(output);
            check(context, &file).await
        }
        Draft::Add(add) => {
            let AddDraft {
                article,
                news,
                look,
                delivery,
                read_back,
            } = *add;
            if let Some(kind) = Kind::of(&article) {
                let request = DraftRequest {
                    look: Look {
                        title: news.title.clone(),
                        ..chosen(context, kind, &look)?
                    },
                    path: article,
                    kind,
                    news,
                    delivery,
                    reads_back: !read_back.no_read_back,
                };
                return send::run(context, request).await;
            }
            let given = [news.first_given(), look.first_given(), delivery.first_given()];
            if let Some(option) = given.into_iter().flatten().next() {
                return Err(error::usage(context.texts.only_article.with([&option])));
            }
            let file = article_file::read(&article)?;
            file.warn(output);
            let ArticleFile { articles, left_out } = file;
            let mut connection = context.connect().await?;
            let session = &mut connection.session;
            let warnings = warn(output, session, &articles).await?;
            let media_id = context
                .journal
                .during(messages().drafts.adding, session.add_draft(&articles))
                .await?;
            let document = json!({ "media_id": media_id, "warnings": json(&warnings)?, "left_out": left_out });
            let text = facts([("media-id", media_id.clone())]);
            let stored = StoredDraft {
                media_id: &media_id,
                index: 0,
                articles: &articles,
                document,
                text,
            };
            stored.finish(context, session, read_back).await
        }
        Draft::Get { id } => {
            let draft = context.connect().await?.session.get_draft(&id).await?;
            output.print(&json(&draft)?, articles::describe(&draft))
        }
        Draft::Update {
            id,
            index,
            article,
            read_back,
        } => {
            let file = article_file::read_one(&article)?;
            file.warn(output);
            let Some(article) = file.articles.first() else {
                return Err(error::usage(messages().drafts.no_article));
            };
            let mut connection = context.connect().await?;
            let session = &mut connection.session;
            let warnings = warn(output, session, std::slice::from_ref(article)).await?;
            let update = session.update_draft(&id, index, article);
            context.journal.during(messages().drafts.updating, update).await?;
            let (warnings, left_out) = (json(&warnings)?, &file.left_out);
            let stored = StoredDraft {
                media_id: &id,
                index,
                articles: std::slice::from_ref(article),
                document: json!({ "updated": id, "index": index, "warnings": warnings, "left_out": left_out }),
                text: messages().drafts.updated.to_owned(),
            };
            stored.finish(context, session, read_back).await
        }
        Draft::Delete { id, confirm } => {
            context
                .target
                .confirm(confirm.yes, &messages().drafts.delete.with([&id]))?;
            let mut connection = context.connect().await?;
            let delete = connection.session.delete_draft(&id);
            context.journal.during(messages().drafts.deleting, delete).await?;
            output.print_done(&json!({ "deleted": id }), messages().drafts.deleted, Ok(()))
        }
        Draft::Count => {
            let count = context.connect().await?.session.count_drafts().await?;
            output.print(&json!({ "count": count }), count)
        }
        Draft::List { page, with_content } => {
            let mut connection = context.connect().await?;
            let session = &mut connection.session;
            let (drafts, facts) = if page.all {
                let all = session.all_drafts(with_content).await?;
                let all = listing::read(output, all, &page, Some(listing::DRAFTS)).await?;
                let (items, total_count, facts) = all.split();
                (DraftPage { total_count, items }, facts)
            } else {
                let drafts = session.list_drafts(page.offset, page.count, with_content).await?;
                (drafts, Facts::default())
            };
            let lines = drafts.items.iter();
            let lines = lines.map(|item| (item.media_id.as_str(), &item.draft));
            let people = articles::list(lines, "media-id", drafts.total_count);
            facts.print(output, json(&drafts)?, people)
        }
        Draft::ProductCard { product, card_type } => {
            let mut connection = context.connect().await?;
            let card = connection.session.product_card(&product, card_type.into()).await?;
            let known = [("product-key", &card.product_key), ("dom", &card.dom)];
            let known = known.map(|(label, value)| (label, value.clone().unwrap_or_default()));
            output.print(
                &json(&card)?,
                facts(known.into_iter().filter(|(_, value)| !value.is_empty())),
            )
        }
    }
}

/// Returns the look that the options choose. HTML has its own.
fn chosen(context: &Context, kind: Kind, options: &LookOptions) -> Result<Look> {
    if let (Kind::Html, Some(option)) = (kind, options.first_given()) {
        return Err(error::usage(context.texts.only_markdown.with([&option])));
    }
    Ok(Look {
        theme: options.theme.as_deref().map(rendered::theme).transpose()?,
        title: None,
        raw_html: options.raw_html.map(Into::into),
        language: context.language,
    })
}

/// A draft that was stored, and the output about it.
struct StoredDraft<'a> {
    media_id: &'a str,
    /// The place of the first of the articles in the draft.
    index: u32,
    articles: &'a [Article],
    document: Value,
    text: String,
}

impl StoredDraft<'_> {
    /// Reads the draft back, unless the user does not want that, and prints what was done.
    async fn finish(mut self, context: &Context, session: &mut Session, options: ReadBackOptions) -> Result<()> {
        self.add(&ReadBack::default())?;
        context
            .journal
            .note(context.output, self.document.clone(), self.text.clone());
        if !options.no_read_back {
            let found = read_back::compare(context.output, session, self.media_id, self.index, self.articles).await;
            self.add(&found)?;
        }
        context.output.print_done(&self.document, self.text, Ok(()))
    }

    fn add(&mut self, read_back: &ReadBack) -> Result<()> {
        match self.document.as_object_mut() {
            Some(fields) => read_back.add_to(fields),
            None => Ok(()),
        }
    }
}

async fn check(context: &Context, file: &ArticleFile) -> Result<()> {
    let checked = context
        .instantiate()
        .await?
        .check_articles(&file.articles, Some(context.plugin_language()))
        .await;
    let found = checked.map_err(host::Error::from)?;
    let output = context.output;
    let json = json!({ "findings": json(&found)?, "left_out": file.left_out });
    output.print(&json, findings::describe(&found))?;
    match found.iter().filter(|finding| findings::is_error(finding)).count() {
        0 => Ok(()),
        1 => Err(error::invalid(messages().drafts.refused_one.with([&1]))),
        errors => Err(error::invalid(messages().drafts.refused.with([&errors]))),
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
