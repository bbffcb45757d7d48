//! JSON as this server reads and writes it.

use serde_json::{Map, Value};

use super::errcode::Refusal;

/// An object's fields, read strictly: a wrong type is 47001 (wechat-api §19.5).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(crate) fn of(value: &'a Value) -> Result<Fields<'a>, Refusal> {
        value.as_object().map(Fields).ok_or(Refusal::of(47001))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    /// A string, if the field is there.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::of(47001)),
        }
    }

    /// A whole number, if the field is there.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => value.as_i64().map(Some).ok_or(Refusal::of(47001)),
        }
    }

    /// An object, if the field is there.
    pub(crate) fn object(&self, name: &str) -> Result<Option<Fields<'a>>, Refusal> {
        self.get(name).map(Fields::of).transpose()
    }

    /// The id that an endpoint works on: 41006 without it (wechat-api §19.4).
    pub(crate) fn media_id(&self) -> Result<&'a str, Refusal> {
        self.text("media_id")?.ok_or(Refusal::of(41006))
    }

    /// `offset` and `count` of a list request (wechat-api §8.5): 1 to 20 items.
    pub(crate) fn page(&self) -> Result<Page, Refusal> {
        let read = |name| self.get(name).and_then(Value::as_u64).ok_or(Refusal::of(40097));
        let (offset, count) = (read("offset")?, read("count")?);
        if !(1..=20).contains(&count) {
            return Err(Refusal::of(40097));
        }
        let size = |number| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(Page {
            offset: size(offset),
            count: size(count),
        })
    }

    /// `no_content` of a list request: a number, or the boolean some SDKs send (wechat-api §11.7).
    pub(crate) fn no_content(&self) -> Result<bool, Refusal> {
        match self.get("no_content") {
            Some(Value::Bool(given)) => Ok(*given),
            _ => Ok(self.number("no_content")?.is_some_and(|number| number != 0)),
        }
    }
}

/// A stretch of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    offset: usize,
    count: usize,
}

impl Page {
    /// The items of this page out of all, as `(order, item)`; the highest order comes first.
    pub(crate) fn cut<T>(self, mut all: Vec<(u64, T)>) -> Listed<T> {
        all.sort_by_key(|(order, _)| std::cmp::Reverse(*order));
        Listed {
            total: all.len(),
            items: all
                .into_iter()
                .skip(self.offset)
                .take(self.count)
                .map(|(_, item)| item)
                .collect(),
        }
    }
}

/// A page's items, and how many there are on all pages.
#[derive(Debug)]
pub(crate) struct Listed<T> {
    pub(crate) total: usize,
    pub(crate) items: Vec<T>,
}

/// Turns each `\uXXXX` of a JSON text into the same six characters, literally.
///
/// That is what the article endpoints make of such escapes (wechat-api §1).
pub(crate) fn keep_escapes(body: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(body.len());
    let mut rest = body.iter();
    while let Some(&byte) = rest.next() {
        kept.push(byte);
        if byte != b'\\' {
            continue;
        }
        // The character after a backslash belongs to it, or `\\u` would be misread.
        let Some(&escaped) = rest.next() else { break };
        let digits = rest.as_slice().get(..4);
        if escaped == b'u' && digits.is_some_and(|four| four.iter().all(u8::is_ascii_hexdigit)) {
            kept.push(b'\\');
        }
        kept.push(escaped);
    }
    kept
}

/// Writes JSON with `/` escaped, as the server does in URLs (wechat-api §3.3), and on request with
/// line feeds and tabs bare inside strings.
pub(crate) fn write(value: &Value, raw_control_characters: bool) -> String {
    let mut text = String::new();
    write_value(&mut text, value, raw_control_characters);
    text
}

fn write_value(out: &mut String, value: &Value, raw: bool) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
        Value::String(text) => write_string(out, text, raw),
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_value(out, item, raw);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (place, (name, field)) in fields.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_string(out, name, raw);
                out.push(':');
                write_value(out, field, raw);
            }
            out.push('}');
        }
    }
}

fn write_string(out: &mut String, text: &str, raw: bool) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '/' => out.push_str("\\/"),
            '\n' | '\t' if raw => out.push(character),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                out.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
