//! JSON as WeChat writes and reads it (wechat-api §1, §3.3).

mod value;
mod write;

pub use value::Value;
pub use write::{Fields, write};

use crate::compose;
use crate::eight::{EIGHT, Eight};
use std::mem;

/// A JSON object that WeChat sent. Its fields are taken out one by one, as leniently as WeChat's drifting types ask
/// for: numbers as strings and the reverse, null for nothing, unknown fields ignored.
#[derive(Debug)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// Reads an object strictly. `None`: it is not one, or it has more parts than any answer of WeChat's.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        if !begins_object(bytes) {
            return None;
        }
        Value::read(bytes).and_then(Self::from_value)
    }

    /// The answer of an operation that was done before.
    pub fn done() -> Self {
        Self(vec![("errcode".to_owned(), Value::Number("0".to_owned()))])
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().rev().find(|field| field.0 == name).map(|field| &field.1)
    }

    /// Leaves null behind.
    fn take(&mut self, name: &str) -> Option<Value> {
        let field = self.0.iter_mut().rev().find(|field| field.0 == name)?;
        Some(mem::replace(&mut field.1, Value::Null))
    }

    /// Whether there is a field of this name with a value.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| !matches!(value, Value::Null))
    }

    /// The error code. Absent is 0, which is success. `None`: there is one that can't be read.
    pub fn errcode(&self) -> Option<i32> {
        match self.get("errcode") {
            None | Some(Value::Null) => Some(0),
            Some(code) => number(code).and_then(|code| i32::try_from(code).ok()),
        }
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Object(fields) => Some(Self(fields)),
            _ => None,
        }
    }

    /// Takes out a string, or a whole number in place of one. `None` where there is none.
    pub fn optional_text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::Text(mut text) => Some(mem::take(&mut *text)),
            Value::Number(number) => {
                Some(number).filter(|number| !number.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')))
            }
            _ => None,
        }
    }

    /// As [`Self::optional_text`]; empty where there is none.
    pub fn text(&mut self, name: &str) -> String {
        self.optional_text(name).unwrap_or_default()
    }

    /// A whole number, a string that holds one, or a truth value as 0 or 1. `None` where there is none.
    pub fn optional_number(&self, name: &str) -> Option<i64> {
        number(self.get(name)?)
    }

    /// As [`Self::optional_number`]; 0 where there is none.
    pub fn number(&self, name: &str) -> i64 {
        self.optional_number(name).unwrap_or_default()
    }

    /// As [`Self::number`]; 0 also in place of a negative one.
    pub fn count(&self, name: &str) -> u64 {
        u64::try_from(self.number(name)).unwrap_or_default()
    }

    /// Takes out an object.
    pub fn object(&mut self, name: &str) -> Option<Self> {
        self.take(name).and_then(Self::from_value)
    }

    /// Takes out a list of objects. `None` where there is none.
    pub fn optional_list(&mut self, name: &str) -> Option<Vec<Self>> {
        match self.take(name)? {
            Value::List(items) => Some(items.into_iter().filter_map(Self::from_value).collect()),
            _ => None,
        }
    }

    /// Whether a list is there, and all in it are objects.
    pub fn has_objects(&self, name: &str) -> bool {
        match self.get(name) {
            Some(Value::List(items)) => items.iter().all(|item| matches!(item, Value::Object(_))),
            _ => false,
        }
    }

    /// As [`Self::optional_list`]; empty where there is none.
    pub fn list(&mut self, name: &str) -> Vec<Self> {
        self.optional_list(name).unwrap_or_default()
    }

    /// A list of whole numbers; empty where there is none.
    pub fn numbers(&self, name: &str) -> Vec<i64> {
        match self.get(name) {
            Some(Value::List(items)) => items.iter().filter_map(number).collect(),
            _ => Vec::new(),
        }
    }
}

fn number(value: &Value) -> Option<i64> {
    let text: &str = match value {
        Value::Number(text) => text,
        Value::Text(text) => text,
        Value::Truth(truth) => return Some(i64::from(*truth)),
        _ => return None,
    };
    let text = text.trim_ascii();
    match text.strip_prefix("-") {
        Some(figures) => whole(figures).map(|number| -number),
        None => whole(text.strip_prefix("+").unwrap_or(text)),
    }
}

fn whole(figures: &str) -> Option<i64> {
    compose::number(figures.as_bytes()).and_then(|number| i64::try_from(number).ok())
}

/// Whether the first byte that counts opens an object.
pub fn begins_object(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// How many bytes there are before the first that does not stand for itself in a string.
fn plain(text: &[u8]) -> usize {
    let mut at = 0;
    while Eight::at(text, at).is_some_and(|eight| eight.none_below(b' ') && eight.none_is(b'"') && eight.none_is(b'\\'))
    {
        at += EIGHT;
    }
    while text.get(at).is_some_and(|byte| !matches!(byte, 0..b' ' | b'"' | b'\\')) {
        at += 1;
    }
    at
}

/// Where in a JSON text the next byte stands.
#[derive(Default)]
struct Place {
    in_string: bool,
    /// Behind the backslash of an escape.
    escaped: bool,
}

impl Place {
    fn pass(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ => {}
        }
    }
}

/// Stands where a reply had bytes that are no text.
pub const REPAIRED: u8 = b'?';

