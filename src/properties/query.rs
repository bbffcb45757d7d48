//! Query values: any other decoder gets back the value that went in.

use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use super::{config, text};
use crate::wechat::query::push_encoded;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_encoded_decodes_to_the_same(value in text()) {
        let mut encoded = String::new();
        push_encoded(&mut encoded, &value);
        let stays = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte);
        prop_assert!(encoded.bytes().all(stays), "{}", encoded);
        prop_assert_eq!(percent_decode_str(&encoded).decode_utf8().unwrap(), value);
    }
}
