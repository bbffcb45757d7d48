//! Drafts: listed, read, made, replaced and deleted.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::article::{Article, Comments};
use crate::bindings::types::{self, ArticleGroup, ArticleType, ErrorKind, File, ImageResult, Prepared};
use crate::error::{Error, Result};
use crate::finding::{self, Finding, Severity};
use crate::{Plugin, digest};

/// What a check of an article found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Checked {
    /// True if create-draft would accept the article, as far as this can be known without WeChat.
    pub acceptable: bool,
    /// What is wrong, or will not arrive, the most serious first. Empty if nothing was found.
    pub findings: Vec<Finding>,
}

/// One page of the list of drafts.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DraftPage {
    /// The number of all drafts.
    pub total: u64,
    /// This page.
    pub drafts: Vec<DraftLine>,
}

/// A draft in a list.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DraftLine {
    /// The id of the draft.
    pub media_id: String,
    /// The title of each of its articles, in order.
    pub titles: Vec<String>,
    /// The time of its last change, in Unix seconds, if WeChat returns it.
    pub update_time: Option<u64>,
}

/// A draft with its articles.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Draft {
    /// The id of the draft.
    pub media_id: String,
    /// A digest of all that readers would see, for publish-draft and update-draft. It changes with every change of the
    /// draft.
    pub digest: String,
    /// Its articles, in order.
    pub articles: Vec<DraftArticle>,
    /// The time of its last change, in Unix seconds, if WeChat returns it.
    pub update_time: Option<u64>,
}

/// An article of a draft, as WeChat stores it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DraftArticle {
    /// `news` (text and pictures), `pictures` (a picture message) or `unknown`.
    pub kind: &'static str,
    /// The title.
    pub title: String,
    /// The author.
    pub author: String,
    /// The summary.
    pub summary: String,
    /// The HTML as rewritten by WeChat. Do not send it back: keep your own.
    pub html: String,
    /// The address of 阅读原文 (read the original).
    pub source_url: String,
    /// The media_id of the cover; empty for drafts made on the website.
    pub cover_media_id: String,
    /// The readers who may comment.
    pub comments: Comments,
    /// A preview for people, which expires.
    pub preview_url: String,
}

/// A draft that was made or changed, after it was read back.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Written {
    /// The id of the draft.
    pub media_id: String,
    /// The title of the article.
    pub title: String,
    /// The digest of the draft as WeChat stores it, for publish-draft. None if the draft could not be read back (a
    /// finding has the reason): get-draft returns it.
    pub digest: Option<String>,
    /// The number of pictures that are in the article.
    pub pictures: u64,
    /// What will look different, and what WeChat changed or dropped. Empty if all has arrived.
    pub findings: Vec<Finding>,
}

/// A draft that was deleted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Deleted {
    /// The id that the draft had.
    pub media_id: String,
    /// The title that its first article had.
    pub title: String,
}

/// Checks an article, and contacts nobody. Safe to repeat.
///
/// # Errors
/// If the plugin fails.
pub async fn check(plugin: &mut impl Plugin, article: &Article) -> Result<Checked> {
    let mut findings = finding::all(plugin.check(&[article.before_uploads()]).await?);
    if let Err(error) = attachments(plugin, article).await {
        findings.push(Finding {
            severity: Severity::Error,
            field: error.subject.unwrap_or_default(),
            message: error.message,
            element: None,
        });
    }
    findings.sort_by_key(|finding| finding.severity as u8);
    let acceptable = !findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(Checked { acceptable, findings })
}

/// Lists drafts, `count` (1 to 20) from `offset`. Safe to repeat.
///
/// # Errors
/// As `draft.list` of the plugin.
pub async fn list(plugin: &mut impl Plugin, offset: u32, count: u32) -> Result<DraftPage> {
    let page = plugin.list_drafts(offset, count).await?;
    let drafts = page.items.into_iter().map(|item| DraftLine {
        media_id: item.media_id,
        update_time: item.draft.update_time,
        titles: item.draft.articles.into_iter().map(|article| article.title).collect(),
    });
    Ok(DraftPage {
        total: page.total_count,
        drafts: drafts.collect(),
    })
}

/// Fetches a draft. Safe to repeat.
///
/// # Errors
/// As `draft.get` of the plugin.
pub async fn get(plugin: &mut impl Plugin, media_id: &str) -> Result<Draft> {
    let draft = plugin.get_draft(media_id).await?;
    Ok(Draft {
        media_id: media_id.to_owned(),
        digest: digest::of(&draft),
        update_time: draft.update_time,
        articles: draft.articles.into_iter().map(DraftArticle::from).collect(),
    })
}

