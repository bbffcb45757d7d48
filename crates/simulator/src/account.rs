//! One Official Account: what it stores, what it may do, and the switches tests turn.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;

use super::calls::Calls;
use super::clock::Clock;
use super::errcode::Refusal;
use super::gate;
use super::noise::Noise;
use super::stock::{Draft, Material, Publication, PublishPlan, TemporaryMedia};
use super::token::Tokens;

/// Token lifetime in seconds (wechat-api §6).
const TOKEN_LIFETIME: u64 = 7200;

/// Forced refreshes a day (wechat-api §5).
const FORCE_REFRESHES: u64 = 20;

/// The caller's address unless a test sets another; from the block reserved for documentation.
const CALLER: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

/// A shop product that exists from the start, as in the sample of wechat-api §12.
const PRODUCT: &str = "1000000000";

/// State of the account's commerce feature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Commerce {
    /// Usable.
    #[default]
    Open,
    /// Never applied for: 53406.
    NotOpened,
    /// Taken away: 53404.
    Barred,
}

/// One Official Account.
#[derive(Debug)]
#[non_exhaustive]
pub struct Account {
    /// App id.
    pub app_id: String,
    /// AppSecret.
    pub secret: String,

    /// Permanent material by media id.
    pub materials: BTreeMap<String, Material>,
    /// Article images by URL.
    pub article_images: BTreeMap<String, Bytes>,
    /// Temporary media by media id, expired ones included.
    pub media: BTreeMap<String, TemporaryMedia>,
    /// Drafts by media id.
    pub drafts: BTreeMap<String, Draft>,
    /// Publications by publish id.
    pub publications: BTreeMap<u64, Publication>,
    /// Ids of the shop products that exist. Holds `1000000000` from the start.
    pub products: BTreeSet<String>,
    /// Product keys given out by getcardinfo.
    pub product_keys: BTreeSet<String>,

    /// Lifetime in seconds of the tokens issued from now on. Default 7200. With 300 or less every
    /// stable_token call gives a new token, as it is always about to expire.
    pub token_lifetime: u64,
    /// Answer 40001 to every token. Default false.
    pub refuse_all_tokens: bool,
    /// Addresses that may call; `None` lets everybody. Default `None`.
    pub ip_whitelist: Option<BTreeSet<IpAddr>>,
    /// The address that calls seem to come from. Default 203.0.113.7.
    pub caller_ip: IpAddr,
    /// Paths answered with 48001. See also [`Account::deny`].
    pub denied_paths: BTreeSet<String>,
    /// Calls a day by path, from wechat-api §5; endpoints without a published figure have one of
    /// 1,000,000.
    pub daily_limits: BTreeMap<String, u64>,
    /// Calls a minute by path. Holds 10,000 for stable_token.
    pub minute_limits: BTreeMap<String, u64>,
    /// Forced token refreshes a day. Default 20.
    pub force_refresh_limit: u64,
    /// Whether articles may open comments; else 88000. Default true.
    pub comment_privilege: bool,
    /// State of the commerce feature. Default open.
    pub commerce: Commerce,
    /// Plans of the next submissions, first come first served; then the default plan.
    pub publish_plans: VecDeque<PublishPlan>,
    /// Refusals (errcode, errmsg) that the next requests to a path get, one each, whatever they
    /// hold. A rid is added to the errmsg.
    pub next_error: BTreeMap<String, VecDeque<(i64, String)>>,

    pub(crate) tokens: Tokens,
    pub(crate) clock: Clock,
    pub(crate) noise: Noise,
    pub(super) calls: Calls,
    /// Items made so far.
    pub(super) made: u64,
}

impl Account {
    pub(crate) fn new(app_id: &str, secret: &str, clock: Clock) -> Account {
        Account {
            app_id: app_id.to_owned(),
            secret: secret.to_owned(),
            materials: BTreeMap::new(),
            article_images: BTreeMap::new(),
            media: BTreeMap::new(),
            drafts: BTreeMap::new(),
            publications: BTreeMap::new(),
            products: BTreeSet::from([PRODUCT.to_owned()]),
            product_keys: BTreeSet::new(),
            token_lifetime: TOKEN_LIFETIME,
            refuse_all_tokens: false,
            ip_whitelist: None,
            caller_ip: CALLER,
            denied_paths: BTreeSet::new(),
            daily_limits: gate::paths()
                .map(|(path, per_day)| (path.to_owned(), per_day))
                .collect(),
            // wechat-api §5
            minute_limits: BTreeMap::from([("/cgi-bin/stable_token".to_owned(), 10_000)]),
            force_refresh_limit: FORCE_REFRESHES,
            comment_privilege: true,
            commerce: Commerce::Open,
            publish_plans: VecDeque::new(),
            next_error: BTreeMap::new(),
            tokens: Tokens::default(),
            clock,
            noise: Noise::new(),
            calls: Calls::default(),
            made: 0,
        }
    }

    /// Makes every token issued so far invalid: 40001.
    pub fn revoke_tokens(&mut self) {
        self.tokens.revoke_all();
    }

    /// Answers 48001 to every endpoint whose path starts so, such as `/cgi-bin/freepublish/`.
    pub fn deny(&mut self, prefix: &str) {
        let paths = gate::paths().map(|(path, _)| path);
        self.denied_paths
            .extend(paths.filter(|path| path.starts_with(prefix)).map(str::to_owned));
    }

    /// Lifts all daily and per-minute limits, for benchmarks.
    pub fn lift_limits(&mut self) {
        for limit in self.daily_limits.values_mut() {
            *limit = u64::MAX;
        }
        self.minute_limits.clear();
        self.force_refresh_limit = u64::MAX;
    }

    /// The next request to `path` is refused with this code and text.
    pub fn refuse_next(&mut self, path: &str, errcode: i64, errmsg: &str) {
        let queue = self.next_error.entry(path.to_owned()).or_default();
        queue.push_back((errcode, errmsg.to_owned()));
    }

    /// The refusal that a test has laid out for this path, if any.
    pub(crate) fn planned_refusal(&mut self, path: &str) -> Option<Refusal> {
        let (code, message) = self.next_error.get_mut(path)?.pop_front()?;
        Some(Refusal::saying(code, message))
    }
}
