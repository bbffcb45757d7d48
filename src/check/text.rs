//! The part of a text that goes out, and its length.

/// The length of a text: how much of it goes out, and how much does not.
#[derive(Default)]
pub struct Length {
    /// Bytes that go out.
    pub bytes: usize,
    /// Characters that go out. WeChat seems to count Unicode code points (wechat-api §11.1).
    pub characters: usize,
    /// Control characters that are left out of every request. Tabs and the ends of lines are not: `\r\n` goes out as
    /// one character.
    pub left_out: usize,
}

/// Measures a text.
pub fn measure(text: &str) -> Length {
    let left_out = text.bytes().filter(|&byte| is_left_out(char::from(byte))).count();
    let bytes = text.as_bytes();
    let joined = memchr::memchr_iter(b'\r', bytes)
        .filter(|&at| bytes.get(at + 1) == Some(&b'\n'))
        .count();
    Length {
        bytes: text.len() - left_out - joined,
        characters: text.chars().count() - left_out - joined,
        left_out,
    }
}

/// Returns whether a character is a control character that is left out of every request.
pub const fn is_left_out(character: char) -> bool {
    character < ' ' && !matches!(character, '\n' | '\r' | '\t')
}

/// Returns the first characters of a text, or `None` if it has no more than these.
pub fn first_characters(text: &str, count: usize) -> Option<&str> {
    let (end, _) = text.char_indices().nth(count)?;
    text.get(..end)
}

/// Returns the first characters of a text, with an ellipsis if it has more than these.
pub fn beginning(text: &str, count: usize) -> String {
    match first_characters(text, count) {
        Some(beginning) => format!("{beginning}…"),
        None => text.to_owned(),
    }
}

/// Returns whether a reader sees nothing of a text: it has only blanks, characters without a width, and characters that
/// are left out.
pub fn is_empty(text: &str) -> bool {
    text.chars().all(|character| {
        let has_no_width = matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
        character.is_whitespace() || character.is_control() || has_no_width
    })
}

/// Returns an optional text, or `None` if it is empty.
pub fn non_empty(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !is_empty(text))
}

/// Returns an optional text as it is sent: nothing if it is empty.
pub fn or_empty(text: &Option<String>) -> &str {
    non_empty(text.as_deref()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wechat::body;

    #[test]
    fn a_character_counts_if_it_goes_out() {
        for character in (0..0xA0).filter_map(char::from_u32).chain(['写', '🎉', '\u{2028}']) {
            let written: String = serde_json::from_slice(&body::json(&character.to_string())).unwrap();
            let length = measure(&character.to_string());
            assert_eq!(length.bytes, written.len(), "{character:?}");
            assert_eq!(length.characters, written.chars().count());
        }
        let written: String = serde_json::from_slice(&body::json(&"a\r\n\rb\r\n")).unwrap();
        let length = measure("a\r\n\rb\r\n");
        assert_eq!((length.characters, length.bytes), (written.len(), written.len()));
    }

    #[test]
    fn characters_are_code_points() {
        let length = measure("写作🎉\u{1}");
        assert_eq!((length.characters, length.bytes, length.left_out), (3, 10, 1));
        assert_eq!(
            (non_empty(Some("\u{0} ")), non_empty(Some("写")), non_empty(None)),
            (None, Some("写"), None)
        );
    }

    #[test]
    fn a_text_of_blanks_is_empty() {
        for text in [
            "",
            " ",
            "\t\r\n",
            "\u{0}\u{7F}",
            "\u{3000}\u{A0}",
            "\u{200B}\u{FEFF}",
            "\u{2003} \u{2028}",
        ] {
            assert!(is_empty(text), "{text:?}");
        }
        for text in ["a", " 写 ", ".", "🎉", "&nbsp;"] {
            assert!(!is_empty(text), "{text:?}");
        }
    }
}
