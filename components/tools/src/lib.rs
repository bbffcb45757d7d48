//! The tools for agents as a component: the worlds in `wit/`, on top of the plugin.
//!
//! | module | contents |
//! |---|---|
//! | `exports` | the exported functions: each calls one tool (WebAssembly only) |
//! | `convert` | the records of `wit/` to and from those of the tools (WebAssembly only) |
//! | `names` | the names of arguments and fields as WIT spells them |
//! | `account` | the account of the environment, which stays open between calls (WebAssembly only) |
//! | `bindings` | the worlds as Rust |
//!
//! What a tool does stands in `wechat-official-account-tools`, which other doors use, too.

#[cfg(target_arch = "wasm32")]
mod account;
#[cfg(target_arch = "wasm32")]
mod bindings;
#[cfg(target_arch = "wasm32")]
mod convert;
#[cfg(target_arch = "wasm32")]
mod exports;
#[cfg(any(target_arch = "wasm32", test))]
mod names;
