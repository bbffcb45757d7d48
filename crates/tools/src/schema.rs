//! The schemas of arguments and results, made from their types: for tests only.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// The schema of arguments.
pub fn input<T: JsonSchema>() -> Schema {
    schema::<T>(SchemaSettings::draft2020_12().for_deserialize())
}

/// The schema of a result.
pub fn output<T: JsonSchema>() -> Schema {
    schema::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn schema<T: JsonSchema>(settings: SchemaSettings) -> Schema {
    let settings = settings.with(|settings| {
        settings.inline_subschemas = true;
        // MCP has this dialect if none is named.
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(shorten).transform(&mut schema);
    schema
}

/// Leaves out what a model has no use for: each word costs it, in every conversation.
fn shorten(schema: &mut Schema) {
    for name in ["title", "format", "default"] {
        // A default of null says that the field may be missing, as `required` does.
        if name != "default" || schema.get(name).is_some_and(|value| value.is_null()) {
            schema.remove(name);
        }
    }
    // The line breaks are those of the comments in the source.
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace('\n', " ");
    }
}
