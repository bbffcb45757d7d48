//! Texts for people: a table for each language.

mod en;
mod table;
mod zh;

pub use table::{Failure, Findings, Texts, Written};

use crate::bindings::types::Language;

/// Returns the table of a language.
pub const fn of(language: Language) -> &'static Texts {
    match language {
        Language::En => &en::EN,
        Language::Zh => &zh::ZH,
    }
}
