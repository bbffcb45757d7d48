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

/// The largest page of any list (wechat-api §16).
const PAGE_MAX: u32 = 20;
/// Far more articles than any draft has.
const ARTICLES_MAX: u32 = 100;

/// Refuses articles that have an error. Warnings alone refuse nothing.
pub fn articles(articles: &[Article]) -> Result<()> {
    report::refuse(&article::faults(articles).findings, articles.len())
}

/// Refuses an empty title of a video: WeChat requires one (wechat-api §8.1).
pub fn title(title: &str) -> Result<()> {
    if text::is_empty(title) {
        return Err(invalid("title", "title is empty", "Give the video a title."));
    }
    Ok(())
}

/// Refuses an index that no article of a draft has: drafts have 8 in practice. A large index is a mistake such as -1. A
/// server that keeps 32 bits could take that for 0, which means "all".
pub fn index(subject: &str, index: u32) -> Result<()> {
    if index >= ARTICLES_MAX {
        return Err(invalid(
            subject,
            format!("the index {index} is not below {ARTICLES_MAX}"),
            "Give the index of the article, counted from 0.",
        ));
    }
    Ok(())
}

/// Refuses a number of items that no page can have.
pub fn page(count: u32) -> Result<()> {
    if !(1..=PAGE_MAX).contains(&count) {
        return Err(invalid(
            "count",
            format!("count is {count}; a page has 1 to {PAGE_MAX} items"),
            "Ask for at most 20 items and use offset for the next page.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_1_to_20_items() {
        assert!(page(0).is_err());
        assert!(page(1).is_ok());
        assert!(page(20).is_ok());
        let error = page(21).unwrap_err();
        assert_eq!(error.subject.as_deref(), Some("count"));
        assert!(error.message.contains("21"));
    }

    #[test]
    fn an_index_is_below_100() {
        assert!(index("index", 0).is_ok() && index("index", 99).is_ok());
        assert!(index("index", 100).is_err() && index("index", u32::MAX).is_err());
    }
}
