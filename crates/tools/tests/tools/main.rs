//! The tools on a plugin that records its calls.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::result_large_err,
    reason = "tests may panic"
)]

mod account;
mod create;
mod delete;
mod environment;
mod error;
mod fake;
mod findings;
mod image;
mod json;
mod lists;
mod publish;
mod read;
mod status;
mod update;
