//! Articles in requests, with their rules, and in replies (wechat-api §11.1, §11.3).

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{crop, source_url};
use crate::api_error::ApiError;
use crate::html;
use crate::model::account::Account;
use crate::model::article::{Article, ArticleKind};
use crate::model::material::MaterialKind;
use crate::wire::json::{present, present_object};

// wechat-api §16: the loosest figures that were observed. They count characters, unless the name says bytes.
const TITLE: usize = 64;
const AUTHOR: usize = 16;
const DIGEST: usize = 128;
const CONTENT_BYTES: usize = 1024 * 1024;
const PICTURE_TEXT: usize = 1000;
const PICTURES: usize = 20;
const PRODUCTS: usize = 50;

/// Characters of the content that make a digest if none is given (wechat-api §11.1).
const EXTRACT: usize = 54;

/// Beginning of a product card in article content.
const PRODUCT_TAG: &str = "<mp-common-product";

/// An article of a request, as it comes: its fields have their types, and nothing more is checked.
#[derive(Deserialize)]
pub(crate) struct ArticleBody {
    #[serde(default, deserialize_with = "present")]
    article_type: Option<String>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    digest: String,
    #[serde(default, deserialize_with = "present")]
    content: Option<String>,
    #[serde(default)]
    content_source_url: String,
    #[serde(default)]
    thumb_media_id: String,
    #[serde(default)]
    need_open_comment: i64,
    #[serde(default)]
    only_fans_can_comment: i64,
    #[serde(default, deserialize_with = "present_object")]
    image_info: Option<ImageInfo>,
    #[serde(default, deserialize_with = "present_object")]
    product_info: Option<ProductInfo>,
    #[serde(default, deserialize_with = "present")]
    cover_info: Option<Map<String, Value>>,
    #[serde(default)]
    pic_crop_235_1: String,
    #[serde(default)]
    pic_crop_1_1: String,
}

