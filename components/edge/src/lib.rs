//! An HTTP service on top of the plugin, as a component: a JSON API, and tools over the Model Context Protocol.
//!
//! It exports `wasi:http/incoming-handler`, and imports the plugin's interfaces. `docs/edge.md` is its manual,
//! `docs/openapi.yaml` its API. A request passes through the modules from top to bottom, and no module knows those
//! above it:
//!
//! | module | task |
//! |---|---|
//! | `guest` | the service on WASI: streams, environment, clock, and the plugin's imports (WebAssembly only) |
//! | [`service`] | one request from its head to its response, in the order in which callers may learn things |
//! | [`mcp`], [`api`] | the two ways to call a tool |
//! | [`plugin`] | what the service needs of the plugin |
//! | [`body`], [`query`] | the parts of a request |
//! | [`routes`] | paths and their methods |
//! | [`problem`] | errors, and the HTTP status of each |
//! | [`settings`], [`bearer`] | the environment, and the callers' token |
//! | [`http`] | requests and responses without WASI |
//!
//! Everything but `guest` also runs natively, where the unit tests are.

pub mod api;
pub mod bearer;
pub mod body;
#[cfg(test)]
mod fake;
#[cfg(target_arch = "wasm32")]
mod guest;
pub mod http;
pub mod mcp;
pub mod plugin;
pub mod problem;
pub mod query;
pub mod routes;
pub mod service;
pub mod settings;
