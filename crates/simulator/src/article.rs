//! Articles: what a request may hold, and how they read in replies (wechat-api §11.1, §11.3).

use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::{Map, Value, json};

use super::account::Account;
use super::card;
use super::errcode::Refusal;
use super::html;
use super::json::Fields;
use super::stock::MaterialKind;

// wechat-api §16, the loosest figures that were observed; characters unless it says bytes.
const TITLE: usize = 64;
const AUTHOR: usize = 16;
const DIGEST: usize = 128;
const CONTENT_BYTES: usize = 1024 * 1024;
const PICTURE_TEXT: usize = 1000;
const SOURCE_URL_BYTES: usize = 1024;
const PICTURES: usize = 20;
const PRODUCTS: usize = 50;

/// Characters of the body that make a digest where none is given (wechat-api §11.1).
const EXTRACT: usize = 54;

/// Decimals of a crop coordinate (wechat-api §11.1).
const DECIMALS: usize = 6;

/// How a product card begins in article content.
const PRODUCT_TAG: &str = "<mp-common-product";

/// Kind of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArticleKind {
    /// Text with pictures, in HTML.
    #[default]
    News,
    /// Pictures with text.
    Newspic,
}

impl ArticleKind {
    /// The kind's name in requests and replies.
    pub fn name(self) -> &'static str {
        match self {
            ArticleKind::News => "news",
            ArticleKind::Newspic => "newspic",
        }
    }

    /// Ratios a cover may be cropped to.
    fn ratios(self) -> &'static [&'static str] {
        match self {
            ArticleKind::News => &["2.35_1", "1_1"],
            ArticleKind::Newspic => &["1_1", "16_9", "2.35_1"],
        }
    }
}

/// An article as the server keeps it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Article {
    /// Kind.
    pub kind: ArticleKind,
    /// Title.
    pub title: String,
    /// Author.
    pub author: String,
    /// Digest, taken from the content where none was given.
    pub digest: String,
    /// Content after sanitising; images still have `src`.
    pub content: String,
    /// Link to the original, or empty.
    pub content_source_url: String,
    /// Cover; of a newspic the first picture.
    pub thumb_media_id: String,
    /// Whether comments are open.
    pub need_open_comment: bool,
    /// Whether only followers may comment.
    pub only_fans_can_comment: bool,
    /// Pictures of a newspic by media id.
    pub images: Vec<String>,
    /// `cover_info` as it was sent.
    pub cover_info: Option<Value>,
    /// Key of the product card at the end.
    pub product_key: Option<String>,
    /// Preview link of a draft, permanent link of a published article.
    pub url: String,
    /// Whether it was deleted after publication.
    pub is_deleted: bool,
}

impl Article {
    /// A news article with title, content and cover, for tests to add to.
    pub fn news(title: &str, content: &str, thumb_media_id: &str) -> Article {
        Article {
            title: title.to_owned(),
            content: content.to_owned(),
            thumb_media_id: thumb_media_id.to_owned(),
            ..Article::default()
        }
    }

    /// Reads and checks an article of a request. `alone`: the draft has no other.
    pub(crate) fn read(account: &Account, fields: Fields<'_>, alone: bool) -> Result<Article, Refusal> {
        let text = |name| fields.text(name).map(|text| text.unwrap_or_default().to_owned());
        let kind = match fields.text("article_type")? {
            None | Some("news") => ArticleKind::News,
            Some("newspic") => ArticleKind::Newspic,
            Some(_) => return Err(Refusal::of(40035)),
        };
        let title = text("title")?;
        if title.is_empty() {
            return Err(Refusal::of(40227));
        }
        let author = text("author")?;
        let mut digest = text("digest")?;
        for (text, most, code) in [
            (&title, TITLE, 45003),
            (&author, AUTHOR, 45110),
            (&digest, DIGEST, 45004),
        ] {
            if text.chars().count() > most {
                return Err(Refusal::of(code));
            }
        }
        let content = read_content(kind, fields.text("content")?)?;
        let content_source_url = text("content_source_url")?;
        if !content_source_url.is_empty() && !plausible(&content_source_url) {
            return Err(Refusal::of(41039));
        }
        let images = match kind {
            ArticleKind::News => Vec::new(),
            ArticleKind::Newspic => read_images(account, fields)?,
        };
        let thumb_media_id = read_thumb(account, kind, fields, &images)?;
        let need_open_comment = read_flag(fields, "need_open_comment")?;
        let only_fans_can_comment = read_flag(fields, "only_fans_can_comment")?;
        if (need_open_comment || only_fans_can_comment) && !account.comment_privilege {
            return Err(Refusal::of(88000));
        }
        let cover_info = read_cover(kind, fields)?;
        let product_key = read_product(account, fields)?;
        if content.contains(PRODUCT_TAG) {
            card::check_commerce(account)?;
        }
        if digest.is_empty() && alone {
            digest = html::text(&content).chars().take(EXTRACT).collect();
        }
        Ok(Article {
            kind,
            title,
            author,
            digest,
            content,
            content_source_url,
            thumb_media_id,
            need_open_comment,
            only_fans_can_comment,
            images,
            cover_info,
            product_key,
            url: String::new(),
            is_deleted: false,
        })
    }

