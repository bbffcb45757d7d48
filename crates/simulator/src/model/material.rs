//! Permanent material and temporary media (wechat-api §8, §10).

use bytes::Bytes;

use super::article::Article;

/// Kind of a permanent material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaterialKind {
    /// Picture: the only kind with a URL that articles may use.
    Image,
    /// Sound.
    Voice,
    /// Film.
    Video,
    /// Cover thumbnail: in no list.
    Thumb,
    /// Articles from the time before drafts; no file.
    News,
}

impl MaterialKind {
    /// Returns the kind's name in requests and replies.
    pub fn name(self) -> &'static str {
        match self {
            MaterialKind::Image => "image",
            MaterialKind::Voice => "voice",
            MaterialKind::Video => "video",
            MaterialKind::Thumb => "thumb",
            MaterialKind::News => "news",
        }
    }

    /// Returns the kind with that name.
    pub(crate) fn of_name(name: &str) -> Option<MaterialKind> {
        match name {
            "image" => Some(MaterialKind::Image),
            "voice" => Some(MaterialKind::Voice),
            "video" => Some(MaterialKind::Video),
            "thumb" => Some(MaterialKind::Thumb),
            "news" => Some(MaterialKind::News),
            _ => None,
        }
    }
}

/// A permanent material.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Material {
    /// Kind.
    pub kind: MaterialKind,
    /// Name in lists: the file name it was uploaded under.
    pub name: String,
    /// File content; empty for news.
    pub bytes: Bytes,
    /// Public URL; empty for voice, video and news.
    pub url: String,
    /// Title of a video.
    pub title: String,
    /// Introduction of a video.
    pub introduction: String,
    /// Articles of news.
    pub articles: Vec<Article>,
    /// True if an automatic reply or a menu uses it. Deletion is then refused with 48005.
    pub referenced: bool,
    /// Unix seconds.
    pub update_time: u64,
    /// Number that grows with every item of the account. Lists show the highest first.
    pub order: u64,
}

/// A temporary medium.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TemporaryMedia {
    /// Kind; never news.
    pub kind: MaterialKind,
    /// File name it was uploaded under.
    pub name: String,
    /// File content.
    pub bytes: Bytes,
    /// The same voice as 16 kHz speex, if JSSDK recorded it.
    pub speex: Option<Bytes>,
    /// Unix seconds. Three days later it is gone.
    pub created_at: u64,
}
