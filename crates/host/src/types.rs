//! The records and variants of the contract. The WIT files have their documentation.

pub use crate::bindings::interfaces::types::*;
// These two hold secrets, and replace the generated ones.
pub use crate::credentials::{Config, Token};
