//! Character references in attributes and texts
//! (<https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state>).

use std::borrow::Cow;

use super::names::{self, LONGEST};

/// The characters that the numbers from 128 to 159 mean: those of Windows in old pages
/// (<https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state>).
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/// The length of the longest name that needs no semicolon.
const LONGEST_OLD: usize = 6;

/// The place of a reference. In an attribute, `&lt=1` and `&ltd` are parts of a query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Attribute,
    Text,
}

/// Returns the meaning of an attribute's value: replaces its references.
pub fn decode(value: &str) -> Cow<'_, str> {
    replace(value, Place::Attribute)
}

/// Returns the meaning of a text between tags: replaces its references.
pub fn decode_text(text: &str) -> Cow<'_, str> {
    replace(text, Place::Text)
}

fn replace(value: &str, place: Place) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at_checked(at).unwrap_or_default();
        decoded += before;
        let length = match read(reference, place) {
            Some((meaning, length)) => {
                meaning.write(&mut decoded);
                length
            }
            None => {
                decoded.push('&');
                1
            }
        };
        rest = reference.get(length..).unwrap_or_default();
    }
    decoded += rest;
    Cow::Owned(decoded)
}

/// Translates indexes of an attribute's meaning into indexes of its value as it is spelled, from left to right.
pub struct Spelling<'a> {
    rest: &'a str,
    /// The index of the rest in the value.
    spelled: usize,
    /// The index of the rest in the meaning.
    meant: usize,
}

impl<'a> Spelling<'a> {
    /// Begins at the start of a value.
    pub fn new(value: &'a str) -> Self {
        Self {
            rest: value,
            spelled: 0,
            meant: 0,
        }
    }

    /// Returns the index in the value for an index of its meaning, which may not be smaller than the one before.
    /// Within a character it is the end of its reference.
    pub fn index(&mut self, meant: usize) -> usize {
        while self.meant < meant
            && let Some(first) = self.rest.chars().next()
        {
            let (means, length) = match read(self.rest, Place::Attribute) {
                Some((meaning, length)) => (meaning.length(), length),
                None => (first.len_utf8(), first.len_utf8()),
            };
            self.rest = self.rest.get(length..).unwrap_or_default();
            self.spelled += length;
            self.meant += means;
        }
        self.spelled
    }
}

/// The meaning of a reference.
enum Meaning {
    Name(&'static str),
    Number(char),
}

impl Meaning {
    fn write(&self, text: &mut String) {
        match self {
            Self::Name(characters) => *text += characters,
            Self::Number(character) => text.push(*character),
        }
    }

    const fn length(&self) -> usize {
        match self {
            Self::Name(characters) => characters.len(),
            Self::Number(character) => character.len_utf8(),
        }
    }
}

/// Reads the reference at the start of a text. Returns its meaning and its length.
fn read(text: &str, place: Place) -> Option<(Meaning, usize)> {
    let reference = text.strip_prefix('&')?;
    let (meaning, rest) = match reference.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(reference, place)?,
    };
    let rest = rest.strip_prefix(';').unwrap_or(rest);
    Some((meaning, text.len() - rest.len()))
}

/// A meaning, and the text from the end of its name or number.
type Reference<'a> = (Meaning, &'a str);

fn numeric(text: &str) -> Option<Reference<'_>> {
    let (text, radix) = match text.strip_prefix(['x', 'X']) {
        Some(text) => (text, 16),
        None => (text, 10),
    };
    let end = text.find(|character: char| !character.is_digit(radix));
    let (digits, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    if digits.is_empty() {
        return None;
    }
    // Zero and numbers that are no character stand for the replacement character.
    let code = u32::from_str_radix(digits, radix).ok().filter(|&code| code > 0);
    let character = match code {
        Some(code @ 0x80..=0x9F) => WINDOWS.chars().nth(code as usize - 0x80),
        Some(code) => char::from_u32(code),
        None => None,
    };
    Some((Meaning::Number(character.unwrap_or(char::REPLACEMENT_CHARACTER)), rest))
}

/// Reads the longest name at the start of a text.
fn named(text: &str, place: Place) -> Option<Reference<'_>> {
    let letters = text.bytes().take(LONGEST + 1).take_while(u8::is_ascii_alphanumeric);
    let (name, rest) = text.split_at_checked(letters.count())?;
    if rest.starts_with(';')
        && let Some(name) = names::find(name.as_bytes())
    {
        return Some((Meaning::Name(name.text), rest));
    }
    let old = (2..=name.len().min(LONGEST_OLD)).rev().find_map(|length| {
        let (name, _) = name.split_at_checked(length)?;
        let name = names::find(name.as_bytes()).filter(|name| name.may_lack_semicolon)?;
        Some((Meaning::Name(name.text), text.get(length..)?))
    });
    let is_in_query =
        |rest: &str| { rest.bytes().next() }.is_some_and(|next| next == b'=' || next.is_ascii_alphanumeric());
    old.filter(|(_, rest)| place == Place::Text || !is_in_query(rest))
}

#[cfg(test)]
mod tests {
    use entities::ENTITIES;
    use html5gum::{Token, Tokenizer};
    use proptest::prelude::*;

    use super::*;

