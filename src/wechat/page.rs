//! Pages of lists, which drafts, publications and material have in the same form (wechat-api §1).

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::lenient;
use super::object::Object;

/// A page of a list as WeChat sends it.
#[derive(Deserialize)]
#[serde(bound = "L: DeserializeOwned")]
struct PageReply<L> {
    #[serde(default, deserialize_with = "lenient::optional_count")]
    total_count: Option<u64>,
    #[serde(default, deserialize_with = "lenient::objects")]
    item: Option<Vec<L>>,
}

/// A page of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Page<L> {
    /// Number of lines in the whole list.
    pub total_count: u64,
    /// The lines of this page.
    pub lines: Vec<L>,
}

impl<L: DeserializeOwned> Page<L> {
    /// Reads a page that begins at `offset`. `item` may be missing past the end of the list. It is
    /// required otherwise: a caller that took such a page for an empty one would add a second draft.
    pub fn read(reply: Object, offset: u32) -> Option<Self> {
        let PageReply { total_count, item } = reply.read()?;
        match (item, total_count) {
            (Some(lines), total_count) => Some(Self {
                total_count: total_count.unwrap_or_default(),
                lines,
            }),
            (None, Some(total_count)) if total_count <= offset.into() => Some(Self {
                total_count,
                lines: Vec::new(),
            }),
            _ => None,
        }
    }
}
