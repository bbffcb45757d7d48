//! The fields of an article besides its HTML: an option's, or else the front matter's.

use wechat_official_account_article::types::{self, FrontMatter};
use wechat_official_account_host::types::{Comments, News};

use super::cover;
use super::source::{Kind, Source};
use crate::args::NewsOptions;
use crate::error::{self, Result};
use crate::texts::Texts;

/// A title in place of the one that HTML gets from an option, for commands without that option.
const TITLE_OF_OPTION: &str = "-";

/// Returns the fields, without a content and a cover.
pub fn merge(options: &NewsOptions, front: &FrontMatter, source: &Source, texts: &Texts) -> Result<News> {
    let title = options.title.as_ref().or(front.title.as_ref());
    let title = title.ok_or_else(|| match source.kind {
        Kind::Html => error::usage(texts.html_needs_title.as_str()),
        Kind::Markdown => error::usage(texts.no_title.with([&source.name()])),
    })?;
    let either = |option: &Option<String>, written: &Option<String>| option.clone().or_else(|| written.clone());
    Ok(News {
        author: either(&options.author, &front.author),
        digest: either(&options.digest, &front.digest),
        content_source_url: either(&options.source_url, &front.source_url),
        comments: options.comments.map_or_else(|| comments(front), Comments::from),
        product_key: options.product_key.clone(),
        ..News::new(title, "", cover::NONE_YET)
    })
}

/// Returns the fields of the source alone, for a check of it.
pub fn of_source(kind: Kind, front: &FrontMatter) -> News {
    let title = match kind {
        Kind::Html => TITLE_OF_OPTION,
        Kind::Markdown => front.title.as_deref().unwrap_or_default(),
    };
    News {
        author: front.author.clone(),
        digest: front.digest.clone(),
        content_source_url: front.source_url.clone(),
        comments: comments(front),
        ..News::new(title, "", cover::NONE_YET)
    }
}

fn comments(front: &FrontMatter) -> Comments {
    match front.comments {
        None | Some(types::Comments::Closed) => Comments::Closed,
        Some(types::Comments::Everyone) => Comments::Everyone,
        Some(types::Comments::FansOnly) => Comments::FansOnly,
    }
}
