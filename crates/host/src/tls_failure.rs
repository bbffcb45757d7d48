//! Failures of TLS: found in the errors that wrap them, as a code for the guest and as a reason for people.

use std::error::Error as StdError;
use std::{fmt, io};

use rustls::{AlertDescription, CertificateError, Error, PeerIncompatible};
use wasmtime_wasi_http::Error as ErrorCode;

/// The deepest wrapping that is searched. hyper-util, hyper-rustls and tokio-rustls make six layers.
const DEPTH: usize = 16;

/// The reason why a connection could not be secured. WASI's error codes have no room for most of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsFailure {
    /// The certificate's time is over.
    Expired,
    /// The certificate's time has not begun.
    NotValidYet,
    /// The issuer is none that the host trusts; a self-signed certificate is its own.
    UnknownIssuer,
    /// The certificate is for other names.
    OtherName,
    /// The certificate is for another use than that of a server.
    OtherPurpose,
    /// The issuer has revoked the certificate.
    Revoked,
    /// The certificate, or its use in the handshake, is not signed as it should be.
    BadSignature,
    /// The certificate has another fault, or there is none.
    BadCertificate,
    /// The server has no version or cipher that is safe: neither TLS 1.2 nor 1.3.
    Incompatible,
    /// The server ended the connection with this alert.
    Alert(u8),
    /// The server's bytes are not TLS.
    NotTls,
    /// Anything else.
    Other,
}

impl TlsFailure {
    /// Finds a failure of TLS among the causes of an error.
    pub(crate) fn of(error: &(dyn StdError + 'static)) -> Option<Self> {
        find(error).map(Self::from)
    }

    /// Returns the code for the guest. A certificate is refused before a request goes out; the others can come later,
    /// too.
    pub(crate) fn code(self) -> ErrorCode {
        match self {
            Self::Alert(number) => ErrorCode::TlsAlertReceived {
                alert_id: Some(number),
                alert_message: None,
            },
            Self::Incompatible | Self::NotTls | Self::Other => ErrorCode::TlsProtocolError,
            Self::Expired
            | Self::NotValidYet
            | Self::UnknownIssuer
            | Self::OtherName
            | Self::OtherPurpose
            | Self::Revoked
            | Self::BadSignature
            | Self::BadCertificate => ErrorCode::TlsCertificateError,
        }
    }
}

impl From<&Error> for TlsFailure {
    fn from(error: &Error) -> Self {
        match error {
            Error::InvalidCertificate(error) => Self::from(error),
            Error::NoCertificatesPresented | Error::UnsupportedNameType => Self::BadCertificate,
            Error::PeerIncompatible(
                PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon
                | PeerIncompatible::NoSignatureSchemesInCommon,
            ) => Self::BadSignature,
            // A server of another version answers in that version, or with this alert.
            Error::PeerIncompatible(_) | Error::AlertReceived(AlertDescription::ProtocolVersion) => Self::Incompatible,
            Error::AlertReceived(alert) => Self::Alert((*alert).into()),
            Error::InvalidMessage(_) => Self::NotTls,
            _ => Self::Other,
        }
    }
}

impl From<&CertificateError> for TlsFailure {
    fn from(error: &CertificateError) -> Self {
        match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Self::NotValidYet,
            CertificateError::UnknownIssuer => Self::UnknownIssuer,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Self::OtherName,
            CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => Self::OtherPurpose,
            CertificateError::Revoked => Self::Revoked,
            CertificateError::BadSignature => Self::BadSignature,
            _ => Self::BadCertificate,
        }
    }
}

impl fmt::Display for TlsFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Expired => "the certificate has expired",
            Self::NotValidYet => "the certificate is not valid yet",
            Self::UnknownIssuer => "the certificate's issuer is not trusted",
            Self::OtherName => "the certificate is for another name",
            Self::OtherPurpose => "the certificate is not for servers",
            Self::Revoked => "the certificate has been revoked",
            Self::BadSignature => "the certificate's signature is wrong or of a kind that is not accepted",
            Self::BadCertificate => "the certificate is not usable",
            Self::Incompatible => "the server's protocol is too old: it has neither TLS 1.2 nor 1.3 with a safe cipher",
            Self::Alert(number) => return write!(f, "the server ended it with the alert {:?}", alert(*number)),
            Self::NotTls => "the server's answer is not TLS",
            Self::Other => "the TLS handshake or its encryption failed",
        })
    }
}

fn alert(number: u8) -> AlertDescription {
    AlertDescription::from(number)
}

/// Finds rustls's error. `io::Error` names the source of what it wraps as its own source, and not what it wraps.
fn find<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Error> {
    let mut next = Some(error);
    for _ in 0..DEPTH {
        let error = next?;
        if let Some(found) = error.downcast_ref::<Error>() {
            return Some(found);
        }
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_found_however_often_it_is_wrapped() {
        let error = Error::InvalidCertificate(CertificateError::Expired);
        let mut wrapped: Box<dyn StdError + Send + Sync> = Box::new(error);
        for _ in 0..10 {
            assert_eq!(TlsFailure::of(&*wrapped), Some(TlsFailure::Expired));
            wrapped = Box::new(io::Error::other(wrapped));
        }
        let other = io::Error::other(io::Error::from(io::ErrorKind::ConnectionReset));
        assert_eq!(TlsFailure::of(&other), None);
    }
}
