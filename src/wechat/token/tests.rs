use super::super::testing::{COUNT, REFUSED, fresh, targets, token};
use super::*;
use crate::bindings::types::ErrorKind;
use crate::transport::Method;
use crate::transport::stub::block_on;

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
