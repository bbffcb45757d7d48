//! Character references in attributes.

/// The named ones that a URL is likely to hold, or to be disguised with.
const NAMED: [(&str, u8); 8] = [
    ("amp", b'&'),
    ("lt", b'<'),
    ("gt", b'>'),
    ("quot", b'"'),
    ("apos", b'\''),
    ("colon", b':'),
    ("Tab", b'\t'),
    ("NewLine", b'\n'),
];

/// How many of them may stand without a semicolon.
const OLD: usize = 4;

/// The meaning of an attribute's value: with numeric references, and the named ones above, replaced. Every other one stays
/// as it is.
pub fn decode(value: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut rest = value;
    while let [first, behind @ ..] = rest {
        rest = match read(rest) {
            Some((character, behind)) => {
                decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                behind
            }
            None => {
                decoded.push(*first);
                behind
            }
        };
    }
    decoded
}

/// The reference that begins here, and what follows it.
fn read(text: &[u8]) -> Option<(char, &[u8])> {
    let (character, old, rest) = match text {
        [b'&', b'#', b'x' | b'X', digits @ ..] => numeric(digits, 16)?,
        [b'&', b'#', digits @ ..] => numeric(digits, 10)?,
        [b'&', rest @ ..] => named(rest)?,
        _ => return None,
    };
    match rest {
        [b';', behind @ ..] => Some((character, behind)),
        _ if old => Some((character, rest)),
        _ => None,
    }
}

/// A character, whether its reference may stand without a semicolon, and what follows it.
type Read<'a> = (char, bool, &'a [u8]);

fn numeric(text: &[u8], radix: u32) -> Option<Read<'_>> {
    let mut code = 0_u32;
    let mut rest = text;
    while let [byte, behind @ ..] = rest
        && let Some(digit) = char::from(*byte).to_digit(radix)
    {
        code = code.saturating_mul(radix).saturating_add(digit);
        rest = behind;
    }
    // Zero stands for nothing, as does what is no character.
    let character = char::from_u32(code).filter(|_| code > 0);
    let has_digits = rest.len() < text.len();
    has_digits.then_some((character.unwrap_or(char::REPLACEMENT_CHARACTER), true, rest))
}

fn named(text: &[u8]) -> Option<Read<'_>> {
    let (place, (name, byte)) = NAMED
        .iter()
        .enumerate()
        .find(|(_, (name, _))| text.starts_with(name.as_bytes()))?;
    let rest = text.get(name.len()..)?;
    // `&lt=1` and `&ltx` are parts of a query, not references.
    let goes_on = matches!(rest, [b'=' | b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9', ..]);
    Some((char::from(*byte), place < OLD && !goes_on, rest))
}
