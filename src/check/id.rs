//! Ids, as far as their looks tell something.

use crate::compose::joined;
use crate::error::{Result, invalid};
use crate::find::{before, find};

/// Refuses an id that can't be one. No id of WeChat's has anything but ASCII letters, digits, `-` and `_`
/// (wechat-api §1, §12), however long it is.
pub fn id(subject: &str, value: &str) -> Result<()> {
    match trouble(value) {
        None => Ok(()),
        Some(trouble) => Err(invalid(
            subject,
            joined(&[subject, " ", trouble]),
            "Give the id that the earlier call returned.",
        )),
    }
}

/// What a text that is no id looks like, by characters in it; the first that fits is said.
const LOOKS: [(&str, &str); 4] = [
    (":", "looks like a URL"),
    ("/\\", "looks like a path"),
    (" \t\r\n", "has a blank or a line break in it"),
    (".", "looks like a file name"),
];

/// What is wrong with an id, as the end of a sentence that begins with its name.
pub fn trouble(value: &str) -> Option<&'static str> {
    let value = value.as_bytes();
    if value.is_empty() {
        return Some("is empty");
    }
    if value
        .iter()
        .all(|byte| matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
    {
        return None;
    }
    if find(value, b"://tmp").is_some() {
        return Some("is the path of a temporary file");
    }
    for (characters, looks) in LOOKS {
        if before(value, characters.as_bytes()).len() < value.len() {
            return Some(looks);
        }
    }
    Some("has a character that no id has: only ASCII letters, digits, - and _")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_letters_digits_hyphens_and_underscores() {
        for value in [
            "M",
            "R7Ifp6ogGOmtr3u-l6KIJfD6AX2foQ7Ktp4flZtYJbtO2H-Tmfg4xO0sl9mh9ByJ",
            "2650177668",
            "_-",
            &"a".repeat(1000),
        ] {
            assert!(id("media-id", value).is_ok(), "{value}");
        }
    }

    #[test]
    fn what_can_not_be_an_id_is_named_with_its_looks() {
        for (value, looks) in [
            ("", "is empty"),
            ("wxfile://tmp_1.jpg", "temporary file"),
            ("http://tmp/x.jpg", "temporary file"),
            ("http://mmbiz.qpic.cn/x", "URL"),
            ("data:image/png;base64,", "URL"),
            ("a/b", "path"),
            ("C\\b", "path"),
            ("cover.jpg", "file name"),
            ("M ", "blank"),
            ("M\n", "line break"),
            ("草稿", "character"),
            ("M\u{0}", "character"),
            ("a+b=", "character"),
        ] {
            let error = id("media-id", value).unwrap_err();
            assert_eq!(error.subject.as_deref(), Some("media-id"));
            assert!(
                error.message.starts_with("media-id ") && error.message.contains(looks),
                "{}",
                error.message
            );
        }
    }
}
