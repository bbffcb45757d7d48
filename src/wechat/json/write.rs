//! Writing a request, field by field.

use super::plain;
use crate::compose::figures;

/// More than a token request has. That one holds the secret: a buffer that grew would leave a copy behind in memory.
const ROOM: usize = 1024;

/// Writes an object. Everything outside ASCII goes out raw: WeChat's article APIs take a `\u` escape for six characters of
/// text. Control characters other than newline and tab could go out only as such escapes, so they are left out
/// (wechat-api §1).
pub fn write(fields: impl FnOnce(&mut Fields) -> &mut Fields) -> Vec<u8> {
    let mut object = Fields(Vec::with_capacity(ROOM));
    object.enclosed(b"{}", fields);
    object.0
}

/// The fields of an object that is being written. Each is added behind the others.
pub struct Fields(Vec<u8>);

impl Fields {
    /// A string.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.name(name).string(value)
    }

    /// A string, or nothing.
    pub fn given(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// A number.
    pub fn number(&mut self, name: &str, value: u32) -> &mut Self {
        self.name(name).raw(figures(value as usize).as_bytes())
    }

    /// A truth value.
    pub fn truth(&mut self, name: &str, value: bool) -> &mut Self {
        self.name(name).raw(if value { b"true" } else { b"false" })
    }

    /// An object.
    pub fn object(&mut self, name: &str, fields: impl FnOnce(&mut Self) -> &mut Self) -> &mut Self {
        self.name(name).enclosed(b"{}", fields)
    }

    /// A list of objects.
    pub fn list<T>(
        &mut self,
        name: &str,
        items: &[T],
        item: impl for<'f> Fn(&T, &'f mut Self) -> &'f mut Self,
    ) -> &mut Self {
        self.name(name).enclosed(b"[]", |list| {
            for each in items {
                list.comma().enclosed(b"{}", |fields| item(each, fields));
            }
            list
        })
    }

    fn enclosed(&mut self, brackets: &[u8; 2], inner: impl FnOnce(&mut Self) -> &mut Self) -> &mut Self {
        let [open, close] = *brackets;
        self.0.push(open);
        inner(self).0.push(close);
        self
    }

    fn name(&mut self, name: &str) -> &mut Self {
        self.comma().string(name).raw(b":")
    }

    /// Before all but the first: that one follows a bracket, the others a value, which ends otherwise.
    fn comma(&mut self) -> &mut Self {
        match self.0.last() {
            Some(b'{' | b'[') => self,
            _ => self.raw(b","),
        }
    }

    fn string(&mut self, value: &str) -> &mut Self {
        self.raw(b"\"");
        let mut rest = value.as_bytes();
        while let Some((plain, behind)) = rest.split_at_checked(plain(rest)) {
            self.raw(plain);
            let Some((byte, behind)) = behind.split_first() else {
                break;
            };
            self.raw(match byte {
                b'\n' => b"\\n",
                b'\t' => b"\\t",
                b'"' => b"\\\"",
                b'\\' => b"\\\\",
                _ => b"",
            });
            rest = behind;
        }
        self.raw(b"\"")
    }

    fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn written(fields: impl FnOnce(&mut Fields) -> &mut Fields) -> String {
        String::from_utf8(write(fields)).unwrap()
    }

    fn text(value: &str) -> String {
        written(|fields| fields.text("title", value))
    }

    #[test]
    fn text_goes_out_raw() {
        assert_eq!(
            text("写作 🎉 <a&b> é\u{2028}"),
            "{\"title\":\"写作 🎉 <a&b> é\u{2028}\"}"
        );
        assert_eq!(text("a\"b\\c\nd\te"), r#"{"title":"a\"b\\c\nd\te"}"#);
    }

    #[test]
    fn control_characters_are_left_out() {
        let all: String = (0..0x20u8).map(char::from).collect();
        assert_eq!(text(&all), r#"{"title":"\t\n"}"#);
    }

    #[test]
    fn every_kind_of_field_is_written_in_order() {
        let written = written(|fields| {
            fields
                .list("none", &[], |_: &u8, fields| fields)
                .list("numbers", &[1, 2], |&number, fields| fields.number("n", number))
                .object("empty", |fields| fields)
                .object("more", |fields| fields.text("[", "{").text("{", "["))
                .given("left", None)
                .given("given", Some(""))
                .truth("yes", true)
                .truth("no", false)
                .number("last", u32::MAX)
        });
        assert_eq!(
            written,
            r#"{"none":[],"numbers":[{"n":1},{"n":2}],"empty":{},"more":{"[":"{","{":"["},"given":"","yes":true,"no":false,"last":4294967295}"#
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_by_serde_json(name in "[^\\x00-\\x1F]{0,9}", value in "[^\\x00-\\x08\\x0B-\\x1F]{0,99}") {
            let read: Value = serde_json::from_slice(&write(|fields| fields.text(&name, &value))).unwrap();
            prop_assert_eq!(read, json!({ name: value }));
        }
    }
}
