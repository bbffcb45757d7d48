//! How a call is made: token, request, reply; again where the token was refused, and again where an attempt failed and
//! repeating it does no harm.

use super::endpoint::Endpoint;
use super::errcode::{Role, is_refused_token, refusal};
use super::failure::{Again, Failed, is_passing, lost, refused, unreadable};
use super::json::{self, Object, REPAIRED};
use super::multipart::Form;
use super::query::push_encoded;
use super::reply::{self, Fate, NoAnswer, Reply, Unreadable};
use super::retry::with_jitter;
use super::token::CachedToken;
use crate::bindings::types::{Error, ErrorKind};
use crate::compose::{joined, lossy};
use crate::error::Result;
use crate::secret::Secret;
use crate::transport::{Base, Body, Clock, Request, Response, Timeouts, Transport, TransportError};
use std::cell::{Cell, RefCell};
use zeroize::{Zeroize, Zeroizing};

/// How much of a reply that is not WeChat's is shown, in characters.
const EXCERPT: usize = 200;
/// How much of WeChat's own words is shown, in characters; the longest seen have 200.
const ERRMSG: usize = 1000;
/// How much of either is searched for secrets, in bytes: enough for what is shown and a secret across its end.
const SEARCHED: usize = 8192;
const TOKEN_PARAMETER: &str = "?access_token=";
/// A byte has up to 3 characters in a query.
const ENCODED: usize = 3;
/// For the rest of a query, such as a media-id.
const QUERY_ROOM: usize = 128;
/// WeChat forces a new token 20 times a day at most (wechat-api §6.2): one in 72 minutes.
const FORCE_INTERVAL: u64 = 72 * 60 * 1000;

/// <https://developers.weixin.qq.com/doc/subscription/api/base/api_getstableaccesstoken.html>
const STABLE_TOKEN: Endpoint = Endpoint {
    role: Role::Token,
    ..Endpoint::post("/cgi-bin/stable_token")
};
/// For a token that is not needed yet, and for a forced one, which is counted (wechat-api §6.2).
const STABLE_TOKEN_ONCE: Endpoint = STABLE_TOKEN.once();

/// What identifies the account.
pub struct Credentials {
    /// AppID. No secret by itself, but it has no business in anybody's logs.
    pub app_id: Secret,
    /// AppSecret.
    pub app_secret: Secret,
}

/// Where requests go, and how patiently.
pub struct Network {
    /// The API base.
    pub base: Base,
    /// How long to wait.
    pub timeouts: Timeouts,
    /// The pause before each repetition, in milliseconds; as many repetitions as pauses.
    pub retry_pauses: Vec<u32>,
}

/// Makes calls for one account, and keeps its token.
pub struct Client<T> {
    /// The outside.
    pub transport: T,
    network: Network,
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
    /// When the call ends.
    deadline: u64,
    /// Whether an attempt of this call may have been executed.
    perhaps_done: Option<&'a Cell<bool>>,
}

