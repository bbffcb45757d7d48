//! Access tokens (wechat-api §6): two sets, one for each of the two endpoints.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::account::Account;
use super::errcode::Refusal;
use super::gate::Request;
use super::json::Fields;
use super::reply::Answer;
use super::world::World;

/// Seconds before expiry at which stable_token changes the token by itself (wechat-api §6.2).
const ROTATION: u64 = 300;

/// Seconds that a token replaced by /cgi-bin/token stays good (wechat-api §6.1).
const GRACE: u64 = 300;

/// Seconds between two forced refreshes that both refresh (wechat-api §6.2).
const FORCE_PAUSE: u64 = 30;

/// Stands in every token. Whoever finds it in a log has found a token, or a good part of one.
pub const TOKEN_MARK: &str = "SimulatedToken";

/// Characters before the mark: more than rid/get shows of a token (wechat-api §15.2).
const BEFORE_MARK: usize = 8;

/// Characters after the underscore; 136 to 157 in all were seen (wechat-api §6.2).
const TOKEN_LENGTH: usize = 136;

/// A token shorter than this is not one (wechat-api §6.2: 136 were seen at least).
const SHORTEST: usize = 64;

/// Tokens longer than this need not be stored by anyone (wechat-api §6.2).
const LONGEST: usize = 512;

/// All tokens ever issued to an account.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    issued: BTreeMap<String, Issued>,
    stable: Option<String>,
    forced_at: Option<u64>,
}

/// Which endpoint issued a token; neither touches the other's (wechat-api §6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Classic,
    Stable,
}

#[derive(Clone, Copy, Debug)]
struct Issued {
    set: Set,
    expires: u64,
    /// When it ends before its time because another has replaced it.
    replaced: Option<u64>,
}

impl Tokens {
    pub(crate) fn know(&self, token: &str) -> bool {
        self.issued.contains_key(token)
    }

    /// Whether the token is good now (wechat-api §6.4).
    pub(crate) fn check(&self, token: &str, now: u64) -> Result<(), Refusal> {
        let Some(issued) = self.issued.get(token) else {
            return Err(Refusal::of(40001));
        };
        if issued.replaced.is_some_and(|end| now >= end) {
            return Err(Refusal::of(40001));
        }
        if now >= issued.expires {
            return Err(Refusal::of(42001));
        }
        Ok(())
    }

    pub(crate) fn revoke_all(&mut self) {
        for issued in self.issued.values_mut() {
            issued.replaced = Some(0);
        }
        self.stable = None;
    }

    /// Ends all tokens of a set at `end`, unless they end before.
    fn replace(&mut self, set: Set, end: u64) {
        for issued in self.issued.values_mut().filter(|issued| issued.set == set) {
            issued.replaced = Some(issued.replaced.map_or(end, |before| before.min(end)));
        }
    }

    fn expiry(&self, token: Option<&String>) -> Option<u64> {
        self.issued.get(token?).map(|issued| issued.expires)
    }
}

/// Whether a text has the shape of a token: digits, underscore, URL-safe characters.
pub(crate) fn well_formed(token: &str) -> bool {
    let Some((number, rest)) = token.split_once('_') else {
        return false;
    };
    (SHORTEST..=LONGEST).contains(&token.len())
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

fn issue(account: &mut Account, set: Set) -> String {
    let number = 60 + account.noise.below(40);
    let before = account.noise.id(BEFORE_MARK);
    let after = account.noise.id(TOKEN_LENGTH - BEFORE_MARK - TOKEN_MARK.len());
    let token = format!("{number}_{before}{TOKEN_MARK}{after}");
    let issued = Issued {
        set,
        expires: account.clock.now() + account.token_lifetime,
        replaced: None,
    };
    account.tokens.issued.insert(token.clone(), issued);
    token
}

fn granted(token: &str, seconds: u64) -> Answer {
    Answer::Json(json!({"access_token": token, "expires_in": seconds}))
}

/// The account for these credentials, checked in the order that the real server was seen to keep:
/// app id, secret, address (wechat-api §2.3).
fn account<'a>(
    world: &'a mut World,
    path: &str,
    app_id: &mut Option<String>,
    given: [Option<&str>; 3],
) -> Result<&'a mut Account, Refusal> {
    let [grant_type, id, secret] = given.map(|text| text.filter(|text| !text.is_empty()));
    if grant_type != Some("client_credential") {
        return Err(Refusal::of(40002));
    }
    let id = id.ok_or(Refusal::of(41002))?;
    let account = world.accounts.get_mut(id).ok_or(Refusal::of(40013))?;
    *app_id = Some(id.to_owned());
    if let Some(refusal) = account.planned_refusal(path) {
        return Err(refusal);
    }
    let secret = secret.ok_or(Refusal::of(41004))?;
    if secret != account.secret {
        return Err(Refusal::of(40125));
    }
    account.check_address()?;
    Ok(account)
}

/// GET /cgi-bin/token (wechat-api §6.1): always a new token; the former stays good for 5 minutes.
pub(crate) fn classic(world: &mut World, request: &Request, app_id: &mut Option<String>) -> Result<Answer, Refusal> {
    let given = ["grant_type", "appid", "secret"].map(|name| request.query(name));
    let account = account(world, request.path(), app_id, given)?;
    account.admit(request.path())?;
    let now = account.clock.now();
    account.tokens.replace(Set::Classic, now + GRACE);
    let token = issue(account, Set::Classic);
    Ok(granted(&token, account.token_lifetime))
}

/// POST /cgi-bin/stable_token (wechat-api §6.2): the same token to everybody who asks, until it is
/// about to expire or somebody forces a new one.
pub(crate) fn stable(world: &mut World, request: &Request, app_id: &mut Option<String>) -> Result<Answer, Refusal> {
    let body = request.json()?;
    let fields = Fields::of(&body)?;
    let given = [
        fields.text("grant_type")?,
        fields.text("appid")?,
        fields.text("secret")?,
    ];
    let force = match fields.get("force_refresh") {
        None => false,
        Some(Value::Bool(force)) => *force,
        Some(_) => return Err(Refusal::of(47001)),
    };
    let account = account(world, request.path(), app_id, given)?;
    let now = account.clock.now();
    let left = account
        .tokens
        .expiry(account.tokens.stable.as_ref())
        .map_or(0, |expires| expires.saturating_sub(now));

    if force {
        let forced_at = account.tokens.forced_at;
        if left == 0 || forced_at.is_none_or(|before| now >= before + FORCE_PAUSE) {
            account.admit_force_refresh()?;
            // All stable tokens end, the one before the last rotation included.
            account.tokens.replace(Set::Stable, now);
            account.tokens.forced_at = Some(now);
            return Ok(fresh(account));
        }
    } else {
        account.admit(request.path())?;
    }
    match &account.tokens.stable {
        // The former one is not cut short: for its last minutes both are good.
        Some(token) if left > ROTATION || (force && left > 0) => Ok(granted(token, left)),
        _ => Ok(fresh(account)),
    }
}

fn fresh(account: &mut Account) -> Answer {
    let token = issue(account, Set::Stable);
    account.tokens.stable = Some(token.clone());
    granted(&token, account.token_lifetime)
}
