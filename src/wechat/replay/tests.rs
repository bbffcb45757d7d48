use super::super::testing::{COUNT, REFUSED, fresh, jpg, refusal, targets, token};
use super::*;
use crate::account::Account;
use crate::bindings::types::{Config, ErrorKind};
use crate::transport::stub::{Sent, Stub, account, block_on, config};
use crate::transport::{Response, TransportError};

#[test]
fn a_refused_token_costs_one_refresh_and_one_replay_of_the_same_body() {
    for code in [40001, 40014, 42001] {
        let account = account();
        let stub = &account.client.transport;
        stub.answer(&format!(r#"{{"errcode":{code},"errmsg":"x"}}"#));
        stub.answer(&token("NEW", 7200));
        stub.answer(r#"{"media_id":"M","url":"http://mmbiz.qpic.cn/x"}"#);
        assert_eq!(block_on(account.upload_image(&jpg())).unwrap().media_id, "M");
        let sent = stub.sent();
        let add = "/cgi-bin/material/add_material?access_token";
        assert_eq!(
            targets(&account),
            [
                format!("{add}=TOKEN&type=image"),
                "/cgi-bin/stable_token".to_owned(),
                format!("{add}=NEW&type=image")
            ]
        );
        assert!(sent[1].body.contains("\"force_refresh\":false"));
        assert!(sent[0].body.contains("a picture"));
        assert_eq!(
            (&sent[0].body, &sent[0].content_type),
            (&sent[2].body, &sent[2].content_type)
        );
    }
}

#[test]
fn a_new_token_that_is_refused_too_ends_the_call() {
    let account = fresh(&[&token("A", 7200), REFUSED, &token("B", 7200), REFUSED]);
    let error = block_on(account.count_drafts()).unwrap_err();
    assert_eq!((error.kind, error.errcode), (ErrorKind::Credentials, Some(40001)));
    assert_eq!(error.rid.as_deref(), Some("617682e0-09059ac5-34a8e2ea"));
    assert_eq!(targets(&account).len(), 4);
}

#[test]
fn the_same_token_refused_twice_is_forced_once() {
    let same = token("A", 7200);
    let account = fresh(&[&same, REFUSED, &same, REFUSED, &token("B", 7200), COUNT]);
    assert_eq!(block_on(account.count_drafts()).unwrap(), 3);
    assert!(
        account.client.transport.sent()[4]
            .body
            .contains("\"force_refresh\":true")
    );
    // It is not forced again for the next 72 minutes.
    let again = [REFUSED, &token("B", 7200), REFUSED];
    again.iter().for_each(|answer| account.client.transport.answer(answer));
    assert!(block_on(account.count_drafts()).is_err());
    assert_eq!(targets(&account).len(), 9);
}

/// A response to a forced refresh, or none.
enum Reply {
    Answer(String),
    Status(u16),
    NotSent,
    Lost,
}

/// Makes a call whose token is refused twice, and which may force one.
fn refused_twice(account: &Account<Stub>, value: &str, forced: Option<&Reply>) -> Result<u64> {
    let stub = &account.client.transport;
    account.client.forget_token();
    [token(value, 7200).as_str(), REFUSED, &token(value, 7200), REFUSED]
        .iter()
        .for_each(|answer| stub.answer(answer));
    match forced {
        Some(Reply::Answer(answer)) => stub.answer(answer),
        Some(Reply::Status(status)) => stub.respond(Response {
            status: *status,
            ..Response::default()
        }),
        Some(Reply::NotSent) => stub.fail(TransportError::not_sent("not sent")),
        Some(Reply::Lost) => stub.fail(TransportError::reply_lost("the connection was closed")),
        None => {}
    }
    block_on(account.count_drafts())
}

fn forced(account: &Account<Stub>) -> usize {
    let sent = account.client.transport.sent();
    let force = |sent: &&Sent| sent.body.contains("\"force_refresh\":true");
    sent.iter().filter(force).count()
}

#[test]
fn a_forced_refresh_that_failed_is_repeated_after_a_minute() {
    let answers = [-1, 45009, 45011, 61450, 40164].map(|code| Reply::Answer(refusal(code)));
    let others = [
        Reply::Answer("<html>".to_owned()),
        Reply::Answer("{}".to_owned()),
        Reply::Status(502),
        Reply::Status(412),
        Reply::NotSent,
        Reply::Lost,
    ];
    for failure in answers.into_iter().chain(others) {
        let account = fresh(&[]);
        let stub = &account.client.transport;
        assert_ne!(
            refused_twice(&account, "A", Some(&failure)).unwrap_err().errcode,
            Some(40001)
        );
        // A storm of calls does not force at each. The error tells when it is of use to try again.
        for left in [60, 31, 1] {
            let error = refused_twice(&account, "A", None).unwrap_err();
            assert_eq!(
                (error.kind, error.retry_after_seconds),
                (ErrorKind::Credentials, Some(left))
            );
            stub.advance(29_500);
        }
        assert_eq!(forced(&account), 1);
        account.client.forget_token();
        let same = token("A", 7200);
        [&same, REFUSED, &same, REFUSED, &token("B", 7200), COUNT]
            .iter()
            .for_each(|answer| stub.answer(answer));
        assert_eq!(block_on(account.count_drafts()).unwrap(), 3);
        assert_eq!(forced(&account), 2);
        // That one counts: the next is possible after 72 minutes.
        stub.advance(60_000);
        let error = refused_twice(&account, "B", None).unwrap_err();
        assert_eq!(error.retry_after_seconds, Some(71 * 60));
        stub.advance(71 * 60 * 1000 - 1);
        assert_eq!(
            refused_twice(&account, "B", None).unwrap_err().retry_after_seconds,
            Some(1)
        );
    }
}

#[test]
fn a_forced_refresh_whose_reply_was_lost_counts_if_it_replaced_the_token() {
    for lost in [
        Reply::Lost,
        Reply::Status(502),
        Reply::Answer(refusal(-1)),
        Reply::Answer("<html>".to_owned()),
    ] {
        let account = fresh(&[]);
        assert!(refused_twice(&account, "A", Some(&lost)).is_err());
        account.client.transport.advance(60_000);
        // The normal mode returns another token. It serves, so nobody forces one.
        let stub = &account.client.transport;
        [token("B", 7200).as_str(), COUNT]
            .iter()
            .for_each(|answer| stub.answer(answer));
        assert_eq!(block_on(account.count_drafts()).unwrap(), 3);
        // Should it be refused, too, then 72 minutes after the one that counted.
        let error = refused_twice(&account, "B", None).unwrap_err();
        assert_eq!(
            (error.kind, error.retry_after_seconds),
            (ErrorKind::Credentials, Some(71 * 60))
        );
        assert_eq!(forced(&account), 1);
    }
}

#[test]
fn an_account_that_must_not_force_says_what_to_do() {
    let config = Config {
        may_force_token: Some(false),
        ..config()
    };
    let account = Account::open(config, Stub::default()).unwrap();
    for _ in 0..3 {
        let error = refused_twice(&account, "A", None).unwrap_err();
        assert_eq!((error.kind, error.errcode), (ErrorKind::Credentials, Some(40001)));
        assert!(error.advice.contains("may-force-token"), "{error:?}");
        account.client.transport.advance(72 * 60 * 1000);
    }
    assert_eq!(forced(&account), 0);
    // A token that somebody else has forced meanwhile serves.
    let stub = &account.client.transport;
    [token("A", 7200).as_str(), REFUSED, &token("B", 7200), COUNT]
        .iter()
        .for_each(|answer| stub.answer(answer));
    assert_eq!(block_on(account.count_drafts()).unwrap(), 3);
}

#[test]
fn queries_are_percent_encoded() {
    let account = account();
    account.client.transport.answer(r#"{"errcode":40007,"errmsg":"x"}"#);
    let get = Endpoint::get("/cgi-bin/media/get").with_file_reply();
    let _ = block_on(account.client.get_file(&get, &[("media_id", "a/b&c=写 -_.~")]));
    assert_eq!(
        targets(&account),
        ["/cgi-bin/media/get?access_token=TOKEN&media_id=a%2Fb%26c%3D%E5%86%99%20-_.~"]
    );
}

#[test]
fn a_target_has_its_room_from_the_start() {
    let endpoint = Endpoint::get("/p");
    let token = Secret::new("写".repeat(10));
    let id = "写".repeat(1000);
    let target = target(&endpoint, &token, &[("media_id", &id)]);
    // Every byte of token and id is encoded here, so the buffer is full. One that had grown would be longer.
    assert_eq!(target.len(), "/p?access_token=&media_id=".len() + (30 + 3000) * 3);
    assert_eq!(target.capacity(), target.len());
}
