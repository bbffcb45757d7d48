//! Repair of JSON. The input is a reply's body.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use wechat_official_account::wechat::object::Object;
use wechat_official_account::wechat::repair::repair;

fuzz_target!(|body: &[u8]| {
    let once = repair(body).expect("there is memory");
    let breaks = body.iter().filter(|byte| matches!(byte, b'\n' | b'\t' | b'\r')).count();
    let lengths = body.len()..=body.len() + breaks;
    assert!(
        lengths.contains(&once.text.len()),
        "neither of the same length nor longer by escapes"
    );

    if serde_json::from_slice::<Value>(body).is_ok() {
        assert_eq!(once.text.as_bytes(), body, "a valid document was changed");
    }
    if let Ok(text) = str::from_utf8(body)
        && Object::parse(text).is_some()
    {
        assert!(Object::parse_repaired(&once).is_some(), "no longer readable");
    }

    let twice = repair(once.text.as_bytes()).expect("there is memory");
    assert_eq!(twice.text, once.text, "something was left to repair");
});
