//! Rule 2.1: layers of elements that are alike.

use super::advice::{Advice, Rule};
use super::element::{Element, Key};

/// The most layers that are alike.
const LAYERS: u32 = 10;

/// The layers that begin at an element.
#[derive(Clone, Copy, Default)]
pub struct Nesting<'a> {
    source: &'a str,
    style: &'a str,
    is_media: bool,
    has_text: bool,
    children: u32,
    /// The layers below that are like this one, if nothing else is here.
    below: u32,
    /// The opening tag of the first layer below.
    first_below: &'a str,
}

impl<'a> Nesting<'a> {
    /// Opens an element in another.
    pub fn enter(&mut self, element: &Element<'a, '_>, in_svg: bool, advice: &mut Advice<'a>) -> Self {
        if self.children > 0 {
            self.end_chain(advice);
        }
        self.children = self.children.saturating_add(1);
        let style = element.attributes.get(Key::Style).unwrap_or_default();
        Self {
            source: element.source,
            style: style.trim_matches(|character: char| character.is_ascii_whitespace() || character == ';'),
            is_media: in_svg || element.is_media(),
            ..Self::default()
        }
    }

    /// Adds visible text.
    pub fn text(&mut self, advice: &mut Advice<'a>) {
        self.has_text = true;
        self.end_chain(advice);
    }

    /// Closes an element in another.
    pub fn leave(&self, parent: &mut Self, are_names_alike: bool, advice: &mut Advice<'a>) {
        let layers = if self.is_media { 0 } else { self.below.saturating_add(1) };
        let is_alone = parent.children == 1 && !parent.has_text;
        parent.below = layers;
        parent.first_below = self.source;
        if !(are_names_alike && parent.style == self.style && is_alone) {
            parent.end_chain(advice);
        }
    }

    /// Ends the layers below, of which the element above is none.
    pub fn end_chain(&mut self, advice: &mut Advice<'a>) {
        if std::mem::take(&mut self.below) > LAYERS {
            advice.add(Rule::Nesting, self.first_below);
        }
    }
}
