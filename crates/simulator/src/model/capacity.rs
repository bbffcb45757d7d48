//! The capacity of an account's store. Clients that fill it get WeChat's own answer, and the machine keeps its memory.

use super::account::Account;
use super::article::Article;
use super::material::MaterialKind;
use crate::api_error::ApiError;

/// Bytes that an item takes beside its content and its texts: ids, addresses, and the maps that hold them.
const ITEM: u64 = 1024;

/// Bytes that a parsed JSON value takes for each byte of its text: a number of one digit and its comma take 32.
const PARSED: usize = 16;

/// "hit upload limit" (wechat-api §19.2): the only code that the documents have for a store that is full.
const FULL: i64 = 45101;

impl Account {
    /// Reserves the bytes of a file with its name and description, or refuses it.
    pub(crate) fn reserve_file(&mut self, bytes: usize, texts: &[&str]) -> Result<(), ApiError> {
        let texts: usize = texts.iter().map(|text| text.len()).sum();
        self.reserve(ITEM + (bytes + texts) as u64)
    }

    /// Reserves the bytes of articles, or refuses them.
    pub(crate) fn reserve_articles(&mut self, articles: &[Article]) -> Result<(), ApiError> {
        self.reserve(size_of_articles(articles))
    }

    /// Checks that there may be one more permanent material of this kind.
    pub(crate) fn check_count(&self, kind: MaterialKind) -> Result<(), ApiError> {
        let is_picture = |kind| matches!(kind, MaterialKind::Image | MaterialKind::News);
        let limit = if is_picture(kind) {
            self.picture_limit
        } else {
            self.other_limit
        };
        // Most accounts have fewer items of all kinds together, which is known without counting.
        if self.materials.len() < limit {
            return Ok(());
        }
        let same = |other| other == kind || (is_picture(kind) && is_picture(other));
        let count = self.materials.values().filter(|material| same(material.kind)).count();
        if count < limit {
            Ok(())
        } else {
            Err(ApiError::new(FULL))
        }
    }

    fn reserve(&mut self, bytes: u64) -> Result<(), ApiError> {
        if self.stored_bytes.saturating_add(bytes) > self.memory_limit {
            self.drop_expired_media();
            self.stored_bytes = self.stored();
            if self.stored_bytes.saturating_add(bytes) > self.memory_limit {
                return Err(ApiError::new(FULL));
            }
        }
        self.stored_bytes = self.stored_bytes.saturating_add(bytes);
        Ok(())
    }

    /// Counts the bytes stored.
    fn stored(&self) -> u64 {
        let files = self.materials.values().map(|material| {
            let texts = material.name.len() + material.title.len() + material.introduction.len();
            ITEM + (material.bytes.len() + texts) as u64 + size_of_articles(&material.articles)
        });
        let images = self.article_images.values().map(|bytes| ITEM + bytes.len() as u64);
        let media = self.media.values().map(|media| {
            let speex = media.speex.as_ref().map_or(0, |speex| speex.len());
            ITEM + (media.bytes.len() + speex + media.name.len()) as u64
        });
        let drafts = self.drafts.values().map(|draft| size_of_articles(&draft.articles));
        let publications = self
            .publications
            .values()
            .map(|publication| size_of_articles(&publication.articles));
        files.chain(images).chain(media).chain(drafts).chain(publications).sum()
    }
}

fn size_of_articles(articles: &[Article]) -> u64 {
    articles
        .iter()
        .map(|article| {
            let cover_info = article.cover_info.as_ref().map_or(0, |value| value.to_string().len());
            let images: usize = article.images.iter().map(String::len).sum();
            let text = [
                &article.title,
                &article.author,
                &article.digest,
                &article.content,
                &article.content_source_url,
            ];
            let sent = article.sent.as_ref().map_or(0, String::len);
            let ids =
                article.thumb_media_id.len() + article.url.len() + article.product_key.as_ref().map_or(0, String::len);
            let text: usize = text.iter().map(|text| text.len()).sum();
            ITEM + (text + sent + images + ids + cover_info * PARSED) as u64
        })
        .sum()
}
