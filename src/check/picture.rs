//! The width and height of pictures.
//!
//! Written by hand: `imagesize` fails on the fill bytes of JPEG and on bitmaps that are stored upside down. A test
//! compares the two.

use crate::media_type::Format;
use crate::texts::FilesTexts;

/// The pixels of a picture that WeChat is known to have refused, 18018 × 24477 (wechat-api §7). It names no other
/// limit.
const PIXELS_REFUSED: u64 = 18_018 * 24_477;

/// The colour components of a jpg in CMYK. RGB has 3, and grey has 1.
const CMYK: u8 = 4;

/// Returns the problem of a picture, by its header: its size, or colours that WeChat refuses.
pub fn problem(texts: &FilesTexts, bytes: &[u8]) -> Option<String> {
    // OS/2 1.x had a short header with other fields, which ends at 26 bytes. Such a bitmap is not measured.
    if bytes.starts_with(b"BM") && bytes.get(14) == Some(&12) && bytes.len() >= 26 {
        return None;
    }
    let Some((width, height)) = size(bytes) else {
        return Some(texts.damaged.to_owned());
    };
    let pixels = u64::from(width) * u64::from(height);
    if !(1..PIXELS_REFUSED).contains(&pixels) {
        return Some(texts.pixels.with([&width, &height]));
    }
    // Reported as errcode 40137 (wechat-api §7).
    (components(bytes) == Some(CMYK)).then(|| texts.cmyk.to_owned())
}

/// The width and height up to which a picture is a placeholder, or a pixel that counts readers (article-html §4).
/// WeChat refused pictures about 1 pixel wide (wechat-api §7).
const PLACEHOLDER: u32 = 2;

/// Returns whether this is a jpg, png, gif or bmp of no more than 2 × 2 pixels.
pub fn is_placeholder(bytes: &[u8]) -> bool {
    let is_known = Format::of(bytes).is_some_and(|format| IMAGE_FORMATS.contains(&format.extension));
    let size = size(bytes).filter(|_| is_known);
    size.is_some_and(|(width, height)| (1..=PLACEHOLDER).contains(&width) && (1..=PLACEHOLDER).contains(&height))
}

/// The formats that are measured.
const IMAGE_FORMATS: [&str; 4] = ["jpg", "png", "gif", "bmp"];

/// Returns the width and height of a jpg, png, gif or bmp.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    match *bytes {
        [0xFF, 0xD8, ref segments @ ..] => {
            let [_, _, _, _, _, h0, h1, w0, w1, ..] = *frame_header(segments)? else {
                return None;
            };
            Some((u16::from_be_bytes([w0, w1]).into(), u16::from_be_bytes([h0, h1]).into()))
        }
        [b'G', b'I', b'F', b'8', _, _, w0, w1, h0, h1, _, _, ..] => {
            Some((u16::from_le_bytes([w0, w1]).into(), u16::from_le_bytes([h0, h1]).into()))
        }
        [b'G', ..] => None,
        [b'B', ..] => {
            let (width, height) = two_numbers(bytes.get(18..)?)?;
            // A bitmap that is stored from the top has a negative height.
            let height = u32::from_le_bytes(height).cast_signed().unsigned_abs();
            Some((u32::from_le_bytes(width), height))
        }
        _ => {
            let header = bytes.strip_prefix(b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR")?;
            let (width, height) = two_numbers(header)?;
            Some((u32::from_be_bytes(width), u32::from_be_bytes(height)))
        }
    }
}

/// Returns the number of colour components of a jpg.
fn components(bytes: &[u8]) -> Option<u8> {
    let segments = bytes.strip_prefix(&[0xFF, 0xD8])?;
    frame_header(segments)?.get(9).copied()
}

fn two_numbers(bytes: &[u8]) -> Option<([u8; 4], [u8; 4])> {
    let (first, rest) = bytes.split_first_chunk()?;
    Some((*first, *rest.first_chunk()?))
}

