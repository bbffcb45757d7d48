//! The rules of an upload endpoint: extensions, sizes, playing time (wechat-api §7, §8.1, §10.1).

use crate::api_error::ApiError;
use crate::file_format::{FileFormat, extension};
use crate::model::material::MaterialKind;
use crate::request::Request;
use crate::sniff;
use crate::wire::multipart::Upload;

/// Longest voice in milliseconds (wechat-api §16).
const LONGEST_VOICE: u64 = 60_000;

/// Longest file name in bytes. The documents have no limit; names are kept in memory and come back in lists.
const LONGEST_NAME: usize = 1000;

/// The files that one kind of upload accepts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) extensions: &'static [&'static str],
    /// Code of the error for other extensions.
    pub(crate) wrong_extension: i64,
    /// Most bytes.
    pub(crate) largest: usize,
    /// Code of the error for more.
    pub(crate) too_large: i64,
}

impl Rule {
    /// Checks a file. The server looks at the extension first (wechat-api §7).
    pub(crate) fn check(&self, file: &Upload) -> Result<(), ApiError> {
        if file.bytes.is_empty() {
            return Err(ApiError::new(44001));
        }
        if file.name.len() > LONGEST_NAME {
            return Err(ApiError::new(40005));
        }
        let extension = extension(&file.name).ok_or(ApiError::new(40005))?;
        if !self.extensions.contains(&extension.as_str()) {
            return Err(ApiError::new(self.wrong_extension));
        }
        let promised = FileFormat::of_name(&file.name);
        let actual = sniff::format_of(&file.bytes);
        if actual.is_some() && actual != promised {
            return Err(ApiError::new(40113));
        }
        if file.bytes.len() > self.largest {
            return Err(ApiError::new(self.too_large));
        }
        // Seen with pictures for print: CMYK, and CMYK in the form of YCCK (wechat-api §7).
        if actual == Some(FileFormat::Jpeg) && sniff::jpeg_components(&file.bytes) == Some(4) {
            return Err(ApiError::new(40137));
        }
        if play_time(actual, &file.bytes) > LONGEST_VOICE {
            return Err(ApiError::new(45007));
        }
        Ok(())
    }
}

/// Videos, at every endpoint. Sizes are in bytes as in wechat-api §16.
const VIDEO: Rule = Rule {
    extensions: &["mp4"],
    wrong_extension: 40113,
    largest: 10 * 1024 * 1024,
    too_large: 40011,
};
/// Thumbs, at every endpoint.
const THUMB: Rule = Rule {
    extensions: &["jpg"],
    wrong_extension: 40113,
    largest: 64 * 1024,
    too_large: 40012,
};

/// The rules of an endpoint that takes files of all kinds, as far as it has its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RulesByKind {
    pub(crate) image: Rule,
    pub(crate) voice: Rule,
}

impl RulesByKind {
    /// Returns the kind of file that a request announces, and the rule for it. Articles are no file.
    pub(crate) fn announced(&self, request: &Request) -> Result<(MaterialKind, Rule), ApiError> {
        match request.query("type").and_then(MaterialKind::of_name) {
            Some(kind @ MaterialKind::Image) => Ok((kind, self.image)),
            Some(kind @ MaterialKind::Voice) => Ok((kind, self.voice)),
            Some(kind @ MaterialKind::Video) => Ok((kind, VIDEO)),
            Some(kind @ MaterialKind::Thumb) => Ok((kind, THUMB)),
            Some(MaterialKind::News) | None => Err(ApiError::new(40004)),
        }
    }
}

/// Returns the playing time in milliseconds, or 0 for formats whose headers do not give it cheaply.
fn play_time(format: Option<FileFormat>, bytes: &[u8]) -> u64 {
    match format {
        Some(FileFormat::Wav) => {
            let rate = bytes.get(28..32).and_then(|four| four.try_into().ok());
            let rate = u64::from(rate.map_or(0, u32::from_le_bytes));
            let sound = bytes.len().saturating_sub(44) as u64;
            (sound * 1000).checked_div(rate).unwrap_or(0)
        }
        Some(FileFormat::Amr) => amr_time(bytes),
        _ => 0,
    }
}

/// Returns the playing time of narrow-band AMR: frames of 20 ms, each with its size in its first byte.
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
