//! An article in a file of Markdown or HTML, on its way to a draft.
//!
//! `source` is the file, `rendered` its HTML, and `pictures` the files beside it, which `fitter` makes fit; together they
//! are a laid article ([`laid::Laid`]), which a preview shows. `fields` are its title and the like. `plan` is a laid
//! article with its fields, its cover and the cache's addresses: all that can be known before anything is sent. `send`
//! carries the plan out. A dry run prints it instead, so that the two can't differ. `report` is what is told of both.
//! `attributes` and `addresses` write other addresses into HTML.

mod addresses;
pub mod attributes;
mod cache;
pub mod check;
pub mod cover;
pub mod fields;
pub mod fitter;
pub mod laid;
mod lines;
mod media_id;
mod pictures;
pub mod plan;
pub mod rendered;
mod report;
pub mod send;
pub mod source;
