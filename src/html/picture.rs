//! A picture with all its addresses.

use std::borrow::Cow;

use super::edit::{Edit, Place};
use super::reference::Spelling;
use super::{decode, srcset, trim};

/// The most addresses of one picture that are read. A blog writes up to ten sizes of a picture, and image services
/// twenty. The others are only counted.
pub const MOST_ADDRESSES: usize = 32;

/// A picture with its addresses.
pub struct Picture<'a> {
    /// The opening tag of its element.
    pub tag: &'a str,
    /// The addresses in the order of preference: those for scripts that load pictures late, the one that is there
    /// without scripts, then the alternatives with the largest first. There is at least one.
    pub addresses: Vec<Address<'a>>,
    /// The number of further addresses.
    pub more: usize,
    /// The places of the one address that the picture is to have.
    pub(super) places: Vec<Place>,
    /// The places of alternatives, which a browser would prefer to that address.
    pub(super) alternatives: Vec<Place>,
    /// Quoted parts of its CSS that are no addresses.
    pub(super) quoted: Vec<Address<'a>>,
}

/// An address of a picture.
pub struct Address<'a> {
    /// Its meaning: character references and CSS escapes are resolved, and blanks around it are gone.
    pub source: Cow<'a, str>,
    /// The kind of its place.
    pub origin: Origin,
    /// True if WeChat reads it where it stands.
    pub is_read: bool,
    /// The attribute that holds nothing else.
    pub(super) attribute: Option<Place>,
    /// The place in CSS with its quotes, if it has some.
    pub quotes: Option<Place>,
}

/// The kind of place that an address has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An attribute that is read without scripts, or a `url()`.
    Direct,
    /// An attribute for scripts that load pictures late.
    Lazy,
    /// One of several alternatives.
    Alternative,
}

impl<'a> Picture<'a> {
    // Not inlined into each of its many callers.
    #[inline(never)]
    pub(super) fn new(tag: &'a str) -> Self {
        Self {
            tag,
            addresses: Vec::new(),
            more: 0,
            places: Vec::new(),
            alternatives: Vec::new(),
            quoted: Vec::new(),
        }
    }

    /// Returns the number of addresses.
    pub fn count(&self) -> usize {
        self.addresses.len() + self.more
    }

    pub(super) fn add(&mut self, address: Address<'a>) {
        if self.addresses.len() < MOST_ADDRESSES {
            self.addresses.push(address);
        } else {
            self.more += 1;
        }
    }

    /// Adds the address that an attribute consists of. Returns whether it is one.
    pub(super) fn add_value(&mut self, value: &'a str, place: &Place, origin: Origin, is_read: bool) -> bool {
        let source = trim(decode(value));
        let is_address = is_address(&source) && (origin != Origin::Lazy || looks_like_address(&source));
        if is_address {
            self.add(Address {
                source,
                origin,
                is_read,
                attribute: Some(place.clone()),
                quotes: None,
            });
        }
        is_address
    }

    /// Adds the addresses of a `srcset`, the largest first. Returns whether there are some.
    pub(super) fn add_srcset(&mut self, value: &'a str, origin: Origin) -> bool {
        let meaning = decode(value);
        let mut spelling = Spelling::new(value);
        let mut found = Vec::new();
        for srcset::Candidate { url, size } in srcset::candidates(&meaning) {
            if found.len() == MOST_ADDRESSES {
                self.more += 1;
                continue;
            }
            let range = spelling.index(url.start)..spelling.index(url.end);
            let source = trim(decode(value.get(range).unwrap_or_default()));
            if is_address(&source) {
                // The list is short, and a sort is much code.
                let at = found.partition_point(|(larger, _): &(f32, _)| larger.total_cmp(&size).is_ge());
                found.insert(at, (size, source));
            }
        }
        let is_any = !found.is_empty();
        for (_, source) in found {
            self.add(Address {
                source,
                origin,
                is_read: false,
                attribute: None,
                quotes: None,
            });
        }
        is_any
    }

    /// Writes an address wherever the picture is to have it, and where the chosen one came from. Empties the
    /// alternatives.
    pub fn write(&self, chosen: &Address<'a>, address: &str, edits: &mut Vec<Edit<'a>>) {
        let came_from = chosen.attribute.iter().filter(|place| !self.places.contains(place));
        for place in self.places.iter().chain(came_from) {
            edits.push(place.edit(Cow::Owned(address.to_owned())));
        }
        for place in &self.alternatives {
            edits.push(place.edit(Cow::Borrowed("")));
        }
    }

    /// Writes the addresses in `url()` without their quotes.
    pub fn unquote(&self, edits: &mut Vec<Edit<'a>>) {
        for Address { quotes, source, .. } in self.addresses.iter().chain(&self.quoted) {
            edits.extend(quotes.as_ref().map(|quotes| quotes.unquote(source)));
        }
    }

    /// Returns the number of addresses in CSS that have quotes.
    pub fn quoted(&self) -> usize {
        let all = self.addresses.iter().chain(&self.quoted);
        all.filter(|address| address.quotes.is_some()).count()
    }
}

/// Returns whether this can be the address of a picture. An empty one and one within the page are none.
pub fn is_address(source: &str) -> bool {
    !source.is_empty() && !source.starts_with('#') && !source.eq_ignore_ascii_case("about:blank")
}

/// Returns whether the value of an attribute that is for a script looks like an address, and not like a switch (`true`)
/// or a list (`[…]`, `{…}`).
pub fn looks_like_address(value: &str) -> bool {
    !value.trim_ascii_start().starts_with(['{', '[']) && value.contains(['.', '/', ':'])
}
