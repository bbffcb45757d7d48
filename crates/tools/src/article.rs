//! An article as a caller writes it.

use serde::Deserialize;

use crate::bindings::types::{self, News};

/// The form of a media-id for the check of an article that has no cover yet.
const NO_COVER_YET: &str = "none-yet";

/// The beginning of a picture that stands in the HTML itself.
const DATA: &[u8] = b"data:";

/// What stands before an address, apart from blanks, in an attribute, in `url()` and in a list of addresses. A
/// semicolon ends `&quot;`.
const BEFORE_ADDRESS: &[u8] = b"\"'(=,;";

/// The most bytes of a `data:` URI before its comma that are looked at. Media types are short.
const LONGEST_HEAD: usize = 200;

/// An address as an uploaded picture has it.
const UPLOADED: &str = "https://mmbiz.qpic.cn/mmbiz_png/uploaded/0";

/// An article of text and pictures (图文消息).
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// The title: at most 64 characters, and better 32.
    pub title: String,
    /// The text as HTML with styles in `style` attributes. WeChat drops scripts, style sheets, forms, and links to
    /// other sites. A picture is an `img` whose `src` is a `data:` URI (`data:image/png;base64,…`), or an address that
    /// upload-image returned.
    pub html: String,
    /// The author: at most 16 characters.
    #[serde(default)]
    pub author: Option<String>,
    /// A summary of at most 120 characters. If it is missing, WeChat takes the beginning of the text.
    #[serde(default)]
    pub summary: Option<String>,
    /// The address of 阅读原文 (read the original): http or https.
    #[serde(default)]
    pub source_url: Option<String>,
    /// The media id of the cover: an image from upload-image. If it is missing, the first picture that is uploaded for
    /// this article becomes the cover.
    #[serde(default)]
    pub cover_media_id: Option<String>,
    /// The readers who may comment: nobody if it is missing.
    #[serde(default)]
    pub comments: Option<Comments>,
}

/// The readers who may comment.
#[derive(Clone, Copy, Debug, Deserialize, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Comments {
    /// Nobody.
    Closed,
    /// Every reader.
    Everyone,
    /// Followers of the account only.
    FansOnly,
}

impl From<types::Comments> for Comments {
    fn from(comments: types::Comments) -> Self {
        match comments {
            types::Comments::Closed => Self::Closed,
            types::Comments::Everyone => Self::Everyone,
            types::Comments::FansOnly => Self::FansOnly,
        }
    }
}

impl From<Comments> for types::Comments {
    fn from(comments: Comments) -> Self {
        match comments {
            Comments::Closed => Self::Closed,
            Comments::Everyone => Self::Everyone,
            Comments::FansOnly => Self::FansOnly,
        }
    }
}

impl Article {
    /// The article for the plugin, with this HTML and this cover in place of its own.
    pub(crate) fn to_news(&self, html: &str, cover: &str) -> types::Article {
        types::Article::News(News {
            title: self.title.clone(),
            author: self.author.clone(),
            digest: self.summary.clone(),
            content: html.to_owned(),
            content_source_url: self.source_url.clone(),
            thumb_media_id: cover.to_owned(),
            cover_crops: Vec::new(),
            comments: self.comments.map_or(types::Comments::Closed, types::Comments::from),
            product_key: None,
        })
    }

    /// True if the article names a cover, or has a picture in a `data:` URI that may become one.
    pub(crate) fn may_have_cover(&self) -> bool {
        self.cover_media_id.is_some() || around_data_uri(&self.html).is_some()
    }

    /// The article as far as it can be checked before its pictures are uploaded: each that is in a `data:` URI has an
    /// address on WeChat's host already.
    pub(crate) fn before_uploads(&self) -> types::Article {
        let cover = self.cover_media_id.as_deref().unwrap_or(NO_COVER_YET);
        self.to_news(&without_data_uris(&self.html), cover)
    }
}

/// Returns the HTML with [`UPLOADED`] in place of each `data:` URI of a picture.
fn without_data_uris(html: &str) -> String {
    let mut left = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = around_data_uri(rest) {
        left.push_str(before);
        left.push_str(UPLOADED);
        rest = after;
    }
    left.push_str(rest);
    left
}

/// Returns what stands before and after the first `data:` URI of a picture.
fn around_data_uri(html: &str) -> Option<(&str, &str)> {
    let windows = html.as_bytes().windows(DATA.len()).enumerate();
    let mut starts = windows.filter(|(_, window)| window.eq_ignore_ascii_case(DATA));
    starts.find_map(|(start, _)| {
        let (before, uri) = html.split_at_checked(start)?;
        let opening = *before.trim_ascii_end().as_bytes().last()?;
        if !BEFORE_ADDRESS.contains(&opening) || !is_picture(uri.as_bytes()) {
            return None;
        }
        let (_, after) = uri.split_at_checked(end_of_address(uri, opening))?;
        Some((before, after))
    })
}

/// True if a `data:` URI is of an image, or in base64: many programs write pictures without their media type.
fn is_picture(uri: &[u8]) -> bool {
    let head = uri.get(DATA.len()..).unwrap_or_default();
    let comma = head.iter().take(LONGEST_HEAD).position(|&byte| byte == b',');
    let Some(media_type) = comma.and_then(|comma| head.get(..comma)) else {
        return false;
    };
    let media_type = media_type.to_ascii_lowercase();
    let parameter = media_type.split(|&byte| byte == b';').skip(1).last();
    media_type.trim_ascii_start().starts_with(b"image/") || parameter.is_some_and(|last| last.trim_ascii() == b"base64")
}

/// Returns the length of an address. Between quotes it may have line breaks, as base64 often has.
fn end_of_address(address: &str, opening: u8) -> usize {
    let quoted = match opening {
        b'"' | b'\'' => address.find(char::from(opening)),
        _ => None,
    };
    let ends = |character: char| character.is_ascii_whitespace() || "\"')<>".contains(character);
    quoted.or_else(|| address.find(ends)).unwrap_or(address.len())
}
