//! A host for the WeChat Official Account plugin, in parts that an embedder can copy.
//!
//! | part | what it is |
//! |---|---|
//! | [`host`] | engine and instances; `linker` has what an instance gets, and that it gets nothing else |
//! | [`interfaces`] | what an instance exports |
//! | [`limits`] | how much memory and time an instance may use |
//! | [`credentials`] | configuration and token, which debug output does not show |
//! | [`egress`] | the one way out: a pooled HTTP client behind an allow-list |
//! | [`session`] | an account in an instance of its own, each operation a method |
//! | [`simulator`] | WeChat's server in memory, for tests and for trying things out |
//! | [`bench`] | what the benchmarks measure |
//!
//! The README's example uses all but the last two.

pub mod bench;
mod client;
pub mod credentials;
pub mod egress;
pub mod host;
pub mod interfaces;
pub mod limits;
mod linker;
pub mod session;
pub use wechat_simulator as simulator;

/// The built component.
pub const PLUGIN: &str = wechat_official_account_component::PATH;

/// Compiles the README's example.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
