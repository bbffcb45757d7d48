//! The format of a file by its bytes.
//!
//! Written by hand: `infer` does not know the MP4 files of cameras (XAVC), mp3 files that begin with FF FA or FF E3,
//! and SVG, and it calls AMR-WB a shell script. A test compares the two.

/// A format of files.
#[derive(Debug)]
pub struct Format {
    /// The extension by which WeChat recognises a file (wechat-api §7).
    pub extension: &'static str,
    /// The content type.
    pub media_type: &'static str,
    /// The beginnings of such files. A question mark stands for any byte.
    beginnings: &'static [&'static [u8]],
    /// Another way to recognise such a file.
    matches: fn(&[u8]) -> bool,
}

impl Format {
    /// Returns the format of a file, if its bytes show one.
    pub fn of(bytes: &[u8]) -> Option<&'static Self> {
        KNOWN.iter().find(|format| format.is_that_of(bytes))
    }

    fn is_that_of(&self, bytes: &[u8]) -> bool {
        self.beginnings.iter().any(|beginning| begins_with(bytes, beginning)) || (self.matches)(bytes)
    }

    const fn or(self, matches: fn(&[u8]) -> bool) -> Self {
        Self { matches, ..self }
    }
}

/// Returns the content type of a file, if its bytes show one.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    Format::of(bytes).map(|format| format.media_type)
}

const fn format(extension: &'static str, media_type: &'static str, beginnings: &'static [&'static [u8]]) -> Format {
    Format {
        extension,
        media_type,
        beginnings,
        matches: |_| false,
    }
}

fn begins_with(bytes: &[u8], beginning: &[u8]) -> bool {
    let is_wanted = |(wanted, byte): (&u8, &u8)| *wanted == b'?' || wanted == byte;
    bytes.len() >= beginning.len() && beginning.iter().zip(bytes).all(is_wanted)
}

/// The formats that WeChat accepts somewhere, and those that people try most often and WeChat accepts nowhere. The
/// first match counts.
static KNOWN: [Format; 21] = [
    format("jpg", "image/jpeg", &[b"\xFF\xD8\xFF"]),
    format("png", "image/png", &[b"\x89PNG"]),
    format("gif", "image/gif", &[b"GIF"]),
    format("bmp", "image/bmp", &[b"BM"]),
    format("mp3", "audio/mpeg", &[b"ID3"]).or(is_mpeg_layer_3),
    // ASF, the container of wma and wmv. The first bytes do not show which of them it is.
    format("wma", "audio/x-ms-wma", &[b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9"]),
    format("wav", "audio/wav", &[b"RIFF????WAVE"]),
    // Narrow and wide band.
    format("amr", "audio/amr", &[b"#!AMR"]),
    format("m4a", "audio/mp4", &[b"????ftypM4A ", b"????ftypM4B "]),
    format("webp", "image/webp", &[b"????????WEBP"]),
    format(
        "heic",
        "image/heif",
        &[
            b"????ftypheic",
            b"????ftypheix",
            b"????ftypheim",
            b"????ftypheis",
            b"????ftyphevc",
            b"????ftypmif1",
            b"????ftypmsf1",
        ],
    ),
    format("avif", "image/avif", &[b"????ftypavif", b"????ftypavis"]),
    format("tiff", "image/tiff", &[b"II*\0", b"MM\0*"]),
    format("ogg", "audio/ogg", &[b"OggS"]),
    format("flac", "audio/flac", &[b"fLaC"]),
    format("mov", "video/quicktime", &[b"????ftypqt  "]),
    // MP4 comes after its relatives, because they may be compatible with it.
    format("mp4", "video/mp4", &[]).or(is_mp4),
    format("webm", "video/webm", &[]).or(is_webm),
    format("avi", "video/x-msvideo", &[b"RIFF????AVI"]),
    format("svg", "image/svg+xml", &[b"<svg"]),
    format("html", "text/html", &[]).or(is_html),
];

/// The brands of MP4. A file lists those that it is compatible with; a camera names a brand of its own first.
const MP4_BRANDS: [&[u8; 4]; 26] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"mp4v",
    b"mp71", b"mmp4", b"avc1", b"hvc1", b"av01", b"dash", b"MSNV", b"M4V ", b"M4VH", b"M4VP", b"F4V ", b"f4v ",
    b"F4P ", b"NDAS",
];

fn is_mp4(bytes: &[u8]) -> bool {
    let (words, _) = bytes.as_chunks::<4>();
    let [length, kind, first, rest @ ..] = words else {
        return false;
    };
    // The other brands begin after a version, and end with the length in bytes.
    let end = (u32::from_be_bytes(*length) / 4).saturating_sub(3) as usize;
    let mut others = rest.iter().take(end).skip(1);
    kind == b"ftyp" && (MP4_BRANDS.contains(&first) || others.any(|brand| MP4_BRANDS.contains(&brand)))
}

/// Returns whether the bytes begin with a frame of MPEG audio layer III, of any version: 11 bits set, then the layer.
fn is_mpeg_layer_3(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, second, ..] if second & 0b1110_0110 == 0b1110_0010)
}

