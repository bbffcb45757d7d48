//! ARTICLE.json: articles in a file, with the names of the WIT in snake_case.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use wechat_official_account_host::types::{Article, Comments, Crop, CropRatio, News, Pictures};

use crate::error::{self, Result};
use crate::file;

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

/// Reads one article or a list of them.
pub fn read(path: &Path) -> Result<Vec<Article>> {
    let text = file::read_text(path)?;
    parse(&text).map_err(|message| error::usage(format!("{}: {message}", path.display())))
}

/// Reads exactly one article.
pub fn read_one(path: &Path) -> Result<Article> {
    let articles = read(path)?;
    let [article] = <[Article; 1]>::try_from(articles).map_err(|articles| {
        error::usage(format!(
            "{}: one article is expected here, and there are {}",
            path.display(),
            articles.len()
        ))
    })?;
    Ok(article)
}

fn parse(text: &str) -> std::result::Result<Vec<Article>, String> {
    let value: Value =
        serde_json::from_str(file::without_byte_order_mark(text)).map_err(|error| format!("not JSON: {error}"))?;
    let (list, is_list) = match value {
        Value::Array(list) => (list, true),
        one => (vec![one], false),
    };
    let read = |(index, value)| {
        let written: Written = serde_json::from_value(value).map_err(|error| {
            let place = if is_list {
                format!("article {index}: ")
            } else {
                String::new()
            };
            format!("{place}{error}")
        })?;
        Ok(written.into())
    };
    list.into_iter().enumerate().map(read).collect()
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
        assert_eq!(articles.as_ref(), Ok(&expected));
    }

    #[test]
    fn the_help_shows_what_can_be_read() {
        let example = ARTICLE_HELP
            .split_once(":\n")
            .and_then(|(_, rest)| rest.split_once("\n]"));
        let articles = parse(&format!("{}]", example.unwrap().0)).unwrap();
        assert!(matches!(articles.as_slice(), [Article::News(_), Article::Pictures(_)]));
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
        assert!(refused(r#"{"type":"news"}"#).contains("missing field `title`"));
        assert!(refused("{").starts_with("not JSON"));
    }
}
