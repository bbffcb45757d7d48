//! The checks before a byte is sent: pure functions that refuse or warn. Nothing here knows HTTP.

pub mod address;
mod article;
pub mod crop;
pub mod file;
mod id;
mod markup;
pub mod picture;
mod pictures;
pub mod report;
mod source_url;
mod structure;
pub mod text;
pub mod url;
mod video;
mod voice;

pub use article::{content, findings};
pub use id::id;

use crate::bindings::types::Article;
use crate::error::{Result, invalid};
use crate::texts::Texts;

/// The largest page of any list (wechat-api §16).
const PAGE_MAX: u32 = 20;
/// Far more articles than any draft has.
const ARTICLES_MAX: u32 = 100;

/// Refuses articles that have an error. Warnings alone refuse nothing.
pub fn articles(texts: &'static Texts, articles: &[Article]) -> Result<()> {
    report::refuse(texts, &article::faults(texts, articles).findings, articles.len())
}

/// Refuses an empty title of a video: WeChat requires one (wechat-api §8.1).
pub fn title(texts: &Texts, title: &str) -> Result<()> {
    if text::is_empty(title) {
        return Err(invalid(
            "title",
            texts.account.video_title_empty,
            texts.account.video_title_wanted,
        ));
    }
    Ok(())
}

/// Refuses an index that no article of a draft has: drafts have 8 in practice. A large index is a mistake such as -1. A
/// server that keeps 32 bits could take that for 0, which means "all".
pub fn index(texts: &Texts, subject: &str, index: u32) -> Result<()> {
    if index >= ARTICLES_MAX {
        return Err(invalid(
            subject,
            texts.account.index_large.with([&index, &ARTICLES_MAX]),
            texts.account.index_wanted,
        ));
    }
    Ok(())
}

/// Refuses a number of items that no page can have.
pub fn page(texts: &Texts, count: u32) -> Result<()> {
    if !(1..=PAGE_MAX).contains(&count) {
        return Err(invalid(
            "count",
            texts.account.count_wrong.with([&count, &PAGE_MAX]),
            texts.account.count_wanted,
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;

    #[test]
    fn pages_have_1_to_20_items() {
        assert!(page(&EN, 0).is_err());
        assert!(page(&EN, 1).is_ok());
        assert!(page(&EN, 20).is_ok());
        let error = page(&EN, 21).unwrap_err();
        assert_eq!(error.subject.as_deref(), Some("count"));
        assert!(error.message.contains("21"));
    }

    #[test]
    fn an_index_is_below_100() {
        assert!(index(&EN, "index", 0).is_ok() && index(&EN, "index", 99).is_ok());
        assert!(index(&EN, "index", 100).is_err() && index(&EN, "index", u32::MAX).is_err());
    }
}
