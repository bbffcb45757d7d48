//! The API base: scheme, host and port.

use std::net::{IpAddr, Ipv6Addr};

use crate::error::{Result, invalid};
use crate::texts::Texts;
use crate::transport::Base;

/// Reads an API base. It may hold nothing else, and no token goes over plain HTTP to another machine.
pub fn read(texts: &Texts, text: &str) -> Result<Base> {
    let texts = &texts.account;
    let refuse = |message: &str| Err(invalid("api-base", message, texts.base_wanted));
    let (https, authority) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(authority), _) => (true, authority),
        (_, Some(authority)) => (false, authority),
        _ => return refuse(texts.base_scheme),
    };
    let authority = authority.strip_suffix("/").unwrap_or(authority);
    // An IPv6 address in brackets has colons of its own, and nothing else does.
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if port.is_some_and(|port| !is_port(port)) {
        return refuse(texts.base_port);
    }
    let Some(host) = Host::read(host) else {
        return refuse(texts.base_other);
    };
    if !https && !host.is_loopback() {
        return refuse(texts.base_remote);
    }
    Ok(Base {
        https,
        authority: authority.to_owned(),
    })
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// The host of an API base.
enum Host<'a> {
    Name(&'a str),
    Address(IpAddr),
}

impl<'a> Host<'a> {
    fn read(text: &'a str) -> Option<Self> {
        if let Some(address) = text.strip_prefix('[') {
            let address: Ipv6Addr = address.strip_suffix(']')?.parse().ok()?;
            return Some(Self::Address(address.into()));
        }
        if let Ok(address) = text.parse() {
            return Some(Self::Address(IpAddr::V4(address)));
        }
        let is_name = |byte: u8| matches!(byte, b'-' | b'.') || byte.is_ascii_alphanumeric();
        (!text.is_empty() && text.bytes().all(is_name)).then_some(Self::Name(text))
    }

    /// Returns whether nobody else can listen on the way: `localhost`, `[::1]` and 127.0.0.0/8.
    fn is_loopback(&self) -> bool {
        match self {
            Self::Name(name) => *name == "localhost",
            Self::Address(address) => address.is_loopback(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::ErrorKind;
    use crate::texts::EN;

    #[test]
    fn bases_are_scheme_host_and_port() {
        for text in [
            "https://api.weixin.qq.com",
            "https://api2.weixin.qq.com/",
            "https://proxy.example:8443",
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:80",
            "https://[2001:db8::1]",
        ] {
            assert!(read(&EN, text).is_ok(), "{text}");
        }
        for text in [
            "",
            "api.weixin.qq.com",
            "ftp://api.weixin.qq.com",
            "HTTPS//x",
            "https://",
            "https://user@api.weixin.qq.com",
            "https://user:pass@api.weixin.qq.com",
            "https://api.weixin.qq.com/cgi-bin",
            "https://api.weixin.qq.com?x",
            "https://api.weixin.qq.com#x",
            "https://api.weixin.qq.com:0",
            "https://api.weixin.qq.com:",
            "https://api.weixin.qq.com:70000",
            "https://[::1",
            "https://[::1]x",
            "https://[x]",
            "https://a b",
            "http://api.weixin.qq.com",
            "http://10.0.0.1",
            "http://127.0.0.1.example.com",
            "http://127.999.0.1",
            "https://api.weixin.qq.com:+443",
            "http://localhost.example.com",
        ] {
            let error = read(&EN, text).unwrap_err();
            assert_eq!(
                (error.kind, error.subject.as_deref()),
                (ErrorKind::InvalidInput, Some("api-base")),
                "{text}"
            );
        }
    }
}
