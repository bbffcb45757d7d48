//! The way out of the host: one pooled HTTP client for all instances, and an allow-list before it.
//!
//! wasmtime's own `send_request` opens a new TCP and TLS connection for each request and lets the guest go anywhere.
//! This one keeps connections, and refuses every destination that the embedder did not name.
//!
//! A destination is allowed if its scheme, host and port are those of a named [`Origin`]. Hosts are compared as texts
//! without regard to letter case: `API.WEIXIN.QQ.COM` is `api.weixin.qq.com`, as in DNS and in TLS.
//! `api.weixin.qq.com.` with a dot at its end is another origin, as it is to browsers, and so is every IP address, even
//! one that the name resolves to. Nothing is looked up before the decision. Redirects are handed to the guest like any
//! other reply.

use std::collections::BTreeSet;
use std::error::Error as StdError;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Frame, Incoming};
use rustls::pki_types::CertificateDer;
use tokio::time::timeout;
use wasmtime::bail;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::client::{DEFAULT_CONNECT_TIMEOUT, Pooled, connecting_within, pooled};
use crate::origin::Origin;
use crate::proxy::ProxyConfig;
use crate::roots::Roots;
use crate::tls_failure::TlsFailure;
use crate::tunnel::ProxyFailure;

/// The first-byte and between-bytes timeout of a guest that names none.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

/// The destinations that guests may reach, and the way to them.
///
/// More fields may come: end a literal with `..EgressConfig::default()`.
pub struct EgressConfig {
    /// The origins that requests may go to. Everything else is denied.
    pub allowed: Vec<Origin>,
    /// Addresses for hosts, as curl's `--connect-to`: if a URL has this host and names no port, the request goes to
    /// this address instead, and through no proxy. The name stays in the request and in TLS.
    pub resolve: Vec<(String, SocketAddr)>,
    /// The authorities to trust. The default is Mozilla's list.
    pub roots: Roots,
    /// Certificates to trust besides [`EgressConfig::roots`].
    pub extra_roots: Vec<CertificateDer<'static>>,
    /// The proxies. The default is none: a program that embeds the plugin decides by itself what its environment may
    /// change, and [`ProxyConfig::from_environment`] is one call. The list of allowed origins is about destinations; a
    /// proxy need not be on it.
    pub proxies: ProxyConfig,
}

impl Default for EgressConfig {
    /// Allows WeChat's API host over HTTPS, and nothing else.
    fn default() -> Self {
        Self {
            allowed: vec![Origin::wechat()],
            resolve: Vec::new(),
            roots: Roots::default(),
            extra_roots: Vec::new(),
            proxies: ProxyConfig::default(),
        }
    }
}

/// The client and its allow-list. Clones share both.
#[derive(Clone)]
pub struct Egress {
    client: Pooled<WasiBody>,
    allowed: Arc<BTreeSet<Origin>>,
    proxies: Arc<ProxyConfig>,
    listener: Option<Listener>,
    denial: Option<Denial>,
    failure: LastFailure,
}

/// A failure that WASI's error codes can't tell.
#[derive(Clone)]
pub(crate) enum Failure {
    Tls(TlsFailure),
    Proxy(ProxyFailure),
}

impl Failure {
    fn of(error: &(dyn StdError + 'static)) -> Option<Self> {
        let proxy = ProxyFailure::of(error).cloned().map(Self::Proxy);
        proxy.or_else(|| TlsFailure::of(error).map(Self::Tls))
    }

    fn code(&self) -> Error {
        match self {
            Self::Tls(failure) => failure.code(),
            Self::Proxy(failure) => failure.code(),
        }
    }
}

/// The failure in which an instance's newest request ended.
#[derive(Clone, Default)]
struct LastFailure(Arc<Mutex<Option<Failure>>>);

impl LastFailure {
    fn set(&self, failure: Option<Failure>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }

    fn get(&self) -> Option<Failure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Called with the path of a request that was answered.
type Listener = Arc<dyn Fn(&str) + Send + Sync>;
/// Returns whether a request is denied, wherever it goes.
type Denial = Arc<dyn Fn() -> bool + Send + Sync>;

impl Egress {
    /// Makes a client for this configuration. It opens no connection yet.
    ///
    /// # Errors
    /// If an extra root is not a certificate; if there is no certificate to trust, but an allowed `https` origin; if
    /// the feature for the roots is left out; or if the proxy for an allowed origin is none that can be used.
    pub fn new(config: EgressConfig) -> wasmtime::Result<Self> {
        let roots = config.roots.with(config.extra_roots)?;
        if roots.is_empty() && config.allowed.iter().any(Origin::is_https) {
            bail!(
                "there is no certificate to trust, so no server can be reached over TLS. Give \
                 EgressConfig::extra_roots one, or build wechat-official-account-host with webpki-roots or native-roots"
            );
        }
        let resolved = config.resolve.iter().map(|(host, _)| host.as_str());
        let proxies = resolved.fold(config.proxies, ProxyConfig::except_host);
        for destination in config.allowed.iter().filter_map(Origin::base) {
            proxies.check(&destination)?;
        }
        let proxies = Arc::new(proxies);
        Ok(Self {
            client: pooled(config.resolve, roots, Arc::clone(&proxies))?,
            allowed: Arc::new(config.allowed.into_iter().collect()),
            proxies,
            listener: None,
            denial: None,
            failure: LastFailure::default(),
        })
    }

