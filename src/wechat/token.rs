//! The access token of an account: in its memory, and from WeChat (wechat-api §6).

use std::cell::RefCell;

use serde::Serialize;
use zeroize::Zeroizing;

use super::attempt::{Outgoing, Sender};
use super::attempt_error::{is_transient, unexpected_shape};
use super::body;
use super::endpoint::Endpoint;
use super::reply::Reply;
use super::token_reply::TokenReply;
use crate::bindings::types::{Error, ErrorKind};
use crate::error::Result;
use crate::secret::Secret;
use crate::transport::{Body, Clock, Transport};

/// WeChat rotates a token 5 minutes before its end, and both are valid then (wechat-api §6.2): asked earlier it would
/// give the same one again.
const RENEW_BEFORE_END: u64 = 5 * 60 * 1000;
/// WeChat forces a new token 20 times a day at most (wechat-api §6.2): one in 72 minutes.
const FORCE_INTERVAL: u64 = 72 * 60 * 1000;
/// Pause after a request for a token that failed, if the next call can do without, or would ask in vain. WeChat asks
/// for a minute after too many requests (wechat-api §19.6), and does not force twice in 30 seconds (wechat-api §6.2).
/// Many calls that fail together then make one such request and not one each.
const PAUSE_AFTER_FAILURE: u64 = 60 * 1000;

/// <https://developers.weixin.qq.com/doc/subscription/api/base/api_getstableaccesstoken.html>
const STABLE_TOKEN: Endpoint = Endpoint::token("/cgi-bin/stable_token");
/// The same without repetition: for a token that is not needed yet, and for a forced one, which WeChat counts
/// (wechat-api §6.2).
const STABLE_TOKEN_NO_RETRY: Endpoint = Endpoint::token("/cgi-bin/stable_token").no_retry();

#[derive(Serialize)]
struct TokenRequest<'a> {
    grant_type: &'a str,
    appid: &'a str,
    secret: &'a str,
    force_refresh: bool,
}

/// A token and the time it has. Times are milliseconds of [`Clock::now`].
struct CachedToken {
    value: Secret,
    renew_at: u64,
    ends_at: u64,
}

impl CachedToken {
    fn new(value: Secret, seconds_left: u64, now: u64) -> Self {
        let life = seconds_left.saturating_mul(1000);
        let ends_at = now.saturating_add(life);
        Self {
            value,
            // A token with less life is used to its end; else it would be asked for again at each call.
            renew_at: match life > RENEW_BEFORE_END {
                true => ends_at - RENEW_BEFORE_END,
                false => ends_at,
            },
            ends_at,
        }
    }

    fn is_due(&self, now: u64) -> bool {
        now >= self.renew_at
    }

    fn seconds_left(&self, now: u64) -> u32 {
        u32::try_from(self.ends_at.saturating_sub(now) / 1000).unwrap_or(u32::MAX)
    }
}

/// The last request for a forced token.
struct Forced {
    at: u64,
    outcome: ForcedOutcome,
}

enum ForcedOutcome {
    /// WeChat gave a new token.
    Done,
    /// WeChat refused, and so did not count it.
    Refused,
    /// The reply was lost, or the server failed. If WeChat counted the request, it replaced this token: forcing ends
    /// the former token at once (wechat-api §6.2). If the normal mode still returns this one, WeChat has not counted
    /// it.
    Unclear(Secret),
}

/// Permission to force a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayForce {
    /// Now.
    Now,
    /// Not before this many milliseconds have passed.
    After(u64),
    /// Never: somebody else does, for all who share the token.
    Never,
}

/// Keeps an account's token, and gets another one when it is needed.
pub struct TokenCache {
    token: RefCell<Option<CachedToken>>,
    may_force: bool,
    forced: RefCell<Option<Forced>>,
}

impl TokenCache {
    /// Makes a cache without a token, which may force one or not.
    pub const fn new(may_force: bool) -> Self {
        Self {
            token: RefCell::new(None),
            may_force,
            forced: RefCell::new(None),
        }
    }

    /// Returns a valid token and the seconds it has left: the cached one, or one from WeChat. In its last 5 minutes the
    /// cached one still serves if WeChat can't be asked, or has no answer just now. It is then asked again after a
    /// pause.
    pub async fn get<T: Transport + Clock>(
        &self,
        sender: &Sender<'_, T>,
        now: u64,
        deadline: u64,
    ) -> Result<(Secret, u32)> {
        match self.cached_at(now) {
            Some((value, seconds_left, false)) => Ok((value, seconds_left)),
            Some((value, seconds_left @ 1.., true)) => {
                match self.request(sender, &STABLE_TOKEN_NO_RETRY, false, deadline).await {
                    Err(error) if may_pass(&error) => {
                        self.put_off_renewal(sender.transport.now());
                        Ok((value, seconds_left))
                    }
                    outcome => outcome,
                }
            }
            _ => self.request(sender, &STABLE_TOKEN, false, deadline).await,
        }
    }

