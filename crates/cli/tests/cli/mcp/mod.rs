//! The promises of `wechat-oa mcp`: both transports, both lives of the protocol, and what is refused.

mod conversation;
mod files;
mod http;
mod http_client;
mod protocol;
mod stdio;
mod stdio_client;
mod stops;
