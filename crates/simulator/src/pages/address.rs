//! The address of an article's page, and the article that it leads to.

use super::page_request::PageRequest;
use super::path;
use crate::html::{self as filter, Hosts, Losses};
use crate::model::article::{Article, ArticleKind};
use crate::model::world::World;

/// Parameter of the frame that names a published article.
const PUBLISHED_KEY: &str = "s";

/// The address of an article, without its host.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// The key of a published article.
    Published(String),
    /// The key of a draft's article.
    Preview(String),
}

impl Address {
    /// Reads a link to an article, on whatever host.
    pub(super) fn of_url(url: &str) -> Option<Address> {
        let url = url.trim();
        let (_, rest) = url.split_once("://").unwrap_or(("", url));
        let path = rest.split_once('/').map_or(rest, |(_, path)| path);
        let path = path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let is_key = |key: &str| {
            !key.is_empty()
                && key
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        match path.strip_prefix("s/") {
            Some(key) => is_key(key).then(|| Address::Published(key.to_owned())),
            None if path == "s" => {
                let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                let (_, key) = pairs.find(|(name, _)| *name == path::PREVIEW_KEY)?;
                is_key(key).then(|| Address::Preview(key.to_owned()))
            }
            None => None,
        }
    }

    /// Reads the parameters of a preview or of the frame.
    pub(super) fn of_request(request: &PageRequest) -> Option<Address> {
        let published = request
            .parameter(PUBLISHED_KEY)
            .map(|key| Address::Published(key.to_owned()));
        published.or_else(|| Some(Address::Preview(request.parameter(path::PREVIEW_KEY)?.to_owned())))
    }

    /// Returns the address of the page.
    pub(super) fn link(&self, request: &PageRequest, more: &[(&str, &str)]) -> String {
        match self {
            Address::Published(key) => request.link(&format!("{}{key}", path::PUBLISHED_BEFORE_KEY), more),
            Address::Preview(key) => {
                request.link(path::PREVIEW, &[&[(path::PREVIEW_KEY, key.as_str())], more].concat())
            }
        }
    }

    /// Returns the address of the document in the page's frame.
    pub(super) fn frame(&self, request: &PageRequest, more: &[(&str, &str)]) -> String {
        let own = match self {
            Address::Published(key) => (PUBLISHED_KEY, key.as_str()),
            Address::Preview(key) => (path::PREVIEW_KEY, key.as_str()),
        };
        request.link(path::FRAME, &[&[own], more].concat())
    }

    /// Finds the article among those of all accounts.
    pub(super) fn find(&self, world: &World) -> Option<Found> {
        let is_it = |article: &&Article| Address::of_url(&article.url).as_ref() == Some(self);
        world.accounts.values().find_map(|account| {
            let drafts = account.drafts.values().flat_map(|draft| &draft.articles);
            let drafts = drafts.map(|article| (article, None));
            let published = account.publications.values();
            let published = published.flat_map(|publication| {
                publication
                    .articles
                    .iter()
                    .map(move |article| (article, Some(publication)))
            });
            let (article, publication) = drafts.chain(published).find(|(article, _)| is_it(article))?;
            let place = publication.map(|publication| (publication.status, publication.update_time));
            Some(Found {
                article: article.clone(),
                publication: place,
                hosts: account.image_hosts.clone(),
                app_id: account.app_id.clone(),
            })
        })
    }
}

/// An article of the store.
pub(super) struct Found {
    pub(super) article: Article,
    /// State and time of its publication; `None` for a draft.
    pub(super) publication: Option<(i64, u64)>,
    hosts: Hosts,
    /// The account that has it.
    pub(super) app_id: String,
}

impl Found {
    /// Returns the content with marks, and what was dropped of it.
    pub(super) fn marked(&self) -> (String, Losses) {
        match &self.article.sent {
            Some(sent) if self.article.kind == ArticleKind::News => filter::marked(sent, &self.hosts),
            _ => (self.article.content.clone(), Losses::default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_articles_are_read_on_any_host() {
        let published = Some(Address::Published("aB-_9".to_owned()));
        let preview = Some(Address::Preview("k1".to_owned()));
        for (url, expected) in [
            ("http://mp.weixin.qq.com/s/aB-_9", &published),
            (" https://127.0.0.1:1/s/aB-_9?lang=zh#rd ", &published),
            ("/s/aB-_9", &published),
            ("http://mp.weixin.qq.com/s?__biz=x&mid=1&tempkey=k1#rd", &preview),
            ("http://mp.weixin.qq.com/s?__biz=x", &None),
            ("http://mp.weixin.qq.com/s/", &None),
            ("http://mp.weixin.qq.com/s/a/b", &None),
            ("http://mp.weixin.qq.com/", &None),
            ("javascript://x/s/%0aalert(1)", &None),
            ("", &None),
        ] {
            assert_eq!(&Address::of_url(url), expected, "{url}");
        }
    }
}
