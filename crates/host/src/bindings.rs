//! The contract in `wit/`, as Rust types and functions.
#![allow(unsafe_code, reason = "generated; wasmtime trusts the layout of its types")]
#![expect(missing_docs, reason = "generated; the WIT files have the documentation")]

wasmtime::component::bindgen!({
    path: "../../wit",
    world: "plugin",
    imports: { default: async },
    exports: { default: async },
    with: {
        "wasi:http": wasmtime_wasi_http::p2::bindings::http,
        "wasi:io": wasmtime_wasi::p2::bindings::io,
        "wasi:clocks": wasmtime_wasi::p2::bindings::clocks,
    },
    additional_derives: [PartialEq, serde::Serialize],
});

pub use exports::wechat::official_account as interfaces;
