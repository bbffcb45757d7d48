//! Articles on the wire, in both directions. Drafts, publications and old news material share them.

use crate::bindings::types::{Article, ArticleGroup, ArticleType, Comments, Crop, CropRatio, StoredArticle};
use crate::check;
use crate::check::crop::{DECIMALS, millionths};
use crate::check::text::given;
use crate::compose::{figures, joined};
use crate::error::Result;
use crate::wechat::json::{Fields, Object, write};

/// Writes an article that has been checked (wechat-api §11.1). What is `None` is left out: WeChat's examples do the same.
pub fn write_article<'a>(article: &Article, fields: &'a mut Fields) -> &'a mut Fields {
    match article {
        Article::News(news) => {
            fields
                .text("article_type", "news")
                .given("author", given(news.author.as_deref()))
                .given("digest", given(news.digest.as_deref()))
                .given("content_source_url", given(news.content_source_url.as_deref()))
                .text("thumb_media_id", &news.thumb_media_id);
            write_common(
                fields,
                &news.title,
                &news.content,
                news.comments,
                &news.cover_crops,
                news.product_key.as_deref(),
            )
        }
        Article::Pictures(pictures) => {
            fields.text("article_type", "newspic").object("image_info", |info| {
                info.list("image_list", &pictures.image_media_ids, |id, image| {
                    image.text("image_media_id", id)
                })
            });
            write_common(
                fields,
                &pictures.title,
                &pictures.content,
                pictures.comments,
                &pictures.cover_crops,
                pictures.product_key.as_deref(),
            )
        }
    }
}

fn write_common<'a>(
    fields: &'a mut Fields,
    title: &str,
    content: &str,
    comments: Comments,
    crops: &[Crop],
    product_key: Option<&str>,
) -> &'a mut Fields {
    fields
        .text("title", title)
        .text("content", content)
        .number("need_open_comment", u32::from(comments != Comments::Closed))
        .number("only_fans_can_comment", u32::from(comments == Comments::FansOnly));
    if !crops.is_empty() {
        fields.object("cover_info", |info| info.list("crop_percent_list", crops, write_crop));
    }
    if let Some(key) = product_key {
        fields.object("product_info", |info| {
            info.object("footer_product_info", |product| product.text("product_key", key))
        });
    }
    fields
}

fn write_crop<'a>(crop: &Crop, fields: &'a mut Fields) -> &'a mut Fields {
    let ratio = match crop.ratio {
        CropRatio::Wide => "2.35_1",
        CropRatio::Square => "1_1",
        CropRatio::Landscape => "16_9",
    };
    fields
        .text("ratio", ratio)
        .text("x1", &fraction(crop.x1))
        .text("y1", &fraction(crop.y1))
        .text("x2", &fraction(crop.x2))
        .text("y2", &fraction(crop.y2))
}

/// As WeChat's samples have it: `0`, `0.1`, `0.166454`, `1`.
fn fraction(edge: f64) -> String {
    let millionths = millionths(edge);
    // A 1 before the decimals, for the zeros among them.
    let decimals = figures((DECIMALS + millionths % DECIMALS) as usize);
    let mut decimals = decimals.get(1..).unwrap_or_default();
    while let Some(shorter) = decimals.strip_suffix("0") {
        decimals = shorter;
    }
    let point = if decimals.is_empty() { "" } else { "." };
    joined(&[&figures((millionths / DECIMALS) as usize), point, decimals])
}

/// An article as WeChat returns it (wechat-api §11.3, §13.5, §8.2). Any field may be missing.
fn read(mut article: Object) -> StoredArticle {
    let images = article.object("image_info").map(|mut info| info.list("image_list"));
    StoredArticle {
        article_type: match article.text("article_type").as_str() {
            "news" => ArticleType::News,
            "newspic" => ArticleType::Pictures,
            _ => ArticleType::Unknown,
        },
        title: article.text("title"),
        author: article.text("author"),
        digest: article.text("digest"),
        content: article.optional_text("content"),
        content_source_url: article.text("content_source_url"),
        thumb_media_id: article.text("thumb_media_id"),
        thumb_url: article.text("thumb_url"),
        image_media_ids: images
            .into_iter()
            .flatten()
            .map(|mut image| image.text("image_media_id"))
            .collect(),
        comments: match (
            article.number("need_open_comment"),
            article.number("only_fans_can_comment"),
        ) {
            (0, _) => Comments::Closed,
            (_, 0) => Comments::Everyone,
            _ => Comments::FansOnly,
        },
        url: article.text("url"),
        is_deleted: article.number("is_deleted") != 0,
    }
}

/// The articles of a draft or a publication. `None`: there is no list of articles.
pub fn read_group(mut group: Object) -> Option<ArticleGroup> {
    let articles = group.optional_list("news_item")?;
    Some(ArticleGroup {
        articles: articles.into_iter().map(read).collect(),
        create_time: time(&group, "create_time"),
        update_time: time(&group, "update_time"),
    })
}

