use serde::Deserialize;

use super::super::object::Object;
use super::*;

/// A field of each kind.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Reply {
    #[serde(deserialize_with = "text")]
    id: String,
    #[serde(deserialize_with = "optional_text")]
    name: Option<String>,
    #[serde(deserialize_with = "non_empty")]
    key: Option<String>,
    #[serde(deserialize_with = "count")]
    at: u64,
    #[serde(deserialize_with = "flag")]
    yes: bool,
    #[serde(deserialize_with = "optional_number")]
    number: Option<i64>,
    #[serde(deserialize_with = "list")]
    items: Vec<Inner>,
    #[serde(deserialize_with = "optional_list")]
    more: Option<Vec<Inner>>,
    #[serde(deserialize_with = "object")]
    inner: Option<Inner>,
    #[serde(deserialize_with = "numbers")]
    failed: Vec<i64>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Inner {
    #[serde(deserialize_with = "text")]
    y: String,
}

fn read(text: &str) -> Reply {
    Object::parse(text).unwrap().read().unwrap()
}

#[test]
fn types_may_drift() {
    for document in [
        r#"{"id":12345678901234567,"at":"7","yes":1,"items":null,"failed":["1",2]}"#,
        r#"{"id":"12345678901234567","at":7,"yes":true,"items":[],"failed":[1,"2"]}"#,
        r#"{"id":"12345678901234567","at":" +7 ","yes":"1","unknown":{"x":[1]},"failed":[1,2,null]}"#,
    ] {
        let reply = read(document);
        assert_eq!(reply.id, "12345678901234567", "{document}");
        assert_eq!((reply.at, reply.yes), (7, true), "{document}");
        assert!(reply.items.is_empty());
        assert_eq!(reply.failed, [1, 2], "{document}");
    }
}

#[test]
fn a_field_that_is_missing_or_of_another_shape_is_none() {
    let fields = [
        "id", "name", "key", "at", "yes", "number", "items", "more", "inner", "failed",
    ];
    for value in ["null", r#"{"x":1.5}"#, "[[1.5]]", "1.5"] {
        let document = fields.map(|field| format!("\"{field}\":{value}")).join(",");
        let expected = Reply {
            // An object is one, and a list is one, whatever they hold.
            inner: value.starts_with('{').then(Inner::default),
            more: value.starts_with('[').then(Vec::new),
            ..Reply::default()
        };
        assert_eq!(read(&format!("{{{document}}}")), expected, "{value}");
    }
    assert_eq!(read("{}"), Reply::default());
    assert_eq!(read(r#"{"at":-1,"number":-1}"#).at, 0);
    assert_eq!(read(r#"{"at":-1,"number":-1}"#).number, Some(-1));
    assert_eq!(read(r#"{"name":"","key":""}"#).name.as_deref(), Some(""));
    assert_eq!(read(r#"{"name":"","key":""}"#).key, None);
}

#[test]
fn a_list_is_read_without_the_parts_that_are_no_objects() {
    let reply = read(r#"{"items":[1,{"y":2},["y"]],"more":[]}"#);
    assert_eq!(reply.items, [Inner { y: "2".to_owned() }]);
    assert_eq!(reply.more, Some(Vec::new()));
}

/// The fields that an answer must have.
#[derive(Debug, Deserialize)]
struct Required {
    #[serde(deserialize_with = "id")]
    id: String,
    #[serde(deserialize_with = "required_text")]
    name: String,
    #[serde(default, deserialize_with = "objects")]
    items: Option<Vec<Inner>>,
}

#[test]
fn a_required_field_is_there_or_the_shape_is_another() {
    let read = |text| Object::parse(text).unwrap().read::<Required>();
    let reply = read(r#"{"id":5,"name":"","items":[{"y":"a"}]}"#).unwrap();
    assert_eq!((reply.id.as_str(), reply.name.as_str()), ("5", ""));
    assert_eq!(reply.items, Some(vec![Inner { y: "a".to_owned() }]));
    assert!(read(r#"{"id":"a","name":[],"items":null}"#).unwrap().items.is_none());
    for document in [
        r#"{"name":"a"}"#,
        r#"{"id":null,"name":"a"}"#,
        r#"{"id":"","name":"a"}"#,
        r#"{"id":"?","name":"a"}"#,
        r#"{"id":"a b","name":"a"}"#,
        r#"{"id":"a"}"#,
        r#"{"id":"a","name":null}"#,
        r#"{"id":"a","name":"a","items":"x"}"#,
        r#"{"id":"a","name":"a","items":[["x"]]}"#,
    ] {
        assert!(read(document).is_none(), "{document}");
    }
}
