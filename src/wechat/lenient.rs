//! Readers for fields whose types drift (wechat-api §3.3): numbers as strings and the reverse, whole numbers with a
//! fraction or an exponent, `null` for nothing, 0 and 1 for truth. Each is meant for `#[serde(deserialize_with =
//! "…")]`, and reads from a [`Value`] (see [`Object`](super::object::Object)), so that strings are moved and lists have
//! a limited length. A reader refuses nothing unless its documentation does: it takes a value of another shape for
//! none.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde_json::Value;

use super::repair::REPLACEMENT;

/// Longest text that is read as a number, in bytes: room for every number that a field can have.
const NUMBER_MAX: usize = 40;
/// Above this, numbers with a fraction or an exponent are no longer exact: 2^53.
pub const EXACT_MAX: f64 = 9_007_199_254_740_992.0;

/// Reads a string, or a whole number in place of one; empty if there is none.
pub fn text<'de, D: Deserializer<'de>>(field: D) -> Result<String, D::Error> {
    Ok(optional_text(field)?.unwrap_or_default())
}

/// Reads a string, or a whole number in place of one.
pub fn optional_text<'de, D: Deserializer<'de>>(field: D) -> Result<Option<String>, D::Error> {
    Ok(as_text(Value::deserialize(field)?))
}

/// Reads a string that is not empty, or a whole number in place of one.
pub fn non_empty<'de, D: Deserializer<'de>>(field: D) -> Result<Option<String>, D::Error> {
    Ok(optional_text(field)?.filter(|text| !text.is_empty()))
}

/// Reads an id that the answer must have, and refuses everything that is none (see [`optional_id`]).
pub fn id<'de, D: Deserializer<'de>>(field: D) -> Result<String, D::Error> {
    optional_id(field)?.ok_or_else(|| D::Error::custom("no id"))
}

/// Reads an id, which may be a number. One with a character that no id has is none: it came damaged and would name
/// nothing. Nor is 0 or a negative number one: servers write those for "nothing".
pub fn optional_id<'de, D: Deserializer<'de>>(field: D) -> Result<Option<String>, D::Error> {
    Ok(optional_text(field)?.filter(|id| is_id(id)))
}

/// Reads a web address; see [`is_url`].
pub fn optional_url<'de, D: Deserializer<'de>>(field: D) -> Result<Option<String>, D::Error> {
    Ok(optional_text(field)?.filter(|url| is_url(url)))
}

/// Reads a whole number, or a string that holds one.
pub fn optional_number<'de, D: Deserializer<'de>>(field: D) -> Result<Option<i64>, D::Error> {
    Ok(as_number(&Value::deserialize(field)?))
}

/// Reads a truth value, as one, as a number or as either in a string.
pub fn flag<'de, D: Deserializer<'de>>(field: D) -> Result<bool, D::Error> {
    Ok(match Value::deserialize(field)? {
        Value::Bool(truth) => truth,
        Value::String(text) if text == "true" => true,
        other => as_number(&other).is_some_and(|number| number != 0),
    })
}

/// Reads a number as [`optional_number`] does. Refuses one that is negative, and everything else: a count that is not
/// there is not 0.
pub fn count<'de, D: Deserializer<'de>>(field: D) -> Result<u64, D::Error> {
    let number = optional_number(field)?.and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| D::Error::custom("no count"))
}

/// Reads a number as [`count`] does. `null` is none.
pub fn optional_count<'de, D: Deserializer<'de>>(field: D) -> Result<Option<u64>, D::Error> {
    match Value::deserialize(field)? {
        Value::Null => Ok(None),
        value => count(value).map(Some).map_err(D::Error::custom),
    }
}

/// Reads a number as [`optional_number`] does; 0 if there is none or it is negative. For fields that nothing depends
/// on.
pub fn count_or_zero<'de, D: Deserializer<'de>>(field: D) -> Result<u64, D::Error> {
    let number = optional_number(field)?.and_then(|number| u64::try_from(number).ok());
    Ok(number.unwrap_or_default())
}

/// Reads a time in Unix seconds. 0 is none.
pub fn time<'de, D: Deserializer<'de>>(field: D) -> Result<Option<u64>, D::Error> {
    Ok(Some(count_or_zero(field)?).filter(|&time| time > 0))
}

/// Reads an object. `null`, an empty string and an empty list are none: some servers write an object without fields
/// like that. Refuses everything else.
pub fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Option<T>, D::Error> {
    match Value::deserialize(field)? {
        object @ Value::Object(_) => T::deserialize(object).map(Some).map_err(D::Error::custom),
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::Array(items) if items.is_empty() => Ok(None),
        _ => Err(D::Error::custom("no object")),
    }
}

/// Reads a list of objects, and leaves out everything in it that is not one; empty if there is none.
pub fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Vec<T>, D::Error> {
    let Value::Array(items) = Value::deserialize(field)? else {
        return Ok(Vec::new());
    };
    let objects = items.into_iter().filter(Value::is_object).map(T::deserialize);
    objects.collect::<Result<_, _>>().map_err(D::Error::custom)
}

/// Reads a list of objects. Refuses everything else but `null`, which is none: a part of the list that can't be read
/// would be missing without a word.
pub fn objects<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Option<Vec<T>>, D::Error> {
    let value = Value::deserialize(field)?;
    match &value {
        Value::Array(items) if items.iter().all(Value::is_object) => list(value).map(Some).map_err(D::Error::custom),
        Value::Null => Ok(None),
        _ => Err(D::Error::custom("no list of objects")),
    }
}

/// Reads a list of whole numbers, and leaves out everything in it that is not one; empty if there is none.
pub fn numbers<'de, D: Deserializer<'de>>(field: D) -> Result<Vec<i64>, D::Error> {
    Ok(match Value::deserialize(field)? {
        Value::Array(items) => items.iter().filter_map(as_number).collect(),
        _ => Vec::new(),
    })
}

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
mod tests;
