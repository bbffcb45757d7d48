//! The options of an account, as Python hands them over.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::{env, fs};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMapping, PyString};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use wechat_official_account_host::types::{Config, Timeouts, Token};
use wechat_official_account_host::{EgressConfig, Origin, ProxyConfig, Roots};
use zeroize::Zeroize as _;

use crate::convert::{Class, FromPy, ToPy, argument, field, is, wrong};
use crate::failure::Failure;

/// WeChat's own API base.
const API_BASE: &str = "https://api.weixin.qq.com";

/// The keys of `proxies`. Another one would be a proxy that nobody uses.
const PROXY_KEYS: [&str; 4] = ["https", "http", "all", "no_proxy"];

static TOKEN: Class = Class::new("Token");

/// The configuration of an account. Its secrets are overwritten before their memory is given back.
#[derive(Clone)]
pub(crate) struct OwnConfig(Config);

impl Deref for OwnConfig {
    type Target = Config;

    fn deref(&self) -> &Config {
        &self.0
    }
}

impl DerefMut for OwnConfig {
    fn deref_mut(&mut self) -> &mut Config {
        &mut self.0
    }
}

impl OwnConfig {
    pub(crate) fn set_token(&mut self, token: Option<Token>) {
        if let Some(mut old) = std::mem::replace(&mut self.0.token, token) {
            old.value.zeroize();
        }
    }
}

impl Drop for OwnConfig {
    fn drop(&mut self) {
        self.0.app_id.zeroize();
        self.0.app_secret.zeroize();
        self.set_token(None);
    }
}

/// The options of an account without its configuration.
pub(crate) struct Options {
    origin: Origin,
    is_tls: bool,
    certificates: Vec<CertificateDer<'static>>,
    /// None if the environment decides.
    proxies: Option<ProxyConfig>,
    trust_env: bool,
}

impl Options {
    pub(crate) fn of(options: &Bound<'_, PyAny>) -> PyResult<(Self, OwnConfig)> {
        let mut config = OwnConfig(Config::new(
            field::<String>(options, "app_id")?,
            field::<String>(options, "app_secret")?,
        ));
        config.api_base = field(options, "api_base")?;
        config.timeouts = field::<Option<Timeouts>>(options, "timeouts")?;
        config.retry_pauses_milliseconds = field(options, "retry_pauses_milliseconds")?;
        config.token = field(options, "token")?;
        config.may_force_token = field(options, "may_force_token")?;
        config.publish_poll_milliseconds = field(options, "publish_poll_milliseconds")?;
        config.language = field(options, "language")?;
        let base = config.api_base.as_deref().unwrap_or(API_BASE);
        let origin = Origin::parse(base).map_err(|_| {
            PyValueError::new_err("api_base: must be scheme, host and optional port, such as https://api.weixin.qq.com")
        })?;
        let (scheme, rest) = base.split_once(':').unwrap_or_default();
        let (scheme, rest) = (scheme.to_ascii_lowercase(), rest.to_owned());
        let is_tls = scheme == "https";
        // The component takes schemes in small letters alone.
        config.api_base = config.api_base.take().map(|_| format!("{scheme}:{rest}"));
        let trust_env: bool = field(options, "trust_env")?;
        let proxies = match proxies(&options.getattr("proxies")?, &scheme)? {
            None if !trust_env => Some(ProxyConfig::default()),
            proxies => proxies,
        };
        let options = Self {
            origin,
            is_tls,
            certificates: certificates(options)?,
            proxies,
            trust_env,
        };
        Ok((options, config))
    }

    /// Returns the way out: to the API base, and to nobody else.
    pub(crate) fn egress(&self) -> PyResult<EgressConfig> {
        let proxies = match &self.proxies {
            Some(proxies) => proxies.clone(),
            None => ProxyConfig::from_environment().map_err(refused)?,
        };
        Ok(EgressConfig {
            allowed: vec![self.origin.clone()],
            extra_roots: self.certificates.clone(),
            roots: self.roots(),
            proxies,
            ..EgressConfig::default()
        })
    }

    /// Makes the error for a way out that could not be made.
    pub(crate) fn no_egress(&self, error: wasmtime::Error) -> PyErr {
        let roots = self.roots();
        if roots == Roots::System && roots.with(Vec::new()).is_err() {
            return PyValueError::new_err(format!(
                "no certificates can be read from {}: correct or unset it, or use trust_env=False",
                named().join(" or ")
            ));
        }
        refused(error)
    }

