//! The access token in the account's memory (wechat-api §6).

use crate::secret::Secret;

/// WeChat rotates a token 5 minutes before its end, and both are valid then (wechat-api §6.2): asked earlier it would
/// give the same one again.
const RENEW_BEFORE_END: u64 = 5 * 60 * 1000;

/// A token and the time it has. Times are milliseconds of [`Clock::now`](crate::transport::Clock::now).
pub struct CachedToken {
    /// The token.
    pub value: Secret,
    renew_at: u64,
    ends_at: u64,
}

impl CachedToken {
    /// A token that arrived now.
    pub fn new(value: Secret, seconds_left: u64, now: u64) -> Self {
        let life = seconds_left.saturating_mul(1000);
        let ends_at = now.saturating_add(life);
        Self {
            value,
            // With less life than that it is used to its end; else it would be asked for again at each call.
            renew_at: if life > RENEW_BEFORE_END {
                ends_at - RENEW_BEFORE_END
            } else {
                ends_at
            },
            ends_at,
        }
    }

    /// Whether it should be used no more.
    pub fn is_due(&self, now: u64) -> bool {
        now >= self.renew_at
    }

    /// How long it is valid.
    pub fn seconds_left(&self, now: u64) -> u32 {
        u32::try_from(self.ends_at.saturating_sub(now) / 1000).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(seconds_left: u64) -> CachedToken {
        CachedToken::new(Secret::new("t".to_owned()), seconds_left, 1000)
    }

    #[test]
    fn a_token_is_renewed_5_minutes_before_its_end() {
        let token = token(7200);
        assert!(!token.is_due(1000 + 6_899_999));
        assert!(token.is_due(1000 + 6_900_000));
        assert_eq!(token.seconds_left(1000 + 6_900_000), 300);
        assert_eq!(token.seconds_left(u64::MAX), 0);
    }

    #[test]
    fn a_token_with_little_life_is_used_to_its_end() {
        for seconds in [1, 299, 300] {
            assert!(!token(seconds).is_due(1000 + seconds * 1000 - 1), "{seconds}");
            assert!(token(seconds).is_due(1000 + seconds * 1000), "{seconds}");
        }
        assert!(token(0).is_due(1000));
        assert_eq!(token(u64::MAX).seconds_left(1000), u32::MAX);
    }
}
