//! ARTICLE.json: articles in a file, with the names of the WIT in snake_case.

use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use wechat_official_account_host::types::{Article, Comments, Crop, CropRatio, News, Pictures};

use crate::article::source::Kind;
use crate::error::{self, Result};
use crate::output::Output;
use crate::texts::{json_error, messages};
use crate::{article_wire, file, input};

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Written {
    News(WrittenNews),
    Pictures(WrittenPictures),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenNews {
    title: String,
    author: Option<String>,
    digest: Option<String>,
    content: String,
    content_source_url: Option<String>,
    thumb_media_id: String,
    #[serde(default)]
    cover_crops: Vec<WrittenCrop>,
    #[serde(default)]
    comments: WrittenComments,
    product_key: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPictures {
    title: String,
    content: String,
    image_media_ids: Vec<String>,
    #[serde(default)]
    cover_crops: Vec<WrittenCrop>,
    #[serde(default)]
    comments: WrittenComments,
    product_key: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCrop {
    ratio: WrittenRatio,
    x1: f64,
    y1: f64,
    x2: f64,
    y2: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenRatio {
    Wide,
    Square,
    Landscape,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenComments {
    #[default]
    Closed,
    Everyone,
    FansOnly,
}

impl From<Written> for Article {
    fn from(written: Written) -> Self {
        match written {
            Written::News(news) => Self::News(News {
                title: news.title,
                author: news.author,
                digest: news.digest,
                content: news.content,
                content_source_url: news.content_source_url,
                thumb_media_id: news.thumb_media_id,
                cover_crops: news.cover_crops.into_iter().map(Crop::from).collect(),
                comments: news.comments.into(),
                product_key: news.product_key,
            }),
            Written::Pictures(pictures) => Self::Pictures(Pictures {
                title: pictures.title,
                content: pictures.content,
                image_media_ids: pictures.image_media_ids,
                cover_crops: pictures.cover_crops.into_iter().map(Crop::from).collect(),
                comments: pictures.comments.into(),
                product_key: pictures.product_key,
            }),
        }
    }
}

impl From<WrittenCrop> for Crop {
    fn from(crop: WrittenCrop) -> Self {
        let ratio = match crop.ratio {
            WrittenRatio::Wide => CropRatio::Wide,
            WrittenRatio::Square => CropRatio::Square,
            WrittenRatio::Landscape => CropRatio::Landscape,
        };
        let WrittenCrop { x1, y1, x2, y2, .. } = crop;
        Self { ratio, x1, y1, x2, y2 }
    }
}

impl From<WrittenComments> for Comments {
    fn from(comments: WrittenComments) -> Self {
        match comments {
            WrittenComments::Closed => Self::Closed,
            WrittenComments::Everyone => Self::Everyone,
            WrittenComments::FansOnly => Self::FansOnly,
        }
    }
}

/// The articles of a file.
#[derive(Debug, PartialEq)]
pub struct ArticleFile {
    pub articles: Vec<Article>,
    /// The fields of WeChat's own form that its API does not take, or that have no effect, with their articles.
    pub left_out: Vec<String>,
}

impl ArticleFile {
    /// Warns people of what is left out.
    pub fn warn(&self, output: Output) {
        for field in &self.left_out {
            output.warn("warning", &messages().article_file.left_out.with([field]));
        }
    }
}

/// Reads one article or a list of them.
pub fn read(path: &Path) -> Result<ArticleFile> {
    let text = input::read_text(path)?;
    parse(&text).map_err(|message| error::usage(describe(path, &text, &message)))
}

/// Puts the file's name before what is wrong with it. If it is no JSON, and does not have the name of one, the name is
/// what is wrong.
fn describe(path: &Path, text: &str, message: &str) -> String {
    let texts = &messages().article_file;
    let has_other_name = path
        .extension()
        .is_some_and(|extension| !extension.eq_ignore_ascii_case("json"));
    match serde_json::from_str::<IgnoredAny>(file::without_byte_order_mark(text)) {
        Err(_) if Kind::of(path).is_some() => texts.json_expected.with([&path.display()]),
        Err(_) if has_other_name => texts.other_name.with([&path.display()]),
        _ => messages().program.about.with([&path.display(), &message]),
    }
}

/// Reads exactly one article.
pub fn read_one(path: &Path) -> Result<ArticleFile> {
    let file = read(path)?;
    match file.articles.len() {
        1 => Ok(file),
        others => Err(error::usage(
            { messages().article_file.one_expected }.with([&path.display(), &others]),
        )),
    }
}

fn parse(text: &str) -> std::result::Result<ArticleFile, String> {
    let texts = &messages().article_file;
    let value: Value = serde_json::from_str(file::without_byte_order_mark(text))
        .map_err(|error| texts.not_json.with([&json_error(&error)]))?;
    let (list, is_list) = match body(value)? {
        Value::Array(list) => (list, true),
        one => (vec![one], false),
    };
    let mut file = ArticleFile {
        articles: Vec::with_capacity(list.len()),
        left_out: Vec::new(),
    };
    for (index, value) in list.into_iter().enumerate() {
        let place = if is_list {
            texts.article.with([&index])
        } else {
            String::new()
        };
        // WeChat's own articles have an `article_type` at most.
        if value.is_object() && value.get("type").is_none() {
            let (article, left_out) = article_wire::read(value).map_err(|message| format!("{place}{message}"))?;
            file.articles.push(article);
            file.left_out
                .extend(left_out.iter().map(|field| format!("{place}{field}")));
        } else {
            let written: Written =
                serde_json::from_value(value).map_err(|error| format!("{place}{}", json_error(&error)))?;
            file.articles.push(written.into());
        }
    }
    Ok(file)
}

/// Returns the articles of a body of WeChat's `draft/add` or `draft/update`, and anything else as it is.
fn body(mut value: Value) -> std::result::Result<Value, String> {
    let Some(fields) = value.as_object_mut().filter(|fields| fields.contains_key("articles")) else {
        return Ok(value);
    };
    let texts = &messages().article_file;
    let articles = fields.remove("articles").unwrap_or_default();
    match fields.keys().next() {
        None if articles.is_array() || articles.is_object() => Ok(articles),
        None => Err(texts.no_list.to_owned()),
        Some(other) => Err(texts.beside_articles.with([other])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::ARTICLE_HELP;

    #[test]
    fn both_kinds_with_every_field() {
        let articles = parse(
            r#"[{"type":"news","title":"标题","author":"张三","digest":"摘要","content":"<p>正文</p>",
                 "content_source_url":"https://example.com/","thumb_media_id":"M",
                 "cover_crops":[{"ratio":"wide","x1":0,"y1":0.25,"x2":1,"y2":0.75}],"comments":"fans-only",
                 "product_key":"K"},
                {"type":"pictures","title":"图","content":"文","image_media_ids":["A","B"]}]"#,
        );
        let expected = vec![
            Article::News(News {
                title: "标题".to_owned(),
                author: Some("张三".to_owned()),
                digest: Some("摘要".to_owned()),
                content: "<p>正文</p>".to_owned(),
                content_source_url: Some("https://example.com/".to_owned()),
                thumb_media_id: "M".to_owned(),
                cover_crops: vec![Crop {
                    ratio: CropRatio::Wide,
                    x1: 0.0,
                    y1: 0.25,
                    x2: 1.0,
                    y2: 0.75,
                }],
                comments: Comments::FansOnly,
                product_key: Some("K".to_owned()),
            }),
            Article::Pictures(Pictures::new("图", "文", vec!["A".to_owned(), "B".to_owned()])),
        ];
        let expected = ArticleFile {
            articles: expected,
            left_out: Vec::new(),
        };
        assert_eq!(articles.as_ref(), Ok(&expected));
    }

    #[test]
    fn the_help_shows_what_can_be_read() {
        let example = ARTICLE_HELP
            .split_once(":\n")
            .and_then(|(_, rest)| rest.split_once("\n]"));
        let articles = parse(&format!("{}]", example.unwrap().0)).unwrap().articles;
        assert!(matches!(articles.as_slice(), [Article::News(_), Article::Pictures(_)]));
    }

    #[test]
    fn the_body_of_wechat_s_own_api_is_read() {
        let article = r#"{"title":"标题","content":"<p>正文</p>","thumb_media_id":"M","url":"http://x"}"#;
        let news = Article::News(News::new("标题", "<p>正文</p>", "M"));
        for (body, place) in [
            (format!(r#"{{"articles":[{article}]}}"#), "article 0: "),
            // That of draft/update, without its two arguments.
            (format!(r#"{{"articles":{article}}}"#), ""),
            (article.to_owned(), ""),
        ] {
            let file = parse(&body).unwrap();
            assert_eq!(file.articles, std::slice::from_ref(&news), "{body}");
            assert_eq!(file.left_out, [format!("{place}url")]);
        }
        // Both forms may stand in one list.
        let ours = r#"{"type":"pictures","title":"图","content":"文","image_media_ids":["A"]}"#;
        assert_eq!(parse(&format!("[{ours},{article}]")).unwrap().articles.len(), 2);
    }

    #[test]
    fn a_file_of_another_name_is_told_which_names_there_are() {
        let describe = |name: &str, text| describe(Path::new(name), text, "why");
        for name in ["t.mdx", "t.txt", "t.json5"] {
            let message = describe(name, "# t");
            for word in [name, ".md,", ".markdown", ".html", ".htm)", ".json"] {
                assert!(message.contains(word), "no {word} in {message}");
            }
        }
        assert!(describe("t.md", "# t").contains("draft add t.md --update"));
        for (name, text) in [("t.JSON", "# t"), ("-", "# t"), ("/dev/fd/63", ""), ("t.txt", "{}")] {
            assert_eq!(describe(name, text), format!("{name}: why"));
        }
    }

    #[test]
    fn mistakes_are_named() {
        let refused = |text| parse(text).unwrap_err();
        let misspelt = r#"[{"type":"pictures","title":"图","content":"文","image_media_ids":["A"]},
            {"type":"news","title":"t","content":"c","thumb_media_id":"M","thumb_media":"M"}]"#;
        let message = refused(misspelt);
        assert!(message.contains("article 1: unknown field `thumb_media`"), "{message}");
        let crop = r#"{"type":"news","title":"t","content":"c","thumb_media_id":"M",
            "cover_crops":[{"ratio":"wide","x1":0,"y1":0,"x2":1,"y2":1,"z":1}]}"#;
        assert!(refused(crop).contains("unknown field `z`"));
        assert!(refused(r#"{"type":"newspic"}"#).contains("unknown variant `newspic`"));
        assert!(refused(r#"{"articles":[],"media_id":"M"}"#).contains("unknown field `media_id`"));
        assert!(refused(r#"{"articles":"x"}"#).contains("neither"));
        assert!(refused(r#"[7]"#).contains("article 0: "));
        assert!(refused(r#"{"type":"news"}"#).contains("missing field `title`"));
        assert!(refused("{").starts_with("not JSON"));
    }
}
