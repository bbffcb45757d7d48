//! The component's tests: its forms, its build, and its composition with others, in one test program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod composed;
mod consumer;
mod delivered;
mod helping;
mod reproducible;

// The parts of the build script, for a build in another folder.
#[path = "../../src/compose.rs"]
mod compose;
#[path = "../../build/contract.rs"]
mod contract;
#[path = "../../build/doors.rs"]
mod doors;
#[path = "../../build/forms.rs"]
mod forms;
#[path = "../../build/guest.rs"]
mod guest;
#[path = "../../build/helpers.rs"]
mod helpers;
#[path = "../../build/manifest.rs"]
mod manifest;
#[path = "../../src/sections.rs"]
mod sections;

/// As in the build script.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
