//! Files: what they are by their bytes, and whether the operation takes them.

use super::{picture, voice};
use crate::bindings::types::File;
use crate::compose::{figures, joined};
use crate::error::{Result, file_rejected};
use crate::find::find;

/// A format that is known by its first bytes.
pub struct Format {
    /// The extension by which WeChat judges (wechat-api §7).
    pub extension: &'static str,
    /// The content type.
    pub media_type: &'static str,
    /// How such a file begins: with one of these, in which a question mark stands for any byte.
    beginnings: &'static [&'static [u8]],
    /// What else it can be known by.
    matches: fn(&[u8]) -> bool,
    /// What is wrong with such a file, where its bytes tell it cheaply.
    trouble: fn(&[u8]) -> Option<String>,
}

const fn format(extension: &'static str, media_type: &'static str, beginnings: &'static [&'static [u8]]) -> Format {
    Format {
        extension,
        media_type,
        beginnings,
        matches: |_| false,
        trouble: |_| None,
    }
}

impl Format {
    const fn or(self, matches: fn(&[u8]) -> bool) -> Self {
        Self { matches, ..self }
    }

    const fn with(self, trouble: fn(&[u8]) -> Option<String>) -> Self {
        Self { trouble, ..self }
    }

    fn is_that_of(&self, bytes: &[u8]) -> bool {
        self.beginnings.iter().any(|beginning| begins(bytes, beginning)) || (self.matches)(bytes)
    }
}

fn begins(bytes: &[u8], beginning: &[u8]) -> bool {
    bytes.len() >= beginning.len()
        && beginning
            .iter()
            .zip(bytes)
            .all(|(wanted, byte)| *wanted == b'?' || wanted == byte)
}

// The bytes are those of `infer`, which has 2 KB of code for them.
static JPG: Format = format("jpg", "image/jpeg", &[b"\xFF\xD8\xFF"]).with(picture::trouble);
static PNG: Format = format("png", "image/png", &[b"\x89PNG"]).with(picture::trouble);
static GIF: Format = format("gif", "image/gif", &[b"GIF"]).with(picture::trouble);
static BMP: Format = format("bmp", "image/bmp", &[b"BM"]).with(picture::trouble);
static MP3: Format = format("mp3", "audio/mpeg", &[b"ID3"])
    .or(is_mpeg_layer_3)
    .with(|bytes| voice::trouble(voice::mp3(bytes)));
// ASF, the container of wma and wmv: which of them it is, its first bytes do not tell.
static WMA: Format = format("wma", "audio/x-ms-wma", &[b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9"]);
static WAV: Format = format("wav", "audio/wav", &[b"RIFF????WAVE"]).with(|bytes| voice::trouble(voice::wav(bytes)));
// Narrow and wide band.
static AMR: Format = format("amr", "audio/amr", &[b"#!AMR"]).with(|bytes| voice::trouble(voice::amr(bytes)));
static MP4: Format = format("mp4", "video/mp4", &[]).or(is_mp4);

/// Cameras name a brand of their own first, and then those with which their files are compatible.
fn is_mp4(bytes: &[u8]) -> bool {
    const BRANDS: &[u8] =
        b"isomiso2iso3iso4iso5iso6iso7iso8iso9mp41mp42mp4vmp71mmp4avc1hvc1av01dashMSNVM4V M4VHM4VPF4V f4v F4P NDAS";
    let (words, _) = bytes.as_chunks::<4>();
    let [length, kind, first, rest @ ..] = words else {
        return false;
    };
    // Behind a version, up to the length in bytes.
    let others = rest
        .iter()
        .take((u32::from_be_bytes(*length) / 4).saturating_sub(3) as usize)
        .skip(1);
    let (brands, _) = BRANDS.as_chunks::<4>();
    kind == b"ftyp" && (brands.contains(first) || others.into_iter().any(|other| brands.contains(other)))
}

/// A frame of MPEG audio layer III, of any version: 11 bits set, then the layer.
fn is_mpeg_layer_3(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, second, ..] if second & 0b1110_0110 == 0b1110_0010)
}

