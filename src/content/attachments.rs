//! Files that come with an article, by their names.

use super::insert;
use crate::bindings::types::File;
use crate::data_uri::percent_decode;
use crate::error::{Result, invalid};
use crate::find::before;
use alloc::vec::Vec;

/// The files in the order of their names.
pub struct Attachments<'a>(Vec<(Vec<u8>, &'a File)>);

impl<'a> Attachments<'a> {
    /// Refuses names that can't be told apart.
    pub fn new(files: &'a [File]) -> Result<Self> {
        let mut attachments = Self(Vec::with_capacity(files.len()));
        for file in files {
            let name = path(file.name.as_bytes());
            if name.is_empty() {
                return Err(invalid(
                    "attachments",
                    &["an attachment has no name"],
                    "Name it as the HTML refers to it.",
                ));
            }
            match attachments.place(&name) {
                Ok(_) => {
                    return Err(invalid(
                        "attachments",
                        &["two attachments are named ", &file.name],
                        "Give each a name of its own, and refer to it by that.",
                    ));
                }
                Err(place) => insert(&mut attachments.0, place, (name, file)),
            }
        }
        Ok(attachments)
    }

    /// The file that a reference means: literally, or by content id, or as a path without query and fragment, or by what its
    /// percent-encoding stands for.
    pub fn find(&self, source: &[u8]) -> Option<&'a File> {
        let plain = match source.split_at_checked(CID.len()) {
            Some((scheme, id)) if scheme.eq_ignore_ascii_case(CID) => id,
            _ => source,
        };
        let bare = before(plain, b"?#");
        { self.named(source).or_else(|| self.named(plain)) }
            .or_else(|| self.named(bare))
            .or_else(|| self.named(&percent_decode(bare)))
    }

    fn named(&self, name: &[u8]) -> Option<&'a File> {
        let place = self.place(&path(name)).ok()?;
        self.0.get(place).map(|(_, file)| *file)
    }

    /// Where this name is, or where it would have to be.
    fn place(&self, name: &[u8]) -> core::result::Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.as_slice().cmp(name))
    }
}

/// How mail refers to its attachments (RFC 2392).
const CID: &[u8] = b"cid:";

/// A name as a path with slashes, without its empty parts and those that lead nowhere (`./`).
fn path(name: &[u8]) -> Vec<u8> {
    let mut path = Vec::with_capacity(name.len());
    for part in name.split(|byte| matches!(byte, b'/' | b'\\')) {
        if matches!(part, b"" | b".") {
            continue;
        }
        if !path.is_empty() {
            path.push(b'/');
        }
        path.extend_from_slice(part);
    }
    path
}
