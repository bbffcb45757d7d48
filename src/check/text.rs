//! Text: what of it goes out, and how long that is.

use crate::eight::{EIGHT, Eight};

/// How much a text has of what goes out, and of what does not.
#[derive(Default)]
pub struct Length {
    /// Bytes that go out.
    pub bytes: usize,
    /// Characters that go out. WeChat seems to count Unicode code points (wechat-api §11.1).
    pub characters: usize,
    /// Control characters other than newline and tab, which are left out (see [`body::json`](crate::wechat::body::json)).
    pub left_out: usize,
}

/// Measures a text in UTF-8.
pub fn measure(text: &[u8]) -> Length {
    let mut length = Length::default();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if let Some(eight) = Eight::at(text, at).filter(|eight| eight.none_below(b' ')) {
            length.bytes += EIGHT;
            length.characters += eight.characters();
            at += EIGHT;
            continue;
        }
        if byte < b' ' && byte != b'\n' && byte != b'\t' {
            length.left_out += 1;
        } else {
            length.bytes += 1;
            length.characters += usize::from(begins_character(byte));
        }
        at += 1;
    }
    length
}

/// Whether a character begins with this byte of UTF-8.
const fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// The beginning of a text, where it has more characters than this.
pub fn cut(text: &str, characters: usize) -> Option<&str> {
    let mut left = characters;
    for (at, byte) in text.bytes().enumerate() {
        if begins_character(byte) {
            if left == 0 {
                return text.get(..at);
            }
            left -= 1;
        }
    }
    None
}

/// Whether nothing of it goes out.
pub fn is_empty(text: &str) -> bool {
    measure(text.as_bytes()).bytes == 0
}

/// An optional text. Empty is as if left out.
pub fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !is_empty(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wechat::body;

    #[test]
    fn what_is_counted_is_what_goes_out() {
        for character in (0..0xA0).filter_map(char::from_u32).chain(['写', '🎉', '\u{2028}']) {
            let written: String = serde_json::from_slice(&body::json(&character.to_string())).unwrap();
            let length = measure(character.to_string().as_bytes());
            assert_eq!(length.bytes, written.len(), "{character:?}");
            assert_eq!(length.characters, written.chars().count());
            assert_eq!(is_empty(&character.to_string()), written.is_empty());
        }
    }

    #[test]
    fn characters_are_code_points() {
        let length = measure("写作🎉\r".as_bytes());
        assert_eq!((length.characters, length.bytes, length.left_out), (3, 10, 1));
        assert_eq!(
            (given(Some("\u{0}\r")), given(Some("写")), given(None)),
            (None, Some("写"), None)
        );
    }
}
