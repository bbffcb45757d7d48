//! How a call is made: token, request, reply, and once more where the token was refused.

use super::errcode::{Role, is_refused_token, refusal};
use super::json::{self, Object};
use super::multipart::Form;
use super::reply::{self, Reply, Unreadable};
use super::token::{CachedToken, TokenRequest};
use crate::bindings::types::{Error, ErrorKind};
use crate::error::{Result, plain};
use crate::secret::Secret;
use crate::transport::{Base, Body, Clock, Method, Request, Timeouts, Transport};
use serde::Serialize;
use std::cell::{Cell, RefCell};

/// Longest reply of a call that answers with ids or figures; the longest seen has a few KB.
const SMALL_REPLY: usize = 1024 * 1024;
/// Longest list or file: 20 drafts of 1 MB each (wechat-api §11.7), with room for JSON's escapes.
const LARGE_REPLY: usize = 32 * 1024 * 1024;
/// WeChat forces a new token 20 times a day at most (wechat-api §6.2): one in 72 minutes.
const FORCE_INTERVAL: u64 = 72 * 60 * 1000;

/// One operation of WeChat's API.
pub struct Endpoint {
    method: Method,
    path: &'static str,
    role: Role,
    /// Where a repetition could do harm: how to find out what happened (wechat-api §18).
    find_out: Option<&'static str>,
    reply_limit: usize,
    answers_file: bool,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str) -> Self {
        Self {
            method,
            path,
            role: Role::Plain,
            find_out: None,
            reply_limit: SMALL_REPLY,
            answers_file: false,
        }
    }

    /// A call by GET; safe to repeat unless told otherwise.
    pub const fn get(path: &'static str) -> Self {
        Self::new(Method::Get, path)
    }

    /// A call by POST; safe to repeat unless told otherwise.
    pub const fn post(path: &'static str) -> Self {
        Self::new(Method::Post, path)
    }

    /// Its id names the thing acted upon, so an invalid id means "not found".
    pub const fn on_target(mut self) -> Self {
        self.role = Role::Target;
        self
    }

    /// Repeating it could do it twice. The text tells how to find out what happened.
    pub const fn not_repeatable(mut self, find_out: &'static str) -> Self {
        self.find_out = Some(find_out);
        self
    }

    /// Its answer can be a long list.
    pub const fn with_large_reply(mut self) -> Self {
        self.reply_limit = LARGE_REPLY;
        self
    }

    /// Its answer can be a file.
    pub const fn with_file_reply(mut self) -> Self {
        self.answers_file = true;
        self.with_large_reply()
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/base/api_getstableaccesstoken.html>
const STABLE_TOKEN: Endpoint = Endpoint {
    role: Role::Token,
    ..Endpoint::post("/cgi-bin/stable_token")
};

/// What identifies the account.
pub struct Credentials {
    /// AppID.
    pub app_id: String,
    /// AppSecret.
    pub app_secret: Secret,
}

/// Makes calls for one account, and keeps its token.
pub struct Client<T> {
    /// The outside.
    pub transport: T,
    base: Base,
    timeouts: Timeouts,
    credentials: Credentials,
    token: RefCell<Option<CachedToken>>,
    forced_at: Cell<Option<u64>>,
}

/// One request as it is repeated with another token.
#[derive(Clone, Copy, Default)]
struct Outgoing<'a> {
    query: &'a [(&'a str, &'a str)],
    content_type: &'a str,
    body: Body<'a>,
}

impl<T: Transport + Clock> Client<T> {
    /// A client without a token.
    pub fn new(transport: T, base: Base, timeouts: Timeouts, credentials: Credentials) -> Self {
        Self {
            transport,
            base,
            timeouts,
            credentials,
            token: RefCell::new(None),
            forced_at: Cell::new(None),
        }
    }

    /// A call by GET.
    pub async fn get(&self, endpoint: &Endpoint) -> Result<Object> {
        let reply = self.call(endpoint, Outgoing::default()).await?;
        self.object(endpoint, reply)
    }

    /// A call by GET with a query, whose answer may be a file.
    pub async fn get_file(&self, endpoint: &Endpoint, query: &[(&str, &str)]) -> Result<Reply> {
        let outgoing = Outgoing {
            query,
            ..Outgoing::default()
        };
        self.call(endpoint, outgoing).await
    }

