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
