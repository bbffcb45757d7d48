//! Files: what they are by their bytes, and whether the operation takes them.

use crate::bindings::types::File;
use crate::error::{Result, file_rejected};
use infer::{audio, image, text, video};

/// A format that is known by its first bytes.
pub struct Format {
    /// The extension by which WeChat judges (wechat-api §7).
    pub extension: &'static str,
    /// The content type.
    pub media_type: &'static str,
    matches: fn(&[u8]) -> bool,
}

const fn format(extension: &'static str, media_type: &'static str, matches: fn(&[u8]) -> bool) -> Format {
    Format {
        extension,
        media_type,
        matches,
    }
}

// Only these matchers of `infer`, not its whole list: the rest would take as much room as all of our own code.
static JPG: Format = format("jpg", "image/jpeg", image::is_jpeg);
static PNG: Format = format("png", "image/png", image::is_png);
static GIF: Format = format("gif", "image/gif", image::is_gif);
static BMP: Format = format("bmp", "image/bmp", image::is_bmp);
static MP3: Format = format("mp3", "audio/mpeg", |bytes| {
    audio::is_mp3(bytes) || is_mpeg_layer_3(bytes)
});
// ASF, the container of wma and wmv: which of them it is, its first bytes do not tell.
static WMA: Format = format("wma", "audio/x-ms-wma", video::is_wmv);
static WAV: Format = format("wav", "audio/wav", audio::is_wav);
static AMR: Format = format("amr", "audio/amr", audio::is_amr);
static MP4: Format = format("mp4", "video/mp4", |bytes| video::is_mp4(bytes) || video::is_m4v(bytes));

/// A frame of MPEG audio layer III, of any version: 11 bits set, then the layer. `infer` knows only some.
fn is_mpeg_layer_3(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, second, ..] if second & 0b1110_0110 == 0b1110_0010)
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
    &format("m4a", "audio/mp4", audio::is_m4a),
    &MP4,
    &format("webp", "image/webp", image::is_webp),
    &format("heic", "image/heif", image::is_heif),
    &format("avif", "image/avif", image::is_avif),
    &format("tiff", "image/tiff", image::is_tiff),
    &format("ogg", "audio/ogg", audio::is_ogg),
    &format("flac", "audio/flac", audio::is_flac),
    &format("mov", "video/quicktime", video::is_mov),
    &format("webm", "video/webm", video::is_webm),
    &format("avi", "video/x-msvideo", video::is_avi),
    &format("html", "text/html", text::is_html),
];

fn known(bytes: &[u8]) -> Option<&'static Format> {
    KNOWN.iter().copied().find(|format| (format.matches)(bytes))
}

/// What one operation takes.
pub struct Accept {
    /// The stem of the ASCII file name that WeChat gets.
    stem: &'static str,
    /// The place, as named in errors.
    place: &'static str,
    formats: &'static [&'static Format],
    /// The largest file, in bytes.
    limit: usize,
}

