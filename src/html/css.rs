//! The tokens of the CSS in a `style` attribute (<https://www.w3.org/TR/css-syntax-3/#tokenization>).

use std::borrow::Cow;
use std::ops::Range;

/// Returns the meaning of an address: resolves its escapes.
pub fn unescape(url: Cow<'_, str>) -> Cow<'_, str> {
    if !url.contains('\\') {
        return url;
    }
    let mut meaning = String::with_capacity(url.len());
    let mut rest = url.chars().peekable();
    while let Some(character) = rest.next() {
        if character != '\\' {
            meaning.push(character);
            continue;
        }
        let mut code = 0;
        let mut digits = 0;
        while digits < MOST_DIGITS
            && let Some(digit) = rest.peek().and_then(|character| character.to_digit(16))
        {
            code = code << 4 | digit;
            digits += 1;
            rest.next();
        }
        if digits > 0 {
            rest.next_if(char::is_ascii_whitespace);
            let character = char::from_u32(code).filter(|_| code > 0);
            meaning.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
        } else {
            // Any other character stands for itself, and a line break for nothing.
            meaning.extend(rest.next().filter(|&character| character != '\n'));
        }
    }
    Cow::Owned(meaning)
}

/// Reads the number at the start of a value. Returns it with its unit.
///
/// By hand, as the standard library takes 14 KB of the component for it.
#[inline(never)]
pub fn number(value: &str) -> Option<(f32, &str)> {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let mut number = 0.0;
    // The place of the next digit after the point; 0 before the point.
    let mut place = 0.0;
    let mut has_digits = false;
    let mut end = digits.len();
    for (at, byte) in digits.bytes().enumerate() {
        match byte {
            b'0'..=b'9' if place == 0.0 => number = number * 10.0 + f32::from(byte - b'0'),
            b'0'..=b'9' => {
                number += f32::from(byte - b'0') * place;
                place = f32::max(place / 10.0, f32::MIN_POSITIVE);
            }
            b'.' if place == 0.0 => {
                place = 0.1;
                continue;
            }
            _ => {
                end = at;
                break;
            }
        }
        has_digits = true;
    }
    let unit = digits.get(end..)?;
    let sign = if value.starts_with('-') { -1.0 } else { 1.0 };
    has_digits.then_some((sign * number, unit))
}

/// The most digits that an escape has.
const MOST_DIGITS: usize = 6;

/// Returns whether a name can have this byte.
pub(super) const fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | 0x80..)
}

/// A position in CSS. It counts bytes, as an escape may skip a part of a character.
pub(super) struct Scanner<'a> {
    pub(super) css: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(css: &'a str) -> Self {
        Self {
            css: css.as_bytes(),
            at: 0,
        }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.css.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.css.get(self.at).copied()
    }

    pub(super) fn skip_comment(&mut self) {
        self.at += 2;
        let length = self.rest().windows(2).position(|two| two == b"*/").map(|end| end + 2);
        self.at = length.map_or(self.css.len(), |length| self.at + length);
    }

    pub(super) fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Goes to the end of an escape. A blank after hexadecimal digits belongs to it.
    fn skip_escape(&mut self) {
        let escaped = self.rest().get(1..).unwrap_or_default();
        let digits = { escaped.iter().take(MOST_DIGITS) }
            .take_while(|byte| byte.is_ascii_hexdigit())
            .count();
        self.at += 1 + digits.max(1);
        let has_blank = digits > 0 && self.peek().is_some_and(|byte| byte.is_ascii_whitespace());
        self.at += usize::from(has_blank);
    }

    pub(super) fn name(&mut self) -> &'a [u8] {
        let start = self.at;
        loop {
            match self.peek() {
                Some(byte) if is_in_name(byte) => self.at += 1,
                // An escaped character is part of a name. A line break can't be escaped there.
                Some(b'\\') if self.rest().get(1) != Some(&b'\n') => self.skip_escape(),
                _ => return self.css.get(start..self.at).unwrap_or_default(),
            }
        }
    }

    /// Reads a string from its opening quote. Returns `None` if the line ends before the string does, which makes it
    /// none. The end of the text ends the string well.
    pub(super) fn string(&mut self, quote: u8) -> Option<Range<usize>> {
        self.at += 1;
        let start = self.at;
        while let Some(byte) = self.peek() {
            let end = self.at;
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'\n' => return None,
                _ if byte == quote => return Some(start..end),
                _ => {}
            }
        }
        Some(start..self.css.len())
    }

    /// Reads the address after `url(`. Returns `None` if it is not well formed.
    pub(super) fn url(&mut self) -> Option<Range<usize>> {
        self.skip_blanks();
        let Some(quote @ (b'"' | b'\'')) = self.peek() else {
            return self.bare_url();
        };
        let url = self.string(quote);
        self.skip_blanks();
        url.filter(|_| matches!(self.peek(), None | Some(b')')))
    }

    /// Reads an address without quotes, which ends at the bracket or with the text. One with blanks, quotes or another
    /// bracket in it is not well formed, but ends there too.
    fn bare_url(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let mut end = None;
        let mut is_well_formed = true;
        while let Some(byte) = self.peek() {
            match byte {
                b')' => break,
                _ if byte.is_ascii_whitespace() => end = end.or(Some(self.at)),
                _ => is_well_formed &= end.is_none() && !matches!(byte, b'"' | b'\'' | b'('),
            }
            match byte {
                b'\\' => self.skip_escape(),
                _ => self.at += 1,
            }
        }
        // An escape at the very end leads beyond it.
        let end = end.unwrap_or(self.at.min(self.css.len()));
        is_well_formed.then_some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_have_many_digits() {
        for (value, found) in [
            ("2.5x", Some((2.5, "x"))),
            ("1.2.3", Some((1.2, ".3"))),
            ("-1", Some((-1.0, ""))),
            ("x", None),
        ] {
            assert_eq!(number(value), found, "{value}");
        }
        assert_eq!(number(&format!("1.{}", "0".repeat(100))), Some((1.0, "")));
    }

    #[test]
    fn an_escape_means_its_character() {
        for (url, meant) in [
            ("a.png", "a.png"),
            ("a\\(1\\).png", "a(1).png"),
            ("\\68ttp\\3A //x", "http://x"),
            ("\\000061b", "ab"),
            ("\\0000611", "a1"),
            ("\\5199.png", "写.png"),
            ("\\写.png", "写.png"),
            ("a\\\nb", "ab"),
            ("\\\\", "\\"),
            ("\\0 \\D800 \\110000 \\ffffff", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("a\\", "a"),
        ] {
            assert_eq!(unescape(Cow::Borrowed(url)), meant, "{url}");
        }
    }
}