    /// As in draft/get (wechat-api §11.3).
    pub(crate) fn as_draft(&self, account: &Account, no_content: bool) -> Value {
        let mut item = self.common(account, no_content);
        item.insert("article_type".to_owned(), self.kind.name().into());
        if self.kind == ArticleKind::Newspic {
            let ids = self.images.iter().map(|id| json!({"image_media_id": id}));
            let list: Vec<Value> = ids.collect();
            item.insert("image_info".to_owned(), json!({"image_list": list}));
        }
        if let Some(key) = &self.product_key {
            let info = json!({"footer_product_info": {"product_key": key}});
            item.insert("product_info".to_owned(), info);
        }
        if let Some(cover_info) = &self.cover_info {
            item.insert("cover_info".to_owned(), cover_info.clone());
        }
        Value::Object(item)
    }

    /// As in freepublish/getarticle (wechat-api §13.5): no kind, no pictures of a newspic.
    pub(crate) fn as_published(&self, account: &Account, no_content: bool) -> Value {
        let mut item = self.common(account, no_content);
        item.insert("is_deleted".to_owned(), self.is_deleted.into());
        Value::Object(item)
    }

    /// As in get_material (wechat-api §8.2).
    pub(crate) fn as_material(&self, account: &Account) -> Value {
        let mut item = self.common(account, false);
        item.insert("show_cover_pic".to_owned(), 1.into());
        item.remove("need_open_comment");
        item.remove("only_fans_can_comment");
        Value::Object(item)
    }

    fn common(&self, account: &Account, no_content: bool) -> Map<String, Value> {
        let cover = account.materials.get(&self.thumb_media_id);
        let thumb_url = cover.map_or("", |material| material.url.as_str());
        let mut item = Map::new();
        for (name, value) in [
            ("title", &self.title),
            ("author", &self.author),
            ("digest", &self.digest),
            ("content_source_url", &self.content_source_url),
            ("thumb_media_id", &self.thumb_media_id),
            ("url", &self.url),
        ] {
            item.insert(name.to_owned(), value.as_str().into());
        }
        item.insert("thumb_url".to_owned(), thumb_url.into());
        for (name, flag) in [
            ("show_cover_pic", false),
            ("need_open_comment", self.need_open_comment),
            ("only_fans_can_comment", self.only_fans_can_comment),
        ] {
            item.insert(name.to_owned(), u8::from(flag).into());
        }
        if !no_content {
            let content = match self.kind {
                ArticleKind::News => html::as_served(&self.content),
                ArticleKind::Newspic => self.content.clone(),
            };
            item.insert("content".to_owned(), content.into());
        }
        item
    }
}

fn read_content(kind: ArticleKind, given: Option<&str>) -> Result<String, Refusal> {
    let content = given.ok_or(Refusal::of(44004))?;
    if content.len() > CONTENT_BYTES {
        return Err(Refusal::of(45002));
    }
    match kind {
        ArticleKind::News if content.is_empty() => Err(Refusal::of(44004)),
        ArticleKind::News => Ok(html::sanitise(content)),
        ArticleKind::Newspic => {
            // Product cards count as pieces, not as text (wechat-api §11.1).
            let products = content.matches(PRODUCT_TAG).count();
            let too_long = html::text(content).chars().count() > PICTURE_TEXT;
            if too_long || products > PRODUCTS || html::links(content) {
                return Err(Refusal::of(45166));
            }
            Ok(content.to_owned())
        }
    }
}

/// Whether a link can be one to a public page: http(s), a host with a dot, none of this machine
/// or network.
fn plausible(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let Some(rest) = rest.filter(|_| url.len() <= SOURCE_URL_BYTES) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if let Some((inner, _)) = host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        return inner.parse::<Ipv6Addr>().is_ok_and(|ip| !ip.is_loopback());
    }
    let host = host.split(':').next().unwrap_or_default();
    if let Ok(ip) = host.parse::<Ipv4Addr>() {
        return !(ip.is_loopback() || ip.is_private() || ip.is_unspecified());
    }
    let dotted = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    dotted && !host.ends_with(".localhost") && !host.chars().any(char::is_whitespace)
}

