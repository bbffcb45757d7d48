//! The exported functions.

use crate::bindings::export;
use crate::bindings::exports::wechat::picture::fit;
use crate::bindings::types::{Error, File, Fitted, Language, Place};

struct Component;

/// The entry points that the canonical ABI calls.
#[allow(unsafe_code, reason = "generated; the canonical ABI passes pointers")]
mod entry_points {
    use super::{Component, export};

    export!(Component with_types_in crate::bindings);
}

impl fit::Guest for Component {
    fn fit(file: File, place: Place, language: Language) -> Result<Fitted, Error> {
        crate::fit(file, place, language)
    }
}
