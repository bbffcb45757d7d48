//! The parts of a file that are the picture.

use std::ops::Range;

/// Parts of a file, in order. The rest is metadata, or comes after the end of the picture.
#[derive(Debug, Default)]
pub struct Parts(Vec<Range<usize>>);

impl Parts {
    /// Makes one part of all up to an end.
    pub fn up_to(end: usize) -> Self {
        let mut parts = Self::default();
        parts.push(0..end);
        parts
    }

    /// Adds a part.
    pub fn push(&mut self, part: Range<usize>) {
        self.0.push(part);
    }

    /// Returns the number of their bytes.
    pub fn length(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }

    /// Returns their bytes.
    pub fn of(&self, bytes: &[u8]) -> Vec<u8> {
        let parts: Vec<_> = self.0.iter().filter_map(|part| bytes.get(part.clone())).collect();
        parts.concat()
    }
}
