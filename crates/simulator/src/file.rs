//! Files: formats by extension and by content, sizes, playing time (wechat-api §7, §8.1, §10.1).

use super::errcode::Refusal;
use super::multipart::Upload;

/// Longest voice in milliseconds (wechat-api §16).
const LONGEST_VOICE: u64 = 60_000;

/// A file format that is told by extension or first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Bmp,
    Png,
    Jpeg,
    Gif,
    Mp3,
    Wma,
    Wav,
    Amr,
    Mp4,
    /// Known by its first bytes and taken nowhere: WebP, SVG, HEIC, AVIF.
    Foreign,
}

impl FileKind {
    /// Format that the extension promises.
    pub(crate) fn of_name(name: &str) -> Option<FileKind> {
        match extension(name)?.as_str() {
            "bmp" => Some(FileKind::Bmp),
            "png" => Some(FileKind::Png),
            "jpg" | "jpeg" => Some(FileKind::Jpeg),
            "gif" => Some(FileKind::Gif),
            "mp3" => Some(FileKind::Mp3),
            "wma" => Some(FileKind::Wma),
            "wav" => Some(FileKind::Wav),
            "amr" => Some(FileKind::Amr),
            "mp4" => Some(FileKind::Mp4),
            _ => None,
        }
    }

    /// Format that the first bytes show, where they show one.
    fn of_bytes(bytes: &[u8]) -> Option<FileKind> {
        let after = |prefix: &[u8], skipped: usize| {
            bytes
                .starts_with(prefix)
                .then(|| bytes.get(skipped..).unwrap_or_default())
        };
        if let Some(form) = after(b"RIFF", 8) {
            return match form.get(..4) {
                Some(b"WAVE") => Some(FileKind::Wav),
                Some(b"WEBP") => Some(FileKind::Foreign),
                _ => None,
            };
        }
        if let Some(b"ftyp") = bytes.get(4..8) {
            return match bytes.get(8..12) {
                Some(b"heic" | b"heix" | b"mif1" | b"avif" | b"avis") => Some(FileKind::Foreign),
                _ => Some(FileKind::Mp4),
            };
        }
        let magic: [(&[u8], FileKind); 10] = [
            (b"\xff\xd8\xff", FileKind::Jpeg),
            (b"\x89PNG", FileKind::Png),
            (b"GIF8", FileKind::Gif),
            (b"BM", FileKind::Bmp),
            (b"#!AMR", FileKind::Amr),
            (b"ID3", FileKind::Mp3),
            (b"\xff\xfb", FileKind::Mp3),
            (b"\xff\xf3", FileKind::Mp3),
            (b"\x30\x26\xb2\x75", FileKind::Wma),
            (b"<svg", FileKind::Foreign),
        ];
        magic
            .iter()
            .find(|(begin, _)| bytes.starts_with(begin))
            .map(|(_, kind)| *kind)
    }

    /// Its name in image URLs.
    pub(crate) fn image_format(self) -> &'static str {
        match self {
            FileKind::Png => "png",
            FileKind::Gif => "gif",
            FileKind::Bmp => "bmp",
            _ => "jpeg",
        }
    }

    /// Its content type in downloads.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            FileKind::Bmp => "image/bmp",
            FileKind::Png => "image/png",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Gif => "image/gif",
            FileKind::Mp3 => "audio/mpeg",
            FileKind::Wma => "audio/x-ms-wma",
            FileKind::Wav => "audio/wav",
            FileKind::Amr => "audio/amr",
            FileKind::Mp4 => "video/mp4",
            FileKind::Foreign => "application/octet-stream",
        }
    }
}

/// Lower-case extension of a file name.
pub(crate) fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_ascii_lowercase())
}

/// What one kind of upload takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) extensions: &'static [&'static str],
    /// Refusal of other extensions.
    pub(crate) wrong_extension: i64,
    /// Most bytes.
    pub(crate) largest: usize,
    /// Refusal of more.
    pub(crate) too_large: i64,
}

impl Rule {
    /// Checks a file; the server goes by the extension first (wechat-api §7).
    pub(crate) fn check(&self, file: &Upload) -> Result<(), Refusal> {
        if file.bytes.is_empty() {
            return Err(Refusal::of(44001));
        }
        let extension = extension(&file.name).ok_or(Refusal::of(40005))?;
        if !self.extensions.contains(&extension.as_str()) {
            return Err(Refusal::of(self.wrong_extension));
        }
        let promised = FileKind::of_name(&file.name);
        let shown = FileKind::of_bytes(&file.bytes);
        if shown.is_some() && shown != promised {
            return Err(Refusal::of(40113));
        }
        if file.bytes.len() > self.largest {
            return Err(Refusal::of(self.too_large));
        }
        if play_time(shown, &file.bytes) > LONGEST_VOICE {
            return Err(Refusal::of(45007));
        }
        Ok(())
    }
}

/// Playing time in milliseconds, of the formats whose headers tell it cheaply; else 0.
fn play_time(kind: Option<FileKind>, bytes: &[u8]) -> u64 {
    match kind {
        Some(FileKind::Wav) => {
            let rate = bytes.get(28..32).and_then(|four| four.try_into().ok());
            let rate = u64::from(rate.map_or(0, u32::from_le_bytes));
            let sound = bytes.len().saturating_sub(44) as u64;
            (sound * 1000).checked_div(rate).unwrap_or(0)
        }
        Some(FileKind::Amr) => amr_time(bytes),
        _ => 0,
    }
}

/// AMR narrow band: a frame of 20 ms after another, each with its size in its first byte.
fn amr_time(bytes: &[u8]) -> u64 {
    const SIZES: [usize; 8] = [13, 14, 16, 18, 20, 21, 27, 32];
    let Some(mut rest) = bytes.strip_prefix(b"#!AMR\n") else {
        return 0;
    };
    let mut frames = 0;
    while let Some(first) = rest.first() {
        let mode = usize::from(first >> 3 & 15);
        let size = SIZES.get(mode).copied().unwrap_or(6);
        rest = rest.get(size..).unwrap_or_default();
        frames += 1;
    }
    frames * 20
}
