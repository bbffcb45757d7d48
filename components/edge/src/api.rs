//! The JSON API: each operation as a call of a tool, with its arguments from path, query and body.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use wechat_official_account_tools::bindings::types::File;
use wechat_official_account_tools::plugin::ready;
use wechat_official_account_tools::{call, image};

use crate::body;
use crate::http::{Body, Request, Response};
use crate::plugin::Materials;
use crate::problem::Problem;
use crate::query::Query;
use crate::routes::{Found, Operation};

/// Bytes that are encoded in a path. WeChat's ids have none of them.
const NOT_IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// A request that was understood, before the plugin is asked.
#[derive(Debug)]
pub enum Task {
    /// A call of a tool.
    Tool(&'static str, Value),
    /// An upload.
    Upload(Kind, File),
}

/// The kind of a material.
#[derive(Debug)]
pub enum Kind {
    /// An image.
    Image,
    /// An image for the text of articles only.
    ArticleImage,
    /// A voice.
    Voice,
    /// A thumb.
    Thumb,
    /// A video.
    Video {
        /// Its title.
        title: String,
        /// Its introduction.
        introduction: String,
    },
}

/// Reads a request of the JSON API. Nothing is done yet.
///
/// # Errors
///
/// If a part of it is wrong.
pub fn read(found: &Found, request: &Request, body: &mut dyn Body) -> Result<Task, Problem> {
    let query = |allowed: &[&str]| Query::read(request.query(), allowed);
    let (tool, arguments) = match found.operation {
        Operation::ListDrafts => ("list-drafts", page(&query(&["offset", "count"])?)?),
        Operation::ListPublications => ("list-published", page(&query(&["offset", "count"])?)?),
        Operation::GetPublish => {
            let query = query(&["wait_seconds"])?;
            let mut arguments = with_id("publish_id", found);
            if let Some(seconds) = query.number("wait_seconds")? {
                arguments.insert("wait_seconds".to_owned(), seconds.into());
            }
            ("get-publish-status", arguments)
        }
        Operation::DeleteDraft => {
            let query = query(&["title"])?;
            let mut arguments = with_id("media_id", found);
            arguments.insert("title".to_owned(), query.required("title")?.into());
            ("delete-draft", arguments)
        }
        Operation::UploadMaterial => {
            let query = query(&["kind", "name", "title", "introduction"])?;
            let kind = kind(&query)?;
            let name = query.text("name").unwrap_or("file").to_owned();
            let bytes = body::file(request, body)?;
            return Ok(Task::Upload(kind, File { name, bytes }));
        }
        Operation::GetDraft => {
            let query = query(&["with_html"])?;
            let mut arguments = with_id("media_id", found);
            if let Some(with_html) = query.flag("with_html")? {
                arguments.insert("with_html".to_owned(), with_html.into());
            }
            ("get-draft", arguments)
        }
        Operation::CreateDraft => {
            query(&[])?;
            ("create-draft", body::object(request, body)?)
        }
        Operation::UpdateDraft => {
            query(&[])?;
            ("update-draft", body_with_id(found, request, body)?)
        }
        Operation::PublishDraft => {
            query(&[])?;
            ("publish-draft", body_with_id(found, request, body)?)
        }
        Operation::Account => {
            query(&[])?;
            ("account-status", Map::new())
        }
        Operation::Health | Operation::Mcp => return Err(Problem::unknown_path()),
    };
    Ok(Task::Tool(tool, arguments.into()))
}

fn page(query: &Query) -> Result<Map<String, Value>, Problem> {
    let mut arguments = Map::new();
    for name in ["offset", "count"] {
        if let Some(number) = query.number(name)? {
            arguments.insert(name.to_owned(), number.into());
        }
    }
    Ok(arguments)
}

fn with_id(name: &str, found: &Found) -> Map<String, Value> {
    let mut arguments = Map::new();
    arguments.insert(name.to_owned(), found.id.as_str().into());
    arguments
}

/// Returns the body with the id of the path, which it must not have itself.
fn body_with_id(found: &Found, request: &Request, body: &mut dyn Body) -> Result<Map<String, Value>, Problem> {
    let mut arguments = body::object(request, body)?;
    match arguments.insert("media_id".to_owned(), found.id.as_str().into()) {
        None => Ok(arguments),
        Some(_) => Err(Problem::invalid_input(
            "media_id",
            "The id of the draft stands in the path, and in no body.",
        )),
    }
}

fn kind(query: &Query) -> Result<Kind, Problem> {
    let name = query.required("kind")?;
    if name == "video" {
        return Ok(Kind::Video {
            title: query.required("title")?.to_owned(),
            introduction: query.text("introduction").unwrap_or_default().to_owned(),
        });
    }
    if let Some(parameter) = ["title", "introduction"]
        .into_iter()
        .find(|name| query.text(name).is_some())
    {
        return Err(Problem::invalid_input(
            parameter,
            format!("Only a video has a {parameter}."),
        ));
    }
    match name {
        "image" => Ok(Kind::Image),
        "article-image" => Ok(Kind::ArticleImage),
        "voice" => Ok(Kind::Voice),
        "thumb" => Ok(Kind::Thumb),
        _ => {
            let detail = "The kind is none of image, article-image, voice, thumb and video.";
            Err(Problem::invalid_input("kind", detail))
        }
    }
}

/// Does what the request asks for, once.
///
/// # Errors
///
/// The plugin's error.
pub fn execute(task: Task, plugin: &mut impl Materials) -> Result<Value, Problem> {
    match task {
        Task::Tool(tool, arguments) => Ok(ready(call::call(plugin, tool, arguments))?),
        Task::Upload(kind, file) => upload(kind, &file, plugin),
    }
}

fn upload(kind: Kind, file: &File, plugin: &mut impl Materials) -> Result<Value, Problem> {
    Ok(match kind {
        Kind::Image => {
            let image = ready(image::upload_file(plugin, file))?;
            json!({ "media_id": image.media_id, "url": image.url })
        }
        Kind::ArticleImage => json!({ "url": plugin.upload_article_image(file)? }),
        Kind::Voice => json!({ "media_id": plugin.upload_voice(file)? }),
        Kind::Thumb => json!({ "media_id": plugin.upload_thumb(file)? }),
        Kind::Video { title, introduction } => {
            json!({ "media_id": plugin.upload_video(file, &title, &introduction)? })
        }
    })
}

/// Returns the response with a result.
#[must_use]
pub fn response(found: &Found, result: &Value) -> Response {
    let location = |folder: &str, id: &str| {
        let prefix = found
            .alias
            .as_ref()
            .map_or_else(|| "/v1".to_owned(), |alias| format!("/v1/accounts/{alias}"));
        let id = result.get(id).and_then(Value::as_str).unwrap_or_default();
        let id = utf8_percent_encode(id, NOT_IN_PATH);
        format!("{prefix}/{folder}/{id}")
    };
    match found.operation {
        Operation::CreateDraft => Response::json(201, result).with_header("location", location("drafts", "media_id")),
        Operation::PublishDraft => {
            Response::json(202, result).with_header("location", location("publishes", "publish_id"))
        }
        // Materials have no address of their own here.
        Operation::UploadMaterial => Response::json(201, result),
        _ => Response::json(200, result),
    }
}
