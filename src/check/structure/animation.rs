//! Rule 1.7: an animation that begins on touch, and not on a click.

use super::element::{Element, Key};
use super::name;
use super::value::has;
use crate::html::decode;

pub fn is_broken(element: &Element) -> bool {
    let Some(begin) = element.attributes.get(Key::Begin) else {
        return false;
    };
    let begin = decode(begin);
    element.name.is_in(&name::ANIMATION) && has(&begin, "touchstart") && !has(&begin, "click")
}