impl<T: Transport + Clock> Client<T> {
    /// A client without a token.
    pub fn new(transport: T, network: Network, credentials: Credentials) -> Self {
        Self {
            transport,
            network,
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
    pub async fn post(&self, endpoint: &Endpoint, body: Vec<u8>) -> Result<Object> {
        let reply = self.post_for_file(endpoint, body).await?;
        self.object(endpoint, reply)
    }

    /// A call by POST that answers with nothing but a status. One without errcode is somebody else's: taken for a success it
    /// would tell of a deletion that never was.
    pub async fn post_for_status(&self, endpoint: &Endpoint, body: Vec<u8>) -> Result<()> {
        let answer = self.post(endpoint, body).await?;
        match answer.has("errcode") {
            true => Ok(()),
            false => Err(self.misshapen(endpoint)),
        }
    }

    /// A call by POST for a page of a list that begins at `offset`: how many there are in all, and the lines, each with its id.
    /// Anything else is not an empty list: taken for one it would make somebody add a second draft.
    pub async fn post_for_page(
        &self,
        endpoint: &Endpoint,
        body: Vec<u8>,
        offset: u32,
        id: &str,
    ) -> Result<(u64, Vec<Object>)> {
        let mut page = self.post(endpoint, body).await?;
        let total = page.count("total_count");
        let lines = page.has_objects("item").then(|| page.list("item"));
        let lines = match lines {
            Some(lines) if lines.iter().all(|line| line.has(id)) => lines,
            None if page.has("total_count") && !page.has("item") && total <= offset.into() => Vec::new(),
            _ => return Err(self.misshapen(endpoint)),
        };
        Ok((total, lines))
    }

    /// A call by POST with a JSON body, whose answer may be a file.
    pub async fn post_for_file(&self, endpoint: &Endpoint, body: Vec<u8>) -> Result<Reply> {
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
            ..Outgoing::default()
        };
        let reply = self.call(endpoint, outgoing).await?;
        self.object(endpoint, reply)
    }

    fn object(&self, endpoint: &Endpoint, reply: Reply) -> Result<Object> {
        match reply {
            Reply::Json(object) => Ok(object),
            Reply::File(_) => Err(self.misshapen(endpoint)),
        }
    }

    /// An id that the answer must have. One with a character that no id has came damaged and would name nothing.
    pub fn required_id(&self, endpoint: &Endpoint, id: String) -> Result<String> {
        match is_id(&id) {
            true => Ok(id),
            false => Err(self.misshapen(endpoint)),
        }
    }

    /// The error for an answer without what it is documented to have.
    pub fn misshapen(&self, endpoint: &Endpoint) -> Box<Error> {
        let description = "the reply has not the documented shape";
        unreadable(endpoint, description, Fate::Unknown).error
    }

    /// When a call that begins now ends.
    pub fn deadline(&self) -> u64 {
        let now = self.transport.now();
        now.saturating_add(self.network.timeouts.call.into())
    }

    /// A valid token and the seconds it has left: the cached one, or one from WeChat. In its last 5 minutes the cached one
    /// still serves where WeChat can't be asked.
    pub async fn token(&self) -> Result<(Secret, u32)> {
        self.token_before(self.deadline()).await
    }

    async fn token_before(&self, deadline: u64) -> Result<(Secret, u32)> {
        let now = self.transport.now();
        let cached = self
            .token
            .borrow()
            .as_ref()
            .map(|cached| (cached.value.clone(), cached.seconds_left(now), cached.is_due(now)));
        match cached {
            Some((value, seconds_left, false)) => Ok((value, seconds_left)),
            Some((value, seconds_left @ 1.., true)) => {
                match self.request_token(&STABLE_TOKEN_ONCE, false, deadline).await {
                    Err(error) if is_passing(&error) => Ok((value, seconds_left)),
                    outcome => outcome,
                }
            }
            _ => self.request_token(&STABLE_TOKEN, false, deadline).await,
        }
    }

    /// Takes a token that somebody else got.
    pub fn adopt_token(&self, value: Secret, seconds_left: u64) {
        *self.token.borrow_mut() = Some(CachedToken::new(value, seconds_left, self.transport.now()));
    }

    /// Forgets the token.
    pub fn forget_token(&self) {
        *self.token.borrow_mut() = None;
    }

    /// The text without the credentials and the current token.
    pub fn without_secrets(&self, text: &str) -> String {
        let cached = self.token.borrow();
        self.redacted(text, cached.as_ref().map(|cached| &cached.value))
    }

    /// The text without the credentials and this token, plain or as it stands in a query.
    fn redacted(&self, text: &str, token: Option<&Secret>) -> String {
        let Credentials { app_id, app_secret } = &self.credentials;
        // What comes in between still has the other secrets, so it is wiped.
        let clean = Zeroizing::new(app_id.redact(text));
        let Some(token) = token else {
            return app_secret.redact(&clean);
        };
        let clean = Zeroizing::new(app_secret.redact(&clean));
        let mut in_query = String::with_capacity(token.expose_secret().len() * ENCODED);
        push_encoded(&mut in_query, token.expose_secret(), b"");
        let clean = Zeroizing::new(token.redact(&clean));
        Secret::new(in_query).redact(&clean)
    }

    /// Sends with a token. A refused token means that nothing was executed (wechat-api §6.4), so the same request is
    /// sent again with another one: the one that WeChat gives in normal mode, and only where that is the refused one
    /// itself and is refused again, a forced one.
    async fn call(&self, endpoint: &Endpoint, outgoing: Outgoing<'_>) -> Result<Reply> {
        let deadline = self.deadline();
        let perhaps_done = Cell::new(false);
        let outgoing = Outgoing {
            deadline,
            perhaps_done: Some(&perhaps_done),
            ..outgoing
        };
        let (first, _) = self.token_before(deadline).await?;
        match self.send_with(endpoint, &first, outgoing).await {
            Err(error) if is_token_refusal(&error) => {}
            outcome => return outcome,
        }
        let second = self.request_token(&STABLE_TOKEN, false, deadline).await;
        let (second, _) = second.inspect_err(|_| self.forget_token())?;
        let refused = match self.send_with(endpoint, &second, outgoing).await {
            Err(error) if is_token_refusal(&error) => error,
            outcome => return outcome,
        };
        self.forget_token();
        if first != second || !self.may_force() {
            return Err(refused);
        }
        let (third, _) = self.request_token(&STABLE_TOKEN_ONCE, true, deadline).await?;
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

    async fn request_token(&self, endpoint: &Endpoint, force_refresh: bool, deadline: u64) -> Result<(Secret, u32)> {
        let Credentials { app_id, app_secret } = &self.credentials;
        let body = Zeroizing::new(json::write(|body| {
            body.text("grant_type", "client_credential")
                .text("appid", app_id.expose_secret())
                .text("secret", app_secret.expose_secret())
                .truth("force_refresh", force_refresh)
        }));
        let outgoing = Outgoing {
            content_type: JSON,
            body: Body::whole(&body),
            deadline,
            ..Outgoing::default()
        };
        let reply = self.send(endpoint, endpoint.path, None, outgoing).await?;
        let mut answer = self.object(&STABLE_TOKEN, reply)?;
        let value = Secret::new(answer.text("access_token"));
        if !is_id(value.expose_secret()) {
            return Err(self.misshapen(endpoint));
        }
        let seconds_left = answer.count("expires_in");
        self.adopt_token(value.clone(), seconds_left);
        Ok((value, u32::try_from(seconds_left).unwrap_or(u32::MAX)))
    }

    async fn send_with(&self, endpoint: &Endpoint, token: &Secret, outgoing: Outgoing<'_>) -> Result<Reply> {
        // Long enough for the token from the start: growing would leave it behind in memory.
        let room = endpoint.path.len() + TOKEN_PARAMETER.len() + token.expose_secret().len() * ENCODED;
        let mut target = Zeroizing::new(String::with_capacity(room + QUERY_ROOM));
        *target += endpoint.path;
        *target += TOKEN_PARAMETER;
        push_encoded(&mut target, token.expose_secret(), b"");
        for (name, value) in outgoing.query {
            target.push('&');
            *target += name;
            target.push('=');
            push_encoded(&mut target, value, b"");
        }
        self.send(endpoint, &target, Some(token), outgoing).await
    }

    /// One attempt, and another after a pause as long as that does no harm and there is time.
    async fn send(
        &self,
        endpoint: &Endpoint,
        target: &str,
        token: Option<&Secret>,
        outgoing: Outgoing<'_>,
    ) -> Result<Reply> {
        let pauses: &[u32] = match endpoint.retried {
            true => &self.network.retry_pauses,
            false => &[],
        };
        let mut pauses = pauses.iter();
        loop {
            let Failed { error, again } = match self.attempt(endpoint, target, token, outgoing).await {
                Ok(reply) => return Ok(reply),
                Err(failed) => failed,
            };
            let perhaps_done = outgoing.perhaps_done.is_some_and(Cell::get);
            if perhaps_done && endpoint.deletes && error.kind == ErrorKind::NotFound {
                return Ok(Reply::Json(Object::done()));
            }
            let pause = match (again, pauses.next()) {
                (Again::No, _) | (_, None) => return Err(error),
                (_, Some(&pause)) => with_jitter(pause, self.transport.now()),
            };
            if self.transport.now().saturating_add(pause) >= outgoing.deadline {
                return Err(error);
            }
            if let (Again::Harmless, Some(perhaps_done)) = (again, outgoing.perhaps_done) {
                perhaps_done.set(true);
            }
            self.transport.sleep(pause).await;
        }
    }

    /// One exchange. Every error of a call is made here, and none leaves with a secret in it.
    async fn attempt(
        &self,
        endpoint: &Endpoint,
        target: &str,
        token: Option<&Secret>,
        outgoing: Outgoing<'_>,
    ) -> std::result::Result<Reply, Failed> {
        let mut failed = match self.exchange(endpoint, target, outgoing).await {
            Err(mut error) => {
                error.message += &self.excerpt(&error.received, token);
                if endpoint.is_secret() {
                    error.received.zeroize();
                }
                lost(endpoint, error)
            }
            Ok(mut response) => {
                // A token that was damaged is of no use.
                let read = reply::read(&mut response, endpoint.answers_file, !endpoint.is_secret());
                if endpoint.is_secret() {
                    response.body.zeroize();
                }
                match read {
                    Ok(answer) => return Ok(answer),
                    Err(NoAnswer::Refused { errcode, errmsg }) => {
                        let errmsg = Zeroizing::new(errmsg);
                        let shown = self.shown(errmsg.as_bytes(), token, ERRMSG);
                        refused(endpoint, refusal(errcode, &shown, endpoint.role))
                    }
                    Err(NoAnswer::Unreadable(Unreadable { mut description, fate })) => {
                        description += &self.excerpt(&response.body, token);
                        unreadable(endpoint, &description, fate)
                    }
                }
            }
        };
        failed.error.message = self.redacted(&failed.error.message, token);
        Err(failed)
    }

    async fn exchange(
        &self,
        endpoint: &Endpoint,
        target: &str,
        outgoing: Outgoing<'_>,
    ) -> std::result::Result<Response, TransportError> {
        if self.transport.now() >= outgoing.deadline {
            return Err(TransportError::not_sent("the time for the call as a whole is over"));
        }
        let request = Request {
            method: endpoint.method,
            base: &self.network.base,
            path_with_query: target,
            content_type: outgoing.content_type,
            body: outgoing.body,
            timeouts: self.network.timeouts,
            deadline: outgoing.deadline,
            reply_limit: endpoint.reply_limit,
            reply_is_secret: endpoint.is_secret(),
        };
        self.transport.send(request).await
    }

    /// How a reply begins that is not WeChat's, or not whole. A reply to a request without token is never shown: it may hold
    /// the new one.
    fn excerpt(&self, body: &[u8], token: Option<&Secret>) -> String {
        match token {
            Some(_) if !body.is_empty() => joined(&["; it begins: ", &self.shown(body, token, EXCERPT)]),
            _ => String::new(),
        }
    }

    /// The first characters of what a server said: without secrets, which are removed before the cut, as that could leave a part
    /// of one; and without control characters, which terminals obey.
    fn shown(&self, said: &[u8], token: Option<&Secret>, characters: usize) -> String {
        let said = said.get(..SEARCHED).unwrap_or(said);
        let text = Zeroizing::new(lossy(said));
        let clean = self.redacted(&text, token);
        let printable = clean.chars().take(characters);
        printable
            .map(|character| if character.is_control() { ' ' } else { character })
            .collect()
    }
}

const JSON: &str = "application/json";

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic() && byte != REPAIRED)
}

