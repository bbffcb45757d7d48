//! Articles on the wire, in both directions. Drafts, publications and old news material share them.

use serde::Serialize;

use crate::bindings::types::{Article, ArticleGroup, ArticleType, Comments, Crop, CropRatio, StoredArticle};
use crate::check::crop::{DECIMALS, millionths};
use crate::check::text::non_empty;
use crate::html;
use crate::wechat::fields::{Read, Structure};
use crate::wechat::object::Object;

/// An article as it is sent, after it has been checked (wechat-api §11.1). Omits fields that are `None`, as the
/// examples of §11.2 do.
#[derive(Serialize)]
pub struct ArticleRequest<'a> {
    article_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_source_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumb_media_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_info: Option<ImageInfo>,
    title: &'a str,
    content: &'a str,
    need_open_comment: u8,
    only_fans_can_comment: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    cover_info: Option<CoverInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    product_info: Option<ProductInfo<'a>>,
}

/// The pictures of a picture message.
#[derive(Default, Serialize)]
struct ImageInfo {
    image_list: Vec<Image>,
}

impl Structure for ImageInfo {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            image_list: object.list("image_list")?,
        })
    }
}

#[derive(Serialize)]
struct Image {
    image_media_id: String,
}

impl Structure for Image {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            image_media_id: object.text("image_media_id"),
        })
    }
}

#[derive(Serialize)]
struct CoverInfo {
    crop_percent_list: Vec<CropPercent>,
}

/// The corners of a crop, as fractions of the cover.
#[derive(Serialize)]
struct CropPercent {
    ratio: &'static str,
    x1: String,
    y1: String,
    x2: String,
    y2: String,
}

#[derive(Serialize)]
struct ProductInfo<'a> {
    footer_product_info: FooterProductInfo<'a>,
}

#[derive(Serialize)]
struct FooterProductInfo<'a> {
    product_key: &'a str,
}

impl<'a> From<&'a Article> for ArticleRequest<'a> {
    fn from(article: &'a Article) -> Self {
        match article {
            Article::News(news) => Self {
                article_type: "news",
                author: non_empty(news.author.as_deref()),
                digest: non_empty(news.digest.as_deref()),
                content_source_url: non_empty(news.content_source_url.as_deref()),
                thumb_media_id: Some(&news.thumb_media_id),
                image_info: None,
                title: &news.title,
                content: html::body(&news.content),
                need_open_comment: (news.comments != Comments::Closed).into(),
                only_fans_can_comment: (news.comments == Comments::FansOnly).into(),
                cover_info: cover_info(&news.cover_crops),
                product_info: product_info(news.product_key.as_deref()),
            },
            Article::Pictures(pictures) => Self {
                article_type: "newspic",
                author: None,
                digest: None,
                content_source_url: None,
                thumb_media_id: None,
                image_info: Some(image_info(&pictures.image_media_ids)),
                title: &pictures.title,
                content: &pictures.content,
                need_open_comment: (pictures.comments != Comments::Closed).into(),
                only_fans_can_comment: (pictures.comments == Comments::FansOnly).into(),
                cover_info: cover_info(&pictures.cover_crops),
                product_info: product_info(pictures.product_key.as_deref()),
            },
        }
    }
}

fn image_info(ids: &[String]) -> ImageInfo {
    let image = |id: &String| Image {
        image_media_id: id.clone(),
    };
    ImageInfo {
        image_list: ids.iter().map(image).collect(),
    }
}

fn cover_info(crops: &[Crop]) -> Option<CoverInfo> {
    (!crops.is_empty()).then(|| CoverInfo {
        crop_percent_list: crops.iter().map(crop_percent).collect(),
    })
}

fn crop_percent(crop: &Crop) -> CropPercent {
    CropPercent {
        ratio: match crop.ratio {
            CropRatio::Wide => "2.35_1",
            CropRatio::Square => "1_1",
            CropRatio::Landscape => "16_9",
        },
        x1: fraction(crop.x1),
        y1: fraction(crop.y1),
        x2: fraction(crop.x2),
        y2: fraction(crop.y2),
    }
}

/// Writes a fraction as WeChat's samples have it: `0`, `0.1`, `0.166454`, `1`.
fn fraction(edge: f64) -> String {
    let millionths = millionths(edge);
    let decimals = format!("{}.{:06}", millionths / DECIMALS, millionths % DECIMALS);
    decimals.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn product_info(product_key: Option<&str>) -> Option<ProductInfo<'_>> {
    product_key.map(|product_key| ProductInfo {
        footer_product_info: FooterProductInfo { product_key },
    })
}

/// An article as WeChat returns it (wechat-api §11.3, §13.5, §8.2). Any field may be missing.
impl Structure for StoredArticle {
    fn read(object: &mut Object) -> Read<Self> {
        let images = object.object::<ImageInfo>("image_info")?.unwrap_or_default().image_list;
        Ok(Self {
            article_type: match object.text("article_type").as_str() {
                "news" => ArticleType::News,
                "newspic" => ArticleType::Pictures,
                _ => ArticleType::Unknown,
            },
            title: object.text("title"),
            author: object.text("author"),
            digest: object.text("digest"),
            content: object.optional_text("content"),
            content_source_url: object.text("content_source_url"),
            thumb_media_id: object.text("thumb_media_id"),
            thumb_url: object.text("thumb_url"),
            image_media_ids: images.into_iter().map(|image| image.image_media_id).collect(),
            comments: match (object.flag("need_open_comment"), object.flag("only_fans_can_comment")) {
                (false, _) => Comments::Closed,
                (true, false) => Comments::Everyone,
                (true, true) => Comments::FansOnly,
            },
            url: object.text("url"),
            is_deleted: object.flag("is_deleted"),
        })
    }
}

/// The articles of a draft, a publication or old news material (wechat-api §11.3, §13.5, §8.2).
pub struct GroupReply {
    news_item: Option<Vec<StoredArticle>>,
    create_time: Option<u64>,
    update_time: Option<u64>,
}

impl Structure for GroupReply {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            news_item: object.objects("news_item")?,
            create_time: object.time("create_time"),
            update_time: object.time("update_time"),
        })
    }
}

impl GroupReply {
    /// Returns the articles, or `None` if there is no list of them.
    pub fn group(self) -> Option<ArticleGroup> {
        Some(ArticleGroup {
            articles: self.news_item?,
            create_time: self.create_time,
            update_time: self.update_time,
        })
    }

    /// Returns the articles of a line in a list of drafts or publications. It is not settled whether a list without
    /// content leaves out the HTML or the whole `content` (wechat-api §21.18), so both are read.
    pub fn of_line(content: Option<Self>, update_time: Option<u64>) -> ArticleGroup {
        let group = content.and_then(Self::group);
        let mut group = group.unwrap_or_else(|| ArticleGroup {
            articles: Vec::new(),
            create_time: None,
            update_time: None,
        });
        group.update_time = group.update_time.or(update_time);
        group
    }
}

/// The request for a page of drafts or publications (wechat-api §11.7, §13.6).
#[derive(Serialize)]
pub struct PageRequest {
    offset: u32,
    count: u32,
    no_content: u8,
}

impl PageRequest {
    /// Makes a request for a page that is not too long.
    pub fn new(offset: u32, count: u32, with_content: bool) -> Self {
        Self {
            offset,
            count,
            no_content: (!with_content).into(),
        }
    }
}

#[cfg(test)]
mod tests;
