//! The contract in `wit/` as Rust. Its `types` interface is the domain model: there is no second set of records.
#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::restriction)]
#![allow(unsafe_code, reason = "generated; the canonical ABI passes pointers")]

wit_bindgen::generate!({ world: "article", pub_export_macro: true });

pub use exports::wechat::article::types;
