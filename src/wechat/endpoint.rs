//! One operation of WeChat's API: its address, the meaning of its id, its answer, and whether it may be repeated.

use super::errcode::Role;
use crate::texts::Texts;
use crate::transport::Method;

/// Longest reply of a call that answers with ids or numbers; the longest seen has a few KB.
const SMALL_REPLY: usize = 1024 * 1024;
/// Longest list or file: 20 drafts of 1 MB each (wechat-api §11.7), with room for JSON's escapes. Reading one takes up
/// to four times as much memory.
const LARGE_REPLY: usize = 24 * 1024 * 1024;

/// One operation of WeChat's API.
pub struct Endpoint {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) role: Role,
    pub(super) answers: Answers,
    pub(super) reply_limit: usize,
    /// Advice on finding out what happened, if a repetition could do harm (wechat-api §18).
    pub(super) recovery_hint: Option<Hint>,
    /// True if it deletes the thing that its id names: "not found" after an unclear first attempt is success.
    pub(super) deletes: bool,
    /// True if a failed attempt is repeated at all.
    pub(super) retried: bool,
}

/// An advice in each language.
pub type Hint = fn(&Texts) -> &'static str;

/// Kind of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// A JSON object.
    Object,
    /// A file, or a JSON object.
    File,
    /// A token: a JSON object of which no copy may stay in memory.
    Token,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str) -> Self {
        Self {
            method,
            path,
            role: Role::Plain,
            answers: Answers::Object,
            reply_limit: SMALL_REPLY,
            recovery_hint: None,
            deletes: false,
            retried: true,
        }
    }

    /// A call by GET; safe to repeat unless declared otherwise.
    pub const fn get(path: &'static str) -> Self {
        Self::new(Method::Get, path)
    }

    /// A call by POST; safe to repeat unless declared otherwise.
    pub const fn post(path: &'static str) -> Self {
        Self::new(Method::Post, path)
    }

    /// A call by POST that gets a token.
    pub(super) const fn token(path: &'static str) -> Self {
        let mut endpoint = Self::post(path);
        endpoint.role = Role::Token;
        endpoint.answers = Answers::Token;
        endpoint
    }

    /// States that its id names the thing acted upon, so that an invalid id means "not found".
    pub const fn acts_on_id(mut self) -> Self {
        self.role = Role::Target;
        self
    }

    /// States that it deletes the thing that its id names.
    pub const fn deletes(mut self) -> Self {
        self.deletes = true;
        self.acts_on_id()
    }

    /// States that a failed attempt is not repeated, because somebody else does so or because it would not help.
    pub const fn no_retry(mut self) -> Self {
        self.retried = false;
        self
    }

    /// States that repeating it could do it twice. The hint explains how to find out what happened.
    pub const fn not_repeatable(mut self, recovery_hint: Hint) -> Self {
        self.recovery_hint = Some(recovery_hint);
        self
    }

    /// States that its answer can be a long list.
    pub const fn with_large_reply(mut self) -> Self {
        self.reply_limit = LARGE_REPLY;
        self
    }

    /// States that its answer can be a file.
    pub const fn with_file_reply(mut self) -> Self {
        self.answers = Answers::File;
        self.with_large_reply()
    }

    /// Returns whether its reply holds a token.
    pub(super) fn is_secret(&self) -> bool {
        self.answers == Answers::Token
    }
}
