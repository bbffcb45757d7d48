//! The list of the tools: what each is called, what it does, and what it takes and returns.
//!
//! The schemas stand in `schemas.json`, so that no component carries the code that makes them. A test makes them from
//! the types and compares; `UPDATE_SCHEMAS=1 cargo test -p wechat-official-account-tools` writes the file anew.

use serde::Deserialize;
use serde_json::{Map, Value};

/// What a call of a tool changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing. Safe to repeat.
    Reads,
    /// It adds something. A repetition adds it again.
    Adds,
    /// It replaces or deletes something. A repetition changes nothing more.
    Changes,
    /// It makes something public.
    Publishes,
}

/// A tool.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// Its name: verb and noun.
    pub name: &'static str,
    /// Its title for people.
    pub title: &'static str,
    /// What it does, for a model that sees nothing else.
    pub description: &'static str,
    /// What a call changes.
    pub effect: Effect,
    /// False if it contacts nobody.
    pub contacts_wechat: bool,
}

/// All tools, in the order in which they are listed. Only operators who allow it register those that publish.
pub const TOOLS: [Tool; 11] = [
    Tool {
        name: "check-article",
        title: "Check an article",
        description: "Checks an article before it becomes a draft: limits, and whatever WeChat would drop or refuse. It \
                      contacts nobody and stores nothing.",
        effect: Effect::Reads,
        contacts_wechat: false,
    },
    Tool {
        name: "list-drafts",
        title: "List drafts",
        description: "Lists the drafts of the account with their titles, newest first, at most 20 at a time.",
        effect: Effect::Reads,
        contacts_wechat: true,
    },
    Tool {
        name: "get-draft",
        title: "Read a draft",
        description: "Fetches a draft with the HTML that WeChat stores, a preview for people, and the digest that \
                      publish-draft asks for.",
        effect: Effect::Reads,
        contacts_wechat: true,
    },
    Tool {
        name: "get-publish-status",
        title: "Ask what became of a publishing task",
        description: "Tells if a submitted draft is public, under review or refused, and its permanent addresses. It can \
                      wait for the decision. WeChat allows 100 questions a day, so wait rather than ask often.",
        effect: Effect::Reads,
        contacts_wechat: true,
    },
    Tool {
        name: "list-published",
        title: "List publications",
        description: "Lists what the account has published, with titles and permanent addresses, at most 20 at a time.",
        effect: Effect::Reads,
        contacts_wechat: true,
    },
    Tool {
        name: "account-status",
        title: "State of the account",
        description: "Shows that WeChat accepts the account's credentials, the number of drafts and images, and today's \
                      remaining allowances.",
        effect: Effect::Reads,
        contacts_wechat: true,
    },
    Tool {
        name: "upload-image",
        title: "Store an image",
        description: "Stores an image (jpg, png, gif or bmp) as permanent material and returns its media_id, for a cover, \
                      and its address, for the text of articles. Each call stores it once more. Pictures that stand in \
                      the HTML as data: URIs need no upload of their own.",
        effect: Effect::Adds,
        contacts_wechat: true,
    },
    Tool {
        name: "create-draft",
        title: "Make a draft",
        description: "Makes a draft of one article: checks it, uploads its pictures, stores the draft and reads it back. \
                      It is refused if a picture would be lost. Nothing becomes public. Each call makes one more draft; \
                      if may_have_happened is true in an error, look with list-drafts before you call again.",
        effect: Effect::Adds,
        contacts_wechat: true,
    },
    Tool {
        name: "update-draft",
        title: "Replace an article of a draft",
        description: "Replaces one article of a draft as a whole, and reads it back. Articles can't be added or moved.",
        effect: Effect::Changes,
        contacts_wechat: true,
    },
    Tool {
        name: "delete-draft",
        title: "Delete a draft",
        description: "Deletes a draft for good, with all its articles. It asks for the title of the first article, and \
                      does nothing if the draft has another one.",
        effect: Effect::Changes,
        contacts_wechat: true,
    },
    Tool {
        name: "publish-draft",
        title: "Publish a draft",
        description: "Hands a draft to WeChat, which makes all its articles public under permanent addresses. It can't be \
                      undone. It asks for the title and for the digest from create-draft or get-draft, and does nothing \
                      if the draft was changed since. It returns a publish_id at once: accepted is not yet public, so \
                      follow it with get-publish-status. If may_have_happened is true in an error, look with \
                      list-published before you call again.",
        effect: Effect::Publishes,
        contacts_wechat: true,
    },
];

