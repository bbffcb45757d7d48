//! What fits is returned byte for byte; the rest is made to fit.

use image::ImageFormat::{Bmp, Gif, Jpeg, Png, Tiff, WebP};
use wechat_official_account_picture::types::Place;

use crate::support::{PLACES, drawing, encoded, fitted, logo, photograph, shared_fixture};

#[test]
fn a_picture_that_fits_stays_byte_for_byte() {
    let jpg = encoded(photograph(300, 200), Jpeg);
    let png = encoded(drawing(300, 200), Png);
    let bmp = encoded(drawing(300, 200), Bmp);
    for (place, pictures) in [
        (Place::Article, vec![&jpg, &png]),
        (Place::Image, vec![&jpg, &png, &bmp]),
        (Place::Thumb, vec![&jpg]),
    ] {
        for picture in pictures {
            assert_eq!(fitted("a", picture, place).file.bytes, *picture);
        }
    }
    let cover = encoded(photograph(900, 383), Jpeg);
    assert_eq!(fitted("a.jpg", &cover, Place::Cover).file.bytes, cover);
    let animation = shared_fixture("animation.gif");
    for place in [Place::Article, Place::Image] {
        assert_eq!(fitted("a.gif", &animation, place).file.bytes, animation);
    }
}

#[test]
fn every_type_fits_everywhere() {
    let pictures = [
        ("jpg", encoded(photograph(1200, 800), Jpeg)),
        ("png", encoded(photograph(1200, 800), Png)),
        ("bmp", encoded(photograph(1200, 800), Bmp)),
        ("webp", encoded(photograph(1200, 800), WebP)),
        ("tiff", encoded(photograph(1200, 800), Tiff)),
        ("gif", encoded(drawing(1200, 800), Gif)),
        ("logo.png", encoded(logo(1200, 800), Png)),
        ("logo.webp", encoded(logo(1200, 800), WebP)),
    ];
    for (name, bytes) in &pictures {
        for place in PLACES {
            fitted(name, bytes, place);
        }
    }
}
