//! The end-to-end tests: the built component in Wasmtime against the simulator, in one program.
//!
//! `support` has the world that a test lives in. It searches everything that the process logs for secrets, and every
//! request that a simulator gets, so each test watches for leaks besides its own promise.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod support;

mod account;
mod compare;
mod content;
mod content_faults;
mod corpus;
mod crossings;
mod documents;
mod draft;
mod early_replies;
mod editors;
mod egress;
mod hostile_html;
mod hostile_replies;
mod imports;
mod language;
mod limits;
mod listing;
mod load;
mod material;
mod media;
mod memory;
mod precompiled;
mod privacy;
mod proxy;
mod publish;
mod reliability;
mod secrets;
mod tls;
mod token;
mod tour;
mod uploads;
mod wrong_input;
mod zeroize;
