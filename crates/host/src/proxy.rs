//! The choice of a proxy for a destination, by the variables that curl, Python and others read.
//!
//! hyper-util's `Matcher` reads URLs of proxies and entries of `NO_PROXY`. It takes a URL that it can't read for none,
//! which would send requests past a proxy that somebody wants, and knows no ports in `NO_PROXY`. Both are added here.

use std::env;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use wasmtime::{Result, bail, format_err};

use crate::origin::Origin;

/// The proxies of an [`Egress`](crate::Egress). The default is none.
///
/// `https` destinations are reached through a tunnel (`CONNECT`): the proxy learns the host's name and port, and TLS is
/// with the destination. Requests to `http` destinations are sent to the proxy, which reads them. Three destinations
/// never go through a proxy: this machine (`localhost` and loopback addresses), those of
/// [`EgressConfig::resolve`](crate::EgressConfig::resolve), and those of [`ProxyConfig::no_proxy`].
///
/// A proxy's URL is `http://HOST:PORT` or, for TLS with the proxy, `https://HOST:PORT`. `http://` may be left out. It
/// can have a user and a password (`http://USER:PASSWORD@HOST:PORT`), with other characters than letters and digits as
/// `%XX`. They are in no error and no debug output. SOCKS proxies are not supported.
#[derive(Clone, Default)]
pub struct ProxyConfig {
    http: Option<Proxy>,
    https: Option<Proxy>,
    exceptions: Vec<Exception>,
    /// Hosts that have an address of their own.
    hosts: Vec<String>,
}

/// A proxy with the place of its URL, which errors name. Without a matcher the URL is of no use.
#[derive(Clone)]
struct Proxy {
    place: &'static str,
    is_socks: bool,
    matcher: Option<Arc<Matcher>>,
}

/// An entry of `NO_PROXY`.
#[derive(Clone)]
struct Exception {
    port: Option<u16>,
    matcher: Arc<Matcher>,
}

impl ProxyConfig {
    /// Uses this proxy for all destinations.
    ///
    /// # Errors
    /// If the text is not the URL of an HTTP proxy. The error does not repeat it.
    pub fn new(url: &str) -> Result<Self> {
        let proxy = Proxy::new("the proxy", url);
        proxy.usable()?;
        Ok(Self {
            http: Some(proxy.clone()),
            https: Some(proxy),
            ..Self::default()
        })
    }

    /// Reads `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, or the same names in capitals. Those in small
    /// letters have precedence, as with curl, and an empty variable is none. `HTTP_PROXY` in capitals does not count in
    /// a CGI program (`REQUEST_METHOD`), where a client could set it.
    ///
    /// A URL that is of no use is an error of [`Egress::new`](crate::Egress::new) if an allowed destination needs it.
    ///
    /// # Errors
    /// If one of the variables is not UTF-8. The error names it, and not its value.
    pub fn from_environment() -> Result<Self> {
        Self::from_variables(|name| env::var_os(name).map(|value| value.into_string().ok()))
    }

    /// Reads the variables. A value that is not UTF-8 is `Some(None)`.
    fn from_variables(read: impl Fn(&str) -> Option<Option<String>>) -> Result<Self> {
        let first = |names: [&'static str; 2]| -> Result<Option<(&'static str, String)>> {
            for name in names {
                match read(name) {
                    Some(None) => bail!("{name} in the environment is not UTF-8: set it again"),
                    Some(Some(value)) if !value.trim().is_empty() => return Ok(Some((name, value))),
                    _ => {}
                }
            }
            Ok(None)
        };
        let is_cgi = read("REQUEST_METHOD").is_some();
        let all = first(["all_proxy", "ALL_PROXY"])?;
        let http = first(["http_proxy", if is_cgi { "http_proxy" } else { "HTTP_PROXY" }])?;
        let proxy = |own: Option<_>| own.or_else(|| all.clone()).map(|(name, url)| Proxy::new(name, &url));
        let proxies = Self {
            http: proxy(http),
            https: proxy(first(["https_proxy", "HTTPS_PROXY"])?),
            ..Self::default()
        };
        let exceptions = first(["no_proxy", "NO_PROXY"])?;
        Ok(proxies.no_proxy(&exceptions.map_or(String::new(), |(_, list)| list)))
    }

