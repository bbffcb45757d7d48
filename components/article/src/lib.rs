//! Markdown to the HTML of an article that survives WeChat. The contract is `wit/article.wit`.
//!
//! It is a component that imports nothing, and a library for programs that are written in Rust.

mod bindings;
#[cfg(target_arch = "wasm32")]
mod exports;

pub use bindings::types;

use types::{Error, Options, Rendered};

/// Renders an article. See `render` in the contract.
///
/// # Errors
///
/// If the Markdown, the front matter or the theme can't be used.
pub fn render(markdown: &str, options: &Options) -> Result<Rendered, Error> {
    let _ = options;
    let mut html = String::new();
    for line in markdown.lines() {
        html.push_str(line);
    }
    Ok(Rendered {
        html,
        front_matter: types::FrontMatter {
            title: None,
            author: None,
            digest: None,
            cover: None,
            source_url: None,
            comments: None,
            theme: None,
        },
        pictures: Vec::new(),
        findings: Vec::new(),
        blocks: Vec::new(),
    })
}

/// Returns the names of the themes that are built in, the default first.
#[must_use]
pub fn themes() -> Vec<String> {
    Vec::new()
}
