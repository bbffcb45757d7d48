//! The callers' authentication: one bearer token (RFC 6750).

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::http::Headers;

/// The shortest token, in characters without the padding at its end. Shorter ones can be guessed.
const SHORTEST: usize = 16;

/// The token of the callers.
pub struct Token(Zeroizing<String>);

/// The reason why a caller is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no `Authorization: Bearer`, or more than one.
    Missing,
    /// The token is another one.
    Wrong,
}

impl Token {
    /// The variable that has the token.
    pub const VARIABLE: &str = "EDGE_TOKEN";

    /// Checks a token's form.
    ///
    /// # Errors
    ///
    /// If it is too short to be secret, or has characters that no header may carry.
    pub fn new(value: &str) -> Result<Self, String> {
        // RFC 6750, section 2.1: `b64token`. The padding at its end keeps nothing secret.
        let characters = value.trim_end_matches('=');
        if characters.len() < SHORTEST {
            return Err(format!("is shorter than {SHORTEST} characters"));
        }
        match characters
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte))
        {
            true => Ok(Self(Zeroizing::new(value.to_owned()))),
            false => Err("has a character that no bearer token may have (RFC 6750, section 2.1)".to_owned()),
        }
    }

    /// Checks a caller's token. The time tells nothing of the token but its length.
    ///
    /// # Errors
    ///
    /// If the caller has none or another one.
    pub fn check(&self, headers: &Headers) -> Result<(), Refusal> {
        let value = headers.only("authorization").ok_or(Refusal::Missing)?;
        let (scheme, token) = value.split_once(' ').ok_or(Refusal::Missing)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Refusal::Missing);
        }
        match bool::from(self.0.as_bytes().ct_eq(token.trim_ascii().as_bytes())) {
            true => Ok(()),
            false => Err(Refusal::Wrong),
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef-._~+/==";

    fn check(values: &[&str]) -> Result<(), Refusal> {
        let header = |value: &&str| ("Authorization".to_owned(), value.as_bytes().to_vec());
        Token::new(TOKEN)
            .unwrap()
            .check(&Headers(values.iter().map(header).collect()))
    }

    #[test]
    fn the_right_token_passes_with_the_scheme_in_letters_of_either_case() {
        assert_eq!(check(&[&format!("Bearer {TOKEN}")]), Ok(()));
        assert_eq!(check(&[&format!("bearer  {TOKEN}")]), Ok(()));
    }

    #[test]
    fn everything_else_is_turned_away() {
        let right = format!("Bearer {TOKEN}");
        for missing in [&[][..], &["Bearer"], &["Basic eDp5"], &[TOKEN], &[&right, &right]] {
            assert_eq!(check(missing), Err(Refusal::Missing), "{missing:?}");
        }
        for wrong in [
            "",
            "0123456789abcdef-._~+/=",
            "0123456789abcdef-._~+/=!",
            "0123456789ABCDEF-._~+/==",
        ] {
            let expected = if wrong.is_empty() {
                Refusal::Missing
            } else {
                Refusal::Wrong
            };
            assert_eq!(check(&[&format!("Bearer {wrong}")]), Err(expected), "{wrong}");
        }
    }

    #[test]
    fn a_token_that_can_be_guessed_or_not_be_sent_is_refused_without_being_shown() {
        for short in ["0123456789abcde", "0123456789abcde=", "================"] {
            assert_eq!(
                Token::new(short).unwrap_err(),
                "is shorter than 16 characters",
                "{short}"
            );
        }
        for wrong in [
            "0123456789abcdef ",
            "0123456789ab\ncdef",
            "0123456789=abcdef",
            "0123456789abcdeé",
        ] {
            assert!(Token::new(wrong).unwrap_err().starts_with("has a character"), "{wrong}");
        }
        assert_eq!(format!("{:?}", Token::new(TOKEN).unwrap()), "Token(…)");
    }
}
