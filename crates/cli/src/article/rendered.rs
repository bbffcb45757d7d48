//! The HTML of an article, from Markdown or as it was written.

use std::collections::BTreeMap;
use std::path::Path;

use wechat_official_account_article as article;
use wechat_official_account_article::types::{self, FrontMatter, Options, PictureSize, Theme};
use wechat_official_account_language::Language;

use super::addresses;
use super::lines::{Block, Lines};
use super::source::{Kind, Source};
use crate::error::{self, Result};
use crate::input;

/// Choices about the look of Markdown.
#[derive(Clone)]
pub struct Look {
    /// The theme, with precedence over the front matter's.
    pub theme: Option<Theme>,
    /// HTML inside the Markdown.
    pub raw_html: Option<types::RawHtml>,
    /// The title that an option gives, so that a heading with another text stays in the article.
    pub title: Option<String>,
    /// The language of messages.
    pub language: Language,
}

/// A rendered article. The addresses of pictures are still those of the source.
pub struct Rendered {
    pub html: String,
    pub front_matter: FrontMatter,
    /// What can't arrive as it was meant.
    pub notes: Vec<types::Finding>,
    pub lines: Lines,
    /// The lines of pictures by their addresses: the first one of several.
    pub picture_lines: BTreeMap<String, u32>,
}

/// Reads a theme: the name of one that is built in, or a file in TOML.
pub fn theme(name: &str) -> Result<Theme> {
    let path = Path::new(name);
    match path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
    {
        true => input::read_text(path).map(Theme::Custom),
        false => Ok(Theme::Named(name.to_owned())),
    }
}

/// Renders an article with the sizes of pictures that are known. HTML stays as it is.
pub fn render(source: &Source, look: &Look, picture_sizes: Vec<PictureSize>) -> Result<Rendered> {
    if source.kind == Kind::Html {
        return Ok(Rendered {
            html: source.text.clone(),
            front_matter: FrontMatter::default(),
            notes: Vec::new(),
            lines: Lines::new(source, &source.text, &[]),
            picture_lines: addresses::lines(&source.text),
        });
    }
    let options = Options {
        theme: look.theme.clone(),
        raw_html: look.raw_html,
        space_between_scripts: false,
        picture_sizes,
        language: Some(match look.language {
            Language::English => types::Language::En,
            Language::Chinese => types::Language::Zh,
        }),
        text_language: None,
        title: look.title.clone(),
    };
    let rendered = article::render(&source.text, &options).map_err(|error| {
        // The line of a theme is in the message.
        let line = error.line.filter(|_| error.kind != types::ErrorKind::Theme);
        error::unusable(error.message, error.advice).of(&source.place(line))
    })?;
    let blocks = rendered.blocks.iter().filter_map(|block| {
        Some(Block {
            line: block.line,
            start: usize::try_from(block.start).ok()?,
        })
    });
    let blocks: Vec<Block> = blocks.collect();
    // Each picture is in the list once.
    let pictures = rendered.pictures.iter();
    let picture_lines = pictures.map(|picture| (picture.source.trim_ascii().to_owned(), picture.line));
    Ok(Rendered {
        picture_lines: picture_lines.collect(),
        lines: Lines::new(source, &rendered.html, &blocks),
        html: rendered.html,
        front_matter: rendered.front_matter,
        notes: rendered.findings,
    })
}
