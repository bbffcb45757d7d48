//! Rule 1.6: `text-align` is `start` or `end`.

use super::element::Element;
use super::style::Property;

pub fn is_broken(element: &Element) -> bool {
    element.style.is_one_of(Property::TextAlign, &["start", "end"])
}
