//! Rule 1.1: an invisible picture below an SVG with a background picture.

use super::advice::{Advice, Rule};
use super::element::Element;
use super::name;
use super::style::Property;
use super::value::{has, is_zero};

/// The last invisible picture after which nothing visible has come.
#[derive(Default)]
pub struct Opacity<'a>(Option<&'a str>);

impl<'a> Opacity<'a> {
    /// Opens an element.
    pub fn enter(&mut self, element: &Element<'a, '_>, advice: &mut Advice<'a>) {
        let has_background = || has(element.style.get(Property::BackgroundImage), "url(");
        if element.name == name::IMG && is_zero(element.style.get(Property::Opacity)) {
            self.0 = Some(element.source);
        } else if element.name == name::SVG && has_background() {
            if let Some(picture) = self.0.take() {
                advice.add(Rule::Opacity, picture);
            }
        } else if element.is_media() {
            self.0 = None;
        }
    }

    /// Meets visible text.
    pub fn text(&mut self) {
        self.0 = None;
    }
}
