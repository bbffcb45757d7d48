//! The declarations of an element that the rules ask for.

use std::borrow::Cow;

use super::value::words;
use crate::html::declarations;

/// A property that the rules ask for.
#[derive(Clone, Copy)]
pub enum Property {
    BackgroundColor,
    BackgroundImage,
    CaretColor,
    Color,
    Display,
    FlexDirection,
    Float,
    FontFamily,
    FontSize,
    Height,
    LineHeight,
    MarginLeft,
    MaxHeight,
    MaxWidth,
    MinHeight,
    MinWidth,
    Opacity,
    OverflowX,
    OverflowY,
    PaddingLeft,
    Position,
    TextAlign,
    Transform,
    WhiteSpace,
    Width,
    WritingMode,
}

/// The number of properties.
const COUNT: usize = Property::WritingMode as usize + 1;

/// The names of the properties; some have several.
#[rustfmt::skip]
const NAMES: [(&str, Property); 31] = [
    ("background-color", Property::BackgroundColor), ("background-image", Property::BackgroundImage),
    ("caret-color", Property::CaretColor), ("color", Property::Color), ("display", Property::Display),
    ("flex-direction", Property::FlexDirection), ("flex-flow", Property::FlexDirection),
    ("float", Property::Float), ("font-family", Property::FontFamily), ("font-size", Property::FontSize),
    ("height", Property::Height), ("inline-size", Property::Width), ("line-height", Property::LineHeight),
    ("margin-left", Property::MarginLeft), ("max-height", Property::MaxHeight),
    ("max-inline-size", Property::MaxWidth), ("max-width", Property::MaxWidth), ("min-height", Property::MinHeight),
    ("min-width", Property::MinWidth), ("opacity", Property::Opacity), ("overflow-x", Property::OverflowX),
    ("overflow-y", Property::OverflowY), ("padding-left", Property::PaddingLeft), ("position", Property::Position),
    ("text-align", Property::TextAlign), ("text-wrap", Property::WhiteSpace),
    ("text-wrap-mode", Property::WhiteSpace), ("transform", Property::Transform),
    ("white-space", Property::WhiteSpace), ("width", Property::Width), ("writing-mode", Property::WritingMode),
];

/// The values of an element's properties, as they are spelled.
pub struct Style<'a>([Value<'a>; COUNT]);

#[derive(Clone)]
struct Value<'a> {
    text: Cow<'a, str>,
    important: bool,
}

impl Value<'_> {
    const NONE: Self = Self {
        text: Cow::Borrowed(""),
        important: false,
    };
}

impl<'a> Style<'a> {
    /// Reads the declarations of a `style` attribute. The last of several counts, and an important one before others.
    pub fn read(css: &'a str) -> Self {
        // `Default` for an array writes out each element.
        let mut style = Self([const { Value::NONE }; COUNT]);
        for declaration in declarations(css) {
            let value = Value {
                text: declaration.value,
                important: declaration.important,
            };
            match &*declaration.property {
                "background" => {
                    style.set(Property::BackgroundColor, value.clone());
                    style.set(Property::BackgroundImage, value);
                }
                "margin" => style.set_part(Property::MarginLeft, &value, left(&value.text)),
                "padding" => style.set_part(Property::PaddingLeft, &value, left(&value.text)),
                "overflow" => {
                    style.set_part(Property::OverflowX, &value, words(&value.text).next());
                    style.set_part(Property::OverflowY, &value, words(&value.text).last());
                }
                "font" => {
                    let (size, line_height, family) = font(&value.text).unwrap_or_default();
                    style.set_part(Property::FontSize, &value, Some(size));
                    style.set_part(Property::LineHeight, &value, Some(line_height));
                    style.set_part(Property::FontFamily, &value, Some(family));
                }
                name => {
                    if let Some((_, property)) = NAMES.iter().find(|(known, _)| *known == name) {
                        style.set(*property, value);
                    }
                }
            }
        }
        style
    }

