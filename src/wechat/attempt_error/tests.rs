use super::super::testing::{jpg, targets};
use super::*;
use crate::transport::Response;
use crate::transport::stub::{account, block_on};

#[test]
fn a_lost_reply_is_unknown_if_repeating_could_do_harm() {
    let failures = [
        (
            TransportError::not_sent("refused"),
            ErrorKind::Network,
            ErrorKind::Network,
        ),
        (
            TransportError::reply_lost("lost"),
            ErrorKind::OutcomeUnknown,
            ErrorKind::Network,
        ),
    ];
    for (failure, on_upload, on_read) in failures {
        let account = account();
        account.client.transport.fail(failure.clone());
        account.client.transport.fail(failure);
        assert_eq!(block_on(account.upload_image(&jpg())).unwrap_err().kind, on_upload);
        assert_eq!(block_on(account.count_drafts()).unwrap_err().kind, on_read);
        assert_eq!(targets(&account).len(), 2, "nothing is repeated");
    }
}

#[test]
fn a_reply_that_is_too_long_is_not_asked_for_again() {
    let account = account();
    account
        .client
        .transport
        .fail(TransportError::reply_too_long("too long"));
    let error = block_on(account.list_drafts(0, 20, true)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::MalformedReply);
    assert!(error.advice.contains("fewer"));
}

#[test]
fn a_busy_server_leaves_the_outcome_unknown_if_repeating_could_do_harm() {
    let account = account();
    let busy = r#"{"errcode":-1,"errmsg":"system error"}"#;
    account.client.transport.answer(busy);
    account.client.transport.answer(busy);
    account.client.transport.respond(Response {
        status: 503,
        ..Response::default()
    });
    let on_read = block_on(account.count_drafts()).unwrap_err();
    assert_eq!((on_read.kind, on_read.retry_after_seconds), (ErrorKind::Busy, Some(5)));
    let on_submit = block_on(account.submit("M")).unwrap_err();
    assert_eq!(
        (on_submit.kind, on_submit.retry_after_seconds),
        (ErrorKind::OutcomeUnknown, None)
    );
    assert_eq!(on_submit.errcode, Some(-1));
    assert!(!on_submit.advice.contains("ry again"), "{}", on_submit.advice);
    assert_eq!(block_on(account.count_drafts()).unwrap_err().kind, ErrorKind::Busy);
}

#[test]
fn an_unreadable_reply_is_unknown_unless_the_request_was_turned_away() {
    let response = |status, body: &str| Response {
        status,
        body: body.into(),
        ..Response::default()
    };
    for (response, on_submit) in [
        (response(502, "<html>"), ErrorKind::OutcomeUnknown),
        (response(200, ""), ErrorKind::OutcomeUnknown),
        (response(200, "{}"), ErrorKind::OutcomeUnknown),
        (response(412, ""), ErrorKind::MalformedReply),
        (response(501, "<html>"), ErrorKind::MalformedReply),
        (response(302, ""), ErrorKind::MalformedReply),
    ] {
        let account = account();
        account.client.transport.respond(response);
        assert_eq!(block_on(account.submit("M")).unwrap_err().kind, on_submit);
    }
}
