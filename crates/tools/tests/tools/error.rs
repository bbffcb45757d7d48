//! The error that every tool has.

use wechat_official_account_tools::Error;
use wechat_official_account_tools::bindings::types::{self, ErrorKind};

use crate::fake::error;

#[test]
fn each_kind_has_its_name_in_the_contract() {
    let contract = include_str!("../../../../wit/types.wit");
    let (_, kinds) = contract.split_once("enum error-kind {").unwrap();
    let (kinds, _) = kinds.split_once('}').unwrap();
    let names: Vec<_> = kinds.lines().filter_map(|line| line.trim().strip_suffix(',')).collect();
    let names = names.into_iter().filter(|name| !name.contains(' '));
    let all = [
        ErrorKind::InvalidInput,
        ErrorKind::Credentials,
        ErrorKind::IpNotAllowed,
        ErrorKind::Permission,
        ErrorKind::Quota,
        ErrorKind::NotFound,
        ErrorKind::FileRejected,
        ErrorKind::ContentRejected,
        ErrorKind::AccountState,
        ErrorKind::Busy,
        ErrorKind::Network,
        ErrorKind::Tls,
        ErrorKind::OutcomeUnknown,
        ErrorKind::MalformedReply,
        ErrorKind::Other,
    ];
    let converted = all.map(|kind| Error::from(error(kind)));
    assert!(converted.iter().map(|error| error.kind).eq(names), "{converted:?}");
    for error in converted {
        assert_eq!(error.may_have_happened, error.kind == "outcome-unknown");
    }
}

#[test]
fn fields_of_the_plugin_are_named_as_arguments_and_ids_stay() {
    for (subject, expected) in [
        ("thumb-media-id", "cover_media_id"),
        ("content", "html"),
        ("media-id", "media_id"),
        ("title", "title"),
        ("an-id_of-wechat", "an-id_of-wechat"),
        ("192.0.2.1", "192.0.2.1"),
    ] {
        let error = Error::from(types::Error {
            message: format!("{subject} is wrong; {subject}s are."),
            subject: Some(subject.to_owned()),
            ..error(ErrorKind::InvalidInput)
        });
        assert_eq!(error.subject.as_deref(), Some(expected));
        assert_eq!(error.message, format!("{expected} is wrong; {subject}s are."));
    }
}
