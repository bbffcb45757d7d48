//! Addresses: their hosts, and whether the public can reach these.
//!
//! Written by hand: `url` was measured at 198 KB more. It also refuses relative and broken addresses, which HTML has,
//! and copies `data:` URIs of megabytes.

use std::net::IpAddr;

/// The domain that stores pictures of articles: `mmbiz.qpic.cn` (wechat-api §9), and the hosts beside it, of which
/// article-html §3 lists eight. Taking all of them is this project's choice.
const IMAGE_DOMAIN: &str = "qpic.cn";
/// The host of articles.
const ARTICLE_HOST: &str = "mp.weixin.qq.com";

/// The place that an address leads to, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The data themselves.
    Data,
    /// A script.
    Script,
    /// WeChat's host of pictures.
    WeChatImage,
    /// WeChat's host of articles.
    WeChatArticle,
    /// Anything else.
    Elsewhere,
}

/// Returns the target of a URL in HTML, after character references have been resolved.
pub fn target_of(url: &str) -> Target {
    let url = normalize(url);
    if after(url.clone(), "data:").is_some() {
        return Target::Data;
    }
    if after(url.clone(), "javascript:").is_some() {
        return Target::Script;
    }
    match host(url).as_deref() {
        Some(host) if is_within(host, IMAGE_DOMAIN) => Target::WeChatImage,
        Some(ARTICLE_HOST) => Target::WeChatArticle,
        _ => Target::Elsewhere,
    }
}

/// Returns the bytes of an address as browsers read it: in lower case, without leading blanks, and without line breaks
/// and tabs. They come one by one, as a `data:` URI may have megabytes.
fn normalize(url: &str) -> impl Iterator<Item = u8> + Clone {
    let bytes = url.bytes().skip_while(|&byte| byte <= b' ');
    let bytes = bytes.filter(|byte| !matches!(byte, b'\t' | b'\n' | b'\r'));
    bytes.map(|byte| byte.to_ascii_lowercase())
}

/// Returns the text after this beginning, if the text has it.
fn after<T: Iterator<Item = u8>>(mut text: T, beginning: &str) -> Option<T> {
    let begins = beginning.bytes().all(|byte| text.next() == Some(byte));
    begins.then_some(text)
}

/// Returns the host of a normalized address that begins with `http:`, `https:` or `//`, without user and port.
fn host(url: impl Iterator<Item = u8> + Clone) -> Option<String> {
    let schemes = ["https://", "http://", "//"];
    let after_scheme = schemes.iter().find_map(|scheme| after(url.clone(), scheme))?;
    let authority = after_scheme.take_while(|byte| !matches!(byte, b'/' | b'\\' | b'?' | b'#' | b' '));
    let mut host = String::from_utf8(authority.collect()).ok()?;
    if let Some(at) = host.rfind('@') {
        host.drain(..=at);
    }
    let end = host.find(']').map(|end| end + 1).or_else(|| host.find(':'));
    host.truncate(end.unwrap_or(host.len()));
    Some(host)
}

/// Returns whether a host is this domain or one below it.
fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Returns the problem of the address of 阅读原文 (Read more): it has to be a plausible public http(s) URL (wechat-api
/// §11.1, errcode 41039).
pub fn problem(url: &str) -> Option<&'static str> {
    if url.bytes().any(|byte| byte <= b' ' || byte == 0x7F) {
        return Some("has a blank or a control character in it");
    }
    match host(normalize(url)) {
        Some(_) if url.starts_with('/') => Some(NO_SCHEME),
        Some(host) if is_public(&host) => None,
        Some(_) => Some("has a host that the public can't reach"),
        None => Some(NO_SCHEME),
    }
}

const NO_SCHEME: &str = "does not begin with http:// or https://";

/// Returns whether a host can be a public one: a name with a dot, or an address outside this machine and private
/// networks.
fn is_public(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').and_then(|address| address.parse().ok());
        return address.is_some_and(|address| is_public_address(IpAddr::V6(address)));
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    if name.bytes().all(|byte| matches!(byte, b'.' | b'0'..=b'9')) {
        // Figures and dots that are no whole address are a short form of one, which only private use has.
        return name.parse().is_ok_and(|address| is_public_address(IpAddr::V4(address)));
    }
    let has_dot = name.contains('.') && !name.starts_with('.') && !name.contains("..");
    // A name beyond ASCII may have other dots, which browsers know.
    (has_dot || !name.is_ascii()) && !is_within(name, "localhost")
}

