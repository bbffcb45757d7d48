#![doc = include_str!("../README.md")]
//!
//! ## Modules
//!
//! | module | contents |
//! |---|---|
//! | [`listing`] | all items of a list, page by page |
//! | [`session`] | an account in an instance of its own, with each operation as a method |
//! | [`host`], [`instance`] | the compiled code (made by a private `compile`), and the instances made of it |
//! | [`exports`] | the exported interfaces of an instance |
//! | [`types`] | the records of the contract |
//! | [`egress`] | the one way out: an allow-list in front of a pooled HTTP client |
//! | [`client`] | that client, without a policy |
//! | [`proxy`], [`roots`] | the proxies and the authorities that it is told to use |
//! | [`origin`] | scheme, host and port of a destination |
//! | [`limits`] | the memory and the time that an instance may use |
//!
//! Each module imports only modules below it in this list, and private ones: `linker` defines the imports of an
//! instance, `ctx` holds the host's side of one, `gate` limits its requests, `computing` its time and `arguments` what
//! is handed to it, `pool` reserves memory for all, `credentials` and `records` add to the types, `tls_failure`,
//! `tunnel` and `reply_first` add to the client, and `bindings` is generated from the contract.

mod arguments;
mod bindings;
pub mod client;
#[cfg(feature = "compile")]
mod compile;
mod computing;
mod credentials;
mod ctx;
pub mod egress;
pub mod exports;
mod gate;
pub mod host;
#[cfg(test)]
#[cfg(feature = "compile")]
mod hostile_guests;
pub mod instance;
pub mod limits;
mod linker;
pub mod listing;
pub mod origin;
mod pool;
pub mod proxy;
mod records;
mod reply_first;
pub mod roots;
pub mod session;
mod tls_failure;
mod tunnel;
pub mod types;
pub mod upload;

pub use egress::{Egress, EgressConfig};
pub use host::Host;
pub use instance::Instance;
pub use limits::{LimitReached, Limits};
pub use listing::Listing;
pub use origin::Origin;
pub use proxy::ProxyConfig;
pub use roots::Roots;
pub use session::{Error, Result, Session};

/// Compiles the examples of the repository's README and of the page on embedding.
#[cfg(all(doctest, feature = "compile"))]
#[doc = include_str!("../../../README.md")]
#[doc = include_str!("../../../docs/embedding.md")]
struct Documents;
