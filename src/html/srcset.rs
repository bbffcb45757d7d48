//! The addresses in a `srcset` attribute
//! (<https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute>).

use std::ops::Range;

/// Returns the ranges of the addresses, without their descriptors.
pub fn urls(srcset: &str) -> Vec<Range<usize>> {
    let mut urls = Vec::new();
    let mut scanner = Scanner {
        srcset: srcset.as_bytes(),
        at: 0,
    };
    loop {
        scanner.skip_while(|byte| byte == b',' || byte.is_ascii_whitespace());
        let start = scanner.at;
        let word = scanner.skip_while(|byte| !byte.is_ascii_whitespace());
        // An address may have a comma in it, as a data URI has, but not at its end.
        let commas = word.iter().rev().take_while(|&&byte| byte == b',').count();
        if word.is_empty() {
            return urls;
        }
        urls.push(start..scanner.at - commas);
        if commas == 0 {
            scanner.skip_descriptors();
        }
    }
}

struct Scanner<'a> {
    srcset: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn skip_while(&mut self, skips: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.srcset.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| !skips(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Goes to the comma that ends the descriptors of an address. Commas in brackets do not.
    fn skip_descriptors(&mut self) {
        loop {
            self.skip_while(|byte| !matches!(byte, b',' | b'('));
            if self.srcset.get(self.at) != Some(&b'(') {
                return;
            }
            self.skip_while(|byte| byte != b')');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_before_its_descriptors() {
        for (srcset, expected) in [
            ("a.png", &["a.png"][..]),
            ("a.png 1x, b.png 2x", &["a.png", "b.png"]),
            (" a.png 100w ,\nb.png 2x,", &["a.png", "b.png"]),
            ("a.png, b.png", &["a.png", "b.png"]),
            // A comma without a blank after it is part of the address.
            ("a.png,b.png 2x", &["a.png,b.png"]),
            (
                "data:image/png;base64,AA== 1x, b.png 2x",
                &["data:image/png;base64,AA==", "b.png"],
            ),
            ("a.png (x, y) 1x, b.png", &["a.png", "b.png"]),
            ("a.png (x, b.png", &["a.png"]),
            ("a.png ), b.png", &["a.png", "b.png"]),
            (",,a.png,, ,b.png", &["a.png", "b.png"]),
            ("", &[]),
            (" , ", &[]),
        ] {
            let found: Vec<_> = { urls(srcset).into_iter() }
                .map(|url| srcset.get(url).unwrap())
                .collect();
            assert_eq!(found, expected, "{srcset}");
        }
    }
}
