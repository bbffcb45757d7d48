use super::super::testing::{COUNT, REFUSED, fresh, refusal, targets, token};
use super::*;
use crate::account::Account;
use crate::transport::Method;
use crate::transport::stub::{Stub, block_on};

/// A token that arrived in the first second.
fn cached(seconds_left: u64) -> CachedToken {
    CachedToken::new(Secret::new("t".to_owned()), seconds_left, 1000)
}

#[test]
fn a_token_is_asked_for_as_documented() {
    let account = fresh(&[&token("75_Eh6x", 7200)]);
    assert_eq!(block_on(account.verify()).unwrap(), 7200);
    let sent = &account.client.transport.sent()[0];
    assert_eq!(
        (sent.method, sent.target.as_str()),
        (Method::Post, "/cgi-bin/stable_token")
    );
    assert_eq!(sent.content_type, "application/json");
    assert_eq!(
        sent.body,
        concat!(
            r#"{"grant_type":"client_credential","appid":"wx0123456789abcdef","#,
            r#""secret":"0123456789abcdef0123456789abcdef","force_refresh":false}"#
        )
    );
}

#[test]
fn one_token_serves_until_5_minutes_before_its_end() {
    let account = fresh(&[&token("A", 7200), COUNT, COUNT, &token("B", 7200), COUNT]);
    block_on(account.count_drafts()).unwrap();
    account.client.transport.advance(6_899_999);
    block_on(account.count_drafts()).unwrap();
    account.client.transport.advance(1);
    block_on(account.count_drafts()).unwrap();
    assert_eq!(
        targets(&account),
        [
            "/cgi-bin/stable_token",
            "/cgi-bin/draft/count?access_token=A",
            "/cgi-bin/draft/count?access_token=A",
            "/cgi-bin/stable_token",
            "/cgi-bin/draft/count?access_token=B",
        ]
    );
}

#[test]
fn a_token_with_life_left_serves_while_wechat_gives_no_new_one() {
    let account = fresh(&[&token("A", 7200), "<html>", COUNT, "<html>"]);
    block_on(account.verify()).unwrap();
    account.client.transport.advance(7_000_000);
    assert_eq!(block_on(account.count_drafts()).unwrap(), 3);
    account.client.transport.advance(200_000);
    assert_eq!(
        block_on(account.count_drafts()).unwrap_err().kind,
        ErrorKind::MalformedReply
    );
}

#[test]
fn a_wrong_secret_is_reported_and_not_repeated() {
    let account = fresh(&[REFUSED]);
    let error = block_on(account.count_drafts()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Credentials);
    assert!(error.advice.contains("AppSecret"));
    assert_eq!(targets(&account), ["/cgi-bin/stable_token"]);
}

#[test]
fn a_token_is_renewed_5_minutes_before_its_end() {
    let token = cached(7200);
    assert!(!token.is_due(1000 + 6_899_999));
    assert!(token.is_due(1000 + 6_900_000));
    assert_eq!(token.seconds_left(1000 + 6_900_000), 300);
    assert_eq!(token.seconds_left(u64::MAX), 0);
}

#[test]
fn a_token_with_little_life_is_used_to_its_end() {
    for seconds in [1, 299, 300] {
        assert!(!cached(seconds).is_due(1000 + seconds * 1000 - 1), "{seconds}");
        assert!(cached(seconds).is_due(1000 + seconds * 1000), "{seconds}");
    }
    assert!(cached(0).is_due(1000));
    assert_eq!(cached(u64::MAX).seconds_left(1000), u32::MAX);
}

/// The path of a call that needs a token.
const CALL: &str = "/cgi-bin/draft/count";

/// Returns the paths that were asked, without queries.
fn paths(account: &Account<Stub>) -> Vec<String> {
    let path = |target: String| target.split('?').next().unwrap_or_default().to_owned();
    targets(account).into_iter().map(path).collect()
}

