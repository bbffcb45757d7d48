//! The HTML of an article, from Markdown or as it was written.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use wechat_official_account_article as article;
use wechat_official_account_article::types::{self, FrontMatter, Options, PictureSize, Theme};
use wechat_official_account_language::Language;

use super::addresses;
use super::lines::{Block, Lines};
use super::source::{Kind, Source, placed};
use crate::error::{self, Result};
use crate::input;

/// Choices about the look of Markdown.
#[derive(Clone)]
pub struct Look {
    /// The theme, with precedence over the front matter's.
    pub theme: Option<ChosenTheme>,
    /// HTML inside the Markdown.
    pub raw_html: Option<types::RawHtml>,
    /// The title that an option gives, so that a heading with another text stays in the article.
    pub title: Option<String>,
    /// The language of messages.
    pub language: Language,
}

/// A theme that an option chooses.
#[derive(Clone)]
pub struct ChosenTheme {
    /// The option's value: the name of the theme or of its file.
    pub name: String,
    /// The theme.
    pub theme: Theme,
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

impl Rendered {
    /// Returns the notes as JSON, with their lines.
    pub fn notes_as_json(&self) -> Value {
        let notes = self.notes.iter();
        notes
            .map(|note| json!({ "line": note.line, "message": note.message }))
            .collect()
    }
}

/// Reads a theme: the name of one that is built in, or a file in TOML.
pub fn theme(name: &str) -> Result<ChosenTheme> {
    let path = Path::new(name);
    let is_file = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    Ok(ChosenTheme {
        name: name.to_owned(),
        theme: match is_file {
            true => Theme::Custom(input::read_text(path)?),
            false => Theme::Named(name.to_owned()),
        },
    })
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
        theme: look.theme.as_ref().map(|chosen| chosen.theme.clone()),
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
        let place = match &look.theme {
            Some(ChosenTheme {
                name,
                theme: Theme::Custom(_),
            }) if error.kind == types::ErrorKind::Theme => placed(name, error.line),
            _ => source.place(error.line),
        };
        error::unusable(error.message, error.advice).of(&place)
    })?;
    let blocks = rendered.blocks.iter().filter_map(|block| {
        Some(Block {
            line: block.line,
            start: usize::try_from(block.start).ok()?,
        })
    });
    let blocks: Vec<Block> = blocks.collect();
    let mut picture_lines = BTreeMap::new();
    for picture in &rendered.pictures {
        let address = picture.source.trim_ascii().to_owned();
        picture_lines.entry(address).or_insert(picture.line);
    }
    Ok(Rendered {
        picture_lines,
        lines: Lines::new(source, &rendered.html, &blocks),
        html: rendered.html,
        front_matter: rendered.front_matter,
        notes: rendered.findings,
    })
}