/// Makes a reply readable that is not even text: WeChat now and then cuts characters in two. Bytes that are no UTF-8 become
/// question marks, and escapes that they, or raw control characters, have spoilt get another meaning. Leaves a valid
/// document as it is.
pub fn repair(bytes: &mut [u8]) {
    replace_bad_utf8(bytes);
    let mut place = Place::default();
    for byte in bytes {
        *byte = match *byte {
            b'\n' if place.escaped => b'n',
            b'\t' if place.escaped => b't',
            b'\r' if place.escaped => b'r',
            // The question mark was a bad byte: in text that is not UTF-8, backslashes are also the second half of characters.
            0..0x20 | b'?' if place.escaped => b'/',
            other => other,
        };
        place.pass(*byte);
    }
}

fn replace_bad_utf8(bytes: &mut [u8]) {
    let mut checked = 0;
    while let Some(rest) = bytes.get_mut(checked..)
        && let Err(error) = std::str::from_utf8(rest)
    {
        let bad = error.valid_up_to();
        let length = error.error_len().unwrap_or(rest.len() - bad);
        rest.iter_mut().skip(bad).take(length).for_each(|byte| *byte = REPAIRED);
        checked += bad + length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        repair(&mut bytes);
        bytes
    }

    fn read(bytes: &[u8]) -> String {
        assert!(Object::read(bytes).is_none(), "nothing to repair");
        Object::read(&repaired(bytes)).unwrap().text("a")
    }

    #[test]
    fn raw_control_characters_in_strings_are_read() {
        let reply = b"{\n\t\"a\": \"a\nb\tc\x01d\\\"\r\"\n}";
        assert_eq!(Object::read(reply).unwrap().text("a"), "a\nb\tc d\"\r");
        assert_eq!(repaired(reply), reply);
    }

    #[test]
    fn an_escape_cut_by_a_control_character_is_read() {
        assert_eq!(read(b"{\"a\":\"x\\\ny\\\x01z\"}"), "x\ny/z");
    }

    #[test]
    fn bad_utf8_is_replaced() {
        assert_eq!(read(b"{\"a\":\"x\xFF\xE5y\"}"), "x??y");
    }

    #[test]
    fn a_backslash_before_bad_utf8_is_read() {
        assert_eq!(read(b"{\"a\":\"x\\\xFFy\\\xE5\x86z\"}"), "x/y/?z");
        // 功能 in Big5.
        assert_eq!(read(b"{\"a\":\"\xA5\x5C\xAF\xE0\"}"), "?/?");
    }

    #[test]
    fn a_valid_document_is_left_as_it_is() {
        for text in [
            r#"{"a":"\"\\","b":[1,"\n\u0001",null]}"#,
            " {\n } ",
            r#""\\""#,
            "",
            "{\"a\":\"写🎉é\"}",
            "\r\n{\t}\n",
        ] {
            assert_eq!(repaired(text.as_bytes()), text.as_bytes());
        }
    }

    #[test]
    fn what_is_not_an_object_is_refused() {
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
        ] {
            assert!(Object::read(text.as_bytes()).is_none(), "{text:?}");
        }
        assert!(Object::read(b" \r\n{}").is_some());
    }

    #[test]
    fn an_error_code_that_cannot_be_read_is_no_success() {
        for (code, read) in [
            ("0", Some(0)),
            ("null", Some(0)),
            ("40007", Some(40007)),
            ("\" 40007 \"", Some(40007)),
            ("-1", Some(-1)),
            ("40007.0", None),
            ("\"x\"", None),
            ("99999999999999999999", None),
            ("[1]", None),
        ] {
            let object = Object::read(format!(r#"{{"errcode":{code}}}"#).as_bytes()).unwrap();
            assert_eq!(object.errcode(), read, "{code}");
        }
    }

    #[test]
    fn types_may_drift() {
        for document in [
            r#"{"id":12345678901234567,"at":"7","yes":1,"items":null,"failed":["1",2]}"#,
            r#"{"id":"12345678901234567","at":7,"yes":true,"items":[],"failed":[1,"2"]}"#,
            r#"{"id":"12345678901234567","at":7,"yes":"1","more":{"x":[1]},"failed":[1,2,null]}"#,
        ] {
            let mut object = Object::read(document.as_bytes()).unwrap();
            assert_eq!(object.text("id"), "12345678901234567", "{document}");
            assert_eq!((object.count("at"), object.number("yes")), (7, 1), "{document}");
            assert!(object.list("items").is_empty());
            assert_eq!(object.numbers("failed"), [1, 2], "{document}");
        }
    }

    #[test]
    fn what_is_missing_or_of_another_shape_is_nothing() {
        for document in ["{}", r#"{"x":null}"#, r#"{"x":{"y":1.5}}"#, r#"{"x":-1}"#] {
            let mut object = Object::read(document.as_bytes()).unwrap();
            assert_eq!((object.count("x"), object.numbers("x").len()), (0, 0), "{document}");
            assert_eq!(object.optional_list("x").map(|list| list.len()), None, "{document}");
        }
        let mut object = Object::read(br#"{"x":[1,{"y":2}],"z":[]}"#).unwrap();
        assert_eq!(object.list("x").len(), 1);
        assert!(object.object("z").is_none());
        assert_eq!(object.optional_text("z"), None);
    }
}
