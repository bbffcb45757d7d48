//! Servers that speak to the connection itself, beside or before HTTP.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::ServerConfig;
use rustls::pki_types::CertificateDer;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::AbortHandle;
use tokio_rustls::TlsAcceptor;
use wechat_official_account_host::{Egress, EgressConfig, Host, Origin};

use super::COMPILED;
use super::canary;
use super::certificates::NAME;

/// A connection of either kind.
pub trait Connection: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Connection for S {}

/// The bytes that the system takes for a server before the server reads them. Left to itself, it may take the rest of
/// an upload of 10 MiB that a test means to be under way: the client then rightly sends its next request on the same
/// connection, to a server that reads no more.
const RECEIVE_BUFFER: u32 = 64 * 1024;
/// Connections that wait to be accepted: more than any test opens at once.
const BACKLOG: u32 = 1024;

/// A server that gives every connection to one function, and counts them.
pub struct RawServer {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    is_tls: bool,
    task: AbortHandle,
}

impl RawServer {
    /// Starts a server without TLS.
    pub async fn plain<F>(talk: impl Fn(TcpStream) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(RECEIVE_BUFFER).unwrap();
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let listener = socket.listen(BACKLOG).unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = connections.clone();
        let accept = async move {
            while let Ok((connection, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                // Nagle's algorithm would hold a reply back that the closing of the connection then throws away.
                connection.set_nodelay(true).unwrap();
                tokio::spawn(talk(connection));
            }
        };
        Self {
            address,
            connections,
            is_tls: false,
            task: tokio::spawn(accept).abort_handle(),
        }
    }

    /// Starts a server, over TLS if there is a configuration for it.
    pub async fn start<F>(
        tls: Option<Arc<ServerConfig>>,
        talk: impl Fn(Box<dyn Connection>) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let is_tls = tls.is_some();
        let server = Self::plain(move |connection| {
            let (tls, talk) = (tls.clone(), talk.clone());
            async move {
                match tls {
                    None => talk(Box::new(connection)).await,
                    Some(tls) => {
                        if let Ok(connection) = TlsAcceptor::from(tls).accept(connection).await {
                            talk(Box::new(connection)).await;
                        }
                    }
                }
            }
        });
        let mut server = server.await;
        server.is_tls = is_tls;
        server
    }

    /// Returns the API base for this server.
    pub fn base(&self) -> String {
        match self.is_tls {
            true => format!("https://{NAME}"),
            false => format!("http://{}", self.address),
        }
    }

    /// Returns a host whose `https://api.weixin.qq.com` is this server, and which trusts this root.
    pub fn host(&self, root: Option<CertificateDer<'static>>) -> Host {
        canary::capture_log();
        let bases = [format!("https://{NAME}"), format!("http://{}", self.address)];
        let config = EgressConfig {
            allowed: bases.iter().map(|base| Origin::parse(base).unwrap()).collect(),
            resolve: vec![(NAME.to_owned(), self.address)],
            extra_roots: root.into_iter().collect(),
            ..EgressConfig::default()
        };
        COMPILED.with_egress(Egress::new(config).unwrap())
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads the head of a request. Returns it with the part of the body that came along; `None` if the connection ends.
pub async fn read_head(connection: &mut dyn Connection) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|end| end == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            return Some((head, bytes.len() - end - 4));
        }
        if connection.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}

/// Reads and drops this many bytes, or what there is before the connection ends.
pub async fn skip(connection: &mut dyn Connection, bytes: usize) {
    let _ = tokio::io::copy(&mut connection.take(bytes as u64), &mut tokio::io::sink()).await;
}

/// Returns the length of the body that a head announces.
pub fn content_length(head: &str) -> usize {
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.map_or(0, |length| length.parse().unwrap())
}

/// Writes everything, if the client still reads.
pub async fn say(connection: &mut dyn Connection, bytes: &[u8]) {
    let _ = connection.write_all(bytes).await;
    let _ = connection.flush().await;
}
