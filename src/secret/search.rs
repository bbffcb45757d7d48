//! Searches a text for a secret in the forms in which servers, proxies and loggers repeat one. One pass for each form,
//! so the time is linear in the text, which may be hostile.

use std::ops::Range;

use zeroize::Zeroizing;

/// One byte of a text as it was meant, or `None` for one that only separates: a blank, a control character, or the
/// mark of an unreadable byte. `end` is the place after its spelling.
pub struct Unit {
    byte: Option<u8>,
    end: usize,
}

/// A way to read the byte at a place of a text.
pub type Reading = fn(&[u8], usize) -> Unit;

/// The shortest secret that is found in another letter case: a shorter one could be a word.
const ANY_CASE: usize = 8;

/// The form in which readings are compared: letter case makes no difference, nor do the two alphabets of base64.
fn canonical(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => byte.to_ascii_lowercase(),
    }
}

/// Returns the length of the separator that a text begins with, or 0.
fn separator(text: &[u8]) -> usize {
    match text {
        [0..=b' ' | 0x7F, ..] => 1,
        // C1, the no-break space and the soft hyphen.
        [0xC2, 0x80..=0xA0 | 0xAD, ..] => 2,
        // Blanks, joiners, line breaks and bidirectional controls; the ideographic blank, the byte order mark, and the
        // replacement of a byte that was not UTF-8.
        [0xE2, 0x80, 0x80..=0x8F | 0xA8..=0xAF, ..]
        | [0xE2, 0x81, 0x9F..=0xAF, ..]
        | [0xE3, 0x80, 0x80, ..]
        | [0xEF, 0xBB, 0xBF, ..]
        | [0xEF, 0xBF, 0xBD, ..] => 3,
        _ => 0,
    }
}

fn unit(byte: u8, end: usize) -> Unit {
    let separates = byte <= b' ' || byte == 0x7F;
    let byte = Some(byte).filter(|_| !separates);
    Unit { byte, end }
}

/// Reads a byte as it is written.
pub fn as_written(text: &[u8], at: usize) -> Unit {
    let rest = text.get(at..).unwrap_or_default();
    match (separator(rest), rest.first()) {
        (0, Some(byte)) => unit(*byte, at + 1),
        (length, _) => Unit {
            byte: None,
            end: at + length.max(1),
        },
    }
}

/// Reads a byte that may be percent-encoded, even twice, in a text that may be a string of JSON or HTML.
pub fn decoded(text: &[u8], at: usize) -> Unit {
    let (Some(mut byte), mut end) = unescaped(text, at) else {
        let end = unescaped(text, at).1;
        return Unit { byte: None, end };
    };
    if byte >= 0x80 {
        return as_written(text, at);
    }
    while byte == b'%' {
        let (high, after_high) = unescaped(text, end);
        let (low, after_low) = unescaped(text, after_high);
        match (high.and_then(hex), low.and_then(hex)) {
            (Some(high), Some(low)) => (byte, end) = (high * 16 + low, after_low),
            // The text was cut off within it.
            _ if after_low > text.len() => {
                return Unit {
                    byte: None,
                    end: text.len(),
                };
            }
            _ => break,
        }
    }
    unit(byte, end)
}

/// Reads a byte that may be an escape of JSON (`\u002b`, `\/`, `\n`, with any number of backslashes) or of a logger
/// (`\x2b`), or a numeric character reference of HTML. Returns `None` for an escaped separator, and for an escape that
/// was cut off. The place after the end of the text is beyond its length.
fn unescaped(text: &[u8], at: usize) -> (Option<u8>, usize) {
    let rest = text.get(at..).unwrap_or_default();
    match rest {
        [] => (None, at + 1),
        [b'\\', ..] => {
            let slashes = rest.iter().take_while(|byte| **byte == b'\\').count();
            let after = at + slashes;
            match text.get(after) {
                None | Some(b'n' | b'r' | b't' | b'b' | b'f') => (None, after + 1),
                Some(b'u') => number(text, after + 1, 4),
                Some(b'x') => number(text, after + 1, 2),
                Some(byte) => (Some(*byte), after + 1),
            }
        }
        [b'&', b'#', ..] => reference(text, at),
        [byte, ..] => (Some(*byte), at + 1),
    }
}

/// Reads a number of so many hexadecimal digits.
fn number(text: &[u8], at: usize, digits: usize) -> (Option<u8>, usize) {
    let mut value = 0;
    for place in at..at + digits {
        match text.get(place).map(|digit| hex(*digit)) {
            Some(Some(digit)) => value = value << 4 | u32::from(digit),
            // Cut off, or no escape: the letter before it stands for itself.
            None => return (None, text.len()),
            Some(None) => return (text.get(at - 1).copied(), at),
        }
    }
    (code(value), at + digits)
}

