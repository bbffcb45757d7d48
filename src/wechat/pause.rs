//! Pauses before an attempt is repeated.

/// Pauses before the second, third and fourth attempt, in milliseconds (wechat-api §18).
pub const DEFAULT_PAUSES: [u32; 3] = [500, 2000, 5000];

/// Lengthens a pause by up to a quarter, so that callers who failed together do not come back together. The part is
/// taken from the clock, as the component has no source of randomness: it only has to differ.
pub fn with_jitter(pause: u32, now: u64) -> u64 {
    /// 2^64 divided by the golden ratio: neighbouring times end far from each other.
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let pause = u64::from(pause);
    pause + (now.wrapping_mul(SPREAD) >> 32) % (pause / 4 + 1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_pause_is_never_shorter_and_at_most_a_quarter_longer() {
        let pauses: BTreeSet<u64> = (0..1000).map(|now| with_jitter(500, now)).collect();
        assert!(
            pauses.first() >= Some(&500) && pauses.last() <= Some(&625),
            "{pauses:?}"
        );
        assert!(pauses.len() > 100, "{pauses:?}");
        assert_eq!(with_jitter(0, 12345), 0);
        assert!(with_jitter(u32::MAX, u64::MAX) >= u64::from(u32::MAX));
    }
}
