//! The tools for agents, over the Model Context Protocol.
//!
//! | file | task |
//! |---|---|
//! | `http`, `stdio` | the two transports; `bearer` is the token of the first |
//! | `server` | what MCP asks: the list of the tools, and calls |
//! | `listing` | the list in the words of MCP |
//! | `call` | one call: its files are read, the tool runs, and an unwanted call is given up |
//! | `files` | the arguments that name files |
//! | `plugin` | the plugin in its sandbox, as the tools see it |
//! | `pictures` | the pictures of an article that are files |
//! | `root` | files below the operator's folder, and no others |
//! | `sessions` | open sessions of the account |
//! | `progress` | the progress of a call, for clients that asked for it |
//! | `record` | a line on stderr for each call |
//! | `changes` | if a call may be given up |
//! | `convert` | the records of the contract in the types of host and tools |
//!
//! Each imports only files below it in this list.

mod bearer;
mod call;
mod changes;
mod convert;
mod files;
mod http;
mod listing;
mod pictures;
mod plugin;
mod progress;
mod record;
mod root;
mod server;
mod sessions;
mod stdio;

use wechat_official_account_host::types::Config;

use crate::args::Mcp;
use crate::context::Context;
use crate::error::Result;
use crate::mcp::call::Workshop;
use crate::mcp::http::Http;
use crate::mcp::record::Record;
use crate::mcp::root::Root;
use crate::mcp::server::Server;
use crate::mcp::sessions::{MOST, Sessions};
use crate::texts::messages;

/// Serves until the client or a signal ends it.
pub async fn run(context: &Context, options: Mcp) -> Result<()> {
    let root = options.root.as_deref().map(Root::open).transpose()?;
    let http = match options.http {
        Some(address) => Some(Http::listen(address, options.http_options).await?),
        None => None,
    };
    let tools = listing::tools(options.allow_publish, root.is_some());
    let way = context.reach().await?;
    let host = context.host(way.egress.clone(), MOST)?;
    // What agents read is in English, as the tools' own words are.
    let config = Config {
        language: None,
        ..way.config
    };
    let sessions = Sessions::new(host, way.egress, config);
    // A configuration that is refused shows now, and not in the first call.
    sessions.take().await?.give_back();
    let workshop = Workshop { sessions, root };
    let server = Server::new(tools, workshop, Record::start(context.output)?);
    let serve = async {
        match http {
            Some(http) => {
                http.announce(context.output)?;
                http.serve(server, &context.stop).await
            }
            None => stdio::serve(server, &context.stop).await,
        }
    };
    context.stop.listen();
    // A signal ends the service, and the service itself ends with the calls that run. Only a call that lasts too long
    // is reported as possibly done.
    context.journal.during(messages().mcp.calls, serve).await
}
