//! The command line's tests: the program `wechat-oa` against simulators, in one test program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod articles;
mod files;
mod inputs;
mod language;
mod markdown;
mod mcp;
mod pictures;
mod preview;
mod proxies;
mod secrets;
mod streams;
mod support;
mod usage;
