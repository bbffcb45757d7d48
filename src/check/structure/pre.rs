//! Rule 1.8: `pre` around text that is no code and does not wrap.

use super::element::Element;
use super::name;
use super::style::Property;

/// The text of an element, as far as it is preformatted.
#[derive(Clone, Copy, Default)]
pub struct Pre {
    is_pre: bool,
    is_in_pre: bool,
    is_code: bool,
    /// True if lines of text do not wrap.
    is_rigid: bool,
    has_code: bool,
    has_rigid_text: bool,
}

impl Pre {
    /// Opens an element in another.
    pub fn enter(&self, element: &Element) -> Self {
        let is_pre = element.name == name::PRE;
        let is_rigid = match element.style.get(Property::WhiteSpace) {
            "" => is_pre || self.is_rigid,
            _ => element.style.is_one_of(Property::WhiteSpace, &["pre", "nowrap"]),
        };
        Self {
            is_pre,
            is_in_pre: self.is_in_pre || is_pre,
            is_code: self.is_code || element.name == name::CODE,
            is_rigid,
            ..Self::default()
        }
    }

    /// Adds visible text.
    pub fn text(&mut self) {
        self.has_code |= self.is_code;
        self.has_rigid_text |= self.is_rigid && self.is_in_pre;
    }

    /// Closes an element in another. Returns whether it breaks the rule.
    pub fn leave(&self, parent: &mut Self) -> bool {
        parent.has_code |= self.has_code;
        if self.is_pre {
            return self.has_rigid_text && !self.has_code;
        }
        parent.has_rigid_text |= self.has_rigid_text;
        false
    }
}
