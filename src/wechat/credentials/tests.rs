use super::super::testing::{fresh, token};
use super::*;
use crate::bindings::types::ErrorKind;
use crate::transport::stub::{account, block_on, config};
use crate::transport::{Response, TransportError};

#[test]
fn a_secret_that_the_server_repeats_is_removed() {
    let secret = config().app_secret;
    let odd = "TOKEN/with+odd=characters";
    let encoded = "TOKEN%2Fwith%2Bodd%3Dcharacters";
    let filler = "x".repeat(EXCERPT - 20);
    for repeated in [secret.as_str(), odd, encoded] {
        let refused = format!(r#"{{"errcode":40013,"errmsg":"{repeated} and {repeated}{repeated}"}}"#);
        for (status, body) in [
            (200, refused),
            (500, format!("a={repeated}")),
            (200, format!("{filler}{repeated}")),
        ] {
            let account = account();
            account.client.set_token(Secret::new(odd.to_owned()), 7200);
            account.client.transport.respond(Response {
                status,
                body: body.into_bytes(),
                ..Response::default()
            });
            let error = format!("{:?}", block_on(account.count_drafts()).unwrap_err());
            assert!(error.contains("[redacted]"), "{error}");
            assert!(!error.contains("TOKEN") && !error.contains("01234567"), "{error}");
        }
    }
}

#[test]
fn an_unreadable_reply_with_a_new_token_is_not_shown() {
    let body = format!("x{}", token("CANARY", 7200));
    for status in [200, 201] {
        let account = fresh(&[]);
        account.client.transport.respond(Response {
            status,
            body: body.clone().into_bytes(),
            ..Response::default()
        });
        let error = block_on(account.verify()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::MalformedReply);
        assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
    }
}

#[test]
fn a_reply_that_is_not_wechat_s_is_shown_from_its_beginning() {
    let account = account();
    account.client.transport.respond(Response {
        status: 502,
        body: format!("<html>\n{}", "y".repeat(EXCERPT)).into_bytes(),
        ..Response::default()
    });
    let message = block_on(account.count_drafts()).unwrap_err().message;
    assert!(
        message.starts_with("/cgi-bin/draft/count: HTTP status 502; it begins: <html> yyy"),
        "{message}"
    );
    assert!(message.ends_with('y') && message.len() < 260);
}

#[test]
fn the_words_of_a_refusal_are_cut_and_cleaned() {
    let account = fresh(&[
        r#"{"errcode":40164,
            "errmsg":"invalid ip 0123456789abcdef0123456789abcdef ipv6 x, \u001b[31m not in whitelist"}"#,
        &format!(r#"{{"errcode":45009,"errmsg":"{} rid"}}"#, "写".repeat(100_000)),
    ]);
    let error = block_on(account.verify()).unwrap_err();
    assert_eq!(error.message, "invalid ip [redacted] ipv6 x,  [31m not in whitelist");
    assert_eq!(error.subject.as_deref(), Some("[redacted]"));
    assert_eq!(block_on(account.verify()).unwrap_err().message, "写".repeat(1000));
}

#[test]
fn a_reply_that_broke_off_is_shown_from_its_beginning() {
    let account = account();
    let stub = &account.client.transport;
    let broken = TransportError::reply_lost("the reply ended after 9 of 20 bytes");
    stub.fail(broken.clone().after(b"{\"a\":\"TOKE".to_vec()));
    stub.fail(broken);
    let message = || block_on(account.count_drafts()).unwrap_err().message;
    assert_eq!(
        message(),
        "the reply ended after 9 of 20 bytes; it begins: {\"a\":\"[redacted]"
    );
    assert_eq!(message(), "the reply ended after 9 of 20 bytes");
}

#[test]
fn a_secret_that_contains_another_one_leaves_nothing_behind() {
    let config = config();
    let secret = format!("SECRET_{}-{}_end", config.app_id, "TOKEN".repeat(3));
    let credentials = Credentials {
        app_id: Secret::new(config.app_id.clone()),
        app_secret: Secret::new(secret.clone()),
    };
    let redact = |text: &str, token: &str| credentials.redact(text, Some(&Secret::new(token.to_owned())));
    assert_eq!(redact(&format!("a {secret} b"), "TOKEN"), "a [redacted] b");
    // Also where the token is the longer one, and where the text was cut off in the middle.
    let token = format!("{secret}_more");
    assert_eq!(redact(&format!("{token},{secret}"), &token), "[redacted],[redacted]");
    assert_eq!(
        redact(&format!("a {}", &secret[..secret.len() - 1]), "TOKEN"),
        "a [redacted]"
    );
}
