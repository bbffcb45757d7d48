//! Articles as WeChat returns them, for people.

use wechat_official_account_host::types::{ArticleGroup, StoredArticle};

use crate::format::{clean_lines, date, facts, https, name, table};
use crate::texts::messages;

/// Describes every article of a group, with its content.
pub fn describe(group: &ArticleGroup) -> String {
    let articles = group.articles.iter().enumerate();
    let articles: Vec<String> = articles.map(|(index, article)| describe_one(index, article)).collect();
    articles.join("\n\n")
}

fn describe_one(index: usize, article: &StoredArticle) -> String {
    let texts = &messages().articles;
    let facts = facts(
        [
            (texts.article, index.to_string()),
            (texts.kind, name(article.article_type)),
            (texts.title, article.title.clone()),
            (texts.author, article.author.clone()),
            (texts.digest, article.digest.clone()),
            (texts.original, article.content_source_url.clone()),
            (texts.cover, article.thumb_media_id.clone()),
            (texts.pictures, article.image_media_ids.join(" ")),
            (texts.comments, name(article.comments)),
            ("url", https(&article.url)),
            (
                texts.deleted,
                if article.is_deleted { texts.yes } else { texts.no }.to_owned(),
            ),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty()),
    );
    let content = article.content.as_deref().map(clean_lines).unwrap_or_default();
    format!("{facts}\n\n{content}")
}

/// Formats a line for each group of a page, and the number of all groups.
pub fn list<'a>(groups: impl ExactSizeIterator<Item = (&'a str, &'a ArticleGroup)>, id: &str, total: u64) -> String {
    let texts = &messages().lists;
    let shown = groups.len();
    let rows = groups.map(|(id, group)| {
        let titles: Vec<&str> = group.articles.iter().map(|article| article.title.as_str()).collect();
        let updated = group.update_time.map(date).unwrap_or_default();
        [id.to_owned(), titles.join(" · "), updated]
    });
    let table = table([id, texts.titles, texts.updated], rows);
    format!("{table}\n\n{}", texts.shown.with([&shown, &total]))
}
