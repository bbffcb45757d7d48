//! Ids, tokens and rids that nobody can guess and that no two runs share.

use std::hash::{BuildHasher, RandomState};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A generator of ids, different in each run.
///
/// The standard library seeds its hash maps from the system's entropy. That is enough to keep the
/// ids of two runs apart, and needs no crate.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    seed: [u8; 32],
    drawn: u64,
}

impl Ids {
    pub(crate) fn new() -> Ids {
        let mut hash = Sha256::new();
        for round in 0..4_u64 {
            hash.update(RandomState::new().hash_one(round).to_le_bytes());
        }
        Ids {
            seed: hash.finalize().into(),
            drawn: 0,
        }
    }

    fn block(&mut self) -> [u8; 32] {
        self.drawn += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.drawn.to_le_bytes());
        hash.finalize().into()
    }

    /// Returns `length` characters of `[A-Za-z0-9_-]` (wechat-api §1). The first is no hyphen: command lines, which
    /// tests give ids to, would take one like `-o…` for an option.
    pub(crate) fn id(&mut self, length: usize) -> String {
        let mut text = String::with_capacity(length + 43);
        while text.len() < length {
            text.push_str(&URL_SAFE_NO_PAD.encode(self.block()));
        }
        text.truncate(length);
        if text.starts_with('-') {
            text.replace_range(..1, "A");
        }
        text
    }

    /// Returns a number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        let mut number = 0_u64;
        for byte in self.block().iter().take(8) {
            number = number << 8 | u64::from(*byte);
        }
        number % bound.max(1)
    }

    /// Returns a request id as it ends every errmsg: the time, then two random words (wechat-api §3.4).
    pub(crate) fn rid(&mut self, now: u64) -> String {
        let first = self.below(1 << 32);
        let second = self.below(1 << 32);
        format!("{:08x}-{first:08x}-{second:08x}", now & 0xffff_ffff)
    }
}
