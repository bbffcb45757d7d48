//! What fits is returned byte for byte; the rest is made to fit.

use std::io::Cursor;

use image::ImageEncoder;
use image::ImageFormat::{Bmp, Gif, Jpeg, Png, Tiff, WebP};
use image::codecs::png::PngEncoder;
use proptest::prelude::*;
use wechat_official_account_picture::types::Place;

use crate::support::{PLACES, decode, drawing, encoded, fitted, logo, photograph, shared_fixture};

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

#[test]
fn pages_that_are_left_out_are_told() {
    use tiff::encoder::{TiffEncoder, colortype::RGB8};
    use tiff::tags::Tag;
    for (kinds, is_told) in [
        (&[0_u32][..], false),
        (&[0, 1], false),
        (&[0, 0], true),
        (&[0, 1, 2], true),
    ] {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file).unwrap();
        for kind in kinds {
            let mut page = encoder.new_image::<RGB8>(8, 8).unwrap();
            page.encoder().write_tag(Tag::NewSubfileType, *kind).unwrap();
            page.write_data(&[0x55; 8 * 8 * 3]).unwrap();
        }
        let changes = fitted("a.tiff", &file.into_inner(), Place::Article).changes;
        let told = changes.iter().any(|change| change.contains("first page"));
        assert_eq!(told, is_told, "{kinds:?}: {changes:?}");
    }
}

#[test]
fn a_large_photograph_is_made_smaller() {
    let noise = encoded(photograph(2600, 1800), Png);
    for place in PLACES {
        let first = fitted("a.b/photo", &noise, place);
        assert_eq!(first.file.name, "a.b/photo.jpg");
        assert_eq!(
            first.file.bytes,
            fitted("a.b/photo", &noise, place).file.bytes,
            "the same input has the same outcome"
        );
        let again = fitted("photo.jpg", &first.file.bytes, place);
        assert_eq!(
            (again.changes.len(), again.file.bytes),
            (0, first.file.bytes),
            "what fits once fits again"
        );
    }
    assert_eq!(fitted("a.png", &noise, Place::Article).width, 2000);
}

#[test]
fn a_profile_of_colors_stays() {
    // A profile of RGB by its header, which is all that is read.
    let profile = [&[0; 16][..], b"RGB ", &[7; 500]].concat();
    let mut png = Cursor::new(Vec::new());
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_icc_profile(profile.clone()).unwrap();
    photograph(1200, 900).write_with_encoder(encoder).unwrap();
    let fitted = fitted("a.png", &png.into_inner(), Place::Article);
    assert_eq!(fitted.file.name, "a.jpg");
    let bytes = &fitted.file.bytes;
    assert!(bytes.windows(profile.len()).any(|window| window == profile));
}

#[test]
fn transparent_parts_stay_or_become_white() {
    let webp = encoded(logo(300, 200), WebP);
    let article = fitted("a.webp", &webp, Place::Article);
    assert_eq!(decode(&article.file.bytes).to_rgba8().get_pixel(24, 8).0[3], 0);
    let thumb = fitted("a.webp", &webp, Place::Thumb);
    let white = decode(&thumb.file.bytes).to_rgb8().get_pixel(24, 8).0;
    assert!(white.iter().all(|channel| *channel > 245), "{white:?}");
    assert!(thumb.changes.contains(&"Transparent parts became white.".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_size_fits(width in 1..400_u32, height in 1..400_u32, place in 0..4_usize) {
        for picture in [encoded(photograph(width, height), Tiff), encoded(logo(width, height), WebP)] {
            let fitted = fitted("a", &picture, PLACES[place]);
            if PLACES[place] != Place::Cover {
                prop_assert!(fitted.width <= width && fitted.height <= height);
            }
        }
    }
}
