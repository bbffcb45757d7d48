//! The tools: what a model or an HTTP caller may do with an account.
//!
//! The plugin's contract has resources, files and variants, and leaves every decision to its caller. A tool takes flat
//! values, does the whole of one task, and says what came of it. The components `tools` and `edge` and the command
//! `wechat-oa mcp` have the same tools, and all of them are written here once.
//!
//! | module | contents |
//! |---|---|
//! | [`catalogue`] | the list of the tools, with their descriptions, effects and schemas |
//! | [`call`] | one call by name, with arguments and result in JSON |
//! | [`draft`], [`publication`], [`image`], [`account`] | the tools themselves |
//! | [`article`], [`finding`] | an article as a caller writes it, and what is wrong with it |
//! | [`digest`] | a short text that tells if a draft is still the one that was read |
//! | [`library`] | the plugin as the imports of a component |
//! | [`environment`] | the account's credentials as environment variables |
//! | [`plugin`] | what the tools need of the plugin |
//! | [`error`], [`text`] | one flat error for every tool |
//! | [`bindings`] | the plugin's contract as Rust |
//!
//! Each module imports only modules below it in this list. The tools are `async` over the trait [`Plugin`], so that
//! a host can wait for them; in a component nothing ever waits, and [`plugin::ready`] runs them.

#![allow(
    clippy::result_large_err,
    reason = "an error ends a tool, and nothing is called often enough for its size to matter"
)]

pub mod account;
pub mod article;
pub mod bindings;
pub mod call;
pub mod catalogue;
pub mod digest;
pub mod draft;
pub mod environment;
pub mod error;
pub mod finding;
pub mod image;
pub mod library;
pub mod plugin;
pub mod publication;
#[cfg(test)]
mod schema;
pub mod text;

pub use error::{Error, Result};
pub use plugin::Plugin;
