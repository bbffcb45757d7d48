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

/// A simulator on a thread of its own, like WeChat's server on a machine of its own. Its quotas are lifted.
pub struct Server {
    // Dropped in this order: the simulator's task ends before the runtime that runs it.
    simulator: Simulator,
    _runtime: Runtime,
    tls: bool,
}

impl Server {
    /// Starts a simulator, with TLS or without.
    ///
    /// # Errors
    /// If the system has no thread or port to spare.
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

    /// Returns the simulator itself.
    #[must_use]
    pub fn simulator(&self) -> &Simulator {
        &self.simulator
    }

    /// Returns the known account's configuration. It has no retries, because a repetition would spoil a measurement.
    #[must_use]
    pub fn config(&self) -> Config {
        Config {
            api_base: Some(self.base()),
            retry_pauses_milliseconds: Some(Vec::new()),
            ..Config::new(APP_ID, APP_SECRET)
        }
    }

    /// Returns the same configuration with a token, which an instance of its own requests.
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

    /// Makes an egress that leads here, without open connections.
    ///
    /// # Errors
    /// If the simulator's certificate is not accepted.
    pub fn egress(&self) -> wasmtime::Result<Egress> {
        Egress::new(EgressConfig {
            allowed: vec![Origin::parse(&self.base())?],
            resolve: self.resolve(),
            extra_roots: self.roots(),
            ..EgressConfig::default()
        })
    }
}
