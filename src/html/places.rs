//! The attributes that refer to pictures, and the elements that have them.

use super::edit::Place;
use super::{Attribute, Tag};

/// The attributes. First come those for scripts that load pictures late, by preference (article-html §4).
const NAMES: [&str; 18] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazyload",
    "data-echo",
    "data-url",
    "data-srcset",
    "data-lazy-srcset",
    "_src",
    "file",
    "src",
    "srcset",
    "style",
    "href",
    "xlink:href",
    "background",
    "data-lazy-bgimg",
    "data-bg",
];

/// The number of attributes for scripts.
pub const LAZY: usize = 10;
// The indexes of the attributes.
pub const DATA_SRC: usize = 0;
pub const SRC: usize = 10;
pub const SRCSET: usize = 11;
pub const STYLE: usize = 12;
pub const HREFS: [usize; 2] = [13, 14];
pub const BACKGROUND: usize = 15;
/// Backgrounds that a script sets.
pub const SCRIPT_BACKGROUNDS: [usize; 2] = [16, 17];
/// The attributes of a `source`.
pub const SRCSETS: [usize; 3] = [SRCSET, 6, 7];

/// The elements whose attribute `background` names a picture
/// (<https://html.spec.whatwg.org/multipage/rendering.html#tables-2>).
pub const HAVE_BACKGROUND: [&str; 7] = ["table", "td", "th", "tr", "thead", "tbody", "tfoot"];

/// Returns whether an attribute for scripts has the form of `srcset`.
pub fn is_srcset(lazy: usize) -> bool {
    SRCSETS.contains(&lazy)
}

/// The attributes of a tag. The first of repeated ones counts.
pub struct Attributes<'a> {
    html: &'a str,
    found: [Option<Attribute<'a>>; NAMES.len()],
}

impl<'a> Attributes<'a> {
    /// Reads the attributes of a tag of this text.
    pub fn of(html: &'a str, tag: Tag<'a>) -> Self {
        let mut found = [const { None }; NAMES.len()];
        for attribute in tag.attributes() {
            let known = NAMES.iter().zip(&mut found).find(|(name, _)| attribute.is(name));
            if let Some((_, first @ None)) = known {
                *first = Some(attribute);
            }
        }
        Self { html, found }
    }

    fn get(&self, name: usize) -> Option<&Attribute<'a>> {
        self.found.get(name)?.as_ref()
    }

    /// Returns whether the tag has this attribute.
    pub fn has(&self, name: usize) -> bool {
        self.get(name).is_some()
    }

    /// Returns the value as it is spelled.
    pub fn value(&self, name: usize) -> Option<&'a str> {
        self.get(name).map(|attribute| attribute.value)
    }

    /// Returns the index of the value in the text.
    pub fn start(&self, name: usize) -> usize {
        self.get(name).map_or(0, |attribute| attribute.range().start)
    }

    /// Returns the byte before the value.
    fn before(&self, name: usize) -> Option<u8> {
        self.html.as_bytes().get(self.start(name).checked_sub(1)?).copied()
    }

    /// Returns the place of the value. An attribute without one gets it.
    pub fn place(&self, name: usize) -> Place {
        let start = self.start(name);
        let length = self.value(name).map_or(0, str::len);
        let has_value = length > 0 || { self.before(name) }
            .is_some_and(|byte| b"='\"".contains(&byte) || byte.is_ascii_whitespace());
        let (before, after) = if has_value { ("", "") } else { ("=\"", "\"") };
        Place::new(start..start + length, before, after)
    }

    /// Returns the place of the value of `src`, or that of a new `src` behind the name of the tag.
    pub fn place_or_new(&self, name: usize, tag: Tag<'a>) -> Place {
        if self.has(name) {
            return self.place(name);
        }
        let start = tag.source.as_ptr().addr() - self.html.as_ptr().addr();
        let end = start + "<".len() + tag.name.len();
        Place::new(end..end, " src=\"", "\"")
    }

    /// Returns the place of the value for a new one that is empty.
    pub fn emptied(&self, name: usize) -> Place {
        let start = self.start(name);
        let range = start..start + self.value(name).map_or(0, str::len);
        // Without quotes, the next attribute would become the value.
        match self.before(name) {
            Some(b'"' | b'\'') => Place::new(range, "", ""),
            _ => Place::new(range, "\"\"", ""),
        }
    }
}
