//! Drafts: listed, read, made, replaced and deleted.

use std::collections::BTreeMap;
use std::slice;

use serde::Serialize;

use crate::article::{Article, Comments};
use crate::bindings::types::{self, ArticleGroup, ArticleType, ErrorKind, File, ImageResult, Prepared, StoredArticle};
use crate::error::{Error, Result};
use crate::finding::{self, Finding, Severity};
use crate::{Plugin, digest, text};

/// What a check of an article found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Checked {
    /// True if create-draft would accept the article, as far as this can be known without WeChat and without a look
    /// into its pictures: only create-draft finds one that is too large, broken or of another format.
    pub acceptable: bool,
    /// What is wrong, or will not arrive, the most serious first: at most 25. Empty if nothing was found.
    pub findings: Vec<Finding>,
    /// The number of further findings, which are left out.
    pub findings_left_out: u64,
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
    /// A digest for publish-draft and update-draft. It changes with the kind, title, author, summary, HTML, source
    /// address, cover, pictures or comments of an article. Crops of the cover and product cards are not in it, because
    /// WeChat does not return them.
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
    /// The HTML as rewritten by WeChat. Do not send it back: keep your own. Missing if it was not asked for.
    pub html: Option<String>,
    /// The address of 阅读原文 (read the original).
    pub source_url: String,
    /// The media id of the cover; empty for drafts made on the website.
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
    /// The title of the draft's first article, for publish-draft and delete-draft.
    pub title: String,
    /// The digest of the draft as WeChat stores it, for publish-draft and update-draft. Missing if the draft could not
    /// be read back: a finding has the reason, and get-draft returns the digest.
    pub digest: Option<String>,
    /// The number of pictures in the text of the article.
    pub pictures: u64,
    /// What will look different, and what WeChat changed or dropped, the most serious first: at most 25. Empty if all
    /// has arrived.
    pub findings: Vec<Finding>,
    /// The number of further findings, which are left out.
    pub findings_left_out: u64,
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
    let attachments = attachments(plugin, article).await;
    let mut found = plugin.check(&[article.before_uploads()]).await?;
    if attachments.is_ok() {
        // The plugin does not know that the files will be handed over.
        found.retain(|finding| !finding::is_of_pictures_elsewhere(finding));
    }
    let mut findings = finding::all(found);
    let wrong = match attachments {
        Err(error) => Some(error),
        Ok(files) if files.is_empty() && !article.may_have_cover() => Some(no_cover()),
        Ok(_) => None,
    };
    findings.extend(wrong.map(|error| Finding {
        severity: Severity::Error,
        field: error.subject.unwrap_or_default(),
        message: error.message,
        element: None,
    }));
    Ok(Checked {
        acceptable: !findings.iter().any(|finding| finding.severity == Severity::Error),
        findings_left_out: finding::shorten(&mut findings),
        findings,
    })
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

/// Fetches a draft, and the HTML of its articles if that is wanted. Safe to repeat.
///
/// # Errors
/// As `draft.get` of the plugin.
pub async fn get(plugin: &mut impl Plugin, media_id: &str, with_html: bool) -> Result<Draft> {
    let draft = plugin.get_draft(media_id).await?;
    let articles = draft.articles.iter();
    Ok(Draft {
        media_id: media_id.to_owned(),
        digest: digest::of(&draft),
        update_time: draft.update_time,
        articles: articles.map(|article| DraftArticle::new(article, with_html)).collect(),
    })
}

impl DraftArticle {
    fn new(article: &StoredArticle, with_html: bool) -> Self {
        Self {
            kind: match article.article_type {
                ArticleType::News => "news",
                ArticleType::Pictures => "pictures",
                ArticleType::Unknown => "unknown",
            },
            title: article.title.clone(),
            author: article.author.clone(),
            summary: article.digest.clone(),
            html: article.content.clone().filter(|_| with_html),
            source_url: article.content_source_url.clone(),
            cover_media_id: article.thumb_media_id.clone(),
            comments: article.comments.into(),
            preview_url: article.url.clone(),
        }
    }
}

