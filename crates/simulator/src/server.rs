//! The socket: listening, TLS, HTTP/1.1, and the handle that tests hold.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use rustls::pki_types::CertificateDer;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use super::account::Account;
use super::fault::line::{self, Line};
use super::fault::{ConnectionFault, Faults, control};
use super::journal::{Entry, Journal};
use super::world::World;
use super::{certificate, desk};

/// First byte of every TLS handshake record.
const TLS_HANDSHAKE: u8 = 0x16;

/// Room for a ClientHello, which is a few hundred bytes, or somewhat more with new key exchanges.
const FIRST_BYTES: usize = 4096;

/// How a simulator is to behave.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Port on 127.0.0.1; 0 lets the system choose. Default 0.
    pub port: u16,
    /// Serve HTTP instead of HTTPS, and do not answer 43003 to it. Default false.
    pub plain_http: bool,
    /// Forgive what common SDKs do and strict readers would not: JSON without a JSON content
    /// type, a video's description in the query, no CRLF after the closing boundary.
    /// Default false.
    pub lenient: bool,
}

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) options: Options,
    world: Mutex<World>,
    journal: Mutex<Journal>,
    faults: Mutex<Faults>,
}

impl Shared {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running simulator. Dropping it stops the server and cuts its connections.
#[derive(Debug)]
pub struct Simulator {
    shared: Arc<Shared>,
    address: SocketAddr,
    root: CertificateDer<'static>,
    root_pem: String,
    listener: AbortHandle,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl Simulator {
    /// Starts a simulator on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// When the port is taken, or the certificate cannot be made.
    pub async fn start(options: Options) -> io::Result<Simulator> {
        let certificates = certificate::make()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let tls = (!options.plain_http).then(|| TlsAcceptor::from(certificates.server));
        let shared = Arc::new(Shared {
            options,
            world: Mutex::new(World::new()),
            journal: Mutex::default(),
            faults: Mutex::default(),
        });
        let task = tokio::spawn(listen(listener, tls, shared.clone()));
        Ok(Simulator {
            shared,
            address,
            root: certificates.root,
            root_pem: certificates.root_pem,
            listener: task.abort_handle(),
        })
    }

    /// Where it listens: 127.0.0.1 and the port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its base URL, by address: `https://127.0.0.1:PORT`, or `http://` in plain mode.
    pub fn base_url(&self) -> String {
        let scheme = if self.shared.options.plain_http {
            "http"
        } else {
            "https"
        };
        format!("{scheme}://{}", self.address)
    }

    /// The root certificate, made at start, that vouches for `api.weixin.qq.com`, `localhost` and
    /// `127.0.0.1`.
    pub fn root_certificate(&self) -> CertificateDer<'static> {
        self.root.clone()
    }

    /// The same certificate as a PEM file, for programs that read their trust from one.
    pub fn root_certificate_pem(&self) -> &str {
        &self.root_pem
    }

    /// Requests in order of arrival. Only the newest 16,384 are kept.
    pub fn journal(&self) -> Vec<Entry> {
        self.shared.journal().entries()
    }

    /// How many requests that path has seen since the start, dropped entries included.
    pub fn requests_to(&self, path: &str) -> usize {
        self.shared.journal().count(path)
    }

    /// Looks into the world or changes it; requests wait meanwhile.
    pub fn with<R>(&self, f: impl FnOnce(&mut World) -> R) -> R {
        f(&mut self.shared.world())
    }

    /// Looks into an account or changes it; `None` if there is no such account.
    pub fn with_account<R>(&self, app_id: &str, f: impl FnOnce(&mut Account) -> R) -> Option<R> {
        self.shared.world().accounts.get_mut(app_id).map(f)
    }

    /// Lays out faults for requests and connections to come, behind those that are laid out
    /// already. Random faults take the place of earlier ones.
    pub fn inject(&self, faults: impl Into<Faults>) {
        self.shared.faults().add(faults.into());
    }

    /// The faults still laid out, with what is left of their counts.
    pub fn faults(&self) -> Faults {
        self.shared.faults().clone()
    }

    /// Makes all requests and connections to come honest again.
    pub fn clear_faults(&self) {
        *self.shared.faults() = Faults::default();
    }
}

/// The whole of the request path above HTTP.
fn router(shared: &Arc<Shared>, secure: bool) -> Router {
    let desk = desk::Desk {
        shared: shared.clone(),
        secure,
    };
    Router::new()
        .route(control::PATH, control::route().with_state(shared.clone()))
        .fallback(desk::receive)
        .with_state(desk)
}

async fn listen(listener: TcpListener, tls: Option<TlsAcceptor>, shared: Arc<Shared>) {
    let secure = router(&shared, true);
    let insecure = router(&shared, false);
    // Dropped, and with it all connections, when the task is aborted.
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, most likely: give the other connections time to end.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        match shared.faults().for_connection() {
            None => connections.spawn(connection(stream, tls.clone(), secure.clone(), insecure.clone())),
            Some(fault) => connections.spawn(cut(stream, fault)),
        };
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, secure: Router, insecure: Router) {
    // Replies go out in several small writes; Nagle's algorithm would hold them back.
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

/// Ends a connection that nothing has been sent on.
async fn cut(mut stream: TcpStream, fault: ConnectionFault) {
    if fault == ConnectionFault::HandshakeCut {
        // Taken off the socket, or closing would be a reset. What comes, if anything, is no matter.
        let _ = stream.read(&mut [0; FIRST_BYTES]).await;
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, app: Router) {
    let (line, mut scripts) = Line::new();
    let app = TowerToHyperService::new(app.layer(Extension(line)));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), app);
    tokio::select! {
        // A client that breaks off is its own affair.
        _ = &mut connection => {}
        Some(script) = scripts.recv() => {
            let stream = connection.into_parts().io.into_inner();
            line::perform(script, stream).await;
        }
    }
}
