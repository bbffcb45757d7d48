//! What WeChat takes where.

use crate::bindings::types::Place;
use crate::file_type::FileType;

/// What a place takes.
#[derive(Debug)]
pub struct Rules {
    /// The types that are returned as they are.
    pub keeps: &'static [FileType],
    /// Whether an animated gif is returned as it is.
    pub keeps_animations: bool,
    /// The size of the largest file, in bytes.
    pub limit: usize,
    /// The size of the largest animated gif, in bytes.
    pub animation_limit: usize,
    /// Whether a picture may become a png. A jpg it may always become.
    pub makes_png: bool,
    /// The largest width in pixels of a picture that is encoded again. A picture that fits as it is may be wider.
    pub width: u32,
    /// The exact width and height, if the place has one.
    pub exact: Option<(u32, u32)>,
}

/// WeChat's pages say "KB" and "MB"; the plugin reads them as the larger, binary units (wechat-api §16).
const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// The largest width in an article. Its column is 677 pixels wide on a desktop, and screens have up to 3 pixels for
/// each of them; a photograph of 4000 pixels is halved exactly.
const ARTICLE_WIDTH: u32 = 2000;
/// The largest width of a permanent image, for those who enlarge it. A screen has 3840.
const IMAGE_WIDTH: u32 = 4096;
/// The size of a cover that WeChat's website recommends (wechat-api §16), in pixels.
const COVER: (u32, u32) = (900, 383);

/// Pictures in the text of an article.
static ARTICLE_RULES: Rules = Rules {
    keeps: &[FileType::Jpg, FileType::Png],
    keeps_animations: true,
    limit: MIB - 1,
    // It is uploaded as a permanent image.
    animation_limit: 10 * MIB,
    makes_png: true,
    width: ARTICLE_WIDTH,
    exact: None,
};
/// Permanent images.
static IMAGE_RULES: Rules = Rules {
    keeps: &[FileType::Jpg, FileType::Png, FileType::Gif, FileType::Bmp],
    keeps_animations: true,
    limit: 10 * MIB,
    animation_limit: 10 * MIB,
    makes_png: true,
    width: IMAGE_WIDTH,
    exact: None,
};
/// Thumbs of permanent material.
static THUMB_RULES: Rules = Rules {
    keeps: &[FileType::Jpg],
    keeps_animations: false,
    limit: 64 * KIB,
    animation_limit: 0,
    makes_png: false,
    // A thumb stands for a cover.
    width: COVER.0,
    exact: None,
};
/// Covers of articles.
static COVER_RULES: Rules = Rules {
    keeps: &[FileType::Jpg, FileType::Png],
    keeps_animations: false,
    // It is uploaded as a permanent image.
    limit: 10 * MIB,
    animation_limit: 0,
    makes_png: true,
    width: COVER.0,
    exact: Some(COVER),
};

impl Rules {
    /// Returns what this place takes.
    pub fn of(place: Place) -> &'static Self {
        match place {
            Place::Article => &ARTICLE_RULES,
            Place::Image => &IMAGE_RULES,
            Place::Thumb => &THUMB_RULES,
            Place::Cover => &COVER_RULES,
        }
    }
}
