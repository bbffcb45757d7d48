//! File formats, by extension (wechat-api §7). `sniff` has them by content.

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
    /// A format that the content shows and no endpoint accepts: WebP, SVG, HEIC, AVIF, AAC, films without a picture.
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
