//! Rules 1.5.1 and 1.5.2: a fixed height that hides text.

use super::element::{Element, Key};
use super::lines::{Amount, Lines};
use super::style::Property;
use super::value::{is_zero, pixels};

/// A line is so many times as high as its font, unless the article says more.
const LINE: f32 = 1.2;
/// Text that is estimated at so many times the height around it is certainly higher.
const CERTAINLY: f32 = 2.0;

/// The height of an element.
#[derive(Clone, Copy, Default)]
pub struct Height {
    /// Its height in pixels, if it is fixed.
    fixed: Option<f32>,
    /// True in an interactive SVG and where its editors hide text.
    is_interactive: bool,
    is_clipped: bool,
    /// True if its content can be scrolled.
    pub scrolls: bool,
    is_in_scroller: bool,
    /// True if lines go from top to bottom.
    is_vertical: bool,
}

impl Height {
    /// Opens an element in another.
    pub fn enter(&self, element: &Element, font: f32, in_svg: bool) -> Self {
        let style = element.style;
        let is_scroll = |property| style.is_one_of(property, &["auto", "scroll", "overlay"]);
        let is_clip = |property| style.is_one_of(property, &["hidden", "clip"]);
        let is_interactive = || {
            element
                .attributes
                .get(Key::Mode)
                .is_some_and(|mode| mode.eq_ignore_ascii_case("svg"))
        };
        let is_vertical = match style.get(Property::WritingMode) {
            "" => self.is_vertical,
            mode => !mode.eq_ignore_ascii_case("horizontal-tb"),
        };
        let is_clipped = is_clip(Property::OverflowY);
        Self {
            fixed: fixed(element, font),
            is_interactive: self.is_interactive || in_svg || is_interactive(),
            is_clipped,
            scrolls: is_scroll(Property::OverflowY) || (is_scroll(Property::OverflowX) && !is_clipped),
            is_in_scroller: self.is_in_scroller || self.scrolls,
            is_vertical,
        }
    }

    /// Returns whether the element has no height.
    pub fn is_zero(&self) -> bool {
        self.fixed == Some(0.0) && !self.is_interactive
    }

    /// Returns whether text is certainly higher than the element.
    pub fn is_too_small(&self, text: Amount, lines: &Lines) -> bool {
        let can_be_scrolled = self.scrolls || (self.is_in_scroller && !self.is_clipped);
        let Some(height) = self
            .fixed
            .filter(|height| *height > 0.0 && !can_be_scrolled && !self.is_vertical)
        else {
            return false;
        };
        let line = lines.least.max(LINE * lines.font);
        let lines_on_phone = text.lines_on_phone;
        let is_unreadable = lines_on_phone > 0.0 && self.is_clipped && height < lines.font / 2.0;
        let is_higher = lines_on_phone > 1.0 && (height <= line || text.height > CERTAINLY * height);
        is_unreadable || is_higher
    }
}

/// Returns the height of an element in pixels, if it is fixed.
fn fixed(element: &Element, font: f32) -> Option<f32> {
    let height = |property| {
        let value = element.style.get(property);
        if is_zero(value) { Some(0.0) } else { pixels(value, font) }
    };
    let fixed = match (height(Property::Height), height(Property::MaxHeight)) {
        (Some(height), Some(most)) if most > 0.0 => height.min(most),
        (Some(height), _) => height,
        (None, most) => most.filter(|most| *most > 0.0)?,
    };
    match element.style.get(Property::MinHeight) {
        "" => Some(fixed),
        _ => Some(fixed.max(height(Property::MinHeight)?)),
    }
}