/// The schemas of a tool, as JSON Schema 2020-12.
#[derive(Clone, Debug, Deserialize)]
pub struct Schemas {
    /// Of its arguments.
    pub input: Map<String, Value>,
    /// Of its result.
    pub output: Map<String, Value>,
}

const SCHEMAS: &str = include_str!("schemas.json");

impl Tool {
    /// Returns the tool with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TOOLS.iter().find(|tool| tool.name == name)
    }

    /// Returns its schemas; none only if `schemas.json` lacks the tool, which a test prevents.
    #[must_use]
    pub fn schemas(&self) -> Option<Schemas> {
        let mut all: Map<String, Value> = serde_json::from_str(SCHEMAS).ok()?;
        serde_json::from_value(all.remove(self.name)?).ok()
    }

    /// True if it changes nothing.
    #[must_use]
    pub fn read_only(&self) -> bool {
        matches!(self.effect, Effect::Reads)
    }

    /// True if it may overwrite or delete something, or make it public.
    #[must_use]
    pub fn destructive(&self) -> bool {
        matches!(self.effect, Effect::Changes | Effect::Publishes)
    }

    /// True if a second call with the same arguments changes nothing more.
    #[must_use]
    pub fn idempotent(&self) -> bool {
        matches!(self.effect, Effect::Reads | Effect::Changes)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::{env, fs};

    use schemars::generate::SchemaSettings;
    use schemars::{JsonSchema, Schema};
    use serde_json::json;

    use super::*;
    use crate::call::{
        ArticleArguments, DeleteArguments, DraftArguments, ImageArguments, Nothing, Page, PublishArguments,
        StatusArguments, UpdateArguments,
    };
    use crate::{account, draft, image, publication};

    fn input<T: JsonSchema>() -> Schema {
        let settings = SchemaSettings::draft2020_12().for_deserialize();
        settings
            .with(|settings| settings.inline_subschemas = true)
            .into_generator()
            .into_root_schema_for::<T>()
    }

    fn output<T: JsonSchema>() -> Schema {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        settings
            .with(|settings| settings.inline_subschemas = true)
            .into_generator()
            .into_root_schema_for::<T>()
    }

    #[test]
    fn the_schemas_follow_from_the_types() {
        let schemas = BTreeMap::from([
            (
                "check-article",
                (input::<ArticleArguments>(), output::<draft::Checked>()),
            ),
            ("list-drafts", (input::<Page>(), output::<draft::DraftPage>())),
            ("get-draft", (input::<DraftArguments>(), output::<draft::Draft>())),
            (
                "get-publish-status",
                (input::<StatusArguments>(), output::<publication::Status>()),
            ),
            (
                "list-published",
                (input::<Page>(), output::<publication::PublicationPage>()),
            ),
            (
                "account-status",
                (input::<Nothing>(), output::<account::AccountStatus>()),
            ),
            (
                "upload-image",
                (input::<ImageArguments>(), output::<image::UploadedImage>()),
            ),
            (
                "create-draft",
                (input::<ArticleArguments>(), output::<draft::Written>()),
            ),
            ("update-draft", (input::<UpdateArguments>(), output::<draft::Written>())),
            ("delete-draft", (input::<DeleteArguments>(), output::<draft::Deleted>())),
            (
                "publish-draft",
                (input::<PublishArguments>(), output::<publication::Submitted>()),
            ),
        ]);
        let names: Vec<_> = TOOLS.map(|tool| tool.name).into_iter().collect();
        assert!(names.iter().all(|name| schemas.contains_key(name)) && names.len() == schemas.len());
        let schemas: BTreeMap<_, _> = schemas
            .into_iter()
            .map(|(name, (input, output))| (name, json!({ "input": input, "output": output })))
            .collect();
        let expected = serde_json::to_string_pretty(&schemas).unwrap() + "\n";
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schemas.json");
        if env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(&file, &expected).unwrap();
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), expected);
        assert!(TOOLS.iter().all(|tool| tool.schemas().is_some()));
    }
}
