//! Publications (wechat-api §13).

use super::article::Article;

/// Values of `publish_status` (wechat-api §13.2).
pub(crate) mod status {
    pub(crate) const SUCCESS: i64 = 0;
    pub(crate) const PUBLISHING: i64 = 1;
    pub(crate) const NOT_ORIGINAL: i64 = 2;
    pub(crate) const REFUSED: i64 = 4;
    pub(crate) const DELETED: i64 = 5;
    pub(crate) const BANNED: i64 = 6;
}

/// The course that a submission takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishPlan {
    /// Status queries that are answered with 1 (publishing) first. Default 1.
    pub polls: u32,
    /// Seconds after which it ends, even with fewer queries. Default 60.
    pub seconds: u64,
    /// Final `publish_status`. Default 0 (success).
    pub status: i64,
    /// Numbers, from 1, of the refused articles. Replies with status 2 and 4 have them.
    pub fail_idx: Vec<u32>,
}

impl Default for PublishPlan {
    fn default() -> PublishPlan {
        PublishPlan {
            polls: 1,
            seconds: 60,
            status: status::SUCCESS,
            fail_idx: Vec::new(),
        }
    }
}

impl PublishPlan {
    /// Makes a plan that ends in this status, and is the default in all else.
    pub fn ending_in(status: i64) -> PublishPlan {
        PublishPlan {
            status,
            ..PublishPlan::default()
        }
    }
}

/// A submission and its present state.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Publication {
    /// The draft it was made from.
    pub draft_id: String,
    /// The articles as they were at submission.
    pub articles: Vec<Article>,
    /// Id of the published article. Requests find the article by it only if `status` is 0.
    pub article_id: String,
    /// Id for the comment endpoints.
    pub msg_data_id: u64,
    /// Present `publish_status`; 1 while under way.
    pub status: i64,
    /// Its course.
    pub plan: PublishPlan,
    /// Status queries so far.
    pub polls: u32,
    /// Unix seconds.
    pub submitted_at: u64,
    /// Unix seconds.
    pub update_time: u64,
    /// Number as in [`Material::order`](super::material::Material::order).
    pub order: u64,
}

impl Publication {
    /// Returns whether it is still under way although its plan is over.
    pub(crate) fn is_due(&self, now: u64) -> bool {
        let is_over = self.polls > self.plan.polls || now >= self.submitted_at + self.plan.seconds;
        self.status == status::PUBLISHING && is_over
    }
}
