//! Files that are refused, each with its kind, and without any decoding of what is too large.

use std::io::Cursor;

use image::ImageEncoder;
use image::ImageFormat::{Gif, Jpeg, Png};
use image::codecs::png::PngEncoder;
use wechat_official_account_picture::fit;
use wechat_official_account_picture::types::{ErrorKind, File, Language, Place};

use crate::support::{PLACES, drawing, encoded, fixture, photograph, shared_fixture, try_fit};

#[track_caller]
fn refused(bytes: &[u8], kind: ErrorKind, word: &str) {
    for place in PLACES {
        let error = try_fit("a", bytes, place).map(|fitted| fitted.changes).unwrap_err();
        assert_eq!(error.kind, kind, "{error:?}");
        assert!(error.message.contains(word), "{error:?}");
    }
}

#[test]
fn a_file_that_is_no_picture_is_named() {
    let unknown = ErrorKind::UnknownType;
    refused(b"", unknown, "empty");
    refused(b"BMW builds cars", unknown, "no picture");
    refused(b"\xEF\xBB\xBF <!DOCTYPE html><p>", unknown, "HTML");
    refused(
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        unknown,
        "SVG",
    );
    refused(b"%PDF-1.7", unknown, "PDF");
    refused(b"8BPS\0\x01", unknown, "PSD");
    refused(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", unknown, "HEIC");
    refused(b"\0\0\0\x1Cftypmif1\0\0\0\0mif1avif", unknown, "AVIF");
    refused(&shared_fixture("video.mp4"), unknown, "MP4");
    // The decoder knows no palettes in a tiff.
    refused(&fixture("palette.tiff"), unknown, "a kind of tiff");
}

#[test]
fn a_picture_that_is_cut_off_is_damaged() {
    for name in ["progressive.jpg", "lossy.webp", "16-bit.tiff", "rle.bmp"] {
        let bytes = fixture(name);
        let error = try_fit(name, &bytes[..bytes.len() * 2 / 3], Place::Cover)
            .map(|fitted| fitted.changes)
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::Damaged, "{name}");
    }
    // Without its pixels a png would be small enough for every place.
    let png = fixture("gps.png");
    for end in [20, 60, png.len() * 2 / 3, png.len() - 1] {
        refused(&png[..end], ErrorKind::Damaged, "damaged");
    }
    for bytes in [
        &b"\xFF\xD8\xFF"[..],
        b"\x89PNG\r\n\x1A\n",
        b"GIF89a",
        b"RIFF\0\0\0\0WEBP",
        b"II*\0",
    ] {
        refused(bytes, ErrorKind::Damaged, "damaged");
    }
}

#[test]
fn a_jpg_with_two_frames_is_damaged() {
    let jpg = encoded(photograph(64, 48), Jpeg);
    // Sizes, and 4 colour components or 3.
    let cmyk = b"\xFF\xC0\0\x14\x08\0\x30\0\x40\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0".as_slice();
    let rgb = b"\xFF\xC0\0\x11\x08\0\x30\0\x40\x03\x01\x11\0\x02\x11\0\x03\x11\0".as_slice();
    for first in [cmyk, rgb] {
        let two = [&jpg[..2], first, &jpg[2..]].concat();
        refused(&two, ErrorKind::Damaged, "damaged");
    }
}

/// A png with this size in its header.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(drawing(8, 8), Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    })
}

#[test]
fn pixels_are_counted_before_they_are_decoded() {
    refused(&png_of(50_000, 50_000), ErrorKind::TooManyPixels, "50000 × 50000");
    refused(
        &png_of(u32::MAX >> 1, u32::MAX >> 1),
        ErrorKind::TooManyPixels,
        "pixels",
    );
    let mut jpg = encoded(photograph(16, 16), Jpeg);
    let frame = jpg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpg[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
    refused(&jpg, ErrorKind::TooManyPixels, "65535 × 65535");
}

#[test]
fn what_unpacks_to_more_than_memory_is_refused() {
    // A profile of colours that packs a thousand times.
    let mut png = Cursor::new(Vec::new());
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_icc_profile(vec![0; 120_000_000]).unwrap();
    photograph(2_000, 1_000).write_with_encoder(encoder).unwrap();
    let png = png.into_inner();
    assert!(png.len() < 10_000_000);
    for place in [Place::Article, Place::Thumb] {
        match try_fit("a", &png, place) {
            Ok(fitted) => assert!(fitted.file.bytes.len() < 1_000_000),
            Err(error) => assert_eq!(error.kind, ErrorKind::TooManyPixels),
        }
    }

    // A gif of 8 × 8 pixels with a frame of 65535 × 65535.
    let mut gif = encoded(drawing(8, 8), Gif);
    let frame = gif.windows(5).position(|window| window == [0x2C, 0, 0, 0, 0]).unwrap();
    gif[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
    let outcome = try_fit("a", &gif, Place::Thumb).map(|fitted| fitted.changes);
    assert!(outcome.is_err(), "{outcome:?}");

    // A webp whose canvas is larger than its picture.
    let mut webp = fixture("gps.webp");
    webp[24..30].copy_from_slice(&[0xFE, 0x3F, 0, 0xFE, 0x3F, 0]);
    refused(&webp, ErrorKind::TooManyPixels, "16383 × 16383");

    // A tiff whose one strip is 4 GB long.
    let tiff = fixture("turned.tiff");
    let count = tiff.windows(8).position(|window| window == [0x17, 1, 4, 0, 1, 0, 0, 0]);
    let count = count
        .or_else(|| tiff.windows(8).position(|window| window == [0x17, 1, 3, 0, 1, 0, 0, 0]))
        .unwrap();
    let mut tiff = tiff.clone();
    tiff[count + 2] = 4;
    tiff[count + 8..count + 12].copy_from_slice(&[0xFF; 4]);
    refused(&tiff, ErrorKind::TooManyPixels, "memory");
}

#[test]
fn errors_are_in_chinese_too() {
    let file = File {
        name: "封面.heic".to_owned(),
        bytes: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(),
    };
    let error = fit(file, Place::Cover, Language::Zh).unwrap_err();
    assert_eq!(error.message, "封面.heic：微信不支持 HEIC 格式，本程序也无法转换");
    assert_eq!(error.advice, "请先用图片工具转换或导出为 jpg 或 png。");
}
