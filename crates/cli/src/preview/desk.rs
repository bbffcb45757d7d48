//! The article, read anew for each request: what is shown is what is on the disk.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use wechat_official_account_article::types::Theme;
use wechat_official_account_host::Session;

use super::watch::State;
use crate::article::cover::{self, Cover, Named};
use crate::article::fields;
use crate::article::fitter::Fitter;
use crate::article::laid::{Laid, Located};
use crate::article::rendered::{self, Look};
use crate::article::source::{Kind, Source};
use crate::attachments;
use crate::error::Result;
use crate::texts::Texts;

/// The digits of a picture's hash in its address: enough to tell the pictures of one article apart.
const DIGITS: usize = 16;

/// Whatever lays the article.
pub struct Desk {
    pub path: PathBuf,
    pub kind: Kind,
    /// The theme of the command line.
    pub theme: Option<String>,
    pub look: Look,
    pub texts: &'static Texts,
    pub session: Session,
    pub fitter: Fitter,
    /// The files that make the page another one if they change, as they were last seen. The article is always one.
    pub watched: State,
    /// The pictures that the page may show, by their hashes.
    pub pictures: BTreeMap<String, Vec<u8>>,
}

/// An article as it is shown.
pub struct Shown {
    pub laid: Laid,
    /// The HTML with addresses of this server.
    pub html: String,
    pub title: Option<String>,
    pub author: Option<String>,
    pub digest: Option<String>,
    /// The address of the cover, if there is one, or why it can't be used.
    pub cover: Result<Option<String>>,
}

impl Desk {
    /// Lays the article in a theme that is built in, or in its own.
    pub async fn lay(&mut self, theme: Option<&str>) -> Result<Shown> {
        let mut files = vec![self.path.clone()];
        let shown = self.lay_files(theme, &mut files).await;
        self.watched = self.watched.with(&files);
        shown
    }

    /// Does the same, and notes the files that it looks at.
    async fn lay_files(&mut self, theme: Option<&str>, files: &mut Vec<PathBuf>) -> Result<Shown> {
        let mut look = self.look.clone();
        look.theme = match (theme, &self.theme) {
            (Some(name), _) => Some(Theme::Named(name.to_owned())),
            (None, Some(name)) => {
                files.push(PathBuf::from(name));
                Some(rendered::theme(name)?)
            }
            (None, None) => None,
        };
        let source = Source::read(&self.path, self.kind)?;
        self.fitter.begin();
        let laid = Laid::new(&mut self.session, source, &look, &mut self.fitter, self.texts).await?;
        files.extend(pictures(&laid));
        self.pictures.clear();
        let addresses: Vec<String> = laid
            .pictures
            .list
            .iter()
            .map(|picture| self.serve(&picture.file.bytes))
            .collect();
        let html = laid.html_with(|index, _| addresses.get(index).cloned());
        let front = laid.rendered.front_matter.clone();
        files.extend(front.cover.iter().flat_map(|cover| candidates(&laid, cover)));
        let chosen = cover::choose(&laid, &Named::default(), &mut self.fitter, self.texts);
        let cover = chosen.map(|cover| match cover {
            Cover::File(file) => {
                files.push(file.path);
                Some(self.serve(&file.file.bytes))
            }
            Cover::Stored(_) | Cover::FirstData | Cover::None => None,
        });
        Ok(Shown {
            laid,
            html,
            title: front.title,
            author: front.author,
            digest: front.digest,
            cover,
        })
    }

    /// Returns the findings about an article that was laid.
    pub async fn check(&mut self, shown: &Shown) -> Result<Vec<Located>> {
        let news = fields::of_source(self.kind, &shown.laid.rendered.front_matter);
        shown.laid.check(&mut self.session, news).await
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
fn pictures(laid: &Laid) -> Vec<PathBuf> {
    let pictures = &laid.pictures;
    let mut files: Vec<PathBuf> = pictures.list.iter().map(|picture| picture.path.clone()).collect();
    for left in &pictures.not_read {
        files.extend(candidates(laid, &left.reference));
    }
    files
}

/// Returns the files that a reference may mean.
fn candidates(laid: &Laid, reference: &str) -> Vec<PathBuf> {
    let names = attachments::names(reference);
    names
        .iter()
        .map(|name| laid.source.folder().join(name.as_ref()))
        .collect()
}
