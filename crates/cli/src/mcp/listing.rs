//! The list of the tools in the words of MCP.

use std::sync::Arc;

use rmcp::model::{Tool, ToolAnnotations};
use serde_json::{Map, Value, json};
use wechat_official_account_tools::catalogue::{self, Effect, Schemas, TOOLS};

use super::files;

/// Returns the tools that this server has: those that publish only if the operator allows it, and arguments that name
/// files only if there is a folder.
pub fn tools(with_publishing: bool, with_files: bool) -> Vec<Tool> {
    let offered = TOOLS
        .iter()
        .filter(|tool| with_publishing || tool.effect != Effect::Publishes);
    offered.filter_map(|tool| describe(tool, with_files)).collect()
}

fn describe(tool: &catalogue::Tool, with_files: bool) -> Option<Tool> {
    let Schemas { mut input, output } = tool.schemas()?.clone();
    if with_files {
        files::describe(tool.name, &mut input);
    }
    // Clients take what is missing for the worst, so each of the four is there.
    let annotations = ToolAnnotations::with_title(tool.title)
        .read_only(tool.read_only())
        .destructive(tool.destructive())
        .idempotent(tool.idempotent())
        .open_world(tool.contacts_wechat);
    let listed = Tool::new(tool.name, tool.description, input)
        .with_title(tool.title)
        .with_raw_output_schema(Arc::new(or_error(output)))
        .with_annotations(annotations);
    Some(listed)
}

/// Lets the schema of a result also describe an error: what a tool returns must fit its schema, and some clients check
/// that for errors, too.
fn or_error(mut result: Map<String, Value>) -> Map<String, Value> {
    let dialect = result.remove("$schema");
    let text = || json!({ "type": "string" });
    let perhaps = |kind: &str| json!({ "type": [kind, "null"] });
    let error = json!({
        "type": "object",
        "description": "The record of a failure, if isError is true.",
        "properties": {
            "kind": text(),
            "message": text(),
            "advice": text(),
            "subject": perhaps("string"),
            "errcode": perhaps("integer"),
            "rid": perhaps("string"),
            "retry_after_seconds": perhaps("integer"),
            "may_have_happened": { "type": "boolean" },
        },
        "required": ["kind", "message", "advice", "may_have_happened"],
    });
    let mut schema = Map::new();
    schema.extend(dialect.map(|dialect| ("$schema".to_owned(), dialect)));
    schema.insert("type".to_owned(), "object".into());
    schema.insert("anyOf".to_owned(), json!([result, error]));
    schema
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use wechat_official_account_tools::Error;

    use super::*;

    fn keys(value: &Value) -> BTreeSet<&str> {
        value.as_object().unwrap().keys().map(String::as_str).collect()
    }

    #[test]
    fn the_schema_of_errors_has_the_fields_of_errors() {
        let error = Error::invalid_input("title", "It is empty.", "Give one.");
        let schema = Value::from(or_error(Map::new()));
        assert_eq!(
            keys(&schema["anyOf"][1]["properties"]),
            keys(&serde_json::to_value(error).unwrap())
        );
    }

    #[test]
    fn publishing_and_files_are_offered_only_if_they_are_allowed() {
        for (publishing, files) in [(false, false), (false, true), (true, false), (true, true)] {
            let tools = tools(publishing, files);
            assert_eq!(tools.len(), TOOLS.len() - usize::from(!publishing));
            let tool = |name| tools.iter().find(|tool| tool.name == name);
            assert_eq!(tool("publish-draft").is_some(), publishing);
            let upload = tool("upload-image").unwrap().schema_as_json_value();
            let draft = &tool("create-draft").unwrap().schema_as_json_value()["properties"]["article"];
            assert_eq!(keys(&upload["properties"]).contains("path"), files);
            assert_eq!(keys(&draft["properties"]).contains("html_path"), files);
            assert_eq!(upload["required"] == json!(["data"]), !files);
            assert_eq!(draft["required"].as_array().unwrap().contains(&json!("html")), !files);
        }
    }
}