#[derive(Deserialize)]
struct ImageInfo {
    #[serde(default)]
    image_list: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
struct ProductInfo {
    #[serde(default, deserialize_with = "present_object")]
    footer_product_info: Option<FooterProductInfo>,
}

#[derive(Deserialize)]
struct FooterProductInfo {
    #[serde(default, deserialize_with = "present")]
    product_key: Option<String>,
}

/// Checks an article of a request. `alone` means that its draft has no other.
pub(crate) fn checked(body: ArticleBody, account: &Account, alone: bool) -> Result<Article, ApiError> {
    let kind = match body.article_type.as_deref() {
        None | Some("news") => ArticleKind::News,
        Some("newspic") => ArticleKind::Newspic,
        Some(_) => return Err(ApiError::new(40035)),
    };
    if body.title.trim().is_empty() {
        return Err(ApiError::new(40227));
    }
    for (text, most, code) in [
        (&body.title, TITLE, 45003),
        (&body.author, AUTHOR, 45110),
        (&body.digest, DIGEST, 45004),
    ] {
        if text.chars().count() > most {
            return Err(ApiError::new(code));
        }
    }
    let content = checked_content(kind, body.content.as_deref(), account)?;
    if !body.content_source_url.is_empty() && !source_url::is_public(&body.content_source_url) {
        return Err(ApiError::new(41039));
    }
    let images = match kind {
        ArticleKind::News => Vec::new(),
        ArticleKind::Newspic => checked_images(body.image_info, account)?,
    };
    let thumb_media_id = checked_thumb(kind, body.thumb_media_id, &images, account)?;
    let need_open_comment = flag(body.need_open_comment)?;
    let only_fans_can_comment = flag(body.only_fans_can_comment)?;
    if (need_open_comment || only_fans_can_comment) && !account.comment_privilege {
        return Err(ApiError::new(88000));
    }
    crop::check_old([&body.pic_crop_235_1, &body.pic_crop_1_1])?;
    if let Some(cover_info) = &body.cover_info {
        crop::check(kind, cover_info)?;
    }
    let product_key = checked_product(body.product_info, account)?;
    if content.contains(PRODUCT_TAG) {
        account.check_commerce()?;
    }
    let digest = if body.digest.trim().is_empty() && alone {
        html::text(&content).chars().take(EXTRACT).collect()
    } else {
        body.digest
    };
    Ok(Article {
        kind,
        title: body.title,
        author: body.author,
        digest,
        sent: body.content.filter(|sent| *sent != content),
        content,
        content_source_url: body.content_source_url,
        thumb_media_id,
        need_open_comment,
        only_fans_can_comment,
        images,
        cover_info: body.cover_info.map(Value::Object),
        product_key,
        url: String::new(),
        is_deleted: false,
    })
}

fn checked_content(kind: ArticleKind, given: Option<&str>, account: &Account) -> Result<String, ApiError> {
    let content = given.ok_or(ApiError::new(44004))?;
    if content.len() > CONTENT_BYTES {
        return Err(ApiError::new(45002));
    }
    if account.refuse_preview_links && html::has_preview_link(content) {
        return Err(ApiError::new(45166));
    }
    match kind {
        ArticleKind::News if content.trim().is_empty() => Err(ApiError::new(44004)),
        ArticleKind::News if html::has_profile_link(content) => Err(ApiError::new(40155)),
        ArticleKind::News => Ok(html::sanitise(content, &account.image_hosts)),
        ArticleKind::Newspic => {
            // Product cards have a limit of their own (wechat-api §16), so they are not counted as text.
            let products = content.matches(PRODUCT_TAG).count();
            let is_too_long = html::text(content).chars().count() > PICTURE_TEXT;
            if is_too_long || products > PRODUCTS || html::has_links(content) {
                return Err(ApiError::new(45166));
            }
            Ok(content.to_owned())
        }
    }
}

fn checked_images(info: Option<ImageInfo>, account: &Account) -> Result<Vec<String>, ApiError> {
    let list = info.map(|info| info.image_list).unwrap_or_default();
    if !(1..=PICTURES).contains(&list.len()) {
        return Err(ApiError::new(40215));
    }
    list.iter()
        .map(|item| {
            let id = match item.get("image_media_id") {
                None => "",
                Some(id) => id.as_str().ok_or(ApiError::new(47001))?,
            };
            match account.materials.get(id) {
                Some(material) if material.kind == MaterialKind::Image => Ok(id.to_owned()),
                _ => Err(ApiError::new(40007)),
            }
        })
        .collect()
}

/// Checks the cover: news need a permanent image or thumb. A newspic without one has its first picture.
fn checked_thumb(kind: ArticleKind, given: String, images: &[String], account: &Account) -> Result<String, ApiError> {
    if kind == ArticleKind::Newspic && given.is_empty() {
        return Ok(images.first().cloned().unwrap_or_default());
    }
    match account.materials.get(&given).map(|material| material.kind) {
        Some(MaterialKind::Image | MaterialKind::Thumb) => Ok(given),
        _ => Err(ApiError::new(40007)),
    }
}

fn flag(given: i64) -> Result<bool, ApiError> {
    match given {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(ApiError::new(40035)),
    }
}

fn checked_product(info: Option<ProductInfo>, account: &Account) -> Result<Option<String>, ApiError> {
    let footer = info.and_then(|info| info.footer_product_info);
    let Some(key) = footer.and_then(|footer| footer.product_key) else {
        return Ok(None);
    };
    account.check_commerce()?;
    if account.product_keys.contains(&key) {
        Ok(Some(key))
    } else {
        Err(ApiError::new(53405))
    }
}

/// Writes an article as draft/get does (wechat-api §11.3).
pub(crate) fn as_draft(article: &Article, account: &Account, no_content: bool) -> Value {
    let mut item = common(article, account, no_content);
    item.insert("article_type".to_owned(), article.kind.name().into());
    if article.kind == ArticleKind::Newspic {
        let ids = article.images.iter().map(|id| json!({"image_media_id": id}));
        let list: Vec<Value> = ids.collect();
        item.insert("image_info".to_owned(), json!({"image_list": list}));
    }
    if let Some(key) = &article.product_key {
        let info = json!({"footer_product_info": {"product_key": key}});
        item.insert("product_info".to_owned(), info);
    }
    if let Some(cover_info) = &article.cover_info {
        item.insert("cover_info".to_owned(), cover_info.clone());
    }
    Value::Object(item)
}

/// Writes an article as freepublish/getarticle does (wechat-api §13.5): without its kind and the pictures of a newspic.
pub(crate) fn as_published(article: &Article, account: &Account, no_content: bool) -> Value {
    let mut item = common(article, account, no_content);
    item.insert("is_deleted".to_owned(), article.is_deleted.into());
    Value::Object(item)
}

/// Writes an article as get_material does (wechat-api §8.2). Lists of material have `thumb_url` as well (§8.5).
pub(crate) fn as_material(article: &Article, account: &Account, listed: bool) -> Value {
    let mut item = common(article, account, false);
    if !listed {
        item.remove("thumb_url");
    }
    item.insert("show_cover_pic".to_owned(), 1.into());
    item.remove("need_open_comment");
    item.remove("only_fans_can_comment");
    Value::Object(item)
}

fn common(article: &Article, account: &Account, no_content: bool) -> Map<String, Value> {
    let cover = account.materials.get(&article.thumb_media_id);
    let thumb_url = cover.map_or("", |material| material.url.as_str());
    let mut item = Map::new();
    for (name, value) in [
        ("title", &article.title),
        ("author", &article.author),
        ("digest", &article.digest),
        ("content_source_url", &article.content_source_url),
        ("thumb_media_id", &article.thumb_media_id),
        ("url", &article.url),
    ] {
        item.insert(name.to_owned(), value.as_str().into());
    }
    item.insert("thumb_url".to_owned(), thumb_url.into());
    for (name, flag) in [
        ("show_cover_pic", false),
        ("need_open_comment", article.need_open_comment),
        ("only_fans_can_comment", article.only_fans_can_comment),
    ] {
        item.insert(name.to_owned(), u8::from(flag).into());
    }
    if !no_content {
        let content = match article.kind {
            ArticleKind::News => html::as_served(&article.content),
            ArticleKind::Newspic => article.content.clone(),
        };
        item.insert("content".to_owned(), content.into());
    }
    item
}
