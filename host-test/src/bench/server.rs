//! A simulator beside the benchmark.

use std::io;
use std::net::SocketAddr;

use rustls::pki_types::CertificateDer;
use tokio::runtime::{Builder, Runtime};
use wechat_official_account_host::Host;
use wechat_official_account_host::types::Config;
use wechat_official_account_host::{Egress, EgressConfig, Origin};
use wechat_official_account_host::{Result, Session};
use wechat_simulator::{APP_ID, APP_SECRET, Account, Options, Simulator};

/// The host of the API, which the simulator's certificate is for.
const HOST: &str = "api.weixin.qq.com";

/// A simulator on a thread of its own, as WeChat's server is a machine of its own. Its quotas are lifted.
pub struct Server {
    // Dropped in this order: the simulator's task ends before what runs it.
    simulator: Simulator,
    _runtime: Runtime,
    tls: bool,
}

impl Server {
    /// Starts one, with TLS or without.
    ///
    /// # Errors
    /// Where the system has no thread or port to spare.
    pub fn start(tls: bool) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let options = Options {
            plain_http: !tls,
            ..Options::default()
        };
        let simulator = runtime.block_on(Simulator::start(options))?;
        simulator.with_account(APP_ID, Account::lift_limits);
        Ok(Self {
            simulator,
            _runtime: runtime,
            tls,
        })
    }

    /// The simulator itself.
    #[must_use]
    pub fn simulator(&self) -> &Simulator {
        &self.simulator
    }

    /// The known account. It tries once, as a repetition would spoil a metric.
    #[must_use]
    pub fn config(&self) -> Config {
        Config {
            app_id: APP_ID.to_owned(),
            app_secret: APP_SECRET.to_owned(),
            api_base: Some(self.base()),
            timeouts: None,
            retry_pauses_milliseconds: Some(Vec::new()),
            token: None,
            publish_poll_milliseconds: None,
        }
    }

    /// The same with a token, which an instance of its own asks for.
    pub(super) async fn config_with_token(&self, host: &Host) -> Result<Config> {
        let mut config = self.config();
        let token = Session::open(host, &config).await?.access_token().await?;
        config.token = Some(token);
        Ok(config)
    }

    pub(super) fn base(&self) -> String {
        match self.tls {
            true => format!("https://{HOST}"),
            false => self.simulator.base_url(),
        }
    }

    pub(super) fn resolve(&self) -> Vec<(String, SocketAddr)> {
        vec![(HOST.to_owned(), self.simulator.address())]
    }

    pub(super) fn roots(&self) -> Vec<CertificateDer<'static>> {
        vec![self.simulator.root_certificate()]
    }

    /// An egress of its own, without open connections, that leads here.
    ///
    /// # Errors
    /// None that is known.
    pub fn egress(&self) -> wasmtime::Result<Egress> {
        Egress::new(EgressConfig {
            allowed: vec![Origin::parse(&self.base())?],
            resolve: self.resolve(),
            extra_roots: self.roots(),
        })
    }
}