    /// Adds destinations that are reached without a proxy: a list as in `NO_PROXY`, with commas or blanks between its
    /// entries. An entry is a name, which stands for the names below it, too (`example.com`, `.example.com` and
    /// `*.example.com` are the same); an IP address or a network of addresses (`10.0.0.0/8`), for URLs that have an
    /// address in place of a name; each with a port or without; or `*` for everything.
    #[must_use]
    pub fn no_proxy(mut self, list: &str) -> Self {
        let entries = list.split([',', ' ', '\t', '\n']).filter(|entry| !entry.is_empty());
        self.exceptions.extend(entries.map(Exception::new));
        self
    }

    /// Excepts this host alone, with every port.
    pub(crate) fn except_host(mut self, host: &str) -> Self {
        self.hosts.push(host.to_owned());
        self
    }

    /// Returns the proxy for a destination.
    pub(crate) fn intercept(&self, destination: &Uri) -> Option<Intercept> {
        let proxy = self.proxy(destination)?;
        proxy.matcher.as_ref()?.intercept(destination)
    }

    /// Fails if the URL of the proxy that this destination needs is of no use.
    pub(crate) fn check(&self, destination: &Uri) -> Result<()> {
        self.proxy(destination).map_or(Ok(()), Proxy::usable)
    }

    fn proxy(&self, destination: &Uri) -> Option<&Proxy> {
        let host = destination.host()?;
        let has_address = self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
        let is_excepted = |exception: &Exception| exception.matches(destination);
        if has_address || is_this_machine(host) || self.exceptions.iter().any(is_excepted) {
            return None;
        }
        match destination.scheme() == Some(&Scheme::HTTPS) {
            true => self.https.as_ref(),
            false => self.http.as_ref(),
        }
    }
}

/// Secrets go to this machine over plain HTTP, and a proxy elsewhere has another loopback.
fn is_this_machine(host: &str) -> bool {
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host.eq_ignore_ascii_case("localhost") || address.is_some_and(|address| address.is_loopback())
}

impl Proxy {
    fn new(place: &'static str, url: &str) -> Self {
        let url = url.trim();
        let matcher = Matcher::builder().all(url).build();
        let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        let is_usable = matcher
            .intercept(&Uri::from_static("https://name"))
            .is_some_and(|proxy| {
                let is_http = matches!(proxy.uri().scheme_str(), Some("http" | "https"));
                let host = proxy.uri().authority().map_or("", |authority| authority.as_str());
                let port = host.rsplit_once(']').map_or(host, |(_, port)| port).split_once(':');
                // With one of these in it, a password would end the URL's authority, or become a part of its host.
                is_http
                    && port.is_none_or(|(_, port)| port.parse::<u16>().is_ok())
                    && !host.contains('@')
                    && !authority.contains(['/', '?', '#'])
            });
        Self {
            place,
            is_socks: url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("socks")),
            matcher: is_usable.then(|| Arc::new(matcher)),
        }
    }

    fn usable(&self) -> Result<()> {
        let place = self.place;
        match (&self.matcher, self.is_socks) {
            (Some(_), _) => Ok(()),
            (None, true) => Err(format_err!(
                "{place} is a SOCKS proxy, which is not supported: name an HTTP proxy, such as http://127.0.0.1:3128"
            )),
            (None, false) => Err(format_err!(
                "{place} is not the URL of an HTTP proxy, such as http://127.0.0.1:3128. In a user name and a \
                 password, write characters other than letters and digits as %XX"
            )),
        }
    }
}

