//! Readers for fields whose types drift (wechat-api §3.3): numbers as strings and the reverse, `null` for nothing, 0
//! and 1 for truth. Each is meant for `#[serde(deserialize_with = "…")]`, and reads from a [`Value`] (see
//! [`Object`](super::object::Object)), so that strings are moved and lists have a limited length. A reader refuses
//! nothing unless its documentation does: it takes a value of another shape for none.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde_json::Value;

use super::repair::REPLACEMENT;

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

/// Reads a string, or a whole number in place of one; empty if there is none. Refuses `null`.
pub fn required_text<'de, D: Deserializer<'de>>(field: D) -> Result<String, D::Error> {
    match Value::deserialize(field)? {
        Value::Null => Err(D::Error::custom("null")),
        value => Ok(as_text(value).unwrap_or_default()),
    }
}

/// Reads an id that the answer must have. Refuses one with a character that no id has: it came damaged and would name
/// nothing.
pub fn id<'de, D: Deserializer<'de>>(field: D) -> Result<String, D::Error> {
    let id = text(field)?;
    match is_id(&id) {
        true => Ok(id),
        false => Err(D::Error::custom("no id")),
    }
}

/// Reads a whole number, a string that holds one, or a truth value as 0 or 1.
pub fn optional_number<'de, D: Deserializer<'de>>(field: D) -> Result<Option<i64>, D::Error> {
    Ok(as_number(&Value::deserialize(field)?))
}

/// Reads a number as [`optional_number`] does. Returns whether it is there and not 0.
pub fn flag<'de, D: Deserializer<'de>>(field: D) -> Result<bool, D::Error> {
    Ok(optional_number(field)?.is_some_and(|number| number != 0))
}

/// Reads a number as [`optional_number`] does; 0 if there is none or it is negative.
pub fn count<'de, D: Deserializer<'de>>(field: D) -> Result<u64, D::Error> {
    Ok(as_count(&Value::deserialize(field)?))
}

/// Reads a number as [`count`] does. `null` is none.
pub fn optional_count<'de, D: Deserializer<'de>>(field: D) -> Result<Option<u64>, D::Error> {
    let value = Value::deserialize(field)?;
    Ok((!value.is_null()).then(|| as_count(&value)))
}

/// Reads a time in Unix seconds. 0 is none.
pub fn time<'de, D: Deserializer<'de>>(field: D) -> Result<Option<u64>, D::Error> {
    Ok(Some(count(field)?).filter(|&time| time > 0))
}

/// Reads an object.
pub fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Option<T>, D::Error> {
    match Value::deserialize(field)? {
        object @ Value::Object(_) => T::deserialize(object).map(Some).map_err(D::Error::custom),
        _ => Ok(None),
    }
}

/// Reads a list of objects, and leaves out everything in it that is not one; empty if there is none.
pub fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Vec<T>, D::Error> {
    Ok(optional_list(field)?.unwrap_or_default())
}

/// Reads a list of objects, and leaves out everything in it that is not one.
pub fn optional_list<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Option<Vec<T>>, D::Error> {
    let Value::Array(items) = Value::deserialize(field)? else {
        return Ok(None);
    };
    let objects = items.into_iter().filter(Value::is_object).map(T::deserialize);
    objects.collect::<Result<_, _>>().map(Some).map_err(D::Error::custom)
}

/// Reads a list of objects. Refuses everything else but `null`.
pub fn objects<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Option<Vec<T>>, D::Error> {
    let value = Value::deserialize(field)?;
    match &value {
        Value::Array(items) if items.iter().all(Value::is_object) => optional_list(value).map_err(D::Error::custom),
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
        _ => None,
    }
}

/// Returns a whole number, the one that a string holds, or 0 or 1 for a truth value.
pub fn as_number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim_ascii().parse().ok(),
        Value::Bool(truth) => Some((*truth).into()),
        _ => None,
    }
}

/// Returns a whole number, as [`as_number`] does; 0 if there is none or it is negative.
pub fn as_count(value: &Value) -> u64 {
    as_number(value)
        .and_then(|number| u64::try_from(number).ok())
        .unwrap_or_default()
}

/// Returns whether a text can be an id.
pub fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != REPLACEMENT)
}

#[cfg(test)]
mod tests;
