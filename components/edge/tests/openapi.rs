//! The promise: `docs/openapi.yaml` describes the paths, the tools and the problems that the service has, and no
//! others.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Map, Value, json};
use wechat_official_account_edge::body::FILE_LIMIT;
use wechat_official_account_edge::problem::{self, Problem};
use wechat_official_account_edge::routes;
use wechat_official_account_edge::settings::Misconfiguration;
use wechat_official_account_tools::catalogue::Tool;

/// Around the schemas that follow from the tools.
const BEGIN: &str = "    # From the tools: UPDATE_SCHEMAS=1 cargo test -p wechat-official-account-edge\n";
const END: &str = "    # The service's own.\n";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.yaml")
}

fn document() -> Value {
    serde_saphyr::from_str(&fs::read_to_string(path()).unwrap()).unwrap()
}

/// Returns the schema that the document has under this name.
fn schema(name: &str) -> Value {
    let schema = document()["components"]["schemas"][name].clone();
    assert!(schema.is_object(), "the document has no schema {name}");
    schema
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().unwrap().iter()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let mut routes = BTreeSet::new();
    for route in routes::ROUTES {
        routes.insert((route.template(false), route.method.name().to_lowercase()));
        if route.has_alias() {
            routes.insert((route.template(true), route.method.name().to_lowercase()));
        }
    }
    let document = document();
    let described: BTreeSet<_> = members(&document["paths"])
        .flat_map(|(path, item)| members(item).map(|(method, _)| (path.clone(), method.clone())))
        .filter(|(_, method)| method != "parameters")
        .collect();
    assert_eq!(described, routes);
}

#[test]
fn the_paths_of_an_alias_are_those_without_one() {
    let document = document();
    let paths = &document["paths"];
    for route in routes::ROUTES.iter().filter(|route| route.has_alias()) {
        let mut with_alias = paths[route.template(true)].clone();
        let parameters = with_alias["parameters"].as_array_mut().unwrap();
        assert_eq!(parameters.remove(0)["$ref"], "#/components/parameters/Alias");
        if parameters.is_empty() {
            with_alias.as_object_mut().unwrap().remove("parameters");
        }
        without_alias(&mut with_alias);
        assert_eq!(with_alias, paths[route.template(false)], "{}", route.template(true));
    }
}

/// Takes the names of operations back to those without an alias, and the alias out of links.
fn without_alias(value: &mut Value) {
    if let Value::Array(values) = value {
        values.iter_mut().for_each(without_alias);
    }
    let Value::Object(members) = value else { return };
    members.values_mut().for_each(without_alias);
    let Some(id) = members.get_mut("operationId") else {
        return;
    };
    *id = id.as_str().unwrap().strip_suffix("OfAccount").unwrap().into();
    // A link has its parameters by name.
    if let Some(parameters) = members.get_mut("parameters").and_then(Value::as_object_mut) {
        assert_eq!(parameters.remove("alias").unwrap(), "$request.path.alias");
    }
}

/// Returns the schemas that follow from the tools, by their names in the document.
fn schemas_of_tools() -> BTreeMap<&'static str, Value> {
    // A name is no part of a schema, and the document as a whole has the dialect.
    let of_document = |mut schema: Map<String, Value>| {
        schema.retain(|name, _| name != "$schema" && name != "title");
        Value::from(schema)
    };
    let schemas = |tool: &str| Tool::named(tool).unwrap().schemas().unwrap().clone();
    let results = [
        ("account-status", "AccountStatus"),
        ("list-drafts", "DraftPage"),
        ("create-draft", "Written"),
        ("get-draft", "Draft"),
        ("delete-draft", "Deleted"),
        ("publish-draft", "Submitted"),
        ("get-publish-status", "PublishStatus"),
        ("list-published", "PublicationPage"),
    ];
    let mut all = BTreeMap::from(results.map(|(tool, name)| (name, of_document(schemas(tool).output))));
    assert_eq!(all["Written"], of_document(schemas("update-draft").output));
    for (tool, name, in_path) in [
        ("create-draft", "CreateDraft", None),
        ("update-draft", "UpdateDraft", Some("media_id")),
        ("publish-draft", "PublishDraft", Some("media_id")),
    ] {
        let mut input = schemas(tool).input;
        if let Some(parameter) = in_path {
            input["properties"].as_object_mut().unwrap().remove(parameter).unwrap();
            input["required"]
                .as_array_mut()
                .unwrap()
                .retain(|required| required != parameter);
        }
        all.insert(name, of_document(input));
    }
    all
}

/// Writes these schemas into the document, between two comments.
fn write_schemas(schemas: &BTreeMap<&str, Value>) {
    let document = fs::read_to_string(path()).unwrap();
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let yaml = serde_saphyr::to_string(schemas).unwrap();
    let lines: Vec<_> = yaml.lines().map(|line| format!("    {line}\n")).collect();
    fs::write(path(), format!("{before}{BEGIN}{}{END}{after}", lines.concat())).unwrap();
}

