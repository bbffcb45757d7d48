//! The account's secrets, and their removal from texts that somebody else wrote.

use std::borrow::Cow;

use zeroize::Zeroizing;

use crate::secret::Secret;

/// Length of the part of a reply that is shown if it is not WeChat's, in characters.
pub const EXCERPT: usize = 200;
/// Length of the part of WeChat's own words that is shown, in characters; the longest seen have 200.
pub const ERRMSG: usize = 1000;
/// Length of the part of either that is searched for secrets, in bytes: enough for the part that is shown and a secret
/// across its end.
const SEARCHED: usize = 8192;

/// The secrets that identify an account.
pub struct Credentials {
    /// AppID. No secret by itself, but it has no business in anybody's logs.
    pub app_id: Secret,
    /// AppSecret.
    pub app_secret: Secret,
}

impl Credentials {
    /// Removes the credentials and this token from a text, in every form that `Secret::redact` finds.
    pub fn redact(&self, text: &str, token: Option<&Secret>) -> String {
        let mut left = [Some(&self.app_id), Some(&self.app_secret), token];
        // Each copy on the way still holds the other secrets, so it is wiped.
        let mut clean = Zeroizing::new(text.to_owned());
        // The longest first: one that is a part of another would leave the rest of that behind. Not by sorting: the
        // library's sort for one type is 5 KB.
        let length = |secret: &&mut Option<&Secret>| secret.map(|secret| secret.expose_secret().len());
        while let Some(secret) = left.iter_mut().max_by_key(length).and_then(Option::take) {
            clean = Zeroizing::new(secret.redact(&clean));
        }
        std::mem::take(&mut clean)
    }

    /// Returns the first characters of a text from a server: without secrets, which are removed before the cut, as that
    /// could leave a part of one; and without control characters, which terminals obey.
    pub fn sanitized_excerpt(&self, text: &[u8], token: Option<&Secret>, characters: usize) -> String {
        let searched = text.get(..SEARCHED).unwrap_or(text);
        let text = match String::from_utf8_lossy(searched) {
            Cow::Borrowed(text) => self.redact(text, token),
            Cow::Owned(text) => self.redact(&Zeroizing::new(text), token),
        };
        let printable = text.chars().take(characters);
        printable
            .map(|character| if character.is_control() { ' ' } else { character })
            .collect()
    }

    /// Returns the beginning of a reply that is not WeChat's, or not whole. A reply to a request without token is never
    /// shown: it may hold the new one.
    pub fn excerpt(&self, body: &[u8], token: Option<&Secret>) -> Option<String> {
        let token = token.filter(|_| !body.is_empty())?;
        Some(self.sanitized_excerpt(body, Some(token), EXCERPT))
    }
}

#[cfg(test)]
mod tests;
