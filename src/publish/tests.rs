use super::*;
use crate::bindings::types::ErrorKind;
use crate::transport::TransportError;
use crate::transport::stub::{account, block_on};
use crate::wechat::object::Object;

const PUBLISHING: &str = r#"{"publish_id":"100000001","publish_status":1,"fail_idx":[1]}"#;
const PUBLISHED: &str = r#"{"publish_id":"100000001","publish_status":0,"article_id":"b5O2OUs2",
    "article_detail":{"count":2,"item":[{"idx":2,"article_url":"http:\/\/mp.weixin.qq.com\/s\/B"},
    {"idx":1,"article_url":"http:\/\/mp.weixin.qq.com\/s\/A"}]},"fail_idx":[]}"#;

/// Returns the outcome, and the seconds at which the questions are asked.
fn asked(answers: &[&str], timeout_seconds: u32) -> (Result<PublishStatus>, Vec<u64>) {
    let account = account();
    let stub = &account.client.transport;
    answers.iter().for_each(|answer| stub.answer(answer));
    let outcome = block_on(account.wait_published("100000001", timeout_seconds));
    (outcome, stub.sent().iter().map(|sent| sent.at / 1000).collect())
}

#[test]
fn the_pauses_double_up_to_a_minute() {
    let (outcome, at) = asked(&[PUBLISHING; 8], 300);
    assert!(matches!(outcome.unwrap(), PublishStatus::Publishing));
    assert_eq!(at, [5, 15, 35, 75, 135, 195, 255, 300]);
}

#[test]
fn ten_minutes_take_13_questions() {
    let (_, at) = asked(&[PUBLISHING; 13], 600);
    assert_eq!(at.len(), 13);
}

#[test]
fn a_question_that_takes_long_is_the_last() {
    let account = account();
    let stub = &account.client.transport;
    stub.takes.set(10_000);
    stub.fail(TransportError::reply_lost("lost"));
    let error = block_on(account.wait_published("100000001", 6)).unwrap_err();
    assert_eq!((error.kind, stub.sent().len()), (ErrorKind::Network, 1));
}

#[test]
fn without_time_it_asks_once_and_at_once() {
    let (outcome, at) = asked(&[PUBLISHING], 0);
    assert!(matches!(outcome.unwrap(), PublishStatus::Publishing));
    assert_eq!(at, [0]);
}

#[test]
fn a_decision_ends_the_wait() {
    let (outcome, at) = asked(&[PUBLISHING, PUBLISHED], 600);
    let PublishStatus::Published(publication) = outcome.unwrap() else {
        panic!("not published")
    };
    assert_eq!(publication.article_id, "b5O2OUs2");
    assert_eq!(
        publication.urls,
        ["http://mp.weixin.qq.com/s/A", "http://mp.weixin.qq.com/s/B"]
    );
    assert_eq!(at, [5, 15]);
}

