//! Search for a needle. The standard library's search in strings brings 8 KB of Unicode tables and panic texts into the
//! component, and none in bytes exists there.

/// Where `needle` occurs first, by Horspool's method: a long needle skips nearly all of the haystack.
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let length = needle.len();
    let mut skip = [length.max(1); 256];
    for (at, &byte) in needle.iter().enumerate().take(length.saturating_sub(1)) {
        if let Some(entry) = skip.get_mut(usize::from(byte)) {
            *entry = length - 1 - at;
        }
    }
    let mut at = 0;
    while let Some(window) = haystack.get(at..at + length) {
        // Comparing all of it takes much longer, and is seldom of use.
        if window.last() == needle.last() && window == needle {
            return Some(at);
        }
        let last = window.last().map_or(0, |&byte| usize::from(byte));
        at += skip.get(last).copied().unwrap_or(1);
    }
    None
}

/// Everything before the first of these bytes.
pub fn before<'a>(text: &'a [u8], ends: &[u8]) -> &'a [u8] {
    let mut end = 0;
    while text.get(end).is_some_and(|byte| !ends.iter().any(|end| end == byte)) {
        end += 1;
    }
    text.get(..end).unwrap_or_default()
}

/// What follows the first `label` in a text.
pub fn after<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let at = find(text.as_bytes(), label.as_bytes())?;
    text.get(at + label.len()..)
}

/// The parts of a text between bytes of ASCII like this one.
pub fn parts(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let parts = text.as_bytes().split(move |&byte| byte == separator);
    parts.map(|part| str::from_utf8(part).unwrap_or_default())
}

/// What stands before and behind the first byte of ASCII like this one.
pub fn cut(text: &str, separator: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == separator)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The text with each `needle` replaced. An empty needle occurs nowhere.
pub fn replace(text: &str, needle: &str, replacement: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while !needle.is_empty()
        && let Some(at) = find(rest.as_bytes(), needle.as_bytes())
    {
        result += rest.get(..at).unwrap_or_default();
        result += replacement;
        rest = rest.get(at + needle.len()..).unwrap_or_default();
    }
    result += rest;
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    #[test]
    fn the_search_finds_what_a_naive_one_finds() {
        for needle in [&b"abcab"[..], b"aa", b"c", b""] {
            for length in 0..=7u32 {
                for number in 0..3usize.pow(length) {
                    let haystack: Vec<u8> = (0..length)
                        .map(|digit| b"abc"[number / 3usize.pow(digit) % 3])
                        .collect();
                    let naive = (0..=haystack.len()).find(|&at| haystack[at..].starts_with(needle));
                    assert_eq!(find(&haystack, needle), naive, "{needle:?} in {haystack:?}");
                }
            }
        }
    }

    #[test]
    fn what_comes_before_the_first_end_is_found() {
        for (text, before_it) in [("a:b/c", "a"), ("/", ""), ("", ""), ("写", "写")] {
            assert_eq!(before(text.as_bytes(), b"/:"), before_it.as_bytes(), "{text}");
        }
    }

    #[test]
    fn every_occurrence_is_replaced() {
        assert_eq!(replace("写TTx写T", "T", "*"), "写**x写*");
        assert_eq!(replace("aaa", "aa", "b"), "ba");
        assert_eq!(replace("as it is", "", "*"), "as it is");
        assert_eq!(after("写 rid: 1", "rid: "), Some("1"));
        assert_eq!(after("写", "rid: "), None);
    }

    /// Text in which parts occur again and again.
    fn text() -> impl Strategy<Value = String> {
        vec(select(vec!['a', 'b', '写', '作', '🎉']), 0..60).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn a_long_needle_is_found_where_it_is(
            haystack in vec(any::<u8>(), 1..600),
            ends in any::<[Index; 2]>(),
        ) {
            let [a, b] = ends.map(|end| end.index(haystack.len()));
            let needle = &haystack[a.min(b)..a.max(b)];
            let naive = (0..haystack.len()).find(|&at| haystack[at..].starts_with(needle));
            prop_assert_eq!(find(&haystack, needle), naive);
        }

        #[test]
        fn texts_are_searched_and_replaced_as_by_the_standard_library(
            text in text(),
            needle in "[ab写作🎉]{1,3}",
            replacement in "[ab写]{0,3}",
        ) {
            prop_assert_eq!(after(&text, &needle), text.split_once(&needle).map(|(_, rest)| rest));
            prop_assert_eq!(replace(&text, &needle, &replacement), text.replace(&needle, &replacement));
            prop_assert_eq!(cut(&text, b'a'), text.split_once('a'));
            prop_assert_eq!(Vec::from_iter(parts(&text, b'a')), Vec::from_iter(text.split('a')));
        }
    }
}
