//! The promise: the component can reach nothing but the imports of its world, and it is small.

use std::path::Path;

use wasmtime::Engine;
use wasmtime::component::Component;
use wechat_official_account_component as component;
use wechat_official_account_host::{Egress, EgressConfig, Host};

/// The imports that the component may have, in order.
const ALLOWED: [&str; 6] = [
    "wasi:clocks/monotonic-clock@0.2.12",
    "wasi:http/outgoing-handler@0.2.12",
    "wasi:http/types@0.2.12",
    "wasi:io/error@0.2.12",
    "wasi:io/poll@0.2.12",
    "wasi:io/streams@0.2.12",
];

/// Reads the imports off the built component, in order.
fn imports() -> Vec<String> {
    let engine = Engine::default();
    let component = Component::from_file(&engine, component::PATH).unwrap();
    let component_type = component.component_type();
    let mut imports: Vec<String> = component_type
        .imports(&engine)
        .map(|(name, _)| name.to_owned())
        .collect();
    imports.sort();
    imports
}

/// The size limit in bytes. A larger component has taken in something by accident.
const LARGEST: u64 = 450_000;

#[test]
fn the_component_imports_http_streams_and_a_clock_and_nothing_else() {
    assert_eq!(imports(), ALLOWED);
}

#[test]
fn the_component_exports_the_interfaces_of_the_contract() {
    let engine = Engine::default();
    let component = Component::from_file(&engine, component::PATH).unwrap();
    let mut exports: Vec<String> = component
        .component_type()
        .exports(&engine)
        .map(|(name, _)| name.to_owned())
        .collect();
    exports.sort();
    assert_eq!(
        exports,
        [
            "wechat:official-account/account@0.1.0",
            "wechat:official-account/content@0.1.0",
            "wechat:official-account/draft@0.1.0",
            "wechat:official-account/material@0.1.0",
            "wechat:official-account/media@0.1.0",
            "wechat:official-account/publish@0.1.0",
            "wechat:official-account/types@0.1.0",
        ]
    );
}

#[test]
fn the_component_is_small() {
    let length = std::fs::metadata(component::PATH).unwrap().len();
    assert!(length < LARGEST, "{length} bytes");
}

/// Makes a component with one import: a function of an interface for the environment.
fn component_that_reads_the_environment() -> Vec<u8> {
    const NAME: &[u8] = b"wasi:cli/environment@0.2.12";
    let preamble = [b"\0asm".as_slice(), &[13, 0, 1, 0]].concat();
    // An instance type with a function type `() -> ()` and an export `f` of it.
    let types = [7, 14, 1, 0x42, 2, 1, 0x40, 0, 1, 0, 4, 0, 1, b'f', 1, 0];
    let import = [&[1, 0, NAME.len() as u8], NAME, &[5, 0]].concat();
    [preamble, types.to_vec(), vec![10, import.len() as u8], import].concat()
}

#[test]
fn a_component_with_any_other_import_does_not_load() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("environment.wasm");
    std::fs::write(&path, component_that_reads_the_environment()).unwrap();
    let host = Host::new(&path, Egress::new(EgressConfig::default()).unwrap());
    let error = format!("{:#}", host.err().unwrap());
    assert!(error.contains("wasi:cli/environment"), "{error}");
    assert!(Host::new(component::PATH, Egress::new(EgressConfig::default()).unwrap()).is_ok());
}
