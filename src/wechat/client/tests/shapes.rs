//! Replies that look like a success and have no meaning, and replies in another spelling that have one.

use super::super::super::testing::jpg;
use crate::bindings::types::{DeleteWhich, ErrorKind, MaterialContent, MaterialKind};
use crate::transport::stub::{account, block_on};

#[test]
fn a_line_of_a_list_has_an_id() {
    for (id, read) in [
        ("\"M-_1\"", "M-_1"),
        ("7", "7"),
        ("7.0", "7"),
        ("18446744073709551616", "18446744073709551616"),
    ] {
        let line = |name: &str| format!(r#"{{"total_count":1,"item_count":1,"item":[{{"{name}":{id}}}]}}"#);
        let account = account();
        account.client.transport.answer(&line("media_id"));
        assert_eq!(
            block_on(account.list_drafts(0, 1, false)).unwrap().items[0].media_id,
            read
        );
        account.client.transport.answer(&line("article_id"));
        assert_eq!(
            block_on(account.list_publications(0, 1, false)).unwrap().items[0].article_id,
            read
        );
        account.client.transport.answer(&line("media_id"));
        assert_eq!(
            block_on(account.list_material(MaterialKind::News, 0, 1)).unwrap().items[0].media_id,
            read
        );
    }
    for id in [
        "null",
        "\"\"",
        "\" \"",
        "0",
        "-1",
        "\"0\"",
        "1.5",
        "1E400",
        "true",
        "false",
        "[]",
        "[\"M\"]",
        "{}",
        "\"?M\"",
        "\"M M\"",
        "\"写\"",
        "\"M/../N\"",
        "\"<M>\"",
        "\"M\\u0000\"",
        "\"\\ud83d\"",
    ] {
        let line = |name: &str| format!(r#"{{"total_count":1,"item_count":1,"item":[{{"{name}":{id}}}]}}"#);
        let account = account();
        account.client.transport.answer(&line("media_id"));
        account.client.transport.answer(&line("article_id"));
        account.client.transport.answer(&line("media_id"));
        let errors = [
            block_on(account.list_drafts(0, 1, false)).map(drop),
            block_on(account.list_publications(0, 1, false)).map(drop),
            block_on(account.list_material(MaterialKind::News, 0, 1)).map(drop),
        ];
        for error in errors {
            assert_eq!(error.unwrap_err().kind, ErrorKind::MalformedReply, "{id}");
        }
    }
}

#[test]
fn a_count_that_is_missing_or_negative_is_no_count() {
    const COUNTS: [&str; 4] = ["voice_count", "video_count", "image_count", "news_count"];
    let counts = |name: &str, value: &str| {
        let field = |field: &&str| format!("\"{field}\":{}", if *field == name { value } else { "3" });
        format!("{{{}}}", COUNTS.iter().map(field).collect::<Vec<_>>().join(","))
    };
    let account = account();
    let stub = &account.client.transport;
    for number in ["4", "4.0", "\"4\"", "0.4e1"] {
        stub.answer(&format!(r#"{{"total_count":{number}}}"#));
        assert_eq!(block_on(account.count_drafts()).unwrap(), 4, "{number}");
        stub.answer(&counts("news_count", number));
        let counts = block_on(account.count_material()).unwrap();
        assert_eq!((counts.voice, counts.video, counts.image, counts.news), (3, 3, 3, 4));
    }
    for none in ["-1", "null", "1.5", "true", "\"\"", "\"many\"", "[]", "{}", "1E400"] {
        stub.answer(&format!(r#"{{"total_count":{none}}}"#));
        assert_eq!(
            block_on(account.count_drafts()).unwrap_err().kind,
            ErrorKind::MalformedReply,
            "{none}"
        );
        for name in COUNTS {
            stub.answer(&counts(name, none));
            let error = block_on(account.count_material()).unwrap_err();
            assert_eq!(error.kind, ErrorKind::MalformedReply, "{name} {none}");
        }
    }
    stub.answer(r#"{"voice_count":1,"video_count":1,"image_count":1}"#);
    assert!(block_on(account.count_material()).is_err());
}

#[test]
fn an_errcode_that_is_no_number_is_no_success() {
    let outcomes = |errcode: &str| {
        let answer = format!(r#"{{"errcode":{errcode},"errmsg":"ok","media_id":"M"}}"#);
        let account = account();
        (0..3).for_each(|_| account.client.transport.answer(&answer));
        (
            block_on(account.delete_draft("M")).map_err(|error| error.kind),
            block_on(account.delete_publication("M", DeleteWhich::All)).map_err(|error| error.kind),
            block_on(account.upload_image(&jpg()))
                .map(|image| image.media_id)
                .map_err(|error| error.kind),
        )
    };
    for zero in ["0", "0.0", "-0", "0e0", "\"0\"", "\"0.0\""] {
        assert_eq!(outcomes(zero), (Ok(()), Ok(()), Ok("M".to_owned())), "{zero}");
    }
    let (malformed, unknown) = (ErrorKind::MalformedReply, ErrorKind::OutcomeUnknown);
    for none in [
        "false",
        "true",
        "\"\"",
        "\"ok\"",
        "[]",
        "{}",
        "0.5",
        "1E400",
        "18446744073709551616",
        "\"\\ud83d\"",
    ] {
        assert_eq!(outcomes(none), (Err(malformed), Err(unknown), Err(unknown)), "{none}");
    }
    // No errcode is success for an answer with an id, and for no other.
    assert_eq!(outcomes("null"), (Err(malformed), Err(unknown), Ok("M".to_owned())));
}

#[test]
fn half_a_character_or_a_byte_order_mark_does_not_spoil_an_answer() {
    let account = account();
    let stub = &account.client.transport;
    for (bytes, title) in [
        (r#"{"news_item":[{"title":"a\ud83d"}]}"#, "a\u{FFFD}"),
        (
            r#"{"news_item":[{"title":"\uDE00\ud83d\ud83d\ude00\uD83D\n"}]}"#,
            "\u{FFFD}\u{FFFD}😀\u{FFFD}\n",
        ),
        (r#"{"news_item":[{"title":"\\ud83d"}]}"#, "\\ud83d"),
        ("\u{FEFF}{\"news_item\":[{\"title\":\"T\"}]}", "T"),
        (
            "\r\n\u{FEFF}\u{FEFF} {\"news_item\":[{\"title\":\"T\\ud83d\n\"}]}",
            "T\u{FFFD}\n",
        ),
        (
            r#"{"news_item":[{"title":18446744073709551616,"x":1E400,"y":-0}]}"#,
            "18446744073709551616",
        ),
    ] {
        stub.answer(bytes);
        assert_eq!(
            block_on(account.get_draft("M")).unwrap().articles[0].title,
            title,
            "{bytes}"
        );
    }
    stub.answer("\u{FEFF}{\"errcode\":40007,\"errmsg\":\"\\ude00\"}");
    let error = block_on(account.get_draft("M")).unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::NotFound, "\u{FFFD}"));
}

#[test]
fn quota_and_records_have_their_figures() {
    let account = account();
    let stub = &account.client.transport;
    let figures = r#""daily_limit":1000.0,"used":"3","remain":997"#;
    for (rate_limit, read) in [
        (r#"{"call_count":5,"refresh_second":60}"#, true),
        ("{}", false),
        ("[]", false),
        ("null", false),
        (r#"{"call_count":5}"#, false),
    ] {
        stub.answer(&format!(
            r#"{{"errcode":0,"quota":{{{figures}}},"rate_limit":{rate_limit}}}"#
        ));
        let quota = block_on(account.quota("/x")).unwrap();
        assert_eq!((quota.daily_limit, quota.used, quota.remaining), (1000, 3, 997));
        assert_eq!(quota.rate_limit.is_some(), read, "{rate_limit}");
    }
    for quota in [
        "{}",
        "null",
        "[]",
        r#"{"daily_limit":1000}"#,
        r#"{"daily_limit":1000,"used":3,"remain":-1}"#,
        r#"{"daily_limit":null,"used":3,"remain":1}"#,
    ] {
        stub.answer(&format!(r#"{{"errcode":0,"quota":{quota}}}"#));
        assert_eq!(
            block_on(account.quota("/x")).unwrap_err().kind,
            ErrorKind::MalformedReply,
            "{quota}"
        );
    }
    for record in ["{}", "[]", "null", r#"{"invoke_time":-1}"#, r#"{"client_ip":"1"}"#] {
        stub.answer(&format!(r#"{{"errcode":0,"request":{record}}}"#));
        assert_eq!(
            block_on(account.explain("R")).unwrap_err().kind,
            ErrorKind::MalformedReply,
            "{record}"
        );
    }
}

#[test]
fn a_link_to_a_video_is_a_web_address() {
    let account = account();
    let stub = &account.client.transport;
    for links in [
        r#""down_url":"http://a/v.mp4""#,
        r#""video_url":"http://a/v.mp4""#,
        r#""down_url":"","video_url":"http://a/v.mp4""#,
        r#""down_url":0,"video_url":"http://a/v.mp4""#,
    ] {
        stub.answer(&format!("{{{links}}}"));
        let MaterialContent::Video(video) = block_on(account.get_material("M")).unwrap() else {
            panic!("{links}")
        };
        assert_eq!(video.url, "http://a/v.mp4");
    }
    for url in [
        "\"\"",
        "\"x\"",
        "0",
        "true",
        "null",
        "\"file:///etc/passwd\"",
        "\"http://\"",
        "\"?http://a\"",
    ] {
        stub.answer(&format!(r#"{{"down_url":{url}}}"#));
        assert_eq!(
            block_on(account.get_material("M")).unwrap_err().kind,
            ErrorKind::MalformedReply,
            "{url}"
        );
        stub.answer(&format!(r#"{{"video_url":{url}}}"#));
        assert_eq!(
            block_on(account.get_media("M")).unwrap_err().kind,
            ErrorKind::MalformedReply,
            "{url}"
        );
    }
}