    /// Returns the authorities to trust: those that the environment names are all, as with Python's own `ssl`; else
    /// those of the system, and Mozilla's in case that it has none.
    fn roots(&self) -> Roots {
        match (self.is_tls, !named().is_empty()) {
            // Plain HTTP goes to this machine, and has no certificates.
            (false, _) => Roots::None,
            (true, false) => Roots::WebpkiAndSystem,
            (true, true) if self.trust_env => Roots::System,
            (true, true) => Roots::Webpki,
        }
    }
}

/// Returns the variables that name authorities, with their values. An empty one names none.
fn named() -> Vec<String> {
    let value = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let shown = |name| value(name).map(|value| format!("{name}={}", PathBuf::from(value).display()));
    ["SSL_CERT_FILE", "SSL_CERT_DIR"]
        .into_iter()
        .filter_map(shown)
        .collect()
}

/// Reads the proxies in place of the environment's: an address for everything, or addresses by the scheme of the
/// destination. None are none.
fn proxies(value: &Bound<'_, PyAny>, scheme: &str) -> PyResult<Option<ProxyConfig>> {
    if value.is_none() {
        return Ok(None);
    }
    let proxy = |url: &str| ProxyConfig::new(url).map_err(|error| refused(error.context("proxies")));
    if value.is_instance_of::<PyString>() {
        return proxy(&argument::<String>(value, "proxies")?).map(Some);
    }
    let mapping = value.cast::<PyMapping>();
    let mapping = mapping.map_err(|_| PyTypeError::new_err("proxies: must be a dict or a text"))?;
    for key in mapping.keys()? {
        let key: String = argument(&key, "proxies")?;
        if !PROXY_KEYS.contains(&key.as_str()) {
            // It is not repeated: it may be an address with a password.
            return Err(PyValueError::new_err(
                "proxies: must have no other keys than https, http, all and no_proxy (without ://)",
            ));
        }
    }
    let entry = |name: &str| -> PyResult<Option<String>> {
        match mapping.contains(name)? {
            true => argument(&mapping.get_item(name)?, "proxies"),
            false => Ok(None),
        }
    };
    let url = match entry(scheme)? {
        Some(url) => Some(url),
        None => entry("all")?,
    };
    let exceptions = entry("no_proxy")?.unwrap_or_default();
    Ok(Some(match url {
        Some(url) => proxy(&url)?.no_proxy(&exceptions),
        None => ProxyConfig::default(),
    }))
}

fn refused(error: wasmtime::Error) -> PyErr {
    PyValueError::new_err(format!("{error:#}"))
}

/// Reads the certificates to trust besides the others.
fn certificates(options: &Bound<'_, PyAny>) -> PyResult<Vec<CertificateDer<'static>>> {
    let mut found = Vec::new();
    if let Some(path) = options.getattr("ca_file")?.extract::<Option<PathBuf>>()? {
        let pem = fs::read(&path).map_err(|error| Failure::File { path, error }.into_exception(options.py()))?;
        found.extend(from_pem("ca_file", &pem)?);
    }
    let data = options.getattr("ca_data")?;
    if let Ok(bytes) = data.cast::<PyBytes>() {
        let bytes = bytes.as_bytes();
        // DER begins with the tag of a sequence.
        if bytes.first() == Some(&0x30) {
            found.push(certificate("ca_data", CertificateDer::from(bytes.to_vec()))?);
        } else {
            found.extend(from_pem("ca_data", bytes)?);
        }
    } else if let Some(text) = field::<Option<String>>(options, "ca_data")? {
        found.extend(from_pem("ca_data", text.as_bytes())?);
    }
    Ok(found)
}

fn from_pem(name: &str, pem: &[u8]) -> PyResult<Vec<CertificateDer<'static>>> {
    let found = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    match found {
        Ok(found) if !found.is_empty() => found.into_iter().map(|found| certificate(name, found)).collect(),
        _ => Err(PyValueError::new_err(format!(
            "{name}: must have certificates as PEM (-----BEGIN CERTIFICATE-----)"
        ))),
    }
}

/// Returns what can be an authority.
fn certificate(name: &str, certificate: CertificateDer<'static>) -> PyResult<CertificateDer<'static>> {
    let checked = Roots::None.with(vec![certificate.clone()]);
    checked.map_err(|error| PyValueError::new_err(format!("{name}: has no valid certificate: {error:#}")))?;
    Ok(certificate)
}

impl FromPy for Token {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if !is(value, &TOKEN)? {
            return Err(wrong(value, "Token"));
        }
        Ok(Self::new(
            field::<String>(value, "value")?,
            field(value, "seconds_left")?,
        ))
    }
}

impl ToPy for Token {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        TOKEN.make(py, [self.value.to_py(py)?, self.seconds_left.to_py(py)?])
    }
}
