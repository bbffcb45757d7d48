//! The harness's library: the measurements of the benchmarks. The tour is in the program, the end-to-end tests are in
//! `tests/e2e`.

pub mod bench;
