//! What leaves the host: one pooled HTTP client for all instances, behind an allow-list.
//!
//! wasmtime's own `send_request` opens a new TCP and TLS connection for each request and lets the guest go anywhere. This
//! one keeps connections, and refuses every destination that the embedder did not name.
//!
//! A destination is allowed where scheme, host and port are those of a named [`Origin`]. Hosts are compared as texts, letter
//! case aside: `API.WEIXIN.QQ.COM` is `api.weixin.qq.com`, as in DNS and in TLS. `api.weixin.qq.com.` with a dot at its end
//! is another origin, as it is to browsers, and so is every IP address, also one that the name resolves to. Nothing is
//! looked up before the decision. Redirects are handed to the guest like any other reply.

use bytes::Bytes;
use futures_util::stream;
use http::uri::Scheme;
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as StdError;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task_local;
use tokio::time::timeout;
use tower::{Service, ServiceExt};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

/// A guest that does not say how long a connection may take gets this: a healthy one takes well below a second.
const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A guest that names no other timeout gets this one.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);
/// Servers close idle connections after a minute or so, without a word. A request sent into one that is just being closed
/// is lost with an unknown outcome, so connections are not kept for long.
const POOL_IDLE: Duration = Duration::from_secs(15);

/// A scheme, host and port that guests may reach.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    https: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// The origin of a URI; `None` where it has no host, a user name, or another scheme than http and https.
    #[must_use]
    pub fn of(uri: &Uri) -> Option<Self> {
        let scheme = uri.scheme()?;
        if uri.authority()?.as_str().contains('@') {
            return None;
        }
        let https = *scheme == Scheme::HTTPS;
        if !https && *scheme != Scheme::HTTP {
            return None;
        }
        Some(Self {
            https,
            host: uri.host()?.to_ascii_lowercase(),
            port: uri.port_u16().unwrap_or(if https { 443 } else { 80 }),
        })
    }

    /// The origin of a base such as `https://api.weixin.qq.com`.
    ///
    /// # Errors
    /// Where the text is not the base of an http or https URL, or has more to it, such as a path.
    pub fn parse(base: &str) -> wasmtime::Result<Self> {
        let uri: Uri = base.parse()?;
        Self::of(&uri)
            .filter(|_| uri.path() == "/" && uri.query().is_none())
            .ok_or_else(|| wasmtime::format_err!("{base} is not the base of an http or https URL"))
    }
}

/// What guests may reach, and how.
pub struct EgressConfig {
    /// Where requests may go. Everything else is denied.
    pub allowed: Vec<Origin>,
    /// As curl's `--connect-to`: where a URL has this host and names no port, the request goes to this address instead. The
    /// name stays in the request and in TLS.
    pub resolve: Vec<(String, SocketAddr)>,
    /// Certificates to trust besides the public ones.
    pub extra_roots: Vec<CertificateDer<'static>>,
}

impl Default for EgressConfig {
    /// WeChat's API host over HTTPS, and nothing else.
    fn default() -> Self {
        Self {
            allowed: vec![Origin {
                https: true,
                host: "api.weixin.qq.com".to_owned(),
                port: 443,
            }],
            resolve: Vec::new(),
            extra_roots: Vec::new(),
        }
    }
}

/// The client and its allow-list. Clones share both.
#[derive(Clone)]
pub struct Egress {
    client: Client<Connector, WasiBody>,
    allowed: Arc<BTreeSet<Origin>>,
}

impl Egress {
    /// A client for this configuration. Opens no connection yet.
    ///
    /// # Errors
    /// Where an extra root is not a certificate.
    pub fn new(config: EgressConfig) -> wasmtime::Result<Self> {
        let mut roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        for root in config.extra_roots {
            roots.add(root)?;
        }
        let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let mut tcp = HttpConnector::new_with_resolver(Resolver {
            overrides: Arc::new(
                config
                    .resolve
                    .into_iter()
                    .map(|(host, address)| (host.to_ascii_lowercase(), address))
                    .collect(),
            ),
            system: GaiResolver::new(),
        });
        // Without it small requests wait 5 ms for the peer's acknowledgement.
        tcp.set_nodelay(true);
        // Shared out over the addresses of a name, so that one that is dead leaves time for the next.
        tcp.set_connect_timeout(Some(DEFAULT_CONNECT_TIMEOUT));
        tcp.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(POOL_IDLE)
            .build(Connector(connector));
        Ok(Self {
            client,
            allowed: Arc::new(config.allowed.into_iter().collect()),
        })
    }

