//! Attempts: one exchange with WeChat, and another after a pause as long as that does no harm and there is time.

use std::cell::Cell;
use std::mem;

use zeroize::{Zeroize, Zeroizing};

use super::attempt_error::{AttemptError, Retry, from_body, from_errcode, from_transport};
use super::credentials::{Credentials, ERRMSG};
use super::endpoint::Endpoint;
use super::errcode::refusal;
use super::object::Object;
use super::pause::with_jitter;
use super::reply::{self, Reply, ResponseError};
use super::token_reply::TokenReply;
use crate::bindings::types::ErrorKind;
use crate::error::Result;
use crate::secret::Secret;
use crate::texts::Texts;
use crate::transport::{Base, Body, Clock, Request, Response, Timeouts, Transport, TransportError};

/// Longest refusal that is looked for in a reply that broke off, in bytes. The longest seen have some hundred.
const LONGEST_REFUSAL: usize = 8192;

/// Destination, time limits and repetitions of requests.
pub struct HttpConfig {
    /// The API base.
    pub base: Base,
    /// The times to wait.
    pub timeouts: Timeouts,
    /// The pause before each repetition, in milliseconds; as many repetitions as pauses.
    pub retry_pauses: Vec<u32>,
    /// The texts of errors.
    pub texts: &'static Texts,
}

/// One request, which may be repeated with another token.
#[derive(Clone, Copy, Default)]
pub struct Outgoing<'a> {
    /// Parameters after the token.
    pub query: &'a [(&'a str, &'a str)],
    /// Type of the body; empty if there is none.
    pub content_type: &'a str,
    /// The body.
    pub body: Body<'a>,
    /// The end of the call.
    pub deadline: u64,
    /// The time, if the call has not waited for anything since it asked. The host is then not asked again.
    pub now: Option<u64>,
    /// True once an attempt of this call may have been executed.
    pub may_have_executed: Option<&'a Cell<bool>>,
}

/// Sends requests of one account.
pub struct Sender<'a, T> {
    /// The transport and its clock.
    pub transport: &'a T,
    /// Destination, time limits and repetitions.
    pub config: &'a HttpConfig,
    /// The secrets, which no error may show.
    pub credentials: &'a Credentials,
}

