//! Markdown to the HTML of an article that survives WeChat. The contract is `wit/article.wit`.
//!
//! It is a component that imports nothing, and a library for programs that are written in Rust. `docs/article.md` tells
//! what is made of each construct, and why. The files import in the order of this table:
//!
//! | module | task |
//! |---|---|
//! | `exports` | the exported functions (WebAssembly only) |
//! | `article` | a whole article: its parts, in their order |
//! | `walk` | the events of the Markdown, each passed to the module of its kind |
//! | `heading` `quote` `list` `table` `code` `inline` `link` `picture` `reference_list` | what is written for each |
//! | `raw`, `tokens`, `element` | the author's HTML: its tags, and the elements that are kept |
//! | `highlight` | the colours of code |
//! | `page` | the article as it is written: HTML, open elements, findings |
//! | `html`, `spacing`, `references`, `pictures`, `findings` | what the page has of each |
//! | `theme`, `style`, `color` | themes: roles, declarations, contrast |
//! | `ahead`, `events`, `front_matter`, `source` | the Markdown |
//! | `texts`, `failure` | texts for people |

mod ahead;
mod article;
mod bindings;
mod code;
mod color;
mod element;
mod events;
#[cfg(target_arch = "wasm32")]
mod exports;
mod failure;
mod findings;
mod front_matter;
mod heading;
mod highlight;
mod html;
mod inline;
mod link;
mod list;
mod page;
mod picture;
mod pictures;
mod quote;
mod raw;
mod reference_list;
mod references;
mod source;
mod spacing;
mod style;
mod table;
mod texts;
mod theme;
mod tokens;
mod walk;

pub use article::{render, themes};
pub use bindings::types;
