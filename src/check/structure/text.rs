//! The width of text.

use crate::html::decode_text;

/// Returns the width of a text between tags in sizes of its font; 0 if nothing of it can be seen. Chinese characters
/// are as wide as their size, others half of it, a row of blanks a quarter.
pub fn width(source: &str) -> f32 {
    let mut width = 0.0;
    let mut is_visible = false;
    let mut is_after_blank = false;
    for character in decode_text(source).chars() {
        // Blanks, and characters without a width.
        let is_blank = character.is_whitespace()
            || matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
        if !is_blank {
            is_visible = true;
            width += if character < '\u{2E80}' { 0.5 } else { 1.0 };
        } else if !is_after_blank {
            width += 0.25;
        }
        is_after_blank = is_blank;
    }
    if is_visible { width } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_has_a_width_if_it_can_be_seen() {
        for (source, expected) in [
            ("", 0.0),
            (" \n\t", 0.0),
            ("\u{200B}\u{FEFF}\u{A0}", 0.0),
            ("&nbsp;&#160;&#xA0;&ensp;&ZeroWidthSpace;&#8203;", 0.0),
            ("写", 1.0),
            ("ab", 1.0),
            ("a  \n b", 1.25),
            ("写&amp;写", 2.5),
            ("a&b", 1.5),
            ("&lt;", 0.5),
            ("&#20889;", 1.0),
        ] {
            assert_eq!(width(source), expected, "{source}");
        }
    }
}
