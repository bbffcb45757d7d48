//! Every fault of a request: its name, its form in JSON, its description, and its effect.

use std::fmt;
use std::time::Duration;

use http::HeaderValue;
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumMessage, IntoStaticStr, VariantNames};

use super::effect::{self, Delivery, Effect, Step, raw};
use crate::api_error::ApiError;
use crate::model::alteration::Alteration;
use crate::wire::reply::Reply;

/// Length of a huge header's value: more than clients accept. The limit of hyper, for one, is about 400 KiB.
const HUGE_HEADER: usize = 1024 * 1024;

/// A fault of one request.
///
/// The first line of each variant is in the table of `docs/reliability.md` and in `--help`. The request is executed
/// as usual and only the reply is changed, unless the variant's documentation differs. The field `executed` makes it
/// a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, EnumMessage, IntoStaticStr, VariantNames)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case")]
#[non_exhaustive]
pub enum Fault {
    /// Silence, then the normal reply.
    ///
    /// A limit on the first byte fires if it is shorter.
    Delay {
        /// Milliseconds before the first byte of the reply.
        ms: u64,
    },
    /// The head and the first half of the body, then silence on an open connection.
    ///
    /// It is ended only by a limit between bytes or on the whole call.
    Stall,
    /// The head, then the body byte by byte.
    ///
    /// A limit between bytes never fires, only one on the whole call. The connection closes after the last byte, as the
    /// head announces.
    Trickle {
        /// Milliseconds before each byte.
        ms: u64,
    },
    /// The connection ends after the head of the request, which is not executed.
    ///
    /// The client finds an end of file or a reset, perhaps while it still writes the body.
    CloseBeforeBody,
    /// The connection ends in the middle of the request's body. The request is not executed.
    ///
    /// The client mostly finds a reset while it writes.
    CloseInBody {
        /// Bytes of the body to read first. The default is half of the announced length.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<u64>,
    },
    /// The connection ends after the whole request, which is not executed. No byte of a reply comes.
    ///
    /// The client cannot distinguish it from [`Fault::LostReply`].
    CloseAfterBody,
    /// The connection ends after the whole request, which is executed. No byte of a reply comes.
    ///
    /// The client cannot distinguish it from [`Fault::CloseAfterBody`].
    LostReply,
    /// The normal head with its content-length, half of the body, then the end of the connection.
    TruncatedBody,
    /// A content-length of half the body, then the whole body, then the end of the connection.
    ///
    /// The client finds half of the body, and surplus bytes after it.
    ContentLengthTooSmall,
    /// A content-length of twice the body plus one, then the whole body, then the end of the connection.
    ///
    /// The body is complete, but shorter than announced.
    ContentLengthTooLarge,
    /// Two content-length headers, the right one and one more by one, then body and end of the connection.
    TwoContentLengths,
    /// The right content-length in two headers, then body and end of the connection.
    ContentLengthTwice,
    /// Another status and body in place of the normal reply: the page of a gateway, or nothing at all.
    Status {
        /// HTTP status; 200 too.
        #[serde(with = "status_code")]
        code: StatusCode,
        /// Content of the body.
        #[serde(default)]
        body: FaultBody,
        /// True if the request is executed. The client cannot know.
        #[serde(default)]
        executed: bool,
    },
    /// A redirection elsewhere, with an empty body. The request is not executed.
    Redirect {
        /// HTTP status, such as 301 or 302.
        #[serde(with = "status_code")]
        code: StatusCode,
        /// Address of the redirection.
        location: String,
    },
    /// The normal reply with control characters and invalid UTF-8 at the beginning of its first JSON string value.
    ///
    /// See wechat-api §3.3. A reply without such a value stays as it is.
    GarbledJson,
    /// 50 MiB of well-formed JSON.
    ///
    /// A limit on the length of replies is the only help.
    HugeBody {
        /// True if the length is announced. Otherwise the body is chunked.
        #[serde(default)]
        content_length: bool,
    },
    /// The normal reply with one more header, whose value has 1 MiB.
    HugeHeader,
    /// An error of WeChat's with that code, as the server itself writes it.
    ///
    /// `Account::refuse_next` is for one account, and only for requests with a valid token.
    Errcode {
        /// errcode, such as −1 (wechat-api §19.2).
        code: i64,
        /// True if the request is executed. The client cannot know.
        #[serde(default)]
        executed: bool,
    },
    /// The normal body under a wrong content type: JSON as `image/jpeg`, a file as `text/plain`.
    ///
    /// The file has no content-disposition (wechat-api §3.5).
    Mislabelled,
    /// Every inline style of the articles is empty, for no reason: stored so, or read so.
    ///
    /// It was seen on the real server (article-html §2). No error tells of this fault and the next three: the request
    /// succeeds. Articles of a request (draft/add, draft/update) are changed before they are stored, and those of a
    /// reply (draft/get, draft/batchget, get_material, getarticle …) before they are written, without the store.
    StyleEmptied,
    /// The articles have the first half of their titles only.
    TitleCut,
    /// The articles lack the first picture of their HTML, or a picture message its last picture.
    PictureDropped,
    /// The articles have the first half of their text only, between the same tags.
    TextLost,
}