    /// A call by POST with a JSON body.
    pub fn post(&self, endpoint: &Endpoint, body: &impl Serialize) -> impl Future<Output = Result<Object>> {
        self.post_written(endpoint, json::write(body))
    }

    /// A call by POST with a JSON body, whose answer may be a file.
    pub fn post_for_file(&self, endpoint: &Endpoint, body: &impl Serialize) -> impl Future<Output = Result<Reply>> {
        self.post_written_for_file(endpoint, json::write(body))
    }

    // Not generic, so that they are compiled once and not for each body.

    async fn post_written(&self, endpoint: &Endpoint, body: Vec<u8>) -> Result<Object> {
        let reply = self.post_written_for_file(endpoint, body).await?;
        self.object(endpoint, reply)
    }

    async fn post_written_for_file(&self, endpoint: &Endpoint, body: Vec<u8>) -> Result<Reply> {
        let outgoing = Outgoing {
            content_type: JSON,
            body: Body::whole(&body),
            ..Outgoing::default()
        };
        self.call(endpoint, outgoing).await
    }

    /// An upload.
    pub async fn upload(&self, endpoint: &Endpoint, query: &[(&str, &str)], form: &Form<'_>) -> Result<Object> {
        let outgoing = Outgoing {
            query,
            content_type: &form.content_type,
            body: form.body(),
        };
        let reply = self.call(endpoint, outgoing).await?;
        self.object(endpoint, reply)
    }

    fn object(&self, endpoint: &Endpoint, reply: Reply) -> Result<Object> {
        match reply {
            Reply::Json(object) => Ok(object),
            Reply::File(_) | Reply::Refused { .. } => Err(self.misshapen(endpoint)),
        }
    }

    /// A text that the answer must have.
    pub fn required(&self, endpoint: &Endpoint, text: String) -> Result<String> {
        match text.is_empty() {
            true => Err(self.misshapen(endpoint)),
            false => Ok(text),
        }
    }

    /// The error for an answer without what it is documented to have.
    pub fn misshapen(&self, endpoint: &Endpoint) -> Box<Error> {
        unreadable(
            endpoint,
            Unreadable::new(format!("the reply of {} has not the documented shape", endpoint.path)),
        )
    }

    /// A valid token and the seconds it has left: the cached one, or one from WeChat.
    pub async fn token(&self) -> Result<(Secret, u32)> {
        let now = self.transport.now();
        if let Some(cached) = self.token.borrow().as_ref().filter(|cached| !cached.is_due(now)) {
            return Ok((cached.value.clone(), cached.seconds_left(now)));
        }
        self.request_token(false).await
    }

    /// Takes a token that somebody else got.
    pub fn adopt_token(&self, value: Secret, seconds_left: u64) {
        *self.token.borrow_mut() = Some(CachedToken::new(value, seconds_left, self.transport.now()));
    }

    /// Forgets the token.
    pub fn forget_token(&self) {
        *self.token.borrow_mut() = None;
    }

    /// The text without the app secret and the current token.
    pub fn without_secrets(&self, text: &str) -> String {
        let text = self.credentials.app_secret.removed_from(text);
        match self.token.borrow().as_ref() {
            Some(cached) => cached.value.removed_from(&text),
            None => text,
        }
    }

    /// Sends with a token. A refused token means that nothing was executed (wechat-api §6.4), so the same request is
    /// sent again with another one: the one that WeChat gives in normal mode, and only where that is the refused one
    /// itself and is refused again, a forced one.
    async fn call(&self, endpoint: &Endpoint, outgoing: Outgoing<'_>) -> Result<Reply> {
        let (first, _) = self.token().await?;
        match self.send_with(endpoint, &first, outgoing).await {
            Err(error) if is_token_refusal(&error) => {}
            outcome => return outcome,
        }
        let (second, _) = self.request_token(false).await.inspect_err(|_| self.forget_token())?;
        let refused = match self.send_with(endpoint, &second, outgoing).await {
            Err(error) if is_token_refusal(&error) => error,
            outcome => return outcome,
        };
        self.forget_token();
        if first != second || !self.may_force() {
            return Err(refused);
        }
        let (third, _) = self.request_token(true).await?;
        self.send_with(endpoint, &third, outgoing).await.inspect_err(|error| {
            if is_token_refusal(error) {
                self.forget_token();
            }
        })
    }

