//! Texts for people: a table for each language.

mod en;
mod table;
mod zh;

pub use table::Texts;

use crate::bindings::types::Language;

/// Returns the texts of a language.
pub fn of(language: Language) -> &'static Texts {
    match language {
        Language::En => &en::EN,
        Language::Zh => &zh::ZH,
    }
}
