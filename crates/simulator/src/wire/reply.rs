//! Replies: the answer of an endpoint, and its form on the wire (wechat-api §3).

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::json;
use crate::api_error::ApiError;

/// The answer of an endpoint that succeeds.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A JSON object.
    Json(Value),
    /// A JSON object with article content, whose control characters may stay unescaped.
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
pub(crate) enum ContentType {
    TextPlain,
    JsonEncoding,
    JsonCharset,
}

impl ContentType {
    fn value(self) -> &'static str {
        match self {
            ContentType::TextPlain => "text/plain",
            ContentType::JsonEncoding => "application/json; encoding=utf-8",
            ContentType::JsonCharset => "application/json; charset=utf-8",
        }
    }
}

/// A reply ready to be sent.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    /// `errcode` of the body, if it has that field.
    pub(crate) errcode: Option<i64>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    /// Makes a reply without a body, such as 412.
    pub(crate) fn empty(status: StatusCode) -> Reply {
        Reply {
            status,
            errcode: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// Makes a reply with a body and its content type.
    pub(crate) fn with_body(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Reply {
        let mut reply = Reply::empty(status);
        reply.body = body.into();
        reply
            .headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        reply
    }

    /// Makes the reply to a request that succeeded.
    pub(crate) fn success(answer: Answer, content_type: ContentType, raw_control_characters: bool) -> Reply {
        match answer {
            Answer::Json(value) => Reply::json(&value, content_type, false),
            Answer::Articles(value) => Reply::json(&value, content_type, raw_control_characters),
            Answer::Done => Reply::json(&json!({"errcode": 0, "errmsg": "ok"}), content_type, false),
            Answer::File {
                bytes,
                content_type,
                name,
            } => {
                let mut reply = Reply::with_body(StatusCode::OK, content_type, bytes);
                // A name that no header can hold is left out.
                if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
                    reply.headers.insert(CONTENT_DISPOSITION, value);
                }
                reply
            }
        }
    }

    /// Makes the reply to a refused request: HTTP 200 all the same (wechat-api §3.1).
    pub(crate) fn error(error: &ApiError, hint: &str, rid: &str) -> Reply {
        let hint = if error.hinted {
            format!(" hint: [{hint}]")
        } else {
            String::new()
        };
        let errmsg = format!("{}{hint} rid: {rid}", error.message);
        Reply::json(
            &json!({"errcode": error.code, "errmsg": errmsg}),
            ContentType::TextPlain,
            false,
        )
    }

    fn json(value: &Value, content_type: ContentType, raw_control_characters: bool) -> Reply {
        let body = json::write(value, raw_control_characters);
        let mut reply = Reply::with_body(StatusCode::OK, content_type.value(), body);
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
