//! WeChat Official Account (微信公众号) as a WebAssembly component: permanent materials, temporary media, drafts, the
//! pictures of articles, and publishing.
//!
//! The contract is `wit/`; this crate is what stands behind it. A call passes through the rooms from top to bottom:
//!
//! | room | what happens there |
//! |---|---|
//! | [`bindings`] | the contract as Rust; its types are the only domain model |
//! | `component` | the exported functions, each one call into a room below (WebAssembly only) |
//! | [`account`], [`material`], [`media`], [`draft`], [`publish`], [`content`] | one per interface: arguments to WeChat's JSON and back |
//! | [`article`] | articles on the wire, which drafts, publications and old material share |
//! | [`check`] | what is refused or warned about before a byte is sent |
//! | [`html`] | the tags of a text, and where they refer to pictures |
//! | [`wechat`] | WeChat's wire: token, request, reply, errcode |
//! | [`transport`] | what the core needs from outside: one HTTP exchange, and a clock |
//! | `transport::wasi` | the transport on WASI (WebAssembly only) |
//!
//! The core is `async` and generic over [`transport::Transport`], so it also runs natively.

pub mod account;
pub mod article;
pub mod bindings;
pub mod check;
pub mod content;
mod data_uri;
pub mod draft;
mod error;
#[cfg(target_arch = "wasm32")]
mod exports;
pub mod html;
pub mod material;
pub mod media;
pub mod media_type;
#[cfg(test)]
mod properties;
pub mod publish;
mod secret;
pub mod transport;
pub mod wechat;
