//! An article with its HTML and its pictures, before it has a place to go.

use serde_json::{Value, json};
use wechat_official_account_article::types::PictureSize;
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Article, Finding, Language, News, Severity};

use super::addresses;
use super::fitter::Fitter;
use super::pictures::{Picture, Pictures};
use super::rendered::{self, Look, Rendered};
use super::source::Source;
use crate::attachments;
use crate::data_uris::{self, is_data};
use crate::error::{self, Result};
use crate::format::json;
use crate::texts::Texts;

/// An address of the length that WeChat's own have. It stands for a picture that is not uploaded yet, so that the
/// article is checked as it will be.
const FUTURE_ADDRESS: &str = "https://mmbiz.qpic.cn/mmbiz_png/placeholder-of-the-length-that-addresses-of-pictures-have-\
                           0123456789-0123456789-0123456789-0123456789/0?wx_fmt=png";

/// An address of the same length for a picture that is missing.
const MISSING: &str = "https://mmbiz.qpic.cn/mmbiz_png/placeholder-of-a-picture-that-is-missing-and-not-uploaded-\
                       0123456789-0123456789-0123456789-0123456789/0?wx_fmt=png";

/// A loaded article.
pub struct LoadedArticle {
    /// The file.
    pub source: Source,
    /// Its HTML.
    pub rendered: Rendered,
    /// Its pictures.
    pub pictures: Pictures,
}

/// A finding with its line in the source.
#[derive(Clone)]
pub struct Located {
    /// The finding.
    pub finding: Finding,
    /// The line, if it is known.
    pub line: Option<u32>,
}

impl LoadedArticle {
    /// Renders an article, and reads its pictures. Asks nobody.
    pub async fn load(
        session: &mut Session,
        source: Source,
        look: &Look,
        fitter: &mut Fitter,
        texts: &Texts,
    ) -> Result<Self> {
        let first = rendered::render(&source, look, Vec::new())?;
        let room = attachments::room_beside(&first.html)
            .ok_or_else(|| error::usage(texts.no_room.with([&source.name(), &first.html.len()])))?;
        let references = session.references(&first.html).await?;
        let pictures = Pictures::read(&source, &first, references, room, fitter);
        // Once more, with the sizes: they keep readers from a page that jumps.
        let sizes = pictures.by_address.keys().filter_map(|address| {
            let (_, picture) = pictures.at(address)?;
            Some(PictureSize {
                source: address.clone(),
                width: picture.width,
                height: picture.height,
            })
        });
        let sizes: Vec<PictureSize> = sizes.collect();
        let rendered = match sizes.is_empty() {
            true => first,
            false => rendered::render(&source, look, sizes)?,
        };
        Ok(Self {
            source,
            rendered,
            pictures,
        })
    }

    /// Returns the HTML with other addresses for the article's pictures, where there is one.
    pub fn html_with(&self, address: impl Fn(usize, &Picture) -> Option<String>) -> String {
        addresses::replace(&self.rendered.html, |known| {
            let (index, picture) = self.pictures.at(known)?;
            address(index, picture)
        })
    }

    /// Checks the article as it will be, with these fields. The messages are in this language, or in the session's.
    /// Asks nobody.
    pub async fn check(&self, session: &mut Session, fields: News, language: Option<Language>) -> Result<Vec<Located>> {
        let html = addresses::replace(&self.rendered.html, |known| {
            if self.pictures.is_missing(known) {
                return Some(MISSING.to_owned());
            }
            let will_be_uploaded = self.pictures.at(known).is_some() || is_data(known);
            will_be_uploaded.then(|| FUTURE_ADDRESS.to_owned())
        });
        // A picture that is missing is told once, and not a second time for its width that is not known.
        let html = html.replace(&format!("\"{MISSING}\""), &format!("\"{MISSING}\" data-w=\"1\""));
        // What is left of data is hidden where only the component finds it.
        let content = data_uris::without(&html).0;
        let news = News {
            content: content.clone(),
            ..fields
        };
        let found = session.check_articles_in(&[Article::News(news)], language).await?;
        let mut located: Vec<Located> = Vec::with_capacity(found.len());
        for finding in found {
            // The rules of the editor have a finding for each place, and all else has one for the first.
            let same = |other: &&Located| {
                finding.rule.is_some() && other.finding.rule == finding.rule && other.finding.element == finding.element
            };
            let repeated = located.iter().filter(same).count();
            let element = finding.element.as_deref();
            let line = element.and_then(|element| self.rendered.lines.of(&content, element, repeated));
            located.push(Located { finding, line });
        }
        located.sort_by_key(|located| (rank(located.finding.severity), located.line));
        Ok(located)
    }
}

impl Located {
    /// Describes a finding in one line, such as `article.md:12: warning: …`.
    pub fn line(&self, article: &LoadedArticle, texts: &Texts) -> String {
        let severity = texts.severity(self.finding.severity).label;
        let place = article.source.place(self.line);
        let line = texts.located.with([&place, &severity, &self.finding.message]);
        match &self.finding.element {
            Some(element) => format!("{line}: {element}"),
            None => line,
        }
    }

    /// Turns findings into JSON, with their lines.
    pub fn list(findings: &[Self]) -> Result<Value> {
        let findings = findings.iter().map(|located| {
            let mut finding = json(&located.finding)?;
            if let Some(fields) = finding.as_object_mut() {
                fields.insert("line".to_owned(), json!(located.line));
            }
            Ok(finding)
        });
        findings.collect()
    }
}

fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Advice => 2,
    }
}
