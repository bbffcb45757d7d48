//! `config` and `token` of the contract, in types that do not show a secret by accident.
//!
//! The generated types print and serialise every field, and the generator has no exception for single records. These
//! types have the same fields, and become the generated ones only on the way into the component.

use std::fmt;

use crate::bindings::interfaces::types as generated;

/// The text that replaces a secret.
const REDACTED: &str = "[redacted]";

/// An access token with the rest of its life. See `token` of the interface `types`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// The token.
    pub value: String,
    /// The seconds for which it stays valid.
    pub seconds_left: u32,
}

impl Token {
    /// Makes a token from its two parts.
    pub fn new(value: impl Into<String>, seconds_left: u32) -> Self {
        Self {
            value: value.into(),
            seconds_left,
        }
    }
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
        Self::new(token.value, token.seconds_left)
    }
}

/// The configuration of an Official Account. See `config` of the interface `types`.
#[derive(Clone, PartialEq)]
pub struct Config {
    /// The account's AppID.
    pub app_id: String,
    /// The account's AppSecret.
    pub app_secret: String,
    /// The base of WeChat's API.
    pub api_base: Option<String>,
    /// Limits on the network's time.
    pub timeouts: Option<generated::Timeouts>,
    /// The pause before each repetition of an attempt that failed, in milliseconds.
    pub retry_pauses_milliseconds: Option<Vec<u32>>,
    /// A token that the host has already.
    pub token: Option<Token>,
    /// Whether this account may force a new token. `None` is yes. For one of many instances that share a token: no.
    pub may_force_token: Option<bool>,
    /// The first pause of `publish.wait`, in milliseconds.
    pub publish_poll_milliseconds: Option<u32>,
    /// The language of errors and findings. `None` is English.
    pub language: Option<generated::Language>,
}

impl Config {
    /// Makes a configuration in which everything but the credentials is left to the component.
    pub fn new(app_id: impl Into<String>, app_secret: impl Into<String>) -> Self {
        Self {
            app_id: app_id.into(),
            app_secret: app_secret.into(),
            api_base: None,
            timeouts: None,
            retry_pauses_milliseconds: None,
            token: None,
            may_force_token: None,
            publish_poll_milliseconds: None,
            language: None,
        }
    }
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
            .field("may_force_token", &self.may_force_token)
            .field("publish_poll_milliseconds", &self.publish_poll_milliseconds)
            .field("language", &self.language)
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
            may_force_token: config.may_force_token,
            publish_poll_milliseconds: config.publish_poll_milliseconds,
            language: config.language,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_no_secret() {
        let mut config = Config::new("canary-id", "canary-secret");
        config.api_base = Some("https://api.weixin.qq.com".to_owned());
        config.token = Some(Token::new("canary-token", 7200));
        let printed = format!("{config:?} {config:#?}");
        assert!(!printed.contains("canary"), "{printed}");
        assert!(
            printed.contains("7200") && printed.contains("api.weixin.qq.com"),
            "{printed}"
        );
    }
}
