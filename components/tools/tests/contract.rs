//! The promise: the worlds have the same tools as the catalogue, with the same arguments, results and texts.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

use std::path::Path;

use serde_json::{Map, Value};
use wechat_official_account_tools::Error;
use wechat_official_account_tools::catalogue::{Effect, TOOLS, Tool};
use wit_parser::{Docs, Function, Resolve, Type, TypeDefKind, WorldItem};

/// Returns the exported functions of a world, in the order of the file.
fn functions(wit: &Resolve, world: &str) -> Vec<Function> {
    let (_, world) = wit.worlds.iter().find(|(_, found)| found.name == world).unwrap();
    let functions = world.exports.values().map(|item| match item {
        WorldItem::Function(function) => function.clone(),
        other => panic!("{other:?}"),
    });
    functions.collect()
}

fn read() -> Resolve {
    let mut wit = Resolve::new();
    wit.push_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("wit"))
        .unwrap();
    wit
}

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

/// Returns a text on one line.
fn flat(docs: &Docs) -> String {
    let text = docs.contents.as_deref().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text that a function has: what the tool does, and a line for each argument, as no host shows the texts
/// of records to a model.
fn expected_text(tool: &Tool, input: &Map<String, Value>) -> String {
    let mut text = tool.description.to_owned();
    describe(&mut text, "", &input["properties"]);
    text
}

fn describe(text: &mut String, prefix: &str, properties: &Value) {
    for (name, schema) in properties.as_object().unwrap() {
        let name = format!("{prefix}{}", kebab(name));
        let description = schema["description"].as_str().unwrap();
        text.push_str(&format!(" - `{name}`: {description}"));
        if let Some(inner) = schema.get("properties") {
            describe(text, &format!("{name}."), inner);
        }
    }
}

/// Compares a type with a schema, and the texts of its fields and cases.
fn compare(wit: &Resolve, found: &Type, schema: &Value, place: &str) {
    let Type::Id(id) = found else {
        let name = match found {
            Type::Bool => "boolean",
            Type::U32 | Type::U64 => "integer",
            Type::String => "string",
            other => panic!("{place}: {other:?}"),
        };
        assert_eq!(schema["type"], name, "{place}");
        return;
    };
    let definition = &wit.types[*id];
    match &definition.kind {
        TypeDefKind::Type(same) => compare(wit, same, schema, place),
        TypeDefKind::Option(inner) => {
            let mut schema = schema.clone();
            if let Some(choices) = schema.get("anyOf") {
                assert_eq!(choices[1]["type"], "null", "{place}");
                schema = choices[0].clone();
            } else {
                assert_eq!(schema["type"][1], "null", "{place}");
                schema["type"] = schema["type"][0].clone();
            }
            compare(wit, inner, &schema, place);
        }
        TypeDefKind::List(inner) => {
            assert_eq!(schema["type"], "array", "{place}");
            compare(wit, inner, &schema["items"], place);
        }
        TypeDefKind::Record(record) => {
            let properties = schema["properties"].as_object().unwrap();
            let mut names: Vec<_> = properties.keys().map(|name| kebab(name)).collect();
            let mut fields: Vec<_> = record.fields.iter().map(|field| field.name.clone()).collect();
            names.sort();
            fields.sort();
            assert_eq!(fields, names, "{place}");
            for field in &record.fields {
                let place = format!("{place}.{}", field.name);
                let schema = &properties[&field.name.replace('-', "_")];
                assert_eq!(flat(&field.docs), schema["description"].as_str().unwrap(), "{place}");
                compare(wit, &field.ty, schema, &place);
            }
        }
        TypeDefKind::Enum(cases) => {
            let choices = schema["oneOf"].as_array().unwrap();
            assert_eq!(choices.len(), cases.cases.len(), "{place}");
            for (case, choice) in cases.cases.iter().zip(choices) {
                assert_eq!(
                    (choice["const"].as_str(), choice["description"].as_str()),
                    (Some(case.name.as_str()), Some(flat(&case.docs).as_str())),
                    "{place}"
                );
            }
        }
        other => panic!("{place}: {other:?}"),
    }
}

#[test]
fn each_world_has_the_tools_that_its_operator_allows() {
    let wit = read();
    let names = |world: &str| -> Vec<_> {
        functions(&wit, world)
            .into_iter()
            .map(|function| function.name)
            .collect()
    };
    let all = TOOLS.map(|tool| tool.name);
    let mut with_publishing = names("tools-publish");
    with_publishing.sort();
    let mut sorted = all;
    sorted.sort_unstable();
    assert_eq!(with_publishing, sorted);
    let quiet: Vec<_> = TOOLS.iter().filter(|tool| tool.effect != Effect::Publishes).collect();
    assert!(quiet.len() < all.len());
    assert_eq!(names("tools"), quiet.iter().map(|tool| tool.name).collect::<Vec<_>>());
}

#[test]
fn each_function_has_the_arguments_results_and_texts_of_its_tool() {
    let wit = read();
    for function in functions(&wit, "tools-publish") {
        let name = &function.name;
        let tool = Tool::named(name).unwrap();
        let schemas = tool.schemas().unwrap().clone();
        let none = Value::Object(Map::new());
        let mut input = schemas.input;
        input.entry("properties").or_insert(none);
        assert_eq!(flat(&function.docs), expected_text(tool, &input), "{name}");
        let properties = input["properties"].as_object().unwrap();
        assert_eq!(function.params.len(), properties.len(), "{name}");
        for parameter in &function.params {
            let place = format!("{name}({})", parameter.name);
            let schema = properties[&parameter.name.replace('-', "_")].clone();
            compare(&wit, &parameter.ty, &schema, &place);
        }
        let Some(Type::Id(result)) = function.result else {
            panic!("{name}");
        };
        let TypeDefKind::Result(result) = &wit.types[result].kind else {
            panic!("{name}");
        };
        compare(&wit, &result.ok.unwrap(), &Value::Object(schemas.output), name);
    }
}

#[test]
fn the_error_has_the_fields_of_the_tools_error() {
    let wit = read();
    let (_, record) = wit
        .types
        .iter()
        .find(|(_, found)| found.name.as_deref() == Some("tool-error"))
        .unwrap();
    let TypeDefKind::Record(record) = &record.kind else {
        panic!("{record:?}");
    };
    let mut fields: Vec<_> = record.fields.iter().map(|field| field.name.clone()).collect();
    let error = serde_json::to_value(Error::invalid_input("title", "It is empty.", "Give one.")).unwrap();
    let mut names: Vec<_> = error.as_object().unwrap().keys().map(|name| kebab(name)).collect();
    fields.sort();
    names.sort();
    assert_eq!(fields, names);
}

#[test]
fn the_page_has_each_tool_with_its_effect_and_asks_for_what_changes_something() {
    let page = include_str!("../../../docs/tools.md");
    let rows: Vec<_> = page
        .lines()
        .filter(|line| line.starts_with("| `") && line.contains('-'))
        .collect();
    for tool in TOOLS {
        let row = rows.iter().find(|row| row.starts_with(&format!("| `{}` |", tool.name)));
        let cells: Vec<_> = row.unwrap().split('|').map(str::trim).collect();
        let (effect, permission) = (cells[2], cells[3]);
        let verb = match tool.effect {
            Effect::Reads => "reads",
            Effect::Adds => "adds",
            Effect::Replaces => "replaces",
            Effect::Deletes => "deletes",
            Effect::Publishes => "makes a draft public",
        };
        assert!(effect.starts_with(verb), "{}: {effect}", tool.name);
        assert_eq!(permission == "allow", tool.read_only(), "{}: {permission}", tool.name);
        assert_eq!(
            effect.contains("contacts nobody"),
            !tool.contacts_wechat,
            "{}: {effect}",
            tool.name
        );
    }
}

/// Parsers of WIT take each comment before an item for its documentation.
#[test]
fn the_worlds_have_no_comments_but_documentation() {
    let text = include_str!("../wit/tools.wit");
    for line in text.lines().map(str::trim).filter(|line| line.starts_with("//")) {
        assert!(line.starts_with("/// ") || line == "///", "{line}");
    }
}
