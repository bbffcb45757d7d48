//! One call of a tool by its name, with arguments and result in JSON: for callers that speak MCP.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::article::Article;
use crate::bindings::types::ErrorKind;
use crate::error::{Error, Result};
use crate::{Plugin, account, draft, image, publication, text};

/// The number of lines of a list if the caller names none: what WeChat returns at most.
const DEFAULT_COUNT: u32 = 20;

/// The path of the arguments as a whole.
const WHOLE: &str = ".";

/// Makes `call` of one row for each tool: its name, its arguments, its result, and its operation. Tests make the
/// schemas of the same rows.
macro_rules! tools {
    ($($name:literal: |$plugin:ident, $arguments:ident: $input:ty| -> $output:ty { $operation:expr })*) => {
        /// Calls the tool with this name. Whether it is safe to repeat depends on the tool: see [`crate::catalogue`].
        /// Tools that publish are called like the others: the caller decides first if they exist for it.
        ///
        /// # Errors
        /// `invalid-input` for a name that no tool has and for arguments that do not fit; otherwise the tool's own
        /// error.
        pub async fn call(plugin: &mut impl Plugin, tool: &str, arguments: Value) -> Result<Value> {
            match tool {
                $($name => {
                    let $arguments: $input = read(arguments)?;
                    let $plugin = plugin;
                    let result: $output = $operation.await?;
                    write(result)
                })*
                _ => Err(unknown(tool)),
            }
        }

        /// The schemas of each tool's arguments and result.
        #[cfg(test)]
        pub(crate) fn schemas() -> Vec<(&'static str, schemars::Schema, schemars::Schema)> {
            use crate::schema::{input, output};
            vec![$(($name, input::<$input>(), output::<$output>())),*]
        }
    };
}

tools! {
    "check-article": |plugin, given: ArticleArguments| -> draft::Checked {
        draft::check(plugin, &given.article)
    }
    "list-drafts": |plugin, given: Page| -> draft::DraftPage {
        draft::list(plugin, given.offset, given.count)
    }
    "get-draft": |plugin, given: DraftArguments| -> draft::Draft {
        draft::get(plugin, &given.media_id, given.with_html)
    }
    "get-publish-status": |plugin, given: StatusArguments| -> publication::Status {
        publication::status(plugin, &given.publish_id, given.wait_seconds)
    }
    "list-published": |plugin, given: Page| -> publication::PublicationPage {
        publication::list(plugin, given.offset, given.count)
    }
    "account-status": |plugin, _given: Nothing| -> account::AccountStatus {
        account::status(plugin)
    }
    "upload-image": |plugin, given: ImageArguments| -> image::UploadedImage {
        image::upload(plugin, &given.data, given.name.as_deref())
    }
    "create-draft": |plugin, given: ArticleArguments| -> draft::Written {
        draft::create(plugin, &given.article)
    }
    "update-draft": |plugin, given: UpdateArguments| -> draft::Written {
        draft::update(plugin, &given.media_id, given.index, &given.article, given.digest.as_deref())
    }
    "delete-draft": |plugin, given: DeleteArguments| -> draft::Deleted {
        draft::delete(plugin, &given.media_id, &given.title)
    }
    "publish-draft": |plugin, given: PublishArguments| -> publication::Submitted {
        publication::publish(plugin, &given.media_id, &given.expected_title, &given.digest)
    }
}

/// No arguments.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// A page of a list.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// The number of lines to pass over, from the newest.
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
    /// The article, whole.
    article: Article,
}

/// A draft.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftArguments {
    /// The id of the draft, from create-draft or list-drafts.
    media_id: String,
    /// False leaves out the HTML of the articles, which may be long.
    #[serde(default = "yes")]
    with_html: bool,
}

fn yes() -> bool {
    true
}

/// A publishing task.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusArguments {
    /// The id of the task, from publish-draft.
    publish_id: String,
    /// Seconds to wait for a decision, at most 300. 0 asks once, and does not wait.
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
    /// The id of the draft, from create-draft or list-drafts.
    media_id: String,
    /// The place of the article in the draft, counted from 0.
    #[serde(default)]
    index: u32,
    /// The new article, whole. Without a cover of its own it gets its first uploaded picture, or else keeps the stored
    /// cover.
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
    /// The id of the draft, from create-draft or list-drafts.
    media_id: String,
    /// The title of its first article. If it has another one, nothing is done.
    title: String,
}

/// A draft to publish.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishArguments {
    /// The id of the draft, from create-draft or list-drafts.
    media_id: String,
    /// The title of its first article. If it has another one, nothing is done.
    expected_title: String,
    /// The digest from create-draft or get-draft. If the draft has changed since, nothing is done.
    digest: String,
}

/// Reads arguments. Callers may leave out those of a tool that needs none.
fn read<T: DeserializeOwned>(arguments: Value) -> Result<T> {
    let arguments = match arguments {
        Value::Null => Value::Object(Map::new()),
        given => given,
    };
    if let Some(path) = list_in(&arguments) {
        return Err(unfit(&path, "it is a list, and no tool takes one"));
    }
    serde_path_to_error::deserialize(arguments)
        .map_err(|error| unfit(&error.path().to_string(), &error.inner().to_string()))
}

/// Returns the path of the first list. Serde would take one for an object, member by member.
fn list_in(value: &Value) -> Option<String> {
    match value {
        Value::Array(_) => Some(WHOLE.to_owned()),
        Value::Object(members) => members.iter().find_map(|(name, value)| match list_in(value)?.as_str() {
            WHOLE => Some(name.clone()),
            path => Some(format!("{name}.{path}")),
        }),
        _ => None,
    }
}

fn unfit(path: &str, reason: &str) -> Error {
    let subject = text::shortened(if path == WHOLE { "arguments" } else { path });
    let reason = text::shortened(reason);
    let message = format!("The argument {subject} does not fit the tool: {reason}. Nothing was done.");
    Error::invalid_input(&subject, message, "Send what the tool's input schema describes.")
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

fn unknown(tool: &str) -> Error {
    let message = format!("There is no tool {:?}. Nothing was done.", text::shortened(tool));
    Error::invalid_input("name", message, "List the tools, and use one of their names.")
}
