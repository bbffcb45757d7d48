//! An article in a file of Markdown or HTML, on its way to a draft.
//!
//! `source` is the file, `rendered` its HTML, and `lines` the lines of that in the file. `pictures` are the files
//! beside it and the pictures that stand in it (`embedded`), which `fitter` makes fit. `loaded` is all of these. A
//! preview shows it, and `check` tells what is wrong with it. `fields` are the title and the like, `cover` is the
//! cover, and `cache` has the pictures that the account has already. `plan` has all that can be known before anything
//! is sent. `send` carries the plan out; a dry run prints it instead, so that the two can't differ. `report` describes
//! the plan, and `results` what came of it. `attributes` and `addresses` read HTML, and write other addresses into it.

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
mod results;
pub mod send;
pub mod source;
