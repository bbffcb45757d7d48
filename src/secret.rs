//! Values that must never be seen, nor stay in memory.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// Replaces a secret in a text.
const REDACTED: &str = "[redacted]";
/// Shortest part of a secret that is removed. A shorter one reveals nothing, and could be any word.
const PART: usize = 4;

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

    /// Returns the text without this secret, should somebody have repeated it there, and without its beginning at the
    /// end of a text that was cut off.
    pub fn redact(&self, text: &str) -> String {
        let secret = self.expose_secret();
        if secret.len() < PART {
            return text.to_owned();
        }
        // Not `str::replace`: its buffer grows, and would leave the other secrets of the text in memory.
        let replaced = text.matches(secret).count() + 1;
        let mut clean = String::with_capacity(text.len() + replaced * REDACTED.len());
        let mut pieces = text.split(secret);
        clean += pieces.next().unwrap_or_default();
        for piece in pieces {
            clean += REDACTED;
            clean += piece;
        }
        let mut beginnings = (PART..secret.len()).rev().filter_map(|length| secret.get(..length));
        if let Some(part) = beginnings.find(|part| clean.ends_with(*part)) {
            let end = clean.len() - part.len();
            let mut bytes = clean.into_bytes();
            // Cut off alone, the part would stay in the buffer after the end of the text.
            bytes.iter_mut().skip(end).for_each(Zeroize::zeroize);
            bytes.truncate(end);
            clean = String::from_utf8(bytes).unwrap_or_default() + REDACTED;
        }
        clean
    }
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
    fn a_text_has_its_room_from_the_start() {
        for value in ["abcde", "a longer secret than its replacement"] {
            let text = format!("{value}, {value}{value} and {}", &value[..value.len() - 1]);
            let clean = Secret::new(value.to_owned()).redact(&text);
            assert_eq!(clean, "[redacted], [redacted][redacted] and [redacted]");
            assert_eq!(clean.capacity(), text.len() + 4 * REDACTED.len());
        }
    }
}
