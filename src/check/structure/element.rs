//! An opening tag, as the rules see it.

use super::name::{self, Name};
use super::style::Style;
use crate::html::Tag;

/// The attributes that the rules ask for.
#[derive(Clone, Copy)]
pub enum Key {
    Begin,
    BgColor,
    Class,
    Color,
    ColumnWidth,
    Face,
    IgnoreDark,
    IgnoreWidth,
    Leaf,
    Mode,
    NodeLeaf,
    PictureWidth,
    Style,
    Width,
}

/// The names of [`Key`], in its order.
const NAMES: [&str; 14] = [
    "begin",
    "bgcolor",
    "class",
    "color",
    "data-colwidth",
    "face",
    "data-ignore-dm",
    "data-ignore-width",
    "leaf",
    "data-mode",
    "nodeleaf",
    "data-w",
    "style",
    "width",
];

/// The values of these attributes, as they are spelled.
#[derive(Clone, Copy, Default)]
pub struct Attributes<'a>([Option<&'a str>; NAMES.len()]);

impl<'a> Attributes<'a> {
    /// Reads the attributes of a tag. The first of several with one name counts.
    pub fn read(tag: Tag<'a>) -> Self {
        let mut values = Self::default();
        for attribute in tag.attributes() {
            let known = NAMES.iter().zip(&mut values.0).find(|(name, _)| attribute.is(name));
            if let Some((_, value)) = known {
                value.get_or_insert(attribute.value);
            }
        }
        values
    }

    /// Returns the value of an attribute, if there is one.
    pub fn get(&self, key: Key) -> Option<&'a str> {
        self.0.get(key as usize).copied().flatten()
    }

    /// Returns whether there is such an attribute.
    pub fn has(&self, key: Key) -> bool {
        self.get(key).is_some()
    }
}

/// An opening tag.
pub struct Element<'a, 's> {
    /// The whole tag.
    pub source: &'a str,
    pub name: Name,
    pub attributes: Attributes<'a>,
    pub style: &'s Style<'s>,
}

impl Element<'_, '_> {
    /// Returns whether it is one of WeChat's own components, such as `mp-common-profile` or `mpvoice`.
    pub fn is_card(&self) -> bool {
        self.source
            .get(1..3)
            .is_some_and(|begin| begin.eq_ignore_ascii_case("mp"))
    }

    /// Returns whether it is a picture, a film, or a component.
    pub fn is_media(&self) -> bool {
        self.is_card() || self.name.is_in(&name::MEDIA)
    }
}
