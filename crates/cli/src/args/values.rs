//! Values of arguments that are looked at before the command runs.

use http::Uri;
use http::uri::Authority;

use crate::texts::messages;

/// Accepts the value of a `Host` header. The server would pass over another one in silence.
pub fn host(text: &str) -> Result<String, String> {
    let host = Authority::try_from(text).map(|authority| authority.host().to_owned());
    match host.is_ok_and(|host| !host.is_empty()) {
        true => Ok(text.to_owned()),
        false => Err(messages().usage.no_host.to_owned()),
    }
}

/// Accepts the value of an `Origin` header, and adds the port that its scheme implies: the server would take every
/// port.
pub fn origin(text: &str) -> Result<String, String> {
    let origin = Uri::try_from(text).ok().and_then(|uri| {
        let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
        let host = authority.host();
        let port = match (authority.port_u16(), scheme) {
            (Some(port), _) => Some(port),
            (None, "http") => Some(80),
            (None, "https") => Some(443),
            _ => None,
        };
        let with_port = port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        // Not a wrong port, a user or a path.
        let is_all = [host, &with_port].contains(&authority.as_str()) && matches!(uri.path(), "" | "/");
        (!host.is_empty() && is_all && uri.query().is_none()).then(|| format!("{scheme}://{with_port}"))
    });
    origin.ok_or_else(|| messages().usage.no_origin.to_owned())
}
