//! The exported functions.

use crate::bindings::export;
use crate::bindings::exports::wechat::article::render;
use crate::bindings::types::{Error, Options, Rendered};

struct Component;

/// The entry points that the canonical ABI calls.
#[allow(unsafe_code, reason = "generated; the canonical ABI passes pointers")]
mod entry_points {
    use super::{Component, export};

    export!(Component with_types_in crate::bindings);
}

impl render::Guest for Component {
    fn render(markdown: String, options: Options) -> Result<Rendered, Error> {
        crate::render(&markdown, &options)
    }

    fn themes() -> Vec<String> {
        crate::themes()
    }
}
