//! What a reply is: an answer, a refusal, a file, or nothing that WeChat would say (wechat-api §3).

use crate::bindings::types::Download;
use crate::check::file::media_type;
use crate::compose::{figures, joined};
use crate::find::{cut, parts};
use crate::transport::Response;
use crate::wechat::json::{Object, begins_object, repair};
use std::mem;

/// An answer.
#[derive(Debug)]
pub enum Reply {
    /// A JSON object without an error.
    Json(Object),
    /// A file.
    File(Download),
}

/// No answer.
#[derive(Debug)]
pub enum NoAnswer {
    /// WeChat refused.
    Refused {
        /// Never 0.
        errcode: i32,
        /// WeChat's words.
        errmsg: String,
    },
    /// The reply is not WeChat's.
    Unreadable(Unreadable),
}

/// A reply that is not WeChat's.
#[derive(Debug)]
pub struct Unreadable {
    /// What is wrong with it.
    pub description: String,
    /// What that tells about the request.
    pub fate: Fate,
}

/// What became of a request whose reply is not WeChat's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Turned away before anything was executed: 412 and other 4xx, redirects, and the 501 of WeChat's firewall
    /// (wechat-api §3.1).
    TurnedAway,
    /// A gateway or server failed: another 5xx.
    ServerFailed,
    /// Nobody knows.
    Unknown,
}

/// Reads a reply. `file_expected` is for the calls whose answer may be a file, which is moved out; any other body stays.
/// `repairs` is for those that are worth reading even where they came damaged.
pub fn read(response: &mut Response, file_expected: bool, repairs: bool) -> Result<Reply, NoAnswer> {
    let unreadable = |description: String, fate| Err(NoAnswer::Unreadable(Unreadable { description, fate }));
    if response.status != 200 {
        let fate = match response.status {
            300..=499 | 501 => Fate::TurnedAway,
            500.. => Fate::ServerFailed,
            _ => Fate::Unknown,
        };
        let redirect = if (300..400).contains(&response.status) {
            ", a redirect"
        } else {
            ""
        };
        return unreadable(
            joined(&["HTTP status ", &figures(response.status.into()), redirect]),
            fate,
        );
    }
    let is_page = media_type(&response.body) == Some("text/html");
    let may_be_file = file_expected && !is_page && !response.body.is_empty();
    if may_be_file && let Some(file_name) = file_name(&response.content_disposition) {
        return Ok(file(Some(file_name), response));
    }
    if let Some(mut object) = object(&mut response.body, file_expected, repairs) {
        return match object.errcode() {
            Some(0) => Ok(Reply::Json(object)),
            Some(errcode) => Err(NoAnswer::Refused {
                errcode,
                errmsg: object.text("errmsg"),
            }),
            None => unreadable("the reply has an errcode that is no number".to_owned(), Fate::Unknown),
        };
    }
    if may_be_file && looks_like_file(response) {
        return Ok(file(None, response));
    }
    let wrong = match () {
        () if response.body.is_empty() => "empty",
        () if is_page => "an HTML page",
        () => "not JSON",
    };
    unreadable(joined(&["the reply is ", wrong]), Fate::Unknown)
}

/// The body as an object, repaired if need be. What may be a file is repaired in a copy.
fn object(body: &mut [u8], file_expected: bool, repairs: bool) -> Option<Object> {
    Object::read(body).or_else(|| {
        if !repairs || !begins_object(body) {
            return None;
        }
        if file_expected {
            let mut copy = Vec::new();
            copy.try_reserve_exact(body.len()).ok()?;
            copy.extend_from_slice(body);
            repair(&mut copy);
            Object::read(&copy)
        } else {
            repair(body);
            Object::read(body)
        }
    })
}

/// Without a disposition the bytes decide: what is no text is a file, unless it is called JSON, which files never are
/// (wechat-api §3.5). Where the bytes are text, the content type decides; but text that begins as JSON is a reply that broke
/// off.
fn looks_like_file(response: &Response) -> bool {
    let called = |kind: &&str| response.content_type.starts_with(*kind);
    if media_type(&response.body).is_some() {
        return true;
    }
    match std::str::from_utf8(&response.body).is_ok() {
        true => FILES.iter().any(called) && !begins_object(&response.body),
        false => !called(&"application/json"),
    }
}

