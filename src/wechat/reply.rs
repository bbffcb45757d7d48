//! Replies: an answer, a refusal, a file, or something that is not WeChat's (wechat-api §3).

use std::mem;

use zeroize::{Zeroize, Zeroizing};

use super::endpoint::Answers;
use super::large_number::quote_large_numbers;
use super::object::{Object, without_bom};
use super::repair::{repair, repair_text};
use super::token_reply::TokenReply;
use crate::bindings::types::Download;
use crate::media_type::media_type;
use crate::texts::{ReplyTexts, Texts};
use crate::transport::Response;

/// Content types of files.
const FILES: [&str; 5] = ["image/", "audio/", "voice/", "video/", "application/octet-stream"];

/// Length of the part of an unknown content encoding that is shown, in characters; the names of the known have 8.
const ENCODING: usize = 40;

/// An answer.
#[derive(Debug)]
pub enum Reply {
    /// A JSON object without an error.
    Object(Object),
    /// A file.
    File(Download),
    /// The answer to a request for a token.
    Token(TokenReply),
}

/// A reply that is no answer.
#[derive(Debug)]
pub enum ResponseError {
    /// WeChat refused.
    Refused {
        /// Never 0.
        errcode: i32,
        /// WeChat's words.
        errmsg: Zeroizing<String>,
    },
    /// The reply is not WeChat's.
    Unreadable {
        /// The problem.
        description: String,
        /// Its meaning for the request.
        outcome: RequestOutcome,
    },
}

impl ResponseError {
    fn unreadable(description: impl Into<String>) -> Self {
        Self::Unreadable {
            description: description.into(),
            outcome: RequestOutcome::Unknown,
        }
    }
}

/// Outcome of a request whose reply is not WeChat's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestOutcome {
    /// Turned away: 412 and other 4xx, redirects, and the 501 of WeChat's firewall (wechat-api §1, §3.1). That nothing
    /// was executed then is this project's inference.
    TurnedAway,
    /// A gateway or server failed: another 5xx.
    ServerFailed,
    /// Unknown.
    Unknown,
}

/// Reads a reply. A file is moved out of the response. Another body stays in it, perhaps repaired.
///
/// # Errors
///
/// If WeChat refused, or if the reply is not WeChat's.
pub fn read(response: &mut Response, answers: Answers, texts: &Texts) -> Result<Reply, ResponseError> {
    let texts = &texts.reply;
    if response.status != 200 {
        return Err(wrong_status(texts, response.status));
    }
    let is_page = media_type(&response.body) == Some("text/html");
    let is_encoded = is_encoded(&response.content_encoding);
    let may_be_file = answers == Answers::File && !is_page && !response.body.is_empty();
    if may_be_file && let Some(file_name) = file_name(&response.content_disposition) {
        return match is_encoded {
            true => Err(encoded(texts, response)),
            false => Ok(file(Some(file_name), response)),
        };
    }
    if answers == Answers::Token {
        if let Some(reply) = TokenReply::read(&mut response.body) {
            return token(texts, reply);
        }
    } else if begins_object(&response.body) {
        let json = without_bom(&response.body);
        let text = str::from_utf8(json).ok();
        if let Some(object) = text.and_then(Object::parse) {
            return answer(texts, object);
        }
        let repaired = text.map_or_else(|| repair(json), repair_text).map(quote_large_numbers);
        if let Some(repaired) = repaired.filter(|repaired| repaired.text.as_bytes() != json) {
            let is_file = may_be_file && looks_like_file(response);
            if !is_file {
                // Before the repaired text is read: there is no memory for all three.
                response.body = Vec::new();
            }
            let object = Object::parse_repaired(&repaired);
            if !is_file {
                response.body = repaired.text.into_bytes();
            }
            if let Some(object) = object {
                return answer(texts, object);
            }
        }
    }
    if is_encoded {
        return Err(encoded(texts, response));
    }
    if may_be_file && looks_like_file(response) {
        return Ok(file(None, response));
    }
    Err(ResponseError::unreadable(match () {
        () if response.body.is_empty() => texts.empty,
        () if is_page => texts.page,
        () => texts.no_json,
    }))
}

