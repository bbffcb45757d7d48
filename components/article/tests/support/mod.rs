//! What the tests share.
#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests may panic")]

use std::fs;
use std::path::Path;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use wechat_official_account::bindings::types::{self as guest, News};
use wechat_official_account::check;
use wechat_official_account::texts::EN;
use wechat_official_account_article::render;
use wechat_official_account_article::types::{Options, PictureSize, Rendered};

/// An article of the corpus.
pub struct Article {
    /// The name of its file.
    pub name: String,
    /// Its text.
    pub markdown: String,
}

/// Returns the corpus in the order of its names.
pub fn corpus() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut articles: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| Article {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            markdown: fs::read_to_string(&path).unwrap(),
        })
        .collect();
    articles.sort_by(|one, other| one.name.cmp(&other.name));
    articles
}

/// Returns options without a choice.
pub fn defaults() -> Options {
    Options {
        theme: None,
        raw_html: None,
        space_between_scripts: false,
        picture_sizes: Vec::new(),
        language: None,
        text_language: None,
        title: None,
    }
}

/// Returns options with the sizes of all pictures of an article.
pub fn options(markdown: &str) -> Options {
    let pictures = render(markdown, &defaults())
        .map(|rendered| rendered.pictures)
        .unwrap_or_default();
    let sizes = pictures.into_iter().map(|picture| PictureSize {
        source: picture.source,
        width: 1080,
        height: 720,
    });
    Options {
        picture_sizes: sizes.collect(),
        ..defaults()
    }
}

/// Returns the findings of `draft.check` about an article, after its pictures are uploaded.
pub fn findings(rendered: &Rendered) -> Vec<String> {
    let mut content = rendered.html.clone();
    for (index, picture) in rendered.pictures.iter().enumerate() {
        let source = picture
            .source
            .replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let uploaded = format!("src=\"https://mmbiz.qpic.cn/mmbiz_png/{index}/0\"");
        content = content.replace(&format!("src=\"{source}\""), &uploaded);
    }
    let front_matter = &rendered.front_matter;
    let news = News {
        title: front_matter.title.clone().unwrap_or_else(|| "标题".to_owned()),
        author: front_matter.author.clone(),
        digest: front_matter.digest.clone(),
        content,
        content_source_url: front_matter.source_url.clone(),
        thumb_media_id: "MEDIA_ID".to_owned(),
        cover_crops: Vec::new(),
        comments: guest::Comments::Closed,
        product_key: None,
    };
    let findings = check::findings(&[guest::Article::News(news)], &EN);
    let brief = findings.into_iter().map(|finding| {
        format!(
            "{:?} {} {}",
            finding.severity,
            finding.message,
            finding.element.unwrap_or_default()
        )
    });
    brief.collect()
}

/// Elements without an end tag.
const VOID: [&str; 3] = ["br", "img", "hr"];

/// Checks that every tag is closed in its order, and that no paragraph has a block in it.
pub fn check_form(html: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name.0).into_owned();
                let is_block = matches!(&*name, "p" | "section" | "table" | "ul" | "ol" | "pre");
                let parent = open.last().map_or("", |parent| parent);
                let fits = match &*name {
                    "li" => matches!(parent, "ul" | "ol"),
                    "thead" | "tbody" | "tfoot" => parent == "table",
                    "tr" => matches!(parent, "thead" | "tbody" | "tfoot" | "table"),
                    "td" | "th" => parent == "tr",
                    _ => !matches!(parent, "ul" | "ol" | "table" | "thead" | "tbody" | "tr"),
                };
                if !fits || (is_block && open.iter().any(|name| name == "p" || name == "span")) {
                    return Err(format!("<{name}> in {open:?}"));
                }
                if !VOID.contains(&&*name) && !tag.self_closing {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name.0).into_owned();
                if open.pop().as_ref() != Some(&name) {
                    return Err(format!("</{name}> after {open:?}"));
                }
            }
            _ => {}
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("{open:?} at the end"))
    }
}

/// Returns the visible text of HTML without white space.
pub fn visible(html: &str) -> String {
    let text = wechat_official_account::html::text(html);
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// Returns HTML without styles, and without the empty paragraphs at its edges.
pub fn without_styles(html: &str) -> String {
    let mut parts = html.split(" style=\"");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    plain.extend(parts.map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)));
    let inner = plain
        .strip_prefix("<p><br></p>")
        .and_then(|plain| plain.strip_suffix("<p><br></p>"));
    inner.expect("empty paragraphs at both edges").to_owned()
}
