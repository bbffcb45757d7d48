//! A simulator over TLS, and a host whose `https://api.weixin.qq.com` is that simulator.

pub mod canary;
pub mod certificates;
pub mod faults;
pub mod linear_memory;
pub mod marked;
pub mod operations;
pub mod proxy;
pub mod raw;
pub mod servers;

use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use wechat_official_account_component as component;
use wechat_official_account_host::Host;
use wechat_official_account_host::types::{Article, Comments, Config, Error, ErrorKind, File, News, Pictures};
use wechat_official_account_host::{self as host, Session};
use wechat_official_account_host::{Egress, EgressConfig, Origin};
use wechat_simulator::{APP_ID, APP_SECRET, Account, Entry, MaterialKind, Options, Simulator};

/// The component, compiled once for all tests.
static COMPILED: LazyLock<Host> =
    LazyLock::new(|| Host::new(component::PATH, Egress::new(EgressConfig::default()).unwrap()).unwrap());

/// A simulator and a host that is connected to it.
pub struct World {
    pub simulator: Simulator,
    pub host: Host,
    /// True if the test itself sends a secret to a wrong place.
    pub misuses_secrets: bool,
}

impl World {
    pub async fn start() -> Self {
        canary::capture_log();
        let simulator = Simulator::start(Options::default()).await.unwrap();
        let host = COMPILED.with_egress(egress(&simulator));
        Self {
            simulator,
            host,
            misuses_secrets: false,
        }
    }

    /// Returns the same host without its open connections.
    pub fn reconnected(&self) -> Host {
        self.host.with_egress(egress(&self.simulator))
    }

    /// Opens the known account in an instance of its own.
    pub async fn session(&self) -> Session {
        Session::open(&self.host, &config()).await.unwrap()
    }

    /// Reads or changes the known account on the server.
    pub fn account<R>(&self, look: impl FnOnce(&mut Account) -> R) -> R {
        self.simulator.with_account(APP_ID, look).unwrap()
    }

    /// Stores a permanent image, for covers and picture messages, and returns its id.
    pub fn permanent_image(&self) -> String {
        let bytes = fixture("cover.jpg").bytes;
        self.account(|account| account.put_material(MaterialKind::Image, "image.jpg", bytes))
    }

    /// Returns the requests to this path, oldest first.
    pub fn requests(&self, path: &str) -> Vec<Entry> {
        let log = self.simulator.request_log();
        log.into_iter().filter(|entry| entry.path == path).collect()
    }

    /// Returns the newest request to this path.
    #[track_caller]
    pub fn last_request(&self, path: &str) -> Entry {
        self.requests(path).pop().unwrap()
    }
}

/// Fails if the test has leaked a secret.
impl Drop for World {
    fn drop(&mut self) {
        // A second panic would end the process before it reports the first.
        if std::thread::panicking() {
            return;
        }
        canary::assert_none_logged();
        if !self.misuses_secrets {
            canary::assert_kept(&self.simulator.request_log());
        }
    }
}

/// Makes an egress whose `https://api.weixin.qq.com` is this simulator.
pub fn egress(simulator: &Simulator) -> Egress {
    let config = EgressConfig {
        resolve: vec![("api.weixin.qq.com".to_owned(), simulator.address())],
        extra_roots: vec![simulator.root_certificate()],
        ..EgressConfig::default()
    };
    Egress::new(config).unwrap()
}

/// Makes a host with this egress.
pub fn host_with(config: EgressConfig) -> Host {
    canary::capture_log();
    COMPILED.with_egress(Egress::new(config).unwrap())
}

/// Makes a host that may reach these origins and no others.
pub fn host_allowing(origins: &[&str]) -> Host {
    host_with(EgressConfig {
        allowed: origins.iter().map(|origin| Origin::parse(origin).unwrap()).collect(),
        ..EgressConfig::default()
    })
}

/// Fails unless the request has exactly this JSON, in the form that WeChat requires: with its length, in UTF-8 without
/// `\u` escapes.
#[track_caller]
pub fn assert_json(request: &Entry, expected: &Value) {
    assert_eq!(request.json().as_ref(), Some(expected));
    let text = std::str::from_utf8(&request.body).unwrap();
    assert!(!text.contains("\\u"), "{text}");
    assert_eq!(request.method, "POST");
    assert_framed(request, "application/json");
}

/// Fails unless the body has this content type and its exact length, and no chunks.
#[track_caller]
pub fn assert_framed(request: &Entry, content_type: &str) {
    let all = |name| request.headers.get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(all("content-type"), [content_type]);
    assert_eq!(all("content-length"), [request.body_length.to_string().as_str()]);
    assert!(all("transfer-encoding").is_empty());
}

/// Returns the configuration of the known account. It polls fast, so that no test waits for seconds.
pub fn config() -> Config {
    Config {
        // One attempt. Repetitions have tests of their own.
        retry_pauses_milliseconds: Some(Vec::new()),
        publish_poll_milliseconds: Some(20),
        ..Config::new(APP_ID, APP_SECRET)
    }
}

/// Returns the path of a fixture.
pub fn path_of(fixture: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(fixture);
    path.to_str().unwrap().to_owned()
}

/// Reads a fixture, with its own name.
pub fn fixture(name: &str) -> File {
    File {
        name: name.to_owned(),
        bytes: std::fs::read(path_of(name)).unwrap(),
    }
}

/// Makes a file of this length: the fixture, then bytes that look random and are the same each time.
pub fn padded(name: &str, length: usize) -> File {
    let mut file = fixture(name);
    file.bytes.truncate(length);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    file.bytes.resize_with(length, || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    });
    file
}

/// Returns the component's error.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(outcome: host::Result<T>) -> Error {
    canary::assert_absent(&operations::rendered(&outcome));
    match outcome {
        Err(host::Error::Plugin(error)) => error,
        other => panic!("the plugin should have refused: {other:?}"),
    }
}

/// Fails unless the component refused, with this kind and errcode.
#[track_caller]
pub fn assert_refused<T: std::fmt::Debug>(outcome: host::Result<T>, kind: ErrorKind, errcode: Option<i32>) {
    let error = refused(outcome);
    assert_eq!((error.kind, error.errcode), (kind, errcode), "{error:?}");
    assert!(!error.advice.is_empty());
}

pub fn news(title: &str, thumb_media_id: &str) -> Article {
    Article::News(News {
        author: Some("张三".to_owned()),
        digest: Some("一句话摘要 🎉".to_owned()),
        content_source_url: Some("https://example.com/post/1".to_owned()),
        ..News::new(title, "<p>正文 with emoji 😀</p>", thumb_media_id)
    })
}

pub fn pictures(title: &str, image_media_ids: &[&str]) -> Article {
    Article::Pictures(Pictures {
        comments: Comments::Everyone,
        ..Pictures::new(
            title,
            "纯文本\n第二行 🌸",
            image_media_ids.iter().map(|id| (*id).to_owned()).collect(),
        )
    })
}
