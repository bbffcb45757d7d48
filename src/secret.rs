//! Values that must never be seen, nor stay in memory.

mod search;

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

use self::search::Needle;

/// Replaces a secret in a text.
const REDACTED: &str = "[redacted]";
/// Shortest part of a secret that is removed. A shorter one reveals nothing, and could be any word.
const PART: usize = 4;
/// The same in base64 and hexadecimal digits: shorter ones are words and numbers too often.
const ENCODED_PART: usize = 8;

/// An app secret or an access token. Its `Debug` shows nothing, it has no `Display`, and its memory is wiped when it is
/// dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Makes a secret of a value.
    pub fn new(value: String) -> Self {
        Self(Zeroizing::new(value))
    }

    /// Returns the value, for the one place that sends it.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }

    /// Returns the text without this secret, should somebody have repeated it there, in any form that [`Needle`] reads
    /// or in base64 or hexadecimal digits, and without its beginning at the end of a text that was cut off.
    pub fn redact(&self, text: &str) -> String {
        // Each copy on the way may hold other secrets, so it is wiped.
        let mut clean = Zeroizing::new(text.to_owned());
        for (needle, part) in needles(self.expose_secret()) {
            // A shorter secret could be any word.
            if needle.len() >= PART {
                let found = needle.find(&clean, part);
                if !found.is_empty() {
                    clean = Zeroizing::new(replaced(&clean, &found));
                }
            }
        }
        std::mem::take(&mut clean)
    }
}

/// Returns whether the text has this word, in any form that [`Needle`] reads.
pub fn mentions(text: &str, word: &str) -> bool {
    let needle = Needle::new(word, search::decoded);
    !needle.find(text, needle.len()).is_empty()
}

/// Returns the forms of a secret that are searched for, each with the length from which its beginning is removed too.
fn needles(secret: &str) -> Vec<(Needle, usize)> {
    let mut needles = vec![
        (Needle::new(secret, search::as_written), PART),
        (Needle::new(secret, search::decoded), PART),
    ];
    // In base64 its characters depend on the number of bytes before it.
    for before in 0..3 {
        needles.push((Needle::new(&base64(secret, before), search::decoded), ENCODED_PART));
    }
    let mut digits = Zeroizing::new(String::with_capacity(secret.len() * 2));
    for byte in secret.bytes() {
        digits.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or_default()));
    }
    needles.push((Needle::new(&digits, search::decoded), ENCODED_PART));
    needles
}

/// Returns the characters in base64 that depend on the secret alone, if so many bytes are before it. By hand, as
/// nothing else in the component encodes base64, and a library's characters would have to be cut at both ends.
fn base64(secret: &str, before: usize) -> Zeroizing<String> {
    let mut encoded = Zeroizing::new(String::with_capacity(secret.len() * 4 / 3 + 1));
    let mut bits = 0_u32;
    // The bits that are left from a byte, less those that the first character shares with the bytes before.
    let mut left = 0;
    let mut foreign = (before * 8).div_ceil(6) * 6 - before * 8;
    for byte in secret.bytes() {
        bits = bits << 8 | u32::from(byte);
        left += 8 - foreign;
        foreign = 0;
        while left >= 6 {
            left -= 6;
            let value = (bits >> left & 63) as u8;
            encoded.push(char::from(match value {
                0..=25 => b'A' + value,
                26..=51 => b'a' + value - 26,
                52..=61 => b'0' + value - 52,
                62 => b'+',
                _ => b'/',
            }));
        }
    }
    encoded
}

