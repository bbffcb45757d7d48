//! The address of 阅读原文 (read the original): whether the public can reach it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::url::{host_and_port, is_within, normalize};
use crate::texts::ReportTexts;

/// Returns the problem of the address: it has to be a plausible public http(s) URL (wechat-api §11.1, errcode 41039).
pub fn problem(texts: &ReportTexts, url: &str) -> Option<&'static str> {
    if url.bytes().any(|byte| byte <= b' ' || byte == 0x7F) {
        return Some(texts.url_blank);
    }
    // Browsers end the host there, and others do not.
    let authority = url.split(['/', '?', '#']).nth(2);
    if authority.is_some_and(|authority| authority.contains('\\')) {
        return Some(texts.url_backslash);
    }
    match host_and_port(normalize(url)) {
        None => Some(texts.url_scheme),
        Some(_) if url.starts_with('/') => Some(texts.url_scheme),
        Some((host, _)) if !is_public(&to_ascii(&host)) => Some(texts.url_private),
        Some((_, port)) if !is_port(&port) => Some(texts.url_port),
        Some(_) => None,
    }
}

/// Returns a host with the full-width forms of ASCII and the ideographic full stops as browsers read them
/// (<https://www.unicode.org/reports/tr46/#Mapping>). Other characters beyond ASCII stay.
fn to_ascii(host: &str) -> String {
    const FULL_WIDTH: u32 = '！' as u32 - '!' as u32;
    let plain = |character: char| match character {
        '。' | '｡' => '.',
        '！'..='～' => char::from_u32(character as u32 - FULL_WIDTH).map_or(character, |c| c.to_ascii_lowercase()),
        _ => character,
    };
    host.chars().map(plain).collect()
}

/// The most characters of a name, and of each part of it (RFC 1035 §2.3.4). One beyond ASCII has at least as many in
/// the spelling of the DNS.
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

/// Returns whether the text after a host is a port, or none.
fn is_port(text: &str) -> bool {
    match text.strip_prefix(':') {
        Some("") => true,
        Some(number) => {
            let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
            is_number && number.parse::<u16>().is_ok_and(|port| port > 0)
        }
        None => text.is_empty(),
    }
}

/// The domains that no public name is in: those kept for private use, for tests and for other systems than the DNS
/// (RFC 6761, RFC 6762 with its appendix G, RFC 7686, RFC 8375, RFC 9476, and ICANN's `internal` and `mail`), and that
/// of routers.
const PRIVATE: [&str; 16] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "home.arpa",
    "lan",
    "test",
    "invalid",
    "example",
    "onion",
    "alt",
    "mail",
];

/// Returns whether a host can be a public one: a name with a dot, or an address outside this machine and private
/// networks.
fn is_public(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').and_then(|address| address.parse().ok());
        return address.is_some_and(|address| is_public_address(IpAddr::V6(address)));
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    if ends_in_number(name) {
        // A short form (`8.8.8` is 8.8.0.8 to browsers), or one with octal or hexadecimal figures, is refused: nobody
        // links to such.
        return name.parse().is_ok_and(|address| is_public_address(IpAddr::V4(address)));
    }
    let is_label = |label: &str| (1..=LONGEST_LABEL).contains(&label.chars().count());
    let has_labels = name.contains('.') && name.split('.').all(is_label) && name.chars().count() <= LONGEST_NAME;
    let is_name = name
        .bytes()
        .all(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    is_name && has_labels && !PRIVATE.iter().any(|domain| is_within(name, domain))
}

/// Returns whether browsers take a host for an IPv4 address: its last part is a number
/// (<https://url.spec.whatwg.org/#ends-in-a-number-checker>).
fn ends_in_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let (digits, radix) = last.strip_prefix("0x").map_or((last, 10), |digits| (digits, 16));
    digits.chars().all(|digit| digit.is_digit(radix)) && !last.is_empty()
}

fn is_public_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => embedded_v4(v6).map_or_else(|| is_public_v6(v6), is_public_v4),
    }
}

/// Returns whether an address is public, by <https://www.iana.org/assignments/iana-ipv4-special-registry>. Those for
/// documents and for relays to IPv6 are not.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let is_special = match first {
        // This network, and multicast or reserved.
        0 | 224.. => true,
        // Shared by a carrier's customers.
        100 => second & 0xC0 == 64,
        192 => matches!((second, third), (0, 0) | (88, 99)),
        // Benchmarks.
        198 => second & 0xFE == 18,
        _ => false,
    };
    let is_private = address.is_private() || address.is_loopback() || address.is_link_local();
    !(is_special || is_private || address.is_documentation())
}

/// Returns whether an address is public, by <https://www.iana.org/assignments/iana-ipv6-special-registry>: in
/// `2000::/3`, and neither for documents (`2001:db8::/32`, `3fff::/20`) nor of a relay (6to4, `2002::/16`).
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_special = match first {
        0x2001 => second == 0xDB8,
        0x2002 => true,
        0x3FFF => second < 0x1000,
        _ => false,
    };
    first & 0xE000 == 0x2000 && !is_special
}

