//! A short text that tells if a draft is still the one that was read.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::bindings::types::{ArticleGroup, ArticleType, Comments, StoredArticle};

/// 128 bits: short enough to be copied without a slip, and nobody finds a second draft that has the same.
const BYTES: usize = 16;

/// Returns the digest of a draft: 32 hexadecimal digits. It depends on everything that WeChat returns of what readers
/// see, and not on the addresses that WeChat makes anew at each reading (the preview, and the cover's own address).
/// Crops of the cover and product cards are not returned, and so not in it.
#[must_use]
pub fn of(draft: &ArticleGroup) -> String {
    let mut hash = Sha256::new();
    for article in &draft.articles {
        add(&mut hash, article);
    }
    let mut text = String::with_capacity(2 * BYTES);
    for byte in hash.finalize().iter().take(BYTES) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn add(hash: &mut Sha256, article: &StoredArticle) {
    let kind = match article.article_type {
        ArticleType::News => "news",
        ArticleType::Pictures => "pictures",
        ArticleType::Unknown => "unknown",
    };
    let comments = match article.comments {
        Comments::Closed => "closed",
        Comments::Everyone => "everyone",
        Comments::FansOnly => "fans-only",
    };
    let pictures = article.image_media_ids.join(" ");
    for field in [
        kind,
        &article.title,
        &article.author,
        &article.digest,
        article.content.as_deref().unwrap_or_default(),
        &article.content_source_url,
        &article.thumb_media_id,
        &pictures,
        comments,
    ] {
        // The length parts a field from the next one.
        hash.update((field.len() as u64).to_le_bytes());
        hash.update(field);
    }
}
