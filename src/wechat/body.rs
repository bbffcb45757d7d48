//! Request bodies: JSON as WeChat reads it (wechat-api §1).

use std::io::{self, Write};
use std::mem;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};

/// Content type of a request body.
pub const CONTENT_TYPE: &str = "application/json";

/// More than a token request has. It holds the secret, and a buffer that grew would leave a copy in memory.
const CAPACITY: usize = 1024;

/// Writes a request body.
pub fn json(request: &impl Serialize) -> Vec<u8> {
    let mut body = Vec::with_capacity(CAPACITY);
    // Fails only if a map has keys that are not strings, and no request has a map.
    let _ = request.serialize(&mut Serializer::with_formatter(&mut body, WeChatFormatter::default()));
    body
}

/// Leaves control characters out, except for tabs and the ends of lines: JSON has only `\u` escapes for them, and
/// WeChat's article APIs take such an escape for six characters of text. Everything outside ASCII is written raw for
/// the same reason. A line that ends with `\r\n` or `\r` ends with `\n`.
#[derive(Default)]
struct WeChatFormatter {
    /// True directly after a `\r`, which was written as `\n`.
    has_ended_line: bool,
}

impl Formatter for WeChatFormatter {
    fn begin_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.has_ended_line = false;
        CompactFormatter.begin_string(writer)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        self.has_ended_line = false;
        CompactFormatter.write_string_fragment(writer, fragment)
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        let had_ended_line = mem::replace(&mut self.has_ended_line, matches!(escape, CharEscape::CarriageReturn));
        match escape {
            CharEscape::LineFeed if had_ended_line => Ok(()),
            CharEscape::CarriageReturn => CompactFormatter.write_char_escape(writer, CharEscape::LineFeed),
            CharEscape::Quote | CharEscape::ReverseSolidus | CharEscape::LineFeed | CharEscape::Tab => {
                CompactFormatter.write_char_escape(writer, escape)
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn written(request: &impl Serialize) -> String {
        String::from_utf8(super::json(request)).unwrap()
    }

    #[test]
    fn text_goes_out_raw() {
        assert_eq!(
            written(&json!({"title": "写作 🎉 <a&b> é\u{2028}"})),
            "{\"title\":\"写作 🎉 <a&b> é\u{2028}\"}"
        );
        assert_eq!(
            written(&json!({"a\"b\\c": "a\"b\\c\nd\te"})),
            r#"{"a\"b\\c":"a\"b\\c\nd\te"}"#
        );
    }

    #[test]
    fn control_characters_are_left_out() {
        let all: String = (0..0x20u8).map(char::from).collect();
        assert_eq!(written(&json!({"title": all})), r#"{"title":"\t\n\n"}"#);
    }

    #[test]
    fn a_line_ends_with_a_line_feed() {
        for (text, expected) in [
            ("a\r\nb", r#""a\nb""#),
            ("a\rb", r#""a\nb""#),
            ("a\r\r\n\nb\r", r#""a\n\n\nb\n""#),
            ("\r\u{1}\n", r#""\n\n""#),
            ("\r\"\n", r#""\n\"\n""#),
        ] {
            assert_eq!(written(&text), expected, "{text:?}");
        }
        assert_eq!(written(&["\r", "\n"]), r#"["\n","\n"]"#);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_by_serde_json(
            name in "[^\\x00-\\x1F]{0,9}",
            value in "[^\\x00-\\x08\\x0B-\\x1F]{0,99}",
        ) {
            let request = json!({ name: value });
            prop_assert_eq!(serde_json::from_slice::<Value>(&super::json(&request)).unwrap(), request);
        }
    }
}
