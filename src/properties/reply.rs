//! Replies: whatever a server sends is an answer, a refusal, a file or an error, and a file is never altered.

use super::document::{Text, broken, broken_string};
use super::{config, text};
use crate::transport::Response;
use crate::wechat::reply::{NoAnswer, Reply, read};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn response(status: u16, content_type: String, content_disposition: String, body: Vec<u8>) -> Response {
    Response {
        status,
        content_type,
        content_disposition,
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
    fn every_response_is_something(mut response in any_response(), file_expected in any::<bool>()) {
        let (status, body) = (response.status, response.body.clone());
        match read(&mut response, file_expected, true) {
            Ok(Reply::File(file)) => {
                prop_assert!(file_expected && status == 200);
                prop_assert!(file.file_name.is_none_or(|name| !name.is_empty()));
                prop_assert_eq!(file.bytes, body);
            }
            Ok(Reply::Json(_)) => prop_assert_eq!(status, 200),
            Err(NoAnswer::Refused { errcode, .. }) => {
                prop_assert_eq!(status, 200);
                prop_assert_ne!(errcode, 0);
            }
            Err(NoAnswer::Unreadable(unreadable)) => {
                prop_assert!(!unreadable.description.is_empty());
                prop_assert!(!file_expected || response.body == body);
            }
        }
    }

    #[test]
    fn a_refusal_is_read_in_whatever_state_its_words_are(
        errcode in any::<i32>(),
        errmsg in broken_string(),
        more in broken(),
        file_expected in any::<bool>(),
    ) {
        let Text { sent, .. } = Text::valid(&format!("{{\"errcode\":{errcode},\"errmsg\":"))
            .then(&errmsg)
            .then(&Text::valid(",\"more\":"))
            .then(&more)
            .then(&Text::valid("}"));
        let mut response = response(200, String::new(), String::new(), sent);
        let refused = match read(&mut response, file_expected, true) {
            Ok(Reply::Json(mut object)) => (object.errcode(), object.text("errmsg")),
            Err(NoAnswer::Refused { errcode, errmsg }) => (Some(errcode), errmsg),
            other => panic!("{other:?}"),
        };
        prop_assert_eq!(refused, (Some(errcode), serde_json::from_str(&errmsg.meant).unwrap()));
    }
}
