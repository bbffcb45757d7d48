//! What the commands say, in English and Chinese.
//!
//! Names stay as they are in every language: options and commands, ids such as `media-id`, error kinds, and the
//! outcomes and states that the JSON documents have too.
//!
//! The structs of texts are in `program`, `files` and `commands`, and `table` has all of them together. `en` and `zh`
//! are the tables of the two languages.

mod commands;
mod en;
mod files;
mod program;
mod table;
mod zh;

use wechat_official_account_language::Language;

use super::choice::language;

pub use commands::Publish;
pub use files::{Json, Kinds};
pub use program::{Clap, Running};
pub use table::Messages;

/// Returns the texts of the process's language.
pub fn messages() -> &'static Messages {
    messages_in(language())
}

/// Returns the texts of a language, for readers with one of their own.
pub fn messages_in(language: Language) -> &'static Messages {
    match language {
        Language::English => &en::MESSAGES,
        Language::Chinese => &zh::MESSAGES,
    }
}