    fn allows(&self, uri: &Uri) -> bool {
        Origin::of(uri).is_some_and(|origin| self.allowed.contains(&origin))
    }
}

type IoFuture = Box<dyn Future<Output = Result<(), Error>> + Send>;
type SendFuture = Box<dyn Future<Output = Result<(Response<WasiBody>, IoFuture), Error>> + Send>;

impl WasiHttpHooks for Egress {
    fn send_request(&mut self, request: Request<WasiBody>, options: Option<RequestOptions>, _: IoFuture) -> SendFuture {
        if !self.allows(request.uri()) {
            return Box::new(async { Err(Error::HttpRequestDenied) });
        }
        let client = self.client.clone();
        Box::new(async move {
            let options = options.unwrap_or_default();
            let connect = options.connect_timeout.unwrap_or(DEFAULT_CONNECT_TIMEOUT);
            let first_byte = options.first_byte_timeout.unwrap_or(DEFAULT_TIMEOUT);
            let between_bytes = options.between_bytes_timeout.unwrap_or(DEFAULT_TIMEOUT);
            let exchange = ALLOWED_TO_CONNECT.scope(connect, client.request(request));
            let response = match timeout(connect + first_byte, exchange).await {
                Ok(response) => response.map_err(|error| failure(&error))?,
                Err(_) => return Err(Error::ConnectionReadTimeout),
            };
            let response = response.map(|body| timed(body, between_bytes));
            // The client drives the connection by itself; there is nothing left to drive here.
            Ok((response, Box::new(async { Ok(()) }) as IoFuture))
        })
    }
}

task_local! {
    /// How long the request that is being sent lets a connection take. The pool tells the connector nothing but the URL.
    static ALLOWED_TO_CONNECT: Duration;
}

/// Makes connections, TLS included, within the time that the request allows.
#[derive(Clone)]
struct Connector(HttpsConnector<HttpConnector<Resolver>>);

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = Box<dyn StdError + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let allowed = ALLOWED_TO_CONNECT.try_with(|allowed| *allowed);
        let connecting = timeout(allowed.unwrap_or(DEFAULT_CONNECT_TIMEOUT), self.0.call(uri));
        Box::pin(async move {
            match connecting.await {
                Ok(connection) => connection,
                Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
            }
        })
    }
}

/// A reply's body that fails where the next piece does not come in time.
fn timed(body: Incoming, between_bytes: Duration) -> WasiBody {
    let frames = stream::unfold(Some(body), move |body| async move {
        let mut body = body?;
        match timeout(between_bytes, body.frame()).await {
            Ok(None) => None,
            Ok(Some(Ok(frame))) => Some((Ok::<Frame<Bytes>, Error>(frame), Some(body))),
            Ok(Some(Err(error))) if error.is_incomplete_message() => Some((Err(Error::HttpResponseIncomplete), None)),
            Ok(Some(Err(_))) => Some((Err(Error::ConnectionTerminated), None)),
            Err(_) => Some((Err(Error::ConnectionReadTimeout), None)),
        }
    });
    StreamBody::new(frames).boxed_unsync()
}

/// Tells the guest what failed, so that it knows whether anything was sent. The texts stay here: they are the host's.
fn failure(error: &hyper_util::client::legacy::Error) -> Error {
    if !error.is_connect() {
        return Error::ConnectionTerminated;
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<rustls::Error>() {
            return Error::TlsCertificateError;
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            match error.kind() {
                io::ErrorKind::ConnectionRefused => return Error::ConnectionRefused,
                io::ErrorKind::TimedOut => return Error::ConnectionTimeout,
                io::ErrorKind::NotFound => return Error::DestinationNotFound,
                // rustls hides behind an io::Error that does not name it as its source.
                _ if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
                    return Error::TlsCertificateError;
                }
                _ => {}
            }
        }
        cause = error.source();
    }
    Error::DestinationUnavailable
}

/// Looks names up in the overrides first.
#[derive(Clone)]
struct Resolver {
    overrides: Arc<BTreeMap<String, SocketAddr>>,
    system: GaiResolver,
}

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let found = self.overrides.get(&name.as_str().to_ascii_lowercase()).copied();
        let system = self.system.clone();
        Box::pin(async move {
            let addresses = match found {
                Some(address) => vec![address],
                None => system
                    .oneshot(name)
                    .await
                    .map_err(|_| io::ErrorKind::NotFound)?
                    .collect(),
            };
            Ok(addresses.into_iter())
        })
    }
}
