//! Everything the simulator knows, in one place that tests can reach.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::account::Account;
use super::clock::Clock;
use super::noise::Noise;
use super::{APP_ID, APP_SECRET};

/// Refusals remembered for rid/get.
const RIDS_KEPT: usize = 4096;

/// The accounts, the clock and the switches that concern all accounts.
#[derive(Debug)]
#[non_exhaustive]
pub struct World {
    /// Accounts by app id. Holds [`APP_ID`] from the start.
    pub accounts: BTreeMap<String, Account>,
    /// Whether article replies hold line feeds and tabs unescaped inside JSON strings, as the
    /// real server's may (wechat-api §3.3). Default true.
    pub raw_control_characters: bool,
    pub(crate) clock: Clock,
    pub(crate) noise: Noise,
    pub(crate) rids: Rids,
}

impl World {
    pub(crate) fn new() -> World {
        let mut world = World {
            accounts: BTreeMap::new(),
            raw_control_characters: true,
            clock: Clock::default(),
            noise: Noise::new(),
            rids: Rids::default(),
        };
        world.add_account(APP_ID, APP_SECRET);
        world
    }

    /// Adds an account with nothing in it, in place of one of the same app id.
    pub fn add_account(&mut self, app_id: &str, secret: &str) -> &mut Account {
        let account = Account::new(app_id, secret, self.clock.clone());
        self.accounts.remove(app_id);
        self.accounts.entry(app_id.to_owned()).or_insert(account)
    }

    /// The simulator's time in Unix seconds.
    pub fn now(&self) -> u64 {
        self.clock.now()
    }

    /// Puts the simulator's clock forward: tokens age, media expire, quotas are renewed.
    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
    }
}

/// What rid/get tells about one refused request (wechat-api §15.2).
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// The account that asked, where that was known.
    pub(crate) app_id: Option<String>,
    pub(crate) invoke_time: u64,
    pub(crate) cost_in_ms: u64,
    pub(crate) request_url: String,
    pub(crate) request_body: String,
    pub(crate) response_body: String,
    pub(crate) client_ip: String,
}

/// Refused requests by rid, the newest few thousand.
#[derive(Debug, Default)]
pub(crate) struct Rids {
    by_rid: BTreeMap<String, Refused>,
    order: VecDeque<String>,
}

impl Rids {
    pub(crate) fn insert(&mut self, rid: String, refused: Refused) {
        self.order.push_back(rid.clone());
        self.by_rid.insert(rid, refused);
        if self.order.len() > RIDS_KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_rid.remove(&oldest);
        }
    }

    pub(crate) fn get(&self, rid: &str) -> Option<&Refused> {
        self.by_rid.get(rid)
    }
}