fn is_webm(bytes: &[u8]) -> bool {
    // The header of Matroska is longer, and names its kind within so many bytes.
    let header = bytes.get(..256).unwrap_or_default();
    header.starts_with(b"\x1A\x45\xDF\xA3") && find(header, b"\x42\x82\x84webm").is_some()
}

/// A page begins with one of these tags, as in <https://mimesniff.spec.whatwg.org/>.
fn is_html(bytes: &[u8]) -> bool {
    const TAGS: &str = "!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--";
    let Some(tag) = bytes.trim_ascii_start().strip_prefix(b"<") else {
        return false;
    };
    TAGS.as_bytes().split(|byte| *byte == b'|').any(|name| {
        let (found, rest) = tag.split_at_checked(name.len()).unwrap_or_default();
        found.eq_ignore_ascii_case(name) && matches!(rest, [b' ' | b'>', ..])
    })
}

/// Everything that is known, with what people try most often and WeChat takes nowhere.
static KNOWN: &[&Format] = &[
    &JPG,
    &PNG,
    &GIF,
    &BMP,
    &MP3,
    &WMA,
    &WAV,
    &AMR,
    &format("m4a", "audio/mp4", &[b"????ftypM4A ", b"????ftypM4B "]),
    &format("webp", "image/webp", &[b"????????WEBP"]),
    &format(
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
    &format("avif", "image/avif", &[b"????ftypavif", b"????ftypavis"]),
    &format("tiff", "image/tiff", &[b"II*\0", b"MM\0*"]),
    &format("ogg", "audio/ogg", &[b"OggS"]),
    &format("flac", "audio/flac", &[b"fLaC"]),
    &format("mov", "video/quicktime", &[b"????ftypqt  "]),
    // Behind its kin, which may be compatible with it.
    &MP4,
    &format("webm", "video/webm", &[]).or(is_webm),
    &format("avi", "video/x-msvideo", &[b"RIFF????AVI"]),
    &format("svg", "image/svg+xml", &[b"<svg"]),
    &format("html", "text/html", &[]).or(is_html),
];

fn known(bytes: &[u8]) -> Option<&'static Format> {
    KNOWN.iter().copied().find(|format| format.is_that_of(bytes))
}

/// What one operation takes.
pub struct Accept {
    /// The stem of the ASCII file name that WeChat gets.
    stem: &'static str,
    formats: &'static [&'static Format],
    /// The largest file, in bytes.
    limit: usize,
    /// All of it in words, for errors.
    takes: &'static str,
}