impl<T: Transport + Clock> Sender<'_, T> {
    /// Returns when a call that begins at this time ends.
    pub fn deadline(&self, now: u64) -> u64 {
        now.saturating_add(self.config.timeouts.call.into())
    }

    /// Sends a request, and repeats it as its endpoint allows. `token` is the one in `target`.
    pub async fn send(
        &self,
        endpoint: &Endpoint,
        target: &str,
        token: Option<&Secret>,
        mut outgoing: Outgoing<'_>,
    ) -> Result<Reply> {
        let pauses: &[u32] = match endpoint.retried {
            true => &self.config.retry_pauses,
            false => &[],
        };
        let mut pauses = pauses.iter();
        loop {
            let AttemptError { error, retry } = match self.attempt(endpoint, target, token, outgoing).await {
                Ok(reply) => return Ok(reply),
                Err(failed) => failed,
            };
            let may_have_executed = outgoing.may_have_executed.is_some_and(Cell::get);
            if may_have_executed && endpoint.deletes && error.kind == ErrorKind::NotFound {
                return Ok(Reply::Object(Object::executed()));
            }
            let pause = match (retry, pauses.next()) {
                (Retry::Never, _) | (_, None) => return Err(error),
                (_, Some(&pause)) => with_jitter(pause, self.transport.now()),
            };
            if self.transport.now().saturating_add(pause) >= outgoing.deadline {
                return Err(error);
            }
            if let (Retry::Idempotent, Some(may_have_executed)) = (retry, outgoing.may_have_executed) {
                may_have_executed.set(true);
            }
            self.transport.sleep(pause).await;
            outgoing.now = None;
        }
    }

    /// Makes one exchange. Every error of a call is made here, and leaves without secrets.
    async fn attempt(
        &self,
        endpoint: &Endpoint,
        target: &str,
        token: Option<&Secret>,
        outgoing: Outgoing<'_>,
    ) -> std::result::Result<Reply, AttemptError> {
        let texts = self.config.texts;
        let mut failed = match self.exchange(endpoint, target, outgoing).await {
            Err(error) => self.unanswered(endpoint, error, token),
            Ok(mut response) => {
                let read = reply::read(&mut response, endpoint.answers, texts);
                if endpoint.is_secret() {
                    response.body.zeroize();
                }
                match read {
                    Ok(reply) => return Ok(reply),
                    Err(error) => self.refused_or_unreadable(endpoint, error, &response.body, token),
                }
            }
        };
        failed.error.message = self.credentials.redact(&failed.error.message, token);
        Err(failed)
    }

    /// Makes the error of an exchange that broke. A refusal that has arrived whole decides all the same: a server that
    /// does not want an upload may refuse it, and close the connection at once.
    fn unanswered(&self, endpoint: &Endpoint, mut error: TransportError, token: Option<&Secret>) -> AttemptError {
        let mut response = Response {
            status: 200,
            body: mem::take(&mut error.received),
            ..Response::default()
        };
        let texts = self.config.texts;
        let may_be_refusal = response.body.len() <= LONGEST_REFUSAL && reply::begins_object(&response.body);
        let read = may_be_refusal.then(|| reply::read(&mut response, endpoint.answers, texts));
        let failed = match read {
            Some(Err(refused @ ResponseError::Refused { .. })) => {
                self.refused_or_unreadable(endpoint, refused, &response.body, token)
            }
            _ => {
                error.message = self.with_excerpt(error.message, &response.body, token);
                from_transport(texts, endpoint, error)
            }
        };
        if endpoint.is_secret() {
            response.body.zeroize();
        }
        failed
    }

    fn refused_or_unreadable(
        &self,
        endpoint: &Endpoint,
        error: ResponseError,
        body: &[u8],
        token: Option<&Secret>,
    ) -> AttemptError {
        let texts = self.config.texts;
        match error {
            ResponseError::Refused { errcode, mut errmsg } => {
                if endpoint.is_secret() {
                    errmsg = Zeroizing::new(TokenReply::unescape(&self.credentials.redact(&errmsg, token)));
                }
                let errmsg = self.credentials.sanitized_excerpt(errmsg.as_bytes(), token, ERRMSG);
                from_errcode(texts, endpoint, refusal(texts, errcode, &errmsg, endpoint.role))
            }
            ResponseError::Unreadable { description, outcome } => {
                let description = self.with_excerpt(description, body, token);
                from_body(texts, endpoint, &description, outcome)
            }
        }
    }

    /// Adds the beginning of a reply to a message about it, if it may be shown.
    fn with_excerpt(&self, message: String, body: &[u8], token: Option<&Secret>) -> String {
        match self.credentials.excerpt(body, token) {
            Some(excerpt) => self.config.texts.attempt.begins.with([&message, &excerpt]),
            None => message,
        }
    }

    async fn exchange(
        &self,
        endpoint: &Endpoint,
        target: &str,
        outgoing: Outgoing<'_>,
    ) -> std::result::Result<Response, TransportError> {
        if outgoing.now.unwrap_or_else(|| self.transport.now()) >= outgoing.deadline {
            return Err(TransportError::not_sent(self.config.texts.transport.time_over));
        }
        let request = Request {
            method: endpoint.method,
            base: &self.config.base,
            path_with_query: target,
            content_type: outgoing.content_type,
            body: outgoing.body,
            timeouts: self.config.timeouts,
            deadline: outgoing.deadline,
            reply_limit: endpoint.reply_limit,
            reply_is_secret: endpoint.is_secret(),
            texts: &self.config.texts.transport,
        };
        self.transport.send(request).await
    }
}

#[cfg(test)]
mod tests;
