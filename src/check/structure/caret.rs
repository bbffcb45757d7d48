//! Rule 1.2: a cursor that can't be seen.

use super::color::Color;
use super::element::Element;
use super::style::Property;

pub fn is_broken(element: &Element) -> bool {
    Color::read(element.style.get(Property::CaretColor)).is_some_and(|color| color.alpha == 0.0)
}