/// "MB" and "KB" on WeChat's pages are read as the larger, binary units (wechat-api §16, open question 25).
const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Permanent image.
pub static IMAGE: Accept = Accept {
    stem: "image",
    formats: &[&JPG, &PNG, &GIF, &BMP],
    limit: 10 * MIB,
    takes: "a permanent image is jpg, png, gif or bmp of at most 10 MB",
};
/// Permanent voice.
pub static VOICE: Accept = Accept {
    stem: "voice",
    formats: &[&MP3, &WMA, &WAV, &AMR],
    limit: 2 * MIB,
    takes: "a permanent voice is mp3, wma, wav or amr of at most 2 MB and 60 seconds",
};
/// Permanent video.
pub static VIDEO: Accept = Accept {
    stem: "video",
    formats: &[&MP4],
    limit: 10 * MIB,
    takes: "a permanent video is mp4 of at most 10 MB",
};
/// Permanent thumb.
pub static THUMB: Accept = Accept {
    stem: "thumb",
    formats: &[&JPG],
    limit: 64 * KIB,
    takes: "a permanent thumb is jpg of at most 64 KB",
};
/// Picture in an article.
pub static ARTICLE_IMAGE: Accept = Accept {
    stem: "image",
    formats: &[&JPG, &PNG],
    limit: MIB - 1,
    takes: "a picture in an article is jpg or png below 1 MB",
};
/// Temporary image. The same page of WeChat's also says 2 MB; a file between the two is sent, as there is no way to warn.
pub static TEMPORARY_IMAGE: Accept = Accept {
    stem: "image",
    formats: &[&JPG, &PNG, &GIF],
    limit: 10 * MIB,
    takes: "a temporary image is jpg, png or gif of at most 10 MB",
};
/// Temporary voice.
pub static TEMPORARY_VOICE: Accept = Accept {
    stem: "voice",
    formats: &[&MP3, &AMR],
    limit: 2 * MIB,
    takes: "a temporary voice is mp3 or amr of at most 2 MB and 60 seconds",
};
/// Temporary video.
pub static TEMPORARY_VIDEO: Accept = Accept {
    stem: "video",
    formats: &[&MP4],
    limit: 10 * MIB,
    takes: "a temporary video is mp4 of at most 10 MB",
};
/// Temporary thumb.
pub static TEMPORARY_THUMB: Accept = Accept {
    stem: "thumb",
    formats: &[&JPG],
    limit: 64 * KIB,
    takes: "a temporary thumb is jpg of at most 64 KB",
};

/// A file that passed, with what WeChat is told about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Checked<'a> {
    /// ASCII, with the extension that fits the content: WeChat refuses anything else (wechat-api §7).
    pub file_name: String,
    /// The content type of the part.
    pub media_type: &'static str,
    /// The file.
    pub bytes: &'a [u8],
}

impl Accept {
    /// Refuses a file that this place does not take. The name tells nothing: WeChat judges by the one that it gets, and that
    /// is made here.
    pub fn check<'a>(&self, file: &'a File) -> Result<Checked<'a>> {
        let bytes = file.bytes.as_slice();
        let refuse = |found: &[&str], advice| {
            let message = [&joined(found), "; ", self.takes];
            Err(file_rejected(&file.name, joined(&message), advice))
        };
        if bytes.is_empty() {
            return refuse(
                &["the file is empty"],
                "Read the file again; it may have been read to its end before.",
            );
        }
        let Some(format) = known(bytes) else {
            return refuse(&["the file's type can't be told from its first bytes"], CONVERT);
        };
        let accepted = self.formats.iter().any(|&accepted| std::ptr::eq(accepted, format));
        let mut trouble = None;
        if accepted && bytes.len() <= self.limit {
            trouble = (format.trouble)(bytes);
            if trouble.is_none() {
                return Ok(Checked {
                    file_name: joined(&[self.stem, ".", format.extension]),
                    media_type: format.media_type,
                    bytes,
                });
            }
        }
        let comma = if trouble.is_some() { ", " } else { "" };
        let found = [
            format.extension,
            ", ",
            &size(bytes.len()),
            comma,
            &trouble.unwrap_or_default(),
        ];
        refuse(
            &found,
            if accepted {
                "Give a smaller or another file."
            } else {
                CONVERT
            },
        )
    }
}

const CONVERT: &str = "Convert the file to a format that is accepted.";

/// For people: `1.2 MB`. Rounded up, so that one byte above a limit can be seen.
fn size(bytes: usize) -> String {
    let (unit, name) = if bytes < MIB { (KIB, " KB") } else { (MIB, " MB") };
    let tenths = (bytes * 5).div_ceil(unit / 2);
    joined(&[&figures(tenths / 10), ".", &figures(tenths % 10), name])
}

