//! Repair of JSON: it always ends, never changes a valid document, and makes readable what WeChat breaks.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::config;
use super::document::{Text, broken, valid};
use crate::wechat::large_number::quote_large_numbers;
use crate::wechat::object::Object;
use crate::wechat::repair::{Repaired, repair};

fn repaired(bytes: &[u8]) -> Repaired {
    repair(bytes).unwrap()
}

/// Bytes that are seldom JSON, but rich in the characters that matter there.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), select(b"\"\\\n\t\r\x00{}nu?\xE5\x86\x99".to_vec())];
    vec(byte, 0..200)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_valid_document_is_left_as_it_is(document in valid()) {
        prop_assert!(serde_json::from_slice::<Value>(&document.sent).is_ok());
        prop_assert_eq!(repaired(&document.sent).text.into_bytes(), document.sent);
    }

    #[test]
    fn a_broken_document_says_what_it_was_meant_to(Text { sent, meant } in broken()) {
        let meant: Value = serde_json::from_str(&meant).unwrap();
        let sent = [b"{\"a\":", sent.as_slice(), b"}"].concat();
        let object = Object::parse_repaired(&repaired(&sent)).unwrap();
        prop_assert_eq!(Value::from(object), json!({ "a": meant }));
    }

    #[test]
    fn any_bytes_become_text_that_is_longer_by_its_line_breaks_at_most(bytes in bytes()) {
        let breaks = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r' | b'\t')).count();
        let longest = bytes.len() + breaks;
        prop_assert!((bytes.len()..=longest).contains(&repaired(&bytes).text.len()));
    }

    #[test]
    fn an_object_is_read_as_by_serde_json(document in valid()) {
        let theirs = serde_json::from_str::<Value>(&document.meant).unwrap();
        let whole = Repaired { text: document.meant.clone(), has_placeholders: false };
        let ours = Object::parse_repaired(&whole).map(Value::from);
        prop_assert_eq!(&ours, &Some(theirs).filter(Value::is_object));
        // Read strictly, it is the same or has a number that is too large.
        let strictly = Object::parse(&document.meant).map(Value::from);
        prop_assert!(strictly == ours || strictly.is_none() && quote_large_numbers(whole).text != document.meant);
    }

    #[test]
    fn nothing_is_left_to_repair(bytes in bytes()) {
        let once = repaired(&bytes).text;
        prop_assert_eq!(repaired(once.as_bytes()).text, once);
    }
}
