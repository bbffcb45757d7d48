//! A simulator over TLS, and a host whose `https://api.weixin.qq.com` is that simulator.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "shared by tests that each use a part"
)]

use host_test::PLUGIN;
use host_test::egress::{Egress, EgressConfig};
use host_test::host::Host;
use host_test::host::types::{Article, Comments, Config, Error, ErrorKind, File, News, Pictures};
use host_test::session::{Failure, Outcome, Session};
use host_test::simulator::{APP_ID, APP_SECRET, Options, Simulator};
use std::path::Path;

/// Everything a test needs.
pub struct World {
    pub simulator: Simulator,
    pub host: Host,
}

impl World {
    pub async fn start() -> Self {
        let simulator = Simulator::start(Options::default()).await.unwrap();
        let egress = Egress::new(EgressConfig {
            resolve: vec![("api.weixin.qq.com".to_owned(), simulator.address())],
            extra_roots: vec![simulator.root_certificate()],
            ..EgressConfig::default()
        });
        let host = Host::new(PLUGIN, egress.unwrap()).unwrap();
        Self { simulator, host }
    }

    /// The known account in an instance of its own.
    pub async fn session(&self) -> Session {
        Session::open(&self.host, &config()).await.unwrap()
    }
}

/// The account that the simulator knows. It polls fast, so that no test waits for seconds.
pub fn config() -> Config {
    Config {
        app_id: APP_ID.to_owned(),
        app_secret: APP_SECRET.to_owned(),
        api_base: None,
        timeouts: None,
        token: None,
        publish_poll_milliseconds: Some(20),
    }
}

/// A fixture under its own name.
pub fn fixture(name: &str) -> File {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    File {
        name: name.to_owned(),
        bytes: std::fs::read(path).unwrap(),
    }
}

/// What the plugin said.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Error {
    match outcome {
        Err(Failure::Plugin(error)) => error,
        other => panic!("the plugin should have refused: {other:?}"),
    }
}

/// That the plugin refused, for this reason and with this code.
#[track_caller]
pub fn assert_refused<T: std::fmt::Debug>(outcome: Outcome<T>, kind: ErrorKind, errcode: Option<i32>) {
    let error = refused(outcome);
    assert_eq!((error.kind, error.errcode), (kind, errcode), "{error:?}");
    assert!(!error.advice.is_empty());
}

pub fn news(title: &str, thumb_media_id: &str) -> Article {
    Article::News(News {
        title: title.to_owned(),
        author: Some("张三".to_owned()),
        digest: Some("一句话摘要 🎉".to_owned()),
        content: "<p>正文 with emoji 😀</p>".to_owned(),
        content_source_url: Some("https://example.com/post/1".to_owned()),
        thumb_media_id: thumb_media_id.to_owned(),
        cover_crops: Vec::new(),
        comments: Comments::Closed,
        product_key: None,
    })
}

pub fn pictures(title: &str, image_media_ids: &[&str]) -> Article {
    Article::Pictures(Pictures {
        title: title.to_owned(),
        content: "纯文本\n第二行 🌸".to_owned(),
        image_media_ids: image_media_ids.iter().map(|id| (*id).to_owned()).collect(),
        cover_crops: Vec::new(),
        comments: Comments::Everyone,
        product_key: None,
    })
}
