//! Markdown to the HTML of an article that survives WeChat. The contract is `wit/article.wit`.
//!
//! It is a component that imports nothing, and a library for programs that are written in Rust. `docs/article.md` tells
//! what is made of each construct, and why. A file imports from rows below its own, or from its right in the same row:
//!
//! | module | task |
//! |---|---|
//! | `exports` | the exported functions (WebAssembly only) |
//! | `article` | a whole article: its parts, in their order |
//! | `front_matter` | the YAML before the Markdown |
//! | `walk` | the events of the Markdown, each passed to the module of its kind |
//! | `ahead` | a look at the events to come |
//! | `dialect` | what other programs write into Markdown |
//! | `events` | the events of the Markdown |
//! | `strong` | asterisks beside Chinese punctuation |
//! | `raw`, `tokens` | the author's HTML, and its tags |
//! | `heading` `quote` `list` `table` `code` `inline` `link` `picture` `reference_list` | what is written for each |
//! | `highlight` | the colours of code |
//! | `writer` | the article as it is written: HTML, open elements, findings |
//! | `element` | the elements of the author's HTML that are kept |
//! | `pictures`, `references`, `spacing`, `html` | what the writer has of each |
//! | `theme`, `style`, `color` | themes: roles, declarations, contrast |
//! | `source` | the ends of lines of the Markdown or of a theme |
//! | `findings`, `failure`, `texts` | what people are told |

mod ahead;
mod article;
mod bindings;
mod code;
mod color;
mod dialect;
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
mod picture;
mod pictures;
mod quote;
mod raw;
mod reference_list;
mod references;
mod source;
mod spacing;
mod strong;
mod style;
mod table;
mod texts;
mod theme;
mod tokens;
mod walk;
mod writer;

pub use article::{LONGEST_TEXT, render, themes};
pub use bindings::types;
