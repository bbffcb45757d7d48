//! The format of a file by its bytes.
//!
//! Written by hand: `infer` does not know the MP4 files of cameras (XAVC), mp3 files that begin with FF FA or FF E3,
//! and SVG. It calls AMR-WB a shell script, a bare ID3 tag an mp3, and text that begins with `BM` a picture. A test
//! compares the two.

mod iso_media;
mod markup;
pub mod mpeg_audio;

pub use iso_media::boxes;
use mpeg_audio::after_id3;

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
static KNOWN: [Format; 27] = [
    format("jpg", "image/jpeg", &[b"\xFF\xD8\xFF"]),
    format("png", "image/png", &[b"\x89PNG"]),
    format("gif", "image/gif", &[b"GIF87a", b"GIF89a"]),
    format("bmp", "image/bmp", &[]).or(is_bmp),
    // These may have an ID3 tag before them, so they come before mp3.
    format("flac", "audio/flac", &[b"fLaC"]).or(|bytes| after_id3(bytes).starts_with(b"fLaC")),
    format("aac", "audio/aac", &[]).or(|bytes| is_adts(bytes) || is_adts(after_id3(bytes))),
    format("mp3", "audio/mpeg", &[]).or(mpeg_audio::is_layer_3),
    format("wmv", "video/x-ms-wmv", &[]).or(|bytes| is_asf(bytes) && has_video_stream(bytes)),
    format("wma", "audio/x-ms-wma", &[]).or(is_asf),
    format("wav", "audio/wav", &[b"RIFF????WAVE"]),
    // Narrow and wide band.
    format("amr", "audio/amr", &[b"#!AMR"]),
    // WeChat's own programs put one byte before the name.
    format("silk", "audio/silk", &[b"#!SILK", b"\x02#!SILK"]),
    format("m4a", "audio/mp4", &[]).or(iso_media::is_m4a),
    format("webp", "image/webp", &[b"RIFF????WEBP"]),
    format("avif", "image/avif", &[]).or(iso_media::is_avif),
    format("heic", "image/heif", &[]).or(iso_media::is_heic),
    // The raw pictures of a camera, which are compatible with MP4 and have tracks.
    format("cr3", "image/x-canon-cr3", &[b"????ftypcrx "]),
    format("tiff", "image/tiff", &[b"II*\0", b"MM\0*"]),
    format("ogg", "audio/ogg", &[b"OggS"]),
    format("mov", "video/quicktime", &[b"????ftypqt  "]),
    // MP4 comes after its relatives, because they may be compatible with it.
    format("mp4", "video/mp4", &[]).or(iso_media::is_mp4),
    format("3gp", "video/3gpp", &[b"????ftyp3g"]),
    format("webm", "video/webm", &[]).or(is_webm),
    format("mkv", "video/x-matroska", &[EBML]),
    format("avi", "video/x-msvideo", &[b"RIFF????AVI"]),
    format("svg", "image/svg+xml", &[]).or(markup::is_svg),
    format("html", "text/html", &[]).or(markup::is_html),
];

/// Returns whether the bytes begin with a bitmap: `BM`, and after the file's header the length of a second one, which
/// has one of these. Text may begin with the same two letters.
fn is_bmp(bytes: &[u8]) -> bool {
    let length = bytes.get(14..).and_then(|rest| rest.first_chunk());
    let length = length.map(|length| u32::from_le_bytes(*length));
    bytes.starts_with(b"BM") && matches!(length, Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// Returns whether the bytes begin with a frame of AAC in ADTS: 12 bits set, then the layer, which is 0.
fn is_adts(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, second, ..] if second & 0b1111_0110 == 0b1111_0000)
}

/// Returns whether the bytes begin with ASF, the container of wma and wmv.
fn is_asf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9")
}

/// Returns whether the header of ASF names the type of video streams (`ASF_Video_Media`).
fn has_video_stream(bytes: &[u8]) -> bool {
    const VIDEO: &[u8] = b"\xC0\xEF\x19\xBC\x4D\x5B\xCF\x11\xA8\xFD\x00\x80\x5F\x5C\x44\x2B";
    let length = bytes.get(16..).and_then(|rest| rest.first_chunk());
    let length = length.map_or(0, |length| u64::from_le_bytes(*length));
    let header = usize::try_from(length).ok().and_then(|length| bytes.get(..length));
    { header.unwrap_or(bytes).windows(VIDEO.len()) }.any(|part| part == VIDEO)
}

/// The first bytes of Matroska, of which webm is a kind.
const EBML: &[u8] = b"\x1A\x45\xDF\xA3";

