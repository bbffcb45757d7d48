//! The host's error codes in the words of the core.
//!
//! A host's word on why a request failed is no proof that nothing was sent. Some report a slow reply as a connect
//! timeout. A code counts as "not sent" only if its definition (RFC 9209 §2.3, from which WASI has the codes) excludes
//! that a connection existed: the name was not resolved, the connection was refused, there was no route, a policy
//! forbade it, or the certificate was not trusted. A timeout of any kind does not count, and neither does the number of
//! bytes that the host has taken: they may be in its buffer or at WeChat.

use wasi::http::types::{ErrorCode, TlsAlertReceivedPayload};

use crate::transport::TransportError;

/// Translates the host's error for a request without a reply. The host's own texts are left out: they may hold the URL,
/// and with it the token.
pub fn from_host(code: &ErrorCode) -> TransportError {
    // No wildcard: a new code has to be looked up.
    match code {
        ErrorCode::DnsError(_) => TransportError::not_sent("the name of WeChat's server could not be resolved"),
        ErrorCode::DestinationNotFound | ErrorCode::DestinationIpUnroutable | ErrorCode::ConnectionRefused => {
            TransportError::not_sent("WeChat's server could not be reached")
        }
        ErrorCode::DestinationIpProhibited | ErrorCode::HttpRequestDenied => {
            TransportError::denied("the host's policy does not allow requests to the API base")
        }
        ErrorCode::TlsCertificateError => {
            TransportError::untrusted(insecure("the server's certificate is not trusted"))
        }
        // These can come after the request, too.
        ErrorCode::TlsProtocolError => TransportError::insecure(insecure("TLS failed")),
        ErrorCode::TlsAlertReceived(alert) => TransportError::insecure(insecure(&alert_text(alert))),
        ErrorCode::DnsTimeout | ErrorCode::ConnectionTimeout => {
            TransportError::reply_lost("the host reports that the connection was not made in time")
        }
        ErrorCode::ConnectionReadTimeout | ErrorCode::ConnectionWriteTimeout | ErrorCode::HttpResponseTimeout => {
            TransportError::reply_lost("the reply did not come in time")
        }
        ErrorCode::ConnectionTerminated | ErrorCode::HttpResponseIncomplete => {
            TransportError::reply_lost("the connection broke before the reply was complete")
        }
        ErrorCode::DestinationUnavailable
        | ErrorCode::ConnectionLimitReached
        | ErrorCode::HttpRequestLengthRequired
        | ErrorCode::HttpRequestBodySize(_)
        | ErrorCode::HttpRequestMethodInvalid
        | ErrorCode::HttpRequestUriInvalid
        | ErrorCode::HttpRequestUriTooLong
        | ErrorCode::HttpRequestHeaderSectionSize(_)
        | ErrorCode::HttpRequestHeaderSize(_)
        | ErrorCode::HttpRequestTrailerSectionSize(_)
        | ErrorCode::HttpRequestTrailerSize(_)
        | ErrorCode::HttpResponseHeaderSectionSize(_)
        | ErrorCode::HttpResponseHeaderSize(_)
        | ErrorCode::HttpResponseBodySize(_)
        | ErrorCode::HttpResponseTrailerSectionSize(_)
        | ErrorCode::HttpResponseTrailerSize(_)
        | ErrorCode::HttpResponseTransferCoding(_)
        | ErrorCode::HttpResponseContentCoding(_)
        | ErrorCode::HttpUpgradeFailed
        | ErrorCode::HttpProtocolError
        | ErrorCode::LoopDetected
        | ErrorCode::ConfigurationError
        | ErrorCode::InternalError(_) => TransportError::reply_lost("the HTTP exchange failed"),
    }
}

/// Translates the host's error in the middle of a reply. The request has reached a server then, whatever the code.
pub fn in_reply(code: Option<&ErrorCode>) -> TransportError {
    match code {
        Some(ErrorCode::TlsProtocolError | ErrorCode::TlsAlertReceived(_) | ErrorCode::TlsCertificateError) => {
            TransportError::insecure(insecure("TLS failed in the middle of the reply"))
        }
        _ => TransportError::reply_lost("the connection broke or stalled in the middle of the reply"),
    }
}

fn insecure(reason: &str) -> String {
    format!("the connection to WeChat could not be secured: {reason}")
}

/// Names the alert by its number (RFC 8446 §6). The host's text for it stays out.
fn alert_text(alert: &TlsAlertReceivedPayload) -> String {
    let name = match alert.alert_id {
        Some(number @ 40) => format!("{number} (handshake failure)"),
        Some(number @ 70) => format!("{number} (protocol version)"),
        Some(number @ 112) => format!("{number} (unrecognized name)"),
        Some(number @ 116) => format!("{number} (certificate required)"),
        Some(number) => number.to_string(),
        None => "without a number".to_owned(),
    };
    format!("the server sent TLS alert {name}")
}

#[cfg(test)]
mod tests;
