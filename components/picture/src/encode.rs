//! Pictures as jpg and png.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageEncoder};

/// The most pixels of a side of a jpg, whose header has 16 bits for it.
pub const LONGEST_SIDE: u32 = 65_535;

/// Encodes grey or RGB as a jpg. Returns `None` if a side is longer than [`LONGEST_SIDE`].
pub fn jpg(image: &DynamicImage, quality: u8, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    write(image, JpegEncoder::new_with_quality(&mut bytes, quality), profile)?;
    Some(bytes)
}

/// Encodes as a png.
pub fn png(image: &DynamicImage, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    write(image, encoder, profile)?;
    Some(bytes)
}

fn write(image: &DynamicImage, mut encoder: impl ImageEncoder, profile: Option<&[u8]>) -> Option<()> {
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).ok()?;
    }
    image.write_with_encoder(encoder).ok()
}
