//! Numbers that a reader of JSON does not keep: integers from 2^64, of which it keeps the first digits only, and
//! `1E400`, over which it gives up. An id may be such an integer, and a string instead (wechat-api §3.3), in which it
//! is whole.

use memchr::memchr2;

use super::lenient;
use super::repair::Repaired;

/// Longest reply that is searched, in bytes. Longer ones are lists, whose ids are strings, and a copy of one would take
/// its memory once more.
pub const QUOTED_MAX: usize = 1024 * 1024;

/// Replaces a large number that is no integer: a number that no field can have, either.
const NOT_WHOLE: &str = "0.5";

/// Puts large integers into quotation marks, and replaces other large numbers.
pub fn quote_large_numbers(reply: Repaired) -> Repaired {
    if reply.text.len() > QUOTED_MAX {
        return reply;
    }
    let mut quoted = String::new();
    let mut rest = reply.text.as_str();
    while let Some((before, number, after)) = next_number(rest) {
        quoted += before;
        match is_large(number) {
            true if number.contains(['.', 'e', 'E']) => quoted += NOT_WHOLE,
            true => quoted.extend(["\"", number, "\""]),
            false => quoted += number,
        }
        rest = after;
    }
    quoted += rest;
    Repaired { text: quoted, ..reply }
}

/// Returns the first number outside of strings, with the text before and after it.
fn next_number(text: &str) -> Option<(&str, &str, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'"' => at = end_of_string(bytes, at + 1)?,
            b'-' | b'0'..=b'9' => break,
            _ => at += 1,
        }
    }
    let (before, number) = text.split_at_checked(at)?;
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
    let length = number.bytes().take_while(is_part).count();
    let (number, after) = number.split_at_checked(length)?;
    Some((before, number, after))
}

/// Returns the place after the quotation mark that ends a string.
fn end_of_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let found = at + memchr2(b'"', b'\\', bytes.get(at..)?)?;
        match bytes.get(found)? {
            b'"' => return Some(found + 1),
            _ => at = found + 2,
        }
    }
}

fn is_large(number: &str) -> bool {
    let is_kept = number.parse::<i64>().is_ok()
        || number.parse::<u64>().is_ok()
        || lenient::float(number).is_some_and(|number| number.abs() <= lenient::EXACT_MAX);
    !is_kept && is_number(number)
}

/// Returns whether the text is a number by the grammar of JSON, however large.
fn is_number(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (text, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let integer = text.strip_prefix('-').unwrap_or(text);
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let has_zero = integer.len() > 1 && integer.starts_with('0');
    is_digits(integer) && !has_zero && is_digits(fraction) && is_digits(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        let reply = Repaired {
            text: text.to_owned(),
            has_placeholders: false,
        };
        quote_large_numbers(reply).text
    }

    #[test]
    fn large_integers_become_strings() {
        for number in ["18446744073709551616", "-9223372036854775809", &"7".repeat(1000)] {
            assert_eq!(
                quoted(&format!("{{\"a\":[{number} ]}}")),
                format!("{{\"a\":[\"{number}\" ]}}")
            );
        }
    }

    #[test]
    fn other_large_numbers_stay_numbers() {
        for number in ["1E400", "-1e+400", "123456789012345678901234567890.5", "1e16"] {
            assert_eq!(quoted(&format!("{{\"a\":[{number}]}}")), "{\"a\":[0.5]}");
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in [
            "",
            "{\"a\":18446744073709551615,\"b\":-9223372036854775808}",
            "{\"a\":[0,-0,7.0,7.2e3,1E-400,0.12345678901234567890123456789]}",
            r#"{"a":"18446744073709551616","b\"1E400":"\\","c":"1E400\""}"#,
            "{\"a\":111111111111111111111-2}",
            "{\"a\":00000000000000000000000}",
            "{\"a\":1E}",
            "{\"a\":1E+}",
            "{\"a\":1.E400}",
            "{\"a\":1E400.5}",
            "{\"a\":--1E400}",
            "{\"a\":\"1E400",
            "{\"a\":\"1E400\\",
            "写 - 1E",
        ] {
            assert_eq!(quoted(text), text);
        }
    }
}
