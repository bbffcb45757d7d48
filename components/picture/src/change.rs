//! What was done to a picture.

use crate::file_type::FileType;
use crate::texts::Texts;

/// One change.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// Metadata was left out.
    Metadata,
    /// The picture was turned as its orientation says.
    Turned,
    /// CMYK became RGB.
    Cmyk,
    /// The middle was cut out, in the proportions of this width and height.
    Cut(u32, u32),
    /// The size, from and to, in pixels.
    Scaled((u32, u32), (u32, u32)),
    /// Transparent parts became white.
    White,
    /// The type, from and to.
    Type(FileType, FileType),
    /// It was encoded as a jpg of this quality.
    Quality(u8),
    /// Pages after the first one were left out.
    Pages,
}

impl Change {
    /// Returns the sentence that tells people.
    pub fn sentence(&self, texts: &Texts) -> String {
        match self {
            Self::Metadata => texts.metadata_left_out.as_str().to_owned(),
            Self::Turned => texts.turned.as_str().to_owned(),
            Self::Cmyk => texts.became_rgb.as_str().to_owned(),
            Self::Cut(width, height) => texts.cut.with([width, height]),
            Self::Scaled(from, to) => texts.scaled.with([&from.0, &from.1, &to.0, &to.1]),
            Self::White => texts.became_white.as_str().to_owned(),
            Self::Type(from, to) => texts.type_changed.with([&from.extension(), &to.extension()]),
            Self::Quality(quality) => texts.encoded.with([quality]),
            Self::Pages => texts.pages_left_out.as_str().to_owned(),
        }
    }
}
