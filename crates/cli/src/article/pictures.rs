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
    memory: Option<Memory>,
}

/// The pictures of this article and of the one before it: a picture that is in neither is forgotten, so that a long
/// preview takes no more memory than a short one.
#[derive(Default)]
struct Memory {
    now: Results,
    before: Results,
}

/// The results by the hash of the file, and whether it was for the text or for the cover.
type Results = BTreeMap<([u8; 32], bool), Fitted>;

impl Memory {
    fn recall(&mut self, key: ([u8; 32], bool)) -> Option<Fitted> {
        if let Some(fitted) = self.before.remove(&key) {
            self.now.insert(key, fitted);
        }
        self.now.get(&key).cloned()
    }
}

impl Fitter {
    pub fn new(language: Language, texts: &'static Texts) -> Self {
        Self {
            language: match language {
                Language::English => types::Language::En,
                Language::Chinese => types::Language::Zh,
            },
            texts,
            memory: None,
        }
    }

    pub fn remembering(self) -> Self {
        Self {
            memory: Some(Memory::default()),
            ..self
        }
    }

    /// Begins an article: forgets the pictures that the last one did not have.
    pub fn begin(&mut self) {
        if let Some(memory) = &mut self.memory {
            memory.before = std::mem::take(&mut memory.now);
        }
    }

    /// Returns the picture as it fits, under the name that it had. An error is the rest of a sentence that begins with
    /// this name.
    pub fn fit(&mut self, file: File, place: Place) -> Result<Fitted, String> {
        let name = file.name;
        let key = self.memory.as_ref().map(|_| {
            let hash: [u8; 32] = Sha256::digest(&file.bytes).into();
            (hash, place == Place::Article)
        });
        let known = key.and_then(|key| self.memory.as_mut()?.recall(key));
        let fitted = match known {
            Some(fitted) => fitted,
            None => {
                let file = types::File {
                    name: name.clone(),
                    bytes: file.bytes,
                };
                let fitted = wechat_official_account_picture::fit(file, place, self.language);
                let fitted = fitted.map_err(|error| self.texts.unfit.with([&error.message, &error.advice]))?;
                if let (Some(memory), Some(key)) = (&mut self.memory, key) {
                    memory.now.insert(key, fitted.clone());
                }
                fitted
            }
        };
        let file = types::File { name, ..fitted.file };
        Ok(Fitted { file, ..fitted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts;

    #[test]
    fn a_picture_is_remembered_as_long_as_articles_have_it() {
        let file = |name: &str, width: u8| File {
            name: name.to_owned(),
            // The smallest GIF, with another width.
            bytes: [
                b"GIF89a",
                &[
                    width, 0, 1, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, width, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b,
                ][..],
            ]
            .concat(),
        };
        let language = Language::English;
        let mut fitter = Fitter::new(language, texts::article_texts(language)).remembering();
        let mut lay = |names: &[(&str, u8)]| {
            fitter.begin();
            for (name, width) in names {
                let _ = fitter.fit(file(name, *width), Place::Article);
            }
            let memory = fitter.memory.as_ref().unwrap();
            memory.now.len() + memory.before.len()
        };
        assert_eq!(lay(&[("a", 1), ("b", 2), ("again", 1)]), 2);
        assert_eq!(lay(&[("a", 1)]), 2);
        assert_eq!(lay(&[("a", 1)]), 1);
        assert_eq!(lay(&[]), 1);
        assert_eq!(lay(&[]), 0);
    }
}
