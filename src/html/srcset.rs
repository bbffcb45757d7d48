//! The addresses in a `srcset` attribute (<https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute>).

use std::ops::Range;

/// Where the addresses stand, without their descriptors.
pub fn urls(srcset: &[u8]) -> Vec<Range<usize>> {
    let mut urls = Vec::new();
    let mut at = 0;
    let pass = |at: &mut usize, passes: fn(u8) -> bool| {
        while srcset.get(*at).is_some_and(|&byte| passes(byte)) {
            *at += 1;
        }
    };
    while at < srcset.len() {
        pass(&mut at, |byte| byte == b',' || byte.is_ascii_whitespace());
        let start = at;
        // Commas may stand in an address, as they do in data URIs, but not at its end.
        pass(&mut at, |byte| !byte.is_ascii_whitespace());
        let mut end = at;
        while end > start && srcset.get(end - 1) == Some(&b',') {
            end -= 1;
        }
        if start < end {
            urls.push(start..end);
        }
        if end < at {
            continue;
        }
        loop {
            pass(&mut at, |byte| !matches!(byte, b',' | b'('));
            if srcset.get(at) != Some(&b'(') {
                break;
            }
            pass(&mut at, |byte| byte != b')');
        }
    }
    urls
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_descriptors() {
        for (srcset, expected) in [
            ("a.png", &["a.png"][..]),
            ("a.png 1x, b.png 2x", &["a.png", "b.png"]),
            (" a.png 100w ,\nb.png 2x,", &["a.png", "b.png"]),
            ("a.png, b.png", &["a.png", "b.png"]),
            // Without a blank behind it the comma is part of the address.
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
            let found: Vec<_> = { urls(srcset.as_bytes()).into_iter() }
                .map(|url| srcset.get(url).unwrap())
                .collect();
            assert_eq!(found, expected, "{srcset}");
        }
    }
}
