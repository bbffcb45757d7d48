//! What a header tells, without any decoding of pixels.

use image::ImageDecoder;
use image::metadata::Orientation;

use crate::file_type::{self, FileType, Found};
use crate::open::open;
use crate::parts::Parts;
use crate::problem::Problem;
use crate::{gif, jpeg, png};

/// What a header tells.
#[derive(Debug)]
pub struct Header {
    /// The type.
    pub file_type: FileType,
    /// Width and height in pixels, as they are stored.
    pub size: (u32, u32),
    /// How the picture is to be turned.
    pub orientation: Orientation,
    /// Whether it is an animation.
    pub is_animated: bool,
    /// The parts that are the picture.
    pub picture: Parts,
    /// What a decoder needs to know of a jpg.
    pub jpeg: Option<jpeg::Segments>,
}

impl Header {
    /// Reads the header of a file.
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        match file_type::of(bytes) {
            Found::Picture(file_type) => Self::of_type(file_type, bytes),
            Found::NotConvertible(name) => Err(Problem::NotConvertible(name)),
            Found::Other(name) => Err(Problem::Other(name)),
            Found::Empty => Err(Problem::Empty),
            Found::Unknown => Err(Problem::Unknown),
        }
    }

    fn of_type(file_type: FileType, bytes: &[u8]) -> Result<Self, Problem> {
        let damaged = || Problem::Damaged(file_type);
        let header = match file_type {
            FileType::Jpg => Self::of_jpeg(jpeg::segments(bytes).ok_or_else(damaged)?),
            FileType::Png => Self::of_png(png::chunks(bytes).ok_or_else(damaged)?),
            FileType::Gif => Self::of_gif(gif::blocks(bytes).ok_or_else(damaged)?),
            FileType::Bmp | FileType::WebP | FileType::Tiff => Self::of_decoder(file_type, bytes)?,
        };
        Ok(header)
    }

    fn of_jpeg(mut found: jpeg::Segments) -> Self {
        Self {
            file_type: FileType::Jpg,
            size: (found.width.into(), found.height.into()),
            orientation: found.orientation,
            is_animated: false,
            picture: std::mem::take(&mut found.picture),
            jpeg: Some(found),
        }
    }

    fn of_png(found: png::Chunks) -> Self {
        Self {
            file_type: FileType::Png,
            size: (found.width, found.height),
            orientation: found.orientation.unwrap_or(Orientation::NoTransforms),
            is_animated: found.is_animated,
            picture: found.picture,
            jpeg: None,
        }
    }

    fn of_gif(found: gif::Blocks) -> Self {
        Self {
            file_type: FileType::Gif,
            size: (found.width.into(), found.height.into()),
            orientation: Orientation::NoTransforms,
            is_animated: found.is_animated,
            picture: found.picture,
            jpeg: None,
        }
    }

    fn of_decoder(file_type: FileType, bytes: &[u8]) -> Result<Self, Problem> {
        let mut decoder = open(file_type, bytes)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        Ok(Self {
            file_type,
            size: decoder.dimensions(),
            orientation,
            is_animated: is_animated_webp(bytes),
            // Only bmp is ever kept, which has no metadata.
            picture: Parts::up_to(bytes.len()),
            jpeg: None,
        })
    }

    /// Returns whether the colours are CMYK, by the header. WeChat refuses them in a jpg (wechat-api §7).
    pub fn is_cmyk(&self) -> bool {
        self.jpeg.as_ref().is_some_and(|jpeg| jpeg.components == 4)
    }

    /// Returns whether the picture is turned by a quarter, so that width and height change places.
    pub fn swaps_sides(&self) -> bool {
        use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
        matches!(self.orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
    }

    /// Returns width and height in pixels, as they are seen.
    pub fn seen_size(&self) -> (u32, u32) {
        self.turned(self.size)
    }

    /// Returns a size as it is seen, for one as it is stored, and the other way round.
    pub fn turned(&self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        }
    }
}

/// Returns whether the bytes are a webp of the extended form with the flag of an animation.
fn is_animated_webp(bytes: &[u8]) -> bool {
    const ANIMATION: u8 = 0b10;
    let form = bytes.strip_prefix(b"RIFF").and_then(|rest| rest.get(4..));
    let flags = form
        .and_then(|form| form.strip_prefix(b"WEBPVP8X"))
        .and_then(|chunk| chunk.get(4));
    flags.is_some_and(|flags| flags & ANIMATION != 0)
}
