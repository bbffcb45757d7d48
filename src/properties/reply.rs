//! Replies: everything that a server sends is an answer, a refusal, a file or an error, and a file is never altered.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::document::{Text, broken, broken_string};
use super::{config, text};
use crate::texts::EN;
use crate::transport::Response;
use crate::wechat::endpoint::Answers;
use crate::wechat::large_number::quote_large_numbers;
use crate::wechat::object::without_bom;
use crate::wechat::repair::repair;
use crate::wechat::reply::{Reply, ResponseError, read};
use crate::wechat::token_reply::TokenReply;

fn response(status: u16, content_type: String, content_disposition: String, body: Vec<u8>) -> Response {
    Response {
        status,
        content_type,
        content_disposition,
        content_encoding: String::new(),
        body,
    }
}

fn any_response() -> impl Strategy<Value = Response> {
    let status = prop_oneof![3 => Just(200), 1 => any::<u16>()];
    let content_type = prop_oneof![
        text(),
        select(vec![
            "",
            "text/plain",
            "application/json; encoding=utf-8",
            "image/jpeg",
            "voice/speex"
        ])
        .prop_map(str::to_owned),
    ];
    let piece = prop_oneof![
        text(),
        select(vec![
            "attachment",
            ";",
            "=",
            "\"",
            "filename",
            "filename*",
            "FileName=\"a.jpg\"",
            " "
        ])
        .prop_map(str::to_owned),
    ];
    let disposition = prop_oneof![Just(String::new()), vec(piece, 0..6).prop_map(|pieces| pieces.concat())];
    let magic = select(vec![
        &b"\xFF\xD8\xFF"[..],
        b"\x89PNG\r\n\x1a\n",
        b"#!AMR",
        b"<html>",
        b" {\"errcode\":",
        b"{}",
    ]);
    let body = prop_oneof![
        vec(any::<u8>(), 0..80),
        (magic, vec(any::<u8>(), 0..80)).prop_map(|(magic, rest)| [magic, &rest].concat()),
        broken().prop_map(|document| document.sent),
    ];
    (status, content_type, disposition, body)
        .prop_map(|(status, content_type, disposition, body)| response(status, content_type, disposition, body))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_response_is_something(
        mut response in any_response(),
        answers in select(vec![Answers::Object, Answers::File, Answers::Token]),
    ) {
        let (status, body) = (response.status, response.body.clone());
        match read(&mut response, answers, &EN) {
            Ok(Reply::File(file)) => {
                prop_assert_eq!((answers, status), (Answers::File, 200));
                prop_assert!(file.file_name.is_none_or(|name| !name.is_empty()));
                prop_assert_eq!(file.bytes, body);
            }
            Ok(Reply::Object(_)) => {
                prop_assert_ne!(answers, Answers::Token);
                prop_assert_eq!(status, 200);
            }
            Ok(Reply::Token(_)) => prop_assert_eq!((answers, status), (Answers::Token, 200)),
            Err(ResponseError::Refused { errcode, .. }) => {
                prop_assert_eq!(status, 200);
                prop_assert_ne!(errcode, 0);
            }
            Err(ResponseError::Unreadable { description, .. }) => {
                prop_assert!(!description.is_empty());
                let repaired = quote_large_numbers(repair(without_bom(&body)).unwrap()).text.into_bytes();
                prop_assert!(response.body == body || response.body == repaired || answers == Answers::Token);
            }
        }
    }

    #[test]
    fn a_refusal_is_read_in_whatever_state_its_words_are(
        errcode in any::<i32>(),
        errmsg in broken_string(),
        more in broken(),
        answers in select(vec![Answers::Object, Answers::File]),
    ) {
        let Text { sent, .. } = Text::valid(&format!("{{\"errcode\":{errcode},\"errmsg\":"))
            .then(&errmsg)
            .then(&Text::valid(",\"more\":"))
            .then(&more)
            .then(&Text::valid("}"));
        let mut response = response(200, String::new(), String::new(), sent);
        let refused = match read(&mut response, answers, &EN) {
            Ok(Reply::Object(object)) => (object.errcode(), object.into_errmsg()),
            Err(ResponseError::Refused { errcode, errmsg }) => (Some(errcode), errmsg.to_string()),
            other => panic!("{other:?}"),
        };
        prop_assert_eq!(refused, (Some(errcode), serde_json::from_str(&errmsg.meant).unwrap()));
    }

    #[test]
    fn a_refusal_of_a_token_is_read_as_it_was_written(errcode in 1..i32::MAX, errmsg in text()) {
        let body = json!({"errcode": errcode, "errmsg": errmsg}).to_string().into_bytes();
        let mut response = response(200, String::new(), String::new(), body);
        let outcome = read(&mut response, Answers::Token, &EN);
        let Err(ResponseError::Refused { errcode: read_code, errmsg: words }) = outcome else {
            panic!("no refusal")
        };
        prop_assert_eq!((read_code, TokenReply::unescape(&words)), (errcode, errmsg));
    }
}
