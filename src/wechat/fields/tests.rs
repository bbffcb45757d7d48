use super::*;

/// A field of each kind.
#[derive(Debug, Default, PartialEq)]
struct Reply {
    id: String,
    name: Option<String>,
    key: Option<String>,
    at: u64,
    yes: bool,
    number: Option<i64>,
    items: Vec<Inner>,
    failed: Vec<i64>,
}

impl Structure for Reply {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            id: object.text("id"),
            name: object.optional_text("name"),
            key: object.non_empty("key"),
            at: object.count_or_zero("at"),
            yes: object.flag("yes"),
            number: object.optional_number("number"),
            items: object.list("items")?,
            failed: object.numbers("failed"),
        })
    }
}

#[derive(Debug, Default, PartialEq)]
struct Inner {
    y: String,
}

impl Structure for Inner {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self { y: object.text("y") })
    }
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
    let fields = ["id", "name", "key", "at", "yes", "number", "items", "failed"];
    for value in ["null", r#"{"x":1.5}"#, "[[1.5]]", "1.5", "\"\"", "false"] {
        let document = fields.map(|field| format!("\"{field}\":{value}")).join(",");
        let mut read = read(&format!("{{{document}}}"));
        // An empty string is one.
        read.name = read.name.filter(|name| !name.is_empty());
        assert_eq!(read, Reply::default(), "{value}");
    }
    assert_eq!(read("{}"), Reply::default());
    assert_eq!(read(r#"{"at":-1,"number":-1}"#).at, 0);
    assert_eq!(read(r#"{"at":-1,"number":-1}"#).number, Some(-1));
    assert_eq!(read(r#"{"name":"","key":""}"#).name.as_deref(), Some(""));
    assert_eq!(read(r#"{"name":"","key":""}"#).key, None);
}

#[test]
fn a_list_is_read_without_the_parts_that_are_no_objects() {
    let reply = read(r#"{"items":[1,{"y":2},["y"]]}"#);
    assert_eq!(reply.items, [Inner { y: "2".to_owned() }]);
}

#[test]
fn a_number_is_read_in_any_spelling() {
    for (number, expected) in [
        ("0", Some(0)),
        ("-0", Some(0)),
        ("0.0", Some(0)),
        ("0e9", Some(0)),
        ("7.0", Some(7)),
        ("0.7e1", Some(7)),
        ("-7E0", Some(-7)),
        ("9007199254740992.0", Some(9_007_199_254_740_992)),
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("7.5", None),
        ("1e-9", None),
    ] {
        for spelling in [number.to_owned(), format!("\"{number}\""), format!("\" {number}\\n\"")] {
            assert_eq!(
                read(&format!(r#"{{"number":{spelling}}}"#)).number,
                expected,
                "{spelling}"
            );
        }
    }
    for none in [
        "true",
        "false",
        "null",
        "[]",
        "[7]",
        "{}",
        "\"\"",
        "\" \"",
        "\"x\"",
        "\"7x\"",
        "\"0x7\"",
        "\"inf\"",
        "\"NaN\"",
        "\"true\"",
        "\"[7]\"",
        "\"1e400\"",
        "\"9223372036854775808\"",
    ] {
        assert_eq!(read(&format!(r#"{{"number":{none}}}"#)).number, None, "{none}");
    }
}

#[test]
fn a_truth_value_is_read_in_any_form() {
    for (value, expected) in [
        ("true", true),
        ("\"true\"", true),
        ("1", true),
        ("1.0", true),
        ("\"1\"", true),
        ("false", false),
        ("\"false\"", false),
        ("0", false),
        ("0.0", false),
        ("\"0\"", false),
        ("null", false),
        ("\"\"", false),
    ] {
        assert_eq!(read(&format!(r#"{{"yes":{value}}}"#)).yes, expected, "{value}");
    }
}

/// The fields that an answer must have.
#[derive(Debug)]
struct Required {
    id: String,
    total: u64,
    count: Option<u64>,
    items: Option<Vec<Inner>>,
    inner: Option<Inner>,
}

impl Structure for Required {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            id: object.id("id")?,
            total: object.count("total")?,
            count: object.optional_count("count")?,
            items: object.objects("items")?,
            inner: object.object("inner")?,
        })
    }
}

#[test]
fn a_required_field_is_there_or_the_shape_is_another() {
    let read = |text: &str| Object::parse(text).unwrap().read::<Required>();
    let reply = read(r#"{"id":5,"total":"7.0","count":7e0,"items":[{"y":"a"}],"inner":{"y":3}}"#).unwrap();
    assert_eq!((reply.id.as_str(), reply.total, reply.count), ("5", 7, Some(7)));
    assert_eq!(reply.items, Some(vec![Inner { y: "a".to_owned() }]));
    assert_eq!(reply.inner, Some(Inner { y: "3".to_owned() }));
    let reply = read(r#"{"id":5.0,"total":0,"count":null,"items":null,"inner":[]}"#).unwrap();
    assert_eq!(
        (reply.id.as_str(), reply.count, reply.items, reply.inner),
        ("5", None, None, None)
    );
    assert!(read(r#"{"id":"a","total":0,"inner":""}"#).unwrap().inner.is_none());
    for (name, values) in [
        (
            "id",
            &[
                "null",
                "\"\"",
                "\"?\"",
                "\"a b\"",
                "\"a.b\"",
                "\"写\"",
                "\"a\\u0000\"",
                "true",
                "false",
                "1.5",
                "[]",
                "{}",
                "[\"a\"]",
                "0",
                "0.0",
                "-1",
                "\"0\"",
                "\"00\"",
                "\"-5\"",
            ][..],
        ),
        (
            "total",
            &["null", "-1", "-0.5", "1.5", "true", "\"\"", "\"x\"", "[]", "{}"],
        ),
        ("count", &["-1", "1.5", "false", "\"\"", "\"x\"", "[]", "{}"]),
        ("items", &["\"x\"", "\"\"", "0", "{}", "[[\"x\"]]", "[null]", "[{},1]"]),
        ("inner", &["\"x\"", "0", "false", "[1]", "[{}]"]),
    ] {
        for value in values {
            let mut document: serde_json::Value = serde_json::json!({"id": "a", "total": 1});
            document[name] = serde_json::from_str(value).unwrap();
            assert!(read(&document.to_string()).is_none(), "{name} {value}");
        }
    }
    for document in [r#"{"total":1}"#, r#"{"id":"a"}"#] {
        assert!(read(document).is_none(), "{document}");
    }
}
