//! The error that every tool has.

use std::fs;
use std::path::Path;

use wechat_official_account_tools::Error;
use wechat_official_account_tools::bindings::types::{self, ErrorKind};
use wechat_official_account_tools::finding::Finding;

use crate::fake::{error, finding};

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

#[test]
fn a_caller_of_tools_is_told_of_tools_and_not_of_the_plugins_functions() {
    for (plugins, tools) in [
        (
            "Look for the draft with draft.list, by title and update-time, before adding it again.",
            "Look for the draft with list-drafts, by title and update-time, before adding it again.",
        ),
        (
            "Look for the file with material.list, newest first, before uploading it again. (A thumb is not listed.)",
            "Look for the file in the library of mp.weixin.qq.com, newest first, before uploading it again. (A thumb is \
             not listed.)",
        ),
        (
            "give the media-id that material.upload-image returned (those of media.upload are temporary: not accepted)",
            "give the media-id that upload-image returned (those of temporary material are not accepted)",
        ),
    ] {
        let error = Error::from(types::Error {
            message: plugins.to_owned(),
            advice: plugins.to_owned(),
            ..error(ErrorKind::OutcomeUnknown)
        });
        assert_eq!((error.message.as_str(), error.advice.as_str()), (tools, tools));
        let found = Finding::from(types::Finding {
            message: plugins.to_owned(),
            ..finding(types::Severity::Error, "title")
        });
        assert_eq!(found.message, tools);
    }
}

/// Texts of functions that no tool calls.
const NOT_CALLED: [&str; 2] = [
    "with publish.get before deleting again",
    "再次删除之前，请先用 publish.get 查看",
];

/// The plugin's own sources are read, so that a new text can't be forgotten.
#[test]
fn no_text_of_the_plugin_names_a_function_of_the_contract() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let functions = functions(&root.join("wit"));
    let mut named = 0;
    for text in texts(&root.join("src")) {
        let names = |text: &str| functions.iter().any(|function| text.contains(function.as_str()));
        if !names(&text) || NOT_CALLED.iter().any(|words| text.contains(words)) {
            continue;
        }
        named += 1;
        let converted = Error::from(types::Error {
            advice: text,
            ..error(ErrorKind::Other)
        });
        assert!(!names(&converted.advice), "{}", converted.advice);
    }
    assert!(named > 10, "{named} texts");
}

/// Returns the functions of the contract as the plugin's texts name them, and the beginnings of settings.
fn functions(wit: &Path) -> Vec<String> {
    let mut functions: Vec<_> = ["config.", "timeouts."].map(str::to_owned).to_vec();
    for interface in ["account", "content", "draft", "material", "media", "publish"] {
        let text = fs::read_to_string(wit.join(format!("{interface}.wit"))).unwrap();
        let names = text.lines().filter_map(|line| line.trim().split_once(": func("));
        functions.extend(names.map(|(name, _)| format!("{interface}.{}", name.trim_start_matches('%'))));
    }
    functions
}

/// Returns the texts between quotes of all sources in a folder, without tests, that have a blank.
fn texts(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.is_dir() {
            texts.extend(self::texts(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "tests" {
            let source = fs::read_to_string(&path).unwrap().replace("\\\"", "'");
            let source = source.split("#[cfg(test)]\nmod ").next().unwrap().to_owned();
            let mut joined = String::new();
            for line in source.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
                match line.strip_suffix('\\') {
                    Some(begun) => joined.push_str(begun),
                    None => joined += &format!("{line}\n"),
                }
            }
            let quoted = joined.lines().flat_map(|line| line.split('"').skip(1).step_by(2));
            texts.extend(quoted.filter(|text| text.contains(' ')).map(str::to_owned));
        }
    }
    texts
}