fn is_webm(bytes: &[u8]) -> bool {
    // The header of Matroska names its kind within so many bytes.
    let header = bytes.get(..256).unwrap_or_default();
    header.starts_with(b"\x1A\x45\xDF\xA3") && memchr::memmem::find(header, b"\x42\x82\x84webm").is_some()
}

/// Returns whether the bytes begin with one of the tags that begin a page by <https://mimesniff.spec.whatwg.org/>.
fn is_html(bytes: &[u8]) -> bool {
    const TAGS: [&str; 17] = [
        "!doctype html",
        "html",
        "head",
        "script",
        "iframe",
        "h1",
        "div",
        "font",
        "table",
        "a",
        "style",
        "title",
        "b",
        "body",
        "br",
        "p",
        "!--",
    ];
    let Some(tag) = bytes.trim_ascii_start().strip_prefix(b"<") else {
        return false;
    };
    TAGS.iter().any(|name| {
        let (found, rest) = tag.split_at_checked(name.len()).unwrap_or_default();
        found.eq_ignore_ascii_case(name.as_bytes()) && matches!(rest, [b' ' | b'>', ..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_video_may_name_the_brand_of_its_camera_first() {
        let head = |brands: &[u8]| {
            let length = u32::try_from(8 + brands.len()).unwrap().to_be_bytes();
            [&length, &b"ftyp"[..], brands, b"mp42"].concat()
        };
        for (brands, extension) in [
            (&b"XAVC\x01\0\x1f\xffXAVCmp42iso2"[..], "mp4"),
            (b"isom\0\0\x02\0isomiso2", "mp4"),
            (b"M4A \0\0\0\0M4A mp42isom", "m4a"),
            (b"qt  \0\0\0\0qt  isom", "mov"),
            (b"heic\0\0\0\0mif1heicisom", "heic"),
        ] {
            assert_eq!(Format::of(&head(brands)).unwrap().extension, extension);
        }
        // Bytes after the list are no brand.
        assert!(Format::of(&head(b"XAVC\0\0\0\0XAVC")).is_none());
    }

    type Known = fn(&[u8]) -> bool;

    /// The formats that `infer` knows too. (It knows less of mp3 and mp4.)
    const THEIRS: [(&str, Known); 12] = [
        ("jpg", infer::image::is_jpeg),
        ("png", infer::image::is_png),
        ("gif", infer::image::is_gif),
        ("bmp", infer::image::is_bmp),
        ("wma", infer::video::is_wmv),
        ("wav", infer::audio::is_wav),
        ("webp", infer::image::is_webp),
        ("ogg", infer::audio::is_ogg),
        ("flac", infer::audio::is_flac),
        ("webm", infer::video::is_webm),
        ("avi", infer::video::is_avi),
        ("html", infer::text::is_html),
    ];

    fn ours(extension: &str) -> &'static Format {
        KNOWN.iter().find(|format| format.extension == extension).unwrap()
    }

    fn assert_as_infer(bytes: &[u8]) {
        for (extension, theirs) in THEIRS {
            assert_eq!(
                ours(extension).is_that_of(bytes),
                theirs(bytes),
                "{extension}: {bytes:?}"
            );
        }
        assert!(
            !infer::audio::is_mp3(bytes) || ours("mp3").is_that_of(bytes),
            "{bytes:?}"
        );
        assert!(
            bytes.len() < 12 || !infer::video::is_mp4(bytes) || ours("mp4").is_that_of(bytes),
            "{bytes:?}"
        );
    }

    #[test]
    fn a_format_is_recognised_as_infer_recognises_it() {
        let beginnings = KNOWN
            .iter()
            .flat_map(|format| format.beginnings)
            .map(|bytes| bytes.to_vec());
        let webm = [&b"\x1A\x45\xDF\xA3\x9F\x42\x86\x42\x82\x84webm"[..], &[0; 250]].concat();
        let texts = [
            "<!DOCTYPE html>",
            "<html ",
            "<H1>",
            "<p/>",
            "<b",
            " \t\r\n<a >",
            "\x0C<br>",
            "<!--",
            "<!-- ",
            "<abbr>",
            "html>",
        ];
        let more = texts
            .iter()
            .map(|text| text.as_bytes().to_vec())
            .chain([webm, b"????ftypisom".to_vec()]);
        for file in beginnings.chain(more) {
            for length in 0..=file.len().min(20) {
                assert_as_infer(&file[..length]);
            }
            for index in 0..file.len().min(20) {
                let mut other = file.clone();
                other[index] ^= 0x20;
                assert_as_infer(&other);
                assert_as_infer(&[&other[..], b" "].concat());
            }
        }
    }
}
