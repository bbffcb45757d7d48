//! The harness's library: what the benchmarks measure. The tour is in the program, the end-to-end tests are in `tests/e2e`.

pub mod bench;
