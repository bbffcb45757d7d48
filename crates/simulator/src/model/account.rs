//! One Official Account: its store, its rights, and the settings that tests change.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;

use super::calls::Calls;
use super::clock::Clock;
use super::draft::Draft;
use super::ids::Ids;
use super::material::{Material, TemporaryMedia};
use super::publication::{Publication, PublishPlan};
use super::tokens::Tokens;
use crate::api_error::ApiError;

/// Token lifetime in seconds (wechat-api §6).
const TOKEN_LIFETIME: u64 = 7200;

/// Forced refreshes a day (wechat-api §5).
const FORCE_REFRESHES: u64 = 20;

/// Name under which forced refreshes are counted: no path, so no request is counted under it.
const FORCED: &str = "stable_token, forced";

/// The caller's address unless a test sets another: one of the block that is reserved for documentation.
const CALLER: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

/// The shop product that exists from the start, as in the sample of wechat-api §12.
const PRODUCT: &str = "1000000000";

/// Beginning of the links to articles (wechat-api §11.3, §13.2).
const ARTICLE_BASE: &str = "http://mp.weixin.qq.com";

/// Permanent material that an account may keep (wechat-api §5).
const PICTURES: usize = 100_000;
const OTHERS: usize = 1_000;

/// Hosts that the website's editor counts as WeChat's own (article-html §3).
pub(crate) const IMAGE_HOSTS: [&str; 8] = [
    "mmbiz.qpic.cn",
    "mmbiz.qlogo.cn",
    "mp.weixin.qq.com",
    "res.wx.qq.com",
    "mmcomm.qpic.cn",
    "finder.video.qq.com",
    "wx.qlogo.cn",
    "wxapp.tc.qq.com",
];

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

    /// Lifetime in seconds of the tokens issued from now on. Default 7200. If it is 300 or less, every
    /// stable_token call gives a new token, because the old one is always about to expire.
    pub token_lifetime: u64,
    /// Answer 40001 to every token. Default false.
    pub refuse_all_tokens: bool,
    /// Addresses that may call. `None` permits all. Default `None`.
    pub ip_whitelist: Option<BTreeSet<IpAddr>>,
    /// The address that calls seem to come from. Default 203.0.113.7.
    pub caller_ip: IpAddr,
    /// Paths answered with 48001. See also [`Account::deny`].
    pub denied_paths: BTreeSet<String>,
    /// Calls a day by path, for every path that exists. Paths without a published figure
    /// (wechat-api §5) have 1,000,000.
    pub daily_limits: BTreeMap<String, u64>,
    /// Calls a minute by path. Holds 10,000 for stable_token.
    pub minute_limits: BTreeMap<String, u64>,
    /// Forced token refreshes a day. Default 20.
    pub force_refresh_limit: u64,
    /// True if articles may open comments. Otherwise they are refused with 88000. Default true.
    pub comment_privilege: bool,
    /// Hosts whose pictures an article may show; other pictures are removed. Default: the eight of article-html §3, of
    /// which only `mmbiz.qpic.cn` is certain. Other hosts of Tencent's are not among them.
    pub image_hosts: BTreeSet<String>,
    /// Answer 45166 to articles with a draft's temporary link, `tempkey=`. Default true.
    pub refuse_preview_links: bool,
    /// Beginning of the links to articles. Default `http://mp.weixin.qq.com`, as on the real server. With the base URL
    /// of the simulator, which shows articles at these paths, a reader can open what a client prints.
    pub article_base: String,
    /// Bytes that the account may store: files, drafts, publications, and 1 KiB for each of these. Further uploads and
    /// articles are refused with 45101. Default: [`Options::memory`](crate::Options::memory).
    pub memory_limit: u64,
    /// Permanent images and old news together (wechat-api §5). Further ones are refused with 45101. Default 100,000.
    pub picture_limit: usize,
    /// Permanent material of each other kind (wechat-api §5). Further ones are refused with 45101. Default 1,000.
    pub other_limit: usize,
    /// State of the commerce feature. Default open.
    pub commerce: Commerce,
    /// Plans of the next submissions in order; later submissions have the default plan.
    pub publish_plans: VecDeque<PublishPlan>,
    /// Refusals (errcode, errmsg) of the next requests to a path, one each. A rid is added to the errmsg.
    pub next_error: BTreeMap<String, VecDeque<(i64, String)>>,

    pub(crate) tokens: Tokens,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    /// Items made so far.
    pub(super) made: u64,
    /// An estimate of the bytes stored, never too low: it grows with each item and is made anew when it reaches the
    /// limit. Counting at each request would take longer with each item.
    pub(super) stored_bytes: u64,
    calls: Calls,
}

