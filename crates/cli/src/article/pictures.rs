//! The pictures beside an article, as WeChat takes them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::{Value, json};
use wechat_official_account_host::types::{File, ImageOutcome, ImageReference};
use wechat_official_account_picture::types::Place;

use super::fitter::Fitter;
use super::source::Source;
use crate::attachments::{self, NotRead};
use crate::input;

/// The width and height up to which the component takes a picture for a placeholder, which is no cover.
const PLACEHOLDER: u32 = 2;

/// A picture in a file: beside the article, or its cover.
pub struct Picture {
    /// The file as it is sent. A picture of the text has the name by which the component finds it.
    pub file: File,
    /// The file on the disk.
    pub path: PathBuf,
    /// The bytes of the file on the disk.
    pub original_bytes: usize,
    /// The width as it is sent. Pixels.
    pub width: u32,
    /// The height as it is sent. Pixels.
    pub height: u32,
    /// A sentence for each change.
    pub changes: Vec<String>,
}

impl Picture {
    /// Returns whether it can be a cover.
    pub fn is_visible(&self) -> bool {
        self.width > PLACEHOLDER || self.height > PLACEHOLDER
    }

    /// Returns the picture as JSON. One in the cache is not uploaded.
    pub fn as_json(&self, is_cached: bool) -> Value {
        json!({
            "name": self.file.name,
            "bytes": self.original_bytes,
            "sent_bytes": self.file.bytes.len(),
            "width": self.width,
            "height": self.height,
            "changes": self.changes,
            "cached": is_cached,
        })
    }
}

/// The pictures of an article.
#[derive(Default)]
pub struct Pictures {
    /// The files beside the article.
    pub list: Vec<Picture>,
    /// The indices of the pictures by their addresses in the HTML.
    pub by_address: BTreeMap<String, usize>,
    /// The pictures that WeChat will drop.
    pub not_read: Vec<NotRead>,
    /// Their addresses in the HTML.
    missing: BTreeSet<String>,
}

impl Pictures {
    /// Reads the files that these references name, and makes them fit.
    pub fn read(source: &Source, references: Vec<ImageReference>, room: usize, fitter: &mut Fitter) -> Self {
        let folder = (!input::is_stream(&source.path)).then(|| source.folder());
        let mut known = BTreeMap::new();
        let mut fit = |file: File| {
            let original_bytes = file.bytes.len();
            let fitted = fitter.fit(file, Place::Article)?;
            let name = fitted.file.name;
            let facts = (original_bytes, fitted.width, fitted.height, fitted.changes);
            known.insert(name.clone(), facts);
            Ok(File {
                name,
                bytes: fitted.file.bytes,
            })
        };
        let read = attachments::read(folder, references, room, input::UPLOAD, &mut fit);
        let list = read.files.into_iter().zip(read.paths).map(|(file, path)| {
            let (original_bytes, width, height, changes) = known.remove(&file.name).unwrap_or_default();
            Picture {
                file,
                path,
                original_bytes,
                width,
                height,
                changes,
            }
        });
        let missing = read.not_read.iter().map(|left| left.reference.trim_ascii().to_owned());
        Self {
            list: list.collect(),
            by_address: read.by_address,
            missing: missing.collect(),
            not_read: read.not_read,
        }
    }

    /// Returns the picture at this address of the HTML.
    pub fn at(&self, address: &str) -> Option<(usize, &Picture)> {
        let index = *self.by_address.get(address)?;
        Some((index, self.list.get(index)?))
    }

    /// Returns whether this address of the HTML is that of a picture that WeChat will drop.
    pub fn is_missing(&self, address: &str) -> bool {
        self.missing.contains(address)
    }

    /// Returns the picture that this outcome is about, if there is no doubt.
    pub fn of(&self, image: &ImageOutcome) -> Option<&Picture> {
        let addresses = std::iter::once(&image.source).chain(&image.alternatives);
        let mut known = addresses.filter_map(|address| self.at(address.trim_ascii()));
        let (first, picture) = known.next()?;
        known.all(|(index, _)| index == first).then_some(picture)
    }
}
