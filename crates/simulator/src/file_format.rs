//! File formats, by extension and by content (wechat-api §7).

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFormat {
    Bmp,
    Png,
    Jpeg,
    Gif,
    Mp3,
    Wma,
    Wav,
    Amr,
    Mp4,
    /// A format that the first bytes show and no endpoint accepts: WebP, SVG, HEIC, AVIF.
    Foreign,
}

impl FileFormat {
    /// Returns the format that the extension promises.
    pub(crate) fn of_name(name: &str) -> Option<FileFormat> {
        match extension(name)?.as_str() {
            "bmp" => Some(FileFormat::Bmp),
            "png" => Some(FileFormat::Png),
            "jpg" | "jpeg" => Some(FileFormat::Jpeg),
            "gif" => Some(FileFormat::Gif),
            "mp3" => Some(FileFormat::Mp3),
            "wma" => Some(FileFormat::Wma),
            "wav" => Some(FileFormat::Wav),
            "amr" => Some(FileFormat::Amr),
            "mp4" => Some(FileFormat::Mp4),
            _ => None,
        }
    }

    /// Returns the format that the first bytes show, if they show one.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Option<FileFormat> {
        let after = |prefix: &[u8], skipped: usize| {
            bytes
                .starts_with(prefix)
                .then(|| bytes.get(skipped..).unwrap_or_default())
        };
        if let Some(form) = after(b"RIFF", 8) {
            return match form.get(..4) {
                Some(b"WAVE") => Some(FileFormat::Wav),
                Some(b"WEBP") => Some(FileFormat::Foreign),
                _ => None,
            };
        }
        if let Some(b"ftyp") = bytes.get(4..8) {
            return match bytes.get(8..12) {
                Some(b"heic" | b"heix" | b"mif1" | b"avif" | b"avis") => Some(FileFormat::Foreign),
                _ => Some(FileFormat::Mp4),
            };
        }
        let magic: [(&[u8], FileFormat); 10] = [
            (b"\xff\xd8\xff", FileFormat::Jpeg),
            (b"\x89PNG", FileFormat::Png),
            (b"GIF8", FileFormat::Gif),
            (b"BM", FileFormat::Bmp),
            (b"#!AMR", FileFormat::Amr),
            (b"ID3", FileFormat::Mp3),
            (b"\xff\xfb", FileFormat::Mp3),
            (b"\xff\xf3", FileFormat::Mp3),
            (b"\x30\x26\xb2\x75", FileFormat::Wma),
            (b"<svg", FileFormat::Foreign),
        ];
        magic
            .iter()
            .find(|(begin, _)| bytes.starts_with(begin))
            .map(|(_, format)| *format)
    }

    /// Returns its name in image URLs.
    pub(crate) fn image_format(self) -> &'static str {
        match self {
            FileFormat::Png => "png",
            FileFormat::Gif => "gif",
            FileFormat::Bmp => "bmp",
            _ => "jpeg",
        }
    }

    /// Returns its content type in downloads.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            FileFormat::Bmp => "image/bmp",
            FileFormat::Png => "image/png",
            FileFormat::Jpeg => "image/jpeg",
            FileFormat::Gif => "image/gif",
            FileFormat::Mp3 => "audio/mpeg",
            FileFormat::Wma => "audio/x-ms-wma",
            FileFormat::Wav => "audio/wav",
            FileFormat::Amr => "audio/amr",
            FileFormat::Mp4 => "video/mp4",
            FileFormat::Foreign => "application/octet-stream",
        }
    }
}

/// Returns the extension of a file name, in lower case.
pub(crate) fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_ascii_lowercase())
}
