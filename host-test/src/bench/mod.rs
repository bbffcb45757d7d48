//! The measurements of the benchmarks. Three sides make each call, against the same simulator:
//!
//! | side | meaning |
//! |---|---|
//! | plugin | the component in wasmtime, with the pooled [`Egress`](wechat_official_account_host::Egress) |
//! | native core | the plugin's core compiled for this machine, over the same HTTP client |
//! | bare HTTP | that client alone, with the bytes of the request ready-made: the floor |
//!
//! The native core is optimised for speed, the component for size. Hyper takes
//! only bytes that it owns, so the native core copies a file once. The bare client shares its bytes.
//!
//! `cargo bench` and the program's `bench` both use these measurements.

mod comparison;
mod concurrency;
mod metrics;
mod native;
mod process;
mod raw_client;
mod server;
mod work;

pub use comparison::{Comparison, Side, Timings};
pub use concurrency::{ConcurrentSessions, idle_instances};
pub use metrics::{Measurement, Metric, measurements, metrics, microseconds, ratios};
pub use process::resident_bytes;
pub use server::Server;
pub use work::{WORKS, Work};
