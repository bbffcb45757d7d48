//! Decoders that have read a header, and no pixel. A jpg has its own, in `decode`.

use std::io::Cursor;

use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::tiff::TiffDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ImageDecoder, ImageError, ImageResult, Limits};

use crate::file_type::FileType;
use crate::problem::Problem;

/// The most bytes that file and pixels may take together. An instance of the plugin's host has 128 MiB; 16 of them are
/// for the new file and all else. It is the same natively, so that the same picture has the same outcome everywhere.
pub const MEMORY: u64 = 112 * 1024 * 1024;

/// Opens a picture that is no jpg. Its header is read, and no pixel decoded.
pub fn open<'a>(file_type: FileType, bytes: &'a [u8]) -> Result<Box<dyn ImageDecoder + 'a>, Problem> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY);
    let read = Cursor::new(bytes);
    let opened = || -> ImageResult<Box<dyn ImageDecoder + 'a>> {
        let mut decoder: Box<dyn ImageDecoder> = match file_type {
            FileType::Png => return Ok(Box::new(PngDecoder::with_limits(read, limits)?)),
            FileType::Gif => Box::new(GifDecoder::new(read)?),
            FileType::Bmp => Box::new(BmpDecoder::new(read)?),
            FileType::WebP => Box::new(WebPDecoder::new(read)?),
            // A jpg never comes here.
            FileType::Jpg | FileType::Tiff => Box::new(TiffDecoder::new(read)?),
        };
        decoder.set_limits(limits)?;
        Ok(decoder)
    };
    opened().map_err(|error| problem(file_type, &error))
}

/// Returns the problem that a decoder tells.
pub fn problem(file_type: FileType, error: &ImageError) -> Problem {
    match error {
        ImageError::Unsupported(_) => Problem::Unsupported(file_type),
        ImageError::Limits(_) => Problem::TooMuchMemory,
        _ => Problem::Damaged(file_type),
    }
}

#[cfg(test)]
mod tests {
    use image::codecs::png::PngEncoder;
    use image::{ImageEncoder, RgbImage};

    use super::*;

    #[test]
    fn a_profile_that_unpacks_to_more_than_memory_is_not_read() {
        for (length, is_read) in [(1_000, true), (120_000_000, false)] {
            let mut png = Vec::new();
            let mut encoder = PngEncoder::new(&mut png);
            encoder.set_icc_profile(vec![0; length]).unwrap();
            RgbImage::new(8, 8).write_with_encoder(encoder).unwrap();
            let profile = open(FileType::Png, &png).unwrap().icc_profile().unwrap();
            assert_eq!(profile.is_some(), is_read, "{length}");
        }
    }
}
