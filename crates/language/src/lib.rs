//! Texts for people in English and Chinese.
//!
//! A crate that speaks to people has a struct `Texts` with a field for each text, and one constant of it for each
//! language, in `en.rs` and `zh.rs`. The compiler refuses a table that lacks a text, and a text that lacks one of its
//! arguments:
//!
//! ```ignore
//! pub struct Texts {
//!     /// The title's characters, and the limit.
//!     pub title_too_long: Text<2>,
//! }
//!
//! pub const EN: Texts = Texts {
//!     title_too_long: Text::new("the title has {0} characters, and at most {1} are allowed"),
//! };
//!
//! texts.title_too_long.with([&found, &limit])
//! ```
//!
//! Own code, because libraries for this find a text by its name at run time: a missing one is then seen by readers.

use std::fmt::{Display, Write};

/// A language that all texts are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Returns the language of a tag, such as `zh-CN`, `zh_CN.UTF-8` or `en`; `None` for any other language.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        [("en", Self::English), ("zh", Self::Chinese)]
            .into_iter()
            .find_map(|(name, known)| language.eq_ignore_ascii_case(name).then_some(known))
    }
}

/// A text with places for `N` arguments: `{0}` to `{N-1}`, each at least once, in any order. It has no other braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text<const N: usize>(&'static str);

impl<const N: usize> Text<N> {
    /// Makes a text. A constant with other places than its `N` arguments does not compile. `N` is at most 10.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        assert!(
            has_places(text.as_bytes(), N),
            "a text has other places than its arguments"
        );
        Self(text)
    }

    /// Puts the arguments into their places.
    #[must_use]
    pub fn with(self, arguments: [&dyn Display; N]) -> String {
        fill(self.0, &arguments)
    }
}

impl Text<0> {
    /// Returns a text without arguments.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

fn fill(text: &str, arguments: &[&dyn Display]) -> String {
    let mut filled = String::new();
    let mut pieces = text.split('{');
    filled.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let Some((place, rest)) = piece.split_once('}') else {
            continue;
        };
        if let Some(argument) = place.parse::<usize>().ok().and_then(|place| arguments.get(place)) {
            // Writing to a string never fails.
            let _ = write!(filled, "{argument}");
        }
        filled.push_str(rest);
    }
    filled
}

#[expect(
    clippy::indexing_slicing,
    reason = "runs at compile time only, where slices have no get"
)]
const fn has_places(text: &[u8], count: usize) -> bool {
    // One bit for each place that was seen.
    let mut seen = 0_u32;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'{' => {
                if at + 2 >= text.len() || !text[at + 1].is_ascii_digit() || text[at + 2] != b'}' {
                    return false;
                }
                seen |= 1 << (text[at + 1] - b'0');
                at += 3;
            }
            b'}' => return false,
            _ => at += 1,
        }
    }
    count <= 10 && seen == (1 << count) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_go_where_the_language_wants_them() {
        const EN: Text<2> = Text::new("{0} of {1}");
        const ZH: Text<2> = Text::new("{1} 个中的 {0} 个，共 {1} 个");
        assert_eq!(EN.with([&1, &"two"]), "1 of two");
        assert_eq!(ZH.with([&1, &2]), "2 个中的 1 个，共 2 个");
        assert_eq!(EN.with([&"{1}", &"}{"]), "{1} of }{");
        assert_eq!(Text::<0>::new("no place").as_str(), "no place");
    }

    #[test]
    fn tags_of_every_spelling_name_a_language() {
        for tag in ["zh", "zh-CN", "zh_CN.UTF-8", "ZH-Hans"] {
            assert_eq!(Language::of_tag(tag), Some(Language::Chinese), "{tag}");
        }
        assert_eq!(Language::of_tag("en_GB.UTF-8"), Some(Language::English));
        for tag in ["", "C", "de_DE", "zhx"] {
            assert_eq!(Language::of_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_table_has_every_place_and_no_other() {
        let right = [("", 0), ("{0}", 1), ("{1}{0}{1}", 2), ("图{0}", 1)];
        for (text, count) in right {
            assert!(has_places(text.as_bytes(), count), "{text}");
        }
        let wrong = [
            ("", 1),
            ("{0}", 0),
            ("{0}", 2),
            ("{1}", 1),
            ("{", 0),
            ("}", 0),
            ("{}", 0),
            ("{a}", 1),
            ("{0", 1),
        ];
        for (text, count) in wrong {
            assert!(!has_places(text.as_bytes(), count), "{text}");
        }
    }
}
