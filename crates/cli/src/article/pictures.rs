//! The pictures beside an article, as WeChat takes them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use wechat_official_account_host::types::{File, ImageReference};
use wechat_official_account_language::Language;
use wechat_official_account_picture::types::{self, Fitted, Place};

use super::source::Source;
use crate::attachments::{self, NotRead};
use crate::input;
use crate::texts::Texts;

/// A file beside the article.
pub struct Picture {
    /// The file as it is sent, under the name by which the component finds it.
    pub file: File,
    pub path: PathBuf,
    /// The bytes of the file on the disk.
    pub original_bytes: usize,
    pub width: u32,
    pub height: u32,
    /// A sentence for each change.
    pub changes: Vec<String>,
}

impl Picture {
    /// Returns whether it can be a cover: the component takes smaller ones for placeholders.
    pub fn is_visible(&self) -> bool {
        self.width > 2 || self.height > 2
    }
}

/// The pictures of an article.
#[derive(Default)]
pub struct Pictures {
    pub list: Vec<Picture>,
    /// The indices of the pictures by their addresses in the HTML.
    pub by_address: BTreeMap<String, usize>,
    /// The pictures that WeChat will drop.
    pub not_read: Vec<NotRead>,
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
        Self {
            list: list.collect(),
            by_address: read.by_address,
            not_read: read.not_read,
        }
    }

    /// Returns the picture at this address of the HTML.
    pub fn at(&self, address: &str) -> Option<(usize, &Picture)> {
        let index = *self.by_address.get(address)?;
        Some((index, self.list.get(index)?))
    }
}

/// Makes pictures fit, and remembers the results if it is asked to: a preview fits the same pictures again and again.
pub struct Fitter {
    language: types::Language,
    texts: &'static Texts,
    remembered: Option<BTreeMap<([u8; 32], bool), Fitted>>,
}

impl Fitter {
    pub fn new(language: Language, texts: &'static Texts) -> Self {
        Self {
            language: match language {
                Language::English => types::Language::En,
                Language::Chinese => types::Language::Zh,
            },
            texts,
            remembered: None,
        }
    }

    pub fn remembering(self) -> Self {
        Self {
            remembered: Some(BTreeMap::new()),
            ..self
        }
    }

    /// Returns the picture as it fits, under the name that it had. An error is the rest of a sentence that begins with
    /// this name.
    pub fn fit(&mut self, file: File, place: Place) -> Result<Fitted, String> {
        let name = file.name;
        let key = self.remembered.as_ref().map(|_| {
            let hash: [u8; 32] = Sha256::digest(&file.bytes).into();
            (hash, place == Place::Article)
        });
        let known = key.and_then(|key| self.remembered.as_ref()?.get(&key).cloned());
        let fitted = match known {
            Some(fitted) => fitted,
            None => {
                let file = types::File {
                    name: name.clone(),
                    bytes: file.bytes,
                };
                let fitted = wechat_official_account_picture::fit(file, place, self.language);
                let fitted = fitted.map_err(|error| self.texts.unfit.with([&error.message, &error.advice]))?;
                if let (Some(remembered), Some(key)) = (&mut self.remembered, key) {
                    remembered.insert(key, fitted.clone());
                }
                fitted
            }
        };
        let file = types::File { name, ..fitted.file };
        Ok(Fitted { file, ..fitted })
    }
}
