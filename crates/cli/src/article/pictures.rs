//! The pictures of an article, as WeChat takes them: those in files beside it, and those that stand in it as data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wechat_official_account_host::types::{File, ImageOutcome, ImageReference};
use wechat_official_account_picture::types::{Fitted, Place};

use super::addresses;
use super::embedded::{self, Embedded};
use super::fitter::Fitter;
use super::rendered::Rendered;
use super::source::Source;
use crate::attachments::{self, FileResult, NotRead};
use crate::data_uris::is_data;
use crate::format::{ADDRESS, cut};
use crate::input;
use crate::texts::messages;

/// The width and height up to which the component takes a picture for a placeholder, which is no cover. Pixels.
const PLACEHOLDER_SIDE: u32 = 2;

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
    /// The line of its first address, if it is known.
    pub line: Option<u32>,
}

/// The place of a picture that is not fitted yet.
#[derive(Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file on the disk.
    File(PathBuf),
    /// The article's HTML, by this `data:` URI.
    Html(String),
}

impl Picture {
    /// Makes a picture of one that was made to fit.
    pub fn new(fitted: Fitted, origin: Origin, original_bytes: usize) -> Self {
        Self {
            file: File {
                name: fitted.file.name,
                bytes: fitted.file.bytes,
            },
            origin,
            original_bytes,
            width: fitted.width,
            height: fitted.height,
            changes: fitted.changes,
            line: None,
        }
    }

    /// Returns the file on the disk, if there is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::Html(_) => None,
        }
    }

    /// Returns whether it can be a cover.
    pub fn is_visible(&self) -> bool {
        !is_placeholder(self.width, self.height)
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
            "line": self.line,
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
    /// The pictures that WeChat will drop, in the order of their lines.
    pub not_read: Vec<NotRead>,
    /// Their addresses in the HTML.
    missing: BTreeSet<String>,
    /// The names that stand in for `data:` URIs, by these.
    names: BTreeMap<String, String>,
}

/// Leaves out addresses that the component never takes for the picture.
fn without_spinners(references: Vec<ImageReference>, html: &str) -> Vec<ImageReference> {
    let spinners = addresses::spinners(html);
    let is_spinner = |address: &str, src: &str| spinners.contains(&(address.trim().to_owned(), src.trim().to_owned()));
    let references = references.into_iter().map(|mut reference| {
        let ImageReference {
            source, alternatives, ..
        } = &mut reference;
        alternatives.retain(|alternative| !is_spinner(source, alternative));
        reference
    });
    references.collect()
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
        let references = without_spinners(references, &rendered.html);
        let mut pictures = Self::beside(source, references, room, fitter);
        if addresses::has_base(&rendered.html) {
            // An address is another file than it says, and only the component knows which.
            pictures.by_address.clear();
        } else {
            let taken: usize = pictures.list.iter().map(|picture| picture.file.bytes.len()).sum();
            pictures.add_embedded(&rendered.html, room.saturating_sub(taken), fitter);
        }
        pictures.place(&rendered.picture_lines);
        pictures
    }

    /// Reads the files that these references name, and makes them fit.
    fn beside(source: &Source, references: Vec<ImageReference>, room: usize, fitter: &mut Fitter) -> Self {
        let folder = (!input::is_stream(&source.path)).then(|| source.folder());
        let mut known = BTreeMap::new();
        let mut fit = |file: File| {
            let original_bytes = file.bytes.len();
            let fitted = fit(file, fitter)?;
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
                line: None,
            }
        });
        let missing = read.not_read.iter().map(|left| left.reference.trim_ascii().to_owned());
        Self {
            list: list.collect(),
            by_address: read.by_address,
            missing: missing.collect(),
            not_read: read.not_read,
            names: BTreeMap::new(),
        }
    }

    /// Adds the pictures that stand in the HTML, and makes them fit.
    fn add_embedded(&mut self, html: &str, mut room: usize, fitter: &mut Fitter) {
        let taken = self.list.iter().map(|picture| picture.file.name.as_str());
        for Embedded { address, name, bytes } in embedded::find(html, taken) {
            self.names.insert(address.clone(), name.clone());
            // The address gives way to the name.
            room = room.saturating_add(address.len());
            match fit_embedded(&name, bytes, &mut room, fitter) {
                Ok((fitted, original_bytes)) => {
                    // The component finds it by its name, and tells its outcome under it.
                    self.by_address.insert(name, self.list.len());
                    self.by_address.insert(address.clone(), self.list.len());
                    let origin = Origin::Html(address);
                    self.list.push(Picture::new(fitted, origin, original_bytes));
                }
                Err(reason) => {
                    self.not_read.push(NotRead {
                        reference: address.clone(),
                        reason,
                        line: None,
                    });
                    self.missing.insert(address);
                }
            }
        }
    }

    /// Notes the lines of the pictures, which are known by their addresses.
    fn place(&mut self, lines: &BTreeMap<String, u32>) {
        for (address, index) in &self.by_address {
            if let (Some(line), Some(picture)) = (lines.get(address), self.list.get_mut(*index)) {
                picture.line = Some(picture.line.map_or(*line, |known| known.min(*line)));
            }
        }
        for left in &mut self.not_read {
            left.line = lines.get(left.reference.trim_ascii()).copied();
            if is_data(&left.reference) {
                left.reference = cut(&left.reference, ADDRESS);
            }
        }
        self.not_read.sort_by_key(|left| left.line.unwrap_or(u32::MAX));
    }

    /// Returns the name that stands in for a `data:` URI, so that the component takes the picture that was made to fit,
    /// or none if it can't be.
    pub fn name_of(&self, address: &str) -> Option<&str> {
        self.names.get(address).map(String::as_str)
    }

    /// Returns the HTML with the `data:` URIs again whose names are left in it. They mean nothing after this run.
    pub fn with_data(&self, html: &str) -> String {
        let names = self.names.iter();
        let addresses: BTreeMap<&str, &String> = names.map(|(address, name)| (name.as_str(), address)).collect();
        addresses::replace(html, |name| addresses.get(name).copied().cloned())
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

/// Makes a picture of the text fit.
fn fit(file: File, fitter: &mut Fitter) -> FileResult<Fitted> {
    let fitted = fitter.fit(file, Place::Article)?;
    // The component would refuse it after others were uploaded.
    match is_placeholder(fitted.width, fitted.height) {
        true => Err(messages().pictures.placeholder.to_owned()),
        false => Ok(fitted),
    }
}

/// Makes a picture fit that stands in the HTML, if there is room for it. Returns the bytes of the original, too.
fn fit_embedded(
    name: &str,
    bytes: Option<Vec<u8>>,
    room: &mut usize,
    fitter: &mut Fitter,
) -> FileResult<(Fitted, usize)> {
    let bytes = bytes.ok_or(messages().pictures.undecodable)?;
    let original_bytes = bytes.len();
    let name = name.to_owned();
    let fitted = fit(File { name, bytes }, fitter)?;
    *room = room
        .checked_sub(fitted.file.bytes.len())
        .ok_or_else(attachments::no_room)?;
    Ok((fitted, original_bytes))
}

/// Returns whether the component takes a picture of this size for a placeholder.
fn is_placeholder(width: u32, height: u32) -> bool {
    width <= PLACEHOLDER_SIDE && height <= PLACEHOLDER_SIDE
}