    /// Returns the value of a property. It is empty if the property is not declared.
    #[inline(never)]
    pub fn get(&self, property: Property) -> &str {
        self.0.get(property as usize).map_or("", |value| &value.text)
    }

    /// Returns whether a property is declared with this value, which is in lower case.
    pub fn is(&self, property: Property, value: &str) -> bool {
        self.is_one_of(property, &[value])
    }

    /// Returns whether a property is declared with one of these values, which are in lower case.
    #[inline(never)]
    pub fn is_one_of(&self, property: Property, values: &[&str]) -> bool {
        let declared = self.get(property);
        values.iter().any(|value| declared.eq_ignore_ascii_case(value))
    }

    #[inline(never)]
    fn set(&mut self, property: Property, value: Value<'a>) {
        if let Some(old) = self.0.get_mut(property as usize)
            && (value.important || !old.important)
        {
            *old = value;
        }
    }

    /// Sets a property to a part of a shorthand.
    fn set_part(&mut self, property: Property, value: &Value<'a>, part: Option<&str>) {
        let part = Value {
            text: Cow::Owned(part.unwrap_or_default().to_owned()),
            important: value.important,
        };
        self.set(property, part);
    }
}

/// Returns the left one of four sides: the last of four, the second of two or three, or the only one.
fn left(sides: &str) -> Option<&str> {
    let mut sides = words(sides);
    let top = sides.next()?;
    let right = sides.next().unwrap_or(top);
    Some(sides.nth(1).unwrap_or(right))
}

/// Returns the size, the line height and the family in the shorthand of a font: the size is the first part that begins
/// with a digit, the line height follows a slash, and the family is the rest.
fn font(value: &str) -> Option<(&str, &str, &str)> {
    let is_size = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    // A weight is a number without a unit.
    let is_weight = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let size = words(value).find(|word| is_size(word) && !is_weight(word))?;
    let (_, rest) = value.split_once(size)?;
    match size.split_once('/') {
        Some((size, line_height)) => Some((size, line_height, rest)),
        None => {
            let rest = rest.trim_start();
            let Some(rest) = rest.strip_prefix('/') else {
                return Some((size, "normal", rest));
            };
            let line_height = words(rest).next()?;
            Some((size, line_height, rest.split_once(line_height)?.1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_declaration_counts_and_an_important_one_before_others() {
        for (css, width) in [
            ("", ""),
            ("width:1px;WIDTH:2px", "2px"),
            ("width:1px!important;width:2px", "1px"),
            ("width:1px!important;width:2px !important", "2px"),
            ("inline-size:3px", "3px"),
        ] {
            assert_eq!(Style::read(css).get(Property::Width), width, "{css}");
        }
    }

    #[test]
    fn a_shorthand_stands_for_its_parts() {
        for (css, property, value) in [
            ("margin:1px", Property::MarginLeft, "1px"),
            ("margin:1px 2px", Property::MarginLeft, "2px"),
            ("margin:1px 2px 3px", Property::MarginLeft, "2px"),
            ("padding:1px 2px 3px 4px", Property::PaddingLeft, "4px"),
            ("margin:0;margin-left:5px", Property::MarginLeft, "5px"),
            ("overflow:hidden", Property::OverflowY, "hidden"),
            ("overflow:hidden auto", Property::OverflowX, "hidden"),
            ("overflow:hidden auto", Property::OverflowY, "auto"),
            ("background:#fff url(a)", Property::BackgroundImage, "#fff url(a)"),
            ("font:bold 14px/1.5 'a b',c", Property::FontSize, "14px"),
            ("font:bold 14px/1.5 'a b',c", Property::LineHeight, "1.5"),
            ("font:bold 14px/1.5 'a b',c", Property::FontFamily, " 'a b',c"),
            ("font:700 1em / 0 a", Property::LineHeight, "0"),
            ("font:700 1em a", Property::FontSize, "1em"),
            ("font:700 1em a", Property::LineHeight, "normal"),
            ("font:caption", Property::FontFamily, ""),
        ] {
            assert_eq!(Style::read(css).get(property), value, "{css}");
        }
    }
}
