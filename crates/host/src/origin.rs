//! The places that requests go to.

use http::Uri;
use http::uri::Scheme;

/// A scheme, host and port that guests may reach.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    https: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// Returns the origin of a URI; `None` if it has no host, a user name, or another scheme than http and https.
    #[must_use]
    pub fn of(uri: &Uri) -> Option<Self> {
        let scheme = uri.scheme()?;
        if uri.authority()?.as_str().contains('@') {
            return None;
        }
        let https = *scheme == Scheme::HTTPS;
        if !https && *scheme != Scheme::HTTP {
            return None;
        }
        Some(Self {
            https,
            host: uri.host()?.to_ascii_lowercase(),
            port: Self::port_of(uri)?,
        })
    }

    /// Returns the port that a URI names, or the one of its scheme.
    pub(crate) fn port_of(uri: &Uri) -> Option<u16> {
        let of_scheme = match uri.scheme()?.as_str() {
            "https" => 443,
            "http" => 80,
            _ => return None,
        };
        Some(uri.port_u16().unwrap_or(of_scheme))
    }

    /// Returns whether requests to it go over TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    /// Returns the base of this origin's URLs.
    pub(crate) fn base(&self) -> Option<Uri> {
        let scheme = if self.https { "https" } else { "http" };
        format!("{scheme}://{}:{}", self.host, self.port).parse().ok()
    }

    /// Parses the origin of a base such as `https://api.weixin.qq.com`.
    ///
    /// # Errors
    /// If the text is not the base of an http or https URL, or has more to it, such as a path.
    pub fn parse(base: &str) -> wasmtime::Result<Self> {
        let uri: Uri = base.parse()?;
        Self::of(&uri)
            .filter(|_| uri.path() == "/" && uri.query().is_none())
            .ok_or_else(|| wasmtime::format_err!("{base} is not the base of an http or https URL"))
    }

    /// Returns the origin of WeChat's API.
    pub(crate) fn wechat() -> Self {
        Self {
            https: true,
            host: "api.weixin.qq.com".to_owned(),
            port: 443,
        }
    }
}
