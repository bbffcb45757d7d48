//! Publishing: a draft is handed in, its task followed, and what is public listed.

use serde::Serialize;

use crate::Plugin;
use crate::bindings::types::PublishStatus;
use crate::draft::{first_title, refuse_changed, refuse_other_title};
use crate::error::{Error, Result};

/// The longest wait for a decision in one call, in seconds: clients of agents give up after some minutes.
pub const LONGEST_WAIT_SECONDS: u32 = 300;

/// A task that WeChat has accepted. Accepted is not published.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Submitted {
    /// The id of the task, for get-publish-status.
    pub publish_id: String,
    /// The title of the first article.
    pub title: String,
}

/// The state of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The articles are public.
    Published,
    /// Not decided yet.
    Publishing,
    /// Refused: articles marked as original did not pass.
    OriginalDeclarationFailed,
    /// Failed; WeChat does not give the reason.
    Failed,
    /// Refused by the platform's review.
    ReviewRefused,
    /// Was public; then the account's owner deleted it.
    DeletedByUser,
    /// Was public; then the platform banned it.
    BannedBySystem,
    /// A state that WeChat does not document.
    Unknown,
}

/// What became of a task.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Status {
    /// The state.
    pub state: State,
    /// True if the state is final. If not, ask again later: WeChat allows 100 questions a day.
    pub decided: bool,
    /// The id of the publication, if it is public.
    pub article_id: Option<String>,
    /// The permanent address of each article, if they are public.
    pub urls: Vec<String>,
    /// The articles that were refused, counted from 0.
    pub refused_articles: Vec<u32>,
}

/// One page of the list of publications.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PublicationPage {
    /// The number of all publications.
    pub total: u64,
    /// This page.
    pub publications: Vec<PublicationLine>,
}

/// A publication in a list.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PublicationLine {
    /// The id of the publication.
    pub article_id: String,
    /// Its articles, in order.
    pub articles: Vec<PublishedArticle>,
    /// The time of its last change, in Unix seconds, if WeChat returns it.
    pub update_time: Option<u64>,
}

/// An article of a publication.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PublishedArticle {
    /// The title.
    pub title: String,
    /// The permanent address.
    pub url: String,
    /// True if the article was deleted.
    pub is_deleted: bool,
}

/// Hands a draft to WeChat for publishing, if its first title and its digest are these. It returns at once. Not safe to
/// repeat. It makes all articles of the draft public, and can't be undone: only be deleted again.
///
/// # Errors
/// `invalid-input` with subject `expected_title` or `digest` if the draft is another one or was changed, and nothing
/// was done. If the answer was lost, `may_have_happened` is true: look for the draft and among the publications.
pub async fn publish(
    plugin: &mut impl Plugin,
    media_id: &str,
    expected_title: &str,
    digest: &str,
) -> Result<Submitted> {
    let draft = plugin.get_draft(media_id).await?;
    refuse_other_title(&draft, "expected_title", expected_title)?;
    refuse_changed(&draft, digest)?;
    let submission = plugin.submit(media_id).await?;
    Ok(Submitted {
        publish_id: submission.publish_id,
        title: first_title(&draft).to_owned(),
    })
}

/// Returns the state of a task, and waits up to `wait_seconds` for a decision. Safe to repeat.
///
/// # Errors
/// `invalid-input` for a wait of more than [`LONGEST_WAIT_SECONDS`]; otherwise as `publish.wait` of the plugin.
pub async fn status(plugin: &mut impl Plugin, publish_id: &str, wait_seconds: u32) -> Result<Status> {
    if wait_seconds > LONGEST_WAIT_SECONDS {
        return Err(Error::invalid_input(
            "wait_seconds",
            format!("A wait of {wait_seconds} seconds is more than {LONGEST_WAIT_SECONDS}."),
            "Wait for less, and ask again.",
        ));
    }
    let status = plugin.wait(publish_id, wait_seconds).await?;
    Ok(status.into())
}

impl From<PublishStatus> for Status {
    fn from(status: PublishStatus) -> Self {
        let mut this = Self {
            state: State::Unknown,
            decided: true,
            article_id: None,
            urls: Vec::new(),
            refused_articles: Vec::new(),
        };
        this.state = match status {
            PublishStatus::Published(publication) => {
                this.article_id = Some(publication.article_id);
                this.urls = publication.urls;
                State::Published
            }
            PublishStatus::Publishing => {
                this.decided = false;
                State::Publishing
            }
            PublishStatus::OriginalDeclarationFailed(articles) => {
                this.refused_articles = articles;
                State::OriginalDeclarationFailed
            }
            PublishStatus::Failed => State::Failed,
            PublishStatus::ReviewRefused(articles) => {
                this.refused_articles = articles;
                State::ReviewRefused
            }
            PublishStatus::DeletedByUser => State::DeletedByUser,
            PublishStatus::BannedBySystem => State::BannedBySystem,
            PublishStatus::Unknown(_) => {
                this.decided = false;
                State::Unknown
            }
        };
        this
    }
}

/// Lists publications, `count` (1 to 20) from `offset`. Safe to repeat.
///
/// # Errors
/// As `publish.list` of the plugin.
pub async fn list(plugin: &mut impl Plugin, offset: u32, count: u32) -> Result<PublicationPage> {
    let page = plugin.list_publications(offset, count).await?;
    let publications = page.items.into_iter().map(|item| PublicationLine {
        article_id: item.article_id,
        update_time: item.publication.update_time,
        articles: item
            .publication
            .articles
            .into_iter()
            .map(|article| PublishedArticle {
                title: article.title,
                url: article.url,
                is_deleted: article.is_deleted,
            })
            .collect(),
    });
    Ok(PublicationPage {
        total: page.total_count,
        publications: publications.collect(),
    })
}
