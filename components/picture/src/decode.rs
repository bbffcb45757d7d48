//! Pixels, within the memory of an instance.

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, RgbImage};
use jpeg_decoder::PixelFormat;

use crate::canvas;
use crate::file_type::FileType;
use crate::header::Header;
use crate::jpeg;
use crate::open::{MEMORY, open, problem};
use crate::problem::Problem;

/// The most pixels of a jpg, which is decoded at a half, a quarter or an eighth of its size if memory is short: what
/// the largest sensors of phones have. They take some seconds.
const JPEG_PIXELS: u64 = 200_000_000;

/// A decoded picture of 8 bits a channel, as it is stored.
#[derive(Debug)]
pub struct Decoded {
    /// The pixels: grey or RGB, with or without alpha.
    pub image: DynamicImage,
    /// The profile of its colours.
    pub profile: Option<Vec<u8>>,
}

/// Decodes a picture that will be scaled to a size, as it is stored. A jpg may come smaller than it is, but not smaller
/// than that size, unless memory is short.
pub fn decode(header: &Header, bytes: &[u8], target: (u32, u32)) -> Result<Decoded, Problem> {
    match &header.jpeg {
        Some(segments) => decode_jpeg(header, segments, bytes, target),
        None => decode_other(header, bytes, target),
    }
}

fn decode_other(header: &Header, bytes: &[u8], target: (u32, u32)) -> Result<Decoded, Problem> {
    // Each pixel takes a byte at least. A decoder has less to say about a size that it refuses.
    check_memory(header, bytes, pixels(header.size))?;
    let mut decoder = open(header.file_type, bytes)?;
    let decoded = decoder.total_bytes();
    let decoding = match header.file_type {
        // One of RGB is unpacked with alpha first.
        FileType::WebP => decoded * 7 / 3,
        FileType::Gif | FileType::Tiff => decoded * 2,
        // More than 8 bits a channel are copied to 8.
        _ if decoder.color_type().bytes_per_pixel() > 4 => decoded * 2,
        _ => decoded,
    };
    let channels = decoder.color_type().channel_count().into();
    let scaling = decoded + copy(header, header.size, target, channels);
    // What is transparent is tried as a png, which is collected whole.
    let forms = if decoder.color_type().has_alpha() { 2 } else { 1 };
    let encoding = pixels(target) * channels * forms;
    check_memory(header, bytes, decoding.max(scaling).max(encoding))?;
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(|error| problem(header.file_type, &error))?;
    Ok(Decoded {
        image: canvas::to_8_bits(image),
        profile,
    })
}

/// Returns the bytes of the copies that are made of decoded pixels: to scale them, first in width, or to turn them.
fn copy(header: &Header, decoded: (u32, u32), target: (u32, u32), channels: u64) -> u64 {
    if decoded != target {
        (pixels(target) + pixels((target.0, decoded.1))) * channels
    } else if header.orientation == Orientation::NoTransforms {
        0
    } else {
        pixels(decoded) * channels
    }
}

fn pixels((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

fn check_memory(header: &Header, bytes: &[u8], needed: u64) -> Result<(), Problem> {
    let file = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if needed.saturating_add(file) > MEMORY {
        return Err(Problem::TooManyPixels(header.size.0, header.size.1));
    }
    Ok(())
}

fn decode_jpeg(
    header: &Header,
    segments: &jpeg::Segments,
    bytes: &[u8],
    target: (u32, u32),
) -> Result<Decoded, Problem> {
    let (factor, size) = jpeg_scale(header, segments, bytes, target)?;
    let damaged = |error: jpeg_decoder::Error| match error {
        jpeg_decoder::Error::Unsupported(_) => Problem::Unsupported(FileType::Jpg),
        _ => Problem::Damaged(FileType::Jpg),
    };
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(usize::try_from(MEMORY).unwrap_or(usize::MAX));
    if factor > 1 {
        let size = (u16::try_from(size.0), u16::try_from(size.1));
        if let (Ok(width), Ok(height)) = size {
            decoder.scale(width, height).map_err(damaged)?;
        }
    }
    let pixels = decoder.decode().map_err(damaged)?;
    let info = decoder.info().ok_or(Problem::Damaged(FileType::Jpg))?;
    let (width, height) = (info.width.into(), info.height.into());
    let image = match info.pixel_format {
        PixelFormat::L8 => GrayImage::from_raw(width, height, pixels).map(DynamicImage::from),
        PixelFormat::RGB24 => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
        PixelFormat::CMYK32 => RgbImage::from_raw(width, height, canvas::cmyk_to_rgb(pixels)).map(DynamicImage::from),
        PixelFormat::L16 => return Err(Problem::Unsupported(FileType::Jpg)),
    };
    Ok(Decoded {
        image: image.ok_or(Problem::Damaged(FileType::Jpg))?,
        profile: decoder.icc_profile(),
    })
}

/// Returns the factor by which a jpg is made smaller while it is decoded, and the size that it then has.
fn jpeg_scale(
    header: &Header,
    segments: &jpeg::Segments,
    bytes: &[u8],
    target: (u32, u32),
) -> Result<(u32, (u32, u32)), Problem> {
    let (width, height) = header.size;
    let too_many = Problem::TooManyPixels(width, height);
    if pixels(header.size) > JPEG_PIXELS {
        return Err(too_many);
    }
    let scaled = |factor: u32| (width.div_ceil(factor), height.div_ceil(factor));
    let is_large_enough = |factor: &u32| {
        let (width, height) = scaled(*factor);
        width >= target.0 && height >= target.1
    };
    const FACTORS: [u32; 4] = [1, 2, 4, 8];
    let largest = FACTORS.into_iter().rev().find(is_large_enough).unwrap_or(1);
    let coefficients = if segments.is_progressive {
        2 * pixels(header.size) * segments.blocks / 100
    } else {
        0
    };
    for factor in FACTORS.into_iter().filter(|factor| *factor >= largest) {
        let size = scaled(factor);
        let channels = u64::from(segments.components);
        let output = pixels(size) * channels;
        let planes = pixels(size) * segments.blocks / 100;
        let after = output + copy(header, size, target, channels);
        if check_memory(header, bytes, (coefficients + planes + output).max(after)).is_ok() {
            return Ok((factor, size));
        }
    }
    Err(too_many)
}
