//! The log of requests and replies, for tests to read.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;
use sha2::{Digest, Sha256};

use crate::fault::kind::Fault;
use crate::wire::reply::Reply;

/// Requests kept. Older ones are dropped, so that benchmarks do not fill the memory.
const ENTRIES_KEPT: usize = 16_384;

/// Bytes of all kept requests together, for the same reason.
const BYTES_KEPT: usize = 128 * 1024 * 1024;

/// Bytes of one body kept.
const BODY_KEPT: usize = 64 * 1024;

/// Paths counted: many more than exist, and few enough for a client that makes up a new one each time.
const PATHS_COUNTED: usize = 4096;

/// One request and the outline of its reply.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// Verb, such as `POST`.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// Query in order of appearance, decoded.
    pub query: Vec<(String, String)>,
    /// Request headers.
    pub headers: HeaderMap,
    /// Request body, cut after 64 KiB.
    pub body: Bytes,
    /// Length of the whole body in bytes.
    pub body_length: u64,
    /// SHA-256 of the whole body, in lower-case hex.
    pub body_sha256: String,
    /// Status of the reply. It is 0 until there is one, and stays 0 if the client broke off or a fault
    /// took the reply away. It is 400 if the body ended early.
    pub status: u16,
    /// `errcode` of the reply, if the reply has that field.
    pub errcode: Option<i64>,
    /// The fault that this request met, if any.
    pub fault: Option<Fault>,
    /// True if the request was executed, independent of the reply. False if it was refused, or if a fault prevented
    /// it.
    pub executed: bool,
}

impl Entry {
    /// Returns the value of the first query parameter of that name.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the bytes that count as kept.
    fn size(&self) -> usize {
        let query: usize = self.query.iter().map(|(name, value)| name.len() + value.len()).sum();
        let headers: usize = { self.headers.iter() }
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum();
        self.path.len() + query + headers + self.body.len()
    }

    /// Returns the body as JSON, if it is JSON and was kept whole.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// The bounded list of entries, and counts that are never dropped.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: VecDeque<Entry>,
    dropped: u64,
    bytes: usize,
    counts: BTreeMap<String, usize>,
}

impl RequestLog {
    /// Adds a request on arrival, before its body, and returns its number.
    pub(crate) fn open(&mut self, head: &Parts, query: Vec<(String, String)>, fault: Option<Fault>) -> u64 {
        let path = head.uri.path().to_owned();
        if self.counts.len() < PATHS_COUNTED || self.counts.contains_key(&path) {
            *self.counts.entry(path.clone()).or_default() += 1;
        }
        let entry = Entry {
            method: head.method.to_string(),
            path,
            query,
            headers: head.headers.clone(),
            body: Bytes::new(),
            body_length: 0,
            body_sha256: hex(&Sha256::digest([])),
            status: 0,
            errcode: None,
            fault,
            executed: false,
        };
        self.bytes += entry.size();
        self.entries.push_back(entry);
        self.shrink();
        self.dropped + self.entries.len() as u64 - 1
    }

    /// Adds the body and its digest, which is made before the log is locked.
    pub(crate) fn body(&mut self, number: u64, body: &Bytes, sha256: String) {
        let kept = if body.len() <= BODY_KEPT {
            body.clone()
        } else {
            // A copy, so that a kept piece does not hold the whole upload in memory.
            Bytes::copy_from_slice(body.get(..BODY_KEPT).unwrap_or(body))
        };
        let length = kept.len();
        if let Some(entry) = self.entry(number) {
            entry.body = kept;
            entry.body_length = body.len() as u64;
            entry.body_sha256 = sha256;
            self.bytes += length;
        }
        self.shrink();
    }

    /// Adds whether the request was executed, and the outline of the reply if there is one.
    pub(crate) fn close(&mut self, number: u64, executed: bool, reply: Option<&Reply>) {
        if let Some(entry) = self.entry(number) {
            entry.executed = executed;
            if let Some(reply) = reply {
                entry.status = reply.status.as_u16();
                entry.errcode = reply.errcode;
            }
        }
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.entries.iter().cloned().collect()
    }

    /// Returns the entries in order of arrival.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        self.entries.iter()
    }

    /// Returns how many entries have been dropped for newer ones.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped
    }

    pub(crate) fn count(&self, path: &str) -> usize {
        self.counts.get(path).copied().unwrap_or_default()
    }

    fn entry(&mut self, number: u64) -> Option<&mut Entry> {
        let index = number.checked_sub(self.dropped)?;
        self.entries.get_mut(usize::try_from(index).ok()?)
    }

    fn shrink(&mut self) {
        while self.entries.len() > ENTRIES_KEPT || self.bytes > BYTES_KEPT {
            let Some(oldest) = self.entries.pop_front() else {
                self.bytes = 0;
                return;
            };
            self.bytes = self.bytes.saturating_sub(oldest.size());
            self.dropped += 1;
        }
    }
}

/// Returns the digest of a body as the log shows it.
pub(crate) fn sha256(body: &[u8]) -> String {
    hex(&Sha256::digest(body))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
