//! The addresses in the CSS of a `style` attribute (<https://www.w3.org/TR/css-syntax-3/#tokenization>).

use std::borrow::Cow;
use std::ops::Range;

/// Where the addresses in `url()` stand, without quotes and blanks.
pub fn urls(css: &[u8]) -> Vec<Range<usize>> {
    let mut urls = Vec::new();
    let mut text = Text { css, at: 0 };
    while let Some(byte) = text.peek() {
        match byte {
            b'/' if text.goes_on_with(b"/*") => text.pass_comment(),
            b'"' | b'\'' => {
                text.string(byte);
            }
            b'\\' => text.at += 2,
            _ if names(byte) => {
                let name = text.name();
                if name.eq_ignore_ascii_case(b"url") && text.peek() == Some(b'(') {
                    text.at += 1;
                    urls.extend(text.url());
                }
            }
            _ => text.at += 1,
        }
    }
    urls
}

/// What an address means: with escapes resolved.
pub fn unescape(url: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if !url.contains(&b'\\') {
        return url;
    }
    let mut meant = Vec::with_capacity(url.len());
    let mut rest = url.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            meant.push(byte);
            continue;
        }
        let mut code = 0;
        let mut digits = 0;
        while digits < MOST_DIGITS
            && let Some(digit) = rest.peek().and_then(|&byte| char::from(byte).to_digit(16))
        {
            code = code << 4 | digit;
            digits += 1;
            rest.next();
        }
        if digits > 0 {
            rest.next_if(u8::is_ascii_whitespace);
            let character = char::from_u32(code).filter(|_| code > 0);
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            meant.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            // Any other character stands for itself, and a line break for nothing.
            meant.extend(rest.next().filter(|&byte| byte != b'\n'));
        }
    }
    Cow::Owned(meant)
}

/// The most digits that an escape has.
const MOST_DIGITS: usize = 6;

/// Whether a name can have this byte.
const fn names(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | 0x80..)
}

struct Text<'a> {
    css: &'a [u8],
    at: usize,
}

impl<'a> Text<'a> {
    fn peek(&self) -> Option<u8> {
        self.css.get(self.at).copied()
    }

    fn goes_on_with(&self, text: &[u8]) -> bool {
        self.css.get(self.at..).is_some_and(|rest| rest.starts_with(text))
    }

    fn pass_comment(&mut self) {
        self.at += 2;
        while self.peek().is_some() && !self.goes_on_with(b"*/") {
            self.at += 1;
        }
        self.at += 2;
    }

    fn pass_blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn name(&mut self) -> &'a [u8] {
        let start = self.at;
        loop {
            match self.peek() {
                Some(byte) if names(byte) => self.at += 1,
                // An escaped character is part of a name.
                Some(b'\\') => self.at += 2,
                _ => return self.css.get(start..self.at).unwrap_or_default(),
            }
        }
    }

    /// What stands between these quotes. `None`: the line ends before the string does, which makes it none. The end of the text
    /// ends it well.
    fn string(&mut self, quote: u8) -> Option<Range<usize>> {
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

    /// The address behind `url(`. `None`: it is not well formed.
    fn url(&mut self) -> Option<Range<usize>> {
        self.pass_blanks();
        let Some(quote @ (b'"' | b'\'')) = self.peek() else {
            return self.bare_url();
        };
        let url = self.string(quote);
        self.pass_blanks();
        url.filter(|_| matches!(self.peek(), None | Some(b')')))
    }

    /// An address without quotes, which ends at the bracket or with the text. What has blanks, quotes or another bracket in it is
    /// none, but ends there too.
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
            self.at += if byte == b'\\' { 2 } else { 1 };
        }
        // An escape at the very end leads beyond it.
        let end = end.unwrap_or(self.at.min(self.css.len()));
        is_well_formed.then_some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(css: &str) -> Vec<&str> {
        { urls(css.as_bytes()).into_iter() }
            .map(|url| css.get(url).unwrap())
            .collect()
    }

    #[test]
    fn addresses_stand_in_url_and_nowhere_else() {
        for (css, urls) in [
            ("background-image:url(a.png)", &["a.png"][..]),
            ("background: URL( 'a b.png' ) no-repeat", &["a b.png"]),
            ("background:url(\"a.png\"),url(b.png)", &["a.png", "b.png"]),
            ("background:url(a.png ), url(\n'b.png'\t)", &["a.png", "b.png"]),
            (
                "background:url(data:image/png;base64,AA==)",
                &["data:image/png;base64,AA=="],
            ),
            ("background:url('a)b.png')", &["a)b.png"]),
            ("background:url('it\\'s.png')", &["it\\'s.png"]),
            // The end of the text closes what is open.
            ("background:url(a.png", &["a.png"]),
            ("background:url('a.png", &["a.png"]),
            ("background:url('a.png'", &["a.png"]),
            // Empty ones are addresses too.
            ("background:url()", &[""]),
            ("background:url('')", &[""]),
            ("background:url( ", &[""]),
            // No addresses.
            ("", &[]),
            ("color:red", &[]),
            ("background:my-url(a.png)", &[]),
            ("background:url (a.png)", &[]),
            ("background:\\url(a.png)", &[]),
            ("content:'url(a.png)'", &[]),
            ("/* url(a.png) */", &[]),
            ("/* url(a.png)", &[]),
            // Not well formed.
            ("background:url(a b.png)", &[]),
            ("background:url(a'b.png)", &[]),
            ("background:url('a\nb.png')", &[]),
            ("background:url('a.png' b)", &[]),
        ] {
            assert_eq!(found(css), urls, "{css}");
        }
    }

    #[test]
    fn what_follows_is_read_on() {
        for (css, urls) in [
            ("content:'\\'';background:url(a.png)", &["a.png"][..]),
            ("/**/background:url(a.png)/*", &["a.png"]),
            ("a:'x\n;background:url(a.png)", &["a.png"]),
            ("a:url(b'c);background:url(a.png)", &["a.png"]),
            ("a:url(b\\)'c);background:url(a.png)", &["a.png"]),
            ("a:url(b 'c);background:url(a.png)", &["a.png"]),
            ("a:url(url(b);background:url(a.png)", &["a.png"]),
            ("a:url(x\\)y);b:url(a.png)", &["x\\)y", "a.png"]),
            ("a:url(x\\", &["x\\"]),
            ("a\\", &[]),
            ("a:'\\", &[]),
        ] {
            assert_eq!(found(css), urls, "{css}");
        }
    }

    #[test]
    fn escapes_are_resolved() {
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
            assert_eq!(*unescape(Cow::Borrowed(url.as_bytes())), *meant.as_bytes(), "{url}");
        }
    }
}
