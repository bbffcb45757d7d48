//! Pictures of every type, in every place. Each outcome is checked by the plugin as an upload does, and decoded again.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod support;

mod fits;
mod fixtures;
mod refusals;
