//! `config` and `token` of the contract, in types that do not show a secret by accident.
//!
//! The generated ones print and serialise every field, and a generator can't be told otherwise for single records. These
//! have the same fields, and become the generated ones only on the way into the plugin.

use crate::host::generated;
use crate::host::types::Timeouts;
use std::fmt;

/// What stands in for a secret.
const REDACTED: &str = "[redacted]";

/// An access token with the life that is left of it. See `token` of the interface `types`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// The token.
    pub value: String,
    /// How many seconds it stays valid.
    pub seconds_left: u32,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("value", &REDACTED)
            .field("seconds_left", &self.seconds_left)
            .finish()
    }
}

impl From<generated::Token> for Token {
    fn from(token: generated::Token) -> Self {
        Self {
            value: token.value,
            seconds_left: token.seconds_left,
        }
    }
}

/// What it takes to open an Official Account. See `config` of the interface `types`.
#[derive(Clone, PartialEq)]
pub struct Config {
    /// The account's AppID.
    pub app_id: String,
    /// The account's AppSecret.
    pub app_secret: String,
    /// Where WeChat is.
    pub api_base: Option<String>,
    /// How long the network may take.
    pub timeouts: Option<Timeouts>,
    /// The pause before each repetition of an attempt that failed, in milliseconds.
    pub retry_pauses_milliseconds: Option<Vec<u32>>,
    /// A token that the host has already.
    pub token: Option<Token>,
    /// The first pause of `publish.wait`, in milliseconds.
    pub publish_poll_milliseconds: Option<u32>,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("app_id", &REDACTED)
            .field("app_secret", &REDACTED)
            .field("api_base", &self.api_base)
            .field("timeouts", &self.timeouts)
            .field("retry_pauses_milliseconds", &self.retry_pauses_milliseconds)
            .field("token", &self.token)
            .field("publish_poll_milliseconds", &self.publish_poll_milliseconds)
            .finish()
    }
}

impl From<&Config> for generated::Config {
    fn from(config: &Config) -> Self {
        Self {
            app_id: config.app_id.clone(),
            app_secret: config.app_secret.clone(),
            api_base: config.api_base.clone(),
            timeouts: config.timeouts,
            retry_pauses_milliseconds: config.retry_pauses_milliseconds.clone(),
            token: config.token.as_ref().map(|token| generated::Token {
                value: token.value.clone(),
                seconds_left: token.seconds_left,
            }),
            publish_poll_milliseconds: config.publish_poll_milliseconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_shows_a_secret() {
        let config = Config {
            app_id: "canary-id".to_owned(),
            app_secret: "canary-secret".to_owned(),
            api_base: Some("https://api.weixin.qq.com".to_owned()),
            timeouts: None,
            retry_pauses_milliseconds: None,
            token: Some(Token {
                value: "canary-token".to_owned(),
                seconds_left: 7200,
            }),
            publish_poll_milliseconds: None,
        };
        let shown = format!("{config:?} {config:#?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("7200") && shown.contains("api.weixin.qq.com"), "{shown}");
    }
}
