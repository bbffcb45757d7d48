//! JSON as this server reads and writes it.

use std::io;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer};

use crate::api_error::ApiError;

/// Reads a JSON object. Anything else, and a field of a wrong type, is 47001 (wechat-api §19.5).
pub(crate) fn object<T: DeserializeOwned>(text: &[u8]) -> Result<T, ApiError> {
    let value = serde_json::from_slice(text).map_err(|_| ApiError::new(47001))?;
    from_object(value).map_err(|_| ApiError::new(47001))
}

/// Reads a value that must be an object: derived code alone would also take an array for a struct.
pub(crate) fn from_object<T: DeserializeOwned>(value: Value) -> serde_json::Result<T> {
    if !value.is_object() {
        return Err(serde_json::Error::custom("not an object"));
    }
    serde_json::from_value(value)
}

/// Reads an optional field. A `null` is a wrong type, not an absent field.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> Result<Option<T>, D::Error> {
    T::deserialize(field).map(Some)
}

/// Reads an optional field that holds an object.
pub(crate) fn present_object<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(field)?;
    from_object(value).map(Some).map_err(Error::custom)
}

/// Turns each `\uXXXX` of a JSON text into the same six characters, literally.
///
/// The article endpoints do that to such escapes (wechat-api §1).
pub(crate) fn keep_escapes(text: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(&byte) = rest.next() {
        kept.push(byte);
        if byte != b'\\' {
            continue;
        }
        // The character after a backslash belongs to it: `\\u` is not an escape of a code point.
        let Some(&escaped) = rest.next() else { break };
        let digits = rest.as_slice().get(..4);
        if escaped == b'u' && digits.is_some_and(|four| four.iter().all(u8::is_ascii_hexdigit)) {
            kept.push(b'\\');
        }
        kept.push(escaped);
    }
    kept
}

/// Writes JSON with `/` escaped, as the server does in URLs (wechat-api §3.3). If `raw_control_characters`, line
/// feeds and tabs inside strings stay unescaped.
pub(crate) fn write(value: &Value, raw_control_characters: bool) -> Vec<u8> {
    let mut text = Vec::new();
    let format = ServerFormat { raw_control_characters };
    // Writing into memory does not fail, and neither do the keys of a `Value`, which are strings.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut text, format));
    text
}

struct ServerFormat {
    raw_control_characters: bool,
}

impl Formatter for ServerFormat {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        writer.write_all(fragment.replace('/', "\\/").as_bytes())
    }

    fn write_char_escape<W: io::Write + ?Sized>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::LineFeed if self.raw_control_characters => writer.write_all(b"\n"),
            CharEscape::Tab if self.raw_control_characters => writer.write_all(b"\t"),
            other => CompactFormatter.write_char_escape(writer, other),
        }
    }
}
