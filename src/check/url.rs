//! Addresses: which host they lead to, and whether the public can get there.

use crate::find::{before, find};

/// Where WeChat keeps the images of articles (wechat-api §8.1, §9): `mmbiz.qpic.cn`, and hosts beside it.
const IMAGE_DOMAIN: &[u8] = b"qpic.cn";
/// Where articles are.
const ARTICLE_HOST: &[u8] = b"mp.weixin.qq.com";

/// Where an address leads, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To the data itself.
    Data,
    /// To a script.
    Script,
    /// To WeChat's host of images.
    WeChatImage,
    /// To WeChat's host of articles.
    WeChatArticle,
    /// Anywhere else.
    Elsewhere,
}

/// As much of a URL as is looked at: no scheme and host that lead anywhere are longer, but data can have megabytes.
const BEGINNING: usize = 4096;

/// Where a URL leads that stands in HTML, with character references resolved.
pub fn target_of(url: &[u8]) -> Target {
    let url = clean(url);
    match host(&url) {
        _ if url.starts_with(b"data:") => Target::Data,
        _ if url.starts_with(b"javascript:") => Target::Script,
        Some(host) if is_within(host, IMAGE_DOMAIN) => Target::WeChatImage,
        Some(ARTICLE_HOST) => Target::WeChatArticle,
        _ => Target::Elsewhere,
    }
}

/// The beginning of an address as readers take it: in small letters, without blanks before it, and without line breaks and tabs in
/// it.
fn clean(url: &[u8]) -> Vec<u8> {
    let mut clean = Vec::new();
    for &byte in url {
        if clean.len() == BEGINNING {
            break;
        }
        let skipped = matches!(byte, b'\t' | b'\n' | b'\r') || byte <= b' ' && clean.is_empty();
        if !skipped {
            clean.push(byte.to_ascii_lowercase());
        }
    }
    clean
}

/// The host of an address with http, https, or whatever the page has, without user and port.
fn host(url: &[u8]) -> Option<&[u8]> {
    let schemes = ["https://", "http://", "//"];
    let scheme = schemes.iter().find(|scheme| url.starts_with(scheme.as_bytes()))?;
    let mut host = before(url.get(scheme.len()..)?, b"/\\?# ");
    if scheme.len() + host.len() == BEGINNING {
        // What comes behind may make it a user's name.
        return None;
    }
    if let Some(at) = host.iter().rposition(|&byte| byte == b'@') {
        host = host.get(at + 1..)?;
    }
    let address = before(host, b"]");
    match host.get(..=address.len()) {
        Some(address) => Some(address),
        None => Some(before(host, b":")),
    }
}

/// Whether a host is this domain or one below it.
fn is_within(host: &[u8], domain: &[u8]) -> bool {
    host.ends_with(domain) && matches!(host.get(..host.len() - domain.len()), Some([] | [.., b'.']))
}

/// What is wrong with the address behind 阅读原文: it has to be a plausible public http(s) URL (wechat-api §11.1, errcode
/// 41039).
pub fn trouble(url: &str) -> Option<&'static str> {
    if url.as_bytes().iter().any(|&byte| byte <= b' ' || byte == 0x7F) {
        return Some("has a blank or a control character in it");
    }
    match host(&clean(url.as_bytes())) {
        Some(_) if url.starts_with('/') => Some(NO_SCHEME),
        Some(host) if is_public(host) => None,
        Some(_) => Some("has a host that the public can't reach"),
        None => Some(NO_SCHEME),
    }
}

const NO_SCHEME: &str = "does not begin with http:// or https://";

/// Whether a host can be a public one: a name with a dot, or an address that is not of this machine or a private network.
fn is_public(host: &[u8]) -> bool {
    if host.starts_with(b"[") {
        return host.len() > "[::1]".len() && host.ends_with(b"]");
    }
    let name = match host {
        [name @ .., b'.'] => name,
        name => name,
    };
    let dotted = find(name, b".") > Some(0) && find(name, b"..").is_none();
    let numeric = name.iter().all(|byte| matches!(byte, b'.' | b'0'..=b'9'));
    let private = numeric && PRIVATE.iter().any(|network| name.starts_with(network.as_bytes()));
    // Readers know other dots than this one, in names that are not ASCII.
    (dotted || !name.is_ascii()) && !private && !is_within(name, b"localhost")
}

/// How addresses begin that lead nowhere else. (Those from 172.16 to 172.31 are few, and would take more code than the rest.)
const PRIVATE: [&str; 5] = ["0.", "10.", "127.", "169.254.", "192.168."];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::decode;

    #[test]
    fn hosts_are_found_behind_scheme_user_and_port() {
        for (url, host) in [
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
            assert_eq!(super::host(&clean(url.as_bytes())), Some(host.as_bytes()), "{url}");
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
            assert_eq!(super::host(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn attributes_lead_somewhere() {
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
            assert_eq!(target_of(&decode(value.as_bytes())), target, "{value}");
        }
    }

    #[test]
    fn long_ones_hide_nothing() {
        let long = |before: &str, piece: &str, behind: &str| format!("{before}{}{behind}", piece.repeat(5_000));
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
            assert_eq!(target_of(url.as_bytes()), target);
        }
    }

    #[test]
    fn a_domain_has_hosts_below_it() {
        assert!(is_within(b"mmbiz.qpic.cn", b"qpic.cn") && is_within(b"qpic.cn", b"qpic.cn"));
        assert!(!is_within(b"evilqpic.cn", b"qpic.cn") && !is_within(b"qpic.cn.example", b"qpic.cn"));
        assert!(!is_within(b"cn", b"qpic.cn") && !is_within(b"", b"qpic.cn"));
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
            "http://127.example.com",
            "http://10.1.example.com",
            "http://[2001:db8::1]/",
        ] {
            assert_eq!(trouble(url), None, "{url}");
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
            ("http://[::1]/", "public"),
            ("http://[::]/", "public"),
            ("http://[]/", "public"),
            ("https://example.com/a b", "blank"),
            (" https://example.com", "blank"),
            ("https://example.com\n", "blank"),
            ("https://example.com/\u{7f}", "blank"),
        ] {
            let found = trouble(url).unwrap_or("nothing");
            assert!(found.contains(word), "{url}: {found}");
        }
    }
}
