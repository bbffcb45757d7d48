//! Repair of replies that are no JSON. WeChat writes control characters into strings, and cuts characters in two
//! (wechat-api §3.3).

use memchr::memmem::{FinderBuilder, Prefilter};
use memchr::{memchr, memchr3};

/// Replaces bytes that are no text.
pub const REPLACEMENT: u8 = b'?';
/// Replaces raw newlines.
pub const NEWLINE: char = '\x7F';
/// Most escapes that are added, each of which makes the reply longer by a byte. A reply of 24 MB that consists of tabs
/// would not fit into memory with an escape for each.
const ESCAPES_MAX: usize = 4 * 1024 * 1024;

/// A reply after its repair.
#[derive(Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// True if each [`NEWLINE`] in a string stands for a newline. Lines are frequent: with escapes in their places,
    /// reading would take twice the memory and the time.
    pub has_placeholders: bool,
}

/// Makes a reply readable. Returns `None` if there is no memory for it.
///
/// - Bytes that are no UTF-8 become question marks.
/// - Raw newlines in strings become placeholders, or escapes if the reply has characters that look like placeholders.
///   Tabs and carriage returns become escapes, other control characters blanks.
/// - Escapes that one of these has spoilt get another meaning.
/// - An escape of half a character (`\ud83d` without its other half) becomes that of the replacement character.
///
/// A valid document stays as it is.
pub fn repair(reply: &[u8]) -> Option<Repaired> {
    match str::from_utf8(reply) {
        Ok(text) => repair_text(text),
        Err(_) => repair_chunks(
            reply,
            reply.utf8_chunks().map(|chunk| (chunk.valid(), chunk.invalid().len())),
        ),
    }
}

/// Makes a reply readable, as [`repair`] does, that is known to be UTF-8. Checking it twice would take a third of the
/// time.
pub fn repair_text(text: &str) -> Option<Repaired> {
    repair_chunks(text.as_bytes(), [(text, 0)])
}

/// Repairs a reply that consists of these chunks, each with the number of bad bytes after it.
fn repair_chunks<'a>(reply: &[u8], chunks: impl IntoIterator<Item = (&'a str, usize)>) -> Option<Repaired> {
    let found = Found::in_reply(reply);
    let has_placeholders = !found.placeholder && !has_escape_of_newline(reply);
    let escapes = found.escapes + if has_placeholders { 0 } else { found.newlines };
    if escapes > ESCAPES_MAX {
        return None;
    }
    let mut repaired = String::new();
    // The longest that it can get: a buffer that grew would need the room twice.
    repaired.try_reserve_exact(reply.len() + escapes).ok()?;
    let mut position = Position {
        has_placeholders,
        newlines_only: found.escapes == 0 && !found.blanks,
        ..Position::default()
    };
    for (text, bad_bytes) in chunks {
        position.repair(text, &mut repaired);
        for _ in 0..bad_bytes {
            position.repair_byte(REPLACEMENT, &mut repaired);
        }
    }
    Some(Repaired {
        text: replace_lone_surrogates(repaired),
        has_placeholders,
    })
}

/// Length of an escape such as `\ud83d`.
const ESCAPE: usize = 6;
/// The digits of the escape of the replacement character.
const REPLACEMENT_DIGITS: &[u8; 4] = b"fffd";

