//! `cargo bench`: calls, the HTML of articles, and instances.
#![allow(clippy::unwrap_used, reason = "a benchmark that can't run may panic")]

mod calls;
mod content;
mod instances;

use criterion::criterion_main;

criterion_main!(calls::benches, content::benches, instances::benches);
