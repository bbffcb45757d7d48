//! Access tokens (wechat-api §6): two sets, one for each of the two endpoints.

use std::collections::BTreeMap;

use super::ids::Ids;
use crate::api_error::ApiError;

/// Seconds before expiry at which stable_token changes the token by itself (wechat-api §6.2).
const ROTATION: u64 = 300;

/// Seconds for which a token that /cgi-bin/token has replaced stays valid (wechat-api §6.1).
const GRACE: u64 = 300;

/// Seconds between two forced refreshes that both refresh (wechat-api §6.2).
const FORCE_PAUSE: u64 = 30;

/// Text that is part of every token: a log that contains it contains a token, or a good part of one.
pub const TOKEN_MARK: &str = "SimulatedToken";

/// Characters before the mark: more than rid/get shows of a token (wechat-api §15.2).
const BEFORE_MARK: usize = 8;

/// Characters after the underscore. 136 to 157 in all were seen (wechat-api §6.2).
const TOKEN_LENGTH: usize = 136;

/// Length below which a text is no token (wechat-api §6.2: the shortest that was seen has 136).
const SHORTEST: usize = 64;

/// Length above which clients need not store a token (wechat-api §6.2).
const LONGEST: usize = 512;

/// All tokens that were ever issued to an account.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    issued: BTreeMap<String, Issued>,
    stable: Option<String>,
    forced_at: Option<u64>,
}

/// A token, and the seconds for which it is valid.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) token: String,
    pub(crate) seconds: u64,
}

/// The endpoint that issued a token. Neither touches the other's tokens (wechat-api §6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Classic,
    Stable,
}

#[derive(Clone, Copy, Debug)]
struct Issued {
    set: Set,
    expires: u64,
    /// The time at which another token ends this one early.
    replaced: Option<u64>,
}

impl Tokens {
    /// Returns whether the account was ever given this token.
    pub(crate) fn knows(&self, token: &str) -> bool {
        self.issued.contains_key(token)
    }

    /// Checks that the token is valid now (wechat-api §6.4).
    pub(crate) fn check(&self, token: &str, now: u64) -> Result<(), ApiError> {
        match self.issued.get(token) {
            None => Err(ApiError::new(40001)),
            Some(issued) if issued.replaced.is_some_and(|end| now >= end) => Err(ApiError::new(40001)),
            Some(issued) if now >= issued.expires => Err(ApiError::new(42001)),
            Some(_) => Ok(()),
        }
    }

    /// Ends all tokens.
    pub(crate) fn revoke_all(&mut self) {
        for issued in self.issued.values_mut() {
            issued.replaced = Some(0);
        }
        self.stable = None;
    }

    /// Issues a classic token. Its predecessors stay valid for a while (wechat-api §6.1).
    pub(crate) fn issue_classic(&mut self, ids: &mut Ids, now: u64, lifetime: u64) -> Grant {
        self.replace(Set::Classic, now + GRACE);
        self.issue(Set::Classic, ids, now, lifetime)
    }

    /// Returns whether a forced refresh would change the stable token now.
    pub(crate) fn may_force(&self, now: u64) -> bool {
        self.left(now) == 0 || self.forced_at.is_none_or(|before| now >= before + FORCE_PAUSE)
    }

    /// Ends all stable tokens, those before the last rotation included, and issues a new one.
    pub(crate) fn force_stable(&mut self, ids: &mut Ids, now: u64, lifetime: u64) -> Grant {
        self.replace(Set::Stable, now);
        self.forced_at = Some(now);
        self.issue_stable(ids, now, lifetime)
    }

    /// Returns the stable token. If it ends soon and the request is not a forced one, a new token takes its place;
    /// the old one is not cut short, so both are valid for its last minutes.
    pub(crate) fn stable(&mut self, forced: bool, ids: &mut Ids, now: u64, lifetime: u64) -> Grant {
        let seconds = self.left(now);
        match &self.stable {
            Some(token) if seconds > ROTATION || (forced && seconds > 0) => Grant {
                token: token.clone(),
                seconds,
            },
            _ => self.issue_stable(ids, now, lifetime),
        }
    }

    fn issue_stable(&mut self, ids: &mut Ids, now: u64, lifetime: u64) -> Grant {
        let grant = self.issue(Set::Stable, ids, now, lifetime);
        self.stable = Some(grant.token.clone());
        grant
    }

    fn issue(&mut self, set: Set, ids: &mut Ids, now: u64, lifetime: u64) -> Grant {
        let number = 60 + ids.below(40);
        let before = ids.id(BEFORE_MARK);
        let after = ids.id(TOKEN_LENGTH - BEFORE_MARK - TOKEN_MARK.len());
        let token = format!("{number}_{before}{TOKEN_MARK}{after}");
        let issued = Issued {
            set,
            expires: now + lifetime,
            replaced: None,
        };
        self.issued.insert(token.clone(), issued);
        Grant {
            token,
            seconds: lifetime,
        }
    }

    /// Ends all tokens of a set at `end`, unless they end before.
    fn replace(&mut self, set: Set, end: u64) {
        for issued in self.issued.values_mut().filter(|issued| issued.set == set) {
            issued.replaced = Some(issued.replaced.map_or(end, |before| before.min(end)));
        }
    }

    /// Returns the seconds for which the stable token is valid; 0 if there is none.
    fn left(&self, now: u64) -> u64 {
        let issued = self.stable.as_ref().and_then(|token| self.issued.get(token));
        issued.map_or(0, |issued| issued.expires.saturating_sub(now))
    }
}

/// Returns whether a text has the shape of a token: digits, underscore, URL-safe characters.
pub(crate) fn is_well_formed(token: &str) -> bool {
    let Some((number, rest)) = token.split_once('_') else {
        return false;
    };
    let is_url_safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (SHORTEST..=LONGEST).contains(&token.len())
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && rest.bytes().all(is_url_safe)
}
