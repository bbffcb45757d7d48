use super::*;
use crate::bindings::types::ErrorKind;
use crate::transport::stub::{Stub, block_on, config};

#[test]
fn a_configuration_is_checked_when_it_is_opened() {
    let refused = |change: fn(&mut Config)| {
        let mut config = config();
        change(&mut config);
        let error = Account::open(config, Stub::default()).err().unwrap();
        assert_eq!(error.kind, ErrorKind::InvalidInput);
        error.subject.unwrap()
    };
    assert_eq!(refused(|config| config.app_id.clear()), "app-id");
    assert_eq!(refused(|config| config.app_secret.push('\n')), "app-secret");
    assert_eq!(
        refused(|config| config.publish_poll_milliseconds = Some(0)),
        "publish-poll-milliseconds"
    );
    assert_eq!(
        refused(|config| {
            config.token = Some(Token {
                value: String::new(),
                seconds_left: 1,
            });
        }),
        "token"
    );
}

#[test]
fn a_secret_may_be_a_placeholder_that_the_host_replaces() {
    let open = |secret: &str| {
        let config = Config {
            app_secret: secret.to_owned(),
            ..config()
        };
        Account::open(config, Stub::default()).map_err(|error| (error.subject.unwrap_or_default(), error.message))
    };
    let placeholder = format!("OBELISK_SECRET_{}", "0123456789abcdef".repeat(4));
    for secret in ["s", "_-", "-secret", &placeholder, &"x".repeat(256)] {
        let account = open(secret).ok().unwrap();
        // It goes out as it is.
        account
            .client
            .transport
            .answer(r#"{"access_token":"TOKEN","expires_in":7200}"#);
        block_on(account.verify()).unwrap();
        let body = account.client.transport.sent().remove(0).body;
        assert!(body.contains(&format!(r#""secret":"{secret}""#)), "{body}");
    }
    for (secret, words) in [
        (String::new(), "is empty"),
        ("x".repeat(257), "has 257 characters; at most 256"),
        (
            "a secret".to_owned(),
            "neither an ASCII letter nor a digit nor one of _-",
        ),
        ("${SECRET}".to_owned(), "neither"),
        ("密钥".to_owned(), "neither"),
        ("a\"b".to_owned(), "neither"),
    ] {
        let (subject, message) = open(&secret).err().unwrap();
        assert!(subject == "app-secret" && message.contains(words), "{message}");
        assert!(secret.is_empty() || !message.contains(&secret), "{message}");
    }
    // An AppID has no such form.
    let with_id = Config {
        app_id: "wx_0123456789abcdef".to_owned(),
        ..config()
    };
    assert_eq!(
        Account::open(with_id, Stub::default())
            .err()
            .unwrap()
            .subject
            .as_deref(),
        Some("app-id")
    );
}

#[test]
fn what_wechat_recorded_is_shown_without_secrets() {
    let stub = Stub::default();
    stub.answer(r#"{"access_token":"TOKEN","expires_in":7200}"#);
    stub.answer(
        r#"{"errcode":0,"request":{"invoke_time":1635156704,"cost_in_ms":30,
            "request_url":"type=image&access_token=50_Im7xxxx",
            "request_body":"{\"secret\":\"0123456789abcdef0123456789abcdef\"}","response_body":"TOKEN",
            "client_ip":"113.xx.70.51"}}"#,
    );
    let account = Account::open(config(), stub).unwrap();
    let record = block_on(account.explain("61725984-6126f6f9-040f19c4")).unwrap();
    assert_eq!(record.request_url, "type=image&access_token=[redacted]");
    assert_eq!(record.request_body, "{\"secret\":\"[redacted]\"}");
    assert_eq!(record.response_body, "[redacted]");
    assert_eq!((record.invoke_time, record.cost_milliseconds), (1_635_156_704, 30));
}
