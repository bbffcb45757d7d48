//! The references of an article: links that WeChat removes, and notes, in one sequence of numbers.

use std::collections::BTreeMap;

use unicase::UniCase;

/// A reference.
pub enum Reference {
    /// A link: its address, and its text.
    Link { address: String, text: String },
    /// A note, by its label.
    Note { label: String },
}

/// The references so far.
#[derive(Default)]
pub struct References {
    list: Vec<Reference>,
    /// The numbers of addresses and labels.
    links: BTreeMap<String, usize>,
    /// The case of a label does not count, as for the parser.
    notes: BTreeMap<UniCase<String>, usize>,
}

impl References {
    /// Returns the number of a link. An address has one number.
    pub fn link(&mut self, address: &str) -> usize {
        if let Some(number) = self.links.get(address) {
            return *number;
        }
        self.list.push(Reference::Link {
            address: address.to_owned(),
            text: String::new(),
        });
        self.links.insert(address.to_owned(), self.list.len());
        self.list.len()
    }

    /// Gives a link its text, unless it has one.
    pub fn name(&mut self, number: usize, name: &str) {
        let reference = number.checked_sub(1).and_then(|index| self.list.get_mut(index));
        if let Some(Reference::Link { text, .. }) = reference
            && text.is_empty()
        {
            name.clone_into(text);
        }
    }

    /// Returns the number of a note.
    pub fn note(&mut self, label: &str) -> usize {
        if let Some(number) = self.notes.get(&UniCase::new(label.to_owned())) {
            return *number;
        }
        self.list.push(Reference::Note {
            label: label.to_owned(),
        });
        self.notes.insert(UniCase::new(label.to_owned()), self.list.len());
        self.list.len()
    }

    /// Takes a reference out by its number, and leaves an empty note in its place.
    pub fn take(&mut self, number: usize) -> Option<Reference> {
        let reference = self.list.get_mut(number.checked_sub(1)?)?;
        Some(std::mem::replace(reference, Reference::Note { label: String::new() }))
    }

    /// Returns whether there are links, and whether there are notes.
    pub fn kinds(&self) -> (bool, bool) {
        (!self.links.is_empty(), !self.notes.is_empty())
    }
}
