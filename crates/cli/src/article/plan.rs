//! All that can be known of a draft before anything is sent. A dry run prints it, and every other run carries it out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use wechat_official_account_host::Session;
use wechat_official_account_host::types::{File, News};

use super::addresses;
use super::cache::Cache;
use super::cover::{self, Cover, Named};
use super::fields;
use super::fitter::Fitter;
use super::loaded::{LoadedArticle, Located};
use super::pictures::Picture;
use super::rendered::Look;
use super::source::{Kind, Source};
use crate::args::{DeliveryOptions, NewsOptions};
use crate::context::Context;
use crate::error::{self, Result};
use crate::texts::Texts;
use crate::{findings, progress};

/// What the user wants of an article.
pub struct DraftRequest {
    /// The article's file.
    pub path: PathBuf,
    /// The language that it is written in.
    pub kind: Kind,
    /// The fields besides the HTML.
    pub news: NewsOptions,
    /// The look of Markdown.
    pub look: Look,
    /// What becomes of the draft.
    pub delivery: DeliveryOptions,
    /// Whether the draft is fetched after it was made.
    pub reads_back: bool,
}

/// The plan of a draft.
pub struct Plan {
    /// The article.
    pub article: LoadedArticle,
    /// The fields of the article, without its content and its cover.
    pub news: News,
    /// The cover.
    pub cover: Cover,
    /// The media-id of the cover's file in the cache.
    pub cached_cover: Option<String>,
    /// The addresses in the cache, by the indices of the pictures.
    pub cached: BTreeMap<usize, String>,
    /// What is wrong with the article, or will not arrive.
    pub findings: Vec<Located>,
    /// Whether the draft is made without the pictures that WeChat would drop.
    pub allow_missing_pictures: bool,
}

impl Plan {
    /// Reads and decides everything that needs no answer of WeChat's.
    pub async fn new(
        context: &Context,
        session: &mut Session,
        source: Source,
        request: &DraftRequest,
        cache: Option<&Cache>,
    ) -> Result<Self> {
        let texts = context.texts;
        let mut fitter = Fitter::new(context.language, texts);
        let loading = LoadedArticle::load(session, source, &request.look, &mut fitter, texts);
        let message = texts.reading.with([&request.path.display()]);
        let article = progress::spin(context.output, message, loading).await?;
        let options = &request.news;
        let news = fields::merge(options, &article.rendered.front_matter, &article.source, texts)?;
        let named = Named {
            file: options.cover.as_deref(),
            id: options.cover_id.as_deref(),
        };
        let cover = cover::choose(&article, &named, &mut fitter, texts).map_err(|failure| match named.file {
            Some(_) => failure,
            None => failure.of(&article.source.name()),
        })?;
        let thumb_media_id = match &cover {
            Cover::Stored(id) => id.clone(),
            _ => cover::NONE_YET.to_owned(),
        };
        let found = article
            .check(
                session,
                News {
                    thumb_media_id,
                    ..news.clone()
                },
                None,
            )
            .await?;
        let cached = match cache {
            Some(cache) => known_addresses(session, &article, cache).await?,
            None => BTreeMap::new(),
        };
        Ok(Self {
            cached,
            cached_cover: match &cover {
                Cover::Picture(file) => cache.and_then(|cache| cache.media_id(&file.file.bytes)),
                _ => None,
            },
            article,
            news,
            cover,
            findings: found,
            allow_missing_pictures: options.allow_missing_pictures,
        })
    }

    /// Returns the files that the draft is made of, which no output may replace.
    pub fn sources(&self) -> Vec<PathBuf> {
        let mut sources = vec![self.article.source.path.clone()];
        let cover = match &self.cover {
            Cover::Picture(cover) => Some(cover),
            _ => None,
        };
        let pictures = self.article.pictures.list.iter().chain(cover);
        sources.extend(pictures.filter_map(Picture::path).map(Path::to_owned));
        sources
    }

    /// Fails for the first reason why nothing may be sent.
    pub fn check_sendable(&self, texts: &Texts) -> Result<()> {
        for located in &self.findings {
            if findings::is_error(&located.finding) {
                let place = self.article.source.place(located.line);
                return Err(error::invalid(&located.finding.message).of(&place));
            }
        }
        let left = &self.article.pictures.not_read;
        if let Some(first) = left.first().filter(|_| !self.allow_missing_pictures) {
            let message = texts
                .missing_pictures
                .with([&left.len(), &first.reference, &first.reason]);
            return Err(error::usage(message).of(&self.article.source.place(first.line)));
        }
        match self.cover {
            Cover::None => Err(error::usage(texts.no_cover.as_str())),
            _ => Ok(()),
        }
    }

    /// Returns the HTML with the addresses of the cache. All other pictures are still to be uploaded; those that stand
    /// in it have names, as those in files.
    pub fn html(&self) -> String {
        html_with(&self.article, &self.cached)
    }

    /// Returns the pictures that are to be uploaded.
    pub fn uploads(&self) -> Vec<File> {
        let pictures = self.article.pictures.list.iter().enumerate();
        let new = pictures.filter(|(index, _)| !self.cached.contains_key(index));
        new.map(|(_, picture)| picture.file.clone()).collect()
    }
}

/// Returns the article's HTML with these addresses, by the indices of pictures, and with names for data.
fn html_with(article: &LoadedArticle, cached: &BTreeMap<usize, String>) -> String {
    let pictures = &article.pictures;
    addresses::replace(&article.rendered.html, |known| {
        let cached = pictures.at(known).and_then(|(index, _)| cached.get(&index));
        let new = cached.map(String::as_str).or_else(|| pictures.name_of(known));
        new.map(str::to_owned)
    })
}

/// Returns the addresses of those pictures that the cache can spare an upload, by their indices.
async fn known_addresses(
    session: &mut Session,
    article: &LoadedArticle,
    cache: &Cache,
) -> Result<BTreeMap<usize, String>> {
    let pictures = &article.pictures;
    // In a page with a base, no address leads to a picture.
    let known = pictures.by_address.keys().filter_map(|address| {
        let (index, picture) = pictures.at(address)?;
        Some((index, cache.address(&picture.file.bytes)?))
    });
    let mut known: BTreeMap<usize, String> = known.collect();
    // Where several addresses stand, those of the cache would not stand where the component writes them.
    for address in addresses::not_alone(&article.rendered.html) {
        if let Some((index, _)) = pictures.at(&address) {
            known.remove(&index);
        }
    }
    // Of a picture with several addresses only the component knows which it takes: one on WeChat's host would win.
    for reference in session.references(&html_with(article, &BTreeMap::new())).await? {
        let addresses = std::iter::once(&reference.source).chain(&reference.alternatives);
        let indices: BTreeSet<Option<usize>> = addresses
            .map(|address| pictures.at(address.trim_ascii()).map(|(index, _)| index))
            .collect();
        if indices.len() > 1 || reference.optional {
            indices.iter().flatten().for_each(|index| drop(known.remove(index)));
        }
    }
    // Where one stands in another way, as in `srcset`, the component still looks for the file.
    for reference in session.references(&html_with(article, &known)).await? {
        for address in std::iter::once(&reference.source).chain(&reference.alternatives) {
            if let Some((index, _)) = pictures.at(address.trim_ascii()) {
                known.remove(&index);
            }
        }
    }
    Ok(known)
}