    /// Spellings with their meanings.
    const PIECES: &[(&str, &str)] = &[
        ("a", "a"),
        ("写", "写"),
        (" ", " "),
        (";", ";"),
        ("&;", "&;"),
        ("&#;", "&#;"),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&quot;", "\""),
        ("&colon;", ":"),
        ("&rpar;", ")"),
        ("&QUOT;", "\""),
        ("&copy;", "©"),
        ("&nosuch;", "&nosuch;"),
        ("&hearts;", "♥"),
        ("&bne;", "&bne;"),
        ("&#38;", "&"),
        ("&#150;", "–"),
        ("&#x1F600;", "😀"),
        ("&#0;", "\u{FFFD}"),
    ];

    proptest! {
        #[test]
        fn each_piece_of_a_meaning_is_found_where_it_is_spelled(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30),
        ) {
            let all = |pieces: &[(&str, &str)]| -> (String, String) { pieces.iter().copied().unzip() };
            let (spelled, meaning) = all(&pieces);
            prop_assert_eq!(decode(&spelled), meaning.as_str());
            prop_assert_eq!(decode_text(&spelled), meaning);
            let mut spelling = Spelling::new(&spelled);
            for end in 0..=pieces.len() {
                let (spelled, meaning) = all(&pieces[..end]);
                prop_assert_eq!(spelling.index(meaning.len()), spelled.len());
            }
        }
    }

    #[test]
    fn an_index_within_a_character_is_the_end_of_its_reference() {
        let mut spelling = Spelling::new("a&copy;b");
        assert_eq!([1, 2, 3, 4].map(|meant| spelling.index(meant)), [1, 7, 7, 8]);
    }

    #[test]
    fn the_longest_name_counts_and_in_a_query_there_is_none() {
        for (html, in_attribute, in_text) in [
            ("&notit;", "&notit;", "¬it;"),
            ("&notin;", "∉", "∉"),
            ("&notin", "&notin", "¬in"),
            ("&not=", "&not=", "¬="),
            ("&not;=", "¬=", "¬="),
            ("&not-", "¬-", "¬-"),
            ("&noté", "¬é", "¬é"),
            ("?a=1&copy=2&lt3&reg", "?a=1&copy=2&lt3®", "?a=1©=2<3®"),
            ("caf&eacute;.png", "café.png", "café.png"),
            ("&DiacriticalDoubleAcute;", "˝", "˝"),
            (
                "&DiacriticalDoubleAcutes;",
                "&DiacriticalDoubleAcutes;",
                "&DiacriticalDoubleAcutes;",
            ),
            // Its name is not in the table.
            ("&coprod;", "&coprod;", "&coprod;"),
            ("&AMP&Amp&aMP;", "&&Amp&aMP;", "&&Amp&aMP;"),
        ] {
            assert_eq!((&*decode(html), &*decode_text(html)), (in_attribute, in_text), "{html}");
        }
    }

    /// Returns html5gum's meaning of an attribute's value and of a text.
    fn theirs(spelled: &str) -> (String, String) {
        let (mut value, mut text) = (Vec::new(), Vec::new());
        for token in Tokenizer::new(&format!("<p a='{spelled}'>{spelled}")) {
            match token.unwrap() {
                Token::StartTag(tag) => value.extend_from_slice(tag.attributes.get(&b"a"[..]).unwrap()),
                Token::String(piece) => text.extend_from_slice(&piece),
                // A mistake, which is passed over.
                Token::Error(_) => {}
                other => panic!("{other:?}"),
            }
        }
        [value, text].map(|bytes| String::from_utf8(bytes).unwrap()).into()
    }

    #[test]
    fn a_reference_means_the_same_to_html5gum() {
        let names = names::kept();
        let numbers = (0..=0x110).chain([0xD7FF, 0xD800, 0xDFFF, 0xFFFF, 0x1_F600, 0x10_FFFF, 0x11_0000, u32::MAX]);
        let numbers =
            numbers.flat_map(|number| [format!("#{number}"), format!("#x{number:x}"), format!("#X0{number:X}")]);
        let mut compared = 0;
        for name in names.into_keys().map(str::to_owned).chain(numbers) {
            for end in [
                "", ";", ";;", " ", "=", "x", "X", "1", "G", "é", "写", "&", "-", "it;", "&amp;", "\t",
            ] {
                let spelled = format!("&{name}{end}");
                let ours = (decode(&spelled).into_owned(), decode_text(&spelled).into_owned());
                assert_eq!(ours, theirs(&spelled), "{spelled}");
                compared += 1;
            }
        }
        assert!(compared > 603 * 16);
    }

    #[test]
    fn no_name_that_needs_no_semicolon_is_longer() {
        let old = ENTITIES.iter().filter(|entity| !entity.entity.ends_with(';'));
        assert_eq!(old.map(|entity| entity.entity.len() - 1).max(), Some(LONGEST_OLD));
    }

    /// A reader that looked at the whole rest for each reference would take hours.
    #[test]
    fn many_references_are_read_once() {
        for piece in ["&", "&nosuchname", "&#", "&#x1", "&nbsp;", "&notit", "&zwnj"] {
            let text = piece.repeat(100_000 / piece.len());
            assert!(decode_text(&text).len() <= 2 * text.len());
            assert_eq!(Spelling::new(&text).index(usize::MAX), text.len());
        }
        let text = format!("&#{}", "1".repeat(1_000_000));
        assert_eq!(decode(&text), "\u{FFFD}");
    }
}
