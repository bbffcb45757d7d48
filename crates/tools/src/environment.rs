//! The account's credentials as environment variables of a component: never as an argument, which a model would see.
//!
//! A wrong setting is an error that names the variable, and never its value: it may be a secret.

use std::fmt;

use zeroize::Zeroize;

use crate::bindings::types::{self, Config, ErrorKind, Language};
use crate::error::Error;

/// The beginning of the variables of a component's only account.
pub const PREFIX: &str = "WECHAT_";

/// A setting that is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misconfiguration {
    /// The variable.
    pub variable: String,
    /// The rest of a sentence that begins with the variable.
    pub reason: String,
}

impl Misconfiguration {
    /// A variable, and what is wrong with it.
    #[must_use]
    pub fn new(variable: &str, reason: impl Into<String>) -> Self {
        Self {
            variable: variable.to_owned(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Misconfiguration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}.", self.variable, self.reason)
    }
}

impl std::error::Error for Misconfiguration {}

/// For a model, which can't mend it and must not ask for a secret.
impl From<Misconfiguration> for Error {
    fn from(wrong: Misconfiguration) -> Self {
        let message = format!("The environment variable {wrong} Nothing was sent.");
        let advice = "The operator of this host sets it, beside the component. Never ask anybody for an AppSecret or an \
                      access token in a conversation.";
        Self {
            subject: Some(wrong.variable),
            ..Self::new(ErrorKind::Credentials, message, advice)
        }
    }
}

/// The environment as the host gives it. Few variables are looked up, so it is searched and not sorted. The values are
/// wiped from memory when it is dropped, as some are secrets.
#[derive(Default)]
pub struct Environment(Vec<(String, String)>);

impl Environment {
    /// Takes the variables, as `wasi:cli/environment` returns them.
    #[must_use]
    pub fn new(variables: Vec<(String, String)>) -> Self {
        Self(variables)
    }

    /// Returns a variable's value. An empty one counts as missing, as deployment tools write such for what they lack.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(found, _)| found == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// Returns a variable's value.
    ///
    /// # Errors
    /// If it is missing or empty.
    pub fn required(&self, name: &str) -> Result<&str, Misconfiguration> {
        self.get(name).ok_or_else(|| Misconfiguration::new(name, "is not set"))
    }

    /// Returns the parts of a list: a variable with commas.
    pub fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        let parts = self.get(name).unwrap_or_default().split(',');
        parts.map(str::trim).filter(|part| !part.is_empty())
    }

    /// Returns the configuration of the account whose variables begin with `prefix`: `APP_ID`, `APP_SECRET`, and
    /// `API_BASE` and `LANGUAGE`, which may be missing. The plugin checks the form of the others.
    ///
    /// # Errors
    /// If id or secret is missing, or if the language is neither `en` nor `zh`.
    pub fn config(&self, prefix: &str) -> Result<Config, Misconfiguration> {
        Ok(Config {
            app_id: self.required(&format!("{prefix}APP_ID"))?.to_owned(),
            app_secret: self.required(&format!("{prefix}APP_SECRET"))?.to_owned(),
            api_base: self.get(&format!("{prefix}API_BASE")).map(str::to_owned),
            timeouts: None,
            retry_pauses_milliseconds: None,
            token: None,
            // Hosts make many instances, which know nothing of the tokens that the others forced.
            may_force_token: Some(false),
            publish_poll_milliseconds: None,
            language: self.language(&format!("{prefix}LANGUAGE"))?,
        })
    }

    /// Returns the language that a variable names.
    ///
    /// # Errors
    /// If it is neither `en` nor `zh`.
    pub fn language(&self, variable: &str) -> Result<Option<Language>, Misconfiguration> {
        match self.get(variable) {
            None => Ok(None),
            Some("en") => Ok(Some(Language::En)),
            Some("zh") => Ok(Some(Language::Zh)),
            Some(_) => Err(Misconfiguration::new(variable, "is neither en nor zh")),
        }
    }
}

/// Without the values.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Drop for Environment {
    fn drop(&mut self) {
        for (_, value) in &mut self.0 {
            value.zeroize();
        }
    }
}

/// Returns the setting that the plugin refused when it opened the account, as a variable. The plugin's reason has no
/// value in it.
#[must_use]
pub fn refused(prefix: &str, error: &types::Error) -> Misconfiguration {
    let field = error.subject.as_deref().unwrap_or("app-id");
    let variable = format!("{prefix}{}", field.to_ascii_uppercase().replace('-', "_"));
    let reason = error.message.strip_prefix(field).unwrap_or(&error.message);
    Misconfiguration::new(&variable, reason.trim().trim_end_matches('.'))
}
