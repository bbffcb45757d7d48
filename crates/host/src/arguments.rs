//! The size of a call's arguments, which is known before they are copied into the instance.
//!
//! An instance whose memory is used up ends. A file or a text that can't fit is therefore refused here, and the
//! instance goes on working.

use crate::limits::{ARGUMENTS, ARGUMENTS_LATER, LimitReached};
use crate::types::{Article, Config, Error, ErrorKind, File, StoredArticle};

/// The memory of an instance that has done nothing large yet.
const FRESH: usize = 1024 * 1024;

/// An argument of a call.
pub(crate) trait Argument {
    /// The bytes that it needs in the instance. The component holds its texts `copies` times; files are sent
    /// from where they are.
    fn size(&self, copies: usize) -> usize;
}

impl Argument for str {
    fn size(&self, copies: usize) -> usize {
        self.len().saturating_mul(copies)
    }
}

impl Argument for File {
    fn size(&self, _: usize) -> usize {
        self.name.len().saturating_add(self.bytes.len())
    }
}

impl Argument for Article {
    fn size(&self, copies: usize) -> usize {
        let texts = match self {
            Self::News(news) => {
                let optional = [&news.author, &news.digest, &news.content_source_url, &news.product_key];
                let optional = optional.into_iter().flatten().map(String::len);
                news.title.len() + news.content.len() + news.thumb_media_id.len() + optional.sum::<usize>()
            }
            Self::Pictures(pictures) => {
                let ids = pictures.image_media_ids.iter().chain(&pictures.product_key);
                pictures.title.len() + pictures.content.len() + ids.map(String::len).sum::<usize>()
            }
        };
        texts.saturating_add(size_of::<Self>()).saturating_mul(copies)
    }
}

impl Argument for StoredArticle {
    fn size(&self, copies: usize) -> usize {
        let texts = [
            &self.title,
            &self.author,
            &self.digest,
            &self.content_source_url,
            &self.thumb_media_id,
            &self.thumb_url,
            &self.url,
        ];
        let texts = texts.into_iter().chain(&self.content).chain(&self.image_media_ids);
        let ids = self.image_media_ids.len().saturating_mul(size_of::<String>());
        texts
            .map(String::len)
            .fold(size_of::<Self>().saturating_add(ids), usize::saturating_add)
            .saturating_mul(copies)
    }
}

impl Argument for Config {
    fn size(&self, copies: usize) -> usize {
        let texts = [&self.app_id, &self.app_secret].into_iter().chain(&self.api_base);
        let texts = texts.chain(self.token.as_ref().map(|token| &token.value));
        let pauses = self.retry_pauses_milliseconds.as_ref().map_or(0, Vec::len);
        texts
            .map(String::len)
            .fold(pauses.saturating_mul(size_of::<u32>()), usize::saturating_add)
            .saturating_mul(copies)
    }
}

impl<T: Argument> Argument for [T] {
    fn size(&self, copies: usize) -> usize {
        self.iter().map(|item| item.size(copies)).fold(0, usize::saturating_add)
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn size(&self, copies: usize) -> usize {
        (**self).size(copies)
    }
}

/// Arguments of a fixed size, which is too small to count.
macro_rules! small {
    ($($type:ty)*) => {
        $(impl Argument for $type {
            fn size(&self, _: usize) -> usize {
                0
            }
        })*
    };
}

small! {
    u32 bool crate::types::MaterialKind crate::types::MediaKind crate::types::ProductCardType
    crate::types::DeleteWhich
}

/// Fails if arguments of these sizes can't fit together into an instance whose memory has grown to this size.
pub(crate) fn fit<const N: usize>(memory: usize, sizes: [usize; N]) -> Result<(), LimitReached> {
    let needed = sizes.into_iter().fold(0, usize::saturating_add);
    let left = ARGUMENTS
        .saturating_sub(memory.saturating_sub(FRESH))
        .max(ARGUMENTS_LATER);
    if needed > left {
        return Err(LimitReached::Arguments { needed, left });
    }
    Ok(())
}

/// Makes the error that the component would have returned if it had been able to.
pub(crate) fn refusal(reached: &LimitReached) -> Error {
    Error {
        kind: ErrorKind::InvalidInput,
        message: format!("{reached}. Nothing was sent."),
        advice: "Use smaller files, split the text, or hand pictures over as files instead of `data:` URIs. WeChat \
                 accepts files of at most 10 MB and articles of at most 1 MB."
            .to_owned(),
        errcode: None,
        rid: None,
        subject: None,
        retry_after_seconds: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{ArticleType, Comments};

    #[test]
    fn every_text_of_a_stored_article_and_of_a_configuration_counts() {
        let long = || "x".repeat(1000);
        let stored = StoredArticle {
            article_type: ArticleType::News,
            title: long(),
            author: long(),
            digest: long(),
            content: Some(long()),
            content_source_url: long(),
            thumb_media_id: long(),
            thumb_url: long(),
            image_media_ids: vec![long(), long()],
            comments: Comments::Closed,
            url: long(),
            is_deleted: false,
        };
        assert!((30_000..33_000).contains(&stored.size(3)), "{}", stored.size(3));
        let mut config = Config::new(long(), long());
        config.api_base = Some(long());
        assert_eq!(config.size(2), 6000);
    }
}
