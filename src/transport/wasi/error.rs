//! The host's error codes in the words of the core.

use wasi::http::types::ErrorCode;

use crate::transport::TransportError;

/// Translates the host's error. The host's own texts are left out: they may hold the URL, and with it the token.
pub fn from_host(code: &ErrorCode) -> TransportError {
    match code {
        ErrorCode::DnsTimeout | ErrorCode::DnsError(_) | ErrorCode::DestinationNotFound => {
            TransportError::not_sent("the name of WeChat's server could not be resolved")
        }
        ErrorCode::DestinationUnavailable
        | ErrorCode::DestinationIpUnroutable
        | ErrorCode::ConnectionRefused
        | ErrorCode::ConnectionLimitReached => TransportError::not_sent("WeChat's server could not be reached"),
        ErrorCode::DestinationIpProhibited | ErrorCode::HttpRequestDenied => {
            TransportError::denied("the host's policy does not allow requests to the API base")
        }
        ErrorCode::ConnectionTimeout => TransportError::not_sent("the connection was not made in time"),
        // Other TLS errors can come after the request.
        ErrorCode::TlsCertificateError => TransportError::denied("the server's certificate is not trusted"),
        ErrorCode::HttpRequestUriInvalid | ErrorCode::HttpRequestMethodInvalid | ErrorCode::HttpRequestUriTooLong => {
            TransportError::denied("the host refused the request")
        }
        ErrorCode::ConnectionReadTimeout | ErrorCode::HttpResponseTimeout | ErrorCode::ConnectionWriteTimeout => {
            TransportError::reply_lost("the reply did not come in time")
        }
        ErrorCode::HttpResponseIncomplete | ErrorCode::ConnectionTerminated => {
            TransportError::reply_lost("the connection broke before the reply was complete")
        }
        _ => TransportError::reply_lost("the HTTP exchange failed"),
    }
}

#[cfg(test)]
mod tests {
    use wasi::http::types::{DnsErrorPayload, TlsAlertReceivedPayload};

    use super::*;
    use crate::transport::Delivery;

    #[test]
    fn each_error_code_shows_whether_wechat_may_have_got_the_request() {
        let dns = ErrorCode::DnsError(DnsErrorPayload {
            rcode: Some("https://api.weixin.qq.com/?access_token=CANARY".to_owned()),
            info_code: None,
        });
        let alert = ErrorCode::TlsAlertReceived(TlsAlertReceivedPayload {
            alert_id: None,
            alert_message: Some("CANARY".to_owned()),
        });
        for (code, delivery) in [
            (ErrorCode::DnsTimeout, Delivery::NotSent),
            (dns, Delivery::NotSent),
            (ErrorCode::DestinationNotFound, Delivery::NotSent),
            (ErrorCode::DestinationUnavailable, Delivery::NotSent),
            (ErrorCode::DestinationIpUnroutable, Delivery::NotSent),
            (ErrorCode::ConnectionRefused, Delivery::NotSent),
            (ErrorCode::ConnectionLimitReached, Delivery::NotSent),
            (ErrorCode::ConnectionTimeout, Delivery::NotSent),
            (ErrorCode::DestinationIpProhibited, Delivery::Denied),
            (ErrorCode::HttpRequestDenied, Delivery::Denied),
            (ErrorCode::TlsCertificateError, Delivery::Denied),
            (ErrorCode::HttpRequestUriInvalid, Delivery::Denied),
            (ErrorCode::HttpRequestMethodInvalid, Delivery::Denied),
            (ErrorCode::HttpRequestUriTooLong, Delivery::Denied),
            (ErrorCode::TlsProtocolError, Delivery::ReplyLost),
            (alert, Delivery::ReplyLost),
            (ErrorCode::ConnectionReadTimeout, Delivery::ReplyLost),
            (ErrorCode::ConnectionWriteTimeout, Delivery::ReplyLost),
            (ErrorCode::ConnectionTerminated, Delivery::ReplyLost),
            (ErrorCode::HttpRequestBodySize(Some(1)), Delivery::ReplyLost),
            (ErrorCode::HttpResponseIncomplete, Delivery::ReplyLost),
            (ErrorCode::HttpResponseTimeout, Delivery::ReplyLost),
            (ErrorCode::HttpProtocolError, Delivery::ReplyLost),
            (ErrorCode::LoopDetected, Delivery::ReplyLost),
            (ErrorCode::ConfigurationError, Delivery::ReplyLost),
            (ErrorCode::InternalError(Some("CANARY".to_owned())), Delivery::ReplyLost),
        ] {
            let error = from_host(&code);
            assert_eq!(error.delivery, delivery, "{code:?}");
            assert!(!error.message.contains("CANARY"), "{}", error.message);
        }
    }
}
