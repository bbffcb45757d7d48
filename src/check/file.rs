//! Files: the rules of each operation for the files that it takes.

use super::{picture, video, voice};
use crate::bindings::types::File;
use crate::error::{Result, file_rejected};
use crate::media_type::Format;
use crate::texts::{EN, FilesTexts, Texts};

/// The rules of one operation.
pub struct FileRules {
    /// The stem of the ASCII file name that WeChat gets.
    stem: &'static str,
    /// The extensions of the formats that are accepted.
    extensions: &'static [&'static str],
    /// The size of the largest file, in bytes.
    limit: usize,
    /// The rules in words, for errors.
    takes: fn(&FilesTexts) -> &'static str,
}

/// "MB" and "KB" on WeChat's pages are read as the larger, binary units (wechat-api §8.1, §21.25).
const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Rules for a permanent image.
pub static IMAGE: FileRules = FileRules {
    stem: "image",
    extensions: &["jpg", "png", "gif", "bmp"],
    limit: 10 * MIB,
    takes: |texts| texts.image,
};
/// Rules for a permanent voice.
pub static VOICE: FileRules = FileRules {
    stem: "voice",
    extensions: &["mp3", "wma", "wav", "amr"],
    limit: 2 * MIB,
    takes: |texts| texts.voice,
};
/// Rules for a permanent video.
pub static VIDEO: FileRules = FileRules {
    stem: "video",
    extensions: &["mp4"],
    limit: 10 * MIB,
    takes: |texts| texts.video,
};
/// Rules for a permanent thumb.
pub static THUMB: FileRules = FileRules {
    stem: "thumb",
    extensions: &["jpg"],
    limit: 64 * KIB,
    takes: |texts| texts.thumb,
};
/// Rules for a picture in an article.
pub static ARTICLE_IMAGE: FileRules = FileRules {
    stem: "image",
    extensions: &["jpg", "png"],
    limit: MIB - 1,
    takes: |texts| texts.article_image,
};
/// Rules for a temporary image. WeChat's page names both 10 MB and 2 MB; a file between the two is sent, as there is no
/// way to warn.
pub static TEMPORARY_IMAGE: FileRules = FileRules {
    stem: "image",
    extensions: &["jpg", "png", "gif"],
    limit: 10 * MIB,
    takes: |texts| texts.temporary_image,
};
/// Rules for a temporary voice.
pub static TEMPORARY_VOICE: FileRules = FileRules {
    stem: "voice",
    extensions: &["mp3", "amr"],
    limit: 2 * MIB,
    takes: |texts| texts.temporary_voice,
};
/// Rules for a temporary video.
pub static TEMPORARY_VIDEO: FileRules = FileRules {
    stem: "video",
    extensions: &["mp4"],
    limit: 10 * MIB,
    takes: |texts| texts.temporary_video,
};
/// Rules for a temporary thumb.
pub static TEMPORARY_THUMB: FileRules = FileRules {
    stem: "thumb",
    extensions: &["jpg"],
    limit: 64 * KIB,
    takes: |texts| texts.temporary_thumb,
};

/// A file that passed the rules, with the name and type that WeChat gets.
#[derive(Debug, PartialEq, Eq)]
pub struct ValidFile<'a> {
    /// An ASCII name with the extension that fits the content: WeChat refuses anything else (wechat-api §7).
    pub file_name: String,
    /// The content type of the part.
    pub media_type: &'static str,
    /// The file.
    pub bytes: &'a [u8],
}

impl FileRules {
    /// Refuses a file that breaks the rules. The file's own name does not matter: WeChat goes by the name that it
    /// gets, and that is made here.
    pub fn check<'a>(&self, texts: &'static Texts, file: &'a File) -> Result<ValidFile<'a>> {
        let texts = &texts.files;
        match self.format(texts, &file.bytes) {
            Ok(format) => Ok(ValidFile {
                file_name: format!("{}.{}", self.stem, format.extension),
                media_type: format.media_type,
                bytes: &file.bytes,
            }),
            Err((found, advice)) => {
                let message = texts.refused.with([&found, &(self.takes)(texts)]);
                Err(file_rejected(&file.name, message, advice))
            }
        }
    }

    /// Returns whether a file passes the rules.
    pub fn accepts(&self, bytes: &[u8]) -> bool {
        // Nobody reads the texts.
        self.format(&EN.files, bytes).is_ok()
    }

