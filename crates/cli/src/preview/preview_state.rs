//! The article, read anew for each request: what is shown is what is on the disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use wechat_official_account_article::types::Theme;
use wechat_official_account_host::{Session, types};
use wechat_official_account_language::Language;

use super::watch::FileStates;
use crate::article::cover::{self, Cover, Named};
use crate::article::fields;
use crate::article::fitter::Fitter;
use crate::article::loaded::{LoadedArticle, Located};
use crate::article::rendered::{self, ChosenTheme, Look};
use crate::article::source::{Kind, Source};
use crate::attachments;
use crate::error::Result;
use crate::texts::Texts;

/// The digits of a picture's hash in its address: enough to tell the pictures of one article apart.
const DIGITS: usize = 16;

/// The article of a preview, and what is needed to render it.
pub struct PreviewState {
    /// The article's file.
    pub path: PathBuf,
    /// The language that it is written in.
    pub kind: Kind,
    /// The theme of the command line.
    pub theme: Option<String>,
    /// The look without the theme.
    pub look: Look,
    /// The texts in the language of the command line.
    pub texts: &'static Texts,
    /// The plugin, which reaches nobody.
    pub session: Session,
    /// The pictures that fit already.
    pub fitter: Fitter,
    /// The files that make the page another one if they change, as they were last seen. The article is always one.
    pub watched: FileStates,
    /// The pictures that the page may show, by their hashes.
    pub pictures: BTreeMap<String, Vec<u8>>,
}

/// An article as the page shows it.
pub struct RenderedPreview {
    /// The article.
    pub article: LoadedArticle,
    /// The HTML with addresses of this server.
    pub html: String,
    /// The title.
    pub title: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The digest.
    pub digest: Option<String>,
    /// The address of the cover, if there is one, or why it can't be used.
    pub cover: Result<Option<String>>,
}

impl PreviewState {
    /// Renders the article in a theme that is built in, or in its own.
    pub async fn render(&mut self, theme: Option<&str>) -> Result<RenderedPreview> {
        let mut files = vec![self.path.clone()];
        let preview = self.render_noting(theme, &mut files).await;
        self.watched = self.watched.with(&files);
        preview
    }

    /// Does the same, and notes the files that it looks at.
    async fn render_noting(&mut self, theme: Option<&str>, files: &mut Vec<PathBuf>) -> Result<RenderedPreview> {
        let mut look = self.look.clone();
        look.theme = match (theme, &self.theme) {
            (Some(name), _) => Some(ChosenTheme {
                name: name.to_owned(),
                theme: Theme::Named(name.to_owned()),
            }),
            (None, Some(name)) => {
                files.push(PathBuf::from(name));
                Some(rendered::theme(name)?)
            }
            (None, None) => None,
        };
        let source = Source::read(&self.path, self.kind)?;
        self.fitter.begin();
        let article = LoadedArticle::load(&mut self.session, source, &look, &mut self.fitter, self.texts).await?;
        files.extend(picture_files(&article));
        self.pictures.clear();
        let addresses: Vec<String> = article
            .pictures
            .list
            .iter()
            .map(|picture| self.serve(&picture.file.bytes))
            .collect();
        let html = article.html_with(|index, _| addresses.get(index).cloned());
        let front = article.rendered.front_matter.clone();
        files.extend(front.cover.iter().flat_map(|cover| candidates(&article, cover)));
        let chosen = cover::choose(&article, &Named::default(), &mut self.fitter, self.texts);
        let cover = chosen.map(|cover| match cover {
            Cover::Picture(file) => {
                files.extend(file.path().map(Path::to_owned));
                Some(self.serve(&file.file.bytes))
            }
            Cover::Stored(_) | Cover::FirstData | Cover::None => None,
        });
        Ok(RenderedPreview {
            article,
            html,
            title: front.title,
            author: front.author,
            digest: front.digest,
            cover,
        })
    }

    /// Returns the findings about an article that was rendered, in this language.
    pub async fn check(&mut self, preview: &RenderedPreview, language: Language) -> Result<Vec<Located>> {
        let language = match language {
            Language::English => types::Language::En,
            Language::Chinese => types::Language::Zh,
        };
        let news = fields::of_source(self.kind, &preview.article.rendered.front_matter);
        preview.article.check(&mut self.session, news, Some(language)).await
    }

    /// Lets the page show a picture, and returns its address.
    fn serve(&mut self, bytes: &[u8]) -> String {
        let mut hash = format!("{:x}", Sha256::digest(bytes));
        hash.truncate(DIGITS);
        let address = format!("/picture/{hash}");
        self.pictures.insert(hash, bytes.to_owned());
        address
    }
}

/// Returns the files of the pictures, and those that are missing.
fn picture_files(article: &LoadedArticle) -> Vec<PathBuf> {
    let pictures = &article.pictures;
    let mut files: Vec<PathBuf> = pictures
        .list
        .iter()
        .filter_map(|picture| picture.path().map(Path::to_owned))
        .collect();
    for left in &pictures.not_read {
        files.extend(candidates(article, &left.reference));
    }
    files
}

/// Returns the files that a reference may mean.
fn candidates(article: &LoadedArticle, reference: &str) -> Vec<PathBuf> {
    let names = attachments::names(reference);
    names
        .iter()
        .map(|name| article.source.folder().join(name.as_ref()))
        .collect()
}
