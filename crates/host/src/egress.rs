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
use http::uri::Scheme;
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Frame, Incoming};
use rustls::pki_types::CertificateDer;
use tokio::time::timeout;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::client::{DEFAULT_CONNECT_TIMEOUT, Pooled, connecting_within, pooled};
use crate::tls_failure::TlsFailure;

/// The first-byte and between-bytes timeout of a guest that names none.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

/// A scheme, host and port that guests may reach.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    https: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// Returns the origin of a URI; `None` if it has no host, a user name, or another scheme than http and https.
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

    /// Parses the origin of a base such as `https://api.weixin.qq.com`.
    ///
    /// # Errors
    /// If the text is not the base of an http or https URL, or has more to it, such as a path.
    pub fn parse(base: &str) -> wasmtime::Result<Self> {
        let uri: Uri = base.parse()?;
        Self::of(&uri)
            .filter(|_| uri.path() == "/" && uri.query().is_none())
            .ok_or_else(|| wasmtime::format_err!("{base} is not the base of an http or https URL"))
    }
}

/// The destinations that guests may reach, and the way to them.
pub struct EgressConfig {
    /// The origins that requests may go to. Everything else is denied.
    pub allowed: Vec<Origin>,
    /// Addresses for hosts, as curl's `--connect-to`: if a URL has this host and names no port, the request goes to
    /// this address instead. The name stays in the request and in TLS.
    pub resolve: Vec<(String, SocketAddr)>,
    /// Certificates to trust besides the public ones.
    pub extra_roots: Vec<CertificateDer<'static>>,
}

impl Default for EgressConfig {
    /// Allows WeChat's API host over HTTPS, and nothing else.
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
    client: Pooled<WasiBody>,
    allowed: Arc<BTreeSet<Origin>>,
    listener: Option<Listener>,
    tls_failure: LastTlsFailure,
}

/// The failure of TLS in which an instance's newest request ended.
#[derive(Clone, Default)]
struct LastTlsFailure(Arc<Mutex<Option<TlsFailure>>>);

impl LastTlsFailure {
    fn set(&self, failure: Option<TlsFailure>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }

    fn get(&self) -> Option<TlsFailure> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Called with the path of a request that was answered.
type Listener = Arc<dyn Fn(&str) + Send + Sync>;

impl Egress {
    /// Makes a client for this configuration. It opens no connection yet.
    ///
    /// # Errors
    /// If an extra root is not a certificate.
    pub fn new(config: EgressConfig) -> wasmtime::Result<Self> {
        let client = pooled(config.resolve, config.extra_roots)?;
        Ok(Self {
            client,
            allowed: Arc::new(config.allowed.into_iter().collect()),
            listener: None,
            tls_failure: LastTlsFailure::default(),
        })
    }

    /// Returns the same egress for another instance, whose failures are its own.
    pub(crate) fn for_instance(&self) -> Self {
        Self {
            tls_failure: LastTlsFailure::default(),
            ..self.clone()
        }
    }

    /// Returns the failure of TLS in which the newest request ended, if it did.
    pub(crate) fn tls_failure(&self) -> Option<TlsFailure> {
        self.tls_failure.get()
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
        let tls_failure = self.tls_failure.clone();
        tls_failure.set(None);
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
                    let failure = TlsFailure::of(&error);
                    tls_failure.set(failure);
                    return Err(failure.map_or_else(|| error_code(&error), TlsFailure::code));
                }
                Err(_) => return Err(Error::ConnectionReadTimeout),
            };
            if let Some((listener, path)) = listening {
                listener(&path);
            }
            let response = response.map(|body| with_timeout(body, between_bytes, tls_failure));
            // The client drives the connection by itself, so nothing is left to drive here.
            Ok((response, Box::new(async { Ok(()) }) as IoFuture))
        })
    }
}

/// Makes a reply's body fail if the next piece does not come in time.
fn with_timeout(body: Incoming, between_bytes: Duration, tls_failure: LastTlsFailure) -> WasiBody {
    let frames = stream::unfold(Some((body, tls_failure)), move |state| async move {
        let (mut body, tls_failure) = state?;
        match timeout(between_bytes, body.frame()).await {
            Ok(None) => None,
            Ok(Some(Ok(frame))) => Some((Ok::<Frame<Bytes>, Error>(frame), Some((body, tls_failure)))),
            Ok(Some(Err(error))) if error.is_incomplete_message() => Some((Err(Error::HttpResponseIncomplete), None)),
            Ok(Some(Err(error))) => {
                let failure = TlsFailure::of(&error);
                tls_failure.set(failure);
                Some((Err(failure.map_or(Error::ConnectionTerminated, TlsFailure::code)), None))
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
