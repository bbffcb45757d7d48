//! The addresses in a `srcset` attribute (<https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute>).

use std::ops::Range;

/// Returns the ranges of the addresses, without their descriptors.
pub fn urls(srcset: &str) -> Vec<Range<usize>> {
    let mut urls = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|character: char| character == ',' || character.is_ascii_whitespace());
        if rest.is_empty() {
            return urls;
        }
        let start = srcset.len() - rest.len();
        let end = rest.find(|character: char| character.is_ascii_whitespace());
        let (word, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or_default();
        // A comma may stand in an address, as in a data URI, but not at its end.
        let url = word.trim_end_matches(',');
        urls.push(start..start + url.len());
        rest = if url.len() < word.len() {
            after
        } else {
            after_descriptors(after)
        };
    }
}

/// Returns the text from the comma that ends the descriptors. Commas in brackets do not.
fn after_descriptors(text: &str) -> &str {
    let mut rest = text;
    while let Some(at) = rest.find([',', '(']) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.starts_with(',') {
            return rest;
        }
        rest = rest.split_once(')').unwrap_or_default().1;
    }
    ""
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
