//! What the component imports, read off the binary.

use wasmtime::Engine;
use wasmtime::component::Component;
use wechat_official_account_component as component;

/// All that it may import, in order.
pub const ALLOWED: [&str; 6] = [
    "wasi:clocks/monotonic-clock@0.2.12",
    "wasi:http/outgoing-handler@0.2.12",
    "wasi:http/types@0.2.12",
    "wasi:io/error@0.2.12",
    "wasi:io/poll@0.2.12",
    "wasi:io/streams@0.2.12",
];

/// The imports of the built component, in order.
pub fn imports() -> Vec<String> {
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
