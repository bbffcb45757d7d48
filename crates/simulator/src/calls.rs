//! Who may call, and how often (wechat-api §2.3, §5).

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::account::Account;
use super::errcode::Refusal;

/// Name under which forced refreshes are counted; no path, so no request can collide with it.
const FORCED: &str = "stable_token, forced";

/// Counters of the present day and minute.
#[derive(Debug, Default)]
pub(super) struct Calls {
    day: u64,
    today: BTreeMap<String, u64>,
    minute: u64,
    this_minute: BTreeMap<String, u64>,
}

impl Account {
    /// Calls made today to that path, as far as they were counted.
    pub fn calls_today(&mut self, path: &str) -> u64 {
        self.turn_pages();
        self.calls.today.get(path).copied().unwrap_or_default()
    }

    /// The caller's address (wechat-api §2.3).
    pub(crate) fn check_address(&self) -> Result<(), Refusal> {
        let caller = self.caller_ip;
        match &self.ip_whitelist {
            Some(known) if !known.contains(&caller) => {
                let ipv6 = match caller {
                    IpAddr::V4(ip) => format!("::ffff:{ip}"),
                    IpAddr::V6(ip) => ip.to_string(),
                };
                Err(Refusal::saying(
                    40164,
                    format!("invalid ip {caller} ipv6 {ipv6}, not in whitelist"),
                ))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Permission and quota for one more call, which is then counted.
    pub(crate) fn admit(&mut self, path: &str) -> Result<(), Refusal> {
        if self.denied_paths.contains(path) {
            return Err(Refusal::of(48001));
        }
        self.turn_pages();
        let limit = self.daily_limits.get(path).copied().unwrap_or(u64::MAX);
        let today = self.calls.today.entry(path.to_owned()).or_default();
        if *today >= limit {
            return Err(Refusal::of(45009));
        }
        let per_minute = self.minute_limits.get(path).copied().unwrap_or(u64::MAX);
        let minute = self.calls.this_minute.entry(path.to_owned()).or_default();
        if *minute >= per_minute {
            return Err(Refusal::of(45011));
        }
        *today += 1;
        *minute += 1;
        Ok(())
    }

    /// Counts a forced token refresh, if one is left today.
    pub(crate) fn admit_force_refresh(&mut self) -> Result<(), Refusal> {
        self.turn_pages();
        let today = self.calls.today.entry(FORCED.to_owned()).or_default();
        if *today >= self.force_refresh_limit {
            return Err(Refusal::of(45009));
        }
        *today += 1;
        Ok(())
    }

    fn turn_pages(&mut self) {
        let day = self.clock.beijing_day();
        if day != self.calls.day {
            self.calls.day = day;
            self.calls.today.clear();
        }
        let minute = self.clock.minute();
        if minute != self.calls.minute {
            self.calls.minute = minute;
            self.calls.this_minute.clear();
        }
    }
}
