//! Whom the plugin talks to: a simulator of its own, one that is running already, or WeChat.

use super::Context;
use super::args::Global;
use super::failure::{self, Failure, Result};
use super::progress::Uploads;
use host_test::PLUGIN;
use host_test::egress::{Egress, EgressConfig, Origin};
use host_test::host::types::Config;
use host_test::host::{Host, Instance};
use host_test::session::Session;
use host_test::simulator::{APP_ID, APP_SECRET, Options, Simulator};
use http::Uri;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::env;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Where credentials come from. Never from arguments: other users of the machine can read those.
const APP_ID_VARIABLE: &str = "WECHAT_APP_ID";
const APP_SECRET_VARIABLE: &str = "WECHAT_APP_SECRET";

/// A simulator decides at the second question, so there is no point in asking slowly.
const SIMULATOR_POLL_MILLISECONDS: u32 = 20;

/// Whom to talk to.
pub struct Target {
    plugin: PathBuf,
    server: Server,
}

enum Server {
    /// A simulator of this command's own.
    Embedded,
    /// A simulator that is running on this machine.
    Running {
        base: String,
        origin: Origin,
        root: Option<CertificateDer<'static>>,
        credentials: Credentials,
    },
    /// WeChat.
    Live(Credentials),
}

/// Has no `Debug`, so that it can't be printed by accident.
struct Credentials {
    app_id: String,
    app_secret: String,
}

/// An open account, and what has to live as long.
pub struct Connection {
    pub session: Session,
    pub simulator: Option<Simulator>,
    /// What this connection has uploaded so far.
    pub uploads: Uploads,
}

impl Target {
    /// Reads the choice off the options and the environment. Contacts nobody.
    pub fn choose(global: &Global) -> Result<Self> {
        // clap sees such conflicts only where both stand on the same side of the subcommand.
        let server = match (&global.api_base, global.live) {
            (Some(_), true) => return Err(failure::usage("--live and --api-base exclude each other")),
            (None, _) if global.trust.is_some() => {
                return Err(failure::usage("--trust is of use with --api-base only"));
            }
            (None, false) => Server::Embedded,
            (None, true) => Server::Live(from_environment()?.ok_or_else(|| {
                failure::usage(format!(
                    "--live needs {APP_ID_VARIABLE} and {APP_SECRET_VARIABLE} in the environment"
                ))
            })?),
            (Some(base), false) => Server::Running {
                base: base.clone(),
                origin: loopback(base)?,
                root: global.trust.as_deref().map(certificate).transpose()?,
                credentials: from_environment()?.unwrap_or_else(known_account),
            },
        };
        let plugin = global.plugin.clone().unwrap_or_else(|| PLUGIN.into());
        Ok(Self { plugin, server })
    }

    pub fn is_live(&self) -> bool {
        matches!(self.server, Server::Live(_))
    }

    /// The component to run.
    pub fn plugin(&self) -> &Path {
        &self.plugin
    }

    /// That nobody was chosen, for commands that bring their own simulator.
    pub fn must_be_embedded(&self, command: &str) -> Result<()> {
        match self.server {
            Server::Embedded => Ok(()),
            _ => Err(failure::usage(format!(
                "{command} brings its own simulator: leave out --live and --api-base"
            ))),
        }
    }

    /// That what can't be undone is meant, where it would be done to a real account.
    pub fn consent(&self, yes: bool, would: &str) -> Result<()> {
        if yes || !self.is_live() {
            return Ok(());
        }
        Err(failure::usage(format!(
            "this would {would}, for real and for good. Nothing was done; add --yes to do it"
        )))
    }
}

impl Context {
    /// An instance without an account, for what asks nobody.
    pub async fn instantiate(&self) -> Result<Instance> {
        let egress = Egress::new(EgressConfig::default()).map_err(host_failure)?;
        let host = Host::new(&self.target.plugin, egress).map_err(host_failure)?;
        host.instantiate().await.map_err(host_failure)
    }

    /// Opens the account. Only a simulator is started; WeChat is not contacted before the first operation.
    pub async fn connect(&self) -> Result<Connection> {
        let mut simulator = None;
        let (egress, credentials, api_base) = match &self.target.server {
            Server::Embedded => {
                let started = start(Options::default()).await?;
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
            Server::Live(credentials) => (EgressConfig::default(), credentials, None),
        };
        let config = Config {
            app_id: credentials.app_id.clone(),
            app_secret: credentials.app_secret.clone(),
            api_base,
            timeouts: None,
            retry_pauses_milliseconds: None,
            token: None,
            publish_poll_milliseconds: (!self.target.is_live()).then_some(SIMULATOR_POLL_MILLISECONDS),
        };
        let uploads = Uploads::default();
        let listener = uploads.clone();
        let egress = Egress::new(egress).map_err(host_failure)?;
        let egress = egress.on_reply(move |path| listener.hear(path));
        let host = Host::new(&self.target.plugin, egress).map_err(host_failure)?;
        let session = Session::open(&host, &config).await?;
        Ok(Connection {
            session,
            simulator,
            uploads,
        })
    }
}

/// Starts a simulator.
pub async fn start(options: Options) -> Result<Simulator> {
    let simulator = Simulator::start(options).await;
    simulator.map_err(|error| failure::other(format!("cannot start the simulator: {error}")))
}

fn host_failure(error: wasmtime::Error) -> Box<Failure> {
    failure::other(format!("{error:#}"))
}

/// The account that every simulator knows.
fn known_account() -> Credentials {
    Credentials {
        app_id: APP_ID.to_owned(),
        app_secret: APP_SECRET.to_owned(),
    }
}

/// Both variables or none; half a pair is a mistake.
fn from_environment() -> Result<Option<Credentials>> {
    let read = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (read(APP_ID_VARIABLE), read(APP_SECRET_VARIABLE)) {
        (None, None) => Ok(None),
        (Some(app_id), Some(app_secret)) => Ok(Some(Credentials { app_id, app_secret })),
        (Some(_), None) => Err(missing(APP_SECRET_VARIABLE)),
        (None, Some(_)) => Err(missing(APP_ID_VARIABLE)),
    }
}

fn missing(name: &str) -> Box<Failure> {
    failure::usage(format!("{name} is missing in the environment"))
}

/// Another machine is not a simulator: it might pass on to WeChat what `--yes` is there to guard.
fn loopback(base: &str) -> Result<Origin> {
    let refuse = || {
        failure::usage(format!(
            "--api-base {base}: give a simulator on this machine, such as http://127.0.0.1:8080"
        ))
    };
    let uri: Uri = base.parse().map_err(|_| refuse())?;
    let host = uri.host().unwrap_or_default();
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    if host != "localhost" && !address.is_some_and(|address| address.is_loopback()) {
        return Err(refuse());
    }
    Origin::of(&uri).ok_or_else(refuse)
}

fn certificate(path: &Path) -> Result<CertificateDer<'static>> {
    CertificateDer::from_pem_file(path)
        .map_err(|error| failure::usage(format!("cannot read a certificate from {}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_a_simulator() {
        for base in ["http://127.0.0.1:8080", "https://localhost:1", "http://[::1]:80"] {
            assert!(loopback(base).is_ok(), "{base}");
        }
        for base in [
            "https://api.weixin.qq.com",
            "http://10.0.0.1",
            "127.0.0.1:80",
            "ftp://localhost",
            "x y",
        ] {
            assert!(loopback(base).is_err(), "{base}");
        }
    }
}