    fn may_force(&self) -> bool {
        let now = self.transport.now();
        let may = self
            .forced_at
            .get()
            .is_none_or(|then| now.saturating_sub(then) >= FORCE_INTERVAL);
        if may {
            self.forced_at.set(Some(now));
        }
        may
    }

    async fn request_token(&self, force_refresh: bool) -> Result<(Secret, u32)> {
        let body = json::write(&TokenRequest {
            grant_type: "client_credential",
            appid: &self.credentials.app_id,
            secret: self.credentials.app_secret.reveal(),
            force_refresh,
        });
        let outgoing = Outgoing {
            content_type: JSON,
            body: Body::whole(&body),
            ..Outgoing::default()
        };
        let reply = self.send(&STABLE_TOKEN, STABLE_TOKEN.path, outgoing).await?;
        let mut answer = self.object(&STABLE_TOKEN, reply)?;
        let value = self.required(&STABLE_TOKEN, answer.text("access_token"))?;
        let value = Secret::new(value);
        let seconds_left = answer.count("expires_in");
        self.adopt_token(value.clone(), seconds_left);
        Ok((value, u32::try_from(seconds_left).unwrap_or(u32::MAX)))
    }

    async fn send_with(&self, endpoint: &Endpoint, token: &Secret, outgoing: Outgoing<'_>) -> Result<Reply> {
        let mut target = String::from(endpoint.path);
        target += "?access_token=";
        push_encoded(&mut target, token.reveal());
        for (name, value) in outgoing.query {
            target.push('&');
            target += name;
            target.push('=');
            push_encoded(&mut target, value);
        }
        self.send(endpoint, &target, outgoing).await.map_err(|mut error| {
            error.message = token.removed_from(&error.message);
            error
        })
    }

    /// One exchange. Every error of a call is made here, and none leaves with the secret in it.
    async fn send(&self, endpoint: &Endpoint, target: &str, outgoing: Outgoing<'_>) -> Result<Reply> {
        let request = Request {
            method: endpoint.method,
            base: &self.base,
            path_with_query: target,
            content_type: outgoing.content_type,
            body: outgoing.body,
            timeouts: self.timeouts,
            reply_limit: endpoint.reply_limit,
        };
        let mut error = match self.transport.send(request).await {
            Err(error) if error.may_have_arrived => lost(endpoint, error.message),
            Err(error) => plain(
                ErrorKind::Network,
                error.message,
                "Nothing was sent. Check the host's network and egress policy, then try again.",
            ),
            Ok(response) => match reply::read(response, endpoint.answers_file) {
                Ok(Reply::Refused { errcode, errmsg }) => {
                    with_find_out(endpoint, refusal(errcode, &errmsg, endpoint.role))
                }
                Ok(answer) => return Ok(answer),
                Err(unread) => unreadable(endpoint, unread),
            },
        };
        error.message = self.credentials.app_secret.removed_from(&error.message);
        Err(error)
    }
}

/// Percent-encodes a query value. (By hand, as the usual crate brings 7 KB of panic texts with it.)
fn push_encoded(target: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => target.push(char::from(byte)),
            _ => {
                target.push('%');
                for digit in [byte >> 4, byte & 15] {
                    target.push(char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase());
                }
            }
        }
    }
}

const JSON: &str = "application/json";

fn is_token_refusal(error: &Error) -> bool {
    error.errcode.is_some_and(is_refused_token)
}

/// No reply, but the request may have been executed.
fn lost(endpoint: &Endpoint, message: String) -> Box<Error> {
    match endpoint.find_out {
        Some(find_out) => plain(ErrorKind::OutcomeUnknown, message, find_out),
        None => plain(
            ErrorKind::Network,
            message,
            "Repeating this call does no harm: try again.",
        ),
    }
}

/// A reply came, but it does not tell what happened.
fn unreadable(endpoint: &Endpoint, unread: Unreadable) -> Box<Error> {
    match endpoint.find_out {
        Some(find_out) if !unread.turned_away => plain(ErrorKind::OutcomeUnknown, unread.description, find_out),
        _ => plain(
            ErrorKind::MalformedReply,
            unread.description,
            "This is not an answer of WeChat's API. Check what stands between this host and WeChat (proxy, firewall); if \
             nothing does, try again later, and not with the same content where it was refused.",
        ),
    }
}

