//! The addresses in a `srcset` attribute
//! (<https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute>).

use std::ops::Range;

use super::css::number;

/// An address of a `srcset`.
#[derive(Debug, PartialEq)]
pub struct Candidate {
    /// The range of the address.
    pub url: Range<usize>,
    /// The width or density that it is meant for; 1 if it names none.
    pub size: f32,
}

/// Returns the addresses in order.
pub fn candidates(srcset: &str) -> impl Iterator<Item = Candidate> {
    let mut scanner = Scanner {
        srcset: srcset.as_bytes(),
        at: 0,
    };
    std::iter::from_fn(move || scanner.candidate())
}

struct Scanner<'a> {
    srcset: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn candidate(&mut self) -> Option<Candidate> {
        self.skip_while(|byte| byte == b',' || byte.is_ascii_whitespace());
        let start = self.at;
        let word = self.skip_while(|byte| !byte.is_ascii_whitespace());
        // An address may have a comma in it, as a data URI has, but not at its end.
        let commas = word.iter().rev().take_while(|&&byte| byte == b',').count();
        if word.is_empty() {
            return None;
        }
        let url = start..self.at - commas;
        let size = if commas == 0 { self.descriptors() } else { None };
        Some(Candidate {
            url,
            size: size.unwrap_or(1.0),
        })
    }

    fn skip_while(&mut self, skips: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.srcset.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| !skips(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Goes to the comma that ends the descriptors of an address, and returns the first that is a width or a density.
    /// Commas in brackets end nothing.
    fn descriptors(&mut self) -> Option<f32> {
        let mut size = None;
        loop {
            let descriptors = self.skip_while(|byte| !matches!(byte, b',' | b'('));
            size = size.or_else(|| descriptors.split(u8::is_ascii_whitespace).find_map(self::size));
            if self.srcset.get(self.at) != Some(&b'(') {
                return size;
            }
            self.skip_while(|byte| byte != b')');
        }
    }
}

/// Reads a width (`800w`) or a density (`2x`).
fn size(descriptor: &[u8]) -> Option<f32> {
    let (size, unit) = number(str::from_utf8(descriptor).ok()?)?;
    matches!(unit, "w" | "x").then_some(size)
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
            let found: Vec<_> = candidates(srcset).map(|found| srcset.get(found.url).unwrap()).collect();
            assert_eq!(found, expected, "{srcset}");
        }
    }

    #[test]
    fn a_size_is_a_width_or_a_density() {
        for (srcset, expected) in [
            ("a", &[1.0][..]),
            ("a 2x, b 1.5x, c", &[2.0, 1.5, 1.0]),
            ("a 300w,b 1024w", &[300.0, 1024.0]),
            ("a 300w 200h, b 100h 600w", &[300.0, 600.0]),
            ("a (x, y) 2x, b wide, c w, d -x", &[2.0, 1.0, 1.0, 1.0]),
        ] {
            let found: Vec<_> = candidates(srcset).map(|found| found.size).collect();
            assert_eq!(found, expected, "{srcset}");
        }
    }
}
