//! The tools for agents as a component: the world in `wit/`, on top of the plugin.

#[allow(
    unused_imports,
    dead_code,
    reason = "generated; a part of it is of use in a component only"
)]
mod bindings;
#[cfg(target_arch = "wasm32")]
mod exports;
