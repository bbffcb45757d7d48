//! The page of one article, draft or published, at the address that WeChat gives it.
//!
//! The article itself is in a frame (`frame.rs`): its HTML is a stranger's.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use maud::{Markup, html};

use super::layout::{self, Place, moment};
use super::path;
use super::state;
use super::view::View;
use crate::html::{self as filter, Hosts, Loss, LossKind, Losses};
use crate::model::article::{Article, ArticleKind};
use crate::model::world::World;
use crate::state::Shared;

/// Parameter that asks for the article as readers see it, without marks.
pub(super) const READERS: &str = "readers";

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
    pub(super) fn of_view(view: &View) -> Option<Address> {
        let published = view
            .parameter(PUBLISHED_KEY)
            .map(|key| Address::Published(key.to_owned()));
        published.or_else(|| Some(Address::Preview(view.parameter(path::PREVIEW_KEY)?.to_owned())))
    }

    /// Returns the address of the page.
    pub(super) fn link(&self, view: &View, more: &[(&str, &str)]) -> String {
        match self {
            Address::Published(key) => view.link(&format!("{}{key}", path::PUBLISHED_BEFORE_KEY), more),
            Address::Preview(key) => view.link(path::PREVIEW, &[&[(path::PREVIEW_KEY, key.as_str())], more].concat()),
        }
    }

    /// Returns the address of the document in the page's frame.
    fn frame(&self, view: &View, more: &[(&str, &str)]) -> String {
        let own = match self {
            Address::Published(key) => (PUBLISHED_KEY, key.as_str()),
            Address::Preview(key) => (path::PREVIEW_KEY, key.as_str()),
        };
        view.link(path::FRAME, &[&[own], more].concat())
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
    publication: Option<(i64, u64)>,
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

/// Answers with the page of a published article.
pub(super) async fn published(State(shared): State<Arc<Shared>>, Path(key): Path<String>, view: View) -> Response {
    show(&shared, &view, Some(Address::Published(key)))
}

/// Answers with the page of a draft's article.
pub(super) async fn preview(State(shared): State<Arc<Shared>>, view: View) -> Response {
    show(&shared, &view, Address::of_view(&view))
}

fn show(shared: &Shared, view: &View, address: Option<Address>) -> Response {
    let texts = view.texts;
    let found = address.and_then(|address| Some((address.find(&shared.world())?, address)));
    let Some((found, address)) = found else {
        let body = html! { p .problem { (texts.no_article.as_str()) } };
        let mut response = layout::page(view, Place::Elsewhere, texts.not_found.as_str(), &body);
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let is_marked = view.parameter(READERS).is_none();
    let (_, losses) = found.marked();
    let article = &found.article;
    let look: &[(&str, &str)] = if is_marked { &[] } else { &[(READERS, "1")] };
    let body = html! {
        (facts(view, &found))
        nav .tabs aria-label=(texts.look.as_str()) {
            a href=(address.link(view, &[])) aria-current=[is_marked.then_some("page")] { (texts.with_marks.as_str()) }
            a href=(address.link(view, &[(READERS, "1")])) aria-current=[(!is_marked).then_some("page")] {
                (texts.as_readers.as_str())
            }
        }
        div .article {
            iframe .phone sandbox="" title=(texts.frame_title.with([&article.title]))
                src=(address.frame(view, look)) {}
            section .losses aria-labelledby="losses" {
                h2 #losses { (texts.dropped.as_str()) }
                (list(view, &losses))
            }
        }
    };
    let place = if found.publication.is_some() {
        Place::Publications
    } else {
        Place::Drafts
    };
    layout::page(view, place, &article.title, &body)
}

/// Writes what there is to say about an article beside its text.
fn facts(view: &View, found: &Found) -> Markup {
    let texts = view.texts;
    let article = &found.article;
    html! {
        dl .facts {
            dt { (texts.state.as_str()) }
            dd {
                @match found.publication {
                    Some((status, time)) => { (state::badge(view, status)) " " (moment(time)) },
                    None => span .badge { (texts.draft.as_str()) },
                }
                @if article.is_deleted { " " span .badge.bad { (texts.deleted.as_str()) } }
            }
            dt { (texts.account.as_str()) } dd { code { (found.app_id) } }
            @for (name, value) in [
                (texts.author, &article.author),
                (texts.digest, &article.digest),
                (texts.source_url, &article.content_source_url),
                (texts.address, &article.url),
            ] {
                @if !value.is_empty() { dt { (name.as_str()) } dd { (value) } }
            }
        }
    }
}

/// Writes the list of what was dropped; its numbers are those of the marks.
fn list(view: &View, losses: &Losses) -> Markup {
    let texts = view.texts;
    html! {
        @if losses.listed.is_empty() {
            p .empty { (texts.nothing_dropped.as_str()) }
        } @else {
            ol {
                @for loss in &losses.listed {
                    li { (words(view, loss)) @if !loss.detail.is_empty() { br; code { (loss.detail) } } }
                }
            }
            @let more = losses.total - losses.listed.len();
            @if more > 0 { p { (texts.more_dropped.with([&more])) } }
        }
    }
}

fn words(view: &View, loss: &Loss) -> String {
    let texts = view.texts;
    let text = match loss.kind {
        LossKind::Element => texts.loss_element,
        LossKind::Tags => texts.loss_tags,
        LossKind::TagsInside => texts.loss_tags_inside,
        LossKind::Attribute => texts.loss_attribute,
        LossKind::Declaration => texts.loss_declaration,
    };
    text.with([&loss.element])
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
