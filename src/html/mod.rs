//! HTML, as far as it has to be read: its tags, and where in the source their attributes stand.
//!
//! Written by hand, because a tokenizer that also makes text and knows all 2,231 named references has 200 KB, nearly as much
//! as the whole component. A test compares it with `html5gum`.

mod css;
mod pictures;
mod raw_text;
mod reference;
mod srcset;
mod tags;

#[cfg(test)]
mod differential;

pub use pictures::{Picture, pictures};
pub use reference::decode;
pub use tags::{Attribute, Tag, Tags};

/// Which of these names this is, in upper or lower case.
pub fn place(names: &[&str], name: &[u8]) -> Option<usize> {
    names
        .iter()
        .position(|other| name.eq_ignore_ascii_case(other.as_bytes()))
}

/// Bytes that mean something in a tag. All of them are below 64, so that a set of them is one number.
#[derive(Clone, Copy)]
struct Set(u64);

/// White space between the parts of a tag.
const BLANK: Set = Set::of(b' ').and(b'\t').and(b'\n').and(b'\r').and(b'\x0C');
/// What ends the name of a tag.
const ENDS_NAME: Set = BLANK.and(b'/').and(b'>');
/// What ends a tag.
const END: Set = Set::of(b'>');

impl Set {
    /// No set has this byte or one beyond it.
    const END: u8 = 64;

    const fn of(byte: u8) -> Self {
        Self(1 << byte)
    }

    const fn and(self, byte: u8) -> Self {
        Self(self.0 | 1 << byte)
    }

    fn has(self, byte: u8) -> bool {
        byte < Self::END && self.0 >> byte & 1 == 1
    }
}
