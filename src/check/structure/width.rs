//! Rule 1.4: a width or an indent that is fixed.

use super::element::{Element, Key};
use super::lines::Place;
use super::name;
use super::style::Property;
use super::value::{function, number, parts, percentage, pixels, words};

/// A fixed width from here on nearly fills a phone's column of 375 pixels, and half of a desktop's; smaller boxes are
/// ornaments. An indent of this leaves no room for text on a phone. Pixels.
const WIDE: f32 = 300.0;
/// The column on a phone, in pixels (article-html §1): columns of a table that add up to more do not fit.
const PHONE: f32 = 375.0;

/// The width of an element.
#[derive(Clone, Copy, Default)]
pub struct Width {
    /// True below `data-ignore-width` (1.4.4).
    is_ignored: bool,
    is_wide: bool,
    /// The widths of the columns so far, in pixels.
    columns: f32,
    has_wide_columns: bool,
}

impl Width {
    /// Opens an element in another.
    pub fn enter(&mut self, element: &Element, place: Place, font: f32, in_svg: bool) -> Self {
        let is_ignored = self.is_ignored || element.attributes.has(Key::IgnoreWidth);
        let is_column = element.name.is_in(&name::COLUMN);
        if is_column && !is_ignored {
            self.columns += column(element, font);
        }
        let is_box = place != Place::Inline && !is_column && !element.is_media();
        let is_wide = (is_box && has_wide_box(element, font)) || has_wide_indent(element, font);
        Self {
            is_ignored,
            is_wide: is_wide && !is_ignored && !in_svg,
            ..Self::default()
        }
    }

    /// Closes an element in another. Returns whether it breaks the rule.
    pub fn leave(&self, parent: &mut Self, name: name::Name, has_content: bool) -> bool {
        let has_wide_columns = self.has_wide_columns || self.columns > PHONE;
        if name == name::TABLE {
            return (self.is_wide && has_content) || (has_wide_columns && !self.is_ignored);
        }
        if name.is_in(&name::TABLE_PARTS) && !name.is_in(&name::CELL) {
            parent.has_wide_columns |= has_wide_columns;
        }
        self.is_wide && has_content
    }
}

/// Returns whether an element has a fixed width that a narrow screen does not narrow.
fn has_wide_box(element: &Element, font: f32) -> bool {
    let style = element.style;
    let attribute = || attribute(element, Key::Width).filter(|_| element.name == name::TABLE);
    let width = pixels(style.get(Property::Width), font).or_else(attribute);
    let most = style.get(Property::MaxWidth);
    let is_narrowed =
        percentage(most).is_some_and(|part| part <= 1.0) || pixels(most, font).is_some_and(|pixels| pixels < WIDE);
    let least = pixels(style.get(Property::MinWidth), font);
    (width.is_some_and(|width| width >= WIDE) && !is_narrowed) || least.is_some_and(|least| least > PHONE)
}

/// Returns whether an element is moved to the side by most of a phone's column.
fn has_wide_indent(element: &Element, font: f32) -> bool {
    let style = element.style;
    let moves = words(style.get(Property::Transform)).filter_map(|transform| {
        let (name, arguments) = function(transform)?;
        let is_sideways = ["translate", "translatex", "translate3d"].iter();
        let is_sideways = is_sideways.copied().any(|known| name.eq_ignore_ascii_case(known));
        parts(arguments, b", ").next().filter(|_| is_sideways)
    });
    let indents = [style.get(Property::MarginLeft), style.get(Property::PaddingLeft)];
    let mut indents = indents
        .into_iter()
        .chain(moves)
        .filter_map(|indent| pixels(indent, font));
    indents.any(|indent| indent.abs() >= WIDE)
}

/// Returns the width of a column in pixels, or 0 if it is not fixed.
fn column(element: &Element, font: f32) -> f32 {
    let style = pixels(element.style.get(Property::Width), font);
    let width = style.or_else(|| attribute(element, Key::Width));
    // The editor's own note of the widths, one for each column that the cell spans.
    let noted = || {
        let widths = element.attributes.get(Key::ColumnWidth).unwrap_or_default();
        parts(widths, b", ").filter_map(number).map(|(width, _)| width).sum()
    };
    width.unwrap_or_else(noted)
}

/// Returns the value of an attribute in pixels.
fn attribute(element: &Element, key: Key) -> Option<f32> {
    let (width, unit) = number(element.attributes.get(key)?.trim_ascii())?;
    (unit.is_empty() || unit.eq_ignore_ascii_case("px")).then_some(width)
}
