//! Rule 4.2.2: a position that breaks the order of the source.

use super::element::Element;
use super::style::Property;

pub fn is_broken(element: &Element) -> bool {
    element.style.is_one_of(Property::Position, &["absolute", "fixed"])
}