/// The type of a file by its bytes, where they tell one.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    known(bytes).map(|format| format.media_type)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::ErrorKind;

    fn file(name: &str, bytes: &[u8]) -> File {
        File {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
        }
    }

    fn fixture(name: &str) -> File {
        let path = format!("{}/host-test/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        file("misnamed.bin", &std::fs::read(path).unwrap())
    }

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
            assert_eq!(known(&head(brands)).unwrap().extension, extension);
        }
        // What stands behind the list is no brand.
        assert!(known(&head(b"XAVC\0\0\0\0XAVC")).is_none());
    }

    type Known = fn(&[u8]) -> bool;

    /// The formats that `infer` knows too. (Of mp3 and mp4 it knows less.)
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

    fn assert_as_infer(bytes: &[u8]) {
        for (extension, theirs) in THEIRS {
            let format = KNOWN.iter().find(|format| format.extension == extension).unwrap();
            assert_eq!(format.is_that_of(bytes), theirs(bytes), "{extension}: {bytes:?}");
        }
        assert!(!infer::audio::is_mp3(bytes) || MP3.is_that_of(bytes), "{bytes:?}");
        assert!(
            bytes.len() < 12 || !infer::video::is_mp4(bytes) || MP4.is_that_of(bytes),
            "{bytes:?}"
        );
    }

    #[test]
    fn formats_are_those_of_infer() {
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
            for place in 0..file.len().min(20) {
                let mut other = file.clone();
                other[place] ^= 0x20;
                assert_as_infer(&other);
                assert_as_infer(&[&other[..], b" "].concat());
            }
        }
    }

    #[test]
    fn real_files_are_known_by_their_bytes() {
        for (accept, name, sent_as) in [
            (&IMAGE, "cover.jpg", "image.jpg"),
            (&IMAGE, "article.png", "image.png"),
            (&IMAGE, "animation.gif", "image.gif"),
            (&IMAGE, "picture.bmp", "image.bmp"),
            (&VOICE, "voice.mp3", "voice.mp3"),
            (&VOICE, "voice.amr", "voice.amr"),
            (&VOICE, "voice.wav", "voice.wav"),
            (&VOICE, "voice.wma", "voice.wma"),
            (&VIDEO, "video.mp4", "video.mp4"),
            (&THUMB, "thumb.jpg", "thumb.jpg"),
            (&ARTICLE_IMAGE, "article.png", "image.png"),
        ] {
            assert_eq!(accept.check(&fixture(name)).unwrap().file_name, sent_as, "{name}");
        }
    }

    fn message(accept: &Accept, file: &File) -> String {
        let error = accept.check(file).unwrap_err();
        assert_eq!(
            (error.kind, error.subject.as_deref()),
            (ErrorKind::FileRejected, Some(file.name.as_str()))
        );
        assert!(error.message.ends_with(accept.takes) && !error.advice.is_empty());
        error.message.split_once("; ").unwrap().0.to_owned()
    }

    #[test]
    fn the_words_are_those_of_the_rules() {
        for accept in [
            &IMAGE,
            &VOICE,
            &VIDEO,
            &THUMB,
            &ARTICLE_IMAGE,
            &TEMPORARY_IMAGE,
            &TEMPORARY_VOICE,
            &TEMPORARY_VIDEO,
            &TEMPORARY_THUMB,
        ] {
            let (_, words) = accept.takes.split_once(" is ").unwrap();
            let known = KNOWN.iter().map(|format| format.extension);
            let named = known.filter(|extension| words.split([' ', ',']).any(|word| word == *extension));
            assert!(
                named.eq(accept.formats.iter().map(|format| format.extension)),
                "{words}"
            );
            let limit = match accept.limit {
                1_048_575 => "below 1 MB".to_owned(),
                limit => format!("of at most {}", size(limit).replace(".0", "")),
            };
            assert!(words.contains(&limit), "{words}");
            assert_eq!(words.ends_with("and 60 seconds"), accept.stem == "voice");
        }
    }

    #[test]
    fn a_wrong_type_names_what_was_found_and_what_is_accepted() {
        let error = ARTICLE_IMAGE.check(&fixture("picture.webp")).unwrap_err();
        assert_eq!(
            error.message,
            "webp, 2.0 KB; a picture in an article is jpg or png below 1 MB"
        );
        for (name, found) in [
            ("picture.bmp", "bmp, 4.6 KB"),
            ("voice.mp3", "mp3, 4.5 KB"),
            ("voice.speex", "ogg, 3.7 KB"),
            ("video.mp4", "mp4, 5.1 KB"),
        ] {
            assert_eq!(message(&THUMB, &fixture(name)), found);
        }
        assert_eq!(message(&IMAGE, &file("a.svg", b"<svg/>")), "svg, 0.1 KB");
    }

    #[test]
    fn the_name_decides_nothing() {
        let picture = fixture("article.png").bytes;
        for name in ["a.jpg", "a", "", ".png", "图.mp3"] {
            assert_eq!(IMAGE.check(&file(name, &picture)).unwrap().file_name, "image.png");
        }
        for name in ["a.mp3", "a.amr", "voice"] {
            assert_eq!(
                message(&VOICE, &file(name, b"?")),
                "the file's type can't be told from its first bytes"
            );
        }
        assert_eq!(message(&VOICE, &file("a.mp3", b"")), "the file is empty");
    }

    #[test]
    fn sizes_are_refused_just_beyond_the_limit() {
        for (accept, name, too_large) in [
            (&IMAGE, "cover.jpg", "jpg, 10.1 MB"),
            (&VOICE, "voice.amr", "amr, 2.1 MB"),
            (&VIDEO, "video.mp4", "mp4, 10.1 MB"),
            (&THUMB, "thumb.jpg", "jpg, 64.1 KB"),
            (&ARTICLE_IMAGE, "article.png", "png, 1.0 MB"),
            (&TEMPORARY_IMAGE, "animation.gif", "gif, 10.1 MB"),
            (&TEMPORARY_VOICE, "voice.mp3", "mp3, 2.1 MB"),
            (&TEMPORARY_VIDEO, "video.mp4", "mp4, 10.1 MB"),
            (&TEMPORARY_THUMB, "thumb.jpg", "jpg, 64.1 KB"),
        ] {
            let mut file = fixture(name);
            // Nothing that could be a frame of a voice.
            file.bytes.resize(accept.limit, 0x60);
            assert!(accept.check(&file).is_ok(), "{name}");
            file.bytes.push(0);
            assert_eq!(message(accept, &file), too_large);
        }
    }

    #[test]
    fn sizes_are_rounded_up() {
        for (bytes, text) in [
            (1, "0.1 KB"),
            (KIB, "1.0 KB"),
            (KIB + 1, "1.1 KB"),
            (MIB - 1, "1024.0 KB"),
            (MIB, "1.0 MB"),
            (MIB + 1, "1.1 MB"),
            (12 * MIB / 10, "1.2 MB"),
            (10 * MIB + 1, "10.1 MB"),
        ] {
            assert_eq!(size(bytes), text, "{bytes}");
        }
    }

    #[test]
    fn pictures_and_voices_are_looked_into() {
        let mut cut = fixture("cover.jpg");
        cut.bytes.truncate(100);
        assert_eq!(message(&IMAGE, &cut), "jpg, 0.1 KB, damaged or cut off");
        let mut flat = fixture("article.png");
        flat.bytes[16..20].fill(0);
        assert_eq!(
            message(&ARTICLE_IMAGE, &flat),
            "png, 1.3 KB, 0 × 200 pixels, which WeChat refuses"
        );
        for (name, found) in [
            ("voice-61s.mp3", "mp3, "),
            ("voice-61s.amr", "amr, "),
            ("voice-61s.wav", "wav, "),
        ] {
            let message = message(&VOICE, &fixture(name));
            assert!(
                message.starts_with(found) && message.ends_with(", 61 seconds"),
                "{message}"
            );
        }
        for name in ["voice-60s.mp3", "voice-60s.amr", "voice-60s.wav"] {
            assert!(VOICE.check(&fixture(name)).is_ok(), "{name}");
        }
    }
}
