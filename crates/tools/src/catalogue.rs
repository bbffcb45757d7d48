//! The list of the tools: what each is called, what it does, and what it takes and returns.
//!
//! The schemas stand in `schemas.json`, so that no component carries the code that makes them. A test makes them from
//! the types and compares; `UPDATE_SCHEMAS=1 cargo test -p wechat-official-account-tools` writes the file anew. The
//! same with `-p wechat-official-account-edge` then writes them into `docs/openapi.yaml`.
//!
//! A description is all that a model sees of a tool in some hosts, so it has the effect, the way to follow it up, and
//! whether a call may be made twice.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What a call of a tool changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing. Safe to repeat.
    Reads,
    /// It adds something. A repetition adds it again.
    Adds,
    /// It replaces something. A repetition leaves that as it is, but stores pictures again.
    Replaces,
    /// It deletes something. A repetition changes nothing more.
    Deletes,
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
        description: "Checks an article before it becomes a draft: its limits, and whatever WeChat would drop or \
                      refuse. It does not look into pictures: create-draft may still refuse one. It contacts nobody and \
                      stores nothing.",
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
        description: "Fetches a draft as WeChat stores it, with a preview for people and the digest that publish-draft \
                      asks for. Its HTML may be long: leave it out if only the digest is needed.",
        effect: Effect::Reads,
        contacts_wechat: true,
    },
    Tool {
        name: "get-publish-status",
        title: "Ask what became of a publishing task",
        description: "Tells if a submitted draft is public, under review or refused, and its permanent addresses. It can \
                      wait for the decision. WeChat answers 100 questions a day: a call without a wait is one, and a \
                      wait of 300 seconds takes 8.",
        effect: Effect::Reads,
        contacts_wechat: true,
    },
    Tool {
        name: "list-published",
        title: "List publications",
        description: "Lists what the account has published, with titles and permanent addresses, newest first, at most \
                      20 at a time.",
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
        description: "Stores an image as permanent material, and returns its media id, for a cover, and its address, \
                      for the text of articles. Each call stores it once more, which takes storage quota. Pictures that \
                      stand in the HTML of an article as data: URIs need no upload of their own.",
        effect: Effect::Adds,
        contacts_wechat: true,
    },
    Tool {
        name: "create-draft",
        title: "Make a draft",
        description: "Makes a draft of one article: checks it, uploads its pictures, stores the draft and reads it back. \
                      It is refused if a picture would be lost; large pictures that were uploaded before then stay \
                      stored. Nothing becomes public. It returns the media id, and the digest that publish-draft asks \
                      for. Each call makes one more draft: if an error says that it may have happened, look with \
                      list-drafts before you call again.",
        effect: Effect::Adds,
        contacts_wechat: true,
    },
    Tool {
        name: "update-draft",
        title: "Replace an article of a draft",
        description: "Replaces one article of a draft as a whole, and reads it back. Its pictures are uploaded again. \
                      Crops of its cover and its product card are lost. Articles can't be added or moved.",
        effect: Effect::Replaces,
        contacts_wechat: true,
    },
    Tool {
        name: "delete-draft",
        title: "Delete a draft",
        description: "Deletes a draft for good, with all its articles. It asks for the title of the first article, and \
                      does nothing if the draft has another one.",
        effect: Effect::Deletes,
        contacts_wechat: true,
    },
    Tool {
        name: "publish-draft",
        title: "Publish a draft",
        description: "Hands a draft to WeChat, which makes all its articles public under permanent addresses. It can't \
                      be undone, so ask the user first. It asks for the title of the first article and for the digest \
                      from create-draft or get-draft, and does nothing if the draft was changed since. It returns a \
                      publish id at once: accepted is not yet public, so follow it with get-publish-status. If an error \
                      says that it may have happened, look with list-published before you call again.",
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
    pub fn schemas(&self) -> Option<&'static Schemas> {
        // Read once, and not once for each tool of a list.
        static ALL: OnceLock<BTreeMap<String, Schemas>> = OnceLock::new();
        let all = ALL.get_or_init(|| serde_json::from_str(SCHEMAS).unwrap_or_default());
        all.get(self.name)
    }

    /// True if it changes nothing.
    #[must_use]
    pub fn read_only(&self) -> bool {
        matches!(self.effect, Effect::Reads)
    }

    /// True if it may overwrite or delete something, or make it public.
    #[must_use]
    pub fn destructive(&self) -> bool {
        matches!(self.effect, Effect::Replaces | Effect::Deletes | Effect::Publishes)
    }

    /// True if a second call with the same arguments changes nothing more.
    #[must_use]
    pub fn idempotent(&self) -> bool {
        matches!(self.effect, Effect::Reads | Effect::Deletes)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::{env, fs};

    use super::*;
    use crate::call;

    #[test]
    fn the_schemas_follow_from_the_types() {
        let tools: Vec<_> = call::schemas()
            .into_iter()
            .map(|(name, input, output)| {
                let [input, output] = [input, output].map(|schema| serde_json::to_string(&schema).unwrap());
                format!("{name:?}: {{\n\"input\": {input},\n\"output\": {output}\n}}")
            })
            .collect();
        // Few line breaks, as every component has the file inside.
        let expected = format!("{{\n{}\n}}\n", tools.join(",\n"));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schemas.json");
        if env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(&file, &expected).unwrap();
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), expected);
    }

    #[test]
    fn each_tool_of_the_list_can_be_called_and_no_other() {
        let listed = TOOLS.map(|tool| tool.name);
        let callable: Vec<_> = call::schemas().into_iter().map(|(name, ..)| name).collect();
        assert_eq!(listed.as_slice(), callable);
        for tool in TOOLS {
            let schemas = tool.schemas().unwrap();
            assert_eq!(schemas.input["type"], "object", "{}", tool.name);
            assert_eq!(schemas.output["type"], "object", "{}", tool.name);
        }
    }

    #[test]
    fn hints_follow_from_the_effect() {
        let hints = |name: &str| {
            let tool = Tool::named(name).unwrap();
            (tool.read_only(), tool.destructive(), tool.idempotent())
        };
        assert_eq!(hints("list-drafts"), (true, false, true));
        assert_eq!(hints("create-draft"), (false, false, false));
        assert_eq!(hints("update-draft"), (false, true, false));
        assert_eq!(hints("delete-draft"), (false, true, true));
        assert_eq!(hints("publish-draft"), (false, true, false));
        assert!(Tool::named("publish").is_none());
    }
}
