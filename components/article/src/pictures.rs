//! The pictures of an article.

use std::collections::{BTreeMap, BTreeSet};

use crate::bindings::types::{Picture, PictureSize};

/// Pictures so far.
pub struct Pictures<'o> {
    sizes: BTreeMap<&'o str, (u32, u32)>,
    known: BTreeSet<String>,
    list: Vec<Picture>,
}

impl<'o> Pictures<'o> {
    /// Starts with the sizes that are known.
    pub fn new(sizes: &'o [PictureSize]) -> Self {
        let sizes = sizes.iter().map(|size| (&*size.source, (size.width, size.height)));
        Self {
            sizes: sizes.collect(),
            known: BTreeSet::new(),
            list: Vec::new(),
        }
    }

    /// Adds a picture, unless it is there.
    pub fn add(&mut self, source: &str, alternative: &str, line: u32) {
        if !self.known.contains(source) {
            self.known.insert(source.to_owned());
            self.list.push(Picture {
                source: source.to_owned(),
                alternative: alternative.to_owned(),
                line,
            });
        }
    }

    /// Returns the width and the height of a picture, if they are known.
    pub fn size(&self, source: &str) -> Option<(u32, u32)> {
        self.sizes.get(source).copied()
    }

    /// Returns all pictures.
    pub fn finish(self) -> Vec<Picture> {
        self.list
    }
}
