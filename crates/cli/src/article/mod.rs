//! An article in a file of Markdown or HTML, on its way to a draft.
//!
//! `source` is the file, `rendered` its HTML, and `pictures` the files beside it and the
//! pictures that stand in it (`embedded`), which `fitter` makes fit. `loaded` is
//! all three, and a preview shows it. `fields` are the title and the like. `plan` is a loaded article with its fields,
//! its cover and the cache's addresses: all that can be known before anything is sent. `send` carries the plan out. A
//! dry run prints it instead, so that the two can't differ. `report` describes the plan and the results. `attributes`
//! and `addresses` write other addresses into HTML.

mod addresses;
pub mod attributes;
mod cache;
pub mod check;
pub mod cover;
mod embedded;
pub mod fields;
pub mod fitter;
mod lines;
pub mod loaded;
mod media_id;
mod pictures;
pub mod plan;
pub mod rendered;
mod report;
pub mod send;
pub mod source;