/// A busy server normally executed nothing, but for calls that must not be repeated WeChat does not promise it
/// (wechat-api §18).
fn with_find_out(endpoint: &Endpoint, mut error: Box<Error>) -> Box<Error> {
    if let (ErrorKind::Busy, Some(find_out)) = (error.kind, endpoint.find_out) {
        error.advice = format!("{} {find_out}", error.advice);
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::bindings::types::File;
    use crate::transport::stub::{Stub, account, block_on, config};
    use crate::transport::{Response, TransportError};

    const REFUSED: &str = r#"{"errcode":40001,"errmsg":"invalid credential rid: 617682e0-09059ac5-34a8e2ea"}"#;
    const COUNT: &str = r#"{"total_count":3}"#;

    fn token(value: &str, seconds: u32) -> String {
        format!(r#"{{"access_token":"{value}","expires_in":{seconds}}}"#)
    }

    /// An account without token, whose transport gives these answers.
    fn fresh(answers: &[&str]) -> Account<Stub> {
        let account = Account::open(config(), Stub::default()).unwrap();
        answers
            .iter()
            .for_each(|answer| account.client.transport.answer(answer));
        account
    }

    fn targets(account: &Account<Stub>) -> Vec<String> {
        account
            .client
            .transport
            .sent()
            .into_iter()
            .map(|sent| sent.target)
            .collect()
    }

    fn jpg() -> File {
        File {
            name: "cover.jpg".to_owned(),
            bytes: b"\xFF\xD8\xFF\xE0 a picture".to_vec(),
        }
    }

    #[test]
    fn a_token_is_asked_for_as_the_document_has_it() {
        let account = fresh(&[&token("75_Eh6x", 7200)]);
        assert_eq!(block_on(account.verify()).unwrap(), 7200);
        let sent = &account.client.transport.sent()[0];
        assert_eq!(
            (sent.method, sent.target.as_str()),
            (Method::Post, "/cgi-bin/stable_token")
        );
        assert_eq!(sent.content_type, "application/json");
        assert_eq!(
            sent.body,
            r#"{"grant_type":"client_credential","appid":"wx0123456789abcdef","secret":"0123456789abcdef0123456789abcdef","force_refresh":false}"#
        );
    }

    #[test]
    fn one_token_serves_until_5_minutes_before_its_end() {
        let account = fresh(&[&token("A", 7200), COUNT, COUNT, &token("B", 7200), COUNT]);
        block_on(account.count_drafts()).unwrap();
        account.client.transport.advance(6_899_999);
        block_on(account.count_drafts()).unwrap();
        account.client.transport.advance(1);
        block_on(account.count_drafts()).unwrap();
        assert_eq!(
            targets(&account),
            [
                "/cgi-bin/stable_token",
                "/cgi-bin/draft/count?access_token=A",
                "/cgi-bin/draft/count?access_token=A",
                "/cgi-bin/stable_token",
                "/cgi-bin/draft/count?access_token=B",
            ]
        );
    }

    #[test]
    fn a_refused_token_costs_one_refresh_and_one_replay_of_the_same_body() {
        for code in [40001, 40014, 42001] {
            let account = account();
            let stub = &account.client.transport;
            stub.answer(&format!(r#"{{"errcode":{code},"errmsg":"x"}}"#));
            stub.answer(&token("NEW", 7200));
            stub.answer(r#"{"media_id":"M","url":"http://mmbiz.qpic.cn/x"}"#);
            assert_eq!(block_on(account.upload_image(&jpg())).unwrap().media_id, "M");
            let sent = stub.sent();
            let add = "/cgi-bin/material/add_material?access_token";
            assert_eq!(
                targets(&account),
                [
                    format!("{add}=T&type=image"),
                    "/cgi-bin/stable_token".to_owned(),
                    format!("{add}=NEW&type=image")
                ]
            );
            assert!(sent[1].body.contains("\"force_refresh\":false"));
            assert!(sent[0].body.contains("a picture"));
            assert_eq!(
                (&sent[0].body, &sent[0].content_type),
                (&sent[2].body, &sent[2].content_type)
            );
        }
    }

    #[test]
    fn a_new_token_that_is_refused_too_ends_the_call() {
        let account = fresh(&[&token("A", 7200), REFUSED, &token("B", 7200), REFUSED]);
        let error = block_on(account.count_drafts()).unwrap_err();
        assert_eq!((error.kind, error.errcode), (ErrorKind::Credentials, Some(40001)));
        assert_eq!(error.rid.as_deref(), Some("617682e0-09059ac5-34a8e2ea"));
        assert_eq!(targets(&account).len(), 4);
    }

    #[test]
    fn the_same_token_refused_twice_is_forced_once() {
        let same = token("A", 7200);
        let account = fresh(&[&same, REFUSED, &same, REFUSED, &token("B", 7200), COUNT]);
        assert_eq!(block_on(account.count_drafts()).unwrap(), 3);
        assert!(
            account.client.transport.sent()[4]
                .body
                .contains("\"force_refresh\":true")
        );
        // For the next 72 minutes it is not forced again.
        let again = [REFUSED, &token("B", 7200), REFUSED];
        again.iter().for_each(|answer| account.client.transport.answer(answer));
        assert!(block_on(account.count_drafts()).is_err());
        assert_eq!(targets(&account).len(), 9);
    }

    #[test]
    fn a_wrong_secret_is_reported_and_not_repeated() {
        let account = fresh(&[REFUSED]);
        let error = block_on(account.count_drafts()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Credentials);
        assert!(error.advice.contains("AppSecret"));
        assert_eq!(targets(&account), ["/cgi-bin/stable_token"]);
    }

    #[test]
    fn a_lost_reply_is_unknown_where_repeating_could_do_harm() {
        let failures = [
            (
                TransportError::not_sent("refused"),
                ErrorKind::Network,
                ErrorKind::Network,
            ),
            (
                TransportError::reply_lost("lost"),
                ErrorKind::OutcomeUnknown,
                ErrorKind::Network,
            ),
        ];
        for (failure, on_upload, on_read) in failures {
            let account = account();
            account.client.transport.fail(failure.clone());
            account.client.transport.fail(failure);
            assert_eq!(block_on(account.upload_image(&jpg())).unwrap_err().kind, on_upload);
            assert_eq!(block_on(account.count_drafts()).unwrap_err().kind, on_read);
            assert_eq!(targets(&account).len(), 2, "nothing is repeated");
        }
    }

    #[test]
    fn an_unreadable_reply_is_unknown_unless_the_request_was_turned_away() {
        let response = |status, body: &str| Response {
            status,
            body: body.into(),
            ..Response::default()
        };
        for (response, on_submit) in [
            (response(502, "<html>"), ErrorKind::OutcomeUnknown),
            (response(200, ""), ErrorKind::OutcomeUnknown),
            (response(200, "{}"), ErrorKind::OutcomeUnknown),
            (response(412, ""), ErrorKind::MalformedReply),
            (response(501, "<html>"), ErrorKind::MalformedReply),
            (response(302, ""), ErrorKind::MalformedReply),
        ] {
            let account = account();
            account.client.transport.respond(response);
            assert_eq!(block_on(account.submit("M")).unwrap_err().kind, on_submit);
        }
    }

    #[test]
    fn what_the_server_repeats_of_a_secret_is_removed() {
        let account = account();
        let secret = config().app_secret;
        account
            .client
            .transport
            .answer(&format!(r#"{{"errcode":40013,"errmsg":"T and {secret} and TT"}}"#));
        account.client.transport.respond(Response {
            status: 500,
            body: format!("token=T secret={secret}").into_bytes(),
            ..Response::default()
        });
        for _ in 0..2 {
            let error = block_on(account.count_drafts()).unwrap_err();
            assert!(!format!("{error:?}").contains(&secret), "{error:?}");
            assert!(
                error.message.contains("[redacted]") && !error.message.contains('T'),
                "{}",
                error.message.replace("HTTP", "")
            );
        }
    }

    #[test]
    fn queries_are_percent_encoded() {
        let account = account();
        account.client.transport.answer(r#"{"errcode":40007,"errmsg":"x"}"#);
        let _ = block_on(account.get_media("a/b&c=写 -_.~"));
        assert_eq!(
            targets(&account),
            ["/cgi-bin/media/get?access_token=T&media_id=a%2Fb%26c%3D%E5%86%99%20-_.~"]
        );
    }
}
