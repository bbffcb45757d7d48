use wasi::http::types::DnsErrorPayload;

use super::*;
use crate::texts::EN;
use crate::transport::Delivery;

/// The codes that are no mere doubt. `transport::adversary` has them all.
#[test]
fn an_error_code_shows_whether_wechat_may_have_got_the_request() {
    let dns = ErrorCode::DnsError(DnsErrorPayload {
        rcode: None,
        info_code: None,
    });
    for (code, delivery) in [
        (dns, Delivery::NotSent),
        (ErrorCode::DestinationNotFound, Delivery::NotSent),
        (ErrorCode::DestinationIpUnroutable, Delivery::NotSent),
        (ErrorCode::ConnectionRefused, Delivery::NotSent),
        (ErrorCode::DestinationIpProhibited, Delivery::Denied),
        (ErrorCode::HttpRequestDenied, Delivery::Denied),
        (ErrorCode::TlsCertificateError, Delivery::Untrusted),
        (ErrorCode::TlsProtocolError, Delivery::Insecure),
        (ErrorCode::ConnectionTimeout, Delivery::ReplyLost),
        (ErrorCode::DnsTimeout, Delivery::ReplyLost),
        (ErrorCode::ConnectionLimitReached, Delivery::ReplyLost),
        (ErrorCode::DestinationUnavailable, Delivery::ReplyLost),
        (ErrorCode::ConfigurationError, Delivery::ReplyLost),
    ] {
        assert_eq!(from_host(&EN.transport, &code).delivery, delivery, "{code:?}");
    }
}

#[test]
fn a_code_in_the_middle_of_a_reply_is_never_taken_for_nothing_sent() {
    for code in [
        None,
        Some(&ErrorCode::ConnectionRefused),
        Some(&ErrorCode::HttpRequestDenied),
    ] {
        assert_eq!(in_reply(&EN.transport, code).delivery, Delivery::ReplyLost, "{code:?}");
    }
    assert_eq!(
        in_reply(&EN.transport, Some(&ErrorCode::TlsCertificateError)).delivery,
        Delivery::Insecure
    );
}

#[test]
fn an_alert_is_named_by_its_number() {
    let message = |alert_id| {
        let alert_message = Some("CANARY".to_owned());
        from_host(
            &EN.transport,
            &ErrorCode::TlsAlertReceived(TlsAlertReceivedPayload {
                alert_id,
                alert_message,
            }),
        )
        .message
    };
    let beginning = "the connection to WeChat could not be secured: the server sent TLS alert ";
    for (alert, name) in [
        (Some(40), "40 (handshake failure)"),
        (Some(70), "70 (protocol version)"),
        (Some(112), "112 (unrecognized name)"),
        (Some(116), "116 (certificate required)"),
        (Some(80), "80"),
        (None, "without a number"),
    ] {
        assert_eq!(message(alert), format!("{beginning}{name}"));
    }
}
