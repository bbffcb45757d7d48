//! The pictures of an article, as WeChat takes them: those in files beside it, and those that stand in it as data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wechat_official_account_host::types::{File, ImageOutcome, ImageReference};
use wechat_official_account_picture::types::Place;

use super::addresses;
use super::embedded::{self, Embedded};
use super::fitter::Fitter;
use super::rendered::Rendered;
use super::source::Source;
use crate::attachments::{self, NotRead};
use crate::format::cut;
use crate::input;

/// The width and height up to which the component takes a picture for a placeholder, which is no cover.
const PLACEHOLDER: u32 = 2;

/// The characters of a `data:` URI that people are shown: its type, and the beginning of its data.
const SHOWN: usize = 40;

/// A picture of the text, or the cover.
pub struct Picture {
    /// The file as it is sent. A picture of the text has the name by which the component finds it.
    pub file: File,
    /// The place of the original.
    pub origin: Origin,
    /// The bytes of the original.
    pub original_bytes: usize,
    /// The width as it is sent. Pixels.
    pub width: u32,
    /// The height as it is sent. Pixels.
    pub height: u32,
    /// A sentence for each change.
    pub changes: Vec<String>,
}

/// The place of a picture that is not fitted yet.
#[derive(Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file on the disk.
    File(PathBuf),
    /// The article's HTML. These are its bytes.
    Html(Vec<u8>),
}

impl Picture {
    /// Returns the file on the disk, if there is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::Html(_) => None,
        }
    }

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
    /// The pictures that can be sent.
    pub list: Vec<Picture>,
    /// The indices of the pictures by their addresses in the HTML.
    pub by_address: BTreeMap<String, usize>,
    /// The pictures that WeChat will drop.
    pub not_read: Vec<NotRead>,
    /// Their addresses in the HTML.
    missing: BTreeSet<String>,
}

impl Pictures {
    /// Reads the pictures of an article, and makes them fit. `references` are those that files can answer. All together
    /// have at most `room` bytes, beside the HTML.
    pub fn read(
        source: &Source,
        rendered: &Rendered,
        references: Vec<ImageReference>,
        room: usize,
        fitter: &mut Fitter,
    ) -> Self {
        let mut pictures = Self::beside(source, references, room, fitter);
        for left in &mut pictures.not_read {
            left.line = rendered.picture_lines.get(left.reference.trim_ascii()).copied();
        }
        if addresses::has_base(&rendered.html) {
            // An address is another file than it says, and only the component knows which.
            pictures.by_address.clear();
        } else {
            let taken: usize = pictures.list.iter().map(|picture| picture.file.bytes.len()).sum();
            pictures.add_embedded(rendered, room.saturating_sub(taken), fitter);
        }
        pictures
    }

    /// Reads the files that these references name, and makes them fit.
    fn beside(source: &Source, references: Vec<ImageReference>, room: usize, fitter: &mut Fitter) -> Self {
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
                origin: Origin::File(path),
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

    /// Adds the pictures that stand in the HTML, and makes them fit.
    fn add_embedded(&mut self, rendered: &Rendered, mut room: usize, fitter: &mut Fitter) {
        for Embedded { address, file } in embedded::find(&rendered.html) {
            // The address gives way to a name.
            room = room.saturating_add(address.len());
            let original = file.bytes.clone();
            let fitted = fitter.fit(file, Place::Article);
            let fitted = fitted.and_then(|fitted| match room.checked_sub(fitted.file.bytes.len()) {
                Some(left) => {
                    room = left;
                    Ok(fitted)
                }
                None => Err(attachments::no_room()),
            });
            let fitted = match fitted {
                Ok(fitted) => fitted,
                Err(reason) => {
                    self.not_read.push(NotRead {
                        reference: cut(&address, SHOWN),
                        reason,
                        line: rendered.picture_lines.get(&address).copied(),
                    });
                    continue;
                }
            };
            let file = File {
                name: fitted.file.name,
                bytes: fitted.file.bytes,
            };
            // The component finds it by its name, and tells its outcome under it.
            self.by_address.insert(file.name.clone(), self.list.len());
            self.by_address.insert(address, self.list.len());
            self.list.push(Picture {
                file,
                original_bytes: original.len(),
                origin: Origin::Html(original),
                width: fitted.width,
                height: fitted.height,
                changes: fitted.changes,
            });
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
