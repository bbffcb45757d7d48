//! The contract in `wit/` as Rust. Its `types` interface is the domain model of the whole crate: there is no second
//! set of records to convert to.
#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::restriction)]
#![allow(unsafe_code, reason = "generated; the canonical ABI passes pointers")]

wit_bindgen::generate!({
    path: "wit",
    world: "plugin",
    // The WASI interfaces come from one place, so that the world file still lists them all by name.
    with: {
        "wasi:clocks/monotonic-clock@0.2.12": wasi::clocks::monotonic_clock,
        "wasi:http/outgoing-handler@0.2.12": wasi::http::outgoing_handler,
        "wasi:http/types@0.2.12": wasi::http::types,
        "wasi:io/error@0.2.12": wasi::io::error,
        "wasi:io/poll@0.2.12": wasi::io::poll,
        "wasi:io/streams@0.2.12": wasi::io::streams,
    },
    pub_export_macro: true,
});

pub use exports::wechat::official_account::{account, content, draft, material, media, publish, types};