impl Fault {
    /// Returns the effect on one exchange: the one place that knows what a fault does.
    pub(crate) fn effect(&self) -> Effect {
        match self.clone() {
            Fault::Delay { ms } => Effect::on_reply(move |reply| Delivery::Delayed(reply, Duration::from_millis(ms))),
            Fault::Stall => Effect::on_reply(|reply| {
                let (length, half) = (reply.body.len(), half(&reply));
                raw(reply, &[length], [Step::Send(half), Step::AwaitEnd])
            }),
            Fault::Trickle { ms } => Effect::on_reply(move |reply| {
                let body = reply.body.clone();
                let length = body.len();
                raw(reply, &[length], [Step::Trickle(body, Duration::from_millis(ms))])
            }),
            Fault::CloseBeforeBody => Effect::close_in_body(Some(0)),
            Fault::CloseInBody { after } => Effect::close_in_body(after),
            Fault::CloseAfterBody => Effect::on_reply(|_| Delivery::Close).executed(false),
            Fault::LostReply => Effect::on_reply(|_| Delivery::Close),
            Fault::TruncatedBody => Effect::on_reply(|reply| {
                let (length, half) = (reply.body.len(), half(&reply));
                raw(reply, &[length], [Step::Send(half)])
            }),
            Fault::ContentLengthTooSmall => Effect::content_lengths(|length| vec![length / 2]),
            Fault::ContentLengthTooLarge => Effect::content_lengths(|length| vec![2 * length + 1]),
            Fault::TwoContentLengths => Effect::content_lengths(|length| vec![length, length + 1]),
            Fault::ContentLengthTwice => Effect::content_lengths(|length| vec![length, length]),
            Fault::Status { code, body, executed } => {
                Effect::on_reply(move |_| Delivery::Normal(body.reply(code))).executed(executed)
            }
            Fault::Redirect { code, location } => Effect::on_reply(move |_| {
                let mut elsewhere = Reply::empty(code);
                if let Ok(location) = HeaderValue::try_from(location) {
                    elsewhere.headers.insert(LOCATION, location);
                }
                Delivery::Normal(elsewhere)
            })
            .executed(false),
            Fault::GarbledJson => Effect::on_reply(|mut reply| {
                reply.body = effect::garbled(&reply.body);
                Delivery::Normal(reply)
            }),
            Fault::HugeBody { content_length } => Effect::on_reply(move |mut reply| {
                reply.errcode = Some(0);
                Delivery::Huge(reply, content_length)
            }),
            Fault::HugeHeader => Effect::on_reply(|mut reply| {
                if let Ok(value) = HeaderValue::try_from(vec![b'x'; HUGE_HEADER]) {
                    reply.headers.insert("x-huge", value);
                }
                Delivery::Normal(reply)
            }),
            Fault::Errcode { code, executed } => Effect::on_reply(Delivery::Normal)
                .executed(executed)
                .error(ApiError::new(code)),
            Fault::Mislabelled => Effect::on_reply(|mut reply| {
                let is_file = reply.headers.remove(CONTENT_DISPOSITION).is_some();
                let wrong = if is_file { "text/plain" } else { "image/jpeg" };
                reply.headers.insert(CONTENT_TYPE, HeaderValue::from_static(wrong));
                Delivery::Normal(reply)
            }),
            Fault::StyleEmptied => Effect::none().alteration(Alteration::StyleEmptied),
            Fault::TitleCut => Effect::none().alteration(Alteration::TitleCut),
            Fault::PictureDropped => Effect::none().alteration(Alteration::PictureDropped),
            Fault::TextLost => Effect::none().alteration(Alteration::TextLost),
        }
    }