/// "MB" and "KB" on WeChat's pages are read as the larger, binary units (wechat-api §16, open question 25).
const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Permanent image.
pub static IMAGE: Accept = Accept {
    stem: "image",
    place: "a permanent image",
    formats: &[&JPG, &PNG, &GIF, &BMP],
    limit: 10 * MIB,
};
/// Permanent voice.
pub static VOICE: Accept = Accept {
    stem: "voice",
    place: "a permanent voice",
    formats: &[&MP3, &WMA, &WAV, &AMR],
    limit: 2 * MIB,
};
/// Permanent video.
pub static VIDEO: Accept = Accept {
    stem: "video",
    place: "a permanent video",
    formats: &[&MP4],
    limit: 10 * MIB,
};
/// Permanent thumb.
pub static THUMB: Accept = Accept {
    stem: "thumb",
    place: "a permanent thumb",
    formats: &[&JPG],
    limit: 64 * KIB,
};
/// Picture in an article: below 1 MB.
pub static ARTICLE_IMAGE: Accept = Accept {
    stem: "image",
    place: "a picture in an article",
    formats: &[&JPG, &PNG],
    limit: MIB - 1,
};
/// Temporary image.
pub static TEMPORARY_IMAGE: Accept = Accept {
    stem: "image",
    place: "a temporary image",
    formats: &[&JPG, &PNG, &GIF],
    limit: 10 * MIB,
};
/// Temporary voice.
pub static TEMPORARY_VOICE: Accept = Accept {
    stem: "voice",
    place: "a temporary voice",
    formats: &[&MP3, &AMR],
    limit: 2 * MIB,
};
/// Temporary video.
pub static TEMPORARY_VIDEO: Accept = Accept {
    stem: "video",
    place: "a temporary video",
    formats: &[&MP4],
    limit: 10 * MIB,
};
/// Temporary thumb.
pub static TEMPORARY_THUMB: Accept = Accept {
    stem: "thumb",
    place: "a temporary thumb",
    formats: &[&JPG],
    limit: 64 * KIB,
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
    /// Refuses a file that this place does not take.
    pub fn check<'a>(&self, file: &'a File) -> Result<Checked<'a>> {
        let length = file.bytes.len();
        if length == 0 {
            return Err(file_rejected(
                &file.name,
                format!("the file is empty; {} has at least 1 byte", self.place),
                "Read the file again; it may have been read to its end before.",
            ));
        }
        if length > self.limit {
            return Err(file_rejected(
                &file.name,
                format!("{length} bytes; {} has at most {} bytes", self.place, self.limit),
                "Make the file smaller.",
            ));
        }
        let format = self.format_of(file)?;
        Ok(Checked {
            file_name: format!("{}.{}", self.stem, format.extension),
            media_type: format.media_type,
            bytes: &file.bytes,
        })
    }

    /// The bytes decide. Only where they tell nothing does the name: an mp3 may begin with anything.
    fn format_of(&self, file: &File) -> Result<&'static Format> {
        let by_name = || match file.name.rsplit_once('.') {
            Some((_, extension)) if extension.eq_ignore_ascii_case("jpeg") => "jpg",
            Some((_, extension)) => extension,
            None => "of unknown type",
        };
        let found = known(&file.bytes).map_or_else(by_name, |format| format.extension);
        let format = self
            .formats
            .iter()
            .find(|format| format.extension.eq_ignore_ascii_case(found));
        format.copied().ok_or_else(|| {
            let mut message = format!("the file is {found}; {} is", self.place);
            for (place, format) in self.formats.iter().enumerate() {
                message += if place == 0 { " " } else { " or " };
                message += format.extension;
            }
            file_rejected(&file.name, message, "Convert the file to a format that is accepted.")
        })
    }
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

    #[test]
    fn a_wrong_type_names_what_was_found_and_what_is_accepted() {
        let error = ARTICLE_IMAGE.check(&fixture("picture.webp")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::FileRejected);
        assert_eq!(error.message, "the file is webp; a picture in an article is jpg or png");
    }

    #[test]
    fn the_name_decides_only_where_the_bytes_tell_nothing() {
        assert_eq!(VOICE.check(&file("a.MP3", b"?")).unwrap().file_name, "voice.mp3");
        assert_eq!(IMAGE.check(&file("a.jpeg", b"?")).unwrap().file_name, "image.jpg");
        assert!(IMAGE.check(&file("a", b"?")).is_err());
        assert!(IMAGE.check(&file("a.svg", b"<svg/>")).is_err());
    }

    #[test]
    fn sizes_are_refused_just_beyond_the_limit() {
        let mut big = file("a.jpg", &[0xFF, 0xD8, 0xFF, 0xE0]);
        big.bytes.resize(MIB - 1, 0);
        assert!(ARTICLE_IMAGE.check(&big).is_ok());
        big.bytes.push(0);
        let error = ARTICLE_IMAGE.check(&big).unwrap_err();
        assert!(
            error.message.contains("1048576") && error.message.contains("1048575"),
            "{}",
            error.message
        );
        assert!(IMAGE.check(&file("a.jpg", b"")).unwrap_err().message.contains("empty"));
    }
}
