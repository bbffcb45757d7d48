//! The host's monotonic clock, in the milliseconds of [`Clock`](crate::transport::Clock).

use wasi::clocks::monotonic_clock;
use wasi::io::poll::Pollable;

/// WASI counts in nanoseconds.
pub const NANOSECONDS_PER_MILLISECOND: u64 = 1_000_000;

/// The milliseconds since some moment of the host's.
pub fn now() -> u64 {
    monotonic_clock::now() / NANOSECONDS_PER_MILLISECOND
}

/// Subscribes to a moment of [`now`].
pub fn at(milliseconds: u64) -> Pollable {
    monotonic_clock::subscribe_instant(milliseconds.saturating_mul(NANOSECONDS_PER_MILLISECOND))
}
