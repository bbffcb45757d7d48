//! Rule 1.7: an animation that begins on touch, and not on a click.

use super::element::{Element, Key};
use super::name;
use crate::html::decode;

pub fn is_broken(element: &Element) -> bool {
    let Some(begin) = element.attributes.get(Key::Begin) else {
        return false;
    };
    let begin = decode(begin).to_ascii_lowercase();
    element.name.is_in(&name::ANIMATION) && begin.contains("touchstart") && !begin.contains("click")
}
