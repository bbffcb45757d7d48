//! Errors: every code has a meaning, and no text that a server writes beside it can do harm.

use std::net::{Ipv4Addr, Ipv6Addr};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{config, text};
use crate::bindings::types::ErrorKind;
use crate::texts::EN;
use crate::wechat::errcode::{Role, refusal};

const ROLES: [Role; 3] = [Role::Token, Role::Target, Role::Plain];

/// Generates any code, and often one from the range of WeChat's.
fn code() -> impl Strategy<Value = i32> {
    prop_oneof![any::<i32>(), 40_000..54_000, -2..100_000]
}

/// An error message with parts of WeChat's in any order, whole and broken.
fn errmsg() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        text(),
        select(vec!["rid: ", "rid:", "invalid ip ", " ipv6 ", "::ffff:", "-", ",", " "]).prop_map(str::to_owned),
        "[0-9a-f]{8}",
        "[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}",
        "rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-fg]{8}",
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// An address from which a machine on IPv6 can reach a server: they begin with the bits 001.
fn public_address() -> impl Strategy<Value = Ipv6Addr> {
    any::<u128>().prop_map(|bits| Ipv6Addr::from_bits(bits >> 3 | 1 << 125))
}

/// Returns the first id, looked for at every place.
fn rid(errmsg: &str) -> Option<&str> {
    let is_rid = |id: &&str| {
        let groups: Vec<&str> = id.split('-').collect();
        let is_group = |group: &&str| group.len() == 8 && group.chars().all(|digit| digit.is_ascii_hexdigit());
        groups.len() == 3 && groups.iter().all(is_group)
    };
    let id = |(at, _)| errmsg.get(at..)?.strip_prefix("rid: ")?.get(..26).filter(is_rid);
    errmsg.char_indices().find_map(id)
}

#[test]
fn every_code_in_wechat_s_range_has_advice() {
    for code in (-10..=100_000).chain([i32::MIN, i32::MAX]) {
        for role in ROLES {
            assert!(!refusal(&EN, code, "", role).advice.is_empty(), "{code} {role:?}");
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_code_becomes_an_error(code in code(), role in select(&ROLES[..]), errmsg in errmsg()) {
        let error = refusal(&EN, code, &errmsg, role);
        prop_assert!(!error.advice.is_empty());
        prop_assert_eq!(error.errcode, Some(code));
        prop_assert_eq!(&error.message, &errmsg);
        prop_assert_ne!(error.retry_after_seconds, Some(0));
    }

    #[test]
    fn the_rid_is_the_first_that_is_one(errmsg in errmsg()) {
        let error = refusal(&EN, 40007, &errmsg, Role::Plain);
        prop_assert_eq!(error.rid.as_deref(), rid(&errmsg));
    }

    #[test]
    fn the_address_is_one_word_of_the_message(errmsg in errmsg()) {
        let error = refusal(&EN, 40164, &errmsg, Role::Token);
        prop_assert_eq!(error.kind, ErrorKind::IpNotAllowed);
        if let Some(address) = error.subject {
            prop_assert!(!address.is_empty() && !address.contains([' ', ',']));
            prop_assert!(errmsg.contains(&address));
        }
    }

    #[test]
    fn the_caller_s_address_is_found(v4 in any::<Ipv4Addr>(), v6 in public_address()) {
        let mapped = v4.to_ipv6_mapped();
        let by_v4 = refusal(&EN, 40164, &format!("invalid ip {v4} ipv6 {mapped}, not in whitelist"), Role::Token);
        prop_assert_eq!(by_v4.subject, Some(v4.to_string()));
        let by_v6 = refusal(&EN, 40164, &format!("invalid ip {v4} ipv6 {v6}, not in whitelist"), Role::Token);
        prop_assert_eq!(by_v6.subject, Some(v6.to_string()));
    }
}
