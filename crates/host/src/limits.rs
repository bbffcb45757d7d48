//! Limits on an instance, so that no guest takes more of the host than it was given.
//!
//! The component keeps to all of them by a wide margin. They are for a component that was exchanged, or that an
//! attacker has taken over.

use std::time::Duration;
use std::{error, fmt};

use wasmtime::ResourceLimiter;

/// The largest memory of one instance in bytes. A list of 24 MiB takes half of it.
pub const MEMORY: usize = 128 * 1024 * 1024;

/// The most bytes of arguments of one call. The rest of [`MEMORY`] is for the work on them.
pub const ARGUMENTS: usize = MEMORY - 16 * 1024 * 1024;

/// The most bytes of arguments of a call of an instance that has been used: its memory is in pieces. If it has grown so
/// little that more is left, that much is allowed.
pub const ARGUMENTS_LATER: usize = 48 * 1024 * 1024;

/// Returns how many bytes of pictures fit beside HTML of this many bytes into one `content.prepare`, names included;
/// none if the HTML alone is too long. This holds for a session that has done nothing before but list the references of
/// that HTML.
#[must_use]
pub const fn pictures_beside(html: usize) -> Option<usize> {
    // Four copies to prepare it, and two for what the references have left behind, which never shrinks.
    let fresh = ARGUMENTS
        .saturating_sub(8 * 1024 * 1024)
        .checked_sub(html.saturating_mul(6));
    let used = ARGUMENTS_LATER.checked_sub(html.saturating_mul(4));
    match (fresh, used) {
        (Some(fresh), Some(used)) if fresh > used => Some(fresh),
        (Some(fresh), None) => Some(fresh),
        _ => used,
    }
}

/// The most entries of a table, which is the pool's own limit. The component's table has some hundred.
const TABLE_ENTRIES: usize = 20_000;

/// Limits on each instance of a host, besides [`MEMORY`]. See [`Host::with_limits`](crate::Host::with_limits).
///
/// An instance takes at most `resources` × `header_bytes` of the host for headers, and 4 MiB for each request of
/// `requests`: what the guest has written before it is sent (2 MiB), and what came before it is read.
///
/// More limits may come: end a literal with `..Limits::default()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// WASI resources that an instance may have open at once: headers, requests, bodies, streams, timers. One more ends
    /// the instance. Default: 256. The component has fewer than 20.
    pub resources: usize,
    /// Requests that an instance may have under way at once, each with a connection. One more is not sent, and the
    /// guest is told `connection-limit-reached`. The same number of request bodies may be filled before they are sent;
    /// one more ends the instance. Default: 8. The component makes one request at a time.
    pub requests: usize,
    /// Bytes of one set of headers: of a request, names and values and what it takes to keep them; of a reply, names
    /// and values only.
    /// Default: 32 KiB. WeChat and the component send less than 2 KiB.
    pub header_bytes: usize,
    /// Time that one call may compute, without the time that it waits. More ends the instance. Default: 60 seconds.
    /// The costliest 1 MB of HTML, which is the most that WeChat takes, takes 0.3 seconds natively. Calls by
    /// [`Session`](crate::Session) are measured; for those that are made by
    /// [`Instance::exports`](crate::Instance::exports), each wait counts as 10 ms, and all of them together count.
    pub computing: Duration,
    /// Callers that may wait for an instance while all are in use. Default: 1000.
    pub queue: usize,
    /// Time for which a caller waits for an instance. Default: 30 seconds.
    pub queue_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            resources: 256,
            requests: 8,
            header_bytes: 32 * 1024,
            computing: Duration::from_secs(60),
            queue: 1000,
            queue_time: Duration::from_secs(30),
        }
    }
}

/// A limit that was reached. It is the cause of a [`wasmtime::Error`], and can be found by `downcast_ref`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitReached {
    /// A call has computed for longer than [`Limits::computing`].
    Computing(Duration),
    /// The guest has more filled request bodies than [`Limits::requests`].
    RequestBodies(usize),
    /// All instances of the pool are in use, and the queue is full or the waiting time over.
    Instances {
        /// The size of the pool.
        instances: usize,
        /// The time that the caller has waited.
        waited: Duration,
    },
    /// The arguments of a call do not fit into the instance.
    Arguments {
        /// The bytes that they need there.
        needed: usize,
        /// The bytes that the instance has for them.
        left: usize,
    },
}

impl fmt::Display for LimitReached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Computing(limit) => write!(
                f,
                "the plugin has computed for more than {} s in one call, which is the limit (Limits::computing)",
                limit.as_secs_f32()
            ),
            Self::RequestBodies(limit) => write!(
                f,
                "the plugin has filled more than {limit} request bodies at once, which is the limit (Limits::requests)"
            ),
            Self::Instances { instances, waited } => write!(
                f,
                "all {instances} instances of the plugin are in use, and none came free in {} s. Close sessions that \
                 are done, let callers wait longer (Limits::queue and queue_time), or make a larger pool \
                 (Host::engine_config_for)",
                waited.as_secs_f32()
            ),
            Self::Arguments { needed, left } => write!(
                f,
                "the arguments need {needed} bytes of the instance's memory, which has {left} for them (a fresh one \
                 has {ARGUMENTS})"
            ),
        }
    }
}

impl error::Error for LimitReached {}

/// Keeps an instance's linear memory below [`MEMORY`], and counts its bytes.
#[derive(Debug, Default)]
pub struct Memory {
    bytes: usize,
    before: usize,
}

impl Memory {
    /// Returns its present size. A linear memory never shrinks.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let after = self.bytes.saturating_sub(current).saturating_add(desired);
        if after > MEMORY {
            return Ok(false);
        }
        self.before = self.bytes;
        self.bytes = after;
        Ok(true)
    }

    fn memory_grow_failed(&mut self, _: wasmtime::Error) -> wasmtime::Result<()> {
        self.bytes = self.before;
        Ok(())
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ENTRIES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_counted_and_capped() {
        let mut memory = Memory::default();
        assert!(memory.memory_growing(0, 65_536, None).unwrap());
        assert!(memory.memory_growing(65_536, MEMORY, None).unwrap());
        assert!(!memory.memory_growing(MEMORY, MEMORY + 65_536, None).unwrap());
        assert_eq!(memory.bytes(), MEMORY);
    }

    #[test]
    fn growth_that_failed_does_not_count() {
        let mut memory = Memory::default();
        assert!(memory.memory_growing(0, 65_536, None).unwrap());
        assert!(memory.memory_growing(65_536, 131_072, None).unwrap());
        memory.memory_grow_failed(wasmtime::Error::msg("no memory")).unwrap();
        assert_eq!(memory.bytes(), 65_536);
    }

    #[test]
    fn pictures_have_the_room_that_html_leaves() {
        const MIB: usize = 1024 * 1024;
        assert_eq!(pictures_beside(0), Some(104 * MIB));
        assert_eq!(pictures_beside(MIB), Some(98 * MIB));
        assert_eq!(pictures_beside(12 * MIB), Some(32 * MIB));
        assert!(pictures_beside(18 * MIB).is_none() && pictures_beside(usize::MAX).is_none());
        for html in (0..17 * MIB).step_by(MIB / 4) {
            assert!(pictures_beside(html).unwrap() + 4 * html <= ARGUMENTS);
        }
    }

    #[test]
    fn tables_are_capped() {
        let mut memory = Memory::default();
        assert!(memory.table_growing(0, TABLE_ENTRIES, None).unwrap());
        assert!(!memory.table_growing(0, TABLE_ENTRIES + 1, None).unwrap());
    }
}
