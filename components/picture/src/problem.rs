//! Why a picture cannot be made to fit.

use crate::bindings::types::{Error, ErrorKind};
use crate::file_type::FileType;
use crate::texts::Texts;

/// A reason.
#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// There are no bytes.
    Empty,
    /// The bytes are no picture of a known type.
    Unknown,
    /// A picture of a type that cannot be decoded, by its name for people.
    NotConvertible(&'static str),
    /// The file is something else than a picture, by its name for people.
    Other(&'static str),
    /// A kind of this type that cannot be decoded.
    Unsupported(FileType),
    /// The picture cannot be read to its end.
    Damaged(FileType),
    /// The pixels need more memory than there is. Width and height are those of the header.
    TooManyPixels(u32, u32),
    /// The decoder needs more memory than there is.
    TooMuchMemory,
    /// An animation that does not fit.
    Animation(FileType),
    /// No smaller form fits.
    TooLarge,
}

impl Problem {
    /// Returns the error that tells people, with the name of the file.
    pub fn into_error(self, name: &str, texts: &Texts) -> Error {
        use ErrorKind::{Animation, Damaged, TooLarge, TooManyPixels, UnknownType};
        let (kind, message, advice) = match self {
            Self::Empty => (UnknownType, texts.empty.with([&name]), texts.read_again),
            Self::Unknown => (UnknownType, texts.unknown.with([&name]), texts.give_a_picture),
            Self::NotConvertible(found) => (UnknownType, texts.not_convertible.with([&name, &found]), texts.convert),
            Self::Other(found) => (UnknownType, texts.other.with([&name, &found]), texts.give_a_picture),
            Self::Unsupported(found) => (
                UnknownType,
                texts.unsupported.with([&name, &found.extension()]),
                texts.convert,
            ),
            Self::Damaged(found) => (
                Damaged,
                texts.damaged.with([&name, &found.extension()]),
                texts.save_again,
            ),
            Self::TooManyPixels(width, height) => (
                TooManyPixels,
                texts.too_many_pixels.with([&name, &width, &height]),
                texts.scale_down,
            ),
            Self::TooMuchMemory => (TooManyPixels, texts.too_much_memory.with([&name]), texts.save_again),
            Self::Animation(found) => (
                Animation,
                texts.animation.with([&name, &found.extension()]),
                texts.save_one_frame,
            ),
            Self::TooLarge => (TooLarge, texts.too_large.with([&name]), texts.give_another),
        };
        Error {
            kind,
            message,
            advice: advice.as_str().to_owned(),
        }
    }
}
