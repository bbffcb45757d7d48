//! Rule 3: a font family other than the platform's.

use super::element::{Element, Key};
use super::name;
use super::style::Property;
use super::value::has;
use crate::html::decode;

/// The beginning of the platform's own list of families, without quotes and blanks.
const PLATFORM: &str = "mp-quote,pingfangsc,system-ui,-apple-system";

/// Values that name no family.
const NO_FAMILY: [&str; 6] = ["", "inherit", "initial", "unset", "revert", "revert-layer"];

pub fn is_broken(element: &Element) -> bool {
    let face = element.attributes.get(Key::Face).filter(|_| element.name == name::FONT);
    let face = decode(face.unwrap_or_default());
    is_own(element.style.get(Property::FontFamily)) || is_own(&face)
}

/// Returns whether a list of families is not the platform's.
fn is_own(families: &str) -> bool {
    let is_part = |character: &char| !character.is_whitespace() && !matches!(character, '"' | '\'');
    let families: String = families.chars().filter(is_part).collect();
    let families = families.to_ascii_lowercase();
    // WeChat removes declarations with var().
    !(NO_FAMILY.contains(&&*families) || families.starts_with(PLATFORM) || has(&families, "var("))
}
