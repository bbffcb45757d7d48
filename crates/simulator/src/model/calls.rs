//! Counters of calls, a day and a minute at a time (wechat-api §5).

use std::collections::BTreeMap;

use super::clock::Clock;
use crate::api_error::ApiError;

/// Counts of the present day and the present minute.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    day: u64,
    today: BTreeMap<String, u64>,
    minute: u64,
    this_minute: BTreeMap<String, u64>,
}

impl Calls {
    /// Returns how many calls of that name were counted today.
    pub(crate) fn today(&mut self, name: &str, clock: &Clock) -> u64 {
        self.roll_windows(clock);
        self.today.get(name).copied().unwrap_or_default()
    }

    /// Counts one more call, or refuses it with 45009 (day) or 45011 (minute).
    pub(crate) fn count(&mut self, name: &str, per_day: u64, per_minute: u64, clock: &Clock) -> Result<(), ApiError> {
        self.roll_windows(clock);
        let today = self.today.entry(name.to_owned()).or_default();
        if *today >= per_day {
            return Err(ApiError::new(45009));
        }
        let this_minute = self.this_minute.entry(name.to_owned()).or_default();
        if *this_minute >= per_minute {
            return Err(ApiError::new(45011));
        }
        *today += 1;
        *this_minute += 1;
        Ok(())
    }

    fn roll_windows(&mut self, clock: &Clock) {
        let day = clock.beijing_day();
        if day != self.day {
            self.day = day;
            self.today.clear();
        }
        let minute = clock.minute();
        if minute != self.minute {
            self.minute = minute;
            self.this_minute.clear();
        }
    }
}
