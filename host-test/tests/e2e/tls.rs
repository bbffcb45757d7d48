//! The promise: a connection that can't be secured is told as such, once and with the reason, and never as an outage.

use std::sync::Arc;

use rcgen::{BasicConstraints, ExtendedKeyUsagePurpose, IsCa, SanType, date_time_ymd};
use rustls::ServerConfig;
use wechat_official_account_host::types::{Config, ErrorKind};
use wechat_official_account_host::{self as host, Session};

use crate::support::certificates::{Authority, NAME, self_signed};
use crate::support::raw::{RawServer, read_head, say};
use crate::support::servers::config_at;
use crate::support::{news, refused};

/// What a server does instead of the handshake of a server that can be trusted.
enum Server {
    Tls(Arc<ServerConfig>),
    /// Sends these bytes after the client's first.
    Bytes(&'static [u8]),
}

/// Servers that are not to be trusted, the reason, and whether the host is sure that it sent nothing.
fn servers(authority: &Authority) -> Vec<(&'static str, Server, &'static str, bool)> {
    let named = |change: fn(&mut rcgen::CertificateParams)| Server::Tls(authority.server(&[NAME], change));
    let certificates = [
        (
            "an unknown issuer",
            Server::Tls(Authority::named("unknown").server(&[NAME], |_| {})),
            "issuer is not trusted",
        ),
        (
            "under the name of a trusted issuer",
            Server::Tls(Authority::named("trusted").server(&[NAME], |_| {})),
            "signature is wrong",
        ),
        ("self-signed", Server::Tls(self_signed()), "issuer is not trusted"),
        (
            "expired",
            named(|leaf| leaf.not_after = date_time_ymd(2020, 1, 1)),
            "has expired",
        ),
        (
            "not yet valid",
            named(|leaf| {
                leaf.not_before = date_time_ymd(2200, 1, 1);
                leaf.not_after = date_time_ymd(2201, 1, 1);
            }),
            "not valid yet",
        ),
        (
            "another name",
            Server::Tls(authority.server(&["example.com"], |_| {})),
            "for another name",
        ),
        (
            "a name above",
            Server::Tls(authority.server(&["*.qq.com"], |_| {})),
            "for another name",
        ),
        (
            "a common name only",
            Server::Tls(authority.server(&[], |_| {})),
            "for another name",
        ),
        (
            "an address",
            named(|leaf| leaf.subject_alt_names = vec![SanType::IpAddress([127, 0, 0, 1].into())]),
            "for another name",
        ),
        (
            "for clients",
            named(|leaf| leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]),
            "not for servers",
        ),
        (
            "an authority as server",
            named(|leaf| leaf.is_ca = IsCa::Ca(BasicConstraints::Unconstrained)),
            "not usable",
        ),
    ];
    let others = [
        (
            "plain HTTP",
            Server::Bytes(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"),
            "is not TLS",
        ),
        (
            "garbage",
            Server::Bytes(b"\0\x01\x02\x03\x04\x05\x06\x07\x08\x09"),
            "is not TLS",
        ),
        ("an SSH server", Server::Bytes(b"SSH-2.0-OpenSSH_9.9\r\n"), "is not TLS"),
        (
            "alert: handshake failure",
            Server::Bytes(b"\x15\x03\x03\0\x02\x02\x28"),
            "HandshakeFailure",
        ),
        (
            "alert: unrecognized name",
            Server::Bytes(b"\x15\x03\x03\0\x02\x02\x70"),
            "UnrecognisedName",
        ),
        (
            "alert: protocol version",
            Server::Bytes(b"\x15\x03\x01\0\x02\x02\x46"),
            "too old",
        ),
        ("TLS 1.0", Server::Bytes(&OLD_HELLO), "too old"),
        (
            "a client's certificate wanted",
            Server::Tls(authority.server_that_asks()),
            "CertificateRequired",
        ),
    ];
    let certificates = certificates.map(|(name, server, reason)| (name, server, reason, true));
    let others = others.map(|(name, server, reason)| (name, server, reason, false));
    certificates.into_iter().chain(others).collect()
}

/// The ServerHello of TLS 1.0: version, random, no session, `TLS_RSA_WITH_AES_128_CBC_SHA`, no compression.
const OLD_HELLO: [u8; 47] = {
    let mut hello = [7; 47];
    let head = [0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1];
    let mut at = 0;
    while at < head.len() {
        hello[at] = head[at];
        at += 1;
    }
    hello[43] = 0;
    hello[44] = 0;
    hello[45] = 0x2F;
    hello[46] = 0;
    hello
};

async fn start(server: Server) -> RawServer {
    match server {
        Server::Tls(config) => {
            let talk = |mut connection: Box<dyn crate::support::raw::Connection>| async move {
                read_head(&mut *connection).await;
            };
            RawServer::start(Some(config), talk).await
        }
        Server::Bytes(bytes) => {
            RawServer::plain(move |mut connection| async move {
                let mut hello = [0; 5];
                let _ = tokio::io::AsyncReadExt::read_exact(&mut connection, &mut hello).await;
                say(&mut connection, bytes).await;
                // The rest of the hello is read, as its presence would reset the connection.
                let _ = tokio::io::copy(&mut connection, &mut tokio::io::sink()).await;
            })
            .await
        }
    }
}

fn config() -> Config {
    Config {
        retry_pauses_milliseconds: Some(vec![1, 1, 1]),
        ..config_at(&format!("https://{NAME}"))
    }
}

#[tokio::test]
async fn a_connection_that_can_t_be_secured_is_told_once_with_the_reason() {
    let authority = Authority::named("trusted");
    for (name, server, reason, nothing_sent) in servers(&authority) {
        let server = start(server).await;
        let host = server.host(Some(authority.root()));
        let mut session = Session::open(&host, &config()).await.unwrap();
        let error = refused(session.count_drafts().await);
        assert_eq!(error.kind, ErrorKind::Tls, "{name}: {error:?}");
        assert!(
            error.message.contains("could not be secured") && error.message.contains(reason),
            "{name}: {error:?}"
        );
        assert_eq!(server.connections(), 1, "{name}");
        // The same of a call that must not be repeated.
        let error = refused(session.add_draft(&[news("标题", "M")]).await);
        let kind = if nothing_sent {
            ErrorKind::Tls
        } else {
            ErrorKind::OutcomeUnknown
        };
        assert_eq!(error.kind, kind, "{name}: {error:?}");
        assert!(error.message.contains(reason), "{name}: {error:?}");
        assert_eq!(server.connections(), 2, "{name}");
        // A token is asked for once, too, and the call ends with that.
        let fresh = Config {
            token: None,
            ..config()
        };
        let mut session = Session::open(&host, &fresh).await.unwrap();
        let error = refused(session.add_draft(&[news("标题", "M")]).await);
        assert_eq!(error.kind, ErrorKind::Tls, "{name}: {error:?}");
        assert_eq!(server.connections(), 3, "{name}");
    }
}

/// An error without a failure of TLS has no reason of an earlier one.
#[tokio::test]
async fn a_reason_belongs_to_its_own_call() {
    let authority = Authority::named("trusted");
    let server = start(Server::Tls(Authority::named("unknown").server(&[NAME], |_| {}))).await;
    let host = server.host(Some(authority.root()));
    let mut session = Session::open(&host, &config()).await.unwrap();
    let failed = session.count_drafts().await;
    assert!(refused(failed).message.contains("issuer"));
    let invalid: host::Result<_> = session.get_draft("").await;
    let error = refused(invalid);
    assert!(
        error.kind == ErrorKind::InvalidInput && !error.message.contains("issuer"),
        "{error:?}"
    );
    let mut other = Session::open(&host, &config()).await.unwrap();
    let invalid = other.get_draft("").await;
    assert!(!refused(invalid).message.contains("issuer"));
}
