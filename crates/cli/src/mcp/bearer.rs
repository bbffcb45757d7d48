//! The token by which clients over HTTP show that they may use the account.

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use crate::error::{self, Result};
use crate::target::variable;
use crate::texts::messages;

/// The environment variable with the token. Other users of the machine can read arguments.
pub const VARIABLE: &str = "WECHAT_MCP_TOKEN";
/// The least characters of a token: 128 bits in hexadecimal digits can't be guessed.
const LEAST: usize = 32;

/// The digest of the token, so that a comparison takes the same time for all tokens, whatever their length.
#[derive(Clone, Copy)]
pub struct Bearer([u8; 32]);

impl Bearer {
    /// Reads the token from the environment. It must be there.
    pub fn from_environment() -> Result<Self> {
        let token = variable(VARIABLE)?;
        let is_token = |token: &String| token.len() >= LEAST && token.bytes().all(|byte| byte.is_ascii_graphic());
        let token = token.filter(is_token);
        let token = token.ok_or_else(|| error::usage(messages().mcp.no_token.with([&VARIABLE, &LEAST])))?;
        Ok(Self::of(&token))
    }

    fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }

    /// Returns whether the headers have this token.
    fn is_in(&self, headers: &HeaderMap) -> bool {
        let given = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(token);
        given.is_some_and(|given| Self::of(given).0.ct_eq(&self.0).into())
    }
}

/// Returns the token of an `Authorization` header. The name of the scheme may have any case (RFC 9110, 11.1).
fn token(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start_matches(' '))
}

/// Refuses requests without the token, before anything else of them is looked at.
pub async fn require(State(bearer): State<Bearer>, request: Request, next: Next) -> Response {
    if bearer.is_in(request.headers()) {
        return next.run(request).await;
    }
    let challenge = match request.headers().contains_key(AUTHORIZATION) {
        true => "Bearer realm=\"wechat-oa\", error=\"invalid_token\"",
        false => "Bearer realm=\"wechat-oa\"",
    };
    let words = format!("This server needs the token in its {VARIABLE}, as `Authorization: Bearer …`.\n");
    (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, challenge)], words).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_counts() {
        let bearer = Bearer::of("0123456789abcdef0123456789abcdef");
        for (value, is_accepted) in [
            ("Bearer 0123456789abcdef0123456789abcdef", true),
            ("bearer  0123456789abcdef0123456789abcdef", true),
            ("Bearer 0123456789abcdef0123456789abcdeF", false),
            ("Bearer 0123456789abcdef0123456789abcde", false),
            ("Bearer 0123456789abcdef0123456789abcdef0", false),
            ("Bearer ", false),
            ("Bearer", false),
            ("Basic 0123456789abcdef0123456789abcdef", false),
            ("0123456789abcdef0123456789abcdef", false),
        ] {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, value.parse().unwrap())]);
            assert_eq!(bearer.is_in(&headers), is_accepted, "{value}");
        }
        assert!(!bearer.is_in(&HeaderMap::new()));
    }
}
