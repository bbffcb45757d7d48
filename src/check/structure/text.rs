//! The visible text between two tags.

use memchr::memmem;

use crate::html::decode;

/// The longest character reference that is taken for one, such as `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 40;

/// Returns the width of a text in sizes of its font; 0 if nothing of it can be seen. Chinese characters are as wide as
/// their size, others half of it, a row of blanks a quarter.
pub fn width(source: &str) -> f32 {
    let mut measure = Measure::default();
    for text in without_comments(source) {
        measure.add(text);
    }
    if measure.is_visible { measure.width } else { 0.0 }
}

#[derive(Default)]
struct Measure {
    width: f32,
    is_visible: bool,
    after_blank: bool,
}

impl Measure {
    fn add(&mut self, text: &str) {
        let mut rest = text.chars();
        while let Some(character) = rest.next() {
            if character != '&' {
                self.character(character);
                continue;
            }
            let end = rest
                .as_str()
                .bytes()
                .take(LONGEST_REFERENCE)
                .position(|byte| byte == b';');
            let reference = end.and_then(|end| rest.as_str().split_at_checked(end + 1));
            match reference {
                Some((name, after))
                    if name
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"#;".contains(&byte)) =>
                {
                    self.reference(name);
                    rest = after.chars();
                }
                _ => self.character('&'),
            }
        }
    }

    /// Adds a character reference, such as `nbsp;`.
    fn reference(&mut self, name: &str) {
        match name {
            "nbsp;" | "ensp;" | "emsp;" | "thinsp;" => self.character(' '),
            "zwj;" | "zwnj;" | "ZeroWidthSpace;" => {}
            _ => {
                let source = format!("&{name}");
                let decoded = decode(&source);
                // One that is not known stands for some character.
                self.character(decoded.chars().next().filter(|&first| first != '&').unwrap_or('a'));
            }
        }
    }

    fn character(&mut self, character: char) {
        // Blanks, and characters without a width.
        let is_blank = character.is_whitespace()
            || matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}')
            || matches!(character, '\u{2060}' | '\u{FEFF}');
        if !is_blank {
            self.is_visible = true;
            self.width += if character < '\u{2E80}' { 0.5 } else { 1.0 };
        } else if !self.after_blank {
            self.width += 0.25;
        }
        self.after_blank = is_blank;
    }
}

/// Returns the parts of a text that are no comments. Between two tags, whatever begins with `<!`, `<?` or `</` is one.
fn without_comments(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let begins = |at: &usize| matches!(rest.as_bytes().get(at + 1), Some(b'!' | b'?' | b'/'));
        let start = memchr::memchr_iter(b'<', rest.as_bytes()).find(begins);
        let (text, comment) = rest.split_at_checked(start.unwrap_or(rest.len()))?;
        rest = comment.get(comment_length(comment)..).unwrap_or_default();
        Some(text)
    })
}

/// Returns the length of the comment at the start of a text.
fn comment_length(comment: &str) -> usize {
    let bytes = comment.as_bytes();
    let at = |end: Option<usize>, length: usize| end.map_or(bytes.len(), |end| end + length);
    if !comment.starts_with("<!--") || comment.starts_with("<!-->") || comment.starts_with("<!--->") {
        return at(memchr::memchr(b'>', bytes), 1);
    }
    let end = memmem::find_iter(bytes, b"--").find(|at| {
        let after = bytes.get(at + 2..).unwrap_or_default();
        *at >= 4 && (after.starts_with(b">") || after.starts_with(b"!>") || after.starts_with(b"->"))
    });
    let end = end.and_then(|end| Some(end + memchr::memchr(b'>', bytes.get(end..)?)?));
    at(end, 1)
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
            ("&", 0.5),
            ("a&b", 1.5),
            ("&lt;", 0.5),
            ("&#20889;", 1.0),
            ("<!-- a -->", 0.0),
            ("a<!-- b -->c", 1.0),
            ("a<!-->b", 1.0),
            ("a<!--->b", 1.0),
            ("a<!---->b", 1.0),
            ("a<!--b--!>c", 1.0),
            ("a<!--b--->c", 1.0),
            ("a<!--b-- >c", 0.5),
            ("a<!doctype html>b<?x?>c</>d", 2.0),
            ("1 < 2", 2.0),
            ("<!--", 0.0),
        ] {
            assert_eq!(width(source), expected, "{source}");
        }
        assert!(width(&"<!--".repeat(100_000)) == 0.0 && width(&"&".repeat(100_000)) > 0.0);
    }
}
