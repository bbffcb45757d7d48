//! The door for JSON: every tool by its name, and arguments that do not fit.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use wechat_official_account_tools::call::call;
use wechat_official_account_tools::catalogue::TOOLS;
use wechat_official_account_tools::{Error, Result, digest};

use crate::fake::{Fake, run};

fn calls(tool: &str, arguments: Value) -> (Result<Value>, Vec<String>) {
    let mut plugin = Fake::default();
    let result = run(call(&mut plugin, tool, arguments));
    (result, plugin.calls)
}

fn refused(tool: &str, arguments: Value) -> Error {
    let (result, calls) = calls(tool, arguments);
    assert!(calls.is_empty(), "{calls:?}");
    let error = result.unwrap_err();
    assert_eq!(error.kind, "invalid-input");
    error
}

/// The least that each tool takes, and what it then asks the plugin for last.
fn least(tool: &str) -> (Value, &'static str) {
    let article = json!({ "title": "Hello", "html": "<p>Text</p>", "cover_media_id": "COVER" });
    match tool {
        "check-article" => (json!({ "article": article }), "check <p>Text</p>"),
        "list-drafts" => (json!({}), "list-drafts 0 20"),
        "get-draft" => (json!({ "media_id": "DRAFT" }), "get DRAFT"),
        "get-publish-status" => (json!({ "publish_id": "TASK" }), "wait TASK 0"),
        "list-published" => (json!({}), "list-published 0 20"),
        "account-status" => (json!({}), "quota /cgi-bin/freepublish/submit"),
        "upload-image" => (json!({ "data": "AAAA" }), "upload image"),
        "create-draft" => (json!({ "article": article }), "compare Hello"),
        "update-draft" => (json!({ "media_id": "DRAFT", "article": article }), "compare Hello"),
        "delete-draft" => (json!({ "media_id": "DRAFT", "title": "Hello" }), "delete DRAFT"),
        "publish-draft" => {
            let digest = digest::of(&Fake::default().draft);
            let arguments = json!({ "media_id": "DRAFT", "expected_title": "Hello", "digest": digest });
            (arguments, "submit DRAFT")
        }
        _ => panic!("{tool}"),
    }
}

#[test]
fn every_tool_is_called_by_its_name_and_returns_what_its_schema_requires() {
    for tool in TOOLS {
        let (arguments, last) = least(tool.name);
        let schemas = tool.schemas().unwrap();
        let required = |schema: &Map<String, Value>| -> Vec<String> {
            let names = schema
                .get("required")
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default();
            names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
        };
        let given: BTreeSet<_> = arguments.as_object().unwrap().keys().cloned().collect();
        assert_eq!(BTreeSet::from_iter(required(&schemas.input)), given, "{}", tool.name);
        let (result, calls) = calls(tool.name, arguments);
        let result = result.unwrap();
        let returned = result.as_object().unwrap();
        for name in required(&schemas.output) {
            assert!(returned.contains_key(&name), "{}: {name}", tool.name);
        }
        for name in returned.keys() {
            assert!(
                schemas.output["properties"].get(name).is_some(),
                "{}: {name}",
                tool.name
            );
        }
        assert_eq!(calls.last().unwrap(), last);
    }
}

#[test]
fn a_tool_that_needs_nothing_takes_no_arguments_at_all() {
    let (result, _) = calls("list-drafts", Value::Null);
    assert_eq!(result.unwrap()["total"], 7);
    assert!(refused("get-draft", Value::Null).message.contains("media_id"));
}

#[test]
fn the_argument_that_does_not_fit_is_named() {
    for (tool, arguments, subject, words) in [
        ("get-draft", json!({ "media_id": {} }), "media_id", "expected a string"),
        ("get-draft", json!({ "media_id": "A", "x": 1 }), "x", "unknown field"),
        ("get-draft", json!(["DRAFT", true]), "arguments", "list"),
        ("create-draft", json!({ "article": ["T", "<p>"] }), "article", "list"),
        ("get-draft", json!("A"), "arguments", "invalid type"),
        ("list-drafts", json!({ "count": -1 }), "count", "expected u32"),
        ("list-drafts", json!({ "offset": 1.5 }), "offset", "expected u32"),
        (
            "create-draft",
            json!({ "article": { "title": "T" } }),
            "article",
            "missing field `html`",
        ),
        (
            "create-draft",
            json!({ "article": { "title": "T", "html": "", "author": 1 } }),
            "article.author",
            "expected a string",
        ),
        (
            "create-draft",
            json!({ "article": { "title": "T", "html": "", "comments": "all" } }),
            "article.comments",
            "fans-only",
        ),
    ] {
        let error = refused(tool, arguments);
        assert_eq!(error.subject.as_deref(), Some(subject), "{error}");
        assert!(
            error.message.contains(words) && error.advice.contains("schema"),
            "{error}"
        );
    }
}

#[test]
fn an_error_repeats_no_long_argument() {
    let long = "字".repeat(100_000);
    for error in [
        refused("list-drafts", json!({ "count": long.clone() })),
        refused("list-drafts", json!({ long.clone(): 1 })),
        refused(&long, json!({})),
    ] {
        assert!(
            error.message.chars().count() < 1000,
            "{} characters",
            error.message.chars().count()
        );
        assert!(error.subject.unwrap().chars().count() < 1000);
    }
}

#[test]
fn an_unknown_tool_is_told_the_way_out() {
    let error = refused("publish", json!({}));
    assert_eq!(error.subject.as_deref(), Some("name"));
    assert!(
        error.message.contains("\"publish\"") && error.advice.contains("List the tools"),
        "{error}"
    );
}

/// Any JSON, and often the members that tools know.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!("data:image/png;base64,")),
    ];
    let name = prop_oneof![
        Just("article".to_owned()),
        Just("title".to_owned()),
        Just("html".to_owned()),
        Just("media_id".to_owned()),
        Just("data".to_owned()),
        Just("publish_id".to_owned()),
        Just("wait_seconds".to_owned()),
        Just("index".to_owned()),
        ".{0,5}",
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_arguments_break_a_tool(tool in 0..TOOLS.len(), arguments in any_json()) {
        let (result, calls) = calls(TOOLS[tool].name, arguments);
        if let Err(error) = result {
            prop_assert!(!error.may_have_happened, "{error}");
            prop_assert!(!calls.iter().any(|call| call.starts_with("submit") || call.starts_with("delete")));
        }
    }

    #[test]
    fn no_html_breaks_a_check(html in "(<img src=[\"']?|data:image/|[\"')<> ]|图|.){0,40}") {
        let article = json!({ "title": "T", "html": html });
        let (result, _) = calls("check-article", json!({ "article": article }));
        prop_assert!(result.is_ok());
    }
}
