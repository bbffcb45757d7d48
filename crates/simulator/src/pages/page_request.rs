//! What a request asks of every page: the language, the account and the page of a list. Links keep the first two.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Query};
use http::header::ACCEPT_LANGUAGE;
use http::request::Parts;
use wechat_official_account_language::Language;

use super::texts::{self, Texts};
use crate::model::account::Account;
use crate::model::world::{APP_ID, World};
use crate::state::Shared;

/// Parameter of the language.
const LANGUAGE: &str = "lang";

/// Parameter of the account's app id.
const ACCOUNT: &str = "account";

/// Parameter of the page of a list, from 1.
const PAGE: &str = "page";

/// A request for a page.
pub(super) struct PageRequest {
    pub(super) language: Language,
    pub(super) texts: &'static Texts,
    /// Page of the list, from 0.
    pub(super) page: usize,
    /// Number of all accounts.
    pub(super) accounts: usize,
    /// App id of the account that the request names, if there is such an account.
    named: Option<String>,
    /// App id of the account of requests that name none: the one that every simulator begins with, or any.
    usual: Option<String>,
    path: String,
    query: Vec<(String, String)>,
}

/// A request that names an account that does not exist.
pub(super) struct UnknownAccount {
    pub(super) request: PageRequest,
    pub(super) app_id: String,
}

impl FromRequestParts<Arc<Shared>> for PageRequest {
    type Rejection = UnknownAccount;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<PageRequest, UnknownAccount> {
        let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let query = query.map(|Query(pairs)| pairs).unwrap_or_default();
        let accepted = parts.headers.get(ACCEPT_LANGUAGE);
        let accepted = accepted.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let value = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let chosen = value(LANGUAGE).and_then(|tag| Language::of_tag(tag));
        let language = chosen.unwrap_or_else(|| preferred(accepted));
        let page = value(PAGE).and_then(|page| page.parse::<usize>().ok()).unwrap_or(1);
        let asked = value(ACCOUNT).cloned();
        let world = shared.world();
        let is_known = |app_id: &String| world.accounts.contains_key(app_id);
        let any = || world.accounts.keys().next().cloned();
        let request = PageRequest {
            language,
            texts: texts::of(language),
            page: page.saturating_sub(1),
            accounts: world.accounts.len(),
            named: asked.clone().filter(is_known),
            usual: Some(APP_ID.to_owned()).filter(is_known).or_else(any),
            path: parts.uri.path().to_owned(),
            query,
        };
        match asked {
            Some(app_id) if request.named.is_none() => Err(UnknownAccount { request, app_id }),
            _ => Ok(request),
        }
    }
}

impl PageRequest {
    /// Returns the first parameter of that name.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the language's tag in HTML.
    pub(super) fn tag(&self) -> &'static str {
        tag(self.language)
    }

    /// Returns the app id of the account whose data the page shows; `None` if there is no account.
    pub(super) fn app_id(&self) -> Option<&str> {
        self.named.as_deref().or(self.usual.as_deref())
    }

    /// Returns the account whose data the page shows.
    pub(super) fn account<'a>(&self, world: &'a mut World) -> Option<&'a mut Account> {
        world.accounts.get_mut(self.app_id()?)
    }

    /// Makes the page one of that account, for an article, whose link names none.
    pub(super) fn set_account(&mut self, app_id: &str) {
        if self.app_id() != Some(app_id) {
            self.named = Some(app_id.to_owned());
        }
    }

    /// Returns the address of a page, with the language and the account of this request.
    pub(super) fn link(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        self.address(path, self.named.as_deref(), parameters)
    }

    /// Returns the address of this page with another value of one parameter.
    fn changed(&self, name: &str, value: &str) -> String {
        let others = self.query.iter().filter(|(key, _)| key != name);
        let others = others.map(|(key, value)| (key.as_str(), value.as_str()));
        address(&self.path, others.chain([(name, value)]))
    }

    /// Returns the address of this page in another language.
    pub(super) fn in_language(&self, language: Language) -> String {
        self.changed(LANGUAGE, parameter_value(language))
    }

    /// Returns the address of another page of this list; pages count from 0.
    pub(super) fn at_page(&self, page: usize) -> String {
        self.changed(PAGE, &(page + 1).to_string())
    }

    /// Returns the address of a page for another account.
    pub(super) fn for_account(&self, path: &str, app_id: &str, parameters: &[(&str, &str)]) -> String {
        self.address(path, Some(app_id), parameters)
    }

    fn address(&self, path: &str, app_id: Option<&str>, parameters: &[(&str, &str)]) -> String {
        let language = self.parameter(LANGUAGE).map(|tag| (LANGUAGE, tag));
        let kept = language.into_iter().chain(app_id.map(|app_id| (ACCOUNT, app_id)));
        address(path, kept.chain(parameters.iter().copied()))
    }
}

/// Returns the tag of a language in HTML. Browsers choose fonts by it, so it tells simplified Chinese from traditional.
pub(super) fn tag(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Chinese => "zh-CN",
    }
}

/// Returns the value of [`LANGUAGE`] for a language.
fn parameter_value(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Chinese => "zh",
    }
}

fn address<'a>(path: &str, parameters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let parameters: Vec<(&str, &str)> = parameters.collect();
    match serde_urlencoded::to_string(&parameters) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// Returns the language of ours with the highest weight in an `Accept-Language`; English if there is none.
fn preferred(accepted: &str) -> Language {
    let weighted = accepted.split(',').filter_map(|item| {
        let (tag, weight) = item.split_once(';').unwrap_or((item, "q=1"));
        let weight = weight.trim().strip_prefix("q=")?.parse::<f32>().ok()?;
        let language = Language::of_tag(tag.trim())?;
        (weight > 0.0).then_some((weight, language))
    });
    // The first of several with the same weight.
    let best = weighted.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map_or(Language::English, |(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_languages_count() {
        for (accepted, expected) in [
            ("", Language::English),
            ("de", Language::English),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
            ("en;q=0.5, zh;q=0.7", Language::Chinese),
            ("en,zh", Language::English),
            ("de, zh;q=0.2", Language::Chinese),
            ("zh;q=0, en;q=0.1", Language::English),
            ("zh;q=x", Language::English),
        ] {
            assert_eq!(preferred(accepted), expected, "{accepted}");
        }
    }
}
