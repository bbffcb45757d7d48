//! Repair of JSON. The input is a reply's body.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use wechat_official_account::wechat::json::{Object, repair};

fuzz_target!(|body: &[u8]| {
    let mut once = body.to_vec();
    repair(&mut once);
    assert!(std::str::from_utf8(&once).is_ok(), "not text");
    assert_eq!(once.len(), body.len(), "of another length");

    if serde_json::from_slice::<Value>(body).is_ok() {
        assert_eq!(once, body, "a valid document was changed");
    }
    if Object::read(body).is_some() {
        assert!(Object::read(&once).is_some(), "no longer readable");
    }

    let mut twice = once.clone();
    repair(&mut twice);
    assert_eq!(twice, once, "something was left to repair");
});
