//! A transport for unit tests: answers from a list, a record of what was sent, and a clock that jumps.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::{Clock, Method, Request, Response, Transport, TransportError};
use crate::account::Account;
use crate::bindings::types::Config;

/// A record of one request.
#[derive(Debug, Clone)]
pub struct Sent {
    pub method: Method,
    pub target: String,
    pub content_type: String,
    pub body: String,
    pub at: u64,
}

#[derive(Default)]
pub struct Stub {
    answers: RefCell<VecDeque<Result<Response, TransportError>>>,
    sent: RefCell<Vec<Sent>>,
    now: Cell<u64>,
    /// The duration of each exchange, in milliseconds.
    pub takes: Cell<u64>,
}

impl Stub {
    pub fn answer(&self, body: &str) {
        self.answers.borrow_mut().push_back(Ok(Response {
            status: 200,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        }));
    }

    pub fn fail(&self, error: TransportError) {
        self.answers.borrow_mut().push_back(Err(error));
    }

    /// Fails before the other answers are given.
    pub fn fail_first(&self, error: TransportError) {
        self.answers.borrow_mut().push_front(Err(error));
    }

    pub fn respond(&self, response: Response) {
        self.answers.borrow_mut().push_back(Ok(response));
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.sent.borrow().clone()
    }

    pub fn advance(&self, milliseconds: u64) {
        self.now.set(self.now.get() + milliseconds);
    }
}

impl Transport for Stub {
    async fn send(&self, request: Request<'_>) -> Result<Response, TransportError> {
        self.sent.borrow_mut().push(Sent {
            method: request.method,
            target: request.path_with_query.to_owned(),
            content_type: request.content_type.to_owned(),
            body: String::from_utf8_lossy(&request.body.0.concat()).into_owned(),
            at: self.now.get(),
        });
        self.advance(self.takes.get());
        self.answers
            .borrow_mut()
            .pop_front()
            .expect("the test has an answer for each request")
    }
}

impl Clock for Stub {
    fn now(&self) -> u64 {
        self.now.get()
    }

    async fn sleep(&self, milliseconds: u64) {
        self.advance(milliseconds);
    }
}

pub fn config() -> Config {
    Config {
        app_id: "wx0123456789abcdef".to_owned(),
        app_secret: "0123456789abcdef0123456789abcdef".to_owned(),
        api_base: None,
        timeouts: None,
        // One attempt: the tests of `attempt` cover repetition.
        retry_pauses_milliseconds: Some(Vec::new()),
        token: None,
        may_force_token: None,
        publish_poll_milliseconds: None,
        language: None,
    }
}

/// An account that has a token.
pub fn account() -> Account<Stub> {
    let account = Account::open(config(), Stub::default()).unwrap();
    account
        .client
        .set_token(crate::secret::Secret::new("TOKEN".to_owned()), 7200);
    account
}

/// Polls a future once: the stub never waits.
pub fn block_on<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("the stub never waits"),
    }
}
