//! A server for pictures that is none: it answers as the input says, and sees to it that nothing is sent that should
//! not be.

use std::cell::{Cell, Ref, RefCell};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};
use wechat_official_account::account::Account;
use wechat_official_account::bindings::types::Config;
use wechat_official_account::media_type::media_type;
use wechat_official_account::transport::{Clock, Request, Response, Transport, TransportError};

/// Longest call, in milliseconds.
const CALL: u64 = 300_000;

/// Destination of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Article,
    Material,
}

/// The answer to a picture.
pub struct Answer {
    pub url: String,
    pub media_id: String,
}

/// A picture that was sent.
pub struct Upload {
    pub place: Place,
    pub bytes: Vec<u8>,
    /// `None`: it was refused, or the answer did not arrive.
    pub answer: Option<Answer>,
}

pub struct Server {
    answers: RefCell<std::vec::IntoIter<u8>>,
    uploads: RefCell<Vec<Upload>>,
    tokens: Cell<usize>,
    now: Cell<u64>,
    /// True if the last upload was refused for its token.
    token_refused: Cell<bool>,
    /// True if an upload was refused in a way that holds for all.
    over: Cell<bool>,
}

impl Server {
    /// Makes an account whose uploads are answered so, and those after them well.
    pub fn account(answers: &str) -> Account<Self> {
        let server = Self {
            answers: RefCell::new(answers.to_owned().into_bytes().into_iter()),
            uploads: RefCell::default(),
            tokens: Cell::default(),
            now: Cell::default(),
            token_refused: Cell::default(),
            over: Cell::default(),
        };
        let config = Config {
            app_id: "wx0123456789abcdef".to_owned(),
            app_secret: "0123456789abcdef0123456789abcdef".to_owned(),
            api_base: None,
            timeouts: None,
            // Another attempt would send the same bytes again, rightly.
            retry_pauses_milliseconds: Some(Vec::new()),
            token: None,
            may_force_token: None,
            publish_poll_milliseconds: None,
            language: None,
        };
        Account::open(config, server).expect("a valid configuration")
    }

    pub fn uploads(&self) -> Ref<'_, Vec<Upload>> {
        self.uploads.borrow()
    }

    pub fn is_over(&self) -> bool {
        self.over.get()
    }

    /// Reads the next letter; any that is not here means a success.
    fn answer(&self, upload: &mut Upload, number: usize) -> Result<Value, TransportError> {
        let refusal = |errcode: i32| Ok(json!({"errcode": errcode, "errmsg": "refused"}));
        let letter = self.answers.borrow_mut().next();
        let token_refused = self.token_refused.replace(letter == Some(b't'));
        let mut url = format!("http://mmbiz.qpic.cn/sz_mmbiz_png/{number}/0?wx_fmt=png&from=appmsg");
        match letter {
            // The picture, today's allowance, the address of the caller, the secret, a busy server.
            Some(b'p') => return refusal(40137),
            Some(b'q' | b'i' | b's') => {
                self.over.set(true);
                return refusal(match letter {
                    Some(b'q') => 45009,
                    Some(b'i') => 40164,
                    _ => 40125,
                });
            }
            Some(b'b') => return refusal(-1),
            // The token; a second time it is that of the account.
            Some(b't') => {
                self.over.set(token_refused);
                return refusal(40001);
            }
            Some(b'n') => return Err(TransportError::not_sent("no connection")),
            Some(b'l') => return Err(TransportError::reply_lost("the connection broke")),
            // After all the time that there is: without an answer, or with one.
            Some(b'x') => {
                self.now.set(self.now.get() + CALL);
                return Err(TransportError::reply_lost("the time is over"));
            }
            Some(b'y') => self.now.set(self.now.get() + CALL),
            Some(b'm') => return Ok(Value::Null),
            Some(b'u') => url.clear(),
            Some(b'h') => url = format!("http://mmbiz.qpic.cn/{number}/a'();,|^{{}}?c=d&e"),
            _ => {}
        }
        let media_id = format!("ID-{number}");
        upload.answer = Some(Answer {
            url: url.clone(),
            media_id: media_id.clone(),
        });
        Ok(match upload.place {
            Place::Article => json!({"url": url}),
            Place::Material => json!({"media_id": media_id, "url": url}),
        })
    }

    /// Checks the promises about a request.
    fn check(&self, upload: &Upload) {
        let kind = media_type(&upload.bytes);
        let small = matches!(kind, Some("image/jpeg" | "image/png"));
        assert!(small || upload.place == Place::Material && matches!(kind, Some("image/gif" | "image/bmp")));
        let uploads = self.uploads();
        let is_same = |other: &Upload| (other.place, &other.bytes) == (upload.place, &upload.bytes);
        if self.token_refused.get() {
            assert!(
                uploads.last().is_some_and(is_same),
                "the same is sent with another token"
            );
            return;
        }
        assert!(!uploads.iter().any(is_same), "the same bytes were sent before");
        assert!(self.now.get() < CALL, "an upload began when the time was over");
    }
}

impl Transport for Server {
    async fn send(&self, request: Request<'_>) -> Result<Response, TransportError> {
        assert!(!self.is_over(), "a request after one that shows that all would fail");
        let place = match request.path_with_query {
            "/cgi-bin/stable_token" => None,
            path if path.starts_with("/cgi-bin/media/uploadimg?") => Some(Place::Article),
            path if path.starts_with("/cgi-bin/material/add_material?") => Some(Place::Material),
            path => panic!("{path}"),
        };
        let answer = match place {
            None => {
                self.tokens.set(self.tokens.get() + 1);
                json!({"access_token": format!("TOKEN-{}", self.tokens.get()), "expires_in": 7200})
            }
            Some(place) => {
                let mut upload = Upload {
                    place,
                    bytes: request.body.0[1].to_vec(),
                    answer: None,
                };
                self.check(&upload);
                let number = self.uploads().len();
                let answer = self.answer(&mut upload, number);
                self.uploads.borrow_mut().push(upload);
                answer?
            }
        };
        Ok(Response {
            status: 200,
            body: answer.to_string().into_bytes(),
            ..Response::default()
        })
    }
}

impl Clock for Server {
    fn now(&self) -> u64 {
        self.now.get()
    }

    async fn sleep(&self, milliseconds: u64) {
        self.now.set(self.now.get() + milliseconds);
    }
}

/// Polls a future once: nothing here ever waits.
pub fn block_on<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("the server never waits"),
    }
}