    /// Returns the same egress for another instance, whose failures are its own.
    pub(crate) fn for_instance(&self) -> Self {
        Self {
            failure: LastFailure::default(),
            ..self.clone()
        }
    }

    /// Returns the failure in which the newest request ended, if it was one of these.
    pub(crate) fn failure(&self) -> Option<Failure> {
        self.failure.get()
    }

    /// Lets a proxy that forwards requests know who asks. (One that makes tunnels is told when it makes one.)
    fn authorize(&self, request: &mut Request<WasiBody>) {
        if request.uri().scheme() != Some(&Scheme::HTTP) {
            return;
        }
        if let Some(proxy) = self.proxies.intercept(request.uri())
            && let Some(credentials) = proxy.basic_auth()
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, credentials.clone());
        }
    }

    /// Calls `listener` with the path of each request for which a reply has begun, for hosts that show a long call's
    /// progress. It does not get the query, which has the token.
    #[must_use]
    pub fn on_reply(self, listener: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self {
            listener: Some(Arc::new(listener)),
            ..self
        }
    }

    /// Denies the requests that begin while `condition` is true, for hosts that end a long call early, such as
    /// `content.prepare`: it comes to its end after the request that is under way, and returns what it has done.
    #[must_use]
    pub fn deny_while(self, condition: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self {
            denial: Some(Arc::new(condition)),
            ..self
        }
    }

    fn allows(&self, uri: &Uri) -> bool {
        if self.denial.as_ref().is_some_and(|is_denied| is_denied()) {
            return false;
        }
        Origin::of(uri).is_some_and(|origin| self.allowed.contains(&origin))
    }
}

type IoFuture = Box<dyn Future<Output = Result<(), Error>> + Send>;
type SendFuture = Box<dyn Future<Output = Result<(Response<WasiBody>, IoFuture), Error>> + Send>;

impl WasiHttpHooks for Egress {
    fn send_request(
        &mut self,
        mut request: Request<WasiBody>,
        options: Option<RequestOptions>,
        _: IoFuture,
    ) -> SendFuture {
        if !self.allows(request.uri()) {
            return Box::new(async { Err(Error::HttpRequestDenied) });
        }
        self.authorize(&mut request);
        let client = self.client.clone();
        let last_failure = self.failure.clone();
        last_failure.set(None);
        let listening = self
            .listener
            .clone()
            .map(|listener| (listener, request.uri().path().to_owned()));
        Box::new(async move {
            let options = options.unwrap_or_default();
            let connect = options.connect_timeout.unwrap_or(DEFAULT_CONNECT_TIMEOUT);
            let first_byte = options.first_byte_timeout.unwrap_or(DEFAULT_TIMEOUT);
            let between_bytes = options.between_bytes_timeout.unwrap_or(DEFAULT_TIMEOUT);
            let exchange = connecting_within(connect, client.request(request));
            let response = match timeout(connect + first_byte, exchange).await {
                Ok(Ok(response)) => response,
                Ok(Err(error)) => {
                    let failure = Failure::of(&error);
                    let code = failure.as_ref().map_or_else(|| error_code(&error), Failure::code);
                    last_failure.set(failure);
                    return Err(code);
                }
                Err(_) => return Err(Error::ConnectionReadTimeout),
            };
            if let Some((listener, path)) = listening {
                listener(&path);
            }
            let response = response.map(|body| with_timeout(body, between_bytes, last_failure));
            // The client drives the connection by itself, so nothing is left to drive here.
            Ok((response, Box::new(async { Ok(()) }) as IoFuture))
        })
    }
}

/// Makes a reply's body fail if the next piece does not come in time.
fn with_timeout(body: Incoming, between_bytes: Duration, last_failure: LastFailure) -> WasiBody {
    let frames = stream::unfold(Some((body, last_failure)), move |state| async move {
        let (mut body, last_failure) = state?;
        match timeout(between_bytes, body.frame()).await {
            Ok(None) => None,
            Ok(Some(Ok(frame))) => Some((Ok::<Frame<Bytes>, Error>(frame), Some((body, last_failure)))),
            Ok(Some(Err(error))) if error.is_incomplete_message() => Some((Err(Error::HttpResponseIncomplete), None)),
            Ok(Some(Err(error))) => {
                let failure = Failure::of(&error);
                let code = failure.as_ref().map_or(Error::ConnectionTerminated, Failure::code);
                last_failure.set(failure);
                Some((Err(code), None))
            }
            Err(_) => Some((Err(Error::ConnectionReadTimeout), None)),
        }
    });
    StreamBody::new(frames).boxed_unsync()
}

/// Maps an error to a code that shows the guest whether anything was sent. The error's text is the host's and stays
/// here.
fn error_code(error: &hyper_util::client::legacy::Error) -> Error {
    if !error.is_connect() {
        return Error::ConnectionTerminated;
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            match error.kind() {
                io::ErrorKind::TimedOut => return Error::ConnectionTimeout,
                io::ErrorKind::NotFound => {
                    return Error::DnsError {
                        rcode: None,
                        info_code: None,
                    };
                }
                io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => {
                    return Error::DestinationIpUnroutable;
                }
                _ => {}
            }
        }
        cause = error.source();
    }
    // No connection was made, as the server refused it, ended the handshake, or this machine had no socket left. Of the
    // codes that say so this is the nearest.
    Error::ConnectionRefused
}
