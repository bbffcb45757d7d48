//! Pictures that tests make, and the checks that each outcome must pass.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;
use wechat_official_account::bindings::types::File as PluginFile;
use wechat_official_account::check::file::{ARTICLE_IMAGE, IMAGE, THUMB};
use wechat_official_account_picture::fit;
use wechat_official_account_picture::types::{Error, File, Fitted, Language, Place};

pub const PLACES: [Place; 4] = [Place::Article, Place::Image, Place::Thumb, Place::Cover];

/// A fixture of this package.
pub fn fixture(name: &str) -> Vec<u8> {
    read(&format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR")))
}

/// A fixture that all tests of the repository share.
pub fn shared_fixture(name: &str) -> Vec<u8> {
    read(&format!(
        "{}/../../host-test/fixtures/{name}",
        env!("CARGO_MANIFEST_DIR")
    ))
}

fn read(path: &str) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Calls `fit`, and checks what must be true of every outcome.
pub fn try_fit(name: &str, bytes: &[u8], place: Place) -> Result<Fitted, Error> {
    let file = File {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let outcome = fit(file, place, Language::En);
    match &outcome {
        Ok(fitted) => check(fitted, bytes, place),
        Err(error) => assert!(error.message.starts_with(name) && !error.advice.is_empty(), "{error:?}"),
    }
    outcome
}

/// Calls `fit` for a picture that can be made to fit.
pub fn fitted(name: &str, bytes: &[u8], place: Place) -> Fitted {
    try_fit(name, bytes, place).unwrap_or_else(|error| panic!("{name} in {place:?}: {error:?}"))
}

fn check(fitted: &Fitted, given: &[u8], place: Place) {
    let bytes = &fitted.file.bytes;
    let is_gif = bytes.starts_with(b"GIF8");
    let rules = match place {
        Place::Article if is_gif => &IMAGE,
        Place::Article => &ARTICLE_IMAGE,
        Place::Image | Place::Cover => &IMAGE,
        Place::Thumb => &THUMB,
    };
    let file = PluginFile {
        name: fitted.file.name.clone(),
        bytes: bytes.clone(),
    };
    rules
        .check(&wechat_official_account::texts::EN, &file)
        .unwrap_or_else(|error| panic!("{place:?}: {error:?}"));
    if place == Place::Cover {
        assert_eq!((fitted.width, fitted.height), (900, 383));
    }
    assert_eq!(fitted.changes.is_empty(), bytes == given, "{:?}", fitted.changes);
    let decoded = decode(bytes);
    assert_eq!((decoded.width(), decoded.height()), (fitted.width, fitted.height));
}

/// Decodes with other code than the component's, where there is any: zune-jpeg for a jpg.
pub fn decode(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

/// A photograph: colours that change slowly, and noise that no two pixels share. The same for the same size.
pub fn photograph(width: u32, height: u32) -> RgbImage {
    let mut state = 0x2545_F491_u32;
    RgbImage::from_fn(width, height, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = |shift: u32| (state >> shift) % 24;
        let wave = |a: u32, size: u32| a * 200 / size.max(1);
        let color = [
            wave(x, width) + noise(8),
            wave(y, height) + noise(13),
            wave(x + y, width + height) + noise(18),
        ];
        Rgb(color.map(|channel| u8::try_from(channel).unwrap_or(u8::MAX)))
    })
}

/// A drawing: few colours, sharp edges.
pub fn drawing(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x / 16 + y / 16) % 3 {
        0 => Rgb([255, 255, 255]),
        1 => Rgb([7, 193, 96]),
        _ => Rgb([20, 20, 20]),
    })
}

/// A drawing on a transparent ground.
pub fn logo(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        if (x / 16 + y / 16) % 2 == 0 {
            Rgba([7, 193, 96, 255])
        } else {
            Rgba([0, 0, 0, 0])
        }
    })
}

/// Encodes in a format.
pub fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}
