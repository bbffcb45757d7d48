//! The addresses in the CSS of a `style` attribute (<https://www.w3.org/TR/css-syntax-3/#tokenization>).

use alloc::vec::Vec;
use core::ops::Range;

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
        let url = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => self.string(quote),
            _ => self.bare_url(),
        };
        self.pass_blanks();
        url.filter(|_| matches!(self.peek(), None | Some(b')')))
    }

    /// An address without quotes, which ends at a blank, at the bracket or with the text.
    fn bare_url(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        while let Some(byte) = self.peek() {
            match byte {
                b')' => break,
                b'"' | b'\'' | b'(' => return None,
                b'\\' => self.at += 2,
                _ if byte.is_ascii_whitespace() => break,
                _ => self.at += 1,
            }
        }
        // An escape at the very end leads beyond it.
        Some(start..self.at.min(self.css.len()))
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
            ("a:url(b'c);background:url(a.png)", &[]),
            ("a:url(x\\)y);b:url(a.png)", &["x\\)y", "a.png"]),
            ("a:url(x\\", &["x\\"]),
            ("a\\", &[]),
            ("a:'\\", &[]),
        ] {
            assert_eq!(found(css), urls, "{css}");
        }
    }
}
