//! Everything that the simulator knows, in one place that tests can reach.

use std::collections::BTreeMap;
use std::time::Duration;

use super::account::Account;
use super::clock::Clock;
use super::ids::Ids;
use super::refused::RefusedRequests;

/// App id of the account that every simulator knows from the start.
pub const APP_ID: &str = "wx0123456789abcdef";

/// AppSecret of the account that every simulator knows from the start.
pub const APP_SECRET: &str = "0123456789abcdef0123456789abcdef";

/// The accounts, the clock, and the settings for all accounts.
#[derive(Debug)]
#[non_exhaustive]
pub struct World {
    /// Accounts by app id. Holds [`APP_ID`] from the start.
    pub accounts: BTreeMap<String, Account>,
    /// True if article replies hold line feeds and tabs unescaped inside JSON strings, as the real server's may
    /// (wechat-api §3.3). Default true.
    pub raw_control_characters: bool,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) refused: RefusedRequests,
    /// Calls a day by path, for new accounts.
    daily_limits: BTreeMap<String, u64>,
    /// Bytes to store, for new accounts.
    memory_limit: u64,
}

impl World {
    /// Makes a world with one account. `daily_limits` are the calls a day of every path that exists, `memory_limit` the
    /// bytes that an account may store.
    pub(crate) fn new(daily_limits: BTreeMap<String, u64>, memory_limit: u64) -> World {
        let mut world = World {
            accounts: BTreeMap::new(),
            raw_control_characters: true,
            clock: Clock::default(),
            ids: Ids::new(),
            refused: RefusedRequests::default(),
            daily_limits,
            memory_limit,
        };
        world.add_account(APP_ID, APP_SECRET);
        world
    }

    /// Adds an empty account. It replaces one of the same app id.
    pub fn add_account(&mut self, app_id: &str, secret: &str) -> &mut Account {
        let mut account = Account::new(app_id, secret, self.daily_limits.clone(), self.clock.clone());
        account.memory_limit = self.memory_limit;
        self.accounts.remove(app_id);
        self.accounts.entry(app_id.to_owned()).or_insert(account)
    }

    /// Returns the simulator's time in Unix seconds.
    pub fn now(&self) -> u64 {
        self.clock.now()
    }

    /// Moves the simulator's clock forward: tokens age, media expire, quotas are renewed.
    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
    }
}