#[test]
fn no_address_is_lost_whatever_the_positions_are() {
    for (items, urls) in [
        (
            r#"[{"idx":3,"article_url":"http://C"},{"idx":1,"article_url":"http://A"}]"#,
            vec!["http://A", "http://C"],
        ),
        (
            r#"[{"article_url":"http://A"},{"article_url":"http://B"}]"#,
            vec!["http://A", "http://B"],
        ),
        (
            r#"[{"idx":1,"article_url":"http://A"},{"idx":1,"article_url":"http://B"}]"#,
            vec!["http://A", "http://B"],
        ),
        ("null", vec![]),
    ] {
        let answer = format!(r#"{{"publish_status":0,"article_id":"I","article_detail":{{"item":{items}}}}}"#);
        let publication: Publication = Object::parse(&answer).unwrap().read().unwrap();
        assert_eq!(publication.urls, urls);
    }
}

#[test]
fn a_lost_question_is_asked_again_later_and_a_refused_one_ends_the_wait() {
    let busy = r#"{"errcode":-1,"errmsg":"system error"}"#;
    let limited = r#"{"errcode":45011,"errmsg":"x"}"#;
    assert!(asked(&[busy, "<html>", limited, PUBLISHED], 600).0.is_ok());
    assert_eq!(asked(&[busy], 0).0.unwrap_err().errcode, Some(-1));
    assert_eq!(
        asked(&[r#"{"errcode":48001,"errmsg":"x"}"#], 600)
            .0
            .unwrap_err()
            .errcode,
        Some(48001)
    );

    let account = account();
    account.client.transport.fail(TransportError::reply_lost("lost"));
    account.client.transport.answer(PUBLISHED);
    assert!(block_on(account.wait_published("1", 600)).is_ok());
}

#[test]
fn every_status_has_a_case_of_its_own() {
    let status = |number: i64| {
        let answer = format!(r#"{{"publish_status":{number},"fail_idx":[1,"3",0]}}"#);
        Object::parse(&answer).unwrap().read::<PublishStatus>().unwrap()
    };
    assert!(matches!(status(2), PublishStatus::OriginalDeclarationFailed(indices) if indices == [0, 2]));
    assert!(matches!(status(3), PublishStatus::Failed));
    assert!(matches!(status(4), PublishStatus::ReviewRefused(indices) if indices == [0, 2]));
    assert!(matches!(status(5), PublishStatus::DeletedByUser));
    assert!(matches!(status(6), PublishStatus::BannedBySystem));
    assert!(matches!(status(7), PublishStatus::Unknown(7)));
    assert!(matches!(status(-1), PublishStatus::Unknown(-1)));
    assert!(Object::parse("{}").unwrap().read::<PublishStatus>().is_none());
}

/// Returns the status of this answer.
fn status_of(answer: &str) -> Result<PublishStatus> {
    let account = account();
    account.client.transport.answer(answer);
    block_on(account.publish_status("1"))
}

#[test]
fn a_status_is_read_in_any_spelling_of_its_number() {
    for number in ["0", "0.0", "-0", "\"0\"", "\" 0 \""] {
        let answer = format!(r#"{{"publish_status":{number},"article_id":"A"}}"#);
        assert!(
            matches!(status_of(&answer), Ok(PublishStatus::Published(_))),
            "{number}"
        );
    }
    for number in [
        "null",
        "\"\"",
        "\"published\"",
        "false",
        "true",
        "[]",
        "[0]",
        "{}",
        "0.5",
    ] {
        let answer = format!(r#"{{"publish_status":{number},"article_id":"A"}}"#);
        assert_eq!(
            status_of(&answer).unwrap_err().kind,
            ErrorKind::MalformedReply,
            "{number}"
        );
    }
}

#[test]
fn a_publication_has_its_id_and_all_its_addresses() {
    for detail in [
        "",
        r#","article_detail":null"#,
        r#","article_detail":[]"#,
        r#","article_detail":{}"#,
        r#","article_detail":{"count":0,"item":[]}"#,
    ] {
        let answer = format!(r#"{{"publish_status":0,"article_id":"A"{detail}}}"#);
        let Ok(PublishStatus::Published(publication)) = status_of(&answer) else {
            panic!("{detail}")
        };
        assert_eq!((publication.article_id.as_str(), publication.urls.len()), ("A", 0));
    }
    let no_publication = |answer: &str| {
        assert_eq!(
            status_of(answer).unwrap_err().kind,
            ErrorKind::MalformedReply,
            "{answer}"
        )
    };
    let detail = r#""article_detail":{"count":1,"item":[{"idx":1,"article_url":"http://mp.weixin.qq.com/s/A"}]}"#;
    no_publication(r#"{"publish_status":0}"#);
    no_publication(&format!(r#"{{"publish_status":0,{detail}}}"#));
    for id in ["null", "\"\"", "0", "false", "\"a b\"", "\"?A\"", "{}", "[\"A\"]"] {
        no_publication(&format!(r#"{{"publish_status":0,"article_id":{id},{detail}}}"#));
    }
    for detail in [
        r#""x""#,
        "[1]",
        r#"{"count":1}"#,
        r#"{"count":1,"item":[]}"#,
        r#"{"count":-1,"item":[]}"#,
        r#"{"count":2,"item":[{"article_url":"http://mp.weixin.qq.com/s/A"}]}"#,
        r#"{"item":"x"}"#,
        r#"{"item":["http://mp.weixin.qq.com/s/A"]}"#,
        r#"{"item":[{"idx":1}]}"#,
        r#"{"item":[{"article_url":""}]}"#,
        r#"{"item":[{"article_url":"mp.weixin.qq.com/s/A"}]}"#,
        r#"{"item":[{"article_url":"http://mp.weixin.qq.com/s/A"},{"article_url":null}]}"#,
    ] {
        no_publication(&format!(
            r#"{{"publish_status":0,"article_id":"A","article_detail":{detail}}}"#
        ));
    }
    // In other states these fields have no meaning.
    let answer = r#"{"publish_status":1,"article_id":0,"article_detail":"x","fail_idx":"x"}"#;
    assert!(matches!(status_of(answer), Ok(PublishStatus::Publishing)));
}

#[test]
fn a_publication_without_its_id_is_asked_for_again() {
    let (outcome, at) = asked(&[r#"{"publish_status":0}"#, PUBLISHED], 600);
    assert!(matches!(outcome, Ok(PublishStatus::Published(_))));
    assert_eq!(at, [5, 15]);
}

#[test]
fn a_submission_without_an_id_has_an_unknown_outcome() {
    let submit = |answer: &str| {
        let account = account();
        account.client.transport.answer(answer);
        block_on(account.submit("M"))
    };
    for (id, read) in [
        ("2650177668", "2650177668"),
        ("2650177668.0", "2650177668"),
        ("\"100000001\"", "100000001"),
        ("18446744073709551616", "18446744073709551616"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ] {
        let submission = submit(&format!(r#"{{"errcode":0,"publish_id":{id},"msg_data_id":{id}}}"#)).unwrap();
        assert_eq!(submission.publish_id, read);
        assert_eq!(submission.msg_data_id.as_deref(), Some(read));
    }
    for id in [
        "0", "0.0", "-1", "\"0\"", "\"\"", "null", "true", "1.5", "{}", "[1]", "\"?1\"", "1E400",
    ] {
        let error = submit(&format!(r#"{{"errcode":0,"publish_id":{id}}}"#)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::OutcomeUnknown, "{id}");
        let submission = submit(&format!(r#"{{"errcode":0,"publish_id":1,"msg_data_id":{id}}}"#)).unwrap();
        assert_eq!(submission.msg_data_id, None, "{id}");
    }
    for answer in [
        "{}",
        r#"{"errcode":0,"errmsg":"ok"}"#,
        r#"{"errcode":false,"publish_id":1}"#,
    ] {
        assert_eq!(submit(answer).unwrap_err().kind, ErrorKind::OutcomeUnknown, "{answer}");
    }
}

#[test]
fn positions_of_published_articles_count_from_1_on_the_wire() {
    let sent = |which| {
        let account = account();
        account.client.transport.answer(r#"{"errcode":0,"errmsg":"ok"}"#);
        block_on(account.delete_publication("A", which)).unwrap();
        account.client.transport.sent().remove(0).body
    };
    assert_eq!(sent(DeleteWhich::All), r#"{"article_id":"A"}"#);
    assert_eq!(sent(DeleteWhich::One(0)), r#"{"article_id":"A","index":1}"#);
    assert!(block_on(account().delete_publication("A", DeleteWhich::One(u32::MAX))).is_err());
}
