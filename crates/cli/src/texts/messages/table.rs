//! Every text of the commands.

use super::commands::{Account, Articles, Component, Drafts, Lists, Material, Media, Pictures, Publish};
use super::files::{ArticleFile, Input, Json, Kinds, OsErrors, Output};
use super::program::{Errors, Findings, Mcp, Program, Progress, Target, Usage};

/// Every text of the commands, by topic.
pub struct Messages {
    /// The program as a whole.
    pub program: Program,
    /// Errors of every kind.
    pub errors: Errors,
    /// Errors of the arguments.
    pub usage: Usage,
    /// The server and the account.
    pub target: Target,
    /// Findings about articles.
    pub findings: Findings,
    /// Progress on terminals.
    pub progress: Progress,
    /// The server for agents, as its operator sees it.
    pub mcp: Mcp,
    /// Files that are read.
    pub input: Input,
    /// What a path names in place of a file.
    pub kinds: Kinds,
    /// Files that are written.
    pub output: Output,
    /// Errors of the operating system.
    pub os: OsErrors,
    /// ARTICLE.json.
    pub article_file: ArticleFile,
    /// Errors of JSON.
    pub json: Json,
    /// The interface `account`.
    pub account: Account,
    /// The interface `material`.
    pub material: Material,
    /// The interface `media`.
    pub media: Media,
    /// The pictures of an article.
    pub pictures: Pictures,
    /// Drafts.
    pub drafts: Drafts,
    /// The interface `publish`.
    pub publish: Publish,
    /// Articles as WeChat returns them.
    pub articles: Articles,
    /// Lists.
    pub lists: Lists,
    /// The component as a file.
    pub component: Component,
}
