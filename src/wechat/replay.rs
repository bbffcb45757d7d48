//! Calls with a token, and their replay with another one. A refused token means that nothing was executed (wechat-api
//! §6.4), so the same request is sent again with another token: the one that WeChat gives in normal mode, and only if
//! that is the refused one itself and is refused again, a forced one.

use std::cell::Cell;

use zeroize::Zeroizing;

use super::attempt::{Outgoing, Sender};
use super::endpoint::Endpoint;
use super::errcode::is_refused_token;
use super::query::{ENCODED, push_encoded};
use super::reply::Reply;
use super::token::{MayForce, TokenCache};
use crate::bindings::types::Error;
use crate::error::Result;
use crate::secret::Secret;
use crate::transport::{Clock, Transport};

/// Beginning of every query: the token comes after it.
const TOKEN_PARAMETER: &str = "?access_token=";

/// Makes a call with the account's token.
pub async fn call<T: Transport + Clock>(
    sender: &Sender<'_, T>,
    tokens: &TokenCache,
    endpoint: &Endpoint,
    outgoing: Outgoing<'_>,
) -> Result<Reply> {
    let now = sender.transport.now();
    let deadline = sender.deadline(now);
    let may_have_executed = Cell::new(false);
    let outgoing = Outgoing {
        deadline,
        may_have_executed: Some(&may_have_executed),
        ..outgoing
    };
    let (first, unwaited) = match tokens.fresh(now) {
        Some(token) => (token, Some(now)),
        None => (tokens.get(sender, now, deadline).await?.0, None),
    };
    let at_once = Outgoing {
        now: unwaited,
        ..outgoing
    };
    match send(sender, endpoint, &first, at_once).await {
        Err(error) if is_token_refusal(&error) => {}
        outcome => return outcome,
    }
    let second = tokens.refresh(sender, deadline).await?;
    let mut refused = match send(sender, endpoint, &second, outgoing).await {
        Err(error) if is_token_refusal(&error) => error,
        outcome => return outcome,
    };
    tokens.forget();
    if first != second {
        return Err(refused);
    }
    match tokens.may_force(&second, sender.transport.now()) {
        MayForce::Now => {}
        MayForce::After(milliseconds) => {
            refused.retry_after_seconds = u32::try_from(milliseconds.div_ceil(1000)).ok();
            return Err(refused);
        }
        MayForce::Never => {
            sender.config.texts.attempt.not_forced.clone_into(&mut refused.advice);
            return Err(refused);
        }
    }
    let third = tokens.force(sender, &second, deadline).await?;
    send(sender, endpoint, &third, outgoing).await.inspect_err(|error| {
        if is_token_refusal(error) {
            tokens.forget();
        }
    })
}

async fn send<T: Transport + Clock>(
    sender: &Sender<'_, T>,
    endpoint: &Endpoint,
    token: &Secret,
    outgoing: Outgoing<'_>,
) -> Result<Reply> {
    let target = target(endpoint, token, outgoing.query);
    sender.send(endpoint, &target, Some(token), outgoing).await
}

/// Writes path and query into a buffer that is long enough from the start: growing would leave a copy of the token in
/// memory. An id may have any length.
fn target(endpoint: &Endpoint, token: &Secret, query: &[(&str, &str)]) -> Zeroizing<String> {
    let parameter = |(name, value): &(&str, &str)| "&=".len() + name.len() + value.len() * ENCODED;
    let parameters: usize = query.iter().map(parameter).sum();
    let room = endpoint.path.len() + TOKEN_PARAMETER.len() + token.expose_secret().len() * ENCODED;
    let mut target = Zeroizing::new(String::with_capacity(room + parameters));
    *target += endpoint.path;
    *target += TOKEN_PARAMETER;
    push_encoded(&mut target, token.expose_secret());
    for (name, value) in query {
        target.push('&');
        *target += name;
        target.push('=');
        push_encoded(&mut target, value);
    }
    target
}

fn is_token_refusal(error: &Error) -> bool {
    error.errcode.is_some_and(is_refused_token)
}

#[cfg(test)]
mod tests;
