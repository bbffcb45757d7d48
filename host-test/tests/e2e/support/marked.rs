//! Articles with marked pictures. A test gives the expected outcome of each, and everything between the marks must stay
//! unchanged. There are three kinds of marks:
//!
//! - `⟦…⟧`: the address of a picture, which is replaced if it is uploaded.
//! - `⟪…⟫`: a further place of the picture before it, which gets the same address.
//! - `⦃…⦄`: what is left out if the picture before it is uploaded.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wechat_official_account_host::types::{ArticleImage, ErrorKind, File, ImageResult, Prepared};

use super::World;

pub const UPLOADIMG: &str = "/cgi-bin/media/uploadimg";
pub const ADD_MATERIAL: &str = "/cgi-bin/material/add_material";

/// A picture on WeChat's host, from the documented sample (wechat-api §9).
pub const HOSTED: &str = "http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png&from=appmsg";

/// The longest `source` of an outcome, in characters.
const SOURCE: usize = 100;

/// The expected outcome of a reference.
#[derive(Clone, Debug)]
pub enum Expected {
    /// The picture is uploaded, with these bytes.
    Uploaded(Vec<u8>),
    Kept,
    Unsure,
    Elsewhere,
    /// The picture is not uploaded, and the error is one of these.
    Failed(Vec<ErrorKind>),
}

pub use Expected::{Elsewhere, Kept, Unsure};

/// Expects an upload with the bytes of this file.
pub fn uploaded(file: &File) -> Expected {
    Expected::Uploaded(file.bytes.clone())
}

pub fn failed(kind: ErrorKind) -> Expected {
    Expected::Failed(vec![kind])
}

/// Returns the HTML without its marks.
pub fn plain(marked: &str) -> String {
    marked.replace(['⟦', '⟧', '⟪', '⟫', '⦃', '⦄'], "")
}

/// Returns the marked references, as they are written.
pub fn references(marked: &str) -> Vec<&str> {
    let after_marks = marked.split('⟦').skip(1);
    after_marks.map(|text| text.split('⟧').next().unwrap()).collect()
}

/// Returns the HTML with each URL, if there is one, in the places of its picture.
fn filled(marked: &str, urls: &[Option<String>]) -> String {
    let mut urls = urls.iter();
    let mut current = None;
    let mut parts = marked.split(['⟦', '⟪', '⦃']);
    let mut html = parts.next().unwrap().to_owned();
    for part in parts {
        let end = part.find(['⟧', '⟫', '⦄']).unwrap();
        let (inner, rest) = part.split_at(end);
        let mut rest = rest.chars();
        let mark = rest.next().unwrap();
        if mark == '⟧' {
            current = urls.next().unwrap().as_deref();
        }
        html += match current {
            Some(_) if mark == '⦄' => "",
            Some(url) => url,
            None => inner,
        };
        html += rest.as_str();
    }
    html
}

/// Fails unless each reference has its expected outcome, and the rest of the HTML is unchanged.
#[track_caller]
pub fn assert_outcomes(world: &World, marked: &str, prepared: &Prepared, expected: &[Expected]) {
    let begin: String = marked.chars().take(300).collect();
    let sources: Vec<&str> = prepared.images.iter().map(|image| image.source.as_str()).collect();
    assert_eq!(
        sources.len(),
        references(marked).len(),
        "{begin}: {:?}",
        sources.get(..20.min(sources.len()))
    );
    assert_eq!(sources.len(), expected.len(), "{begin}");
    for (image, expected) in prepared.images.iter().zip(expected) {
        let fits = match (&image.outcome, expected) {
            (ImageResult::Uploaded(image), Expected::Uploaded(bytes)) => stored(world, image) == *bytes,
            (ImageResult::Failed(error), Expected::Failed(kinds)) => {
                kinds.contains(&error.kind) && !error.advice.is_empty()
            }
            (ImageResult::Kept, Kept) | (ImageResult::Unsure, Unsure) | (ImageResult::Elsewhere, Elsewhere) => true,
            _ => false,
        };
        let mut wanted = format!("{expected:?}");
        wanted.truncate(100);
        assert!(
            fits,
            "{begin}: {} came to {:?} and not to {wanted}",
            image.source, image.outcome
        );
    }
    assert_unchanged(marked, prepared);
}

/// Fails if the HTML has changed except in the URLs of uploaded pictures. `&` in an attribute can be written in two
/// ways.
#[track_caller]
fn assert_unchanged(marked: &str, prepared: &Prepared) {
    let urls: Vec<Option<String>> = prepared.images.iter().map(|image| url(&image.outcome)).collect();
    let escape = |url: &Option<String>| url.as_ref().map(|url| url.replace('&', "&amp;"));
    let escaped: Vec<_> = urls.iter().map(escape).collect();
    let expected = [filled(marked, &urls), filled(marked, &escaped)];
    if !expected.contains(&prepared.html) {
        let place = |expected: &String| {
            let same = expected.bytes().zip(prepared.html.bytes());
            same.take_while(|(expected, found)| expected == found).count()
        };
        let place = expected.iter().map(place).max().unwrap().saturating_sub(20);
        let near = |html: &str| {
            String::from_utf8_lossy(html.as_bytes().get(place..).unwrap())
                .chars()
                .take(200)
                .collect::<String>()
        };
        panic!(
            "from byte {place} on:\n{}\nand not\n{}",
            near(&prepared.html),
            near(&expected[1])
        );
    }
}

/// Returns the URL of an uploaded picture.
pub fn url(outcome: &ImageResult) -> Option<String> {
    match outcome {
        ImageResult::Uploaded(image) => Some(image.url.clone()),
        _ => None,
    }
}

/// Returns the server's bytes of an uploaded picture.
#[track_caller]
pub fn stored(world: &World, image: &ArticleImage) -> Vec<u8> {
    world.account(|account| match &image.media_id {
        Some(id) => {
            let material = account.materials.get(id).unwrap();
            assert_eq!(material.url, image.url);
            material.bytes.to_vec()
        }
        None => account.article_images.get(&image.url).unwrap().to_vec(),
    })
}

/// Fails unless the sources are these, cut to the longest length.
#[track_caller]
pub fn assert_sources(prepared: &Prepared, expected: &[&str]) {
    let sources: Vec<&str> = prepared.images.iter().map(|image| image.source.as_str()).collect();
    let cut: Vec<String> = expected
        .iter()
        .map(|source| source.chars().take(SOURCE).collect())
        .collect();
    assert_eq!(sources, cut);
}

/// Returns the numbers of uploads for articles and of permanent ones.
pub fn uploads(world: &World) -> (usize, usize) {
    (
        world.simulator.requests_to(UPLOADIMG),
        world.simulator.requests_to(ADD_MATERIAL),
    )
}

/// Gives a file another name.
pub fn named(name: &str, file: File) -> File {
    File {
        name: name.to_owned(),
        ..file
    }
}

pub fn base64(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", STANDARD.encode(bytes))
}

/// Encodes each byte as `%XX`.
pub fn percent_encoded(media_type: &str, bytes: &[u8]) -> String {
    let mut uri = format!("data:{media_type},");
    for byte in bytes {
        write!(uri, "%{byte:02X}").unwrap();
    }
    uri
}