    /// Returns every fault of an exchange, with the values that tests try and documents show.
    ///
    /// [`Fault::alterations`] has the others, which leave an exchange as it is and change what it is about.
    ///
    /// Those that only a limit on time ends come first: a delay that is longer than any limit, and a trickle whose
    /// pauses are shorter than any limit between bytes.
    pub fn samples() -> Vec<Fault> {
        let status = |code, body, executed| Fault::Status { code, body, executed };
        let redirect = |code| Fault::Redirect {
            code,
            location: "https://elsewhere.example/".to_owned(),
        };
        vec![
            Fault::Delay { ms: 600_000 },
            Fault::Stall,
            Fault::Trickle { ms: 200 },
            Fault::CloseBeforeBody,
            Fault::CloseInBody { after: None },
            Fault::CloseAfterBody,
            Fault::LostReply,
            Fault::TruncatedBody,
            Fault::ContentLengthTooSmall,
            Fault::ContentLengthTooLarge,
            Fault::TwoContentLengths,
            Fault::ContentLengthTwice,
            status(StatusCode::INTERNAL_SERVER_ERROR, FaultBody::Empty, false),
            status(StatusCode::BAD_GATEWAY, FaultBody::Html, false),
            status(StatusCode::BAD_GATEWAY, FaultBody::Html, true),
            status(StatusCode::PRECONDITION_FAILED, FaultBody::Empty, false),
            status(StatusCode::NOT_IMPLEMENTED, FaultBody::Html, false),
            redirect(StatusCode::MOVED_PERMANENTLY),
            redirect(StatusCode::FOUND),
            status(StatusCode::OK, FaultBody::Html, false),
            status(StatusCode::OK, FaultBody::Html, true),
            status(StatusCode::OK, FaultBody::Empty, true),
            status(StatusCode::OK, FaultBody::Garbage, true),
            Fault::GarbledJson,
            Fault::HugeBody { content_length: true },
            Fault::HugeBody { content_length: false },
            Fault::HugeHeader,
            Fault::Errcode {
                code: -1,
                executed: false,
            },
            Fault::Errcode {
                code: -1,
                executed: true,
            },
            Fault::Mislabelled,
        ]
    }

    /// Returns every fault that changes articles on their way. The calls that meet one succeed, so the tables of
    /// outcomes have no rows for these.
    pub fn alterations() -> Vec<Fault> {
        vec![
            Fault::StyleEmptied,
            Fault::TitleCut,
            Fault::PictureDropped,
            Fault::TextLost,
        ]
    }

    /// Returns the name in JSON: the variant in kebab case.
    pub fn name(&self) -> &'static str {
        self.into()
    }

    /// Returns the description in one line: the first line of the variant's documentation.
    pub fn summary(&self) -> &'static str {
        let documentation = self.get_documentation().unwrap_or_default();
        documentation.lines().next().unwrap_or_default()
    }
}

/// Writes the name, and the values that distinguish two rows of a table.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = |executed: &bool| if *executed { "-after-acting" } else { "" };
        let name = self.name();
        match self {
            Fault::Status { code, body, executed } => write!(f, "{name}-{}-{body}{}", code.as_u16(), after(executed)),
            Fault::Redirect { code, .. } => write!(f, "{name}-{}", code.as_u16()),
            Fault::HugeBody { content_length: false } => write!(f, "{name}-without-length"),
            Fault::Errcode { code, executed } => {
                let sign = if *code < 0 { "minus-" } else { "" };
                write!(f, "{name}-{sign}{}{}", code.unsigned_abs(), after(executed))
            }
            _ => f.write_str(name),
        }
    }
}

/// Body of [`Fault::Status`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Display)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[non_exhaustive]
pub enum FaultBody {
    /// No body, and no content type.
    #[default]
    Empty,
    /// A page of HTML, as gateways and firewalls send it (wechat-api §3.1).
    Html,
    /// Bytes that are neither text nor a file, declared as JSON.
    Garbage,
    /// This text, as `text/plain`, which is how WeChat labels JSON too (wechat-api §3.2).
    Text(String),
}

impl FaultBody {
    fn reply(self, code: StatusCode) -> Reply {
        match self {
            FaultBody::Empty => Reply::empty(code),
            FaultBody::Html => Reply::with_body(code, "text/html", effect::PAGE),
            FaultBody::Garbage => Reply::with_body(code, "application/json", effect::GARBAGE),
            FaultBody::Text(text) => Reply::with_body(code, "text/plain", text),
        }
    }
}

fn half(reply: &Reply) -> bytes::Bytes {
    reply.body.slice(..reply.body.len() / 2)
}

/// A status as its number.
mod status_code {
    use http::StatusCode;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(code: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(code.as_u16())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<StatusCode, D::Error> {
        let number = u16::deserialize(deserializer)?;
        StatusCode::from_u16(number).map_err(de::Error::custom)
    }
}
