//! The part of a text that goes out, and its length.

/// The length of a text: how much of it goes out, and how much does not.
#[derive(Default)]
pub struct Length {
    /// Bytes that go out.
    pub bytes: usize,
    /// Characters that go out. WeChat seems to count Unicode code points (wechat-api §11.1).
    pub characters: usize,
    /// Control characters other than newline and tab, which are left out of every request.
    pub left_out: usize,
}

/// Measures a text.
pub fn measure(text: &str) -> Length {
    let left_out = text.bytes().filter(|&byte| is_left_out(byte)).count();
    Length {
        bytes: text.len() - left_out,
        characters: text.chars().count() - left_out,
        left_out,
    }
}

/// Returns whether this byte of UTF-8 is a control character that is left out.
const fn is_left_out(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\n' | b'\t')
}

/// Returns the first characters of a text, or `None` if it has no more than these.
pub fn first_characters(text: &str, count: usize) -> Option<&str> {
    let (end, _) = text.char_indices().nth(count)?;
    text.get(..end)
}

/// Returns whether nothing of a text goes out.
pub fn is_empty(text: &str) -> bool {
    text.bytes().all(is_left_out)
}

/// Returns an optional text, or `None` if nothing of it goes out.
pub fn non_empty(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !is_empty(text))
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
            assert_eq!(is_empty(&character.to_string()), written.is_empty());
        }
    }

    #[test]
    fn characters_are_code_points() {
        let length = measure("写作🎉\r");
        assert_eq!((length.characters, length.bytes, length.left_out), (3, 10, 1));
        assert_eq!(
            (non_empty(Some("\u{0}\r")), non_empty(Some("写")), non_empty(None)),
            (None, Some("写"), None)
        );
    }
}
