//! The form of ids: refuses texts that WeChat can't have made.

use crate::error::{Result, invalid};
use crate::texts::Texts;

/// Refuses a text that can't be an id. Ids of WeChat's consist of ASCII letters, digits, `-` and `_` (wechat-api §1;
/// numbers in §12 and §13.1); their length is not limited.
pub fn id(texts: &Texts, subject: &str, value: &str) -> Result<()> {
    match problem(texts, value) {
        None => Ok(()),
        Some(problem) => Err(invalid(
            subject,
            texts.ids.problem.with([&subject, &problem]),
            texts.ids.wanted,
        )),
    }
}

/// Returns the problem of an id, as the end of a sentence that begins with the id's name.
pub fn problem(texts: &Texts, value: &str) -> Option<&'static str> {
    let texts = &texts.ids;
    if value.is_empty() {
        return Some(texts.empty);
    }
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if value.bytes().all(is_allowed) {
        return None;
    }
    if value.contains("://tmp") {
        return Some(texts.temporary_file);
    }
    // Characters that no id has, and the looks of a text with them. The first match counts.
    let looks: [(&[char], _); 4] = [
        (&[':'], texts.url),
        (&['/', '\\'], texts.path),
        (&[' ', '\t', '\r', '\n'], texts.blank),
        (&['.'], texts.file_name),
    ];
    let looks = looks.iter().find(|(characters, _)| value.contains(*characters));
    Some(looks.map_or(texts.characters, |(_, looks)| looks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;

    #[test]
    fn ids_are_letters_digits_hyphens_and_underscores() {
        for value in [
            "M",
            "R7Ifp6ogGOmtr3u-l6KIJfD6AX2foQ7Ktp4flZtYJbtO2H-Tmfg4xO0sl9mh9ByJ",
            "2650177668",
            "_-",
            &"a".repeat(1000),
        ] {
            assert!(id(&EN, "media-id", value).is_ok(), "{value}");
        }
    }

    #[test]
    fn a_refusal_names_what_the_text_looks_like() {
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
            let error = id(&EN, "media-id", value).unwrap_err();
            assert_eq!(error.subject.as_deref(), Some("media-id"));
            assert!(
                error.message.starts_with("media-id ") && error.message.contains(looks),
                "{}",
                error.message
            );
        }
    }
}
