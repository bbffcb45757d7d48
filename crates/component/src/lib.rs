//! The component, built from the workspace's root package by this crate's build script.
//!
//! The build script alone knows how the component is made and which parts are delivered. A crate that runs the
//! component depends on this one, and cargo builds it again after each change of the sources.
//!
//! There are two forms with the same code. [`PATH`] is for programs: it is smaller, and other components can be made
//! from it. [`DELIVERED`] is for people: it has metadata and documentation inside.

#[cfg(feature = "compose")]
mod compose;
#[cfg(feature = "compose")]
mod sections;

#[cfg(feature = "compose")]
pub use compose::{Error, compose};

/// The path of the built component, `wechat-official-account.wasm`. It has no metadata and no documentation.
pub const PATH: &str = env!("WECHAT_COMPONENT");

/// The path of the same component with metadata, and with the documentation of each exported interface.
pub const DELIVERED: &str = env!("WECHAT_COMPONENT_DELIVERED");
