//! An article as WeChat's own API takes it (wechat-api §11.1), for people who have the body of a `draft/add` already.

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, de};
use serde_json::Value;
use wechat_official_account_host::types::{Article, Comments, Crop, CropRatio, News, Pictures};

use crate::texts::{json_error, messages};

/// The fields of WeChat's API. Those that it returns but does not take are `ignored`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(default)]
    article_type: Kind,
    title: String,
    content: String,
    #[serde(default, deserialize_with = "text")]
    author: Option<String>,
    #[serde(default, deserialize_with = "text")]
    digest: Option<String>,
    #[serde(default, deserialize_with = "text")]
    content_source_url: Option<String>,
    #[serde(default, deserialize_with = "text")]
    thumb_media_id: Option<String>,
    #[serde(default, deserialize_with = "flag")]
    need_open_comment: bool,
    #[serde(default, deserialize_with = "flag")]
    only_fans_can_comment: bool,
    #[serde(default, deserialize_with = "text")]
    pic_crop_235_1: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pic_crop_1_1: Option<String>,
    cover_info: Option<CoverInfo>,
    image_info: Option<ImageInfo>,
    product_info: Option<ProductInfo>,
    show_cover_pic: Option<Value>,
    thumb_url: Option<Value>,
    url: Option<Value>,
    is_deleted: Option<Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    #[default]
    News,
    Newspic,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CoverInfo {
    #[serde(default)]
    crop_percent_list: Vec<WireCrop>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireCrop {
    ratio: WireRatio,
    #[serde(deserialize_with = "fraction")]
    x1: f64,
    #[serde(deserialize_with = "fraction")]
    y1: f64,
    #[serde(deserialize_with = "fraction")]
    x2: f64,
    #[serde(deserialize_with = "fraction")]
    y2: f64,
}

#[derive(Deserialize)]
enum WireRatio {
    #[serde(rename = "2.35_1")]
    Wide,
    #[serde(rename = "1_1")]
    Square,
    #[serde(rename = "16_9")]
    Landscape,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImageInfo {
    #[serde(default)]
    image_list: Vec<WireImage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireImage {
    image_media_id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductInfo {
    footer_product_info: Option<FooterProduct>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FooterProduct {
    #[serde(default, deserialize_with = "text")]
    product_key: Option<String>,
}

/// Reads a text. An empty one is none: WeChat's own examples write `""` for what is not there.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.filter(|text| !text.is_empty()))
}

/// Reads 0 or 1, as a number, a text or a boolean.
fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let value = Value::deserialize(deserializer)?;
    match &value {
        Value::Null | Value::Bool(false) => Ok(false),
        Value::Bool(true) => Ok(true),
        Value::String(text) if text == "0" => Ok(false),
        Value::String(text) if text == "1" => Ok(true),
        Value::Number(number) if number.as_u64() == Some(0) => Ok(false),
        Value::Number(number) if number.as_u64() == Some(1) => Ok(true),
        other => Err(D::Error::invalid_value(
            de::Unexpected::Other(&other.to_string()),
            &messages().article_file.flag,
        )),
    }
}

/// Reads a fraction, which WeChat writes as a text.
fn fraction<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let number = match &value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    number.ok_or_else(|| D::Error::custom(messages().article_file.no_fraction.with([&value])))
}

/// Returns the article, and the fields that are left out because the API does not take them for it.
pub fn read(value: Value) -> Result<(Article, Vec<&'static str>), String> {
    let texts = &messages().article_file;
    let wire: Wire = serde_json::from_value(value).map_err(|error| texts.read_as_wire.with([&json_error(&error)]))?;
    let mut left_out = Vec::new();
    for (name, given) in [
        ("show_cover_pic", &wire.show_cover_pic),
        ("thumb_url", &wire.thumb_url),
        ("url", &wire.url),
        ("is_deleted", &wire.is_deleted),
    ] {
        left_out.extend(given.as_ref().map(|_| name));
    }
    // Without comments, nobody can be kept from them.
    left_out.extend((!wire.need_open_comment && wire.only_fans_can_comment).then_some("only_fans_can_comment"));
    let comments = match (wire.need_open_comment, wire.only_fans_can_comment) {
        (false, _) => Comments::Closed,
        (true, false) => Comments::Everyone,
        (true, true) => Comments::FansOnly,
    };
    let listed = wire.cover_info.map(|info| info.crop_percent_list).unwrap_or_default();
    let mut cover_crops: Vec<Crop> = listed.into_iter().map(Crop::from).collect();
    for (name, ratio, text) in [
        ("pic_crop_235_1", CropRatio::Wide, wire.pic_crop_235_1),
        ("pic_crop_1_1", CropRatio::Square, wire.pic_crop_1_1),
    ] {
        match text {
            None => {}
            // The newer field has precedence.
            Some(_) if cover_crops.iter().any(|crop| crop.ratio == ratio) => left_out.push(name),
            Some(text) => cover_crops.push(crop(name, ratio, &text)?),
        }
    }
    let product = wire.product_info.and_then(|info| info.footer_product_info);
    let product_key = product.and_then(|product| product.product_key);
    let images = wire.image_info.map(|info| info.image_list).unwrap_or_default();
    let images: Vec<String> = images.into_iter().map(|image| image.image_media_id).collect();
    let article = match wire.article_type {
        Kind::News => {
            left_out.extend((!images.is_empty()).then_some("image_info"));
            let thumb = wire.thumb_media_id.ok_or(texts.no_thumb)?;
            Article::News(News {
                author: wire.author,
                digest: wire.digest,
                content_source_url: wire.content_source_url,
                cover_crops,
                comments,
                product_key,
                ..News::new(wire.title, wire.content, thumb)
            })
        }
        Kind::Newspic => {
            for (name, given) in [
                ("author", wire.author),
                ("digest", wire.digest),
                ("content_source_url", wire.content_source_url),
                ("thumb_media_id", wire.thumb_media_id),
            ] {
                left_out.extend(given.map(|_| name));
            }
            Article::Pictures(Pictures {
                cover_crops,
                comments,
                product_key,
                ..Pictures::new(wire.title, wire.content, images)
            })
        }
    };
    Ok((article, left_out))
}

impl From<WireCrop> for Crop {
    fn from(crop: WireCrop) -> Self {
        let ratio = match crop.ratio {
            WireRatio::Wide => CropRatio::Wide,
            WireRatio::Square => CropRatio::Square,
            WireRatio::Landscape => CropRatio::Landscape,
        };
        let WireCrop { x1, y1, x2, y2, .. } = crop;
        Self { ratio, x1, y1, x2, y2 }
    }
}

/// Reads `X1_Y1_X2_Y2`, the older form of a crop.
fn crop(name: &str, ratio: CropRatio, text: &str) -> Result<Crop, String> {
    let numbers: Result<Vec<f64>, _> = text.split('_').map(|number| number.trim().parse()).collect();
    match numbers.as_deref() {
        Ok(&[x1, y1, x2, y2]) => Ok(Crop { ratio, x1, y1, x2, y2 }),
        _ => Err(messages().article_file.no_crop.with([&name, &text])),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_kinds_with_every_field() {
        let news = json!({
            "article_type": "news", "title": "标题", "author": "张三", "digest": "", "content": "<p>正文</p>",
            "content_source_url": "https://example.com/", "thumb_media_id": "M", "need_open_comment": 1,
            "only_fans_can_comment": "1", "pic_crop_235_1": "0.1945_0_1_0.525", "pic_crop_1_1": "",
            "cover_info": {"crop_percent_list": [
                {"ratio": "1_1", "x1": "0.166454", "y1": "0", "x2": "0.833545", "y2": 1},
            ]},
            "product_info": {"footer_product_info": {"product_key": "K"}}, "show_cover_pic": 0, "image_info": {},
        });
        let (article, left_out) = read(news).unwrap();
        let crop = |ratio, [x1, y1, x2, y2]: [f64; 4]| Crop { ratio, x1, y1, x2, y2 };
        let expected = News {
            author: Some("张三".to_owned()),
            content_source_url: Some("https://example.com/".to_owned()),
            cover_crops: vec![
                crop(CropRatio::Square, [0.166454, 0.0, 0.833545, 1.0]),
                crop(CropRatio::Wide, [0.1945, 0.0, 1.0, 0.525]),
            ],
            comments: Comments::FansOnly,
            product_key: Some("K".to_owned()),
            ..News::new("标题", "<p>正文</p>", "M")
        };
        assert_eq!((article, left_out), (Article::News(expected), vec!["show_cover_pic"]));

        let pictures = json!({
            "article_type": "newspic", "title": "图", "content": "文", "digest": "d", "need_open_comment": 1,
            "image_info": {"image_list": [{"image_media_id": "A"}, {"image_media_id": "B"}]},
            "cover_info": {"crop_percent_list": []},
        });
        let (article, left_out) = read(pictures).unwrap();
        let mut expected = Pictures::new("图", "文", vec!["A".to_owned(), "B".to_owned()]);
        expected.comments = Comments::Everyone;
        assert_eq!((article, left_out), (Article::Pictures(expected), vec!["digest"]));
    }

    #[test]
    fn fans_without_comments_are_left_out() {
        let comments = |open: Value, fans: Value| {
            let (article, left_out) = read(json!({
                "title": "t", "content": "c", "thumb_media_id": "M", "need_open_comment": open,
                "only_fans_can_comment": fans,
            }))
            .unwrap();
            let Article::News(news) = article else {
                panic!("{article:?}");
            };
            (news.comments, left_out)
        };
        let fans = vec!["only_fans_can_comment"];
        for (open, only_fans, expected) in [
            (json!(0), json!(1), (Comments::Closed, fans.clone())),
            (Value::Null, json!("1"), (Comments::Closed, fans)),
            (json!(0), json!(0), (Comments::Closed, vec![])),
            (json!(1), json!(1), (Comments::FansOnly, vec![])),
            (json!(1), json!(0), (Comments::Everyone, vec![])),
        ] {
            assert_eq!(comments(open, only_fans), expected);
        }
    }

    #[test]
    fn mistakes_are_named() {
        let base = json!({"title": "t", "content": "c", "thumb_media_id": "M"});
        assert!(read(base.clone()).is_ok());
        for (field, value, words) in [
            ("titel", json!("t"), "unknown field `titel`"),
            ("comments", json!("closed"), "no field `type`"),
            ("article_type", json!("video"), "unknown variant `video`"),
            ("need_open_comment", json!(2), "0 or 1"),
            ("thumb_media_id", json!(""), "`thumb_media_id`"),
            ("pic_crop_1_1", json!("0_0_1"), "pic_crop_1_1"),
            (
                "cover_info",
                json!({"crop_percent_list": [{"ratio": "3_4"}]}),
                "unknown variant `3_4`",
            ),
            (
                "cover_info",
                json!({"crop_percent_list": [{"ratio": "1_1", "x1": "x", "y1": 0, "x2": 1, "y2": 1}]}),
                "no fraction",
            ),
        ] {
            let mut article = base.clone();
            article[field] = value;
            let message = read(article).unwrap_err();
            assert!(message.contains(words), "{field}: {message}");
        }
    }
}
