//! Repair of JSON: it always ends, never changes what is valid, and makes readable what WeChat breaks.

use super::config;
use super::document::{Text, broken, valid};
use crate::wechat::json::{self, repair};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

fn repaired(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    repair(&mut bytes);
    bytes
}

/// Bytes that are seldom JSON, but rich in what decides there.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), select(b"\"\\\n\t\r\x00{}nu?\xE5\x86\x99".to_vec())];
    vec(byte, 0..200)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_valid_document_is_left_as_it_is(document in valid()) {
        prop_assert!(serde_json::from_slice::<Value>(&document.sent).is_ok());
        prop_assert_eq!(repaired(&document.sent), document.sent);
    }

    #[test]
    fn a_broken_document_says_what_it_was_meant_to(Text { sent, meant } in broken()) {
        let meant: Value = serde_json::from_str(&meant).unwrap();
        let read = json::Value::read(&repaired(&sent)).unwrap();
        prop_assert_eq!(read.theirs(), Some(meant));
    }

    #[test]
    fn any_bytes_become_text_of_the_same_length(bytes in bytes()) {
        let text = repaired(&bytes);
        prop_assert!(std::str::from_utf8(&text).is_ok());
        prop_assert_eq!(text.len(), bytes.len());
    }

    #[test]
    fn nothing_is_left_to_repair(bytes in bytes()) {
        let once = repaired(&bytes);
        prop_assert_eq!(repaired(&once), once);
    }
}
