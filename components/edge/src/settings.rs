//! The service's settings, which are environment variables.
//!
//! A wrong setting is an error that names the variable, and never its value: it may be a secret.

use std::fmt;

use wechat_official_account_tools::bindings::types::Config;
use wechat_official_account_tools::environment::PREFIX;
pub use wechat_official_account_tools::environment::{Environment, Misconfiguration};
use zeroize::Zeroize;

use crate::bearer::Token;

/// The account of the paths without an alias.
const APP_ID: &str = "WECHAT_APP_ID";
const APP_SECRET: &str = "WECHAT_APP_SECRET";
/// The server of every account that has no own one.
const API_BASE: &str = "WECHAT_API_BASE";
/// The language of every account that has no own one.
const LANGUAGE: &str = "WECHAT_LANGUAGE";
/// The aliases of further accounts, separated by commas.
const ACCOUNTS: &str = "WECHAT_ACCOUNTS";
/// The switch that lets callers publish.
const ALLOW_PUBLISH: &str = "EDGE_ALLOW_PUBLISH";
/// Web pages that may call `/mcp`, separated by commas.
const ALLOWED_ORIGINS: &str = "EDGE_ALLOWED_ORIGINS";

/// Longer aliases serve nobody, and would make names of variables unreadable.
const LONGEST_ALIAS: usize = 32;

/// One Official Account, and the names of its variables. Its secret is wiped from memory when it is dropped.
pub struct Account {
    /// None for the account of the paths without an alias.
    pub alias: Option<String>,
    /// What the plugin needs to open it.
    pub config: Config,
}

impl Drop for Account {
    fn drop(&mut self) {
        self.config.app_secret.zeroize();
    }
}

impl Account {
    /// Reads the account of this alias, or that of the paths without one. The others are not looked at: there may be
    /// thousands, and a wrong one must not stop the rest. Returns None if there is no such account.
    ///
    /// # Errors
    ///
    /// The first of its settings that is missing or wrong, or if there is no account at all.
    pub fn read(environment: &Environment, alias: Option<&str>) -> Result<Option<Self>, Misconfiguration> {
        let Some(alias) = alias else {
            let is_set = [APP_ID, APP_SECRET].iter().any(|name| environment.get(name).is_some());
            return match (is_set, environment.get(ACCOUNTS)) {
                (true, _) => account(environment, None).map(Some),
                (false, Some(_)) => Ok(None),
                (false, None) => {
                    let reason = format!("is not set, and {ACCOUNTS} neither: there is no account");
                    Err(Misconfiguration::new(APP_ID, reason))
                }
            };
        };
        if !environment.list(ACCOUNTS).any(|found| found == alias) {
            return Ok(None);
        }
        if !is_alias(alias) {
            return Err(Misconfiguration::new(
                ACCOUNTS,
                format!(
                    "has the alias in the path, which has the wrong form: 1 to {LONGEST_ALIAS} lower-case letters, \
                     digits and hyphens are allowed, beginning with a letter"
                ),
            ));
        }
        account(environment, Some(alias)).map(Some)
    }

    /// Returns the variable that has the plugin's setting of this name.
    #[must_use]
    pub fn variable(&self, setting: &str) -> String {
        let name = setting.to_ascii_uppercase().replace('-', "_");
        format!("{}{name}", prefix(self.alias.as_deref()))
    }
}

// Without the secret, and without the AppID, which no output needs.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("alias", &self.alias)
            .finish_non_exhaustive()
    }
}

/// The operator's permissions.
#[derive(Debug)]
pub struct Permissions {
    /// True if callers may publish.
    pub publish: bool,
    /// Web pages that may call `/mcp`.
    pub origins: Vec<String>,
}

impl Permissions {
    /// Reads the permissions.
    ///
    /// # Errors
    ///
    /// The first setting that is wrong.
    pub fn read(environment: &Environment) -> Result<Self, Misconfiguration> {
        Ok(Self {
            publish: switch(environment, ALLOW_PUBLISH)?,
            origins: environment.list(ALLOWED_ORIGINS).map(str::to_owned).collect(),
        })
    }
}

/// Reads the token of the callers.
///
/// # Errors
///
/// If it is missing or too weak.
pub fn token(environment: &Environment) -> Result<Token, Misconfiguration> {
    let value = environment.required(Token::VARIABLE)?;
    Token::new(value).map_err(|reason| Misconfiguration::new(Token::VARIABLE, reason))
}

fn account(environment: &Environment, alias: Option<&str>) -> Result<Account, Misconfiguration> {
    let mut config = environment.config(&prefix(alias))?;
    if config.api_base.is_none() {
        config.api_base = environment.get(API_BASE).map(str::to_owned);
    }
    if config.language.is_none() {
        config.language = environment.language(LANGUAGE)?;
    }
    Ok(Account {
        alias: alias.map(str::to_owned),
        config,
    })
}

/// Returns the beginning of the names of an account's variables. Aliases have no underscore, so no two share one.
fn prefix(alias: Option<&str>) -> String {
    match alias {
        Some(alias) => format!("{PREFIX}ACCOUNT_{}_", alias.to_ascii_uppercase().replace('-', "_")),
        None => PREFIX.to_owned(),
    }
}

fn is_alias(alias: &str) -> bool {
    alias.len() <= LONGEST_ALIAS
        && alias.starts_with(|first: char| first.is_ascii_lowercase())
        && alias
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

fn switch(environment: &Environment, name: &str) -> Result<bool, Misconfiguration> {
    match environment.get(name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Misconfiguration::new(name, "is neither `true` nor `false`")),
    }
}