fn read_images(account: &Account, fields: Fields<'_>) -> Result<Vec<String>, Refusal> {
    let Some(info) = fields.object("image_info")? else {
        return Err(Refusal::of(40215));
    };
    let list = match info.get("image_list") {
        None => return Err(Refusal::of(40215)),
        Some(list) => list.as_array().ok_or(Refusal::of(47001))?,
    };
    if !(1..=PICTURES).contains(&list.len()) {
        return Err(Refusal::of(40215));
    }
    list.iter()
        .map(|item| {
            let id = Fields::of(item)?.text("image_media_id")?.unwrap_or_default();
            match account.materials.get(id) {
                Some(material) if material.kind == MaterialKind::Image => Ok(id.to_owned()),
                _ => Err(Refusal::of(40007)),
            }
        })
        .collect()
}

/// The cover: for news a permanent image or thumb, for a newspic its first picture.
fn read_thumb(account: &Account, kind: ArticleKind, fields: Fields<'_>, images: &[String]) -> Result<String, Refusal> {
    let given = fields.text("thumb_media_id")?.unwrap_or_default();
    if kind == ArticleKind::Newspic && given.is_empty() {
        return Ok(images.first().cloned().unwrap_or_default());
    }
    match account.materials.get(given).map(|material| material.kind) {
        Some(MaterialKind::Image | MaterialKind::Thumb) => Ok(given.to_owned()),
        _ => Err(Refusal::of(40007)),
    }
}

fn read_flag(fields: Fields<'_>, name: &str) -> Result<bool, Refusal> {
    match fields.number(name)? {
        None | Some(0) => Ok(false),
        Some(1) => Ok(true),
        Some(_) => Err(Refusal::of(40035)),
    }
}

fn read_product(account: &Account, fields: Fields<'_>) -> Result<Option<String>, Refusal> {
    let Some(info) = fields.object("product_info")? else {
        return Ok(None);
    };
    let Some(footer) = info.object("footer_product_info")? else {
        return Ok(None);
    };
    let Some(key) = footer.text("product_key")? else {
        return Ok(None);
    };
    card::check_commerce(account)?;
    if account.product_keys.contains(key) {
        Ok(Some(key.to_owned()))
    } else {
        Err(Refusal::of(53405))
    }
}

/// Crops of the cover, in the new form and the two old ones.
fn read_cover(kind: ArticleKind, fields: Fields<'_>) -> Result<Option<Value>, Refusal> {
    for name in ["pic_crop_235_1", "pic_crop_1_1"] {
        if let Some(crop) = fields.text(name)?.filter(|crop| !crop.is_empty()) {
            let corners: Vec<&str> = crop.split('_').collect();
            match corners.as_slice() {
                [x1, y1, x2, y2] if region([x1, y1, x2, y2]) => {}
                _ => return Err(Refusal::of(53402)),
            }
        }
    }
    let Some(info) = fields.object("cover_info")? else {
        return Ok(None);
    };
    if let Some(list) = info.get("crop_percent_list") {
        for crop in list.as_array().ok_or(Refusal::of(47001))? {
            let crop = Fields::of(crop)?;
            // Anything but a string is a bad crop, not bad JSON.
            let read = |name| crop.get(name).and_then(Value::as_str).unwrap_or_default();
            if !kind.ratios().contains(&read("ratio")) || !region(["x1", "y1", "x2", "y2"].map(read)) {
                return Err(Refusal::of(53402));
            }
        }
    }
    Ok(fields.get("cover_info").cloned())
}

/// Whether four coordinates span a region of the picture.
fn region(corners: [&str; 4]) -> bool {
    match corners.map(millionths) {
        [Some(x1), Some(y1), Some(x2), Some(y2)] => x1 < x2 && y1 < y2,
        _ => false,
    }
}

/// A coordinate from 0 to 1 with at most six decimals, in millionths.
fn millionths(text: &str) -> Option<u32> {
    let (whole, decimals) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    if decimals.len() > DECIMALS || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u32 = format!("{decimals:0<6}").parse().ok()?;
    match (whole, fraction) {
        ("0", fraction) => Some(fraction),
        ("1", 0) => Some(1_000_000),
        _ => None,
    }
}
