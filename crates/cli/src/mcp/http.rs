//! MCP over Streamable HTTP, for clients that are configured with an address.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Router, middleware};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::bearer::{self, Bearer};
use super::server::Server;
use crate::args::HttpOptions;
use crate::error::{self, Result};
use crate::output::Output;
use crate::stop::Stop;
use crate::texts::{messages, os_error};

/// The one path of the service.
const PATH: &str = "/mcp";
/// The largest request: an image of 10 MiB in base64, twice, or the longest HTML that an instance takes.
const BODY: usize = 32 * 1024 * 1024;
/// How long a session of a client with an older protocol may be idle. The longest call takes minutes, and a client is
/// told to begin a new session, so that a day's pause costs nothing but that.
const SESSION: Duration = Duration::from_secs(3600);
/// How long open connections may delay the end, after all calls are answered.
const FAREWELL: Duration = Duration::from_secs(1);

/// A service that has its address and its token already, so that errors in them show at once.
pub struct Http {
    listener: TcpListener,
    address: SocketAddr,
    bearer: Bearer,
    hosts: Vec<String>,
    origins: Vec<String>,
}

impl Http {
    /// Listens at this address. Others than those of this machine need the operator's word.
    pub async fn listen(address: SocketAddr, options: HttpOptions) -> Result<Self> {
        let texts = &messages().mcp;
        if !address.ip().is_loopback() && !options.allow_remote {
            return Err(error::usage(texts.open.with([&address])));
        }
        let bearer = Bearer::from_environment()?;
        let listener = TcpListener::bind(address).await;
        let listener =
            listener.map_err(|error| error::other(texts.cannot_listen_at.with([&address, &os_error(&error)])))?;
        let address = listener.local_addr();
        let address = address.map_err(|error| error::other(texts.cannot_listen.with([&os_error(&error)])))?;
        let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
        if !address.ip().is_unspecified() {
            hosts.push(address.ip().to_string());
        }
        hosts.extend(options.allow_host);
        Ok(Self {
            listener,
            address,
            bearer,
            hosts,
            origins: options.allow_origin,
        })
    }

    /// Prints the address.
    pub fn announce(&self, output: Output) -> Result<()> {
        let url = format!("http://{}{PATH}", self.address);
        output.print(&json!({ "listening_on": url }), format!("listening on {url}"))
    }

    /// Serves until a signal comes.
    pub async fn serve(self, server: Server, stop: &Stop) -> Result<()> {
        let config = StreamableHttpServerConfig::default()
            .with_allowed_hosts(self.hosts)
            .with_allowed_origins(self.origins)
            .enforce_origin_validation()
            .with_max_request_body_bytes(BODY);
        let streams = config.cancellation_token.clone();
        let mut sessions = LocalSessionManager::default();
        sessions.session_config.keep_alive = Some(SESSION);
        let service = {
            let server = server.clone();
            StreamableHttpService::new(move || Ok(server.clone()), Arc::new(sessions), config)
        };
        let router = Router::new()
            .route_service(PATH, service)
            .layer(middleware::from_fn_with_state(self.bearer, bearer::require));
        let ended = CancellationToken::new();
        let serving = axum::serve(self.listener, router).with_graceful_shutdown(ended.clone().cancelled_owned());
        let serving = serving.into_future();
        tokio::pin!(serving);
        tokio::select! {
            result = &mut serving => {
                result.map_err(|error| error::other(messages().mcp.cannot_serve.with([&os_error(&error)])))
            }
            () = stop.requested() => {
                server.close().await;
                ended.cancel();
                // The answers are sent. Clients may also keep streams on which nothing comes.
                let _ = timeout(FAREWELL, serving).await;
                streams.cancel();
                Ok(())
            }
        }
    }
}