fn is_token_refusal(error: &Error) -> bool {
    error.errcode.is_some_and(is_refused_token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::bindings::types::{DeleteWhich, ErrorKind, File, MaterialKind};
    use crate::transport::Method;
    use crate::transport::stub::{Stub, account, block_on, config};

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
            bytes: b"\xFF\xD8\xFF\xC0\x00\x11\x08\x00\x01\x00\x01 a picture".to_vec(),
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
    fn a_token_with_life_left_serves_while_no_new_one_can_be_had() {
        let account = fresh(&[&token("A", 7200), "<html>", COUNT, "<html>"]);
        block_on(account.verify()).unwrap();
        account.client.transport.advance(7_000_000);
        assert_eq!(block_on(account.count_drafts()).unwrap(), 3);
        account.client.transport.advance(200_000);
        assert_eq!(
            block_on(account.count_drafts()).unwrap_err().kind,
            ErrorKind::MalformedReply
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
                    format!("{add}=TOKEN&type=image"),
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
    fn a_reply_that_is_too_long_is_not_asked_for_again() {
        let account = account();
        account
            .client
            .transport
            .fail(TransportError::reply_too_long("too long"));
        let error = block_on(account.list_drafts(0, 20, true)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::MalformedReply);
        assert!(error.advice.contains("fewer"));
    }

    #[test]
    fn an_answer_of_somebody_else_is_no_empty_list() {
        let foreign = r#"{"error":"the proxy says no"}"#;
        let account = account();
        (0..5).for_each(|_| account.client.transport.answer(foreign));
        let errors = [
            block_on(account.list_drafts(0, 20, false)).map(drop),
            block_on(account.list_publications(0, 20, false)).map(drop),
            block_on(account.list_material(MaterialKind::Image, 0, 20)).map(drop),
            block_on(account.count_material()).map(drop),
            block_on(account.count_drafts()).map(drop),
        ];
        for error in errors {
            assert_eq!(error.unwrap_err().kind, ErrorKind::MalformedReply);
        }
        account.client.transport.answer(r#"{"total_count":0,"item":[]}"#);
        assert!(block_on(account.list_drafts(40, 20, false)).unwrap().items.is_empty());
    }

    #[test]
    fn a_busy_server_leaves_the_outcome_unknown_where_repeating_could_do_harm() {
        let account = account();
        let busy = r#"{"errcode":-1,"errmsg":"system error"}"#;
        account.client.transport.answer(busy);
        account.client.transport.answer(busy);
        account.client.transport.respond(Response {
            status: 503,
            ..Response::default()
        });
        let on_read = block_on(account.count_drafts()).unwrap_err();
        assert_eq!((on_read.kind, on_read.retry_after_seconds), (ErrorKind::Busy, Some(5)));
        let on_submit = block_on(account.submit("M")).unwrap_err();
        assert_eq!(
            (on_submit.kind, on_submit.retry_after_seconds),
            (ErrorKind::OutcomeUnknown, None)
        );
        assert_eq!(on_submit.errcode, Some(-1));
        assert!(!on_submit.advice.contains("ry again"), "{}", on_submit.advice);
        assert_eq!(block_on(account.count_drafts()).unwrap_err().kind, ErrorKind::Busy);
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
        let secret = config().app_secret;
        let odd = "TOKEN/with+odd=characters";
        let encoded = "TOKEN%2Fwith%2Bodd%3Dcharacters";
        let filler = "x".repeat(EXCERPT - 20);
        for repeated in [secret.as_str(), odd, encoded] {
            let refused = format!(r#"{{"errcode":40013,"errmsg":"{repeated} and {repeated}{repeated}"}}"#);
            for (status, body) in [
                (200, refused),
                (500, format!("a={repeated}")),
                (200, format!("{filler}{repeated}")),
            ] {
                let account = account();
                account.client.adopt_token(Secret::new(odd.to_owned()), 7200);
                account.client.transport.respond(Response {
                    status,
                    body: body.into_bytes(),
                    ..Response::default()
                });
                let error = format!("{:?}", block_on(account.count_drafts()).unwrap_err());
                assert!(error.contains("[redacted]"), "{error}");
                assert!(!error.contains("TOKEN") && !error.contains("01234567"), "{error}");
            }
        }
    }

    #[test]
    fn an_unreadable_reply_with_a_new_token_is_not_shown() {
        let body = format!("\u{FEFF}{}", token("CANARY", 7200));
        for status in [200, 201] {
            let account = fresh(&[]);
            account.client.transport.respond(Response {
                status,
                body: body.clone().into_bytes(),
                ..Response::default()
            });
            let error = block_on(account.verify()).unwrap_err();
            assert_eq!(error.kind, ErrorKind::MalformedReply);
            assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
        }
    }

    #[test]
    fn a_reply_that_is_not_wechat_s_is_shown_from_its_beginning() {
        let account = account();
        account.client.transport.respond(Response {
            status: 502,
            body: format!("<html>\n{}", "y".repeat(EXCERPT)).into_bytes(),
            ..Response::default()
        });
        let message = block_on(account.count_drafts()).unwrap_err().message;
        assert!(
            message.starts_with("/cgi-bin/draft/count: HTTP status 502; it begins: <html> yyy"),
            "{message}"
        );
        assert!(message.ends_with('y') && message.len() < 260);
    }

    #[test]
    fn an_answer_of_somebody_else_is_no_success() {
        for answer in [
            "{}",
            r#"{"error":"blocked"}"#,
            r#"{"code":403}"#,
            r#"{"errcode":"blocked"}"#,
        ] {
            let account = account();
            (0..2).for_each(|_| account.client.transport.answer(answer));
            let outcome = block_on(account.delete_draft("M"));
            assert_eq!(outcome.unwrap_err().kind, ErrorKind::MalformedReply, "{answer}");
            let outcome = block_on(account.delete_publication("M", DeleteWhich::All));
            assert_eq!(outcome.unwrap_err().kind, ErrorKind::OutcomeUnknown, "{answer}");
        }
    }

    #[test]
    fn a_page_has_all_its_lines_or_is_none() {
        let list = |page: &str, offset| {
            let account = account();
            account.client.transport.answer(page);
            block_on(account.list_drafts(offset, 20, false))
        };
        for (page, offset) in [(r#"{"total_count":3}"#, 3), (r#"{"total_count":3,"item":[]}"#, 0)] {
            assert!(list(page, offset).unwrap().items.is_empty(), "{page}");
        }
        for (page, offset) in [
            (r#"{"total_count":3}"#, 2),
            (r#"{"item":{"a":1}}"#, 0),
            (r#"{"total_count":0,"item":"x"}"#, 0),
            (r#"{"item":[{"media_id":"M"},"y"]}"#, 0),
            (r#"{"item":[{"id":"M"}]}"#, 0),
        ] {
            assert_eq!(
                list(page, offset).unwrap_err().kind,
                ErrorKind::MalformedReply,
                "{page}"
            );
        }
    }

    #[test]
    fn what_a_refusal_says_is_cut_and_cleaned() {
        let account = fresh(&[
            r#"{"errcode":40164,"errmsg":"invalid ip 0123456789abcdef0123456789abcdef ipv6 x, \u001b[31m not in whitelist"}"#,
            &format!(r#"{{"errcode":45009,"errmsg":"{} rid"}}"#, "写".repeat(100_000)),
        ]);
        let error = block_on(account.verify()).unwrap_err();
        assert_eq!(error.message, "invalid ip [redacted] ipv6 x,  [31m not in whitelist");
        assert_eq!(error.subject.as_deref(), Some("[redacted]"));
        assert_eq!(block_on(account.verify()).unwrap_err().message, "写".repeat(1000));
    }

    #[test]
    fn a_reply_that_broke_off_is_shown_from_its_beginning() {
        let account = account();
        let stub = &account.client.transport;
        let broken = TransportError::reply_lost("the reply ended after 9 of 20 bytes");
        stub.fail(broken.clone().after(b"{\"a\":\"TOKE".to_vec()));
        stub.fail(broken);
        let message = || block_on(account.count_drafts()).unwrap_err().message;
        assert_eq!(
            message(),
            "the reply ended after 9 of 20 bytes; it begins: {\"a\":\"[redacted]"
        );
        assert_eq!(message(), "the reply ended after 9 of 20 bytes");
    }

    #[test]
    fn an_id_or_address_that_came_damaged_is_no_success() {
        let account = account();
        for id in ["?M", "M M", "M\u{1}", "写", ""] {
            account.client.transport.answer(&format!("{{\"media_id\":\"{id}\"}}"));
            let error = block_on(account.upload_image(&jpg())).unwrap_err();
            assert_eq!(error.kind, ErrorKind::OutcomeUnknown, "{id}");
        }
        account
            .client
            .transport
            .answer(r#"{"media_id":"M","url":"?http://mmbiz.qpic.cn/a"}"#);
        assert_eq!(block_on(account.upload_image(&jpg())).unwrap().url, "");
        account.client.transport.answer(r#"{"url":"?http://mmbiz.qpic.cn/a"}"#);
        let error = block_on(account.upload_article_image(&jpg())).unwrap_err();
        assert_eq!(error.kind, ErrorKind::MalformedReply);
    }

    #[test]
    fn queries_are_percent_encoded() {
        let account = account();
        account.client.transport.answer(r#"{"errcode":40007,"errmsg":"x"}"#);
        let get = Endpoint::get("/cgi-bin/media/get").with_file_reply();
        let _ = block_on(account.client.get_file(&get, &[("media_id", "a/b&c=写 -_.~")]));
        assert_eq!(
            targets(&account),
            ["/cgi-bin/media/get?access_token=TOKEN&media_id=a%2Fb%26c%3D%E5%86%99%20-_.~"]
        );
    }
}
