//! The plan of faults: the requests and connections that meet one.

use serde::{Deserialize, Serialize};

use super::connection::ConnectionFault;
use super::kind::Fault;
use super::random::RandomFaults;

/// Rules that may wait together: many more than a test has.
pub(crate) const RULES: usize = 10_000;

/// A fault for requests to one path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FaultRule {
    /// Path without the query, such as `/cgi-bin/draft/add`.
    pub path: String,
    /// The fault.
    pub fault: Fault,
    /// Requests that pass without the fault first. Default 0.
    #[serde(default)]
    pub skip: u64,
    /// Requests that meet the fault after them. `None` means all. Default `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
}

impl FaultRule {
    /// Makes a rule for every request to `path`. [`FaultRule::times`] limits it.
    pub fn new(path: &str, fault: Fault) -> FaultRule {
        FaultRule {
            path: path.to_owned(),
            fault,
            skip: 0,
            times: None,
        }
    }

    /// Lets that many requests pass first.
    #[must_use]
    pub fn skip(mut self, requests: u64) -> FaultRule {
        self.skip = requests;
        self
    }

    /// Ends after that many requests.
    #[must_use]
    pub fn times(mut self, requests: u64) -> FaultRule {
        self.times = Some(requests);
        self
    }
}

/// A fault for the next connections, of any purpose.
///
/// It always ends, because `/__faults` needs connections too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ConnectionRule {
    /// The fault.
    pub fault: ConnectionFault,
    /// Connections that pass without the fault first. Default 0.
    #[serde(default)]
    pub skip: u64,
    /// Connections that meet the fault after them.
    pub times: u64,
}

impl ConnectionRule {
    /// Makes a rule for the next `times` connections.
    pub fn new(fault: ConnectionFault, times: u64) -> ConnectionRule {
        ConnectionRule { fault, skip: 0, times }
    }

    /// Lets that many connections pass first.
    #[must_use]
    pub fn skip(mut self, connections: u64) -> ConnectionRule {
        self.skip = connections;
        self
    }
}

/// All faults to come. The [crate](crate) documents their form in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Faults {
    /// Rules for requests. The first rule of a path is used up before the second begins.
    pub rules: Vec<FaultRule>,
    /// Rules for connections, used up one after the other.
    pub connections: Vec<ConnectionRule>,
    /// Random faults, for requests whose path has no rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub random: Option<RandomFaults>,
}

impl From<FaultRule> for Faults {
    fn from(rule: FaultRule) -> Faults {
        Faults {
            rules: vec![rule],
            ..Faults::default()
        }
    }
}

impl From<ConnectionRule> for Faults {
    fn from(rule: ConnectionRule) -> Faults {
        Faults {
            connections: vec![rule],
            ..Faults::default()
        }
    }
}

impl Faults {
    /// Makes random faults: one of `faults` for `per_mille` of all requests. See [`RandomFaults`].
    pub fn random(seed: u64, per_mille: u64, faults: Vec<Fault>) -> Faults {
        Faults {
            random: Some(RandomFaults::new(seed, per_mille, faults)),
            ..Faults::default()
        }
    }

    /// Adds more after those there are. Random faults replace earlier ones.
    pub(crate) fn add(&mut self, more: Faults) {
        self.rules.extend(more.rules);
        self.connections.extend(more.connections);
        self.random = more.random.or(self.random.take());
    }

    /// Removes the first rule that is like each of these, and the random faults if these have some.
    pub(crate) fn remove(&mut self, those: &Faults) {
        for rule in &those.rules {
            remove_first(&mut self.rules, rule);
        }
        for rule in &those.connections {
            remove_first(&mut self.connections, rule);
        }
        if those.random.is_some() {
            self.random = None;
        }
    }

    /// Returns how many rules there are, of both kinds.
    pub(crate) fn count(&self) -> usize {
        self.rules.len() + self.connections.len()
    }

    /// Takes the fault that the next request to `path` meets.
    pub(crate) fn for_request(&mut self, path: &str) -> Option<Fault> {
        self.rules.retain(|rule| rule.times != Some(0));
        match self.rules.iter_mut().find(|rule| rule.path == path) {
            Some(rule) => {
                let left = rule.times.as_mut();
                count(&mut rule.skip, left).then(|| rule.fault.clone())
            }
            None => self.random.as_mut()?.for_request(path),
        }
    }

    /// Takes the fault that the next connection meets.
    pub(crate) fn for_connection(&mut self) -> Option<ConnectionFault> {
        self.connections.retain(|rule| rule.times != 0);
        let rule = self.connections.first_mut()?;
        count(&mut rule.skip, Some(&mut rule.times)).then_some(rule.fault)
    }
}

fn remove_first<T: PartialEq>(rules: &mut Vec<T>, like: &T) {
    if let Some(index) = rules.iter().position(|rule| rule == like) {
        rules.remove(index);
    }
}

/// Counts one more, and returns whether it meets the fault: it is not one of those to skip.
fn count(skip: &mut u64, left: Option<&mut u64>) -> bool {
    if *skip > 0 {
        *skip -= 1;
        return false;
    }
    if let Some(left) = left {
        *left -= 1;
    }
    true
}
