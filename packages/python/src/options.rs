//! The options of an account, as Python hands them over.

use std::fs;
use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use wechat_official_account_host::types::{Config, Timeouts, Token};
use wechat_official_account_host::{EgressConfig, Origin};

use crate::convert::{Class, FromPy, ToPy, field, is, wrong};
use crate::failure::Failure;

/// WeChat's own API base.
const API_BASE: &str = "https://api.weixin.qq.com";

static TOKEN: Class = Class::new("Token");

/// The options of an account.
pub(crate) struct Options {
    pub(crate) config: Config,
    origin: Origin,
    certificates: Vec<CertificateDer<'static>>,
}

impl Options {
    pub(crate) fn of(options: &Bound<'_, PyAny>) -> PyResult<Self> {
        let mut config = Config::new(
            field::<String>(options, "app_id")?,
            field::<String>(options, "app_secret")?,
        );
        config.api_base = field(options, "api_base")?;
        config.timeouts = field::<Option<Timeouts>>(options, "timeouts")?;
        config.retry_pauses_milliseconds = field(options, "retry_pauses_milliseconds")?;
        config.token = field(options, "token")?;
        config.may_force_token = field(options, "may_force_token")?;
        config.publish_poll_milliseconds = field(options, "publish_poll_milliseconds")?;
        let base = config.api_base.as_deref().unwrap_or(API_BASE);
        let origin = Origin::parse(base).map_err(|_| {
            PyValueError::new_err("api_base: must be scheme, host and optional port, such as https://api.weixin.qq.com")
        })?;
        Ok(Self {
            config,
            origin,
            certificates: certificates(options)?,
        })
    }

    /// Returns the way out: to the API base, and to nobody else.
    pub(crate) fn egress(&self) -> PyResult<EgressConfig> {
        Ok(EgressConfig {
            allowed: vec![self.origin.clone()],
            extra_roots: self.certificates.clone(),
            ..EgressConfig::default()
        })
    }
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
            found.push(CertificateDer::from(bytes.to_vec()));
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
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(PyValueError::new_err(format!(
            "{name}: must have certificates as PEM (-----BEGIN CERTIFICATE-----)"
        ))),
    }
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
