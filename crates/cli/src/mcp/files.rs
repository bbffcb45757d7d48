//! The arguments that name files below the operator's folder, which only this server has: how they are described, and
//! how they become the arguments that the tools have everywhere.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use wechat_official_account_tools::error::{Error, Result};
use wechat_official_account_tools::text::shortened;

use super::pictures::Pictures;
use super::root::{HTML, Limit, PICTURE, Root};
use crate::article::source::Kind;
use crate::file::without_byte_order_mark;

/// The tool that takes an image.
const UPLOAD_IMAGE: &str = "upload-image";
/// Its argument that names a file.
const PATH: &str = "path";
/// The field of an article that names a file.
const HTML_PATH: &str = "html_path";

/// Adds the arguments that name files to the schema of a tool's arguments.
pub fn describe(tool: &str, schema: &mut Map<String, Value>) {
    if tool == UPLOAD_IMAGE {
        let description = "In place of data: the image as a file below the folder of the server, such as img/a.png.";
        offer(schema, "data", PATH, description);
    }
    let article = schema
        .get_mut("properties")
        .and_then(|properties| properties.get_mut("article"));
    if let Some(article) = article.and_then(Value::as_object_mut) {
        let description = "In place of html: the text as a file (.html or .htm) below the folder of the server. A \
                           picture in it may also be the path of a file, as seen from the HTML's own folder.";
        offer(article, "html", HTML_PATH, description);
    }
}

/// Offers an argument in place of another one, which is no longer required.
fn offer(schema: &mut Map<String, Value>, instead: &str, name: &str, description: &str) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert(name.to_owned(), json!({ "type": "string", "description": description }));
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|required| required != instead);
    }
}

/// Reads the files that the arguments name, and puts their content in place of the names. Returns the pictures of the
/// article, which are read when the plugin has listed them.
///
/// # Errors
/// If a file can't be read.
pub async fn read(root: &Root, tool: &str, arguments: &mut Map<String, Value>) -> Result<Pictures> {
    if tool == UPLOAD_IMAGE
        && let Some(path) = take(arguments, "data", PATH)?
    {
        let bytes = load(root, PATH, &path, PICTURE).await?;
        arguments.insert("data".to_owned(), BASE64_STANDARD.encode(bytes).into());
        arguments.entry("name").or_insert_with(|| path.into());
    }
    let Some(article) = arguments.get_mut("article").and_then(Value::as_object_mut) else {
        return Ok(Pictures::default());
    };
    let path = take(article, "html", HTML_PATH)?;
    if let Some(path) = &path {
        let html = html(root, path).await?;
        article.insert("html".to_owned(), html.into());
    }
    let html = article.get("html").and_then(Value::as_str).unwrap_or_default();
    Ok(Pictures::beside(root, path.as_deref(), html))
}

/// Takes the name of a file out of the arguments. If there is none, there must be `instead`.
#[allow(clippy::result_large_err, reason = "an error ends the call")]
fn take(arguments: &mut Map<String, Value>, instead: &str, name: &str) -> Result<Option<String>> {
    let path = match arguments.remove(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(path)) => Some(path),
        Some(_) => {
            return Err(Error::invalid_input(
                name,
                format!("{name} is no text."),
                "Give the path of a file.",
            ));
        }
    };
    let has_other = arguments.get(instead).is_some_and(|value| !value.is_null());
    let message = match (&path, has_other) {
        (Some(_), true) => format!("There are both {instead} and {name}. Nothing was done."),
        (None, false) => format!("There is neither {instead} nor {name}. Nothing was done."),
        _ => return Ok(path),
    };
    Err(Error::invalid_input(name, message, "Give one of them."))
}

async fn html(root: &Root, path: &str) -> Result<String> {
    if Kind::of(Path::new(path)) != Some(Kind::Html) {
        let message = format!(
            "The name of {} does not end in .html or .htm, and it was not read.",
            shortened(path)
        );
        return Err(Error::invalid_input(HTML_PATH, message, "Give a file of HTML."));
    }
    let text = String::from_utf8(load(root, HTML_PATH, path, HTML).await?).map_err(|error| {
        let position = error.utf8_error().valid_up_to();
        let message = format!("Byte {position} of {} is not UTF-8.", shortened(path));
        Error::invalid_input(HTML_PATH, message, "Save it as UTF-8.")
    })?;
    Ok(without_byte_order_mark(&text).to_owned())
}

async fn load(root: &Root, argument: &str, path: &str, limit: Limit) -> Result<Vec<u8>> {
    root.read(path, limit).await.map_err(|reason| {
        let message = format!("The file {} {reason}. Nothing was sent.", shortened(path));
        Error::invalid_input(
            argument,
            message,
            "Give the path of a file as seen from the folder of the server.",
        )
    })
}