    /// Returns the cached token if nobody has to ask WeChat for another one yet.
    pub fn fresh(&self, now: u64) -> Option<Secret> {
        match self.cached_at(now) {
            Some((value, _, false)) => Some(value),
            _ => None,
        }
    }

    /// Returns the cached token, the seconds it has left, and whether it is due for renewal.
    fn cached_at(&self, now: u64) -> Option<(Secret, u32, bool)> {
        let cached = self.token.borrow();
        let cached = cached.as_ref()?;
        Some((cached.value.clone(), cached.seconds_left(now), cached.is_due(now)))
    }

    /// Gets a token from WeChat in normal mode. WeChat gives the same one as long as it is valid.
    pub async fn refresh<T: Transport + Clock>(&self, sender: &Sender<'_, T>, deadline: u64) -> Result<Secret> {
        let token = self.request(sender, &STABLE_TOKEN, false, deadline).await;
        token.map(|(token, _)| token).inspect_err(|_| self.forget())
    }

    /// Returns whether WeChat may be made to replace this token, which it refuses.
    pub fn may_force(&self, refused: &Secret, now: u64) -> MayForce {
        if !self.may_force {
            return MayForce::Never;
        }
        let forced = self.forced.borrow();
        let Some(Forced { at, outcome }) = forced.as_ref() else {
            return MayForce::Now;
        };
        let pause = match outcome {
            ForcedOutcome::Done => FORCE_INTERVAL,
            ForcedOutcome::Unclear(replaced) if replaced != refused => FORCE_INTERVAL,
            ForcedOutcome::Unclear(_) | ForcedOutcome::Refused => PAUSE_AFTER_FAILURE,
        };
        match at.saturating_add(pause).saturating_sub(now) {
            0 => MayForce::Now,
            left => MayForce::After(left),
        }
    }

    /// Makes WeChat replace this token, which it refuses.
    pub async fn force<T: Transport + Clock>(
        &self,
        sender: &Sender<'_, T>,
        refused: &Secret,
        deadline: u64,
    ) -> Result<Secret> {
        let token = self.request(sender, &STABLE_TOKEN_NO_RETRY, true, deadline).await;
        self.forced.replace(Some(Forced {
            at: sender.transport.now(),
            outcome: match &token {
                Ok(_) => ForcedOutcome::Done,
                Err(error) if is_transient(error) => ForcedOutcome::Unclear(refused.clone()),
                Err(_) => ForcedOutcome::Refused,
            },
        }));
        token.map(|(token, _)| token)
    }

    async fn request<T: Transport + Clock>(
        &self,
        sender: &Sender<'_, T>,
        endpoint: &Endpoint,
        force_refresh: bool,
        deadline: u64,
    ) -> Result<(Secret, u32)> {
        let body = Zeroizing::new(body::json(&TokenRequest {
            grant_type: "client_credential",
            appid: sender.credentials.app_id.expose_secret(),
            secret: sender.credentials.app_secret.expose_secret(),
            force_refresh,
        }));
        let outgoing = Outgoing {
            content_type: body::CONTENT_TYPE,
            body: Body::whole(&body),
            deadline,
            ..Outgoing::default()
        };
        match sender.send(endpoint, endpoint.path, None, outgoing).await? {
            Reply::Token(TokenReply {
                access_token: Some(value),
                expires_in,
                ..
            }) => {
                self.set(value.clone(), expires_in, sender.transport.now());
                Ok((value, u32::try_from(expires_in).unwrap_or(u32::MAX)))
            }
            _ => Err(unexpected_shape(sender.config.texts, endpoint)),
        }
    }

    /// Puts the next request for a token off, though this one is due: it is used meanwhile.
    fn put_off_renewal(&self, now: u64) {
        if let Some(cached) = self.token.borrow_mut().as_mut() {
            cached.renew_at = cached.ends_at.min(now.saturating_add(PAUSE_AFTER_FAILURE));
        }
    }

    /// Takes a token that is valid for so long from now.
    pub fn set(&self, value: Secret, seconds_left: u64, now: u64) {
        *self.token.borrow_mut() = Some(CachedToken::new(value, seconds_left, now));
    }

    /// Forgets the token.
    pub fn forget(&self) {
        *self.token.borrow_mut() = None;
    }

    /// Returns the cached token, whether it is still valid or not.
    pub fn cached(&self) -> Option<Secret> {
        self.token.borrow().as_ref().map(|cached| cached.value.clone())
    }
}

/// Returns whether a request for a token can succeed later, though nothing has changed: WeChat was not reached or busy,
/// an allowance is used up (45009, 45011), or its code is unknown. An error of another kind, such as a wrong secret,
/// ends the call, so that its cause becomes known.
fn may_pass(error: &Error) -> bool {
    is_transient(error) || matches!(error.kind, ErrorKind::Quota | ErrorKind::Other)
}

#[cfg(test)]
mod tests;
