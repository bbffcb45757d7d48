//! A host for the WeChat Official Account plugin.

pub mod egress;
pub mod host;
pub mod session;
pub mod simulator;

/// The component that this crate's build script made.
pub const PLUGIN: &str = env!("WECHAT_PLUGIN");
