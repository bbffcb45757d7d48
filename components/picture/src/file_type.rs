//! The type of a file by its bytes. A name decides nothing.

/// A type of pictures that can be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    Jpg,
    Png,
    Gif,
    Bmp,
    WebP,
    Tiff,
}

impl FileType {
    /// Returns the extension of its files, which is its name for people too.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::WebP => "webp",
            Self::Tiff => "tiff",
        }
    }
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A picture that can be decoded.
    Picture(FileType),
    /// A picture that cannot be decoded here, by its name for people.
    NotConvertible(&'static str),
    /// Something else, by its name for people.
    Other(&'static str),
    /// No bytes at all.
    Empty,
    /// Text or bytes of no known type.
    Unknown,
}

/// Returns what a file is.
pub fn of(bytes: &[u8]) -> Found {
    use FileType::{Bmp, Gif, Jpg, Png, Tiff, WebP};
    match *bytes {
        [] => Found::Empty,
        [0xFF, 0xD8, 0xFF, ..] => Found::Picture(Jpg),
        [0x89, b'P', b'N', b'G', ..] => Found::Picture(Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Found::Picture(Gif),
        // The length of the second header: "BM" alone is the beginning of many a text.
        [
            b'B',
            b'M',
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            12 | 16 | 40 | 52 | 56 | 64 | 108 | 124,
            0,
            0,
            0,
            ..,
        ] => Found::Picture(Bmp),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Found::Picture(WebP),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Found::Picture(Tiff),
        [_, _, _, _, b'f', b't', b'y', b'p', ref brands @ ..] => of_iso_media(brands),
        [0xFF, 0x0A, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Found::NotConvertible("JPEG XL"),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0xFF, 0x4F, 0xFF, 0x51, ..] => Found::NotConvertible("JPEG 2000"),
        [b'8', b'B', b'P', b'S', ..] => Found::NotConvertible("PSD"),
        [0, 0, 1, 0, ..] => Found::NotConvertible("ICO"),
        [b'%', b'P', b'D', b'F', ..] => Found::NotConvertible("PDF"),
        [b'%', b'!', b'P', b'S', ..] => Found::NotConvertible("EPS"),
        _ => of_markup(bytes),
    }
}

/// Returns what a file of the ISO's base media format is, by its brands.
fn of_iso_media(brands: &[u8]) -> Found {
    // The names of the first brands; a list has few.
    let brands: Vec<_> = brands.chunks_exact(4).take(16).collect();
    let has = |names: &[&[u8]]| brands.iter().any(|brand| names.contains(brand));
    if has(&[b"avif", b"avis"]) {
        Found::NotConvertible("AVIF")
    } else if has(&[b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"]) {
        Found::NotConvertible("HEIC")
    } else if has(&[b"crx "]) {
        Found::NotConvertible("CR3")
    } else {
        Found::Other("MP4")
    }
}

/// Returns what a file of text is, by its first tags.
fn of_markup(bytes: &[u8]) -> Found {
    // Comments and declarations may come before the first tag, but seldom this many bytes of them.
    const BEGINNING: usize = 1024;
    let beginning = bytes.get(..BEGINNING).unwrap_or(bytes).to_ascii_lowercase();
    let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&beginning);
    let has = |tag: &[u8]| text.windows(tag.len()).any(|window| window == tag);
    if !text.trim_ascii_start().starts_with(b"<") {
        Found::Unknown
    } else if has(b"<html") || has(b"<!doctype html") {
        Found::Other("HTML")
    } else if has(b"<svg") {
        Found::NotConvertible("SVG")
    } else {
        Found::Unknown
    }
}