/// Makes a draft of one article: checks it, uploads its pictures, adds the draft and reads it back. Not safe to repeat:
/// a second call makes a second draft.
///
/// # Errors
/// If the article is refused, a picture would be missing in it, or it has no cover: then no draft was made, but large
/// pictures that were uploaded before stay stored. If the answer to the last step or to the upload of a picture was
/// lost, `may_have_happened` is true.
pub async fn create(plugin: &mut impl Plugin, article: &Article) -> Result<Written> {
    let ready = make_ready(plugin, article, None).await?;
    let media_id = plugin.add_draft(slice::from_ref(&ready.news)).await?;
    let title = article.title.clone();
    Ok(read_back(plugin, media_id, 0, title, ready).await)
}

/// Replaces the article at `index`, counted from 0, as a whole, and reads it back. Without a cover of its own the
/// article gets its first uploaded picture, or else keeps the stored cover. If `digest` is given, the draft must still
/// have it. Safe to repeat, though it uploads its pictures again.
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
    let replaced = article_at(&stored, index).ok_or_else(|| {
        let count = stored.articles.len();
        let message = format!("The draft has no article {index}: it has {count}, counted from 0. Nothing was done.");
        let advice = "Give the index of one of its articles. None can be added to a draft: make another one.";
        Error::invalid_input("index", message, advice)
    })?;
    if replaced.article_type == ArticleType::Pictures {
        let message = format!("Article {index} is a picture message, and this tool replaces articles of text alone.");
        return Err(Error::invalid_input(
            "index",
            message,
            "Change it on mp.weixin.qq.com. Nothing was done.",
        ));
    }
    let ready = make_ready(plugin, article, Some(&replaced.thumb_media_id)).await?;
    plugin.update_draft(media_id, index, &ready.news).await?;
    let title = match index {
        0 => article.title.clone(),
        _ => first_title(&stored).to_owned(),
    };
    Ok(read_back(plugin, media_id.to_owned(), index, title, ready).await)
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
        title: first_title(&draft).to_owned(),
    })
}

