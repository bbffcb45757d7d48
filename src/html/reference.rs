//! Character references in attributes.

use std::borrow::Cow;

/// The names that mean a character of ASCII (<https://html.spec.whatwg.org/multipage/named-characters.html>). Only
/// these can hide the end of an address.
#[rustfmt::skip]
const NAMES: [(&str, char); 45] = [
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("AMP", '&'), ("LT", '<'), ("GT", '>'), ("QUOT", '"'),
    ("apos", '\''), ("colon", ':'), ("Tab", '\t'), ("NewLine", '\n'), ("lpar", '('), ("rpar", ')'), ("comma", ','),
    ("period", '.'), ("sol", '/'), ("bsol", '\\'), ("num", '#'), ("quest", '?'), ("excl", '!'), ("dollar", '$'),
    ("percnt", '%'), ("ast", '*'), ("midast", '*'), ("plus", '+'), ("semi", ';'), ("equals", '='), ("commat", '@'),
    ("lsqb", '['), ("lbrack", '['), ("rsqb", ']'), ("rbrack", ']'), ("Hat", '^'), ("lowbar", '_'), ("UnderBar", '_'),
    ("grave", '`'), ("DiacriticalGrave", '`'), ("lcub", '{'), ("lbrace", '{'), ("verbar", '|'), ("vert", '|'),
    ("VerticalLine", '|'), ("rcub", '}'), ("rbrace", '}'),
];
/// The names among them that need no semicolon.
const OLD_NAMES: [&str; 8] = ["amp", "lt", "gt", "quot", "AMP", "LT", "GT", "QUOT"];

/// Returns the meaning of an attribute's value: replaces numeric references and the names above. All others stay as
/// they are.
pub fn decode(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at_checked(at).unwrap_or_default();
        let (character, length) = read(reference).unwrap_or(('&', 1));
        decoded += before;
        decoded.push(character);
        rest = reference.get(length..).unwrap_or_default();
    }
    decoded += rest;
    Cow::Owned(decoded)
}

/// Returns the meaning of a text between tags.
pub fn decode_text(text: &str) -> Cow<'_, str> {
    decode(text)
}

/// Translates indexes of a value's meaning into indexes of the value as it is spelled, from left to right.
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
    pub fn index(&mut self, meant: usize) -> usize {
        while self.meant < meant
            && let Some(first) = self.rest.chars().next()
        {
            let (character, length) = read(self.rest).unwrap_or((first, first.len_utf8()));
            self.rest = self.rest.get(length..).unwrap_or_default();
            self.spelled += length;
            self.meant += character.len_utf8();
        }
        self.spelled
    }
}

/// Reads the reference at the start of a text. Returns its character and its length.
fn read(text: &str) -> Option<(char, usize)> {
    let reference = text.strip_prefix('&')?;
    let (character, rest, may_lack_semicolon) = match reference.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(reference)?,
    };
    match rest.strip_prefix(';') {
        Some(rest) => Some((character, text.len() - rest.len())),
        None => may_lack_semicolon.then_some((character, text.len() - rest.len())),
    }
}

/// A character, the text from the end of its name or number, and whether a semicolon may be missing there.
type Reference<'a> = (char, &'a str, bool);

fn numeric(text: &str) -> Option<Reference<'_>> {
    let (text, radix) = match text.strip_prefix(['x', 'X']) {
        Some(text) => (text, 16),
        None => (text, 10),
    };
    let (digits, rest) = split(text, |character| character.is_digit(radix));
    if digits.is_empty() {
        return None;
    }
    // Zero and numbers that are no character stand for the replacement character.
    let code = u32::from_str_radix(digits, radix).ok().filter(|&code| code > 0);
    let character = code.and_then(char::from_u32);
    Some((character.unwrap_or(char::REPLACEMENT_CHARACTER), rest, true))
}

fn named(text: &str) -> Option<Reference<'_>> {
    let (name, rest) = split(text, |character| character.is_ascii_alphanumeric());
    let (_, character) = NAMES.iter().find(|(known, _)| *known == name)?;
    // `&lt=1` is a part of a query, not a reference.
    let may_lack_semicolon = OLD_NAMES.contains(&name) && !rest.starts_with('=');
    Some((*character, rest, may_lack_semicolon))
}

/// Splits a text before the first character that is not of a kind.
fn split(text: &str, is_of_kind: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|character| !is_of_kind(character));
    text.split_at_checked(end.unwrap_or(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
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
        ("&copy;", "&copy;"),
        ("&#38;", "&"),
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
            prop_assert_eq!(decode(&spelled), meaning);
            let mut spelling = Spelling::new(&spelled);
            for end in 0..=pieces.len() {
                let (spelled, meaning) = all(&pieces[..end]);
                prop_assert_eq!(spelling.index(meaning.len()), spelled.len());
            }
        }
    }

    #[test]
    fn a_name_means_the_same_to_html5gum_which_has_them_all() {
        for (name, meaning) in NAMES {
            for end in [";", " ", "", "=", "x"] {
                let html = format!("<p a='&{name}{end}'>");
                let Some(Ok(Token::StartTag(tag))) =
                    Tokenizer::new(&html).find(|token| matches!(token, Ok(Token::StartTag(_))))
                else {
                    panic!("{html}")
                };
                let value = tag.attributes.get(&b"a"[..]).unwrap();
                let ours = decode(&html[6..html.len() - 2]);
                assert_eq!(ours.as_bytes(), value.as_slice(), "{html}");
                let is_one = end == ";" || OLD_NAMES.contains(&name) && ["", " "].contains(&end);
                assert_eq!(!ours.starts_with(&format!("&{name}")), is_one, "{html}");
                assert!(!is_one || ours.starts_with(meaning), "{html}");
            }
        }
    }
}