    /// Returns the format of a file that passes the rules, or else what was found, and advice.
    fn format(
        &self,
        texts: &'static FilesTexts,
        bytes: &[u8],
    ) -> std::result::Result<&'static Format, (String, &'static str)> {
        if bytes.is_empty() {
            return Err((texts.empty.to_owned(), texts.read_again));
        }
        let Some(format) = Format::of(bytes) else {
            return Err((texts.unknown.to_owned(), texts.convert));
        };
        let found = texts.found.with([&format.extension, &size(bytes.len())]);
        if !self.extensions.contains(&format.extension) {
            return Err((found, texts.convert));
        }
        if bytes.len() > self.limit {
            return Err((found, texts.replace));
        }
        match problem(texts, format, bytes) {
            Some(problem) => Err((texts.problem.with([&found, &problem]), texts.replace)),
            None => Ok(format),
        }
    }
}

/// Returns the problem of a file of this format, if its bytes show it cheaply.
fn problem(texts: &FilesTexts, format: &Format, bytes: &[u8]) -> Option<String> {
    match format.extension {
        "jpg" | "png" | "gif" | "bmp" => picture::problem(texts, bytes),
        "mp3" => voice::problem(texts, voice::mp3(bytes)),
        "wav" => voice::problem(texts, voice::wav(bytes)),
        "amr" => voice::problem(texts, voice::amr(bytes)),
        "mp4" => video::problem(texts, bytes),
        _ => None,
    }
}

/// Returns a size for people: `1.2 MB`. Rounds up, so that one byte above a limit can be seen.
fn size(bytes: usize) -> String {
    let (unit, name) = if bytes < MIB { (KIB, "KB") } else { (MIB, "MB") };
    let tenths = (bytes * 5).div_ceil(unit / 2);
    format!("{}.{} {name}", tenths / 10, tenths % 10)
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
        for (rules, name, sent_as) in [
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
            assert_eq!(rules.check(&EN, &fixture(name)).unwrap().file_name, sent_as, "{name}");
        }
    }

    fn message(rules: &FileRules, file: &File) -> String {
        let error = rules.check(&EN, file).unwrap_err();
        assert_eq!(
            (error.kind, error.subject.as_deref()),
            (ErrorKind::FileRejected, Some(file.name.as_str()))
        );
        assert!(error.message.ends_with((rules.takes)(&EN.files)) && !error.advice.is_empty());
        error.message.split_once("; ").unwrap().0.to_owned()
    }

    #[test]
    fn the_words_of_an_error_state_the_rules() {
        for rules in [
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
            let (_, words) = (rules.takes)(&EN.files).split_once(" is ").unwrap();
            let formats = words.split(" of ").next().unwrap().split(" below ").next().unwrap();
            let named: Vec<_> = formats.split(", ").flat_map(|part| part.split(" or ")).collect();
            assert_eq!(named, rules.extensions);
            let limit = match rules.limit {
                1_048_575 => "below 1 MB".to_owned(),
                limit => format!("of at most {}", size(limit).replace(".0", "")),
            };
            assert!(words.contains(&limit), "{words}");
            assert_eq!(words.ends_with("and 60 seconds"), rules.stem == "voice");
        }
    }

    #[test]
    fn a_wrong_type_names_what_was_found_and_what_is_accepted() {
        let error = ARTICLE_IMAGE.check(&EN, &fixture("picture.webp")).unwrap_err();
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
    fn the_name_of_a_file_decides_nothing() {
        let picture = fixture("article.png").bytes;
        for name in ["a.jpg", "a", "", ".png", "图.mp3"] {
            assert_eq!(IMAGE.check(&EN, &file(name, &picture)).unwrap().file_name, "image.png");
        }
        for name in ["a.mp3", "a.amr", "voice"] {
            assert_eq!(
                message(&VOICE, &file(name, b"?")),
                "the file's type can't be recognised from its bytes"
            );
        }
        assert_eq!(message(&VOICE, &file("a.mp3", b"")), "the file is empty");
    }

    #[test]
    fn a_size_is_refused_just_beyond_the_limit() {
        for (rules, name, too_large) in [
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
            // These bytes are no frame of a voice.
            file.bytes.resize(rules.limit, 0x60);
            assert!(rules.check(&EN, &file).is_ok(), "{name}");
            file.bytes.push(0);
            assert_eq!(message(rules, &file), too_large);
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
    fn a_damaged_picture_and_a_long_voice_are_refused() {
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
            assert!(VOICE.check(&EN, &fixture(name)).is_ok(), "{name}");
        }
    }
}
