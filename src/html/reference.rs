//! Character references in attributes.

use std::borrow::Cow;

/// The named ones that mean an ASCII character, with that behind the name
/// (<https://html.spec.whatwg.org/multipage/named-characters.html>). Only these can hide where an address ends. The first ones may
/// stand without a semicolon.
const NAMES: &str = "amp&lt<gt>quot\"AMP&LT<GT>QUOT\"apos'colon:Tab\tNewLine\nlpar(rpar)comma,period.sol/bsol\\num#quest?excl!\
    dollar$percnt%ast*midast*plus+semi;equals=commat@lsqb[lbrack[rsqb]rbrack]Hat^lowbar_UnderBar_grave`DiacriticalGrave`lcub{\
    lbrace{verbar|vert|VerticalLine|rcub}rbrace}";
/// How many of them those are.
const OLD: usize = 8;

/// The meaning of an attribute's value: with numeric references, and the named ones above, replaced. Every other one stays as it is.
pub fn decode(value: &[u8]) -> Cow<'_, [u8]> {
    if !value.contains(&b'&') {
        return Cow::Borrowed(value);
    }
    let mut decoded = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some(&first) = rest.first() {
        let length = match read(rest) {
            Some((character, length)) => {
                decoded.extend_from_slice(String::from(character).as_bytes());
                length
            }
            None => {
                decoded.push(first);
                1
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    Cow::Owned(decoded)
}

/// Finds places of a value's meaning in the value as it is spelled, from left to right.
pub struct Spelling<'a> {
    rest: &'a [u8],
    /// Where the rest begins: in the value,
    spelled: usize,
    /// and in its meaning.
    meant: usize,
}

impl<'a> Spelling<'a> {
    /// Of this value.
    pub fn new(value: &'a [u8]) -> Self {
        Self {
            rest: value,
            spelled: 0,
            meant: 0,
        }
    }

    /// Where this place of the meaning is spelled. It may not be left of the one before.
    pub fn place(&mut self, meant: usize) -> usize {
        while self.meant < meant && !self.rest.is_empty() {
            let (length, means) = match read(self.rest) {
                Some((character, length)) => (length, character.len_utf8()),
                None => (1, 1),
            };
            self.rest = self.rest.get(length..).unwrap_or_default();
            self.spelled += length;
            self.meant += means;
        }
        self.spelled
    }
}

/// The character that is referred to here, and how long the reference is.
fn read(text: &[u8]) -> Option<(char, usize)> {
    let (code, length, old) = match text {
        [b'&', b'#', b'x' | b'X', digits @ ..] => numeric(digits, 16, 3)?,
        [b'&', b'#', digits @ ..] => numeric(digits, 10, 2)?,
        [b'&', rest @ ..] => named(rest)?,
        _ => return None,
    };
    let closed = text.get(length) == Some(&b';');
    // Zero stands for nothing, as does what is no character.
    let character = char::from_u32(code).filter(|_| code > 0);
    let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
    (closed || old).then_some((character, length + usize::from(closed)))
}

/// A code, the length of its reference up to a semicolon, and whether that may be missing.
type Read = (u32, usize, bool);

fn numeric(digits: &[u8], radix: u32, begin: usize) -> Option<Read> {
    let mut code = 0_u32;
    let mut length = 0;
    for &byte in digits {
        let Some(digit) = char::from(byte).to_digit(radix) else {
            break;
        };
        code = code.saturating_mul(radix).saturating_add(digit);
        length += 1;
    }
    (length > 0).then_some((code, begin + length, true))
}

fn named(text: &[u8]) -> Option<Read> {
    let end = text.iter().position(|byte| !byte.is_ascii_alphanumeric());
    let name = text.get(..end.unwrap_or(text.len()))?;
    let mut known = NAMES.as_bytes().split_inclusive(|byte| !byte.is_ascii_alphanumeric());
    let mut meaning = 0;
    let place = known.position(|known| match known {
        [known @ .., last] if known == name => {
            meaning = *last;
            true
        }
        _ => false,
    })?;
    // `&lt=1` is part of a query, not a reference.
    let goes_on = text.get(name.len()) == Some(&b'=');
    Some((meaning.into(), 1 + name.len(), place < OLD && !goes_on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5gum::{Token, Tokenizer};
    use proptest::prelude::*;

    /// What is spelled, and what it means.
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
        /// Each place of the meaning is where its piece begins.
        #[test]
        fn places_are_found_as_they_are_spelled(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30)) {
            let all = |pieces: &[(&str, &str)]| -> (String, String) { pieces.iter().copied().unzip() };
            let (spelled, meant) = all(&pieces);
            prop_assert_eq!(decode(spelled.as_bytes()), meant.as_bytes());
            let mut spelling = Spelling::new(spelled.as_bytes());
            for end in 0..=pieces.len() {
                let (spelled, meant) = all(&pieces[..end]);
                prop_assert_eq!(spelling.place(meant.len()), spelled.len());
            }
        }
    }

    /// html5gum, which has all names, tells what they mean.
    #[test]
    fn names_mean_what_the_standard_says() {
        let names: Vec<_> = NAMES
            .split_inclusive(|character: char| !character.is_ascii_alphanumeric())
            .collect();
        assert_eq!(names.len(), 45);
        for (place, known) in names.iter().enumerate() {
            let (name, meaning) = known.split_at(known.len() - 1);
            for end in [";", " ", "", "=", "x"] {
                let html = format!("<p a='&{name}{end}'>");
                let Some(Ok(Token::StartTag(tag))) =
                    Tokenizer::new(&html).find(|token| matches!(token, Ok(Token::StartTag(_))))
                else {
                    panic!("{html}")
                };
                let value = tag.attributes.get(&b"a"[..]).unwrap();
                let ours = decode(&html.as_bytes()[6..html.len() - 2]);
                assert_eq!(ours, value.as_slice(), "{html}");
                let is_one = end == ";" || place < OLD && ["", " "].contains(&end);
                assert_eq!(!ours.starts_with(format!("&{name}").as_bytes()), is_one, "{html}");
                assert!(!is_one || ours.starts_with(meaning.as_bytes()), "{html}");
            }
        }
    }
}