/// Returns a jpg from its frame header on, which has the size and the components: goes there from segment to segment.
fn frame_header(mut segments: &[u8]) -> Option<&[u8]> {
    loop {
        segments = match *segments {
            // Bytes FF may fill the space between two segments.
            [0xFF, 0xFF, ..] => segments.get(1..)?,
            // A frame of any coding. C4, C8 and CC are none.
            [0xFF, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF, ..] => return Some(segments),
            // The picture begins or ends before it has a size.
            [0xFF, 0xD8 | 0xD9, ..] => return None,
            [0xFF, _, high, low, ..] => segments.get(2 + usize::from(u16::from_be_bytes([high, low]))..)?,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;

    const PICTURES: [&str; 7] = [
        "cover.jpg",
        "photo-1.jpg",
        "photo-2.jpg",
        "thumb.jpg",
        "article.png",
        "animation.gif",
        "picture.bmp",
    ];

    fn fixture(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/host-test/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = fixture("article.png");
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        bytes
    }

    fn bmp(width: i32, height: i32) -> Vec<u8> {
        let mut bytes = fixture("picture.bmp");
        bytes[18..22].copy_from_slice(&width.to_le_bytes());
        bytes[22..26].copy_from_slice(&height.to_le_bytes());
        bytes
    }

    /// Returns a jpg with these bytes after its first two.
    fn jpg(inserted: &[u8]) -> Vec<u8> {
        let bytes = fixture("cover.jpg");
        [&bytes[..2], inserted, &bytes[2..]].concat()
    }

    #[test]
    fn a_file_that_only_begins_like_a_picture_is_damaged() {
        let mut gif = fixture("animation.gif");
        assert_eq!(problem(&EN.files, &gif[..12]), None);
        assert!(problem(&EN.files, &gif[..11]).is_some());
        gif[3] = b'9';
        assert!(problem(&EN.files, &gif).is_some());
        assert!(problem(&EN.files, b"GIF is a picture format").is_some());
        for early in [b"\xFF\xD9\0\x02", b"\xFF\xD8\0\x02"] {
            assert!(problem(&EN.files, &jpg(early)).is_some(), "{early:?}");
        }
        let mut short = b"BM".to_vec();
        short.resize(26, 0);
        short[14] = 12;
        assert_eq!(problem(&EN.files, &short), None);
        assert!(problem(&EN.files, &short[..25]).is_some());
    }

    #[test]
    fn a_real_picture_passes() {
        for name in PICTURES {
            assert_eq!(problem(&EN.files, &fixture(name)), None, "{name}");
        }
    }

    #[test]
    fn a_picture_has_width_and_height_and_fewer_pixels_than_one_that_was_refused() {
        assert_eq!(problem(&EN.files, &png(1, 1)), None);
        assert_eq!(problem(&EN.files, &png(18_018, 24_476)), None);
        assert_eq!(
            problem(&EN.files, &png(18_018, 24_477)).unwrap(),
            "18018 × 24477 pixels, which WeChat refuses"
        );
        for (width, height) in [(0, 1), (1, 0), (u32::MAX, u32::MAX)] {
            assert!(problem(&EN.files, &png(width, height)).is_some());
        }
    }

    #[test]
    fn a_jpg_has_one_or_three_colour_components() {
        let picture = fixture("cover.jpg");
        let header = frame_header(&picture[2..]).unwrap().as_ptr().addr() - picture.as_ptr().addr();
        let with = |components| {
            let mut picture = picture.clone();
            picture[header + 9] = components;
            problem(&EN.files, &picture)
        };
        assert_eq!((with(1), with(3)), (None, None));
        assert_eq!(
            with(4).unwrap(),
            "4 colour components (CMYK), which WeChat refuses: save it as RGB"
        );
    }

    #[test]
    fn a_png_begins_with_its_header() {
        let picture = fixture("article.png");
        // Apple's tools put another chunk before it; a transfer as text takes the carriage return away.
        let apple = [&picture[..8], b"\0\0\0\x04CgBI\x50\0\x20\x02\0\0\0\0", &picture[8..]].concat();
        let transferred = [&picture[..4], &picture[5..]].concat();
        for damaged in [apple, transferred] {
            assert_eq!(problem(&EN.files, &damaged).as_deref(), Some("damaged or cut off"));
        }
    }

    #[test]
    fn a_placeholder_has_at_most_2_pixels_each_way() {
        for (width, height, is_one) in [(1, 1, true), (2, 2, true), (1, 2, true), (3, 1, false), (2, 3, false)] {
            assert_eq!(is_placeholder(&png(width, height)), is_one, "{width} × {height}");
        }
        assert!(is_placeholder(&bmp(2, -2)) && !is_placeholder(&bmp(2, -3)));
        assert!(!is_placeholder(&png(0, 0)));
        assert!(!is_placeholder(b"") && !is_placeholder(&fixture("picture.webp")));
        for name in PICTURES {
            assert!(!is_placeholder(&fixture(name)), "{name}");
        }
    }

    #[test]
    fn a_bitmap_may_be_upside_down_or_old() {
        assert_eq!(problem(&EN.files, &bmp(48, -32)), None);
        assert!(problem(&EN.files, &bmp(48, 0)).is_some());
        assert_eq!(
            problem(&EN.files, &bmp(18_018, -24_477)).unwrap(),
            "18018 × 24477 pixels, which WeChat refuses"
        );
        let mut old = bmp(48 | 32 << 16, 1 | 24 << 16);
        assert!(problem(&EN.files, &old).is_some());
        old[14] = 12;
        assert_eq!(problem(&EN.files, &old), None);
    }

    #[test]
    fn a_picture_that_ends_before_its_size_is_damaged() {
        for (name, length) in [
            ("cover.jpg", 100),
            ("cover.jpg", 3),
            ("article.png", 23),
            ("animation.gif", 9),
            ("picture.bmp", 25),
            ("article.png", 8),
        ] {
            assert_eq!(
                problem(&EN.files, &fixture(name)[..length]).as_deref(),
                Some("damaged or cut off"),
                "{name}, {length}"
            );
        }
        assert!(problem(&EN.files, &jpg(b"garbage")).is_some());
        assert!(problem(&EN.files, &jpg(&[0xFF, 0xE1, 0, 0])).is_some());
    }

    #[test]
    fn fill_bytes_are_no_damage() {
        for filled in [
            jpg(&[0xFF]),
            jpg(&[0xFF, 0xFF, 0xFF]),
            jpg(&[0xFF, 0xFE, 0, 4, b'a', b'b', 0xFF]),
        ] {
            assert!(size(&filled).is_some());
            assert_eq!(size(&filled), size(&fixture("cover.jpg")));
            assert_eq!(problem(&EN.files, &filled), None);
        }
    }

    #[test]
    fn a_size_is_the_one_that_imagesize_reads() {
        for name in PICTURES {
            let bytes = fixture(name);
            let theirs = imagesize::blob_size(&bytes).unwrap();
            let ours = size(&bytes).map(|(width, height)| (width as usize, height as usize));
            assert_eq!(ours, Some((theirs.width, theirs.height)), "{name}");
        }
    }

    #[test]
    fn every_coding_of_a_jpg_has_a_size() {
        for marker in (0xC0..=0xCF).filter(|marker| ![0xC4, 0xC8, 0xCC].contains(marker)) {
            let bytes = [
                &[0xFF, 0xD8, 0xFF, 0xC4, 0, 3, 9, 0xFF, marker, 0, 17, 8][..],
                &[1, 2, 3, 4],
                &[0; 11],
            ]
            .concat();
            assert_eq!(size(&bytes), Some((0x304, 0x102)));
            let theirs = imagesize::blob_size(&bytes).unwrap();
            assert_eq!((theirs.width, theirs.height), (0x304, 0x102));
        }
    }
}