/// The most digits of a character reference that are read. Zeros may lead.
const DIGITS: usize = 8;

fn reference(text: &[u8], at: usize) -> (Option<u8>, usize) {
    let (radix, start) = match text.get(at + 2) {
        Some(b'x' | b'X') => (16, at + 3),
        _ => (10, at + 2),
    };
    let mut value = 0_u32;
    for place in start..=start + DIGITS {
        match text.get(place) {
            None => return (None, text.len()),
            Some(b';') if place > start => return (code(value), place + 1),
            Some(digit) => match char::from(*digit).to_digit(radix) {
                Some(digit) => value = value.saturating_mul(radix).saturating_add(digit),
                None => break,
            },
        }
    }
    (Some(b'&'), at + 1)
}

/// Returns the byte of an ASCII character. No other is a part of a secret.
fn code(value: u32) -> Option<u8> {
    match u8::try_from(value) {
        Ok(byte) if byte.is_ascii() => Some(byte),
        _ => None,
    }
}

fn hex(digit: u8) -> Option<u8> {
    let digit = char::from(digit).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// A secret in the form in which texts are compared with it.
pub struct Needle {
    bytes: Zeroizing<Vec<u8>>,
    reading: Reading,
    any_case: bool,
    /// For each length of a match, the length of the longest shorter one that ends at the same place (Knuth, Morris and
    /// Pratt).
    shorter: Vec<usize>,
}

impl Needle {
    /// Makes a needle of a text that is to be found where it is read in this way.
    pub fn new(text: &str, reading: Reading) -> Self {
        // With room from the start: a buffer that grows would leave copies in memory.
        let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
        let mut at = 0;
        while at < text.len() {
            let unit = reading(text.as_bytes(), at);
            bytes.extend(unit.byte);
            at = unit.end;
        }
        let any_case = bytes.len() >= ANY_CASE;
        if any_case {
            bytes.iter_mut().for_each(|byte| *byte = canonical(*byte));
        }
        let mut shorter = Vec::with_capacity(bytes.len());
        let mut length = 0;
        for (index, byte) in bytes.iter().enumerate() {
            if index > 0 {
                length = next(&bytes, &shorter, length, *byte);
            }
            shorter.push(length);
        }
        Self {
            bytes,
            reading,
            any_case,
            shorter,
        }
    }

    /// Returns the number of bytes that are compared.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns the places where a text has this needle, in their order, and the place of its beginning, of at least
    /// `part` bytes, at the end of a text that was cut off.
    pub fn find(&self, text: &str, part: usize) -> Vec<Range<usize>> {
        let length = self.bytes.len();
        let mut found = Vec::new();
        if length == 0 {
            return found;
        }
        // The places of the last bytes, as a ring.
        let mut starts = vec![0; length];
        let mut seen = 0_usize;
        let mut matched = 0;
        let mut at = 0;
        while at < text.len() {
            let unit = (self.reading)(text.as_bytes(), at);
            if let Some(byte) = unit.byte {
                if let Some(start) = starts.get_mut(seen % length) {
                    *start = at;
                }
                seen += 1;
                let byte = if self.any_case { canonical(byte) } else { byte };
                matched = next(&self.bytes, &self.shorter, matched, byte);
                if matched == length {
                    add(&mut found, start(&starts, seen, matched)..unit.end);
                    matched = self.shorter.last().copied().unwrap_or_default();
                }
            }
            at = unit.end;
        }
        if matched >= part.max(1) {
            add(&mut found, start(&starts, seen, matched)..text.len());
        }
        found
    }
}

/// Adds a place that is not before the last one. Two that overlap become one.
fn add(found: &mut Vec<Range<usize>>, place: Range<usize>) {
    match found.last_mut() {
        Some(last) if place.start < last.end => last.end = place.end,
        _ => found.push(place),
    }
}

/// Returns the length of the match after one more byte.
fn next(needle: &[u8], shorter: &[usize], mut matched: usize, byte: u8) -> usize {
    while matched > 0 && needle.get(matched) != Some(&byte) {
        matched = shorter.get(matched - 1).copied().unwrap_or_default();
    }
    matched + usize::from(needle.get(matched) == Some(&byte))
}

/// Returns the place of the byte with which the last `matched` ones begin.
fn start(starts: &[usize], seen: usize, matched: usize) -> usize {
    let index = seen.saturating_sub(matched) % starts.len().max(1);
    starts.get(index).copied().unwrap_or_default()
}
