//! Addresses, and the places that they lead to.
//!
//! Written by hand: `url` was measured at 198 KB more. It also refuses relative and broken addresses, which HTML has,
//! and copies `data:` URIs of megabytes.

/// The hosts whose pictures WeChat keeps (article-html §3).
const IMAGE_HOSTS: [&str; 8] = [
    "mmbiz.qpic.cn",
    "mmbiz.qlogo.cn",
    ARTICLE_HOST,
    "res.wx.qq.com",
    "mmcomm.qpic.cn",
    "finder.video.qq.com",
    "wx.qlogo.cn",
    "wxapp.tc.qq.com",
];
/// The domains of Tencent's other hosts. article-html §3 names none: this list is this project's choice. It has the
/// domains of the hosts above, and those of WeChat, QQ and Tencent itself. Domains that Tencent lets to others, such as
/// `myqcloud.com`, are not in it.
const TENCENT_DOMAINS: [&str; 8] = [
    "qpic.cn",
    "qlogo.cn",
    "qq.com",
    "gtimg.com",
    "gtimg.cn",
    "wechat.com",
    "weixin.com",
    "tencent.com",
];
/// The host of articles.
const ARTICLE_HOST: &str = "mp.weixin.qq.com";

/// The place that an address leads to, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The data themselves.
    Data,
    /// A script.
    Script,
    /// A host whose pictures WeChat keeps.
    WeChatImage,
    /// WeChat's host of articles, whose pictures it keeps as well.
    WeChatArticle,
    /// Another host of Tencent's. Nothing is certain about its pictures.
    Tencent,
    /// Anything else.
    Elsewhere,
}

impl Target {
    /// Returns whether WeChat keeps a picture there.
    pub const fn keeps_pictures(self) -> bool {
        matches!(self, Self::WeChatImage | Self::WeChatArticle)
    }
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
        Some(ARTICLE_HOST) => Target::WeChatArticle,
        Some(host) if IMAGE_HOSTS.contains(&host) => Target::WeChatImage,
        Some(host) if TENCENT_DOMAINS.iter().any(|domain| is_within(host, domain)) => Target::Tencent,
        _ => Target::Elsewhere,
    }
}

/// Returns the bytes of an address as browsers read it: in lower case, without leading blanks, and without line breaks
/// and tabs. They come one by one, as a `data:` URI may have megabytes.
pub fn normalize(url: &str) -> impl Iterator<Item = u8> + Clone {
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
    host_and_port(url).map(|(host, _)| host)
}

/// Returns the host, and what comes after it, such as `:443`.
pub fn host_and_port(url: impl Iterator<Item = u8> + Clone) -> Option<(String, String)> {
    let schemes = ["https://", "http://", "//"];
    let after_scheme = schemes.iter().find_map(|scheme| after(url.clone(), scheme))?;
    let authority = after_scheme.take_while(|byte| !matches!(byte, b'/' | b'\\' | b'?' | b'#'));
    let mut host = String::from_utf8(authority.collect()).ok()?;
    // Browsers ignore blanks at the end of an address.
    host.truncate(host.trim_ascii_end().len());
    if let Some(at) = host.rfind('@') {
        host.drain(..=at);
    }
    let end = host.find(']').map(|end| end + 1).or_else(|| host.find(':'));
    let port = host.split_off(end.unwrap_or(host.len()));
    Some((host, port))
}

/// Returns whether a host is this domain or one below it.
pub fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
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
    fn an_address_leads_to_one_of_six_targets() {
        for (value, target) in [
            ("Data:image/png;base64,AA", Target::Data),
            (" &#106;avaScript&colon;x", Target::Script),
            ("http://mmbiz.qpic.cn/x?a=1&amp;b=2", Target::WeChatImage),
            ("//MMBIZ.qpic.cn", Target::WeChatImage),
            ("https://mp.weixin.qq.com/s/x", Target::WeChatArticle),
            ("https://mmbiz.qlogo.cn/x", Target::WeChatImage),
            ("https://res.wx.qq.com/x", Target::WeChatImage),
            ("https://mmcomm.qpic.cn/x", Target::WeChatImage),
            ("https://finder.video.qq.com/x", Target::WeChatImage),
            ("https://wx.qlogo.cn/x", Target::WeChatImage),
            ("https://wxapp.tc.qq.com/x ", Target::WeChatImage),
            ("https://mmecoa.qpic.cn/x", Target::Tencent),
            ("https://x.mmbiz.qpic.cn/x", Target::Tencent),
            ("https://thirdqq.qlogo.cn", Target::Tencent),
            ("https://weixin.qq.com/x", Target::Tencent),
            ("https://y.gtimg.cn/x", Target::Tencent),
            ("https://x.mp.weixin.qq.com/x", Target::Tencent),
            ("https://evilqq.com/x", Target::Elsewhere),
            ("https://x.myqcloud.com/x", Target::Elsewhere),
            ("https://mmbiz.qpic.cn x/y", Target::Elsewhere),
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
}
