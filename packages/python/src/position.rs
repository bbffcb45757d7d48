//! The place in a list that is read page by page.

use std::sync::Mutex;

use pyo3::prelude::*;
use wechat_official_account_host::listing;

use crate::process::lock;

/// The place in a list. The host knows how to lose no item while others change the list.
#[pyclass(frozen, module = "wechat_official_account._native")]
pub(crate) struct Position(Mutex<listing::Position>);

#[pymethods]
impl Position {
    #[new]
    fn new() -> Self {
        Self(Mutex::default())
    }

    /// Returns the offset of the next page; `None` at the end.
    fn next_offset(&self) -> Option<u32> {
        lock(&self.0).next_offset()
    }

    /// Takes a page with these ids, and returns which of them are new.
    #[allow(clippy::needless_pass_by_value, reason = "Python's list becomes this one")]
    fn turn(&self, total: u64, ids: Vec<String>) -> Vec<bool> {
        lock(&self.0).turn(total, ids.iter().map(String::as_str))
    }

    #[getter]
    fn total_count(&self) -> u64 {
        lock(&self.0).total_count()
    }

    #[getter]
    fn calls(&self) -> u64 {
        lock(&self.0).calls()
    }

    #[getter]
    fn calls_made(&self) -> u64 {
        lock(&self.0).calls_made()
    }

    #[getter]
    fn missing(&self) -> u64 {
        lock(&self.0).missing()
    }
}
