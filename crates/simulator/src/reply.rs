//! Replies: what an endpoint answers, and how that looks on the wire (wechat-api §3).

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::errcode::Refusal;
use super::json;

/// The success of an endpoint.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A JSON object.
    Json(Value),
    /// A JSON object with article content, in which control characters may stand bare.
    Articles(Value),
    /// `{"errcode":0,"errmsg":"ok"}`.
    Done,
    /// A file.
    File {
        bytes: Bytes,
        content_type: &'static str,
        name: String,
    },
}

/// Content type of an endpoint's JSON; the real ones differ for no visible reason (wechat-api §3.2).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Label {
    Plain,
    Encoding,
    Charset,
}

impl Label {
    fn content_type(self) -> &'static str {
        match self {
            Label::Plain => "text/plain",
            Label::Encoding => "application/json; encoding=utf-8",
            Label::Charset => "application/json; charset=utf-8",
        }
    }
}

/// A reply ready to be sent.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    /// The body's errcode, where it has that field.
    pub(crate) errcode: Option<i64>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    /// No body, only a status: 412 and the like.
    pub(crate) fn bare(status: StatusCode) -> Reply {
        Reply {
            status,
            errcode: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// A body with its content type, under any status.
    pub(crate) fn labelled(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Reply {
        let mut reply = Reply::bare(status);
        reply.body = body.into();
        reply
            .headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        reply
    }

    /// A success.
    pub(crate) fn success(answer: Answer, label: Label, raw_control_characters: bool) -> Reply {
        match answer {
            Answer::Json(value) => Reply::json(&value, label, false),
            Answer::Articles(value) => Reply::json(&value, label, raw_control_characters),
            Answer::Done => Reply::json(&json!({"errcode": 0, "errmsg": "ok"}), label, false),
            Answer::File {
                bytes,
                content_type,
                name,
            } => {
                let mut reply = Reply::labelled(StatusCode::OK, content_type, bytes);
                if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
                    reply.headers.insert(CONTENT_DISPOSITION, value);
                }
                reply
            }
        }
    }

    /// A refusal: HTTP 200 all the same (wechat-api §3.1).
    pub(crate) fn refusal(refusal: &Refusal, hint: &str, rid: &str) -> Reply {
        let hint = if refusal.hinted {
            format!(" hint: [{hint}]")
        } else {
            String::new()
        };
        let errmsg = format!("{}{hint} rid: {rid}", refusal.message);
        Reply::json(&json!({"errcode": refusal.code, "errmsg": errmsg}), Label::Plain, false)
    }

    fn json(value: &Value, label: Label, raw_control_characters: bool) -> Reply {
        let body = json::write(value, raw_control_characters);
        let mut reply = Reply::labelled(StatusCode::OK, label.content_type(), body);
        reply.errcode = value.get("errcode").and_then(Value::as_i64);
        if let Some(code) = reply.errcode.filter(|code| *code != 0) {
            // Seen on some replies (wechat-api §3.2).
            reply.headers.insert("logicret", HeaderValue::from(code));
        }
        reply
    }

    pub(crate) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