/// Fails if the draft's first title is another one. Blanks around it don't count.
pub(crate) fn refuse_other_title(draft: &ArticleGroup, subject: &str, expected: &str) -> Result<()> {
    let title = first_title(draft);
    if !draft.articles.is_empty() && title.trim() == expected.trim() {
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
    let message = "The draft was changed since the digest was taken, or the digest is of another draft. Nothing was \
                   done.";
    let advice = "Read the draft with get-draft, review it, and use the digest that it returns.";
    Err(Error::invalid_input("digest", message, advice))
}

pub(crate) fn first_title(draft: &ArticleGroup) -> &str {
    draft.articles.first().map_or("", |article| &article.title)
}

fn article_at(draft: &ArticleGroup, index: u32) -> Option<&StoredArticle> {
    draft.articles.get(usize::try_from(index).ok()?)
}

/// An article that is ready to be written, with all its pictures on WeChat's hosts.
struct Ready {
    news: types::Article,
    pictures: u64,
    findings: Vec<Finding>,
}

/// Checks an article and uploads its pictures. If neither the article nor an upload gives a cover, it is
/// `stored_cover`.
async fn make_ready(plugin: &mut impl Plugin, article: &Article, stored_cover: Option<&str>) -> Result<Ready> {
    refuse_errors(plugin.check(&[article.before_uploads()]).await?)?;
    let attachments = attachments(plugin, article).await?;
    let with_cover = article.cover_media_id.is_none();
    let prepared = plugin.prepare(&article.html, &attachments, with_cover).await?;
    refuse_lost_pictures(&prepared)?;
    let uploaded = prepared
        .cover
        .transpose()
        .map_err(|error| nothing_written("The cover", error))?;
    let own = article.cover_media_id.clone().or(uploaded);
    let stored = stored_cover.filter(|cover| !cover.is_empty()).map(str::to_owned);
    let news = article.to_news(&prepared.html, &own.or(stored).ok_or_else(no_cover)?);
    let mut findings = refuse_errors(plugin.check(slice::from_ref(&news)).await?)?;
    // Only the preparation saw the parts outside the body of a whole document.
    findings.retain(|finding| finding.field != "html");
    findings.extend(finding::all(prepared.findings));
    Ok(Ready {
        news,
        pictures: prepared.images.len() as u64,
        findings,
    })
}

/// Fails if an article has an error, and returns its other findings.
fn refuse_errors(findings: Vec<types::Finding>) -> Result<Vec<Finding>> {
    let findings = finding::all(findings);
    let Some(error) = findings.iter().find(|finding| finding.severity == Severity::Error) else {
        return Ok(findings);
    };
    let message = format!(
        "The article is refused: {}. No draft was written.",
        error.message.trim_end_matches('.')
    );
    let advice = "Correct it and call again. check-article lists all findings.";
    Err(Error::invalid_input(&error.field, message, advice))
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
    match missing.first() {
        None => Ok(files.into_values().collect()),
        Some(first) => Err(pictures_elsewhere(missing.len(), first)),
    }
}

/// The pictures are addresses elsewhere, which WeChat drops and the plugin does not fetch.
fn pictures_elsewhere(count: usize, first: &str) -> Error {
    let message = format!(
        "WeChat would drop pictures of the article, because they are neither on its hosts nor handed over: {count}; the \
         first is {}. No draft was written.",
        text::shortened(first)
    );
    let advice = "Put each picture into the HTML as a data: URI (data:image/png;base64,…), or upload it with \
                  upload-image and use the address that it returns.";
    Error::invalid_input("html", message, advice)
}

/// Fails if a picture would not arrive.
fn refuse_lost_pictures(prepared: &Prepared) -> Result<()> {
    for image in &prepared.images {
        match &image.outcome {
            ImageResult::Uploaded(_) | ImageResult::Kept | ImageResult::Unsure => {}
            ImageResult::Elsewhere => return Err(pictures_elsewhere(1, &image.source)),
            ImageResult::Failed(error) => {
                return Err(nothing_written(&format!("The picture {}", image.source), error.clone()));
            }
        }
    }
    Ok(())
}

/// The upload of this picture failed, or its answer was lost. Either way the draft was left alone.
fn nothing_written(picture: &str, error: types::Error) -> Error {
    let error = Error::from(error);
    let outcome = match error.may_have_happened {
        true => "may be stored or not",
        false => "was not uploaded",
    };
    let message = format!("{picture} {outcome}, and so no draft was written: {}", error.message);
    Error { message, ..error }
}

fn no_cover() -> Error {
    Error::invalid_input(
        "cover_media_id",
        "The article names no cover, and no picture of it is uploaded that could become one. No draft was written.",
        "Upload an image with upload-image, and give its media id as the cover.",
    )
}

/// Reads a draft back after the article at `index` was written, and adds what WeChat changed or dropped of it. The
/// draft is written, so nothing here is an error. `title` stands in if it can't be read.
async fn read_back(plugin: &mut impl Plugin, media_id: String, index: u32, title: String, ready: Ready) -> Written {
    let mut findings = ready.findings;
    let (title, digest) = match compared(plugin, &media_id, index, &ready.news).await {
        Ok((draft, found)) => {
            findings.extend(finding::all(found));
            (first_title(&draft).to_owned(), Some(digest::of(&draft)))
        }
        Err(error) => {
            findings.push(Finding {
                severity: Severity::Warning,
                field: "html".to_owned(),
                message: format!("The draft is stored, but could not be read back to compare it: {error}"),
                element: None,
            });
            (title, None)
        }
    };
    Written {
        media_id,
        title,
        digest,
        pictures: ready.pictures,
        findings_left_out: finding::shorten(&mut findings),
        findings,
    }
}

/// Fetches a draft, and compares its article at `index` with what was sent.
async fn compared(
    plugin: &mut impl Plugin,
    media_id: &str,
    index: u32,
    sent: &types::Article,
) -> Result<(ArticleGroup, Vec<types::Finding>)> {
    let draft = plugin.get_draft(media_id).await?;
    let Some(stored) = article_at(&draft, index) else {
        let message = "The stored draft lacks the article.";
        return Err(Error::new(
            ErrorKind::MalformedReply,
            message,
            "Look at it with get-draft.",
        ));
    };
    let found = plugin.compare(sent, stored).await?;
    Ok((draft, found))
}
