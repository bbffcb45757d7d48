//! Replies as JSON objects (wechat-api §3.3). A reply is read into a [`Value`] first and from there into the structure
//! that an operation expects. That gives three properties to all replies at once: the last of two fields of the same
//! name counts (`derive` would refuse the second), the number of parts is limited, and so is the depth. Strings are
//! moved, not copied.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::large_number::QUOTED_MAX;
use super::lenient;
use super::repair::{NEWLINE, Repaired};

/// Most values in a reply: a page of 20 drafts with 10 articles of 20 fields has 5,000. A reply of 24 MB could have 12
/// million empty objects, which would take gigabytes.
const VALUES_MAX: usize = 100_000;

/// A JSON object that WeChat sent.
#[derive(Debug)]
pub struct Object(Map<String, Value>);

impl Object {
    /// Reads an object strictly. Returns `None` if the text is not one, or has too many values or levels, or a number
    /// that [`quote_large_numbers`](super::large_number::quote_large_numbers) can keep.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_with(text, false, text.len() > QUOTED_MAX)
    }

    /// Reads an object from a reply that was repaired.
    pub fn parse_repaired(reply: &Repaired) -> Option<Self> {
        Self::parse_with(&reply.text, reply.has_placeholders, true)
    }

    fn parse_with(text: &str, has_placeholders: bool, takes_large_numbers: bool) -> Option<Self> {
        let left = Cell::new(VALUES_MAX);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let seed = Counted {
            left: &left,
            has_placeholders,
            takes_large_numbers,
        };
        let value = seed.deserialize(&mut deserializer).ok()?;
        deserializer.end().ok()?;
        match value {
            Value::Object(fields) => Some(Self(fields)),
            _ => None,
        }
    }

    /// Returns the answer of an operation that was executed before.
    pub fn executed() -> Self {
        Self(Map::from_iter([("errcode".to_owned(), Value::from(0))]))
    }

    /// Returns whether there is a field of this name with a value other than `null`.
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    /// Returns the error code; see [`errcode`].
    pub fn errcode(&self) -> Option<i32> {
        errcode(self.0.get("errcode"))
    }

    /// Returns WeChat's words, or nothing.
    pub fn into_errmsg(mut self) -> String {
        // Taken and not removed, because the code that keeps a map in balance is 4 KB.
        lenient::as_text(self.take("errmsg")).unwrap_or_default()
    }

    /// Takes a field out; `null` if there is none.
    pub(super) fn take(&mut self, name: &str) -> Value {
        self.0.get_mut(name).map(Value::take).unwrap_or_default()
    }
}

#[cfg(test)]
impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}

impl From<Map<String, Value>> for Object {
    fn from(fields: Map<String, Value>) -> Self {
        Self(fields)
    }
}

/// Reads an error code. A missing one is 0, which is success. Returns `None` if there is one that is no number.
pub fn errcode(field: Option<&Value>) -> Option<i32> {
    match field {
        None | Some(Value::Null) => Some(0),
        Some(code) => lenient::as_number(code).and_then(|code| i32::try_from(code).ok()),
    }
}

/// Returns a text without the byte order mark that some servers write before JSON, and without the blanks around it.
pub fn without_bom(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes.trim_ascii_start();
    while let Some(more) = rest.strip_prefix("\u{FEFF}".as_bytes()) {
        rest = more.trim_ascii_start();
    }
    rest
}

/// Reads one value and all its parts, as long as there are not too many.
#[derive(Clone, Copy)]
struct Counted<'a> {
    /// The number of values that may follow.
    left: &'a Cell<usize>,
    /// True if strings have placeholders for newlines.
    has_placeholders: bool,
    /// True if numbers may lose their last digits.
    takes_large_numbers: bool,
}

impl Counted<'_> {
    /// Returns a string as it was meant.
    fn text(self, text: &str) -> String {
        if !self.has_placeholders {
            return text.to_owned();
        }
        // `str::replace` looks at each byte, which takes twice the time.
        let mut meant = String::with_capacity(text.len());
        for line in text.split_inclusive(NEWLINE) {
            match line.strip_suffix(NEWLINE) {
                Some(line) => meant.extend([line, "\n"]),
                None => meant.push_str(line),
            }
        }
        meant
    }
}

impl<'de> DeserializeSeed<'de> for Counted<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let left = self
            .left
            .get()
            .checked_sub(1)
            .ok_or_else(|| D::Error::custom("too many values"))?;
        self.left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Counted<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(truth.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        match self.takes_large_numbers || number.abs() <= lenient::EXACT_MAX {
            true => Ok(number.into()),
            false => Err(E::custom("a number that is too large")),
        }
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(self.text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            object.insert(self.text(&name), fields.next_value_seed(self)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_object_is_read() {
        for text in [
            "",
            "<html>",
            "{\"a\":",
            "{\"a\":\"",
            "\u{0}",
            "[]",
            "\"a\"",
            "1",
            "{} {}",
            "\u{FEFF}{}",
        ] {
            assert!(Object::parse(text).is_none(), "{text:?}");
        }
        assert!(Object::parse(" \r\n{}").is_some());
    }

    #[test]
    fn an_error_code_that_cannot_be_read_is_no_success() {
        for (code, read) in [
            ("0", Some(0)),
            ("null", Some(0)),
            ("40007", Some(40007)),
            ("\" 40007 \"", Some(40007)),
            ("-1", Some(-1)),
            ("40007.0", Some(40007)),
            ("\"40007.0\"", Some(40007)),
            ("-0", Some(0)),
            ("0.0", Some(0)),
            ("0e1", Some(0)),
            ("\"0\"", Some(0)),
            ("\"0.0\"", Some(0)),
            ("0.5", None),
            ("2147483648", None),
            ("\"99999999999999999999\"", None),
            ("\"1E400\"", None),
            ("\"x\"", None),
            ("\"ok\"", None),
            ("\"\"", None),
            ("false", None),
            ("true", None),
            ("[1]", None),
            ("[]", None),
            ("{}", None),
        ] {
            let object = Object::parse(&format!(r#"{{"errcode":{code}}}"#)).unwrap();
            assert_eq!(object.errcode(), read, "{code}");
        }
    }

    #[test]
    fn the_last_of_two_fields_of_the_same_name_counts() {
        let object = Object::parse(r#"{"errcode":0,"errmsg":"a","errcode":40007,"errmsg":"b"}"#).unwrap();
        assert_eq!((object.errcode(), object.into_errmsg().as_str()), (Some(40007), "b"));
    }

    #[test]
    fn a_reply_has_at_most_127_levels() {
        for depth in [125, 126, 127, 128, 100_000] {
            let lists = format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
            let objects = format!("{}0{}", "{\"a\":".repeat(depth + 1), "}".repeat(depth + 1));
            assert_eq!(Object::parse(&lists).is_some(), depth < 127, "{depth}");
            assert_eq!(Object::parse(&objects).is_some(), depth < 127, "{depth}");
        }
    }

    #[test]
    fn a_reply_has_at_most_100_000_values() {
        for item in ["0", "{}", "[]", "\"\""] {
            let list = |items: usize| format!("{{\"a\":[{}{item}]}}", format!("{item},").repeat(items - 1));
            // The object and the list count, too.
            assert!(Object::parse(&list(VALUES_MAX - 2)).is_some(), "{item}");
            assert!(Object::parse(&list(VALUES_MAX - 1)).is_none(), "{item}");
        }
    }
}