impl Exception {
    fn new(entry: &str) -> Self {
        let (host, port) = match entry.rsplit_once(':') {
            // An IPv6 address has colons, and is in brackets if it has a port.
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => match port.parse() {
                Ok(port) => (host, Some(port)),
                Err(_) => (entry, None),
            },
            _ => (entry, None),
        };
        let host = host.trim_matches(['[', ']']);
        let host = host
            .strip_prefix('*')
            .filter(|rest| rest.starts_with('.'))
            .unwrap_or(host);
        // Any proxy: the matcher is asked only if there is an exception to it.
        let matcher = Matcher::builder().all("http://name").no(host).build();
        Self {
            port,
            matcher: Arc::new(matcher),
        }
    }

    fn matches(&self, destination: &Uri) -> bool {
        let is_its_port = || self.port.is_none_or(|port| Origin::port_of(destination) == Some(port));
        is_its_port() && self.matcher.intercept(destination).is_none()
    }
}

impl fmt::Debug for ProxyConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The matcher's own output has no user and no password.
        let matcher = |proxy: &Option<Proxy>| proxy.as_ref().map(|proxy| proxy.matcher.clone());
        f.debug_struct("ProxyConfig")
            .field("http", &matcher(&self.http))
            .field("https", &matcher(&self.https))
            .field("exceptions", &self.exceptions.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "http://canary-user:canary%40password@127.0.0.1:3128";

    fn from(variables: &[(&str, &str)]) -> ProxyConfig {
        let find = |name: &str| variables.iter().find(|(known, _)| *known == name);
        ProxyConfig::from_variables(|name| find(name).map(|(_, value)| Some((*value).to_owned()))).unwrap()
    }

    fn used(proxies: &ProxyConfig, destination: &str) -> Option<String> {
        let proxy = proxies.intercept(&destination.parse().unwrap())?;
        Some(proxy.uri().to_string())
    }

    #[test]
    fn the_variables_are_those_of_curl() {
        const API: &str = "https://api.weixin.qq.com/x?y";
        type Case<'a> = (&'a [(&'a str, &'a str)], Option<&'a str>);
        let cases: [Case; 10] = [
            (&[], None),
            (&[("HTTPS_PROXY", "http://a:1")], Some("http://a:1/")),
            (
                &[("HTTPS_PROXY", "http://a:1"), ("https_proxy", "http://b:1")],
                Some("http://b:1/"),
            ),
            (
                &[("HTTPS_PROXY", "http://a:1"), ("https_proxy", "")],
                Some("http://a:1/"),
            ),
            (&[("HTTPS_PROXY", "a:1")], Some("http://a:1/")),
            (&[("HTTPS_PROXY", "https://a:1")], Some("https://a:1/")),
            (&[("ALL_PROXY", "http://a:1")], Some("http://a:1/")),
            (
                &[("ALL_PROXY", "http://a:1"), ("HTTPS_PROXY", "http://b:1")],
                Some("http://b:1/"),
            ),
            (&[("HTTP_PROXY", "http://a:1")], None),
            (&[("HTTPS_PROXY", "http://a:1"), ("NO_PROXY", "qq.com")], None),
        ];
        for (variables, expected) in cases {
            assert_eq!(used(&from(variables), API).as_deref(), expected, "{variables:?}");
        }
        let plain = |variables| used(&from(variables), "http://example.com");
        assert!(plain(&[("HTTP_PROXY", "http://a:1")]).is_some());
        assert!(plain(&[("HTTP_PROXY", "http://a:1"), ("REQUEST_METHOD", "GET")]).is_none());
        assert!(plain(&[("http_proxy", "http://a:1"), ("REQUEST_METHOD", "GET")]).is_some());
    }

    #[test]
    fn exceptions_are_names_addresses_networks_and_ports() {
        for (list, destination, is_excepted) in [
            ("api.weixin.qq.com", "https://api.weixin.qq.com", true),
            ("API.weixin.qq.com", "https://api.weixin.qq.com", true),
            ("qq.com", "https://api.weixin.qq.com", true),
            (".qq.com", "https://api.weixin.qq.com", true),
            ("*.qq.com", "https://api.weixin.qq.com", true),
            ("*", "https://api.weixin.qq.com", true),
            ("example.com, qq.com", "https://api.weixin.qq.com", true),
            ("example.com qq.com", "https://api.weixin.qq.com", true),
            ("in.qq.com", "https://api.weixin.qq.com", false),
            ("api.weixin.qq.com:443", "https://api.weixin.qq.com", true),
            ("qq.com:8443", "https://api.weixin.qq.com", false),
            ("qq.com:8443", "https://api.weixin.qq.com:8443", true),
            ("10.0.0.1", "https://10.0.0.1", true),
            ("10.0.0.0/8", "https://10.1.2.3", true),
            ("10.0.0.0/8", "https://11.1.2.3", false),
            ("10.1.2.3:8443", "https://10.1.2.3", false),
            ("2001:db8::1", "https://[2001:db8::1]", true),
            ("[2001:db8::1]", "https://[2001:db8::1]", true),
            ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443", true),
            ("[2001:db8::1]:8443", "https://[2001:db8::1]", false),
            ("2001:db8::/32", "https://[2001:db8::1]", true),
            (",,", "https://api.weixin.qq.com", false),
        ] {
            let proxies = ProxyConfig::new(PROXY).unwrap().no_proxy(list);
            assert_eq!(
                used(&proxies, destination).is_none(),
                is_excepted,
                "{list}: {destination}"
            );
        }
    }

    #[test]
    fn this_machine_is_reached_directly() {
        let proxies = ProxyConfig::new(PROXY).unwrap();
        for destination in [
            "http://localhost:1",
            "https://LOCALHOST",
            "http://127.1.2.3",
            "https://[::1]:8080",
        ] {
            assert_eq!(used(&proxies, destination), None, "{destination}");
        }
        assert!(used(&proxies, "http://localhost.example.com").is_some());
    }

    #[test]
    fn a_proxy_that_is_of_no_use_is_told_if_it_is_needed() {
        let api = Uri::from_static("https://api.weixin.qq.com");
        for (url, words) in [
            ("socks5://canary-user:canary@127.0.0.1:1080", "SOCKS"),
            (
                "http://canary-user:can@ry@127.0.0.1:3128",
                "not the URL of an HTTP proxy",
            ),
            (
                "http://canary-user:can/ry@127.0.0.1:3128",
                "not the URL of an HTTP proxy",
            ),
            ("http://canary-user:8#ry@127.0.0.1:3128", "not the URL of an HTTP proxy"),
            ("http://127.0.0.1:canary", "not the URL of an HTTP proxy"),
            ("http://127.0.0.1:99999", "not the URL of an HTTP proxy"),
            ("ftp://canary", "not the URL of an HTTP proxy"),
            ("http://", "not the URL of an HTTP proxy"),
        ] {
            let error = from(&[("ALL_PROXY", url)]).check(&api).expect_err(url).to_string();
            assert!(error.contains("ALL_PROXY") && error.contains(words), "{url}: {error}");
            assert!(!error.contains("canary") && !error.contains("ry@"), "{error}");
            assert!(ProxyConfig::new(url).is_err(), "{url}");
            assert!(
                from(&[("ALL_PROXY", url), ("https_proxy", "http://a:1")])
                    .check(&api)
                    .is_ok()
            );
            assert!(from(&[("ALL_PROXY", url), ("no_proxy", "qq.com")]).check(&api).is_ok());
        }
        let error = ProxyConfig::from_variables(|_| Some(None)).unwrap_err();
        assert!(error.to_string().contains("all_proxy"), "{error}");
    }

    #[test]
    fn debug_output_shows_no_credentials() {
        let printed = format!("{:?}", ProxyConfig::new(PROXY).unwrap());
        assert!(
            !printed.contains("canary") && printed.contains("127.0.0.1:3128"),
            "{printed}"
        );
    }
}
