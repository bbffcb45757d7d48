use super::super::pause::DEFAULT_PAUSES;
use super::super::testing::COUNT;
use crate::account::Account;
use crate::bindings::types::{Config, ErrorKind, ProductCardType, PublishStatus, Timeouts};
use crate::error::Result;
use crate::transport::stub::{Stub, block_on, config};
use crate::transport::{Clock, Response, TransportError};

const TOKEN: &str = r#"{"access_token":"TOKEN","expires_in":7200}"#;
const BUSY: &str = r#"{"errcode":-1,"errmsg":"system error"}"#;
const OK: &str = r#"{"errcode":0,"errmsg":"ok"}"#;
const GONE: &str = r#"{"errcode":40007,"errmsg":"invalid media_id"}"#;

/// The outcome of one attempt.
#[derive(Clone, Copy)]
enum Attempt {
    Answer(&'static str),
    Status(u16),
    NotSent,
    Denied,
    Lost,
    TooLong,
}
use Attempt::{Answer, Denied, Lost, NotSent, Status, TooLong};

/// An account with a token, the default pauses, and a transport that fares like this.
fn account(attempts: &[Attempt]) -> Account<Stub> {
    let config = Config {
        retry_pauses_milliseconds: None,
        ..config()
    };
    let account = Account::open(config, Stub::default()).unwrap();
    account.client.transport.answer(TOKEN);
    block_on(account.verify()).unwrap();
    fares(&account, attempts);
    account
}

fn fares(account: &Account<Stub>, attempts: &[Attempt]) {
    let stub = &account.client.transport;
    for attempt in attempts {
        match attempt {
            Answer(body) => stub.answer(body),
            Status(status) => stub.respond(Response {
                status: *status,
                ..Response::default()
            }),
            NotSent => stub.fail(TransportError::not_sent("not sent")),
            Denied => stub.fail(TransportError::denied("denied")),
            Lost => stub.fail(TransportError::reply_lost("lost")),
            TooLong => stub.fail(TransportError::reply_too_long("too long")),
        }
    }
}

/// Returns the times at which the requests after the first, which was for the token, went out.
fn sent_at(account: &Account<Stub>) -> Vec<u64> {
    account
        .client
        .transport
        .sent()
        .iter()
        .skip(1)
        .map(|sent| sent.at)
        .collect()
}

fn kind<T: std::fmt::Debug>(outcome: Result<T>) -> ErrorKind {
    outcome.unwrap_err().kind
}

#[test]
fn a_safe_call_is_tried_four_times() {
    for attempt in [Answer(BUSY), Status(500), Status(502), NotSent, Lost] {
        let account = account(&[attempt; 4]);
        kind(block_on(account.count_drafts()));
        let at = sent_at(&account);
        let pauses: Vec<u64> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(pauses.len(), 3);
        for (pause, asked) in pauses.iter().zip(DEFAULT_PAUSES) {
            let asked = u64::from(asked);
            assert!((asked..=asked + asked / 4).contains(pause), "{pauses:?}");
        }
    }
}

#[test]
fn the_first_answer_ends_it() {
    let account = account(&[Lost, Status(503), Answer(BUSY), Answer(COUNT)]);
    assert_eq!(block_on(account.count_drafts()).unwrap(), 3);
    fares(&account, &[Lost, Answer(GONE)]);
    assert_eq!(kind(block_on(account.get_draft("M"))), ErrorKind::NotFound);
    assert_eq!(sent_at(&account).len(), 6);
}

#[test]
fn an_attempt_that_would_end_in_the_same_is_not_repeated() {
    for attempt in [
        Status(412),
        Status(501),
        Status(302),
        Answer("<html>"),
        Answer(""),
        Denied,
        TooLong,
    ] {
        let account = account(&[attempt]);
        kind(block_on(account.count_drafts()));
        assert_eq!(sent_at(&account).len(), 1);
    }
}

#[test]
fn an_unsafe_call_is_repeated_only_if_nothing_was_sent() {
    for (attempts, expected) in [
        (&[NotSent, NotSent, Lost][..], ErrorKind::OutcomeUnknown),
        (&[NotSent, Answer(BUSY)], ErrorKind::OutcomeUnknown),
        (&[Status(502)], ErrorKind::OutcomeUnknown),
        (&[NotSent; 4], ErrorKind::Network),
        (&[Denied], ErrorKind::Network),
    ] {
        let account = account(attempts);
        assert_eq!(kind(block_on(account.submit("M"))), expected);
        assert_eq!(sent_at(&account).len(), attempts.len());
    }
}

#[test]
fn a_thing_that_an_unclear_attempt_may_have_deleted_is_deleted() {
    for unclear in [Lost, Status(502), Answer(BUSY)] {
        let account = account(&[unclear, Answer(GONE), unclear, Answer(GONE), unclear, Answer(OK)]);
        block_on(account.delete_draft("M")).unwrap();
        block_on(account.delete_material("M")).unwrap();
        block_on(account.delete_draft("M")).unwrap();
    }
    // A token that ends in between makes no difference.
    let refused = Answer(r#"{"errcode":42001,"errmsg":"access_token expired"}"#);
    let account_with_old_token = account(&[Lost, refused, Answer(TOKEN), Answer(GONE)]);
    block_on(account_with_old_token.delete_draft("M")).unwrap();
    for clear in [&[Answer(GONE)][..], &[NotSent, Answer(GONE)]] {
        assert_eq!(kind(block_on(account(clear).delete_draft("M"))), ErrorKind::NotFound);
    }
}

#[test]
fn an_operation_that_is_blocked_for_a_while_is_not_repeated() {
    const BLOCKED: &str = r#"{"errcode":45102,"errmsg":"this api have been blocked temporarily"}"#;
    let account = account(&[Answer(BLOCKED); 2]);
    assert_eq!(kind(block_on(account.count_drafts())), ErrorKind::Busy);
    assert_eq!(kind(block_on(account.submit("M"))), ErrorKind::Busy);
    assert_eq!(sent_at(&account).len(), 2);
}

#[test]
fn a_question_that_is_asked_again_anyway_or_in_vain_is_tried_once() {
    // While waiting the next question comes anyway: a failed one costs no more than itself.
    let waiting = account(&[Lost, Answer(r#"{"publish_status":3}"#)]);
    let outcome = block_on(waiting.wait_published("1", 3600)).unwrap();
    assert!(matches!(outcome, PublishStatus::Failed));
    let at = sent_at(&waiting);
    assert_eq!(at.get(1).map(|second| second - at[0]), Some(10_000), "{at:?}");
    // An account that has no products also gets the code of a busy server.
    let shop = account(&[Answer(BUSY)]);
    let outcome = block_on(shop.product_card("1", ProductCardType::NewsLarge));
    assert_eq!((kind(outcome), sent_at(&shop).len()), (ErrorKind::Busy, 1));
    // A token that still serves is not held up by the renewal.
    let renewing = account(&[Lost, Answer(COUNT)]);
    renewing.client.transport.advance(7_000_000);
    assert_eq!(block_on(renewing.count_drafts()).unwrap(), 3);
    assert_eq!(sent_at(&renewing), [7_000_000, 7_000_000]);
}

#[test]
fn the_pauses_are_the_configured_ones() {
    let config = |pauses: Vec<u32>| Config {
        retry_pauses_milliseconds: Some(pauses),
        ..config()
    };
    let account = Account::open(config(vec![0, 40_000]), Stub::default()).unwrap();
    fares(&account, &[Lost, Lost, Lost]);
    assert_eq!(kind(block_on(account.verify())), ErrorKind::Network);
    let at: Vec<u64> = account.client.transport.sent().iter().map(|sent| sent.at).collect();
    assert!(at.len() == 3 && at[1] == 0 && at[2] >= 40_000, "{at:?}");
    let too_many = Account::open(config(vec![1; 11]), Stub::default());
    assert_eq!(
        too_many.err().and_then(|error| error.subject).as_deref(),
        Some("retry-pauses-milliseconds")
    );
}

#[test]
fn no_attempt_begins_after_the_end_of_the_call() {
    let config = Config {
        retry_pauses_milliseconds: None,
        timeouts: Some(Timeouts {
            connect_milliseconds: 1,
            first_byte_milliseconds: 1,
            between_bytes_milliseconds: 1,
            call_milliseconds: 10_000,
        }),
        ..config()
    };
    let account = Account::open(config, Stub::default()).unwrap();
    let stub = &account.client.transport;
    stub.takes.set(4000);
    fares(&account, &[Lost, Lost]);
    assert_eq!(kind(block_on(account.verify())), ErrorKind::Network);
    assert!(stub.now() <= 10_000, "{}", stub.now());
    // If a token took all the time, nothing was sent, and the caller learns just that.
    stub.takes.set(10_000);
    stub.answer(TOKEN);
    let error = block_on(account.submit("M")).unwrap_err();
    assert!(
        error.kind == ErrorKind::Network && error.advice.contains("Nothing was sent"),
        "{error:?}"
    );
    assert_eq!(stub.sent().len(), 3);
}

#[test]
fn a_refusal_that_arrived_before_the_connection_broke_decides() {
    let broken = |received: &str| TransportError::reply_lost("broken").after(received.as_bytes().to_vec());
    let quota = r#"{"errcode":45009,"errmsg":"reach max api daily quota limit"}"#;
    let unsafe_call = account(&[]);
    unsafe_call.client.transport.fail(broken(quota));
    let error = block_on(unsafe_call.submit("M")).unwrap_err();
    assert_eq!((error.kind, error.errcode), (ErrorKind::Quota, Some(45009)));
    // A refused token is replaced, and the call made again.
    let expired = account(&[Answer(TOKEN), Answer(r#"{"publish_id":"1"}"#)]);
    let refused = broken(r#"{"errcode":42001,"errmsg":"access_token expired"}"#);
    expired.client.transport.fail_first(refused);
    block_on(expired.submit("M")).unwrap();
    assert_eq!(sent_at(&expired).len(), 3);
    // Nothing else decides: neither a part of a refusal, nor a success, which may have had more to say.
    for received in [&quota[..quota.len() - 1], r#"{"publish_id":"1"}"#, "", "<html>"] {
        let in_doubt = account(&[]);
        in_doubt.client.transport.fail(broken(received));
        let error = block_on(in_doubt.submit("M")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::OutcomeUnknown, "{received}");
        let shown = if received.is_empty() {
            "broken".to_owned()
        } else {
            format!("broken; it begins: {received}")
        };
        assert_eq!(error.message, shown);
    }
    // A token's own refusal, too.
    let wrong_secret = Account::open(config(), Stub::default()).unwrap();
    let refused = r#"{"errcode":40125,"errmsg":"invalid appsecret"}"#;
    wrong_secret.client.transport.fail(broken(refused));
    assert_eq!(kind(block_on(wrong_secret.verify())), ErrorKind::Credentials);
}

#[test]
fn a_failure_of_tls_is_told_once() {
    for (failure, on_submit) in [
        (TransportError::untrusted("no trust"), ErrorKind::Tls),
        (TransportError::insecure("no TLS"), ErrorKind::OutcomeUnknown),
    ] {
        let account = account(&[]);
        account.client.transport.fail(failure.clone());
        account.client.transport.fail(failure);
        let on_read = block_on(account.count_drafts()).unwrap_err();
        assert_eq!(on_read.kind, ErrorKind::Tls);
        assert!(on_read.advice.contains("certificate"), "{on_read:?}");
        assert_eq!(kind(block_on(account.submit("M"))), on_submit);
        assert_eq!(sent_at(&account).len(), 2);
    }
}
