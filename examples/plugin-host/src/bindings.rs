//! The contract as Rust types and functions. In your project, `path` is your copy of `wit/`.
#![allow(unsafe_code, reason = "generated; wasmtime trusts the layout of its types")]

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
});

pub use exports::wechat::official_account::types;
