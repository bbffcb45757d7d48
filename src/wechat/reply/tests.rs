use super::*;
use crate::texts::EN;

fn read(response: &mut Response, answers: Answers) -> Result<Reply, ResponseError> {
    super::read(response, answers, &EN)
}

fn response(content_type: &str, disposition: &str, body: &[u8]) -> Response {
    Response {
        status: 200,
        content_type: content_type.to_owned(),
        content_disposition: disposition.to_owned(),
        content_encoding: String::new(),
        body: body.to_vec(),
    }
}

fn errcode(outcome: Result<Reply, ResponseError>) -> i32 {
    match outcome {
        Ok(Reply::Object(_)) => 0,
        Err(ResponseError::Refused { errcode, .. }) => errcode,
        other => panic!("neither JSON nor a refusal: {other:?}"),
    }
}

fn unreadable(outcome: Result<Reply, ResponseError>) -> (String, RequestOutcome) {
    match outcome {
        Err(ResponseError::Unreadable { description, outcome }) => (description, outcome),
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
        let reply = read(&mut response("text/plain", "", body.as_bytes()), Answers::Object);
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
            errcode(read(&mut response("", "", body.as_bytes()), Answers::File)),
            40007,
            "{body}"
        );
    }
}

#[test]
fn a_long_error_is_an_error_where_a_file_is_expected() {
    let body = format!(r#"{{"errcode":45009,"errmsg":"{}"}}"#, "long ".repeat(1000));
    assert_eq!(
        errcode(read(&mut response("image/jpeg", "", body.as_bytes()), Answers::File)),
        45009
    );
}

#[test]
fn a_disposition_makes_a_file_whatever_the_bytes() {
    let reply = read(
        &mut response("text/plain", "attachment; filename=\"a.json\"", b"{\"errcode\":40007}"),
        Answers::File,
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
        let Ok(Reply::File(file)) = read(&mut response("text/plain", disposition, b"{}"), Answers::File) else {
            panic!("{disposition}")
        };
        assert_eq!(file.file_name.as_deref(), name, "{disposition}");
    }
    let inline = read(&mut response("text/plain", "attachment", b"{}"), Answers::File);
    assert!(matches!(inline, Ok(Reply::Object(_))));
}

#[test]
fn without_disposition_the_bytes_or_the_type_make_a_file() {
    for (content_type, body, media_type) in [
        ("text/plain", &b"\xFF\xD8\xFF\xE0rest"[..], "image/jpeg"),
        ("voice/speex", b"anything", "voice/speex"),
        ("application/json", b"\x89PNG\r\n\x1a\nrest", "image/png"),
        ("text/plain", b"\xFF\xFArest", "audio/mpeg"),
        ("text/plain", b"#!SILK\x02\xFF\x80", "audio/silk"),
        ("text/plain", b"{\"\xFF\x80\n", "application/octet-stream"),
        (
            "application/json; encoding=utf-8",
            b"\x89PNG\r\n\x1a\nrest",
            "image/png",
        ),
    ] {
        let Ok(Reply::File(file)) = read(&mut response(content_type, "", body), Answers::File) else {
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
        let reply = read(
            &mut response("application/octet-stream", disposition, body),
            Answers::File,
        );
        assert!(unreadable(reply).0.ends_with(words), "{words}");
    }
}

#[test]
fn unknown_bytes_that_are_called_json_are_no_file() {
    let reply = read(&mut response("application/json", "", b"\xFF\x80\xFE"), Answers::File);
    assert_eq!(unreadable(reply).0, "the reply is not JSON");
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
        for answers in [Answers::Object, Answers::File] {
            let mut response = response("text/html", "", body);
            let (description, outcome) = unreadable(read(&mut response, answers));
            assert!(description.contains(words), "{description}");
            assert_eq!(outcome, RequestOutcome::Unknown);
            assert_eq!(response.body, body);
        }
    }
}

#[test]
fn a_status_other_than_200_is_not_an_answer() {
    for (status, expected) in [
        (201, RequestOutcome::Unknown),
        (307, RequestOutcome::TurnedAway),
        (412, RequestOutcome::TurnedAway),
        (501, RequestOutcome::TurnedAway),
        (500, RequestOutcome::ServerFailed),
        (502, RequestOutcome::ServerFailed),
    ] {
        let mut failed = response("application/json", "", b"{}");
        failed.status = status;
        let (description, outcome) = unreadable(read(&mut failed, Answers::Object));
        assert!(description.contains(&status.to_string()));
        assert_eq!(description.contains("redirect"), status == 307);
        assert_eq!(outcome, expected, "{status}");
    }
}

#[test]
fn json_where_no_file_is_expected_is_never_a_file() {
    let reply = read(
        &mut response("text/plain", "attachment; filename=\"a\"", b"{}"),
        Answers::Object,
    )
    .unwrap();
    assert!(matches!(reply, Reply::Object(_)));
    assert!(read(&mut response("image/png", "", b"\x89PNG\r\n\x1a\n"), Answers::Object).is_err());
}

#[test]
fn an_encoded_reply_is_an_error_that_names_the_encoding() {
    let jpg = b"\xFF\xD8\xFF\xE0 a picture";
    let gzip = b"\x1F\x8B\x08\x00 packed";
    for encoding in [
        "gzip",
        "br",
        "deflate",
        "GZIP",
        "zstd",
        "x-gzip",
        "identity, gzip",
        "utf-8",
    ] {
        for (disposition, content_type, body) in [
            ("attachment; filename=\"M.jpg\"", "image/jpeg", &jpg[..]),
            ("attachment; filename=\"M.jpg\"", "image/jpeg", gzip),
            ("", "image/jpeg", jpg),
            ("", "application/octet-stream", gzip),
            ("", "application/json", gzip),
            ("", "text/plain", b"plain"),
        ] {
            for answers in [Answers::Object, Answers::File, Answers::Token] {
                let mut response = response(content_type, disposition, body);
                response.content_encoding = encoding.to_owned();
                let (description, outcome) = unreadable(read(&mut response, answers));
                let named = encoding.rsplit(' ').next().unwrap_or_default();
                assert!(description.contains(named), "{description}");
                assert_eq!((outcome, response.body.len()), (RequestOutcome::Unknown, 0));
            }
        }
    }
    for encoding in ["", "identity", " Identity ", "identity, identity", ","] {
        let mut response = response("image/jpeg", "", jpg);
        response.content_encoding = encoding.to_owned();
        let reply = read(&mut response, Answers::File);
        assert!(
            matches!(reply, Ok(Reply::File(file)) if file.bytes == jpg),
            "{encoding}"
        );
    }
}

#[test]
fn json_that_is_only_called_encoded_is_read() {
    for answers in [Answers::Object, Answers::File] {
        let mut response = response("application/json", "", b"{\"errcode\":40007}");
        response.content_encoding = "gzip".to_owned();
        assert_eq!(errcode(read(&mut response, answers)), 40007);
    }
    // Beside the name of a file it is the file.
    let mut response = response("text/plain", "attachment; filename=\"a.json\"", b"{}");
    response.content_encoding = "gzip".to_owned();
    assert!(unreadable(read(&mut response, Answers::File)).0.contains("gzip"));
}

#[test]
fn a_strange_encoding_is_named_in_short() {
    let mut response = response("image/jpeg", "", b"x");
    response.content_encoding = format!("\u{1b}[31m{}", "y".repeat(5000));
    let (description, _) = unreadable(read(&mut response, Answers::File));
    assert!(
        description.len() < 200 && !description.contains('\u{1b}'),
        "{description}"
    );
}

#[test]
fn utf_16_is_not_read() {
    let text = r#"{"errcode":0,"media_id":"M"}"#;
    let bytes = |order: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        let units = mark.encode_utf16().chain(text.encode_utf16());
        units.flat_map(order).collect()
    };
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        for mark in ["\u{FEFF}", ""] {
            let body = bytes(order, mark);
            for answers in [Answers::Object, Answers::File] {
                let reply = read(&mut response("text/plain", "", &body), answers);
                assert_eq!(unreadable(reply).0, "the reply is not JSON", "{answers:?} {body:?}");
            }
            // In a reply with a token NUL is a blank, and all that is left are names that nobody knows.
            match read(&mut response("", "", &body), Answers::Token) {
                Ok(Reply::Token(reply)) => assert_eq!(reply.access_token, None),
                other => assert_eq!(unreadable(other).0, "the reply is not JSON"),
            }
        }
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    for (body, code) in [
        ("\u{FEFF}{}", 0),
        ("\u{FEFF} \n{\"errcode\":40007}", 40007),
        (" \u{FEFF}\u{FEFF}{\"errcode\":40007,\"errmsg\":\"a\nb\"}", 40007),
        ("\u{FEFF}{\"errcode\":40007,\"errmsg\":\"\\ud83d\"}", 40007),
    ] {
        for answers in [Answers::Object, Answers::File] {
            let reply = read(&mut response("image/jpeg", "", body.as_bytes()), answers);
            assert_eq!(errcode(reply), code, "{body}");
        }
    }
    let token = "\u{FEFF}{\"access_token\":\"75\",\"expires_in\":7200}";
    let reply = read(&mut response("", "", token.as_bytes()), Answers::Token);
    assert!(matches!(reply, Ok(Reply::Token(reply)) if reply.expires_in == 7200));
    // A file keeps its own.
    let named = "attachment; filename=\"a.txt\"";
    let Ok(Reply::File(file)) = read(&mut response("", named, b"\xEF\xBB\xBF{}"), Answers::File) else {
        panic!("not a file")
    };
    assert_eq!(file.bytes, b"\xEF\xBB\xBF{}");
}
