//! The HTTP client of the egress: kept connections, TLS, proxies, and addresses for names. It has no policy.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper::body::Body;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio::task_local;
use tokio::time::timeout;
use tower::{Service, ServiceExt};

use crate::proxy::ProxyConfig;
use crate::reply_first::{ReplyFirst, ReplyFirstConnector};
use crate::tunnel::{ProxyConnector, ProxyFailure, ProxyProblem};

/// The time for a connection if the request names none. A healthy one takes well below a second.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The time for which an idle connection is kept. Servers close theirs after a minute or so without a word, and a
/// request sent into one that is just being closed is lost with an unknown outcome.
const POOL_IDLE: Duration = Duration::from_secs(15);

/// A client that keeps its connections. Clones share them.
pub type Pooled<B> = Client<Connector, B>;

/// Makes a client that looks names up in `resolve` first, and trusts these certificates. It opens no connection yet.
///
/// # Errors
/// If the TLS library refuses its own defaults.
pub fn pooled<B>(
    resolve: Vec<(String, SocketAddr)>,
    roots: RootCertStore,
    proxies: Arc<ProxyConfig>,
) -> wasmtime::Result<Pooled<B>>
where
    B: Body + Send,
    B::Data: Send,
{
    let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let overrides = resolve.into_iter();
    let overrides = overrides.map(|(host, address)| (host.to_ascii_lowercase(), address));
    let mut tcp = HttpConnector::new_with_resolver(Resolver {
        overrides: Arc::new(overrides.collect()),
        system: GaiResolver::new(),
    });
    // Small requests would otherwise wait 5 ms for the peer's acknowledgement.
    tcp.set_nodelay(true);
    // This time is divided among the addresses of a name, so that a dead one leaves time for the next.
    tcp.set_connect_timeout(Some(DEFAULT_CONNECT_TIMEOUT));
    tcp.enforce_http(false);
    let tls = Arc::new(tls);
    let tcp = |is_to_forwarder| ReplyFirstConnector {
        connector: tcp.clone(),
        is_to_forwarder,
    };
    let connector = ProxyConnector {
        proxies: Arc::clone(&proxies),
        direct: tcp(false),
        to_tunnel: (tcp(false), Arc::clone(&tls)).into(),
        to_forwarder: (tcp(true), Arc::clone(&tls)).into(),
    };
    let connector = Connector {
        connector: (connector, tls).into(),
        proxies,
    };
    Ok(Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(POOL_IDLE)
        .build(connector))
}

/// Makes an exchange. A new connection must be ready within this time.
pub fn connecting_within<F: Future>(allowed: Duration, exchange: F) -> impl Future<Output = F::Output> {
    ALLOWED_TO_CONNECT.scope(allowed, exchange)
}

task_local! {
    /// The time for a connection, set by the request that is being sent. The pool passes nothing but the URL to the
    /// connector.
    static ALLOWED_TO_CONNECT: Duration;
}

/// Makes connections within the request's time, which is for the proxy and for TLS, too.
#[derive(Clone)]
pub struct Connector {
    connector: HttpsConnector<ProxyConnector<ReplyFirstConnector<HttpConnector<Resolver>>>>,
    proxies: Arc<ProxyConfig>,
}

impl Service<Uri> for Connector {
    /// The outer layer is for TLS with the destination, the inner one for TLS with a proxy.
    type Response = MaybeHttpsStream<MaybeHttpsStream<ReplyFirst<TokioIo<TcpStream>>>>;
    type Error = Box<dyn StdError + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let allowed = ALLOWED_TO_CONNECT.try_with(|allowed| *allowed);
        let proxy = self.proxies.intercept(&uri);
        let connecting = timeout(allowed.unwrap_or(DEFAULT_CONNECT_TIMEOUT), self.connector.call(uri));
        Box::pin(async move {
            match (connecting.await, proxy) {
                (Ok(connection), _) => connection,
                (Err(_), Some(proxy)) => Err(ProxyFailure::new(&proxy, ProxyProblem::TimedOut).into()),
                (Err(_), None) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
            }
        })
    }
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
