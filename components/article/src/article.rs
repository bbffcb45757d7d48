//! A whole article.

use std::borrow::Cow;

use crate::bindings::types::{ErrorKind, Language, Options, RawHtml, Rendered, Theme};
use crate::failure::{Result, error};
use crate::findings::{Findings, excerpt};
use crate::front_matter::{self, Parts};
use crate::html::Html;
use crate::pictures::Pictures;
use crate::references::References;
use crate::source::{Lines, normalize};
use crate::spacing::{Spacing, is_chinese};
use crate::walk::walk;
use crate::writer::{ArticleWriter, Inline};
use crate::{dialect, texts, theme};

/// The longest Markdown, in bytes. The text of an article has at most 1 MiB of HTML; the rest may be pictures in
/// `data:` addresses, of which the largest has 10 MB.
const LONGEST: usize = 16 * 1024 * 1024;

/// The longest Markdown without `data:` addresses, in bytes. It is 20 times what readers see of a long article, and the
/// parser needs half of the memory of an instance (128 MiB) for the worst of it.
pub const LONGEST_TEXT: usize = 500_000;

/// Renders an article. See `render` in the contract.
///
/// # Errors
///
/// If the Markdown, the front matter or the theme can't be used, or the article would be too large.
pub fn render(markdown: &str, options: &Options) -> Result<Rendered> {
    let texts = texts::of(options.language.unwrap_or(Language::En));
    if markdown.len() > LONGEST {
        let text = &texts.errors.markdown_too_long;
        return Err(error(ErrorKind::Markdown, 0, text, [&markdown.len(), &LONGEST]));
    }
    let length = text_length(markdown);
    if length > LONGEST_TEXT {
        let text = &texts.errors.markdown_too_long;
        return Err(error(ErrorKind::Markdown, 0, text, [&length, &LONGEST_TEXT]));
    }
    let markdown = normalize(markdown);
    let mut findings = Findings::new(texts);
    let parts = Parts::of(&markdown, texts)?;
    let mut front_matter = front_matter::read(&parts, texts, &mut findings)?;
    if options.theme.is_none()
        && let Some(name) = front_matter
            .theme
            .take_if(|name| theme::names().all(|known| known != name))
    {
        let known = theme::names().collect::<Vec<_>>().join(", ");
        findings.add(front_matter::line_of(&parts, "theme"), |texts| {
            texts.theme_unknown.with([&excerpt(&name), &known])
        });
    }
    let own_theme = front_matter.theme.clone().map(Theme::Named);
    let theme = theme::load(options.theme.as_ref().or(own_theme.as_ref()), texts)?;
    let before = markdown.strip_suffix(parts.body).unwrap_or_default();
    let raw_html = options.raw_html.unwrap_or(RawHtml::Sanitise);
    let with_ends = match raw_html {
        RawHtml::Keep => Cow::Borrowed(parts.body),
        RawHtml::Refuse | RawHtml::Sanitise => {
            dialect::without_endless(parts.body, before, raw_html == RawHtml::Refuse, &mut findings)
        }
    };
    let body = dialect::with_alerts(&with_ends, before, &mut findings);
    let translated = dialect::translate(&body, &Lines::after(before, &body), &mut findings);
    let lines = Lines::after(before, &translated.markdown);
    let mut writer = ArticleWriter {
        theme: &theme,
        texts,
        written: &texts::of(options.text_language.unwrap_or_else(|| language_of(&markdown))).written,
        raw_html,
        html: Html::default(),
        findings,
        pictures: Pictures::new(&options.picture_sizes),
        references: References::default(),
        spacing: Spacing::new(options.space_between_scripts),
        inline: Inline::default(),
        containers: Vec::new(),
        open_elements: Vec::new(),
        open_links: Vec::new(),
        skipping: None,
        line: 1,
    };
    let given = options
        .title
        .as_deref()
        .map(str::trim)
        .filter(|title| !title.is_empty());
    let title = given.or(front_matter.title.as_deref());
    let walked = walk(&mut writer, &lines, &translated, title)?;
    front_matter.title = front_matter.title.or(walked.title);
    if writer.html.has_left_out {
        writer
            .findings
            .add(1, |texts| texts.control_characters.as_str().to_owned());
    }
    Ok(Rendered {
        html: writer.html.finish(),
        front_matter,
        pictures: writer.pictures.finish(),
        findings: writer.findings.finish(),
        blocks: walked.blocks,
    })
}

/// Returns the language of an article: one Chinese character is enough, as Chinese text often has more Latin words.
fn language_of(markdown: &str) -> Language {
    match markdown.contains(is_chinese) {
        true => Language::Zh,
        false => Language::En,
    }
}

/// Returns the bytes of Markdown without what follows `data:` in an address.
fn text_length(markdown: &str) -> usize {
    let is_of_data = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=;,-.%".contains(byte);
    let mut length = markdown.len();
    let mut rest = markdown.as_bytes();
    while let Some(colon) = rest.iter().position(|byte| *byte == b':') {
        let (before, after) = rest.split_at(colon);
        rest = after.get(1..).unwrap_or_default();
        let scheme = before.last_chunk::<4>();
        if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"data")) {
            length -= rest.iter().take_while(|byte| is_of_data(byte)).count();
        }
    }
    length
}

/// Returns the names of the themes that are built in, the default first.
#[must_use]
pub fn themes() -> Vec<String> {
    theme::names().map(str::to_owned).collect()
}
