use serde_json::{Value, json};

use super::*;
use crate::bindings::types::{News, Pictures};
use crate::wechat::body;
use crate::wechat::object::Object;

fn written(article: &Article) -> Value {
    serde_json::from_slice(&body::json(&ArticleRequest::from(article))).unwrap()
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
fn only_the_body_of_a_document_is_written() {
    let content = |content: &str| {
        let news = News {
            content: content.to_owned(),
            ..news()
        };
        written(&Article::News(news))["content"].clone()
    };
    let document = "<!doctype html><head><title>x</title></head><body class=x><p>正文</p>\n</body></html>\n";
    assert_eq!(content(document), "<p>正文</p>\n");
    let fragment = " <p>a</p></body></html><pre>&lt;body></pre>";
    assert_eq!(content(fragment), fragment);
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
            "cover_info": {"crop_percent_list": [
                {"ratio": "1_1", "x1": "0.166454", "y1": "0", "x2": "0.833545", "y2": "1"}
            ]},
            "product_info": {"footer_product_info": {"product_key": "KEY"}}
        })
    );
}

#[test]
fn fields_are_written_in_a_fixed_order() {
    let written = String::from_utf8(body::json(&ArticleRequest::from(&Article::News(news())))).unwrap();
    assert_eq!(
        written,
        concat!(
            r#"{"article_type":"news","author":"张三","digest":"一句话摘要","#,
            r#""content_source_url":"https://example.com/post/1","thumb_media_id":"M","title":"示例标题","#,
            r#""content":"<p>正文</p>","need_open_comment":0,"only_fans_can_comment":0,"#,
            r#""cover_info":{"crop_percent_list":[{"ratio":"2.35_1","x1":"0","y1":"0.1","x2":"1","y2":"0.9"}]}}"#,
        )
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
        let read: StoredArticle = Object::parse(&article).unwrap().read().unwrap();
        assert_eq!(read.comments, comments, "{article}");
    }
}

#[test]
fn a_list_without_content_is_read_in_both_forms() {
    let group = |content: &str| {
        let content = Object::parse(content).map(|content| content.read::<GroupReply>().unwrap());
        GroupReply::of_line(content, Some(3))
    };
    let a = group(r#"{"news_item":[{"title":"T"}],"create_time":"1","update_time":2}"#);
    assert_eq!((a.articles[0].title.as_str(), &a.articles[0].content), ("T", &None));
    assert_eq!((a.create_time, a.update_time), (Some(1), Some(2)));
    let b = group("");
    assert_eq!((b.articles.len(), b.update_time), (0, Some(3)));
}