impl From<types::StoredArticle> for DraftArticle {
    fn from(article: types::StoredArticle) -> Self {
        Self {
            kind: match article.article_type {
                ArticleType::News => "news",
                ArticleType::Pictures => "pictures",
                ArticleType::Unknown => "unknown",
            },
            title: article.title,
            author: article.author,
            summary: article.digest,
            html: article.content.unwrap_or_default(),
            source_url: article.content_source_url,
            cover_media_id: article.thumb_media_id,
            comments: article.comments.into(),
            preview_url: article.url,
        }
    }
}

/// Makes a draft of one article: checks it, uploads its pictures, adds the draft and reads it back. Not safe to repeat:
/// a second call makes a second draft.
///
/// # Errors
/// If the article is refused, a picture would be missing in it, or it has no cover: then no draft was made. If the
/// answer to the last step was lost, `may_have_happened` is true.
pub async fn create(plugin: &mut impl Plugin, article: &Article) -> Result<Written> {
    let Ready {
        article,
        cover,
        pictures,
    } = make_ready(plugin, article).await?;
    let cover = cover.ok_or_else(no_cover)?;
    let news = [article.to_news(&article.html, &cover)];
    let findings = refuse_errors(plugin.check(&news).await?)?;
    let media_id = plugin.add_draft(&news).await?;
    read_back(plugin, media_id, 0, news, pictures, findings).await
}

/// Replaces the article at `index`, counted from 0, as a whole, and reads it back. Without a cover of its own the
/// article keeps the one that is stored. If `digest` is given, the draft must still have it. Safe to repeat.
///
/// # Errors
/// As [`create`]; `invalid-input` with subject `digest` or `index` if the draft has another digest, or no such article.
pub async fn update(
    plugin: &mut impl Plugin,
    media_id: &str,
    index: u32,
    article: &Article,
    expected_digest: Option<&str>,
) -> Result<Written> {
    let stored = plugin.get_draft(media_id).await?;
    if let Some(expected) = expected_digest {
        refuse_changed(&stored, expected)?;
    }
    let replaced = usize::try_from(index).ok().and_then(|index| stored.articles.get(index));
    let replaced = replaced.ok_or_else(|| {
        let message = format!(
            "The draft has no article {index}: it has {}, counted from 0.",
            stored.articles.len()
        );
        Error::invalid_input(
            "index",
            message,
            "Articles can't be added to a draft: make another one.",
        )
    })?;
    let Ready {
        article,
        cover,
        pictures,
    } = make_ready(plugin, article).await?;
    let kept = (!replaced.thumb_media_id.is_empty()).then(|| replaced.thumb_media_id.clone());
    let cover = cover.or(kept).ok_or_else(no_cover)?;
    let news = [article.to_news(&article.html, &cover)];
    let findings = refuse_errors(plugin.check(&news).await?)?;
    let [sent] = &news;
    plugin.update_draft(media_id, index, sent).await?;
    read_back(plugin, media_id.to_owned(), index, news, pictures, findings).await
}

/// Deletes a draft for good, with all its articles, if its first title is this one. Safe to repeat: the second time
/// ends in `not-found`.
///
/// # Errors
/// `invalid-input` with subject `title` if the draft has another title; otherwise as the plugin's operations.
pub async fn delete(plugin: &mut impl Plugin, media_id: &str, title: &str) -> Result<Deleted> {
    let draft = plugin.get_draft(media_id).await?;
    refuse_other_title(&draft, "title", title)?;
    plugin.delete_draft(media_id).await?;
    Ok(Deleted {
        media_id: media_id.to_owned(),
        title: title.to_owned(),
    })
}

/// Fails if the draft's first title is another one.
pub(crate) fn refuse_other_title(draft: &ArticleGroup, subject: &str, expected: &str) -> Result<()> {
    let title = draft.articles.first().map_or("", |article| article.title.as_str());
    if title == expected {
        return Ok(());
    }
    let message = format!("The draft has another title: “{title}”. Nothing was done.");
    let advice = "Read the draft with get-draft, and make sure that it is the one that is meant.";
    Err(Error::invalid_input(subject, message, advice))
}

/// Fails if the draft has another digest.
pub(crate) fn refuse_changed(draft: &ArticleGroup, expected: &str) -> Result<()> {
    if digest::of(draft).eq_ignore_ascii_case(expected.trim()) {
        return Ok(());
    }
    let message = "The draft was changed since the digest was taken. Nothing was done.";
    let advice = "Read the draft with get-draft, review it, and use its digest.";
    Err(Error::invalid_input("digest", message, advice))
}

/// An article whose pictures are all on WeChat's hosts.
struct Ready {
    article: Article,
    cover: Option<String>,
    pictures: u64,
}

