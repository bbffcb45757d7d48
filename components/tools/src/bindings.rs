//! The worlds as Rust.
#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::restriction)]
#![allow(unsafe_code, reason = "generated; the canonical ABI passes pointers")]

#[cfg(not(feature = "publish"))]
wit_bindgen::generate!({ world: "tools", generate_all });
#[cfg(feature = "publish")]
wit_bindgen::generate!({ world: "tools-publish", generate_all });
