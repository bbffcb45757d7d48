//! The component, built from the workspace's root package by this crate's build script.
//!
//! The build script alone knows how the component is made and which parts are delivered. A crate that runs the
//! component depends on this one, and cargo builds it again after each change of the sources.

/// The path of the built component, `wechat-official-account.wasm`.
pub const PATH: &str = env!("WECHAT_COMPONENT");
