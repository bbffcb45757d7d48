//! Repair of replies that are no JSON. WeChat writes control characters into strings, and cuts characters in two (wechat-api
//! §3.3).

use std::str;

use memchr::{memchr, memmem};

/// Stands in place of bytes that are no text.
pub const REPLACEMENT: u8 = b'?';
/// Stands in place of raw newlines.
pub const NEWLINE: char = '\x7F';
/// Most escapes that are added, each of which makes the reply longer by a byte. A reply of 24 MB that consists of tabs would not
/// fit into memory with an escape for each.
const ESCAPES_MAX: usize = 4 * 1024 * 1024;

/// A reply after its repair.
#[derive(Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// True if each [`NEWLINE`] in a string stands for a newline. Lines are frequent: with escapes in their places, reading would
    /// take twice the memory and the time.
    pub has_stand_ins: bool,
}

/// Makes a reply readable. Returns `None` if there is no memory for it.
///
/// - Bytes that are no UTF-8 become question marks.
/// - Raw newlines in strings become stand-ins, or escapes if the reply has characters that look like stand-ins; tabs and carriage
///   returns become escapes, other control characters blanks.
/// - Escapes that one of these has spoilt get another meaning.
///
/// A valid document stays as it is.
pub fn repair(reply: &[u8]) -> Option<Repaired> {
    let has_stand_ins = memchr(NEWLINE as u8, reply).is_none() && memmem::find(reply, b"u007").is_none();
    let is_escaped = |byte: &&u8| matches!(byte, b'\t' | b'\r') || **byte == b'\n' && !has_stand_ins;
    let escapes = reply.iter().filter(is_escaped).count();
    if escapes > ESCAPES_MAX {
        return None;
    }
    let mut repaired = Vec::new();
    // The longest that it can get: a buffer that grew would need the room twice.
    repaired.try_reserve_exact(reply.len() + escapes).ok()?;
    let mut position = Position {
        has_stand_ins,
        ..Position::default()
    };
    let mut rest = reply;
    while !rest.is_empty() {
        let (text, bad) = split_bad(rest);
        position.repair(text.as_bytes(), &mut repaired);
        position.repair_bad(bad, &mut repaired);
        rest = rest.get(text.len() + bad..).unwrap_or_default();
    }
    let text = String::from_utf8(repaired).ok()?;
    Some(Repaired { text, has_stand_ins })
}

/// Splits off the text at the beginning, and counts the bytes after it that are none.
fn split_bad(bytes: &[u8]) -> (&str, usize) {
    match str::from_utf8(bytes) {
        Ok(text) => (text, 0),
        Err(error) => {
            let (text, rest) = bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
            let bad = error.error_len().unwrap_or(rest.len());
            (str::from_utf8(text).unwrap_or_default(), bad)
        }
    }
}

/// Position of the next byte in a JSON text.
#[derive(Default)]
struct Position {
    has_stand_ins: bool,
    in_string: bool,
    /// True if the byte follows the backslash of an escape.
    escaped: bool,
}

impl Position {
    /// Repairs bytes of text.
    fn repair(&mut self, text: &[u8], repaired: &mut Vec<u8>) {
        let mut rest = text;
        while let Some(&byte) = rest.first() {
            if !self.escaped {
                let plain = rest
                    .iter()
                    .take_while(|byte| !matches!(byte, 0..b' ' | b'"' | b'\\'))
                    .count();
                let (plain, special) = rest.split_at_checked(plain).unwrap_or_default();
                repaired.extend_from_slice(plain);
                rest = special;
                if !plain.is_empty() {
                    continue;
                }
            }
            self.repair_byte(byte, repaired);
            rest = rest.get(1..).unwrap_or_default();
        }
    }

    fn repair_byte(&mut self, byte: u8, repaired: &mut Vec<u8>) {
        match byte {
            _ if self.escaped => repaired.push(escape(byte)),
            b'\n' if self.in_string && self.has_stand_ins => repaired.push(NEWLINE as u8),
            0..b' ' if self.in_string => match escape(byte) {
                letter @ (b'n' | b't' | b'r') => repaired.extend([b'\\', letter]),
                _ => repaired.push(b' '),
            },
            _ => repaired.push(byte),
        }
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ => {}
        }
    }

    /// Repairs bytes that are no text.
    fn repair_bad(&mut self, count: usize, repaired: &mut Vec<u8>) {
        for _ in 0..count {
            self.repair_byte(REPLACEMENT, repaired);
        }
    }
}

/// Returns the byte that makes an escape with the backslash before it.
const fn escape(byte: u8) -> u8 {
    match byte {
        b'\n' => b'n',
        b'\t' => b't',
        b'\r' => b'r',
        // The question mark was a bad byte: in text that is not UTF-8, backslashes are also the second half of characters.
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
        let Repaired { text, has_stand_ins } = repair(bytes).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        let text = document["a"].as_str().unwrap();
        if has_stand_ins {
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
    fn a_character_that_looks_like_a_stand_in_stays_one() {
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
    fn the_buffer_has_its_room_from_the_start() {
        for text in ["{\"a\":\"写\n\t\r\n\"}", "", "{}"] {
            let escapes = text.matches(['\t', '\r']).count();
            let repaired = repair(text.as_bytes()).unwrap().text;
            assert_eq!(repaired.capacity(), text.len() + escapes);
        }
    }
}