/// What files are called.
const FILES: [&str; 5] = ["image/", "audio/", "voice/", "video/", "application/octet-stream"];

fn file(file_name: Option<String>, response: &mut Response) -> Reply {
    let by_header = match response.content_type.as_str() {
        // Said of anything.
        "" | "text/plain" => "application/octet-stream",
        named => named,
    };
    Reply::File(Download {
        media_type: media_type(&response.body).unwrap_or(by_header).to_owned(),
        file_name: Some(file_name.unwrap_or_default()).filter(|name| !name.is_empty()),
        bytes: mem::take(&mut response.body),
    })
}

/// The name in `attachment; filename="…"`; empty where there is only `filename*`, which nobody needs here.
fn file_name(disposition: &str) -> Option<String> {
    let mut found = None;
    for (name, value) in parts(disposition, b';').filter_map(|parameter| cut(parameter, b'=')) {
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
mod tests {
    use super::*;

    fn response(content_type: &str, disposition: &str, body: &[u8]) -> Response {
        Response {
            status: 200,
            content_type: content_type.to_owned(),
            content_disposition: disposition.to_owned(),
            body: body.to_vec(),
        }
    }

    fn errcode(outcome: Result<Reply, NoAnswer>) -> i32 {
        match outcome {
            Ok(Reply::Json(_)) => 0,
            Err(NoAnswer::Refused { errcode, .. }) => errcode,
            other => panic!("neither JSON nor a refusal: {other:?}"),
        }
    }

    fn unreadable(outcome: Result<Reply, NoAnswer>) -> Unreadable {
        match outcome {
            Err(NoAnswer::Unreadable(unreadable)) => unreadable,
            other => panic!("readable: {other:?}"),
        }
    }

    #[test]
    fn success_is_errcode_0_or_none() {
        for body in [
            r#"{"errcode":0,"errmsg":"ok"}"#,
            r#"{"media_id":"M","item":[]}"#,
            " \n{}",
            r#"{"errcode":null}"#,
        ] {
            let reply = read(&mut response("text/plain", "", body.as_bytes()), false, true);
            assert_eq!(errcode(reply), 0, "{body}");
        }
    }

    #[test]
    fn a_refusal_may_have_its_code_as_text() {
        for body in [
            r#"{"errcode":40007,"errmsg":"x"}"#,
            r#"{"errcode":"40007"}"#,
            "{\"errmsg\":\"a\nb\",\"errcode\":40007}",
        ] {
            assert_eq!(
                errcode(read(&mut response("", "", body.as_bytes()), true, true)),
                40007,
                "{body}"
            );
        }
    }

    #[test]
    fn a_long_error_is_an_error_where_a_file_is_expected() {
        let body = format!(r#"{{"errcode":45009,"errmsg":"{}"}}"#, "long ".repeat(1000));
        assert_eq!(
            errcode(read(&mut response("image/jpeg", "", body.as_bytes()), true, true)),
            45009
        );
    }

    #[test]
    fn a_disposition_makes_a_file_whatever_the_bytes() {
        let reply = read(
            &mut response("text/plain", "attachment; filename=\"a.json\"", b"{\"errcode\":40007}"),
            true,
            true,
        )
        .unwrap();
        let Reply::File(file) = reply else { panic!("not a file") };
        assert_eq!(file.file_name.as_deref(), Some("a.json"));
        assert_eq!(file.media_type, "application/octet-stream");
    }

    #[test]
    fn a_file_name_is_read_in_either_form() {
        for (disposition, name) in [
            ("attachment; filename=\"M.jpg\"", Some("M.jpg")),
            ("attachment; FileName=M.jpg; filename*=utf-8''x.jpg", Some("M.jpg")),
            ("attachment; filename*=utf-8''x.jpg; filename=\"M.jpg\"", Some("M.jpg")),
            ("attachment; filename*=utf-8''x.jpg", None),
            ("attachment; filename=\"\"", None),
        ] {
            let Ok(Reply::File(file)) = read(&mut response("text/plain", disposition, b"{}"), true, true) else {
                panic!("{disposition}")
            };
            assert_eq!(file.file_name.as_deref(), name, "{disposition}");
        }
        let inline = read(&mut response("text/plain", "attachment", b"{}"), true, true);
        assert!(matches!(inline, Ok(Reply::Json(_))));
    }

    #[test]
    fn without_disposition_the_bytes_or_the_type_make_a_file() {
        for (content_type, body, media_type) in [
            ("text/plain", &b"\xFF\xD8\xFF\xE0rest"[..], "image/jpeg"),
            ("voice/speex", b"anything", "voice/speex"),
            ("application/json", b"\x89PNG\r\n\x1a\nrest", "image/png"),
            ("text/plain", b"\xFF\xFArest", "audio/mpeg"),
            ("text/plain", b"#!SILK\x02\xFF\x80", "application/octet-stream"),
            ("text/plain", b"{\"\xFF\x80\n", "application/octet-stream"),
            (
                "application/json; encoding=utf-8",
                b"\x89PNG\r\n\x1a\nrest",
                "image/png",
            ),
        ] {
            let Ok(Reply::File(file)) = read(&mut response(content_type, "", body), true, true) else {
                panic!("{content_type}")
            };
            assert_eq!((file.media_type.as_str(), file.file_name), (media_type, None));
            assert_eq!(file.bytes, body);
        }
    }

    #[test]
    fn nothing_a_page_or_half_an_answer_is_no_file() {
        let named = "attachment; filename=\"M.jpg\"";
        for (disposition, body, words) in [
            (named, &b""[..], "empty"),
            (named, b"<html><body>502</body></html>", "an HTML page"),
            ("", b"", "empty"),
            ("", b"{\"errcode\":40001,\"err", "not JSON"),
        ] {
            let reply = read(&mut response("application/octet-stream", disposition, body), true, true);
            assert!(unreadable(reply).description.ends_with(words), "{words}");
        }
    }

    #[test]
    fn unknown_bytes_that_are_called_json_are_no_file() {
        let reply = read(&mut response("application/json", "", b"\xFF\x80\xFE"), true, true);
        assert_eq!(unreadable(reply).description, "the reply is not JSON");
    }

    #[test]
    fn what_is_neither_is_described() {
        for (body, words) in [
            (&b""[..], "empty"),
            (b"<html>\n502 Bad Gateway", "an HTML page"),
            (b"502 Bad Gateway", "not JSON"),
            (b"[]", "not JSON"),
            (b"{\"errcode\":", "not JSON"),
        ] {
            for file_expected in [false, true] {
                let mut response = response("text/html", "", body);
                let error = unreadable(read(&mut response, file_expected, true));
                assert!(
                    error.description.contains(words) && error.fate == Fate::Unknown,
                    "{error:?}"
                );
                assert_eq!(response.body, body);
            }
        }
    }

    #[test]
    fn a_status_other_than_200_is_not_an_answer() {
        for (status, fate) in [
            (201, Fate::Unknown),
            (307, Fate::TurnedAway),
            (412, Fate::TurnedAway),
            (501, Fate::TurnedAway),
            (500, Fate::ServerFailed),
            (502, Fate::ServerFailed),
        ] {
            let mut failed = response("application/json", "", b"{}");
            failed.status = status;
            let error = unreadable(read(&mut failed, false, true));
            assert!(error.description.contains(&status.to_string()));
            assert_eq!(error.description.contains("redirect"), status == 307);
            assert_eq!(error.fate, fate, "{status}");
        }
    }

    #[test]
    fn json_where_no_file_is_expected_is_never_a_file() {
        let reply = read(
            &mut response("text/plain", "attachment; filename=\"a\"", b"{}"),
            false,
            true,
        )
        .unwrap();
        assert!(matches!(reply, Reply::Json(_)));
        assert!(read(&mut response("image/png", "", b"\x89PNG\r\n\x1a\n"), false, true).is_err());
    }
}
