//! Rules 2.2 and 2.3: what `span[leaf]` and `section[nodeleaf]` may have in them.

use super::element::{Element, Key};
use super::name;

/// Components of WeChat that `section[nodeleaf]` may have, besides those whose names begin with `mp`.
const COMPONENTS: [name::Name; 5] = [
    name::IMG,
    name::Name::of("iframe"),
    name::Name::of("video"),
    name::Name::of("audio"),
    name::Name::of("qqmusic"),
];

/// A leaf, or a part of one.
#[derive(Clone, Copy, Default)]
pub struct Leaf {
    is_in_span: bool,
    is_node: bool,
    has_component: bool,
    is_broken: bool,
}

impl Leaf {
    /// Returns whether an element is a block in `span[leaf]`.
    pub fn is_block_in_span(&self, element: &Element) -> bool {
        self.is_in_span && (element.name.is_in(&name::BLOCK) || element.name.is_in(&name::TABLE_PARTS))
    }

    /// Opens an element in another.
    pub fn enter(&mut self, element: &Element) -> Self {
        let is_component = element.is_component();
        if self.is_node && element.name != name::BR {
            self.is_broken |= !is_component || self.has_component;
            self.has_component = true;
        }
        let begins_span = element.name == name::SPAN && element.attributes.has(Key::Leaf);
        Self {
            // One finding for each block is enough.
            is_in_span: (self.is_in_span && !self.is_block_in_span(element)) || begins_span,
            is_node: element.name == name::SECTION && element.attributes.has(Key::NodeLeaf),
            ..Self::default()
        }
    }

    /// Adds visible text.
    pub fn text(&mut self) {
        self.is_broken |= self.is_node;
    }

    /// Returns whether this is a `section[nodeleaf]` with anything but one component.
    pub fn is_broken_node(&self) -> bool {
        self.is_broken
    }
}

impl Element<'_, '_> {
    fn is_component(&self) -> bool {
        self.is_card() || self.name.is_in(&COMPONENTS)
    }
}
