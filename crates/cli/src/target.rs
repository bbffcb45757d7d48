//! The server that the component talks to: a simulator of its own, one that is running already, or WeChat.

use std::env;
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use http::Uri;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use wechat_official_account_component as component;
use wechat_official_account_host::Origin;
use wechat_simulator::{APP_ID, APP_SECRET};

use crate::args::Global;
use crate::error::{self, Error, Result};
use crate::input;
use crate::texts::messages;

/// The environment variables with the credentials. Arguments are no place for them: other users of the machine can read
/// those.
const APP_ID_VARIABLE: &str = "WECHAT_APP_ID";
const APP_SECRET_VARIABLE: &str = "WECHAT_APP_SECRET";

/// The component and the server.
pub struct Target {
    pub plugin: PathBuf,
    /// The component as it is delivered, with documentation inside. One of the user's own is delivered as it is.
    pub delivered: PathBuf,
    pub server: Server,
    /// False if a token that other programs use must stay.
    pub may_force_token: bool,
}

pub enum Server {
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

/// An account's credentials. The type has no `Debug`, so that nothing prints it by accident.
pub struct Credentials {
    pub app_id: String,
    pub app_secret: String,
}

impl Target {
    /// Reads the choice from the options and the environment. Contacts nobody. A command that asks nobody needs no
    /// credentials.
    pub fn choose(global: &Global, is_offline: bool) -> Result<Self> {
        let texts = &messages().target;
        // clap sees such conflicts only if both are on the same side of the subcommand.
        let server = match (&global.api_base, global.live) {
            (Some(_), true) => return Err(error::usage(texts.live_and_api_base)),
            (None, _) if global.trust.is_some() => {
                return Err(error::usage(texts.trust_alone));
            }
            (None, false) => Server::Embedded,
            (None, true) if is_offline => from_environment().ok().flatten().map_or(Server::Embedded, Server::Live),
            (None, true) => Server::Live(
                from_environment()?
                    .ok_or_else(|| error::usage(texts.live_needs.with([&APP_ID_VARIABLE, &APP_SECRET_VARIABLE])))?,
            ),
            (Some(base), false) => Server::Running {
                base: base.clone(),
                origin: loopback(base)?,
                root: global.trust.as_deref().map(certificate).transpose()?,
                credentials: from_environment()?.unwrap_or_else(known_account),
            },
        };
        let plugin = global.plugin.clone().unwrap_or_else(|| component::PATH.into());
        let delivered = global.plugin.clone().unwrap_or_else(|| component::DELIVERED.into());
        // One that is not there has an error of its own.
        if plugin.exists() {
            input::regular(&plugin, input::COMPONENT)?;
        }
        Ok(Self {
            plugin,
            delivered,
            server,
            may_force_token: !global.no_force_token,
        })
    }

    pub fn is_live(&self) -> bool {
        matches!(self.server, Server::Live(_))
    }

    /// Refuses `--live` and `--api-base` for a command that brings its own simulator.
    pub fn must_be_embedded(&self, command: &str) -> Result<()> {
        match self.server {
            Server::Embedded => Ok(()),
            _ => Err(error::usage(messages().target.own_simulator.with([&command]))),
        }
    }

    /// Refuses an action that can't be undone on a real account, unless the user confirmed it.
    pub fn confirm(&self, yes: bool, action: &str) -> Result<()> {
        if yes || !self.is_live() {
            return Ok(());
        }
        Err(error::usage(messages().target.would.with([&action])))
    }
}

/// Returns the account that every simulator knows.
pub fn known_account() -> Credentials {
    Credentials {
        app_id: APP_ID.to_owned(),
        app_secret: APP_SECRET.to_owned(),
    }
}

/// Reads both variables or none; half a pair is a mistake.
fn from_environment() -> Result<Option<Credentials>> {
    match (variable(APP_ID_VARIABLE)?, variable(APP_SECRET_VARIABLE)?) {
        (None, None) => Ok(None),
        (Some(app_id), Some(app_secret)) => Ok(Some(Credentials { app_id, app_secret })),
        (Some(_), None) => Err(missing(APP_SECRET_VARIABLE)),
        (None, Some(_)) => Err(missing(APP_ID_VARIABLE)),
    }
}

/// Reads a variable. An empty one counts as not set.
pub fn variable(name: &str) -> Result<Option<String>> {
    text(name, env::var_os(name))
}

/// Returns the text of a variable. Its value is not repeated: it may be a secret.
fn text(name: &str, value: Option<OsString>) -> Result<Option<String>> {
    let text = value.map(OsString::into_string).transpose();
    let text = text.map_err(|_| error::usage(messages().target.not_utf8.with([&name])))?;
    Ok(text.filter(|text| !text.is_empty()))
}

fn missing(name: &str) -> Box<Error> {
    error::usage(messages().target.missing.with([&name]))
}

/// Accepts only this machine. A server elsewhere may pass on to WeChat the actions that `--yes` guards.
fn loopback(base: &str) -> Result<Origin> {
    let refuse = || error::usage(messages().target.elsewhere.with([&base]));
    let uri: Uri = base.parse().map_err(|_| refuse())?;
    let host = uri.host().unwrap_or_default();
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    if host != "localhost" && !address.is_some_and(|address| address.is_loopback()) {
        return Err(refuse());
    }
    Origin::of(&uri).ok_or_else(refuse)
}

fn certificate(path: &Path) -> Result<CertificateDer<'static>> {
    CertificateDer::from_pem_slice(&input::read(path, input::CERTIFICATE)?)
        .map_err(|error| error::usage(messages().target.no_certificate.with([&path.display(), &error])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_is_not_taken_for_none() {
        use std::os::unix::ffi::OsStringExt;
        let value = OsString::from_vec(b"wx\xff0123".to_vec());
        let error = text(APP_ID_VARIABLE, Some(value)).err().unwrap();
        assert!(
            error.message.contains(APP_ID_VARIABLE) && !error.message.contains("0123"),
            "{}",
            error.message
        );
        assert_eq!(text(APP_ID_VARIABLE, Some(OsString::new())).ok(), Some(None));
    }

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