#[test]
fn a_token_of_unknown_life_serves_for_5_minutes() {
    for life in [
        "",
        r#","expires_in":null"#,
        r#","expires_in":-1"#,
        r#","expires_in":0"#,
        r#","expires_in":false"#,
    ] {
        let token = format!(r#"{{"access_token":"A"{life}}}"#);
        let account = fresh(&[&token, COUNT, COUNT, &token, COUNT]);
        assert_eq!(block_on(account.verify()).unwrap(), 300, "{life}");
        block_on(account.count_drafts()).unwrap();
        account.client.transport.advance(299_999);
        block_on(account.count_drafts()).unwrap();
        account.client.transport.advance(1);
        block_on(account.count_drafts()).unwrap();
        assert_eq!(
            paths(&account),
            [STABLE_TOKEN.path, CALL, CALL, STABLE_TOKEN.path, CALL],
            "{life}"
        );
    }
}

#[test]
fn a_life_in_another_spelling_saves_the_same_requests() {
    for life in ["7200.0", "7.2e3", "\"7200\"", "99999999999999999999"] {
        let account = fresh(&[&format!(r#"{{"access_token":"A","expires_in":{life}}}"#), COUNT, COUNT]);
        block_on(account.count_drafts()).unwrap();
        account.client.transport.advance(6_899_999);
        block_on(account.count_drafts()).unwrap();
        assert_eq!(paths(&account), [STABLE_TOKEN.path, CALL, CALL], "{life}");
    }
}

#[test]
fn a_token_with_life_left_serves_through_every_failure_that_may_pass() {
    let answers = [45009, 45011, 45101, 45102, -1, 61450, 268_487_001, 77_777].map(refusal);
    for failure in answers.iter().map(String::as_str).chain(["<html>", "", "{}"]) {
        let account = fresh(&[&token("A", 7200), failure, COUNT]);
        block_on(account.verify()).unwrap();
        account.client.transport.advance(6_900_000);
        assert_eq!(block_on(account.count_drafts()).unwrap(), 3, "{failure}");
    }
    // The user has to do something about these, and should know as early as possible.
    for code in [40001, 40013, 40125, 40164, 40243, 50004, 50007, 89503] {
        let account = fresh(&[&token("A", 7200), &refusal(code)]);
        block_on(account.verify()).unwrap();
        account.client.transport.advance(6_900_000);
        assert_eq!(block_on(account.count_drafts()).unwrap_err().errcode, Some(code));
    }
}

#[test]
fn a_renewal_that_failed_is_not_requested_at_each_call() {
    let limited = refusal(45011);
    let answers = [
        &token("A", 7200),
        &limited,
        COUNT,
        COUNT,
        COUNT,
        &limited,
        COUNT,
        &token("B", 7200),
        COUNT,
    ];
    let account = fresh(&answers.map(|answer: &str| answer));
    let stub = &account.client.transport;
    block_on(account.verify()).unwrap();
    stub.advance(6_900_000);
    // Due for renewal: asked, and then only after a minute.
    for pause in [0, 1_000, 58_999, 1, 60_000] {
        stub.advance(pause);
        block_on(account.count_drafts()).unwrap();
    }
    assert_eq!(
        paths(&account),
        [
            STABLE_TOKEN.path,
            STABLE_TOKEN.path,
            CALL,
            CALL,
            CALL,
            STABLE_TOKEN.path,
            CALL,
            STABLE_TOKEN.path,
            CALL
        ]
    );
}

#[test]
fn a_token_is_not_used_beyond_its_end_while_renewals_fail() {
    let limited = refusal(45009);
    let account = fresh(&[&token("A", 7200), &limited, COUNT, &limited]);
    let stub = &account.client.transport;
    block_on(account.verify()).unwrap();
    stub.advance(7_190_000);
    block_on(account.count_drafts()).unwrap();
    stub.advance(10_000);
    assert_eq!(block_on(account.count_drafts()).unwrap_err().kind, ErrorKind::Quota);
}
