//! The promise: the command line does what it says, and its exit code says what came of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod articles;
mod files;
mod pictures;
mod secrets;
mod support;
mod usage;
