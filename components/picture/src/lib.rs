//! Pictures that fit WeChat's limits. The contract is `wit/picture.wit`.
//!
//! It is a component that imports nothing, and a library for programs that are written in Rust.
//!
//! | Module | Task |
//! |---|---|
//! | `fit` | the steps: look at the header, return what fits, decode the rest, and make it smaller until it fits |
//! | `place` | what WeChat takes where |
//! | `file_type` | the type of a file by its bytes |
//! | `header` | what a header tells, without any decoding: size, colours, orientation, animation, metadata |
//! | `jpeg`, `png`, `gif`, `parts` | the segments, chunks and blocks of a file, and which of them are the picture |
//! | `open` | decoders that have read a header |
//! | `pages` | whether a tiff has more than one |
//! | `decode` | pixels, within the memory of an instance |
//! | `canvas` | pixels that are scaled, cut, turned and laid on white |
//! | `encode` | jpg and png |
//! | `problem`, `change`, `texts` | what people are told |

mod bindings;
mod canvas;
mod change;
mod decode;
mod encode;
#[cfg(target_arch = "wasm32")]
mod exports;
mod file_type;
mod fit;
mod gif;
mod header;
mod jpeg;
mod open;
mod pages;
mod parts;
mod place;
mod png;
mod problem;
mod texts;

pub use bindings::types;
pub use fit::fit;