fn is_public_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let is_this_network = v4.octets().first() == Some(&0);
            !(is_this_network || v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_broadcast())
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public_address(IpAddr::V4(v4)),
            None => !(v6.is_unspecified() || v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::decode;

    #[test]
    fn the_host_is_between_scheme_and_user_and_port_and_path() {
        for (url, expected) in [
            ("https://mmbiz.qpic.cn/mmbiz_jpg/x/0?wx_fmt=jpeg", "mmbiz.qpic.cn"),
            ("HTTP://MMBIZ.QPIC.CN", "mmbiz.qpic.cn"),
            (" \nhttps:/\t/mmbiz.qpic\r\n.cn ", "mmbiz.qpic.cn"),
            ("https://a:b@[::1]:80", "[::1]"),
            ("//mmbiz.qpic.cn:443#x", "mmbiz.qpic.cn"),
            ("https://mmbiz.qpic.cn@example.com/", "example.com"),
            ("https://a:b@c@example.com:1/@x", "example.com"),
            ("https://example.com?@mmbiz.qpic.cn", "example.com"),
            ("https://example.com\\@mmbiz.qpic.cn", "example.com"),
            ("http://[::1]:80/", "[::1]"),
            ("https://", ""),
        ] {
            assert_eq!(host(normalize(url)).as_deref(), Some(expected), "{url}");
        }
        for other in [
            "",
            "/a",
            "a.png",
            "#a",
            "mailto:a@b.c",
            "ftp://example.com",
            "https:/a",
            "http",
        ] {
            assert_eq!(host(normalize(other)), None, "{other}");
        }
    }

    #[test]
    fn an_address_leads_to_one_of_five_targets() {
        for (value, target) in [
            ("Data:image/png;base64,AA", Target::Data),
            (" &#106;avaScript&colon;x", Target::Script),
            ("http://mmbiz.qpic.cn/x?a=1&amp;b=2", Target::WeChatImage),
            ("//MMBIZ.qpic.cn", Target::WeChatImage),
            ("https://mp.weixin.qq.com/s/x", Target::WeChatArticle),
            ("https://mp.weixin.qq.com.cn/s/x", Target::Elsewhere),
            ("x.mp.weixin.qq.com", Target::Elsewhere),
            ("a.png", Target::Elsewhere),
            ("", Target::Elsewhere),
        ] {
            assert_eq!(target_of(&decode(value)), target, "{value}");
        }
    }

    #[test]
    fn a_long_address_hides_nothing() {
        let long = |before: &str, piece: &str, after: &str| format!("{before}{}{after}", piece.repeat(5_000));
        for (url, target) in [
            (
                long("http://mmbiz.qpic.cn:", "x", "@example.com/a.png"),
                Target::Elsewhere,
            ),
            (
                long("https://mp.weixin.qq.com:", "x", "@example.com/"),
                Target::Elsewhere,
            ),
            (long("java", "\n", "script:x"), Target::Script),
            (long("http://mmbiz.qpic.cn/", "x", "@example.com"), Target::WeChatImage),
        ] {
            assert_eq!(target_of(&url), target);
        }
    }

    #[test]
    fn a_domain_includes_the_hosts_below_it() {
        assert!(is_within("mmbiz.qpic.cn", "qpic.cn") && is_within("qpic.cn", "qpic.cn"));
        assert!(!is_within("evilqpic.cn", "qpic.cn") && !is_within("qpic.cn.example", "qpic.cn"));
        assert!(!is_within("cn", "qpic.cn") && !is_within("", "qpic.cn"));
    }

    #[test]
    fn the_public_can_reach_a_source_url() {
        for url in [
            "https://example.com/post/1",
            "http://example.com",
            "HTTPS://Example.COM./?q=写作#x",
            "https://例子.中国/路径",
            "https://user@example.com:8443/",
            "http://8.8.8.8/",
            "http://100.0.0.1",
            "http://172.15.0.1/",
            "http://172.32.0.1/",
            "http://127.example.com",
            "http://10.1.example.com",
            "http://[2001:db8::1]/",
            "http://[::ffff:8.8.8.8]/",
        ] {
            assert_eq!(problem(url), None, "{url}");
        }
        for (url, word) in [
            ("example.com", "http://"),
            ("//example.com", "http://"),
            ("ftp://example.com", "http://"),
            ("javascript:alert(1)", "http://"),
            ("data:text/html,x", "http://"),
            ("https:/example.com", "http://"),
            ("https://", "public"),
            ("https:///path.html", "public"),
            ("https://localhost/", "public"),
            ("https://localhost.:80/", "public"),
            ("https://app.localhost/", "public"),
            ("https://intranet/wiki", "public"),
            ("https://.com", "public"),
            ("https://a..b", "public"),
            ("http://127.0.0.1:8080/", "public"),
            ("http://127.1/", "public"),
            ("http://10.0.0.1/", "public"),
            ("http://0.0.0.0", "public"),
            ("http://169.254.1.1", "public"),
            ("http://192.168.1.1/", "public"),
            ("http://172.16.0.1/", "public"),
            ("http://172.31.255.255/", "public"),
            ("http://255.255.255.255/", "public"),
            ("http://8.8.8/", "public"),
            ("http://8.8.8.256/", "public"),
            ("http://[fd00::1]/", "public"),
            ("http://[fe80::1]/", "public"),
            ("http://[::ffff:10.0.0.1]/", "public"),
            ("http://[no-address]/", "public"),
            ("http://[::1]/", "public"),
            ("http://[::]/", "public"),
            ("http://[]/", "public"),
            ("https://example.com/a b", "blank"),
            (" https://example.com", "blank"),
            ("https://example.com\n", "blank"),
            ("https://example.com/\u{7f}", "blank"),
        ] {
            let found = problem(url).unwrap_or("nothing");
            assert!(found.contains(word), "{url}: {found}");
        }
    }
}
