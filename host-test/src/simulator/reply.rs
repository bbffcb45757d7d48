//! Replies: what an endpoint answers, and how that looks on the wire (wechat-api §3).

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::errcode::Fault;
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
    pub(crate) errcode: Option<i64>,
    pub(crate) body: Bytes,
    content_type: Option<&'static str>,
    file_name: Option<String>,
}

impl Reply {
    /// No body, only a status: 412 and the like.
    pub(crate) fn bare(status: StatusCode) -> Reply {
        Reply {
            status,
            errcode: None,
            body: Bytes::new(),
            content_type: None,
            file_name: None,
        }
    }

    /// A success.
    pub(crate) fn success(answer: Answer, label: Label, raw_control_characters: bool) -> Reply {
        let (value, raw) = match answer {
            Answer::Json(value) => (value, false),
            Answer::Articles(value) => (value, raw_control_characters),
            Answer::Done => (json!({"errcode": 0, "errmsg": "ok"}), false),
            Answer::File {
                bytes,
                content_type,
                name,
            } => {
                return Reply {
                    body: bytes,
                    content_type: Some(content_type),
                    file_name: Some(name),
                    ..Reply::bare(StatusCode::OK)
                };
            }
        };
        Reply {
            errcode: value.get("errcode").and_then(Value::as_i64),
            body: json::write(&value, raw).into(),
            content_type: Some(label.content_type()),
            ..Reply::bare(StatusCode::OK)
        }
    }

    /// A refusal: HTTP 200 all the same (wechat-api §3.1).
    pub(crate) fn refusal(fault: &Fault, hint: &str, rid: &str) -> Reply {
        let hint = if fault.hinted {
            format!(" hint: [{hint}]")
        } else {
            String::new()
        };
        let errmsg = format!("{}{hint} rid: {rid}", fault.message);
        let value = json!({"errcode": fault.code, "errmsg": errmsg});
        Reply {
            errcode: Some(fault.code),
            body: json::write(&value, false).into(),
            content_type: Some(Label::Plain.content_type()),
            ..Reply::bare(StatusCode::OK)
        }
    }

    pub(crate) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if let Some(content_type) = self.content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        if let Some(name) = self.file_name
            && let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}\""))
        {
            headers.insert(CONTENT_DISPOSITION, value);
        }
        if let Some(code) = self.errcode.filter(|code| *code != 0) {
            // Seen on some replies (wechat-api §3.2).
            headers.insert("logicret", HeaderValue::from(code));
        }
        response
    }
}
