//! The socket: listening, TLS, and HTTP/1.1.

use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::fault::raw_connection::{self, RawConnection};
use crate::handlers;
use crate::state::Shared;

/// First byte of every TLS handshake record.
const TLS_HANDSHAKE: u8 = 0x16;

/// Pause after a connection that could not be accepted, most likely for want of file descriptors: time for others to
/// end.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// Accepts connections until the task is aborted.
pub(crate) async fn listen(listener: TcpListener, tls: Option<TlsAcceptor>, shared: Arc<Shared>) {
    let secure = handlers::routes(&shared, true);
    let insecure = handlers::routes(&shared, false);
    // Aborting the task drops this set, and with it all connections.
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        match shared.faults().for_connection() {
            None => connections.spawn(connection(stream, tls.clone(), secure.clone(), insecure.clone())),
            Some(fault) => connections.spawn(fault.perform(stream)),
        };
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, secure: Router, insecure: Router) {
    // Replies go out in several small writes, which Nagle's algorithm would hold back.
    let _ = stream.set_nodelay(true);
    let mut first = [0];
    match tls {
        None => serve(stream, secure).await,
        Some(acceptor) => {
            if stream.peek(&mut first).await.is_err() {
                return;
            }
            if first != [TLS_HANDSHAKE] {
                // Plain HTTP on the TLS port gets a reply that says so (wechat-api §1).
                serve(stream, insecure).await;
            } else if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream, secure).await;
            }
        }
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, routes: Router) {
    let (raw, mut scripts) = RawConnection::new();
    let service = TowerToHyperService::new(routes.layer(Extension(raw)));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // A client that breaks off is no error here.
        _ = &mut connection => {}
        Some(script) = scripts.recv() => {
            let stream = connection.into_parts().io.into_inner();
            raw_connection::perform(script, stream).await;
        }
    }
}
