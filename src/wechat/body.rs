//! Request bodies: JSON as WeChat reads it (wechat-api §1).

use std::io::{self, Write};

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
    let _ = request.serialize(&mut Serializer::with_formatter(&mut body, WeChatFormatter));
    body
}

/// Leaves control characters out, except for newline and tab: JSON has only `\u` escapes for them, and WeChat's article
/// APIs take such an escape for six characters of text. Everything outside ASCII is written raw for the same reason.
struct WeChatFormatter;

impl Formatter for WeChatFormatter {
    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
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
        assert_eq!(written(&json!({"title": all})), r#"{"title":"\t\n"}"#);
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
