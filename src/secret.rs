//! What must never be seen, nor stay behind in memory.

use std::fmt;
use zeroize::Zeroizing;

const REDACTED: &str = "[redacted]";
/// A shorter part of a secret tells nothing, and could be any word.
const PART: usize = 4;

/// An app secret or an access token. Its `Debug` shows nothing, it has no `Display`, and its memory is wiped when it is
/// dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes it into keeping.
    pub fn new(value: String) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value, for the one place that sends it.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }

    /// The text without this secret, should somebody have repeated it there, and without its beginning at the end of a text
    /// that was cut off.
    pub fn redact(&self, text: &str) -> String {
        if self.0.len() < PART {
            return text.to_owned();
        }
        let mut clean = text.replace(self.0.as_str(), REDACTED);
        let beginnings = (PART..self.0.len()).rev().filter_map(|length| self.0.get(..length));
        if let Some(part) = beginnings.into_iter().find(|part| clean.ends_with(*part)) {
            clean.truncate(clean.len() - part.len());
            clean += REDACTED;
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
}
