//! The link to the original of an article: it must be a plausible public http(s) URL (wechat-api §11.1, 41039).

use std::net::{Ipv4Addr, Ipv6Addr};

/// Most bytes (wechat-api §16).
const LONGEST: usize = 1024;

/// Most bytes of a host name and of a label (RFC 1035).
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

/// Names that no public host has: reserved by RFC 2606, 6761, 6762, 7686, 8375 and 9476 or by ICANN, and those of
/// routers.
const PRIVATE_NAMES: [&str; 16] = [
    "alt",
    "corp",
    "example",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "mail",
    "onion",
    "private",
    "test",
];

/// IPv4 networks that are not public (IANA's registry of special purposes): first address and length of the prefix.
const PRIVATE_IPV4: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// Returns whether a link can lead to a public page.
pub(crate) fn is_public(url: &str) -> bool {
    if url.len() > LONGEST || url.chars().any(|character| character.is_control()) {
        return false;
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return false;
    }
    // Browsers read a backslash as a slash, other readers do not: such a link leads nowhere for sure.
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if authority.contains('\\') {
        return false;
    }
    if let Some(rest) = host.strip_prefix('[') {
        let Some((inner, port)) = rest.split_once(']') else {
            return false;
        };
        let port = port.strip_prefix(':').map_or(port.is_empty(), is_port);
        return port && inner.parse().is_ok_and(is_public_ipv6);
    }
    let (host, port) = host
        .split_once(':')
        .map_or((host, true), |(host, port)| (host, is_port(port)));
    port && is_public_host(&ascii_form(host))
}

/// Returns whether it is the number of a port, or nothing, which stands for the scheme's own.
fn is_port(port: &str) -> bool {
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
    is_number && (port.is_empty() || port.parse().is_ok_and(|port: u16| port > 0))
}

/// Returns a host with its full-width characters as those of ASCII, as browsers read them, in lower case.
fn ascii_form(host: &str) -> String {
    host.chars()
        .map(|character| match character {
            '\u{3002}' | '\u{ff61}' => '.',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
            other => other,
        })
        .collect::<String>()
        .to_ascii_lowercase()
}

fn is_public_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    // A host whose last label is a number is an IPv4 address (URL Standard).
    if number(last).is_some() || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return ipv4(&labels).is_some_and(is_public_ipv4);
    }
    let is_private = PRIVATE_NAMES.iter().any(|name| {
        host.strip_suffix(name)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    });
    labels.len() > 1 && host.len() <= LONGEST_NAME && labels.iter().all(|label| is_label(label)) && !is_private
}

fn is_label(label: &str) -> bool {
    let is_allowed = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_');
    (1..=LONGEST_LABEL).contains(&label.len()) && label.chars().all(is_allowed)
}

/// Reads an IPv4 address of one to four numbers, of which the last fills the rest.
fn ipv4(labels: &[&str]) -> Option<Ipv4Addr> {
    let (last, first) = labels.split_last()?;
    if first.len() > 3 {
        return None;
    }
    let mut address = 0;
    for label in first {
        address = address << 8 | u32::from(u8::try_from(number(label)?).ok()?);
    }
    let rest = 8 * (4 - first.len() as u32);
    let last = number(last)?;
    (last < 1 << rest).then(|| Ipv4Addr::from(u32::try_from(u64::from(address) << rest | last).unwrap_or(0)))
}

/// Reads a number: decimal, octal after `0`, hexadecimal after `0x`. Longer ones than any address has are none.
fn number(text: &str) -> Option<u64> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (text, 8),
        None => (text, 10),
    };
    match digits {
        "" if radix == 16 => Some(0),
        digits if digits.bytes().all(|byte| char::from(byte).is_digit(radix)) => {
            u64::from_str_radix(digits, radix).ok()
        }
        _ => None,
    }
}

fn is_public_ipv4(ip: Ipv4Addr) -> bool {
    let bits = u32::from(ip);
    !PRIVATE_IPV4
        .iter()
        .any(|(network, prefix)| (bits ^ u32::from_be_bytes(*network)) >> (32 - prefix) == 0)
}

/// Returns whether an IPv6 address is one of the public network, 2000::/3, or stands for a public IPv4 address.
fn is_public_ipv6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let embedded = |high: u16, low: u16| is_public_ipv4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match [a, b] {
        // NAT64 (RFC 6052).
        [0x64, 0xff9b] if [c, d, e, f] == [0; 4] => embedded(g, h),
        // 6to4 (RFC 3056).
        [0x2002, high] => embedded(high, c),
        // Special purposes such as Teredo (RFC 2928), and documentation (RFC 3849, 9637).
        [0x2001, 0..=0x1ff | 0xdb8] | [0x3fff, 0..=0xfff] => false,
        _ => (0x2000..=0x3fff).contains(&a),
    }
}
