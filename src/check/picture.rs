//! Width and height of pictures.

use super::text::{figures, joined};

/// As many pixels as a picture that WeChat is known to have refused, 18018 × 24477 (wechat-api §7). It names no other limit.
const PIXELS_REFUSED: u64 = 18_018 * 24_477;

/// What is wrong with the size of a picture, by its header.
pub fn trouble(bytes: &[u8]) -> Option<String> {
    if has_fill_bytes(bytes) {
        return None;
    }
    let Ok(size) = imagesize::blob_size(bytes) else {
        return Some("damaged or cut off".to_owned());
    };
    let mut height = size.height;
    if let [b'B', b'M', ..] = bytes {
        // OS/2 1.x had a short header with other fields. Such a bitmap is not measured.
        if bytes.get(14) == Some(&12) {
            return None;
        }
        // One that is stored from the top has a negative height.
        height = (height as u32).cast_signed().unsigned_abs() as usize;
    }
    let pixels = (size.width as u64).saturating_mul(height as u64);
    if (1..PIXELS_REFUSED).contains(&pixels) {
        return None;
    }
    let (width, height) = (figures(size.width), figures(height));
    Some(joined(&[&width, " × ", &height, " pixels, which WeChat refuses"]))
}

/// Whether a JPEG has bytes `FF` between its segments to fill them up, which is allowed, and which `imagesize` can't read.
fn has_fill_bytes(bytes: &[u8]) -> bool {
    let mut rest = match bytes {
        [0xFF, 0xD8, rest @ ..] => rest,
        _ => return false,
    };
    while let [0xFF, marker, high, low, ..] = *rest {
        if marker == 0xFF {
            return true;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        rest = rest.get(2 + length..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// With these bytes behind the two that begin it.
    fn jpg(inserted: &[u8]) -> Vec<u8> {
        let bytes = fixture("cover.jpg");
        [&bytes[..2], inserted, &bytes[2..]].concat()
    }

    #[test]
    fn real_pictures_pass() {
        for name in [
            "cover.jpg",
            "photo-1.jpg",
            "photo-2.jpg",
            "thumb.jpg",
            "article.png",
            "animation.gif",
            "picture.bmp",
        ] {
            assert_eq!(trouble(&fixture(name)), None, "{name}");
        }
    }

    #[test]
    fn a_picture_has_width_and_height_and_fewer_pixels_than_one_that_was_refused() {
        assert_eq!(trouble(&png(1, 1)), None);
        assert_eq!(trouble(&png(18_018, 24_476)), None);
        assert_eq!(
            trouble(&png(18_018, 24_477)).unwrap(),
            "18018 × 24477 pixels, which WeChat refuses"
        );
        for (width, height) in [(0, 1), (1, 0), (u32::MAX, u32::MAX)] {
            assert!(trouble(&png(width, height)).is_some());
        }
    }

    #[test]
    fn a_bitmap_may_be_upside_down_or_old() {
        assert_eq!(trouble(&bmp(48, -32)), None);
        assert!(trouble(&bmp(48, 0)).is_some());
        assert_eq!(
            trouble(&bmp(18_018, -24_477)).unwrap(),
            "18018 × 24477 pixels, which WeChat refuses"
        );
        let mut old = bmp(48 | 32 << 16, 1 | 24 << 16);
        assert!(trouble(&old).is_some());
        old[14] = 12;
        assert_eq!(trouble(&old), None);
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
                trouble(&fixture(name)[..length]).as_deref(),
                Some("damaged or cut off"),
                "{name}, {length}"
            );
        }
        assert!(trouble(&jpg(b"garbage")).is_some());
        assert!(trouble(&jpg(&[0xFF, 0xE1, 0, 0])).is_some());
    }

    #[test]
    fn fill_bytes_are_no_damage() {
        for filled in [
            jpg(&[0xFF]),
            jpg(&[0xFF, 0xFF, 0xFF]),
            jpg(&[0xFF, 0xFE, 0, 4, b'a', b'b', 0xFF]),
        ] {
            assert!(
                imagesize::blob_size(&filled).is_err(),
                "there is no need for `has_fill_bytes` any more"
            );
            assert_eq!(trouble(&filled), None);
        }
    }
}