/// Returns the text with these places replaced. The result has its room from the start: a buffer that grows would leave
/// the other secrets of the text in memory.
fn replaced(text: &str, places: &[Range<usize>]) -> String {
    let mut clean = String::with_capacity(text.len() + places.len() * REDACTED.len());
    let mut at = 0;
    for place in places {
        clean += text.get(at..place.start).unwrap_or_default();
        clean += REDACTED;
        at = place.end;
    }
    clean += text.get(at..).unwrap_or_default();
    clean
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        let secret = Secret::new("canary".to_owned());
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "[redacted] Some([redacted])");
        assert_eq!(secret.redact("a canary sings"), "a [redacted] sings");
        assert_eq!(secret.redact("a canar"), "a [redacted]");
        assert_eq!(secret.redact("a can"), "a can");
        assert_eq!(Secret::new(String::new()).redact("as it is"), "as it is");
    }

    #[test]
    fn a_secret_is_found_in_other_spellings() {
        let secret = Secret::new("75_aB-Zz+09".to_owned());
        for spelt in [
            "75_AB-zZ+09",
            "75_aB-Zz%2B09",
            "75%5faB%2dZz%2b09",
            "%37%35%5F%61%42%2D%5A%7A%2B%30%39",
            "75_aB-Zz%252b09",
            "75_aB-Zz\\u002b09",
            "75_aB-Zz\\\\u002B09",
            "75_aB-Zz%\\u0032b09",
            "75\\_aB\\-Zz\\+09",
            "75_aB\\n-Zz+09",
            "75_aB-Zz&#43;09",
            "75_aB-Zz&#x2B;09",
            "75_aB\\x2dZz\\x2b09",
            "75_aB\n-Zz\u{1b}+\u{0}09",
            "7 5 _ a\u{a0}B - Z z + 0 9",
            "75_aB\u{200b}-Zz\u{fffd}+0\u{7f}9",
            // Not in base64's own alphabet, but in that of URLs.
            "75/aB+Zz-09",
        ] {
            assert_eq!(secret.redact(&format!("<{spelt}>")), "<[redacted]>", "{spelt}");
        }
        for cut in ["75_a", "75_aB%", "75_aB%2", "75_aB\\u00", "75_aB&#4", "75%5", "75%5Fa "] {
            let clean = secret.redact(&format!("<{cut}"));
            let expected = if cut == "75%5" { "<75%5" } else { "<[redacted]" };
            assert_eq!(clean, expected, "{cut}");
        }
        // Another text stays as it is.
        for text in [
            "75_aB-Zz+08",
            "100 % of 75",
            "\\u00",
            "&#;&#x;&#99999999999;",
            "%%%",
            "写%E5%86",
            "75_x",
        ] {
            assert_eq!(secret.redact(text), text);
        }
    }

    #[test]
    fn a_secret_is_found_in_base64_and_hexadecimal_digits() {
        use ::base64::Engine;
        use ::base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
        let value = "0123456789abcdef?>~0";
        let secret = Secret::new(value.to_owned());
        for before in ["", "a", "ab", "wxid:"] {
            let text = format!("{before}{value};after");
            for encoded in [BASE64_STANDARD.encode(&text), BASE64_URL_SAFE_NO_PAD.encode(&text)] {
                let clean = secret.redact(&encoded);
                assert!(clean.contains(REDACTED) && clean.len() < 10 + 20, "{clean}");
            }
        }
        let digits: String = value.bytes().map(|byte| format!("{byte:02X}")).collect();
        assert_eq!(secret.redact(&digits), REDACTED);
    }

    #[test]
    fn words_are_found_in_other_spellings() {
        for text in [
            "access_token=",
            "ACCESS_TOKEN",
            "access%5Ftoken",
            "{\"access\\u005ftoken\":",
        ] {
            assert!(mentions(text, "access_token"), "{text}");
        }
        assert!(!mentions("access", "access_token") && !mentions("", "access_token"));
    }

    #[test]
    fn the_time_is_linear_in_a_hostile_text() {
        let secret = Secret::new(format!("{}b", "a".repeat(511)));
        for piece in ["a", "\\", "%", "%2", "%25", "&#", "&#0", "\\u0", "a ", "\\%"] {
            let text = piece.repeat(1_000_000 / piece.len());
            // Quadratic, it would take minutes.
            assert!(secret.redact(&text).len() <= text.len() + REDACTED.len(), "{piece}");
        }
    }

    /// Spells a byte in one of the ways that are read.
    fn spell(byte: u8, way: u8) -> String {
        let character = char::from(byte);
        match way % 10 {
            0 => format!("%{byte:02x}"),
            1 => format!("%{byte:02X}"),
            2 => format!("%25{byte:02X}"),
            3 => format!("\\u{byte:04x}"),
            4 => format!("&#{byte};"),
            5 => format!("\u{1b} {character}"),
            6 => character.to_ascii_uppercase().to_string(),
            7 => character.to_ascii_lowercase().to_string(),
            _ => character.to_string(),
        }
    }

    proptest::proptest! {
        #[test]
        fn no_spelling_shows_a_secret(
            value in "[A-Za-z0-9_+/=-]{8,40}",
            ways in proptest::collection::vec(0_u8..10, 40),
            before in "[ -~写]{0,8}",
            after in "[!-~写]{0,8}",
        ) {
            // An escape that begins before it would take its first byte.
            let before = before.replace(['%', '\\', '&'], "?");
            let spelt: String = value.bytes().zip(ways).map(|(byte, way)| spell(byte, way)).collect();
            let clean = Secret::new(value.clone()).redact(&format!("{before}{spelt}{after}"));
            proptest::prop_assert!(clean.contains(REDACTED) && !clean.contains(&spelt), "{}", clean);
        }

        #[test]
        fn any_text_is_read(value in "\\PC{0,12}", text in "(?s).{0,64}|[%&#;x\\\\u0-9 ]{0,64}") {
            let clean = Secret::new(value.clone()).redact(&text);
            let compared = Needle::new(&value, search::as_written).len();
            proptest::prop_assert!(compared < PART || !clean.contains(&value));
            let beside = Secret::new(value.clone()).redact(&format!("{value}{text}{value}"));
            proptest::prop_assert!(compared < PART || beside.contains(REDACTED));
        }
    }

    #[test]
    fn a_text_has_its_room_from_the_start() {
        for value in ["abcde", "a longer secret than its replacement"] {
            let text = format!("{value}, {value}{value} and {}", &value[..value.len() - 1]);
            let clean = Secret::new(value.to_owned()).redact(&text);
            assert_eq!(clean, "[redacted], [redacted][redacted] and [redacted]");
            assert_eq!(clean.capacity(), text.len() + 4 * REDACTED.len());
        }
    }
}
