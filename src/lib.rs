//! WeChat Official Account (微信公众号) as a WebAssembly component: permanent materials, temporary media, drafts, the
//! pictures of articles, and publishing.
//!
//! The contract is `wit/`; this crate implements it. A call passes through the modules from top to bottom, and no
//! module knows those above it:
//!
//! | module | task |
//! |---|---|
//! | [`bindings`] | the contract as Rust; its types are the only domain model |
//! | `exports` | the exported functions, each one call into a module below (WebAssembly only) |
//! | [`account`], [`material`], [`media`], [`draft`], [`publish`] | one per interface: its operations on the wire |
//! | [`content`] | the pictures of an article: found in its HTML, uploaded, and named there |
//! | [`article`] | articles on the wire, which drafts, publications and old material share |
//! | [`check`] | refusals and warnings before a byte is sent |
//! | [`compare`] | what WeChat changed or dropped of an article, by reading it back |
//! | [`html`] | tags, visible text, documents, style declarations, and references to pictures |
//! | [`wechat`] | WeChat's wire: request, token, attempt, reply, errcode |
//! | [`transport`] | one HTTP exchange and a clock: the core needs nothing else from outside |
//! | `transport::wasi` | the transport on WASI (WebAssembly only) |
//! | [`media_type`], `data_uri` | file formats, and files inside an address |
//! | [`texts`] | the texts for people in each language |
//! | `error`, `secret` | the error record, and values that are never shown, and are wiped in the end |
//!
//! The core is `async` and generic over [`transport::Transport`], so it also runs natively.

pub mod account;
pub mod article;
pub mod bindings;
pub mod check;
pub mod compare;
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
pub mod texts;
pub mod transport;
pub mod wechat;
