//! The address of 阅读原文 (read the original): whether the public can reach it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::url::{host_and_port, is_within, normalize};

/// Returns the problem of the address: it has to be a plausible public http(s) URL (wechat-api §11.1, errcode 41039).
pub fn problem(url: &str) -> Option<&'static str> {
    if url.bytes().any(|byte| byte <= b' ' || byte == 0x7F) {
        return Some("has a blank or a control character in it");
    }
    match host_and_port(normalize(url)) {
        None => Some(NO_SCHEME),
        Some(_) if url.starts_with('/') => Some(NO_SCHEME),
        Some((host, _)) if !is_public(&host) => Some("has a host that the public can't reach"),
        Some((_, port)) if !is_port(&port) => Some("has a port that is not between 1 and 65535"),
        Some(_) => None,
    }
}

const NO_SCHEME: &str = "does not begin with http:// or https://";

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

/// The domains that no public name is in: those kept for private use and for tests (RFC 6761, RFC 6762 with its appendix
/// G, RFC 8375, and ICANN's `internal`).
const PRIVATE: [&str; 12] = [
    "localhost",
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
        // A short form, or one with octal or hexadecimal figures, is for private use only.
        return name.parse().is_ok_and(|address| is_public_address(IpAddr::V4(address)));
    }
    let has_dot = name.contains('.') && !name.starts_with('.') && !name.contains("..");
    let is_name = name
        .bytes()
        .all(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    // A name beyond ASCII may have other dots, which browsers know.
    is_name && (has_dot || !name.is_ascii()) && !PRIVATE.iter().any(|domain| is_within(name, domain))
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
        IpAddr::V6(v6) => match embedded_v4(v6) {
            Some(v4) => is_public_v4(v4),
            None => {
                let is_site_local = v6.segments().first().is_some_and(|first| first & 0xFFC0 == 0xFEC0);
                let is_private = is_site_local || v6.is_unique_local() || v6.is_unicast_link_local();
                !(v6.is_unspecified() || v6.is_loopback() || v6.is_multicast() || is_private)
            }
        },
    }
}

/// Addresses that are not public, by <https://www.iana.org/assignments/iana-ipv4-special-registry>. Those for examples
/// pass, as documents have them.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_this_network = first == 0;
    let is_carrier_shared = first == 100 && second & 0xC0 == 64;
    let is_benchmark = first == 198 && second & 0xFE == 18;
    let is_multicast_or_reserved = first >= 224;
    let is_private = address.is_private() || address.is_loopback() || address.is_link_local();
    !(is_this_network || is_carrier_shared || is_benchmark || is_multicast_or_reserved || is_private)
}

/// Returns the IPv4 address that an IPv6 address stands for: mapped, compatible, or translated (RFC 6052).
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [high, middle, .., a, b] = address.segments();
    let is_compatible = address.segments().iter().take(6).all(|segment| *segment == 0) && a != 0;
    let is_translated = (high, middle) == (0x64, 0xFF9B);
    if is_compatible || is_translated {
        return Some(Ipv4Addr::from((u32::from(a) << 16) | u32::from(b)));
    }
    address.to_ipv4_mapped()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "http://[2001:db8::1]:65535/",
            "http://[64:ff9b::8.8.8.8]/",
            "http://100.63.0.1/",
            "http://100.128.0.1/",
            "http://198.17.0.1/",
            "http://223.255.255.1/",
            "http://203.0.113.7/",
            "https://example.com:/",
            "https://example.com:65535/",
            "https://local.example.com/",
            "https://mylocal.com/",
            "https://a_b.example.com/",
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
            ("https://exa<mple.com/", "public"),
            ("https://example.com:65536/", "port"),
            ("https://example.com:99999/", "port"),
            ("https://example.com:0/", "port"),
            ("https://example.com:+80/", "port"),
            ("https://example.com:80a/", "port"),
            ("https://[2001:db8::1]x/", "port"),
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
