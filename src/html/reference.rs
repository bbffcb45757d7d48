//! Character references in attributes.

use alloc::string::String;
use alloc::vec::Vec;

/// The named ones that a URL is likely to hold, or to be disguised with,
const NAMES: [&str; 8] = ["amp", "lt", "gt", "quot", "apos", "colon", "Tab", "NewLine"];
/// what they mean,
const MEANINGS: &[u8; 8] = b"&<>\"':\t\n";
/// and how many of them may stand without a semicolon.
const OLD: usize = 4;

/// The meaning of an attribute's value: with numeric references, and the named ones above, replaced. Every other one stays
/// as it is.
pub fn decode(value: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut rest = value;
    while let Some(&first) = rest.first() {
        let length = match read(rest) {
            Some((code, length)) => {
                // Zero stands for nothing, as does what is no character.
                let character = char::from_u32(code).filter(|_| code > 0);
                let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
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
    decoded
}

/// The code of the reference that begins here, and its length.
fn read(text: &[u8]) -> Option<(u32, usize)> {
    let (code, length, old) = match text {
        [b'&', b'#', b'x' | b'X', digits @ ..] => numeric(digits, 16, 3)?,
        [b'&', b'#', digits @ ..] => numeric(digits, 10, 2)?,
        [b'&', rest @ ..] => named(rest)?,
        _ => return None,
    };
    let closed = text.get(length) == Some(&b';');
    (closed || old).then_some((code, length + usize::from(closed)))
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
    let place = NAMES.iter().position(|known| known.as_bytes() == name)?;
    // `&lt=1` is part of a query, not a reference.
    let goes_on = text.get(name.len()) == Some(&b'=');
    let code = u32::from(*MEANINGS.get(place)?);
    Some((code, 1 + name.len(), place < OLD && !goes_on))
}
