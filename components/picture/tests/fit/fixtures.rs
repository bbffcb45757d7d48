//! Pictures of real programs: every kind of colours, turned, animated, with metadata.

use image::DynamicImage;
use image::metadata::Orientation;
use wechat_official_account_picture::types::{ErrorKind, Place};

use crate::support::{PLACES, decode, fitted, fixture, try_fit};

/// The colours of the corners of a fixture: above left and right, below left and right.
type Corners = [[u8; 3]; 4];

const UPRIGHT: Corners = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]];
const TURNED: Corners = [UPRIGHT[2], UPRIGHT[0], UPRIGHT[3], UPRIGHT[1]];
const GREY: Corners = [[54; 3], [182; 3], [18; 3], [255; 3]];
const BLACK_AND_WHITE: Corners = [[0; 3], [255; 3], [0; 3], [255; 3]];

fn corners(image: &DynamicImage) -> Corners {
    let image = image.to_rgb8();
    let (right, below) = (image.width() - 8, image.height() - 8);
    [(8, 8), (right, 8), (8, below), (right, below)].map(|(x, y)| image.get_pixel(x, y).0)
}

/// Fails if a channel differs by more than lossy codings and other formulas for colours make it.
fn assert_colors(name: &str, bytes: &[u8], expected: Corners) {
    let found = corners(&decode(bytes));
    let differs = |(a, b): (&u8, &u8)| a.abs_diff(*b) > 26;
    assert!(
        !found.as_flattened().iter().zip(expected.as_flattened()).any(differs),
        "{name}: {found:?}"
    );
}

#[test]
fn colors_of_every_kind_stay() {
    for (name, expected) in [
        ("progressive.jpg", UPRIGHT),
        ("grey.jpg", GREY),
        ("cmyk.jpg", UPRIGHT),
        ("ycck.jpg", UPRIGHT),
        ("gps.jpg", TURNED),
        ("interlaced.png", UPRIGHT),
        ("palette.png", UPRIGHT),
        ("one-bit.png", BLACK_AND_WHITE),
        ("16-bit.png", UPRIGHT),
        ("gps.png", UPRIGHT),
        ("cmyk.tiff", UPRIGHT),
        ("fax.tiff", BLACK_AND_WHITE),
        ("jpeg.tiff", UPRIGHT),
        ("16-bit.tiff", UPRIGHT),
        ("turned.tiff", TURNED),
        ("lossy.webp", UPRIGHT),
        ("gps.webp", TURNED),
        ("rle.bmp", UPRIGHT),
    ] {
        for place in PLACES {
            let fitted = fitted(name, &fixture(name), place);
            assert_colors(name, &fitted.file.bytes, expected);
            if place != Place::Cover {
                let swapped = expected == TURNED;
                assert_eq!(
                    (fitted.width, fitted.height),
                    if swapped { (48, 64) } else { (64, 48) },
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn metadata_is_gone() {
    for name in ["gps.jpg", "gps.png", "gps.webp"] {
        let given = fixture(name);
        let has = |bytes: &[u8]| bytes.windows(7).any(|window| window == b"GPSMARK");
        assert!(has(&given), "{name}");
        for place in PLACES {
            assert!(!has(&fitted(name, &given, place).file.bytes), "{name} in {place:?}");
        }
    }
}

#[test]
fn metadata_goes_without_encoding_again() {
    let given = fixture("gps.png");
    let fitted = fitted("gps.png", &given, Place::Article);
    assert_eq!(
        fitted.changes,
        ["Metadata was left out (EXIF with the place, XMP, comments)."]
    );
    assert_eq!(decode(&given), decode(&fitted.file.bytes));
}

#[test]
fn an_animation_is_never_flattened() {
    for name in ["animation.png", "animation.webp"] {
        for place in PLACES {
            assert_eq!(
                try_fit(name, &fixture(name), place)
                    .map(|fitted| fitted.changes)
                    .unwrap_err()
                    .kind,
                ErrorKind::Animation
            );
        }
    }
}

#[test]
fn an_animation_stays_one_if_its_header_stands_there_twice() {
    let png = fixture("animation.png");
    let (before, end) = png.split_at(png.len() - 12);
    let of_one_frame = b"\0\0\0\x08acTL\0\0\0\x01\0\0\0\0\0\0\0\0";
    let twice = [before, of_one_frame, end].concat();
    let error = try_fit("animation.png", &twice, Place::Article).map(|fitted| fitted.changes);
    assert_eq!(error.unwrap_err().kind, ErrorKind::Animation);
}

/// A jpg with an EXIF segment that has an orientation and nothing else.
fn with_orientation(jpg: &[u8], orientation: u8) -> Vec<u8> {
    let exif = [
        &b"\xFF\xE1\0\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..],
        &[orientation],
        b"\0\0\0\0\0\0",
    ]
    .concat();
    [&jpg[..2], &exif, &jpg[2..]].concat()
}

#[test]
fn every_orientation_is_applied() {
    let jpg = fixture("progressive.jpg");
    for value in 1..=8 {
        let mut expected = decode(&jpg);
        expected.apply_orientation(Orientation::from_exif(value).unwrap());
        let fitted = fitted("a.jpg", &with_orientation(&jpg, value), Place::Article);
        assert_eq!(
            (fitted.width, fitted.height),
            (expected.width(), expected.height()),
            "{value}"
        );
        assert_colors(&value.to_string(), &fitted.file.bytes, corners(&expected));
        assert_eq!(
            fitted.changes.contains(&"It was turned upright.".to_owned()),
            value != 1,
            "{value}"
        );
    }
    // The first of two counts.
    let upright_first = with_orientation(&with_orientation(&jpg, 6), 1);
    let fitted = fitted("a.jpg", &upright_first, Place::Article);
    assert_eq!(
        fitted.changes,
        ["Metadata was left out (EXIF with the place, XMP, comments)."]
    );
}