#[cfg(test)]
mod tests {
    use wechat_official_account_tools::bindings::types::Language;

    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        Environment::new(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    fn account(pairs: &[(&str, &str)], alias: Option<&str>) -> Option<Account> {
        Account::read(&environment(pairs), alias).unwrap()
    }

    fn refusal(pairs: &[(&str, &str)], alias: Option<&str>) -> String {
        Account::read(&environment(pairs), alias).unwrap_err().to_string()
    }

    const ONE: [(&str, &str); 2] = [("WECHAT_APP_ID", "wx0123456789abcdef"), ("WECHAT_APP_SECRET", "0123")];

    #[test]
    fn one_account_has_no_alias() {
        let one = account(&ONE, None).unwrap();
        assert_eq!(
            (one.config.app_id.as_str(), one.config.api_base.as_deref()),
            ("wx0123456789abcdef", None)
        );
        assert_eq!(one.variable("app-id"), "WECHAT_APP_ID");
        // Hosts make many instances, and WeChat allows few forced tokens a day.
        assert_eq!(one.config.may_force_token, Some(false));
        assert!(account(&ONE, Some("main")).is_none());
    }

    #[test]
    fn several_accounts_have_aliases_and_may_have_own_servers() {
        let pairs = [
            ("WECHAT_ACCOUNTS", "news, shop-2"),
            ("WECHAT_API_BASE", "http://127.0.0.1:1"),
            ("WECHAT_LANGUAGE", "zh"),
            ("WECHAT_ACCOUNT_NEWS_APP_ID", "a"),
            ("WECHAT_ACCOUNT_NEWS_APP_SECRET", "b"),
            ("WECHAT_ACCOUNT_SHOP_2_APP_ID", "c"),
            ("WECHAT_ACCOUNT_SHOP_2_APP_SECRET", "d"),
            ("WECHAT_ACCOUNT_SHOP_2_API_BASE", "http://127.0.0.1:2"),
            ("WECHAT_ACCOUNT_SHOP_2_LANGUAGE", "en"),
        ];
        assert!(account(&pairs, None).is_none() && account(&pairs, Some("other")).is_none());
        let news = account(&pairs, Some("news")).unwrap();
        assert_eq!(
            (news.config.app_id.as_str(), news.config.api_base.as_deref()),
            ("a", Some("http://127.0.0.1:1"))
        );
        let shop = account(&pairs, Some("shop-2")).unwrap();
        assert_eq!(
            (news.config.language, shop.config.language),
            (Some(Language::Zh), Some(Language::En))
        );
        assert_eq!(
            (shop.config.app_id.as_str(), shop.config.api_base.as_deref()),
            ("c", Some("http://127.0.0.1:2"))
        );
        assert_eq!(shop.variable("app-secret"), "WECHAT_ACCOUNT_SHOP_2_APP_SECRET");
    }

    #[test]
    fn a_wrong_setting_is_named_without_its_value() {
        assert_eq!(
            refusal(&[], None),
            "WECHAT_APP_ID is not set, and WECHAT_ACCOUNTS neither: there is no account."
        );
        assert_eq!(refusal(&ONE[..1], None), "WECHAT_APP_SECRET is not set.");
        assert_eq!(
            refusal(&[("WECHAT_APP_SECRET", "secret")], None),
            "WECHAT_APP_ID is not set."
        );
        assert_eq!(
            refusal(&[("WECHAT_APP_ID", ""), ONE[1]], None),
            "WECHAT_APP_ID is not set."
        );
        let news = [("WECHAT_ACCOUNTS", "news")];
        assert_eq!(refusal(&news, Some("news")), "WECHAT_ACCOUNT_NEWS_APP_ID is not set.");
        for wrong in ["Secret", "9secret", "secret_1", "-secret", &"s".repeat(33)] {
            let refusal = refusal(&[("WECHAT_ACCOUNTS", wrong)], Some(wrong));
            assert!(
                refusal.starts_with("WECHAT_ACCOUNTS has the alias in the path"),
                "{refusal}"
            );
            assert!(!refusal.contains("ecret"), "{refusal}");
        }
    }

    #[test]
    fn a_wrong_account_does_not_stop_another_one() {
        let pairs = [ONE[0], ONE[1], ("WECHAT_ACCOUNTS", "news,Wrong")];
        assert!(account(&pairs, None).is_some());
    }

    #[test]
    fn permissions_are_read() {
        let read = |pairs: &[(&str, &str)]| Permissions::read(&environment(pairs));
        let none = read(&[]).unwrap();
        assert!(!none.publish && none.origins.is_empty());
        let all = read(&[
            ("EDGE_ALLOW_PUBLISH", "true"),
            ("EDGE_ALLOWED_ORIGINS", "https://a.example, https://b.example"),
        ]);
        let all = all.unwrap();
        assert!(all.publish);
        assert_eq!(all.origins, ["https://a.example", "https://b.example"]);
        let wrong = read(&[("EDGE_ALLOW_PUBLISH", "yes")]).unwrap_err().to_string();
        assert_eq!(wrong, "EDGE_ALLOW_PUBLISH is neither `true` nor `false`.");
    }

    #[test]
    fn no_account_shows_its_secret() {
        let shown = format!("{:?}", account(&ONE, None).unwrap());
        assert!(!shown.contains("0123"), "{shown}");
    }
}