#[test]
fn bodies_are_the_arguments_and_results_of_the_tools() {
    let expected = schemas_of_tools();
    if env::var_os("UPDATE_SCHEMAS").is_some() {
        write_schemas(&expected);
    }
    for (name, expected) in expected {
        assert_eq!(schema(name), expected, "{name}: UPDATE_SCHEMAS=1 writes it anew");
    }
}

#[test]
fn every_kind_of_problem_is_described_with_its_status() {
    let document = document();
    let kinds: BTreeSet<_> = problem::kinds().into_iter().map(|(kind, ..)| kind).collect();
    let described = schema("Problem")["properties"]["kind"]["enum"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(
        described
            .iter()
            .map(|kind| kind.as_str().unwrap())
            .collect::<BTreeSet<_>>(),
        kinds
    );
    let statuses: BTreeSet<_> = problem::kinds()
        .into_iter()
        .map(|(_, status, _)| status.to_string())
        .collect();
    let mut found = BTreeSet::new();
    for (_, item) in members(&document["paths"]) {
        for (_, operation) in members(item).filter(|(name, _)| *name != "parameters") {
            found.extend(members(&operation["responses"]).map(|(status, _)| status.clone()));
        }
    }
    found.retain(|status| !status.starts_with('2'));
    // A request that meets 405 is not in the document.
    assert_eq!(found, statuses.into_iter().filter(|status| status != "405").collect());
    for (name, response) in members(&document["components"]["responses"]) {
        for (_, example) in members(&response["content"]["application/problem+json"]["examples"]) {
            let example = &example["value"];
            let (kind, status, title) = problem::kinds()
                .into_iter()
                .find(|(kind, ..)| example["kind"] == *kind)
                .unwrap_or_else(|| panic!("{name} has an example of an unknown kind"));
            assert_eq!(
                example["type"],
                format!("urn:problem-type:wechat-official-account:{kind}")
            );
            assert_eq!((&example["status"], &example["title"]), (&json!(status), &json!(title)));
        }
    }
}

/// Returns every example in this part of the document, with the schema that stands beside it.
fn examples(part: &Value) -> Vec<(&Value, &Value)> {
    let children: Vec<_> = match part {
        Value::Array(values) => values.iter().collect(),
        Value::Object(members) => members.values().collect(),
        _ => Vec::new(),
    };
    let mut all: Vec<_> = children.into_iter().flat_map(examples).collect();
    if let Some(schema) = part.get("schema") {
        all.extend(part.get("example").map(|example| (schema, example)));
        let named = part.get("examples").and_then(Value::as_object);
        all.extend(
            named
                .into_iter()
                .flatten()
                .map(|(_, example)| (schema, &example["value"])),
        );
    }
    all
}

/// Fails if an example, or a part of it, lacks a member that its schema requires.
fn check_required(document: &Value, schema: &Value, example: &Value) {
    let schema = match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        assert!(
            example.get(name.as_str().unwrap()).is_some(),
            "{name} is missing in {example}"
        );
    }
    for part in example.as_array().into_iter().flatten() {
        check_required(document, &schema["items"], part);
    }
    for (name, part) in example.as_object().into_iter().flatten() {
        check_required(document, &schema["properties"][name], part);
    }
}

#[test]
fn every_example_has_what_its_schema_requires() {
    let document = document();
    let examples = examples(&document);
    assert!(examples.len() > 30, "{} examples", examples.len());
    for (schema, example) in examples {
        check_required(&document, schema, example);
    }
}

#[test]
fn examples_of_the_services_own_problems_are_what_it_sends() {
    let not_json = serde_json::from_str::<Value>("{").unwrap_err();
    let own = [
        Problem::not_configured(&Misconfiguration::new("EDGE_TOKEN", "is not set")),
        Problem::unauthenticated(false),
        Problem::unknown_path(),
        Problem::unknown_account(Some("news")),
        Problem::publishing_disabled(),
        Problem::origin_not_allowed(),
        Problem::unsupported_media_type("application/json"),
        Problem::body_too_large(FILE_LIMIT),
        Problem::incomplete_body(),
        Problem::malformed_json(&not_json),
    ];
    let own = own.map(|problem| (problem.kind(), json!(problem)));
    let document = document();
    for (_, example) in examples(&document) {
        let same_kind = own.iter().find(|(kind, _)| example["kind"] == *kind);
        if let Some((_, sent)) = same_kind {
            assert_eq!(example, sent);
        }
    }
}

#[test]
fn the_limit_of_files_is_the_services() {
    let document = document();
    for (_, media_type) in members(&document["paths"]["/v1/materials"]["post"]["requestBody"]["content"]) {
        assert_eq!(media_type["schema"]["maxLength"], FILE_LIMIT);
    }
}
