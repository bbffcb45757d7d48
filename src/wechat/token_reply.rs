//! Replies to a request for a token. They are read where they are: a reader that unescapes strings keeps a copy of
//! them, which nobody could wipe.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::lenient;
use super::object::{errcode, without_bom};
use crate::secret::Secret;

/// Life of a token of which WeChat does not say it, in seconds. A token that the normal mode returns has at least as
/// much, as WeChat rotates it 5 minutes before its end (wechat-api §6.2). If it should have less, WeChat refuses it,
/// and another one is requested. No life at all would cost a request for each call.
pub const UNKNOWN_LIFE: u64 = 5 * 60;

/// A reply to a request for a token (wechat-api §6.2).
#[derive(Debug)]
pub struct TokenReply {
    /// The error code. `None` if there is one that is no number.
    pub errcode: Option<i32>,
    /// WeChat's words, with the escapes that they have in JSON.
    pub errmsg: Zeroizing<String>,
    /// The token. `None` if there is none, or one with a character that no token has.
    pub access_token: Option<Secret>,
    /// Life of the token, in seconds; see [`UNKNOWN_LIFE`].
    pub expires_in: u64,
}

/// The fields as they stand in the reply. A map would be 10 KB more, with the sorting that it comes with.
#[derive(Default)]
struct Fields<'a> {
    errcode: Option<&'a RawValue>,
    errmsg: Option<&'a RawValue>,
    access_token: Option<&'a RawValue>,
    expires_in: Option<&'a RawValue>,
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Fields::default();
        // The last of two fields of the same name counts, as in every reply. A name may have escapes; none is a secret.
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            let field = match name.as_str() {
                "errcode" => &mut fields.errcode,
                "errmsg" => &mut fields.errmsg,
                "access_token" => &mut fields.access_token,
                "expires_in" => &mut fields.expires_in,
                _ => continue,
            };
            *field = Some(value);
        }
        Ok(fields)
    }
}

/// Returns the text of a string.
fn string(json: &RawValue) -> Option<&str> {
    quoted(json.get())
}

impl TokenReply {
    /// Reads a reply. Returns `None` if it is no JSON object. Raw control characters in it become blanks. A byte order
    /// mark before it is passed over.
    pub fn read(reply: &mut [u8]) -> Option<Self> {
        for byte in reply.iter_mut().filter(|byte| **byte < b' ') {
            *byte = b' ';
        }
        let text = str::from_utf8(without_bom(reply)).ok()?;
        let fields: Fields<'_> = serde_json::from_str(text).ok()?;
        // It holds no secret. A list or an object is no number, and could have any number of values.
        let code = fields.errcode.map(|json| match json.get().starts_with(['[', '{']) {
            true => Value::Bool(false),
            false => serde_json::from_str(json.get()).unwrap_or(Value::Bool(false)),
        });
        Some(Self {
            errcode: errcode(code.as_ref()),
            errmsg: fields.errmsg.and_then(string).unwrap_or_default().to_owned().into(),
            access_token: { fields.access_token }
                .and_then(string)
                .filter(|token| lenient::is_token(token) && !token.contains('\\'))
                .map(|token| Secret::new(token.to_owned())),
            expires_in: fields.expires_in.map_or(UNKNOWN_LIFE, |json| life(json.get())),
        })
    }

    /// Returns WeChat's words without the escapes of JSON, of a text from which the secrets have been removed.
    pub fn unescape(errmsg: &str) -> String {
        serde_json::from_str(&format!("\"{errmsg}\"")).unwrap_or_else(|_| errmsg.to_owned())
    }
}

/// Returns the life that a reply names, as a number in any spelling or a string that holds one. Everything else is
/// none, and so is 0 and less: WeChat does not return a token that has ended.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive, and the most is still long"
)]
fn life(json: &str) -> u64 {
    let seconds = lenient::float(quoted(json).unwrap_or(json).trim_ascii());
    match seconds {
        Some(seconds) if seconds >= 1.0 => seconds as u64,
        _ => UNKNOWN_LIFE,
    }
}

