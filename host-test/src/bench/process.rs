//! What the system tells about this process.

/// Bytes of memory that are resident. `None` where the system does not tell as Linux does.
#[must_use]
pub fn resident_bytes() -> Option<u64> {
    /// Of x86-64 and most others.
    const PAGE: u64 = 4096;
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * PAGE)
}