/// Replaces escapes of half a character. The length stays.
fn replace_lone_surrogates(text: String) -> String {
    let mut next = lone_surrogate(text.as_bytes(), 0);
    if next.is_none() {
        return text;
    }
    let mut bytes = text.into_bytes();
    while let Some(at) = next {
        if let Some(digits) = bytes.get_mut(at + 2..at + ESCAPE) {
            digits.copy_from_slice(REPLACEMENT_DIGITS);
        }
        next = lone_surrogate(&bytes, at + ESCAPE);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Returns the place of the first escape from there on that is half a character.
fn lone_surrogate(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(b'\\', text.get(at..)?)?;
        at += match (utf16_unit(text, at), utf16_unit(text, at + ESCAPE)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 2 * ESCAPE,
            (Some(0xD800..=0xDFFF), _) => return Some(at),
            // The backslash and the letter after it, which may be another backslash.
            _ => 2,
        };
    }
}

/// Returns the unit of UTF-16 that the escape at this place has.
fn utf16_unit(text: &[u8], at: usize) -> Option<u16> {
    let digits = text.get(at..)?.strip_prefix(br"\u")?.get(..4)?;
    // A sign would be read, too.
    let digits = str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    u16::from_str_radix(digits, 16).ok()
}

/// Returns whether there may be an escape of [`NEWLINE`].
fn has_escape_of_newline(reply: &[u8]) -> bool {
    // A prefilter would look at every byte.
    let escape = FinderBuilder::new().prefilter(Prefilter::None).build_forward("u007");
    escape.find(reply).is_some()
}

/// Control characters of a reply.
#[derive(Default)]
struct Found {
    newlines: usize,
    /// Tabs and carriage returns, which become escapes.
    escapes: usize,
    /// True if there are others, which become blanks.
    blanks: bool,
    /// True if there is a [`NEWLINE`].
    placeholder: bool,
}

impl Found {
    /// Looks at eight bytes at once: one by one this takes a third of the time of the repair and the second reading
    /// together.
    fn in_reply(reply: &[u8]) -> Self {
        let mut found = Self::default();
        let (eights, rest) = reply.as_chunks();
        for eight in eights {
            if has_control(u64::from_le_bytes(*eight)) {
                eight.iter().for_each(|byte| found.add(*byte));
            }
        }
        rest.iter().for_each(|byte| found.add(*byte));
        found
    }

    fn add(&mut self, byte: u8) {
        match byte {
            b'\n' => self.newlines += 1,
            b'\t' | b'\r' => self.escapes += 1,
            0..b' ' => self.blanks = true,
            b'\x7F' => self.placeholder = true,
            _ => {}
        }
    }
}

/// Returns whether one of eight bytes is a control character of ASCII. One is below a blank if subtracting a blank
/// borrows its top bit; DEL is found likewise.
const fn has_control(eight: u64) -> bool {
    const fn every(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    const fn below(eight: u64, limit: u8) -> u64 {
        eight.wrapping_sub(every(limit)) & !eight & every(0x80)
    }
    below(eight, b' ') | below(eight ^ every(0x7F), 1) != 0
}

/// Position of the next byte in a JSON text.
#[derive(Default)]
struct Position {
    has_placeholders: bool,
    /// True if the reply has no control characters but newlines.
    newlines_only: bool,
    in_string: bool,
    /// True if the byte follows the backslash of an escape.
    escaped: bool,
}

impl Position {
    fn repair(&mut self, text: &str, repaired: &mut String) {
        let mut rest = text;
        loop {
            let plain = if self.escaped { 0 } else { self.plain(rest.as_bytes()) };
            let (plain, special) = rest.split_at_checked(plain).unwrap_or_default();
            repaired.push_str(plain);
            let Some(character) = special.chars().next() else {
                return;
            };
            rest = special.get(character.len_utf8()..).unwrap_or_default();
            match u8::try_from(character) {
                Ok(byte) if byte.is_ascii() => self.repair_byte(byte, repaired),
                _ => {
                    self.escaped = false;
                    repaired.push(character);
                }
            }
        }
    }

    /// Returns the number of bytes before the first that is special.
    fn plain(&self, text: &[u8]) -> usize {
        let special = match self.newlines_only {
            // Other control characters are rare, and this is several times faster.
            true => memchr3(b'"', b'\\', b'\n', text),
            false => text.iter().position(|byte| matches!(byte, 0..b' ' | b'"' | b'\\')),
        };
        special.unwrap_or(text.len())
    }

    /// Repairs a byte of ASCII.
    fn repair_byte(&mut self, byte: u8, repaired: &mut String) {
        match byte {
            _ if self.escaped => repaired.push(escape(byte).into()),
            b'\n' if self.in_string && self.has_placeholders => repaired.push(NEWLINE),
            0..b' ' if self.in_string => match escape(byte) {
                letter @ (b'n' | b't' | b'r') => repaired.extend(['\\', letter.into()]),
                _ => repaired.push(' '),
            },
            _ => repaired.push(byte.into()),
        }
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ => {}
        }
    }
}

/// Returns the byte that makes an escape with the backslash before it.
const fn escape(byte: u8) -> u8 {
    match byte {
        b'\n' => b'n',
        b'\t' => b't',
        b'\r' => b'r',
        // The question mark was a bad byte: in text that is not UTF-8, backslashes are also the second half of
        // characters.
        0..b' ' | REPLACEMENT => b'/',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Reads field `a` of a document that can't be read without repair.
    fn read(bytes: &[u8]) -> String {
        assert!(serde_json::from_slice::<Value>(bytes).is_err(), "nothing to repair");
        let Repaired { text, has_placeholders } = repair(bytes).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        let text = document["a"].as_str().unwrap();
        if has_placeholders {
            text.replace(NEWLINE, "\n")
        } else {
            text.to_owned()
        }
    }

    #[test]
    fn raw_control_characters_in_strings_are_read() {
        assert_eq!(read(b"{\n\t\"a\": \"a\nb\tc\x01d\\\"\r\"\n}"), "a\nb\tc d\"\r");
    }

    #[test]
    fn a_character_that_looks_like_a_placeholder_stays_one() {
        assert_eq!(read(b"{\"a\":\"a\nb\x7F\"}"), "a\nb\x7F");
        assert_eq!(read(b"{\"a\":\"a\nb\\u007F\"}"), "a\nb\x7F");
    }

    #[test]
    fn a_reply_with_too_many_escapes_is_not_repaired() {
        let reply = |tabs: usize| format!("{{\"a\":\"\n{}\"}}", "\t".repeat(tabs));
        assert!(repair(reply(ESCAPES_MAX).as_bytes()).is_some());
        assert!(repair(reply(ESCAPES_MAX + 1).as_bytes()).is_none());
    }

    #[test]
    fn an_escape_cut_by_a_control_character_is_read() {
        assert_eq!(read(b"{\"a\":\"x\\\ny\\\x01z\"}"), "x\ny/z");
    }

    #[test]
    fn bad_utf8_is_replaced() {
        assert_eq!(read(b"{\"a\":\"x\xFF\xE5y\"}"), "x??y");
    }

    #[test]
    fn a_backslash_before_bad_utf8_is_read() {
        assert_eq!(read(b"{\"a\":\"x\\\xFFy\\\xE5\x86z\"}"), "x/y/?z");
        // 功能 in Big5.
        assert_eq!(read(b"{\"a\":\"\xA5\x5C\xAF\xE0\"}"), "?/?");
    }

    #[test]
    fn half_a_character_is_replaced() {
        for (sent, meant) in [
            (r"\ud83d", "\u{FFFD}"),
            (r"\uDE00", "\u{FFFD}"),
            (r"\ud83d\ud83d\ude00", "\u{FFFD}😀"),
            (r"\ud83d\ude00\uD83D", "😀\u{FFFD}"),
            (r"\ude00\ud83d", "\u{FFFD}\u{FFFD}"),
            (r"\ud83dx\ude00", "\u{FFFD}x\u{FFFD}"),
            (r"\ud83d\n", "\u{FFFD}\n"),
            (r"\ud83d\\ude00", "\u{FFFD}\\ude00"),
            (r"\\\ud83d", "\\\u{FFFD}"),
            (r"\ud83d\u0041", "\u{FFFD}A"),
            (r"\udbff", "\u{FFFD}"),
            (r"\udfff", "\u{FFFD}"),
            ("\\ud83d\n\\ude00\t", "\u{FFFD}\n\u{FFFD}\t"),
        ] {
            assert_eq!(read(format!("{{\"a\":\"{sent}\"}}").as_bytes()), meant, "{sent}");
        }
        for text in [
            r#"{"a":"\ud83d\ude00\\ud83d\uD7FF\uE000"}"#,
            r#"{"a":"\ud8"}"#,
            r#"{"a":"\ud83"#,
            r#"{"a":"\ud+3d"}"#,
            r#"{"a":"\u+d83"}"#,
        ] {
            assert_eq!(repair(text.as_bytes()).unwrap().text, text);
        }
    }

    #[test]
    fn a_valid_document_stays_as_it_is() {
        for text in [
            r#"{"a":"\"\\","b":[1,"\n\u0001",null]}"#,
            " {\n } ",
            r#""\\""#,
            "",
            "{\"a\":\"写🎉é\"}",
            "\r\n{\t}\n",
        ] {
            assert_eq!(repair(text.as_bytes()).unwrap().text, text);
        }
    }

    #[test]
    fn control_characters_are_found_at_every_place() {
        for byte in 0..=u8::MAX {
            for (length, place) in [(8, 0), (8, 7), (17, 12), (17, 16), (3, 1)] {
                let mut reply = vec![b'a'; length];
                reply[place] = byte;
                let found = Found::in_reply(&reply);
                let kinds = (found.newlines, found.escapes, found.blanks, found.placeholder);
                let expected = match byte {
                    b'\n' => (1, 0, false, false),
                    b'\t' | b'\r' => (0, 1, false, false),
                    0x7F => (0, 0, false, true),
                    0..b' ' => (0, 0, true, false),
                    _ => (0, 0, false, false),
                };
                assert_eq!(kinds, expected, "{byte}");
            }
        }
    }

    #[test]
    fn the_buffer_has_its_room_from_the_start() {
        for text in ["{\"a\":\"写\n\t\r\n\"}", "", "{}"] {
            let escapes = text.matches(['\t', '\r']).count();
            let repaired = repair(text.as_bytes()).unwrap().text;
            assert_eq!(repaired.capacity(), text.len() + escapes);
        }
    }
}
