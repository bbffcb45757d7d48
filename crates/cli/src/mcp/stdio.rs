//! MCP over stdin and stdout, for a client that starts the program itself.

use rmcp::service::ServerInitializeError;
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::{RoleServer, ServiceExt as _};
use tokio_util::sync::CancellationToken;

use super::server::Server;
use crate::error::{self, Result};
use crate::stop::Stop;
use crate::texts::messages;

/// The longest message. More than fits into an instance, so that what is too long gets an error that tells why. The SDK
/// passes over a longer one without an answer.
const MESSAGE: usize = 128 * 1024 * 1024;

/// Serves until the client closes stdin, or a signal comes.
pub async fn serve(server: Server, stop: &Stop) -> Result<()> {
    let ended = CancellationToken::new();
    let serving = converse(server.clone(), ended.clone());
    tokio::pin!(serving);
    tokio::select! {
        result = &mut serving => {
            // The client is gone, but a change may still be under way.
            server.close().await;
            result
        }
        () = stop.requested() => {
            server.close().await;
            ended.cancel();
            // The answers of the calls that have just ended are sent.
            serving.await
        }
    }
}

async fn converse(server: Server, ended: CancellationToken) -> Result<()> {
    let (stdin, stdout) = rmcp::transport::stdio();
    let transport = AsyncRwTransport::<RoleServer, _, _>::new(stdin, stdout).with_max_line_length(MESSAGE);
    match server.serve_with_ct(transport, ended).await {
        Ok(service) => {
            let ended = service.waiting().await;
            ended
                .map(|_| ())
                .map_err(|error| error::other(messages().mcp.connection_ended.with([&error])))
        }
        Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => Ok(()),
        // The SDK's own words would repeat the whole message.
        Err(_) => Err(error::other(messages().mcp.no_conversation)),
    }
}