/// What a line of a list of drafts or publications holds. It is not settled whether a list without content leaves out
/// the HTML or the whole `content` (wechat-api §21.18), so both are read.
pub fn read_line(line: &mut Object) -> ArticleGroup {
    let group = line.object("content").and_then(read_group);
    let mut group = group.unwrap_or_else(|| ArticleGroup {
        articles: Vec::new(),
        create_time: None,
        update_time: None,
    });
    group.update_time = group.update_time.or_else(|| time(line, "update_time"));
    group
}

fn time(object: &Object, name: &str) -> Option<u64> {
    Some(object.count(name)).filter(|&time| time > 0)
}

/// The request for a page of drafts or publications. Refuses a page that is too long.
pub fn page_request(offset: u32, count: u32, with_content: bool) -> Result<Vec<u8>> {
    check::page(count)?;
    Ok(write(|body| {
        body.number("offset", offset)
            .number("count", count)
            .number("no_content", u32::from(!with_content))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::{News, Pictures};
    use serde_json::{Value, json};

    fn written(article: &Article) -> Value {
        serde_json::from_slice(&write(|fields| write_article(article, fields))).unwrap()
    }

    fn news() -> News {
        News {
            title: "示例标题".into(),
            author: Some("张三".into()),
            digest: Some("一句话摘要".into()),
            content: "<p>正文</p>".into(),
            content_source_url: Some("https://example.com/post/1".into()),
            thumb_media_id: "M".into(),
            cover_crops: vec![Crop {
                ratio: CropRatio::Wide,
                x1: 0.0,
                y1: 0.1,
                x2: 1.0,
                y2: 0.9,
            }],
            comments: Comments::Closed,
            product_key: None,
        }
    }

    #[test]
    fn news_are_written_as_the_documented_sample() {
        assert_eq!(
            written(&Article::News(news())),
            json!({
                "article_type": "news", "title": "示例标题", "author": "张三", "digest": "一句话摘要",
                "content": "<p>正文</p>", "content_source_url": "https://example.com/post/1", "thumb_media_id": "M",
                "need_open_comment": 0, "only_fans_can_comment": 0,
                "cover_info": {"crop_percent_list": [{"ratio": "2.35_1", "x1": "0", "y1": "0.1", "x2": "1", "y2": "0.9"}]}
            })
        );
    }

    #[test]
    fn pictures_are_written_as_the_documented_sample() {
        let pictures = Pictures {
            title: "周末".into(),
            content: "纯文本，换行用 \n".into(),
            image_media_ids: vec!["M1".into(), "M2".into()],
            cover_crops: vec![Crop {
                ratio: CropRatio::Square,
                x1: 0.166_454,
                y1: 0.0,
                x2: 0.833_545,
                y2: 1.0,
            }],
            comments: Comments::FansOnly,
            product_key: Some("KEY".into()),
        };
        assert_eq!(
            written(&Article::Pictures(pictures)),
            json!({
                "article_type": "newspic", "title": "周末", "content": "纯文本，换行用 \n",
                "need_open_comment": 1, "only_fans_can_comment": 1,
                "image_info": {"image_list": [{"image_media_id": "M1"}, {"image_media_id": "M2"}]},
                "cover_info": {"crop_percent_list": [{"ratio": "1_1", "x1": "0.166454", "y1": "0", "x2": "0.833545", "y2": "1"}]},
                "product_info": {"footer_product_info": {"product_key": "KEY"}}
            })
        );
    }

    #[test]
    fn empty_text_in_an_optional_field_is_left_out() {
        let mut news = news();
        for field in [&mut news.author, &mut news.digest, &mut news.content_source_url] {
            *field = Some("\r".into());
        }
        let written = written(&Article::News(news));
        for field in ["author", "digest", "content_source_url"] {
            assert_eq!(written.get(field), None);
        }
    }

    #[test]
    fn comments_are_read_as_they_are_written() {
        for (open, fans, comments) in [
            ("0", "0", Comments::Closed),
            ("0", "1", Comments::Closed),
            ("1", "0", Comments::Everyone),
            ("true", "\"1\"", Comments::FansOnly),
        ] {
            let article = format!(r#"{{"need_open_comment":{open},"only_fans_can_comment":{fans}}}"#);
            assert_eq!(
                read(Object::read(article.as_bytes()).unwrap()).comments,
                comments,
                "{article}"
            );
        }
    }

    #[test]
    fn a_list_without_content_is_read_in_both_forms() {
        let mut page = Object::read(
            br#"{"item":[
                {"content":{"news_item":[{"title":"T"}],"create_time":"1","update_time":2},"update_time":2},
                {"update_time":3}]}"#,
        )
        .unwrap();
        let groups: Vec<_> = page.list("item").iter_mut().map(read_line).collect();
        let [a, b] = groups.as_slice() else { panic!("two lines") };
        assert_eq!((a.articles[0].title.as_str(), &a.articles[0].content), ("T", &None));
        assert_eq!((a.create_time, a.update_time), (Some(1), Some(2)));
        assert_eq!((b.articles.len(), b.update_time), (0, Some(3)));
    }
}
