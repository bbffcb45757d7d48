//! Replies to a request for a token. They are read where they are: a reader that unescapes strings keeps a copy of
//! them, which nobody could wipe.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::lenient;
use super::object::errcode;
use crate::secret::Secret;

/// A reply to a request for a token (wechat-api §6.2).
#[derive(Debug)]
pub struct TokenReply {
    /// The error code. `None` if there is one that is no number.
    pub errcode: Option<i32>,
    /// WeChat's words, with the escapes that they have in JSON.
    pub errmsg: Zeroizing<String>,
    /// The token. `None` if there is none, or one with a character that no token has.
    pub access_token: Option<Secret>,
    /// Life of the token, in seconds.
    pub expires_in: u64,
}

impl TokenReply {
    /// Reads a reply. Returns `None` if it is no JSON object. Raw control characters in it become blanks.
    pub fn read(reply: &mut [u8]) -> Option<Self> {
        for byte in reply.iter_mut().filter(|byte| **byte < b' ') {
            *byte = b' ';
        }
        let text = str::from_utf8(reply).ok()?;
        // The last of two fields of the same name counts, as in every reply. A name may have escapes; none is a secret.
        let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
        let string = |name| quoted(fields.get(name)?.get());
        // Neither of these holds a secret. A list or an object is no number, and could have any number of values.
        let number = |name| {
            let json = fields.get(name)?.get();
            match json.starts_with(['[', '{']) {
                true => Some(Value::Array(Vec::new())),
                false => serde_json::from_str(json).ok(),
            }
        };
        Some(Self {
            errcode: errcode(number("errcode").as_ref()),
            errmsg: string("errmsg").unwrap_or_default().to_owned().into(),
            access_token: string("access_token")
                .filter(|token| lenient::is_id(token) && !token.contains('\\'))
                .map(|token| Secret::new(token.to_owned())),
            expires_in: number("expires_in").map_or(0, |number| lenient::as_count(&number)),
        })
    }

    /// Returns WeChat's words without the escapes of JSON, of a text from which the secrets have been removed.
    pub fn unescape(errmsg: &str) -> String {
        serde_json::from_str(&format!("\"{errmsg}\"")).unwrap_or_else(|_| errmsg.to_owned())
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
            "\n{\t\"access_token\":\"X\", \"access_token\":\"75_a-B\", \"expires_in\":7200, \"more\":[{}]}\r\n",
        ] {
            let read = read(reply).unwrap();
            assert_eq!(read.access_token, Some(Secret::new("75_a-B".to_owned())), "{reply}");
            assert_eq!((read.errcode, read.expires_in), (Some(0), 7200), "{reply}");
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
            "\u{FEFF}{}",
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
        for errcode in ["\"x\"", "[]", "[40164]", "{\"a\":1}"] {
            let reply = read(&format!(r#"{{"errcode":{errcode}}}"#)).unwrap();
            assert_eq!(reply.errcode, None, "{errcode}");
        }
    }
}
