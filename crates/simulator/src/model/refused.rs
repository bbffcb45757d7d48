//! Refused requests, which rid/get looks up (wechat-api §15.2).

use std::collections::{BTreeMap, VecDeque};

/// Requests remembered: many more than a test makes, and few enough for a benchmark's memory.
const KEPT: usize = 4096;

/// One refused request, as rid/get describes it.
#[derive(Clone, Debug)]
pub(crate) struct RefusedRequest {
    /// The account that asked, if it is known.
    pub(crate) app_id: Option<String>,
    pub(crate) invoke_time: u64,
    pub(crate) cost_in_ms: u64,
    pub(crate) request_url: String,
    pub(crate) request_body: String,
    pub(crate) response_body: String,
    pub(crate) client_ip: String,
}

/// The newest refused requests by rid.
#[derive(Debug, Default)]
pub(crate) struct RefusedRequests {
    by_rid: BTreeMap<String, RefusedRequest>,
    order: VecDeque<String>,
}

impl RefusedRequests {
    pub(crate) fn insert(&mut self, rid: String, refused: RefusedRequest) {
        self.order.push_back(rid.clone());
        self.by_rid.insert(rid, refused);
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_rid.remove(&oldest);
        }
    }

    pub(crate) fn get(&self, rid: &str) -> Option<&RefusedRequest> {
        self.by_rid.get(rid)
    }
}
