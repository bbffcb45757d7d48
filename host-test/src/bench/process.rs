//! The memory of this process, as the system reports it.

/// Returns the resident bytes of memory, or `None` if the system does not report them as Linux does.
#[must_use]
pub fn resident_bytes() -> Option<u64> {
    /// The page size of x86-64 and most other processors.
    const PAGE: u64 = 4096;
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * PAGE)
}
