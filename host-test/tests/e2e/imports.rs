//! The promise: what the component can reach is what its world lists, and it is small.

use wasmtime::Engine;
use wasmtime::component::Component;
use wechat_official_account_component as component;

use crate::support::imports::{ALLOWED, imports};

/// Bytes. A component that outgrows this has taken in something large by accident.
const LARGEST: u64 = 200_000;

#[test]
fn it_imports_http_io_and_a_clock_and_nothing_else() {
    assert_eq!(imports(), ALLOWED);
}

#[test]
fn it_exports_the_interfaces_of_the_contract() {
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
fn it_is_small() {
    let length = std::fs::metadata(component::PATH).unwrap().len();
    assert!(length < LARGEST, "{length} bytes");
}
