//! What one operation of WeChat's API is: where it is, what its id means, whether it may be repeated, what it answers.

use super::errcode::Role;
use crate::transport::Method;

/// Longest reply of a call that answers with ids or figures; the longest seen has a few KB.
const SMALL_REPLY: usize = 1024 * 1024;
/// Longest list or file: 20 drafts of 1 MB each (wechat-api §11.7), with room for JSON's escapes. Reading one takes up to four
/// times as much memory.
const LARGE_REPLY: usize = 24 * 1024 * 1024;

/// One operation of WeChat's API.
pub struct Endpoint {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) role: Role,
    /// Where a repetition could do harm: how to find out what happened (wechat-api §18).
    pub(super) find_out: Option<&'static str>,
    pub(super) reply_limit: usize,
    pub(super) answers_file: bool,
    /// Whether it deletes the thing that its id names: asked again after an unclear first attempt, "not found" is success.
    pub(super) deletes: bool,
    /// Whether it is tried again at all.
    pub(super) retried: bool,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str) -> Self {
        Self {
            method,
            path,
            role: Role::Plain,
            find_out: None,
            reply_limit: SMALL_REPLY,
            answers_file: false,
            deletes: false,
            retried: true,
        }
    }

    /// A call by GET; safe to repeat unless told otherwise.
    pub const fn get(path: &'static str) -> Self {
        Self::new(Method::Get, path)
    }

    /// A call by POST; safe to repeat unless told otherwise.
    pub const fn post(path: &'static str) -> Self {
        Self::new(Method::Post, path)
    }

    /// Its id names the thing acted upon, so an invalid id means "not found".
    pub const fn on_target(mut self) -> Self {
        self.role = Role::Target;
        self
    }

    /// Whether its reply holds a token.
    pub(super) const fn is_secret(&self) -> bool {
        matches!(self.role, Role::Token)
    }

    /// It deletes the thing that its id names.
    pub const fn deletes(mut self) -> Self {
        self.deletes = true;
        self.on_target()
    }

    /// It is not tried again by itself, as somebody else sees to that or it would not help.
    pub const fn once(mut self) -> Self {
        self.retried = false;
        self
    }

    /// Repeating it could do it twice. The text tells how to find out what happened.
    pub const fn not_repeatable(mut self, find_out: &'static str) -> Self {
        self.find_out = Some(find_out);
        self
    }

    /// Its answer can be a long list.
    pub const fn with_large_reply(mut self) -> Self {
        self.reply_limit = LARGE_REPLY;
        self
    }

    /// Its answer can be a file.
    pub const fn with_file_reply(mut self) -> Self {
        self.answers_file = true;
        self.with_large_reply()
    }
}
