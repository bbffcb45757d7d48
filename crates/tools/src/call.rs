//! One call of a tool by its name, with arguments and result in JSON: for callers that speak MCP.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::article::Article;
use crate::bindings::types::ErrorKind;
use crate::error::{Error, Result};
use crate::{Plugin, account, draft, image, publication};

/// The number of lines of a list if the caller names none: what WeChat returns at most.
const DEFAULT_COUNT: u32 = 20;

/// Calls the tool with this name. Whether it is safe to repeat depends on the tool: see [`crate::catalogue`].
///
/// # Errors
/// `invalid-input` for a name that no tool has and for arguments that do not fit; otherwise the tool's own error.
pub async fn call(plugin: &mut impl Plugin, tool: &str, arguments: Value) -> Result<Value> {
    match tool {
        "check-article" => {
            let arguments: ArticleArguments = read(arguments)?;
            write(draft::check(plugin, &arguments.article).await?)
        }
        "list-drafts" => {
            let Page { offset, count } = read(arguments)?;
            write(draft::list(plugin, offset, count).await?)
        }
        "get-draft" => {
            let arguments: DraftArguments = read(arguments)?;
            write(draft::get(plugin, &arguments.media_id).await?)
        }
        "get-publish-status" => {
            let arguments: StatusArguments = read(arguments)?;
            write(publication::status(plugin, &arguments.publish_id, arguments.wait_seconds).await?)
        }
        "list-published" => {
            let Page { offset, count } = read(arguments)?;
            write(publication::list(plugin, offset, count).await?)
        }
        "account-status" => {
            let Nothing {} = read(arguments)?;
            write(account::status(plugin).await?)
        }
        "upload-image" => {
            let arguments: ImageArguments = read(arguments)?;
            write(image::upload(plugin, &arguments.data, arguments.name.as_deref()).await?)
        }
        "create-draft" => {
            let arguments: ArticleArguments = read(arguments)?;
            write(draft::create(plugin, &arguments.article).await?)
        }
        "update-draft" => {
            let arguments: UpdateArguments = read(arguments)?;
            let UpdateArguments {
                media_id,
                index,
                article,
                digest,
            } = &arguments;
            write(draft::update(plugin, media_id, *index, article, digest.as_deref()).await?)
        }
        "delete-draft" => {
            let arguments: DeleteArguments = read(arguments)?;
            write(draft::delete(plugin, &arguments.media_id, &arguments.title).await?)
        }
        "publish-draft" => {
            let arguments: PublishArguments = read(arguments)?;
            let PublishArguments {
                media_id,
                expected_title,
                digest,
            } = &arguments;
            write(publication::publish(plugin, media_id, expected_title, digest).await?)
        }
        _ => Err(Error::invalid_input(
            "name",
            format!("There is no tool {tool:?}."),
            "List the tools.",
        )),
    }
}

/// Arguments of a tool that takes none.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// A page of a list.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// The number of lines to pass over.
    #[serde(default)]
    offset: u32,
    /// The number of lines, 1 to 20.
    #[serde(default = "default_count")]
    #[cfg_attr(test, schemars(range(min = 1, max = 20)))]
    count: u32,
}

fn default_count() -> u32 {
    DEFAULT_COUNT
}

/// An article.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ArticleArguments {
    /// The article.
    article: Article,
}

/// A draft.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftArguments {
    /// The id of the draft, from create-draft or list-drafts.
    media_id: String,
}

/// A publishing task.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusArguments {
    /// The id of the task, from publish-draft.
    publish_id: String,
    /// Seconds to wait for a decision, at most 300. 0, the default, asks once.
    #[serde(default)]
    #[cfg_attr(test, schemars(range(max = 300)))]
    wait_seconds: u32,
}

/// An image.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ImageArguments {
    /// The whole image (jpg, png, gif or bmp; at most 10 MB) in base64, or as a data: URI.
    data: String,
    /// A name for people, which errors show.
    #[serde(default)]
    name: Option<String>,
}

/// An article of a draft that is replaced.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateArguments {
    /// The id of the draft.
    media_id: String,
    /// The place of the article in the draft, counted from 0.
    #[serde(default)]
    index: u32,
    /// The new article, whole. Without a cover of its own it keeps the stored one, unless a picture is uploaded for it.
    article: Article,
    /// The digest from get-draft. If it is given and the draft has changed since, nothing is done.
    #[serde(default)]
    digest: Option<String>,
}

/// A draft to delete.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct DeleteArguments {
    /// The id of the draft.
    media_id: String,
    /// The title of its first article. If it has another one, nothing is done.
    title: String,
}

/// A draft to publish.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishArguments {
    /// The id of the draft.
    media_id: String,
    /// The title of its first article. If it has another one, nothing is done.
    expected_title: String,
    /// The digest from create-draft or get-draft. If the draft has changed since, nothing is done.
    digest: String,
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T> {
    serde_path_to_error::deserialize(arguments).map_err(|error| {
        let path = error.path().to_string();
        // A single dot is the whole.
        let field = if path == "." { "arguments" } else { path.as_str() };
        let message = format!("A value does not fit at {field}: {}. Nothing was done.", error.inner());
        Error::invalid_input(field, message, "Compare the call with the schema of its arguments.")
    })
}

fn write(result: impl Serialize) -> Result<Value> {
    serde_json::to_value(result).map_err(|error| {
        let message = format!("The result can't be written as JSON: {error}.");
        Error::new(
            ErrorKind::Other,
            message,
            "The tool itself has done its work: look before you repeat it.",
        )
    })
}
