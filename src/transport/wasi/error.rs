//! The host's error codes in the words of the core.
//!
//! A host's word on why a request failed is no proof that nothing was sent. Some report a slow reply as a connect
//! timeout. A code counts as "not sent" only if its definition (RFC 9209 §2.3, from which WASI has the codes) excludes
//! that a connection existed: the name was not resolved, the connection was refused, there was no route, a policy
//! forbade it, or the certificate was not trusted. A timeout of any kind does not count, and neither does the number of
//! bytes that the host has taken: they may be in its buffer or at WeChat.

use wasi::http::types::{ErrorCode, TlsAlertReceivedPayload};

use crate::texts::TransportTexts;
use crate::transport::TransportError;

/// Translates the host's error for a request without a reply. The host's own texts are left out: they may hold the URL,
/// and with it the token.
pub fn from_host(texts: &TransportTexts, code: &ErrorCode) -> TransportError {
    // No wildcard: a new code has to be looked up.
    match code {
        ErrorCode::DnsError(_) => TransportError::not_sent(texts.name_unresolved),
        ErrorCode::DestinationNotFound | ErrorCode::DestinationIpUnroutable | ErrorCode::ConnectionRefused => {
            TransportError::not_sent(texts.unreachable)
        }
        ErrorCode::DestinationIpProhibited | ErrorCode::HttpRequestDenied => TransportError::denied(texts.not_allowed),
        ErrorCode::TlsCertificateError => TransportError::untrusted(insecure(texts, texts.untrusted)),
        // These can come after the request, too.
        ErrorCode::TlsProtocolError => TransportError::insecure(insecure(texts, texts.tls)),
        ErrorCode::TlsAlertReceived(alert) => TransportError::insecure(insecure(texts, &alert_text(texts, alert))),
        ErrorCode::DnsTimeout | ErrorCode::ConnectionTimeout => TransportError::reply_lost(texts.not_connected_in_time),
        ErrorCode::ConnectionReadTimeout | ErrorCode::ConnectionWriteTimeout | ErrorCode::HttpResponseTimeout => {
            TransportError::reply_lost(texts.not_in_time)
        }
        ErrorCode::ConnectionTerminated | ErrorCode::HttpResponseIncomplete => TransportError::reply_lost(texts.broken),
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
        | ErrorCode::InternalError(_) => TransportError::reply_lost(texts.failed),
    }
}

/// Translates the host's error in the middle of a reply. The request has reached a server then, whatever the code.
pub fn in_reply(texts: &TransportTexts, code: Option<&ErrorCode>) -> TransportError {
    match code {
        Some(ErrorCode::TlsProtocolError | ErrorCode::TlsAlertReceived(_) | ErrorCode::TlsCertificateError) => {
            TransportError::insecure(insecure(texts, texts.tls_in_reply))
        }
        _ => TransportError::reply_lost(texts.broken_in_reply),
    }
}

fn insecure(texts: &TransportTexts, reason: &str) -> String {
    texts.insecure.with([&reason])
}

/// Names the alert by its number (RFC 8446 §6). The host's text for it stays out.
fn alert_text(texts: &TransportTexts, alert: &TlsAlertReceivedPayload) -> String {
    let Some(number) = alert.alert_id else {
        return texts.alert_without_number.to_owned();
    };
    let name = match number {
        40 => "handshake failure",
        70 => "protocol version",
        112 => "unrecognized name",
        116 => "certificate required",
        _ => return texts.alert.with([&number]),
    };
    texts.alert_named.with([&number, &name])
}

#[cfg(test)]
mod tests;
