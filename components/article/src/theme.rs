//! Themes: a style for each role, read from TOML and checked.

mod contrast;
mod load;
mod look;
mod role;

pub use load::{load, names};
pub use look::Theme;
pub use role::{HEADINGS, Role};
