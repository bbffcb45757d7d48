//! The pictures of an article that are files below the operator's folder.

use std::collections::BTreeSet;

use wechat_official_account_tools::bindings::types::{File, ImageReference};
use wechat_official_account_tools::error::{Error, Result};
use wechat_official_account_tools::text::shortened;

use super::root::{Limit, NOT_THERE, PICTURE, Root};
use crate::attachments::{names, room_beside};

/// The pictures of one call. Without a folder there are none.
#[derive(Default)]
pub struct Pictures(Option<Beside>);

struct Beside {
    root: Root,
    /// What a name in the HTML begins with as seen from the root: nothing, or the HTML's folder and a slash.
    folder: String,
    /// The bytes that one call still takes.
    room: u64,
    /// The addresses whose files have taken their part of it. An article may have a picture many times, and each
    /// address is a file of its own for the plugin.
    counted: BTreeSet<String>,
}

impl Pictures {
    /// Returns the pictures beside a file of HTML below the root, or in the root itself if the HTML is in no file.
    pub fn beside(root: &Root, path: Option<&str>, html: &str) -> Self {
        let folder = path.and_then(|path| path.rfind(['/', '\\']).and_then(|end| path.get(..=end)));
        Self(Some(Beside {
            root: root.clone(),
            folder: folder.unwrap_or_default().to_owned(),
            room: room_beside(html).unwrap_or_default() as u64,
            counted: BTreeSet::new(),
        }))
    }

    /// Reads the file that answers a reference.
    ///
    /// # Errors
    /// If it names a file that can't be read, and no address needs none.
    pub async fn attachment(&mut self, reference: &ImageReference) -> Result<Option<File>> {
        let Some(beside) = &mut self.0 else { return Ok(None) };
        let mut failure = None;
        for address in [&reference.source].into_iter().chain(&reference.alternatives) {
            match beside.read(address).await {
                Ok(bytes) => {
                    let name = address.clone();
                    return Ok(Some(File { name, bytes }));
                }
                Err(reason) => failure = failure.or(reason.map(|reason| (address, reason))),
            }
        }
        match failure {
            Some((address, reason)) if !reference.optional => {
                let message = format!("The picture {} {reason}. Nothing was sent.", shortened(address));
                Err(Error::invalid_input(
                    "html",
                    message,
                    "Correct its address, or leave it out.",
                ))
            }
            _ => Ok(None),
        }
    }
}

impl Beside {
    /// Reads the file of an address. There is no reason why not if the address names no file.
    async fn read(&mut self, address: &str) -> std::result::Result<Vec<u8>, Option<String>> {
        let mut failure = None;
        for name in names(address) {
            let path = match name.starts_with(['/', '\\']) {
                true => name.into_owned(),
                false => format!("{}{name}", self.folder),
            };
            match self.root.read(&path, self.limit(address)).await {
                Ok(bytes) => {
                    if self.counted.insert(address.to_owned()) {
                        self.room = self.room.saturating_sub(bytes.len() as u64);
                    }
                    return Ok(bytes);
                }
                // Of the names, the one that is there counts.
                Err(reason) if failure.is_none() || reason != NOT_THERE => failure = Some(reason),
                Err(_) => {}
            }
        }
        Err(failure)
    }

    fn limit(&self, address: &str) -> Limit {
        match self.room < PICTURE.bytes && !self.counted.contains(address) {
            true => Limit {
                bytes: self.room,
                meaning: "is what one call has left for pictures",
            },
            false => PICTURE,
        }
    }
}
