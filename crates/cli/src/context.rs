//! Everything that a command needs: a server to talk to, and a form of output.

use wechat_official_account_host::types::{self, Config};
use wechat_official_account_host::{Egress, EgressConfig, Host, Instance, ProxyConfig, Roots, Session};
use wechat_official_account_language::Language;
use wechat_simulator::{Options, Simulator};

use crate::error::{self, Error, Result};
use crate::journal::Journal;
use crate::output::Output;
use crate::stop::Stop;
use crate::target::{Credentials, Server, Target, known_account};
use crate::texts::{Texts, messages};
use crate::uploads::Uploads;

/// The pause of `publish wait` on a simulator, which decides at the second request.
const SIMULATOR_POLL_MILLISECONDS: u32 = 20;

pub struct Context {
    pub target: Target,
    pub output: Output,
    pub language: Language,
    pub texts: &'static Texts,
    /// What this command has done.
    pub journal: Journal,
    pub stop: Stop,
}

/// The way to the server, and the values that must live as long.
pub struct Way {
    pub egress: Egress,
    pub config: Config,
    simulator: Option<Simulator>,
}

/// An open account, and the values that must live as long.
pub struct Connection {
    pub session: Session,
    /// The uploads of this connection so far.
    pub uploads: Uploads,
    _simulator: Option<Simulator>,
}

impl Context {
    /// Compiles the plugin, for no more instances than are needed, as the address space may be limited.
    pub fn host(&self, egress: Egress, instances: u32) -> Result<Host> {
        let config = Host::engine_config_for(instances);
        Host::with_engine_config(&self.target.plugin, egress, &config).map_err(host_error)
    }

    /// Makes an instance without an account, for commands that ask nobody.
    pub async fn instantiate(&self) -> Result<Instance> {
        let egress = Egress::new(EgressConfig::default()).map_err(host_error)?;
        self.host(egress, 1)?.instantiate().await.map_err(host_error)
    }

    /// Returns the language of the plugin's messages.
    pub fn plugin_language(&self) -> types::Language {
        match self.language {
            Language::English => types::Language::En,
            Language::Chinese => types::Language::Zh,
        }
    }

    /// Makes a session that reaches nobody, for work before anything is sent. Its account exists nowhere.
    pub async fn offline(&self) -> Result<Session> {
        let nobody = EgressConfig {
            allowed: Vec::new(),
            ..EgressConfig::default()
        };
        let egress = Egress::new(nobody).map_err(host_error)?;
        let Credentials { app_id, app_secret } = known_account();
        let config = Config {
            language: Some(self.plugin_language()),
            ..Config::new(app_id, app_secret)
        };
        Ok(Session::open(&self.host(egress, 1)?, &config).await?)
    }

    /// Opens the account. This may start a simulator. WeChat is not contacted before the first operation. From now on
    /// a signal ends the command with a report of what was done.
    pub async fn connect(&self) -> Result<Connection> {
        self.stop.listen();
        let Way {
            egress,
            config,
            simulator,
        } = self.reach().await?;
        // What `reach` is for besides, the server for agents, speaks to programs.
        let config = Config {
            language: Some(self.plugin_language()),
            ..config
        };
        let uploads = Uploads::default();
        let egress = uploads.watch(egress);
        let session = Session::open(&self.host(egress, 1)?, &config).await?;
        Ok(Connection {
            session,
            uploads,
            _simulator: simulator,
        })
    }

    /// Prepares the way to the server. This may start a simulator. WeChat is not contacted.
    pub async fn reach(&self) -> Result<Way> {
        let mut simulator = None;
        let (egress, credentials, api_base) = match &self.target.server {
            Server::Embedded => {
                let started = start_simulator(Options::default()).await?;
                let egress = EgressConfig {
                    resolve: vec![("api.weixin.qq.com".to_owned(), started.address())],
                    extra_roots: vec![started.root_certificate()],
                    ..EgressConfig::default()
                };
                simulator = Some(started);
                (egress, &known_account(), None)
            }
            Server::Running {
                base,
                origin,
                root,
                credentials,
            } => {
                let egress = EgressConfig {
                    allowed: vec![origin.clone()],
                    extra_roots: root.iter().cloned().collect(),
                    ..EgressConfig::default()
                };
                (egress, credentials, Some(base.clone()))
            }
            Server::Live(credentials) => {
                let egress = EgressConfig {
                    // A company's own authority is in the system's list only, and a container may have no list.
                    roots: Roots::WebpkiAndSystem,
                    proxies: ProxyConfig::from_environment().map_err(host_error)?,
                    ..EgressConfig::default()
                };
                (egress, credentials, None)
            }
        };
        let config = Config {
            api_base,
            may_force_token: Some(self.target.may_force_token),
            publish_poll_milliseconds: (!self.target.is_live()).then_some(SIMULATOR_POLL_MILLISECONDS),
            ..Config::new(&credentials.app_id, &credentials.app_secret)
        };
        Ok(Way {
            egress: Egress::new(egress).map_err(host_error)?,
            config,
            simulator,
        })
    }
}

/// Starts a simulator.
async fn start_simulator(options: Options) -> Result<Simulator> {
    let simulator = Simulator::start(options).await;
    simulator.map_err(|error| error::other(messages().program.cannot_start_simulator.with([&error])))
}

fn host_error(error: wasmtime::Error) -> Box<Error> {
    error::other(format!("{error:#}"))
}
