//! One call of a tool: its files are read, the tool is run, and a call that nobody wants any more is given up.

use serde_json::{Map, Value};
use wechat_official_account_tools::call;
use wechat_official_account_tools::error::{Error, Result};

use super::changes::Changes;
use super::files;
use super::pictures::Pictures;
use super::plugin::Sandbox;
use super::progress::Progress;
use super::root::Root;
use super::sessions::Sessions;

/// What all calls work with.
pub struct Workshop {
    pub sessions: Sessions,
    /// The folder of which files may be read.
    pub root: Option<Root>,
}

impl Workshop {
    /// Calls a tool.
    ///
    /// # Errors
    /// As the tool; `interrupted` if the call was given up. After the uploads of an article's pictures have begun, the
    /// error says that they may be stored.
    pub async fn call(
        &self,
        tool: &str,
        arguments: Map<String, Value>,
        progress: &Progress,
        changes: &Changes,
    ) -> Result<Value> {
        let outcome = tokio::select! {
            // First, so that nothing begins that nobody wants.
            biased;
            reason = changes.given_up() => Err(interrupted(reason)),
            outcome = self.run(tool, arguments, progress, changes) => outcome,
        };
        outcome.map_err(|error| match changes.is_prepared() {
            true => Error {
                message: format!("{} The article's pictures may be stored.", error.message),
                ..error
            },
            false => error,
        })
    }

    async fn run(
        &self,
        tool: &str,
        mut arguments: Map<String, Value>,
        progress: &Progress,
        changes: &Changes,
    ) -> Result<Value> {
        let pictures = match &self.root {
            Some(root) => files::read(root, tool, &mut arguments).await?,
            None => Pictures::default(),
        };
        let mut plugin = Sandbox::new(&self.sessions, changes, progress, pictures);
        let outcome = call::call(&mut plugin, tool, arguments.into()).await;
        plugin.close();
        outcome
    }
}

/// Makes the error of a call that was given up before the change that its tool is for.
fn interrupted(reason: &str) -> Error {
    Error {
        kind: "interrupted",
        message: format!(
            "The call was given up, as {reason}. No draft was made or changed, and nothing was published."
        ),
        advice: "Call again if it is still wanted.".to_owned(),
        subject: None,
        errcode: None,
        rid: None,
        retry_after_seconds: None,
        may_have_happened: false,
    }
}
