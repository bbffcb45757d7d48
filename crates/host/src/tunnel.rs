//! Connections through a proxy, and the reasons why there is none.

use std::error::Error as StdError;
use std::iter::successors;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::{fmt, io};

use bytes::Bytes;
use http::header::{HOST, HeaderValue, PROXY_AUTHORIZATION};
use http::uri::Scheme;
use http::{Request, StatusCode, Uri};
use http_body_util::Empty;
use hyper::client::conn::http1;
use hyper::rt::{Read, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::proxy::matcher::Intercept;
use tower::Service;
use wasmtime_wasi_http::Error as ErrorCode;

use crate::origin::Origin;
use crate::proxy::ProxyConfig;
use crate::tls_failure::TlsFailure;

type BoxError = Box<dyn StdError + Send + Sync>;

/// Makes connections without TLS to destinations: directly, or through a proxy.
#[derive(Clone)]
pub struct ProxyConnector<C> {
    pub proxies: Arc<ProxyConfig>,
    pub direct: C,
    /// To a proxy that makes tunnels.
    pub to_tunnel: HttpsConnector<C>,
    /// To a proxy that forwards requests. Its connections say so.
    pub to_forwarder: HttpsConnector<C>,
}

impl<C, S> Service<Uri> for ProxyConnector<C>
where
    C: Service<Uri, Response = S>,
    C::Future: Send + 'static,
    C::Error: Into<BoxError>,
    S: Read + Write + hyper_util::client::legacy::connect::Connection + Send + Unpin + 'static,
{
    type Response = MaybeHttpsStream<S>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.direct.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, destination: Uri) -> Self::Future {
        let Some(proxy) = self.proxies.intercept(&destination) else {
            let connecting = self.direct.call(destination);
            return Box::pin(async move { connecting.await.map(MaybeHttpsStream::Http).map_err(Into::into) });
        };
        let is_tunnel = destination.scheme() == Some(&Scheme::HTTPS);
        let connector = match is_tunnel {
            true => &mut self.to_tunnel,
            false => &mut self.to_forwarder,
        };
        let connecting = connector.call(proxy.uri().clone());
        Box::pin(async move {
            let connection = connecting
                .await
                .map_err(|error| ProxyFailure::new(&proxy, ProxyProblem::of_connecting(&*error)))?;
            if !is_tunnel {
                return Ok(connection);
            }
            let tunnel = open(connection, &destination, proxy.basic_auth()).await;
            Ok(tunnel.map_err(|problem| ProxyFailure::new(&proxy, problem))?)
        })
    }
}

/// Asks a proxy for a tunnel. hyper-util's `Tunnel` does the same, and keeps the status of a refusal to itself.
async fn open<S>(connection: S, destination: &Uri, credentials: Option<&HeaderValue>) -> Result<S, ProxyProblem>
where
    S: Read + Write + Send + Unpin + 'static,
{
    let host = destination.host().ok_or(ProxyProblem::NotAProxy)?;
    let port = Origin::port_of(destination).ok_or(ProxyProblem::NotAProxy)?;
    let authority = format!("{host}:{port}");
    let mut request = Request::connect(&authority).header(HOST, &authority);
    if let Some(credentials) = credentials {
        request = request.header(PROXY_AUTHORIZATION, credentials);
    }
    let request = request
        .body(Empty::<Bytes>::new())
        .map_err(|_| ProxyProblem::NotAProxy)?;
    let (mut sender, driver) = http1::handshake(connection).await.map_err(|_| ProxyProblem::Closed)?;
    // It ends with the tunnel, or when the sender is dropped.
    tokio::spawn(driver.with_upgrades());
    let response = sender
        .send_request(request)
        .await
        .map_err(|error| match error.is_parse() {
            true => ProxyProblem::NotAProxy,
            false => ProxyProblem::Closed,
        })?;
    if !response.status().is_success() {
        return Err(ProxyProblem::Refused(response.status().as_u16()));
    }
    let tunnel = hyper::upgrade::on(response).await.map_err(|_| ProxyProblem::Closed)?;
    let tunnel = tunnel.downcast::<S>().map_err(|_| ProxyProblem::NotAProxy)?;
    // In TLS the client speaks first, so these bytes would be the proxy's.
    match tunnel.read_buf.is_empty() {
        true => Ok(tunnel.io),
        false => Err(ProxyProblem::NotAProxy),
    }
}

/// A connection that a proxy did not make. Nothing was sent to the destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyFailure {
    /// Scheme, host and port.
    proxy: String,
    problem: ProxyProblem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProxyProblem {
    Unreachable(io::ErrorKind),
    Tls(TlsFailure),
    /// It answered with this status.
    Refused(u16),
    /// It ended the connection without an answer.
    Closed,
    /// Its answer is not that of a proxy.
    NotAProxy,
    /// There was no connection and no tunnel in the time for both.
    TimedOut,
}

impl ProxyProblem {
    fn of_connecting(error: &(dyn StdError + 'static)) -> Self {
        if let Some(failure) = TlsFailure::of(error) {
            return Self::Tls(failure);
        }
        let cause = causes(error).find_map(|error| error.downcast_ref::<io::Error>());
        Self::Unreachable(cause.map_or(io::ErrorKind::Other, io::Error::kind))
    }
}

impl ProxyFailure {
    pub(crate) fn new(proxy: &Intercept, problem: ProxyProblem) -> Self {
        Self {
            proxy: proxy.uri().to_string().trim_end_matches('/').to_owned(),
            problem,
        }
    }

    /// Finds a proxy's failure among the causes of an error.
    pub(crate) fn of<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Self> {
        causes(error).find_map(|error| error.downcast_ref())
    }

    /// Returns the code for the guest. All but the timeout say that nothing was sent, which is certain: a request goes
    /// into a tunnel only after TLS.
    pub(crate) fn code(&self) -> ErrorCode {
        match self.problem {
            ProxyProblem::TimedOut | ProxyProblem::Unreachable(io::ErrorKind::TimedOut) => ErrorCode::ConnectionTimeout,
            // "The request was rejected by policy": trying again is of no use.
            ProxyProblem::Refused(400..500) => ErrorCode::HttpRequestDenied,
            _ => ErrorCode::ConnectionRefused,
        }
    }
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    successors(Some(error), |error| (*error).source())
}

impl fmt::Display for ProxyFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the proxy {} ", self.proxy)?;
        match self.problem {
            ProxyProblem::Unreachable(kind) => write!(f, "can't be reached: {kind}"),
            ProxyProblem::Tls(failure) => write!(f, "can't be reached: {failure}"),
            ProxyProblem::Refused(407) => f.write_str("asks for another user name and password: 407"),
            ProxyProblem::Refused(status) => match StatusCode::from_u16(status) {
                Ok(status) => write!(f, "refused the connection: {status}"),
                Err(_) => write!(f, "refused the connection: {status}"),
            },
            ProxyProblem::Closed => f.write_str("ended the connection without an answer"),
            ProxyProblem::NotAProxy => f.write_str("does not answer as an HTTP proxy"),
            ProxyProblem::TimedOut => f.write_str("made no connection in time"),
        }
    }
}

impl StdError for ProxyFailure {}