impl Account {
    /// Makes an empty account. `daily_limits` has every path that exists.
    pub(crate) fn new(app_id: &str, secret: &str, daily_limits: BTreeMap<String, u64>, clock: Clock) -> Account {
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
            daily_limits,
            // wechat-api §5
            minute_limits: BTreeMap::from([("/cgi-bin/stable_token".to_owned(), 10_000)]),
            force_refresh_limit: FORCE_REFRESHES,
            comment_privilege: true,
            image_hosts: IMAGE_HOSTS.map(str::to_owned).into(),
            refuse_preview_links: true,
            article_base: ARTICLE_BASE.to_owned(),
            memory_limit: u64::MAX,
            picture_limit: PICTURES,
            other_limit: OTHERS,
            commerce: Commerce::Open,
            publish_plans: VecDeque::new(),
            next_error: BTreeMap::new(),
            tokens: Tokens::default(),
            clock,
            ids: Ids::new(),
            calls: Calls::default(),
            made: 0,
            stored_bytes: 0,
        }
    }

    /// Ends every token that was issued so far: 40001.
    pub fn revoke_tokens(&mut self) {
        self.tokens.revoke_all();
    }

    /// Answers 48001 to every endpoint whose path starts with `prefix`, such as `/cgi-bin/freepublish/`.
    pub fn deny(&mut self, prefix: &str) {
        let paths = self.daily_limits.keys().filter(|path| path.starts_with(prefix));
        self.denied_paths.extend(paths.cloned());
    }

    /// Lifts all daily and per-minute limits and those of the store, for benchmarks.
    pub fn lift_limits(&mut self) {
        for limit in self.daily_limits.values_mut() {
            *limit = u64::MAX;
        }
        self.minute_limits.clear();
        self.force_refresh_limit = u64::MAX;
        self.memory_limit = u64::MAX;
        self.picture_limit = usize::MAX;
        self.other_limit = usize::MAX;
    }

    /// Refuses the next request to `path` with this code and text.
    pub fn refuse_next(&mut self, path: &str, errcode: i64, errmsg: &str) {
        let queue = self.next_error.entry(path.to_owned()).or_default();
        queue.push_back((errcode, errmsg.to_owned()));
    }

    /// Returns how many calls to that path were counted today.
    pub fn calls_today(&mut self, path: &str) -> u64 {
        self.calls.today(path, &self.clock)
    }

    /// Takes the refusal that a test has planned for this path, if any.
    pub(crate) fn check_planned(&mut self, path: &str) -> Result<(), ApiError> {
        match self.next_error.get_mut(path).and_then(VecDeque::pop_front) {
            Some((code, message)) => Err(ApiError::with_message(code, message)),
            None => Ok(()),
        }
    }

    /// Checks the caller's address (wechat-api §2.3).
    pub(crate) fn check_address(&self) -> Result<(), ApiError> {
        let caller = self.caller_ip;
        match &self.ip_whitelist {
            Some(known) if !known.contains(&caller) => {
                let ipv6 = match caller {
                    IpAddr::V4(ip) => format!("::ffff:{ip}"),
                    IpAddr::V6(ip) => ip.to_string(),
                };
                let message = format!("invalid ip {caller} ipv6 {ipv6}, not in whitelist");
                Err(ApiError::with_message(40164, message))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Checks that the account may sell (wechat-api §19.3).
    pub(crate) fn check_commerce(&self) -> Result<(), ApiError> {
        match self.commerce {
            Commerce::Open => Ok(()),
            Commerce::NotOpened => Err(ApiError::new(53406)),
            Commerce::Barred => Err(ApiError::new(53404)),
        }
    }

    /// Checks permission and quota for one more call, and counts it.
    pub(crate) fn count_call(&mut self, path: &str) -> Result<(), ApiError> {
        if self.denied_paths.contains(path) {
            return Err(ApiError::new(48001));
        }
        let per_day = self.daily_limits.get(path).copied().unwrap_or(u64::MAX);
        let per_minute = self.minute_limits.get(path).copied().unwrap_or(u64::MAX);
        self.calls.count(path, per_day, per_minute, &self.clock)
    }

    /// Counts a forced token refresh, if one is left today.
    pub(crate) fn count_forced_refresh(&mut self) -> Result<(), ApiError> {
        self.calls
            .count(FORCED, self.force_refresh_limit, u64::MAX, &self.clock)
    }
}