/// Returns the characters between the quotation marks of a string.
fn quoted(json: &str) -> Option<&str> {
    json.strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(reply: &str) -> Option<TokenReply> {
        TokenReply::read(&mut reply.as_bytes().to_vec())
    }

    #[test]
    fn a_token_is_read_with_its_life() {
        for reply in [
            r#"{"access_token":"75_a-B","expires_in":7200}"#,
            r#"{"access_token":"75_a-B","expires_in":"7200","errcode":0,"errmsg":"ok"}"#,
            r#"{"a\/b":"\u0061","access_token":"75_a-B","expires_\u0069n":7200}"#,
            "\u{FEFF}{\"access_token\":\"75_a-B\",\"expires_in\":7200}",
            " \u{FEFF} {\"access_token\":\"75_a-B\",\"expires_in\":7200}",
            "\n{\t\"access_token\":\"X\", \"access_token\":\"75_a-B\", \"expires_in\":7200, \"more\":[{}]}\r\n",
        ] {
            let read = read(reply).unwrap();
            assert_eq!(read.access_token, Some(Secret::new("75_a-B".to_owned())), "{reply}");
            assert_eq!((read.errcode, read.expires_in), (Some(0), 7200), "{reply}");
        }
    }

    #[test]
    fn a_life_is_read_in_any_spelling() {
        let life = |field: &str| read(&format!(r#"{{"access_token":"75"{field}}}"#)).unwrap().expires_in;
        for (number, seconds) in [
            ("7200", 7200),
            ("7200.0", 7200),
            ("7.2e3", 7200),
            ("72E+2", 7200),
            ("\"7200\"", 7200),
            ("\" 7.2e3 \"", 7200),
            ("345", 345),
            ("1", 1),
            ("1.9", 1),
            ("18446744073709551616", u64::MAX),
        ] {
            assert_eq!(life(&format!(r#","expires_in":{number}"#)), seconds, "{number}");
        }
        assert_eq!(life(""), UNKNOWN_LIFE);
        for none in [
            "null", "-1", "-7200", "0", "-0", "0.5", "1E400", "true", "false", "\"\"", "\" \"", "\"soon\"", "\"-1\"",
            "\"inf\"", "\"NaN\"", "[]", "[7200]", "{}",
        ] {
            assert_eq!(life(&format!(r#","expires_in":{none}"#)), UNKNOWN_LIFE, "{none}");
        }
    }

    #[test]
    fn a_damaged_token_is_none() {
        for token in [
            "\"\"",
            "\"75 a\"",
            "\"75\n\"",
            r#""75\/a""#,
            r#""75\n""#,
            "\"写\"",
            "\"75?\"",
            "null",
            "{}",
            "[\"75\"]",
        ] {
            let reply = read(&format!(r#"{{"access_token":{token},"expires_in":7200}}"#)).unwrap();
            assert_eq!(reply.access_token, None, "{token}");
        }
        for reply in [
            "",
            "{",
            "[]",
            "\u{FEFF}",
            "x{}",
            r#"{"access_token":"75"#,
            r#"{"access_token":"75","expires_in":72"#,
        ] {
            assert!(read(reply).is_none(), "{reply}");
        }
    }

    #[test]
    fn a_refusal_is_read_with_its_words() {
        let reply = read("{\"errcode\":\"40164\",\"errmsg\":\"invalid ip\\u0020x\n\\\"y\\\"\"}").unwrap();
        assert_eq!(reply.errcode, Some(40164));
        assert_eq!(TokenReply::unescape(&reply.errmsg), "invalid ip x \"y\"");
        for errcode in [
            "\"x\"",
            "[]",
            "[40164]",
            "{\"a\":1}",
            "false",
            "\"\"",
            "0.5",
            "1E400",
            "\"\\ud83d\"",
        ] {
            let reply = read(&format!(r#"{{"errcode":{errcode}}}"#)).unwrap();
            assert_eq!(reply.errcode, None, "{errcode}");
        }
    }
}