/// Returns the IPv4 address that an IPv6 address stands for: mapped, or translated with the well-known prefix
/// `64:ff9b::/96` (RFC 6052).
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.segments() {
        [0, 0, 0, 0, 0, 0xFFFF, a, b] | [0x64, 0xFF9B, 0, 0, 0, 0, a, b] => {
            Some(Ipv4Addr::from((u32::from(a) << 16) | u32::from(b)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;

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
            "http://[2606:4700::1111]/",
            "http://[2606:4700::1111]:65535/",
            "http://[2001:4860:4860::8888]/",
            "https://例子。中国/",
            "https://ｅｘａｍｐｌｅ．ＣＯＭ/",
            "http://８。８。８。８/",
            "https://example.com/a\\b",
            "https://example.com?a\\b",
            "https://mail.example.com/",
            "http://192.0.1.1/",
            "http://192.88.98.1/",
            "http://198.51.99.1/",
            "http://[64:ff9b::8.8.8.8]/",
            "http://100.63.0.1/",
            "http://100.128.0.1/",
            "http://198.17.0.1/",
            "http://223.255.255.1/",
            "http://203.0.112.7/",
            "https://example.com:/",
            "https://example.com:65535/",
            "https://local.example.com/",
            "https://mylocal.com/",
            "https://a_b.example.com/",
            "http://[::ffff:8.8.8.8]/",
        ] {
            assert_eq!(problem(&EN.report, url), None, "{url}");
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
            ("http://[fec0::1]/", "public"),
            ("http://[ff02::1]/", "public"),
            ("http://[::127.0.0.1]/", "public"),
            ("http://[64:ff9b::10.0.0.1]/", "public"),
            ("http://100.64.0.1/", "public"),
            ("http://100.127.255.255/", "public"),
            ("http://198.19.0.1/", "public"),
            ("http://224.0.0.1/", "public"),
            ("http://240.0.0.1/", "public"),
            ("http://0x7f.0.0.1/", "public"),
            ("http://0177.0.0.1/", "public"),
            ("http://2130706433/", "public"),
            ("http://example.1/", "public"),
            ("https://printer.local/", "public"),
            ("https://PRINTER.LOCAL./", "public"),
            ("https://db.internal/", "public"),
            ("https://router.lan:8080/", "public"),
            ("https://nas.home.arpa/", "public"),
            ("https://site.test/", "public"),
            ("https://a%2eb/", "public"),
            ("https://例子/", "public"),
            ("https://a../", "public"),
            ("https://ｌｏｃａｌｈｏｓｔ/", "public"),
            ("https://printer。local/", "public"),
            ("https://printer｡LOCAL。/", "public"),
            ("http://１２７．０．０．１/", "public"),
            ("http://10。0。0。1/", "public"),
            ("http://0Ｘ7F.1/", "public"),
            ("http://exa／mple.com/", "public"),
            ("http://192.0.0.1/", "public"),
            ("http://192.0.2.1/", "public"),
            ("http://192.88.99.1/", "public"),
            ("http://198.51.100.1/", "public"),
            ("http://203.0.113.7/", "public"),
            ("http://[2001:db8::1]/", "public"),
            ("http://[3fff:fff::1]/", "public"),
            ("http://[2002:808:808::1]/", "public"),
            ("http://[64:ff9b:1::808:808]/", "public"),
            ("http://[100::1]/", "public"),
            ("http://[::ffff:192.0.2.1]/", "public"),
            ("https://a.localdomain/", "public"),
            ("https://a.onion/", "public"),
            ("https://a.alt/", "public"),
            ("https://a.mail/", "public"),
            ("https://mail/", "public"),
            ("https://example.com\\@10.0.0.1/", "backslash"),
            ("https://\\example.com/", "backslash"),
            ("https://example.com\\", "backslash"),
            ("https://exa<mple.com/", "public"),
            ("https://example.com:65536/", "port"),
            ("https://example.com:99999/", "port"),
            ("https://example.com:0/", "port"),
            ("https://example.com:+80/", "port"),
            ("https://example.com:80a/", "port"),
            ("https://[2606:4700::1111]x/", "port"),
            ("https://example.com/a b", "blank"),
            (" https://example.com", "blank"),
            ("https://example.com\n", "blank"),
            ("https://example.com/\u{7f}", "blank"),
        ] {
            let found = problem(&EN.report, url).unwrap_or("nothing");
            assert!(found.contains(word), "{url}: {found}");
        }
        for (label, labels, is_public) in [("a", 63, true), ("a", 64, false), ("写", 63, true), ("写", 64, false)] {
            let url = format!("https://{}.com/", label.repeat(labels));
            assert_eq!(problem(&EN.report, &url).is_none(), is_public, "{url}");
        }
        assert!(problem(&EN.report, &format!("https://{}com/", "a.".repeat(125))).is_none());
        assert!(problem(&EN.report, &format!("https://{}com/", "a.".repeat(126))).is_some());
    }
}
