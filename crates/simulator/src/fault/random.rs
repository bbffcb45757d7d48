//! Random faults, the same in each run, for load tests.

use serde::{Deserialize, Serialize};

use super::kind::Fault;

/// Path that is exempt: without a token no other request can be made.
const EXEMPT: &str = "/cgi-bin/stable_token";

/// A fault for some of all requests, to any path but stable_token.
///
/// The seed and the request's number alone decide which requests meet a fault, and which one:
/// requests in the same order meet the same faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RandomFaults {
    /// Start of the random sequence.
    pub seed: u64,
    /// Requests out of a thousand that meet a fault. 1000 and more mean all.
    pub per_mille: u64,
    /// The faults, each as likely as the others. An empty list means no faults.
    pub faults: Vec<Fault>,
    /// Requests so far.
    #[serde(skip)]
    seen: u64,
}

impl RandomFaults {
    pub(crate) fn new(seed: u64, per_mille: u64, faults: Vec<Fault>) -> RandomFaults {
        RandomFaults {
            seed,
            per_mille,
            faults,
            seen: 0,
        }
    }

    pub(crate) fn for_request(&mut self, path: &str) -> Option<Fault> {
        if path == EXEMPT {
            return None;
        }
        self.seen += 1;
        let drawn = mix(self.seed.wrapping_add(self.seen.wrapping_mul(GOLDEN)));
        if drawn % 1000 >= self.per_mille {
            return None;
        }
        // A second draw: the first one is known to be below the rate.
        let which = mix(drawn) % u64::try_from(self.faults.len()).ok().filter(|count| *count > 0)?;
        self.faults.get(usize::try_from(which).ok()?).cloned()
    }
}

/// 2^64 divided by the golden ratio: the step of SplitMix64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Scatters a number: the output function of SplitMix64, by which neighbouring numbers become far apart.
fn mix(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
