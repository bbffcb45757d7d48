//! `draft.compare`: what WeChat changed or dropped between the article that was sent and the one that it stored.
//! Pure functions, linear in the articles.
//!
//! WeChat answers `draft.add` with success even if it leaves parts of the article out (article-html §2), so only
//! reading back shows the losses.

mod content;

use crate::bindings::types::{Article, ArticleType, Finding, Severity, StoredArticle};
use crate::check::report::Report;
use crate::check::text::{beginning, is_left_out, or_empty};
use crate::html;
use crate::texts::Texts;

/// The length of an excerpt in a message, in characters.
const EXCERPT: usize = 40;

/// `draft.compare`
pub fn compare(sent: &Article, stored: &StoredArticle, texts: &'static Texts) -> Vec<Finding> {
    let mut report = Report::new(texts);
    let texts = &texts.compare;
    let (kind, title, content, comments) = match sent {
        Article::News(news) => (ArticleType::News, &news.title, &news.content, news.comments),
        Article::Pictures(pictures) => (
            ArticleType::Pictures,
            &pictures.title,
            &pictures.content,
            pictures.comments,
        ),
    };
    if stored.article_type != kind && stored.article_type != ArticleType::Unknown {
        report.warn("article-type", texts.kind);
    }
    compare_text(&mut report, "title", title, &stored.title);
    match sent {
        Article::News(news) => {
            compare_text(&mut report, "author", or_empty(&news.author), &stored.author);
            // WeChat fills a missing digest with the beginning of the text (wechat-api §11.1).
            let digest = or_empty(&news.digest);
            if !shown(digest).is_empty() {
                compare_text(&mut report, "digest", digest, &stored.digest);
            }
            let url = or_empty(&news.content_source_url);
            compare_text(&mut report, "content-source-url", url, &stored.content_source_url);
            compare_text(
                &mut report,
                "thumb-media-id",
                &news.thumb_media_id,
                &stored.thumb_media_id,
            );
        }
        Article::Pictures(pictures) => compare_ids(&mut report, &pictures.image_media_ids, &stored.image_media_ids),
    }
    if comments != stored.comments {
        report.warn("comments", texts.comments);
    }
    match &stored.content {
        // Of a whole document only the body is sent.
        Some(stored) => content::compare(&mut report, html::body(content), stored),
        None => report.warn("content", texts.not_returned),
    }
    report.findings
}

/// Compares two short texts. Blanks and the spelling of characters do not count.
fn compare_text(report: &mut Report, field: &str, sent: &str, stored: &str) {
    let (sent, stored) = (shown(sent), shown(stored));
    if sent == stored {
        return;
    }
    let texts = &report.texts.compare;
    let message = match stored.is_empty() {
        true => texts.dropped.with([&excerpt(&sent)]),
        false => texts.other.with([&excerpt(&stored), &excerpt(&sent)]),
    };
    report.warn(field, &message);
}

/// Compares the pictures of a picture message.
fn compare_ids(report: &mut Report, sent: &[String], stored: &[String]) {
    if sent == stored {
        return;
    }
    let lost = sent.iter().filter(|id| !stored.contains(id)).count();
    let texts = &report.texts.compare;
    let found = stored.len();
    let message = match lost {
        0 => texts.pictures_order.with([&found]),
        lost => texts.pictures_missing.with([&found, &lost]),
    };
    report.count(Severity::Warning, "image-media-ids", found, sent.len(), &message);
}

/// Returns a text as people see it: without the control characters that are not sent, with character references
/// resolved, and with one blank for white space.
fn shown(text: &str) -> String {
    let decoded = html::decode_text(text);
    let text: String = { decoded.chars() }
        .filter(|&character| !is_left_out(character))
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the beginning of a text.
fn excerpt(text: &str) -> String {
    beginning(text, EXCERPT)
}

#[cfg(test)]
mod tests;
