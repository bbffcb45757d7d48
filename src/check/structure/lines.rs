//! The lines that text takes, as far as they can be known without drawing it: at least so many, and at least so high.

use super::element::Element;
use super::name;
use super::style::Property;
use super::value::{has, is_zero, number, percentage, pixels};

/// The column of an article on a desktop, in pixels (article-html §1).
const DESKTOP: f32 = 677.0;
/// The column of an article on a phone, in pixels (article-html §1).
const PHONE: f32 = 375.0;
/// The size of the page's font, in pixels. WeChat's own is 17; less is said with 16.
const FONT: f32 = 16.0;

/// How an element stands among its neighbours.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    /// In a line of text.
    Inline,
    /// In rows of its own.
    Block,
    /// A box beside others: a cell, a part of a flexible row, an inline block.
    Beside,
}

/// A height of lines that text inherits.
#[derive(Clone, Copy)]
enum Spacing {
    /// A multiple of the font's size.
    Times(f32),
    /// Pixels.
    Fixed(f32),
}

/// Amounts of text.
#[derive(Clone, Copy, Default)]
pub struct Amount {
    /// The lines on a phone.
    pub lines_on_phone: f32,
    /// The height on a desktop, in pixels.
    pub height: f32,
    /// The lines on a desktop that are lower than their font.
    pub low_lines: f32,
}

impl Amount {
    fn combine(&mut self, other: Self, combine: impl Fn(f32, f32) -> f32) {
        self.lines_on_phone = combine(self.lines_on_phone, other.lines_on_phone);
        self.height = combine(self.height, other.height);
        self.low_lines = combine(self.low_lines, other.low_lines);
    }
}

/// A line of text that has not ended.
#[derive(Clone, Copy, Default)]
struct Line {
    width: f32,
    height: f32,
    font: f32,
}

impl Line {
    fn amount(self) -> Amount {
        if self.width == 0.0 {
            return Amount::default();
        }
        let lines = (self.width / DESKTOP).ceil();
        Amount {
            lines_on_phone: (self.width / PHONE).ceil(),
            height: lines * self.height.max(self.font),
            low_lines: if self.height < self.font { lines } else { 0.0 },
        }
    }
}

/// The text of an element.
#[derive(Clone, Copy)]
pub struct Lines {
    pub place: Place,
    /// The size of the font, in pixels.
    pub font: f32,
    /// True if the element has a line height of its own.
    pub spaces: bool,
    spacing: Spacing,
    /// The least height of a line here, in pixels: that of the block or of the inline elements in it.
    pub least: f32,
    is_row: bool,
    line: Line,
    row: Amount,
    rows: Amount,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            place: Place::Block,
            font: FONT,
            spaces: false,
            spacing: NORMAL,
            least: FONT,
            is_row: false,
            line: Line::default(),
            row: Amount::default(),
            rows: Amount::default(),
        }
    }
}

/// `line-height: normal` is at least this with any font.
const NORMAL: Spacing = Spacing::Times(1.0);

impl Lines {
    /// Opens an element in another.
    pub fn enter(&self, element: &Element) -> Self {
        let style = element.style;
        let font = font_size(style.get(Property::FontSize), self.font);
        let spacing = spacing(style.get(Property::LineHeight), font);
        let place = place(element, self.is_row);
        let is_flexible = style.is_one_of(Property::Display, &["flex", "inline-flex", "grid", "inline-grid"]);
        let is_column = style
            .get(Property::FlexDirection)
            .to_ascii_lowercase()
            .contains("column");
        let mut lines = Self {
            place,
            font,
            spaces: spacing.is_some() && place != Place::Inline,
            spacing: spacing.unwrap_or(self.spacing),
            is_row: is_flexible && !is_column,
            ..Self::default()
        };
        let height = match lines.spacing {
            Spacing::Times(times) => times * font,
            Spacing::Fixed(height) => height,
        };
        lines.least = if place == Place::Inline {
            height.max(self.least)
        } else {
            height
        };
        lines
    }

    /// Adds text of a width in sizes of its font.
    pub fn text(&mut self, width: f32) {
        self.line.width += width * self.font;
        self.line.height = self.line.height.max(self.least);
        self.line.font = self.line.font.max(self.font);
    }

    /// Ends the line, at a break or where a box begins or ends.
    pub fn end_line(&mut self, place: Place) {
        let line = std::mem::take(&mut self.line);
        self.row.combine(line.amount(), f32::max);
        if place == Place::Block {
            let row = std::mem::take(&mut self.row);
            self.rows.combine(row, |one, other| one + other);
        }
    }

    /// Returns all text of the element, whose last line ends.
    pub fn end(&mut self) -> Amount {
        self.end_line(Place::Block);
        self.rows
    }

    /// Adds the text of an element that has ended.
    pub fn add(&mut self, child: &Self, amount: Amount) {
        match child.place {
            Place::Beside => self.row.combine(amount, f32::max),
            Place::Block => self.rows.combine(amount, |one, other| one + other),
            Place::Inline => {}
        }
    }

    /// Continues the line of an inline element that has ended.
    pub fn resume(&mut self, child: &Self) {
        self.rows.combine(child.rows, |one, other| one + other);
        self.row = child.row;
        self.line = child.line;
    }

    /// Passes the line on to an inline element that begins in it.
    pub fn lend(&mut self, child: &mut Self) {
        child.line = std::mem::take(&mut self.line);
        child.row = std::mem::take(&mut self.row);
    }
}

fn place(element: &Element, in_row: bool) -> Place {
    let style = element.style;
    let display = style.get(Property::Display);
    let is = |values: &[&str]| style.is_one_of(Property::Display, values);
    let floats = style.is_one_of(Property::Float, &["left", "right"]);
    let is_block = element.name.is_in(&name::BLOCK) || element.name.is_in(&name::TABLE_PARTS);
    if in_row || floats {
        Place::Beside
    } else if is(&["inline"]) {
        Place::Inline
    } else if has(display, "inline-") || is(&["table-cell"]) {
        Place::Beside
    } else if is(&["block", "flex", "grid", "table", "list-item"]) {
        Place::Block
    } else if element.name.is_in(&name::CELL) {
        Place::Beside
    } else if is_block {
        Place::Block
    } else {
        Place::Inline
    }
}

fn font_size(value: &str, inherited: f32) -> f32 {
    let size = pixels(value, inherited).or_else(|| Some(percentage(value)? * inherited));
    size.unwrap_or(inherited)
}

fn spacing(value: &str, font: f32) -> Option<Spacing> {
    if value.eq_ignore_ascii_case("normal") {
        return Some(NORMAL);
    }
    if is_zero(value) {
        return Some(Spacing::Fixed(0.0));
    }
    let spacing = match number(value)? {
        (times, "") => Spacing::Times(times),
        _ => Spacing::Fixed(pixels(value, font).or_else(|| Some(percentage(value)? * font))?),
    };
    // No height is negative.
    (!value.starts_with('-')).then_some(spacing)
}
