//! The tools as the protocol lists them.

use serde_json::{Value, json};
use wechat_official_account_tools::catalogue::{Effect, TOOLS, Tool};
use wechat_official_account_tools::text::shortened;

use crate::mcp::message::RpcError;
use crate::settings::Permissions;

/// Returns the list of the tools that the operator allows.
pub fn list(permissions: &Permissions) -> Vec<Value> {
    TOOLS
        .iter()
        .filter(|tool| is_allowed(tool, permissions))
        .map(entry)
        .collect()
}

/// Reads a call: the tool and its arguments.
pub fn read(mut params: Value, permissions: &Permissions) -> Result<(&'static Tool, Value), RpcError> {
    let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
    let tool = Tool::named(name).filter(|tool| is_allowed(tool, permissions));
    let tool = tool.ok_or_else(|| RpcError::invalid_params(format!("There is no tool {:?}.", shortened(name))))?;
    // Taken and not copied: pictures may stand in them.
    match params.get_mut("arguments").map(Value::take) {
        None => Ok((tool, json!({}))),
        Some(arguments) if arguments.is_object() => Ok((tool, arguments)),
        Some(_) => Err(RpcError::invalid_params("The arguments are not an object.")),
    }
}

fn is_allowed(tool: &Tool, permissions: &Permissions) -> bool {
    tool.effect != Effect::Publishes || permissions.publish
}

fn entry(tool: &Tool) -> Value {
    let mut entry = json!({
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "annotations": {
            "title": tool.title,
            "readOnlyHint": tool.read_only(),
            "destructiveHint": tool.destructive(),
            "idempotentHint": tool.idempotent(),
            "openWorldHint": tool.contacts_wechat,
        },
    });
    if let (Some(schemas), Value::Object(entry)) = (tool.schemas(), &mut entry) {
        entry.insert("inputSchema".to_owned(), schemas.input.clone().into());
        entry.insert("outputSchema".to_owned(), schemas.output.clone().into());
    }
    entry
}
