//! The simulator's clock: the machine's time plus the time that tests have added.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Beijing is eight hours ahead of UTC all year; daily quotas end at its midnight (wechat-api §5).
const BEIJING_OFFSET: u64 = 8 * 3600;

/// A clock whose copies all show the same time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock {
    ahead: Arc<AtomicU64>,
}

impl Clock {
    /// Returns the Unix time in seconds.
    pub(crate) fn now(&self) -> u64 {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        (real + Duration::from_millis(self.ahead.load(Ordering::Relaxed))).as_secs()
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        let millis = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.ahead.fetch_add(millis, Ordering::Relaxed);
    }

    /// Returns the number of the present day in Beijing.
    pub(crate) fn beijing_day(&self) -> u64 {
        (self.now() + BEIJING_OFFSET) / 86_400
    }

    /// Returns the number of the present minute.
    pub(crate) fn minute(&self) -> u64 {
        self.now() / 60
    }
}