/// Returns whether a body is encoded. The request asked for no encoding, and there is no decoder here.
fn is_encoded(content_encoding: &str) -> bool {
    let mut encodings = content_encoding.split(',').map(str::trim_ascii);
    encodings.any(|encoding| !encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity"))
}

/// Makes the error for an encoded reply that is not JSON. Its bytes say nothing to anybody, so they are not shown.
fn encoded(texts: &ReplyTexts, response: &mut Response) -> ResponseError {
    response.body.zeroize();
    let encoding: String = response
        .content_encoding
        .chars()
        .filter(char::is_ascii_graphic)
        .take(ENCODING)
        .collect();
    ResponseError::unreadable(texts.encoded.with([&encoding]))
}

fn wrong_status(texts: &ReplyTexts, status: u16) -> ResponseError {
    let description = match status {
        300..400 => texts.redirect,
        _ => texts.status,
    };
    ResponseError::Unreadable {
        description: description.with([&status]),
        outcome: match status {
            300..=499 | 501 => RequestOutcome::TurnedAway,
            500.. => RequestOutcome::ServerFailed,
            _ => RequestOutcome::Unknown,
        },
    }
}

fn answer(texts: &ReplyTexts, object: Object) -> Result<Reply, ResponseError> {
    match object.errcode() {
        Some(0) => Ok(Reply::Object(object)),
        errcode => Err(refusal(texts, errcode, || Zeroizing::new(object.into_errmsg()))),
    }
}

fn token(texts: &ReplyTexts, reply: TokenReply) -> Result<Reply, ResponseError> {
    match reply.errcode {
        Some(0) => Ok(Reply::Token(reply)),
        errcode => Err(refusal(texts, errcode, || reply.errmsg)),
    }
}

fn refusal(texts: &ReplyTexts, errcode: Option<i32>, errmsg: impl FnOnce() -> Zeroizing<String>) -> ResponseError {
    match errcode {
        Some(errcode) => ResponseError::Refused {
            errcode,
            errmsg: errmsg(),
        },
        None => ResponseError::unreadable(texts.errcode),
    }
}

/// Returns whether a body without a disposition is a file. The bytes decide: what is no text is a file, unless it is
/// called JSON, which files never are (wechat-api §3.5). If the bytes are text, the content type decides; but text that
/// begins as JSON is a reply that broke off.
fn looks_like_file(response: &Response) -> bool {
    let called = |kind: &&str| response.content_type.starts_with(*kind);
    if media_type(&response.body).is_some() {
        return true;
    }
    match str::from_utf8(&response.body).is_ok() {
        true => FILES.iter().any(called) && !begins_object(&response.body),
        false => !called(&"application/json") && !is_utf16(&response.body),
    }
}

/// Returns whether a body begins as a JSON object in UTF-16 with its byte order mark. No file begins like that.
fn is_utf16(body: &[u8]) -> bool {
    body.starts_with(b"\xFF\xFE{\0") || body.starts_with(b"\xFE\xFF\0{")
}

/// Returns whether a body begins as a JSON object.
pub(super) fn begins_object(body: &[u8]) -> bool {
    without_bom(body).starts_with(b"{")
}

fn file(file_name: Option<String>, response: &mut Response) -> Reply {
    let by_header = match response.content_type.as_str() {
        // Servers call anything that.
        "" | "text/plain" => "application/octet-stream",
        named => named,
    };
    Reply::File(Download {
        media_type: media_type(&response.body).unwrap_or(by_header).to_owned(),
        file_name: file_name.filter(|name| !name.is_empty()),
        bytes: mem::take(&mut response.body),
    })
}

/// Returns the name in `attachment; filename="…"`; an empty one if there is only `filename*`, which nobody needs here.
fn file_name(disposition: &str) -> Option<String> {
    let mut found = None;
    for (name, value) in disposition.split(';').filter_map(|parameter| parameter.split_once('=')) {
        match name.trim_ascii().to_ascii_lowercase().as_str() {
            "filename" => return Some(unquoted(value.trim_ascii()).to_owned()),
            "filename*" => found = Some(String::new()),
            _ => {}
        }
    }
    found
}

fn unquoted(value: &str) -> &str {
    let inner = value.strip_prefix("\"").and_then(|rest| rest.strip_suffix("\""));
    inner.unwrap_or(value)
}

#[cfg(test)]
mod tests;
