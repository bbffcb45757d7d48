//! Linker flags for the component. In the build script and not in `.cargo/config.toml`, where an embedder's `RUSTFLAGS`
//! would displace it.

use std::env;

/// Bytes.
const STACK: u32 = 64 * 1024;

fn main() {
    let is = |name, value: &str| env::var(name).is_ok_and(|found| found == value);
    // Addresses and indices in the code take 5 bytes each unless the linker shortens them: 16 KB. It can't where debug
    // information refers to the code.
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-cdylib-link-arg=--compress-relocations");
    }
    // The deepest JSON that the parser takes does with half of this (host-test/tests/hostile_replies.rs). The default of 1 MiB would
    // make each idle instance as much larger, and every address in the code longer.
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") {
        println!("cargo::rustc-cdylib-link-arg=-zstack-size={STACK}");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
