//! Articles as the server keeps them (wechat-api §11.1).

use serde_json::Value;

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
    /// Returns the kind's name in requests and replies.
    pub fn name(self) -> &'static str {
        match self {
            ArticleKind::News => "news",
            ArticleKind::Newspic => "newspic",
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
    /// Digest. If none was sent, it is taken from the content.
    pub digest: String,
    /// Content after sanitising. Images still have `src`.
    pub content: String,
    /// Content as it was sent, if the server changed it and no fault did.
    pub sent: Option<String>,
    /// Link to the original, or empty.
    pub content_source_url: String,
    /// Cover. A newspic has its first picture.
    pub thumb_media_id: String,
    /// True if comments are open.
    pub need_open_comment: bool,
    /// True if only followers may comment.
    pub only_fans_can_comment: bool,
    /// Pictures of a newspic by media id.
    pub images: Vec<String>,
    /// `cover_info` as it was sent.
    pub cover_info: Option<Value>,
    /// Key of the product card at the end.
    pub product_key: Option<String>,
    /// Preview link of a draft, permanent link of a published article.
    pub url: String,
    /// True if it was deleted after publication.
    pub is_deleted: bool,
}

impl Article {
    /// Makes a news article with title, content and cover.
    pub fn news(title: &str, content: &str, thumb_media_id: &str) -> Article {
        Article {
            title: title.to_owned(),
            content: content.to_owned(),
            thumb_media_id: thumb_media_id.to_owned(),
            ..Article::default()
        }
    }
}
