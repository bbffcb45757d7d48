//! Pages of lists, which drafts, publications and material have in the same form (wechat-api §1).

use serde_json::Value;

use super::fields::{Structure, structures};
use super::object::Object;

/// A page of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Page<L> {
    /// Number of lines in the whole list.
    pub total_count: u64,
    /// The lines of this page.
    pub lines: Vec<L>,
}

impl<L: Structure> Page<L> {
    /// Reads a page that begins at `offset`. A page is none if lines are missing for certain: a caller that took it for
    /// an empty one would add a second draft.
    ///
    /// - `item` may be missing past the end of the list.
    /// - An empty `item` is wrong at the beginning of a list that is not empty. Further on it can be right: the lines
    ///   may have been deleted since the number was counted.
    /// - `item_count` is the number of lines. It may be missing (wechat-api §11.7).
    /// - A total below the number of lines that are there is late, and so at least that number.
    pub fn read(reply: Object, offset: u32) -> Option<Self> {
        let Page { total_count, lines } = page(reply, offset)?;
        Some(Self {
            total_count,
            lines: structures(lines).ok()?,
        })
    }
}

/// Reads all of a page but what is inside of its lines, which is the same for every list.
fn page(mut reply: Object, offset: u32) -> Option<Page<Value>> {
    let total_count = reply.count("total_count").ok()?;
    let item_count = reply.optional_count("item_count").ok()?;
    let item = reply.any_objects("item").ok()?;
    let offset = u64::from(offset);
    let lines = match item {
        Some(lines) if !lines.is_empty() || offset > 0 || total_count == 0 => lines,
        None if total_count <= offset => Vec::new(),
        _ => return None,
    };
    let found = lines.len() as u64;
    if item_count.is_some_and(|count| count != found) {
        return None;
    }
    let seen = match found {
        0 => 0,
        found => offset + found,
    };
    Some(Page {
        total_count: total_count.max(seen),
        lines,
    })
}