/// Checks an article and uploads its pictures.
async fn make_ready(plugin: &mut impl Plugin, article: &Article) -> Result<Ready> {
    refuse_errors(plugin.check(&[article.before_uploads()]).await?)?;
    let attachments = attachments(plugin, article).await?;
    let with_cover = article.cover_media_id.is_none();
    let prepared = plugin.prepare(&article.html, &attachments, with_cover).await?;
    refuse_lost_pictures(&prepared)?;
    let cover = match prepared.cover {
        Some(cover) => Some(cover?),
        None => article.cover_media_id.clone(),
    };
    Ok(Ready {
        pictures: prepared.images.len() as u64,
        article: Article {
            html: prepared.html,
            ..article.clone()
        },
        cover,
    })
}

/// Fails if an article has an error, and returns its other findings.
fn refuse_errors(findings: Vec<types::Finding>) -> Result<Vec<Finding>> {
    let findings = finding::all(findings);
    let Some(error) = findings.iter().find(|finding| finding.severity == Severity::Error) else {
        return Ok(findings);
    };
    let advice = "Correct it and call again. Nothing was stored as a draft; check-article lists all findings.";
    Err(Error::invalid_input(&error.field, error.message.clone(), advice))
}

/// Returns the files that the pictures of an article name. Fails if a picture is nowhere: neither a file, nor data, nor
/// on Tencent's hosts.
async fn attachments(plugin: &mut impl Plugin, article: &Article) -> Result<Vec<File>> {
    let mut files = BTreeMap::new();
    let mut missing = Vec::new();
    for reference in plugin.references(&article.html).await? {
        match plugin.attachment(&reference).await? {
            Some(file) => drop(files.insert(file.name.clone(), file)),
            None if reference.optional => {}
            None => missing.push(reference.source),
        }
    }
    let Some(first) = missing.first() else {
        return Ok(files.into_values().collect());
    };
    let advice = "Put the picture into the HTML as a data: URI (data:image/png;base64,…), or upload it with \
                  upload-image and use the address that it returns. Nothing was sent.";
    let message = describe_missing(missing.len(), first);
    Err(Error::invalid_input("html", message, advice))
}

fn describe_missing(count: usize, first: &str) -> String {
    format!("Pictures that WeChat would drop, because they are not on its hosts: {count}; the first: {first}")
}

/// Fails if a picture would not arrive.
fn refuse_lost_pictures(prepared: &Prepared) -> Result<()> {
    for image in &prepared.images {
        let error = match &image.outcome {
            ImageResult::Uploaded(_) | ImageResult::Kept | ImageResult::Unsure => continue,
            ImageResult::Elsewhere => Error::invalid_input(
                "html",
                describe_missing(1, &image.source),
                "Put the picture into the HTML as a data: URI.",
            ),
            ImageResult::Failed(error) => Error::from(error.clone()),
        };
        let message = format!(
            "The picture {} failed, so no draft was made: {}",
            image.source, error.message
        );
        return Err(Error { message, ..error });
    }
    Ok(())
}

fn no_cover() -> Error {
    Error::invalid_input(
        "cover_media_id",
        "The article has no cover: no picture of it was uploaded that could become one. No draft was made.",
        "Upload an image with upload-image and give its media_id as cover_media_id.",
    )
}

/// Reads a draft back after the article at `index` was written, and adds what WeChat changed or dropped of it.
async fn read_back(
    plugin: &mut impl Plugin,
    media_id: String,
    index: u32,
    [sent]: [types::Article; 1],
    pictures: u64,
    mut findings: Vec<Finding>,
) -> Result<Written> {
    let title = match &sent {
        types::Article::News(news) => news.title.clone(),
        types::Article::Pictures(pictures) => pictures.title.clone(),
    };
    let digest = match differences(plugin, &media_id, index, &sent).await {
        Ok((digest, found)) => {
            findings.extend(finding::all(found));
            Some(digest)
        }
        // The draft was made all the same.
        Err(error) => {
            findings.push(Finding {
                severity: Severity::Warning,
                field: "html".to_owned(),
                message: format!("The draft is stored, but could not be read back to compare it: {error}"),
                element: None,
            });
            None
        }
    };
    Ok(Written {
        media_id,
        title,
        digest,
        pictures,
        findings,
    })
}

async fn differences(
    plugin: &mut impl Plugin,
    media_id: &str,
    index: u32,
    sent: &types::Article,
) -> Result<(String, Vec<types::Finding>)> {
    let draft = plugin.get_draft(media_id).await?;
    let stored = usize::try_from(index).ok().and_then(|index| draft.articles.get(index));
    let stored = stored.ok_or_else(|| {
        let message = "The stored draft lacks the article.";
        Error::new(ErrorKind::MalformedReply, message, "Look at it with get-draft.")
    })?;
    let found = plugin.compare(sent, stored).await?;
    Ok((digest::of(&draft), found))
}