fn is_webm(bytes: &[u8]) -> bool {
    // The header of Matroska names its kind within so many bytes.
    let header = bytes.get(..256).unwrap_or_default();
    header.starts_with(EBML) && header.windows(7).any(|part| part == b"\x42\x82\x84webm")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extension(bytes: &[u8]) -> Option<&'static str> {
        Format::of(bytes).map(|format| format.extension)
    }

    #[test]
    fn text_that_begins_like_a_file_is_none() {
        for text in [
            "BMW builds cars, and this is a text about them",
            "BM",
            "GIF is a picture format",
            "ID3 tags come before an mp3",
            "the letters WEBP",
            "RIFF, the letters",
        ] {
            assert_eq!(extension(text.as_bytes()), None, "{text}");
        }
        for length in [12_u8, 16, 40, 52, 56, 64, 108, 124] {
            assert_eq!(
                extension(&[b"BM????\0\0\0\0????", &[length, 0, 0, 0][..]].concat()),
                Some("bmp")
            );
        }
    }

    #[test]
    fn an_id3_tag_is_before_several_formats_and_alone_is_none() {
        let tag = b"ID3\x04\0\0\0\0\0\x04TIT2";
        let frame = [&[0xFF, 0xFB, 0x92, 0][..], &[0; 414]].concat();
        for (content, found) in [
            (&b""[..], None),
            (&[0; 2_000], None),
            (b"\xFF\xF1\x50\x80", Some("aac")),
            (b"\xFF\xF9\x50\x80", Some("aac")),
            (b"\0\0fLaC\0\0\0\x22", Some("flac")),
            (&frame, Some("mp3")),
            (b"text", None),
        ] {
            assert_eq!(extension(&[tag, content].concat()), found, "{content:?}");
            assert_eq!(extension(&[tag, tag, content].concat()), found, "{content:?}");
            assert_eq!(extension(&[&[0, 0], &tag[..], content].concat()), found, "{content:?}");
        }
        assert_eq!(extension(b"\xFF\xF1\x50\x80"), Some("aac"));
    }

    #[test]
    fn asf_with_video_is_wmv() {
        let head = |content: &[u8]| {
            let length = u64::try_from(24 + content.len()).unwrap().to_le_bytes();
            [
                &b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"[..],
                &length,
                content,
            ]
            .concat()
        };
        let video = b"\xC0\xEF\x19\xBC\x4D\x5B\xCF\x11\xA8\xFD\x00\x80\x5F\x5C\x44\x2B";
        assert_eq!(extension(&head(b"audio")), Some("wma"));
        assert_eq!(extension(&head(&[&b"audio"[..], video].concat())), Some("wmv"));
        // The data after the header may have any bytes.
        assert_eq!(extension(&[&head(b"audio")[..], video].concat()), Some("wma"));
    }

    #[test]
    fn names_are_told_of_formats_that_wechat_refuses() {
        for (bytes, found) in [
            (&b"#!SILK_V3"[..], "silk"),
            (b"\x02#!SILK_V3", "silk"),
            (b"#!AMR-WB\n", "amr"),
            (b"\x1A\x45\xDF\xA3\x42\x82\x88matroska", "mkv"),
            (b"<?xml version='1.0'?><!-- x --><svg>", "svg"),
            (b"\xEF\xBB\xBF<!DOCTYPE html>", "html"),
        ] {
            assert_eq!(extension(bytes), Some(found), "{bytes:?}");
        }
    }

    type Known = fn(&[u8]) -> bool;

    /// The formats that `infer` knows too.
    const THEIRS: [(&str, Known); 9] = [
        ("jpg", infer::image::is_jpeg),
        ("png", infer::image::is_png),
        ("wma", infer::video::is_wmv),
        ("wav", infer::audio::is_wav),
        ("ogg", infer::audio::is_ogg),
        ("flac", infer::audio::is_flac),
        ("webm", infer::video::is_webm),
        ("avi", infer::video::is_avi),
        ("html", infer::text::is_html),
    ];

    /// The formats of which `infer` asks for less: it takes text for a picture or an mp3.
    const STRICTER: [(&str, Known); 3] = [
        ("gif", infer::image::is_gif),
        ("bmp", infer::image::is_bmp),
        ("webp", infer::image::is_webp),
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
        for (extension, theirs) in STRICTER {
            assert!(
                !ours(extension).is_that_of(bytes) || theirs(bytes),
                "{extension}: {bytes:?}"
            );
        }
        // `infer` takes every ID3 tag for an mp3.
        assert!(
            !infer::audio::is_mp3(bytes) || bytes.starts_with(b"ID3") || ours("mp3").is_that_of(bytes),
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
