//! Values whose types drift (wechat-api §3.3): numbers as strings and the reverse, whole numbers with a fraction or an
//! exponent. And what a text must look like to be an id, a token or an address.

use serde_json::Value;

use super::repair::REPLACEMENT;

/// Longest text that is read as a number, in bytes: room for every number that a field can have.
const NUMBER_MAX: usize = 40;
/// Above this, numbers with a fraction or an exponent are no longer exact: 2^53.
pub const EXACT_MAX: f64 = 9_007_199_254_740_992.0;

/// Returns a string, or a whole number as one.
pub fn as_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        number => as_number(&number).map(|number| number.to_string()),
    }
}

/// Returns a whole number in any spelling of JSON (`7`, `7.0`, `0.7e1`), or the one that a string holds. A truth value
/// is no number: `false` is not the number 0 of a success.
pub fn as_number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => {
            let text = text.trim_ascii();
            text.parse().ok().or_else(|| whole(float(text)?))
        }
        _ => None,
    }
}

/// Returns the number that a text holds, as JSON spells one.
pub fn float(text: &str) -> Option<f64> {
    match text.len() <= NUMBER_MAX {
        // As a value, because that reader is in the component already.
        true => serde_json::from_str::<Value>(text).ok()?.as_f64(),
        false => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole, and not too large")]
fn whole(number: f64) -> Option<i64> {
    (number.abs() <= EXACT_MAX && number.fract() == 0.0).then_some(number as i64)
}

/// Returns whether a text can be an id: letters, digits, `-` and `_` (wechat-api §1), and neither 0 nor negative if it
/// is a number.
pub fn is_id(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !text.is_empty() && text.bytes().all(is_allowed) && !text.parse::<i64>().is_ok_and(|number| number <= 0)
}

/// Returns whether a text can be a token. One that is not URL-safe still is, but not one that came damaged.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != REPLACEMENT)
}

/// Returns whether a text can be an address of WeChat's: `http` or `https`, a host, and nothing that no address has.
pub fn is_url(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'`');
    let host = text.split_once("://").and_then(|(scheme, rest)| {
        let is_http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        is_http.then_some(rest)
    });
    text.bytes().all(is_allowed) && host.is_some_and(|host| host.starts_with(|first: char| first.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_address_has_a_scheme_and_a_host() {
        for url in [
            "http://mmbiz.qpic.cn/x?wx_fmt=jpeg#a",
            "https://mp.weixin.qq.com",
            "HTTP://x/",
        ] {
            assert!(is_url(url), "{url}");
        }
        for url in [
            "",
            "http",
            "httpx://a",
            "http://",
            "http:///a",
            "http:/a",
            "//mmbiz.qpic.cn/x",
            "?http://a",
            "ftp://a",
            "0",
            "http://a b",
            "http://a\n",
            "http://写",
            "http://a\"b",
            "http://a<b",
            "javascript://a",
            " http://a",
        ] {
            assert!(!is_url(url), "{url}");
        }
    }
}
