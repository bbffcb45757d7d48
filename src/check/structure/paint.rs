//! Rules 4.1.1 and 4.1.2: text that its background makes hard to read in dark mode.

use super::color::{Color, WHITE};
use super::element::{Element, Key};
use super::name;
use super::style::Property;
use super::value::{has, parts, words};

/// The least contrast between text and background. Dark mode keeps colours that differ. WCAG asks for 3 at least, but
/// white on WeChat's own green has 2.4.
const CONTRAST: f32 = 2.0;

/// A background.
#[derive(Clone, Copy, Default, PartialEq)]
enum Ground {
    /// The page's own, which dark mode turns dark.
    #[default]
    Page,
    Plain(Color),
    /// A gradient, with the colour that dark mode makes of it.
    Gradient(Option<Color>),
    Picture,
}

/// The colours of an element.
#[derive(Clone, Copy, Default)]
pub struct Paint {
    color: Option<Color>,
    ground: Ground,
    has_color: bool,
    has_ground: bool,
    allows_contrast: bool,
    allows_gradient: bool,
    has_low_contrast: bool,
    /// True if there is text on the background.
    has_text: bool,
}

impl Paint {
    /// Opens an element in another.
    pub fn enter(&self, element: &Element) -> Self {
        let color = color(element);
        let ground = self.ground_of(element);
        // A link without a colour has the page's own for links.
        let inherited = self.color.filter(|_| element.name != name::A);
        let ignored = element.attributes.get(Key::IgnoreDark).unwrap_or_default();
        let allows = |rule| words(ignored).any(|word| word == rule);
        Self {
            color: color.or(inherited),
            ground: ground.unwrap_or(self.ground),
            has_color: color.is_some(),
            has_ground: ground.is_some(),
            allows_contrast: allows("low-contrast"),
            allows_gradient: allows("text-bg-gradient"),
            has_low_contrast: false,
            has_text: false,
        }
    }

    /// Adds visible text.
    pub fn text(&mut self) {
        self.has_text = true;
        let ground = match self.ground {
            Ground::Plain(color) | Ground::Gradient(Some(color)) => color,
            _ => return,
        };
        // Transparent text is not meant to be read.
        let color = self.color.filter(|color| color.alpha > 0.0 && !self.allows_contrast);
        self.has_low_contrast |= color.is_some_and(|color| color.over(ground).contrast(ground) < CONTRAST);
    }

    /// Closes an element in another. Returns whether it breaks the rule of contrast, and that of gradients. The first
    /// is about the element that has the colour or the background of the text.
    pub fn leave(&self, parent: &mut Self) -> (bool, bool) {
        let is_written = self.has_color || self.has_ground;
        parent.has_low_contrast |= self.has_low_contrast && !is_written;
        parent.has_text |= self.has_text && !self.has_ground;
        let is_gradient = self.has_ground && matches!(self.ground, Ground::Gradient(_));
        (
            self.has_low_contrast && is_written && !self.allows_contrast,
            self.has_text && is_gradient && !self.allows_gradient,
        )
    }

    /// Returns the background of an element, if it has one of its own.
    fn ground_of(&self, element: &Element) -> Option<Ground> {
        let below = match self.ground {
            Ground::Plain(color) | Ground::Gradient(Some(color)) => Some(color),
            Ground::Page => Some(WHITE),
            _ => None,
        };
        let attribute = || Color::read(element.attributes.get(Key::BgColor)?.trim_ascii());
        let color = Color::first(element.style.get(Property::BackgroundColor)).or_else(attribute);
        let color = color.filter(|color| color.alpha > 0.0);
        let color = color.and_then(|color| match below {
            Some(below) => Some(color.over(below)),
            None => Some(color).filter(|color| color.alpha == 1.0),
        });
        let image = element.style.get(Property::BackgroundImage);
        if has(image, "url(") {
            return Some(Ground::Picture);
        }
        if has(image, "gradient(") {
            let mut layers = parts(image, b", \t\n\r\x0C");
            let gradient = layers.find(|layer| has(layer, "gradient("));
            let base = color.or(below).unwrap_or(WHITE);
            return Some(Ground::Gradient(
                gradient.and_then(|gradient| Color::mean(gradient, base)),
            ));
        }
        color.map(Ground::Plain)
    }
}

/// Returns the colour of an element's text, if it has one of its own.
fn color(element: &Element) -> Option<Color> {
    let attribute = element
        .attributes
        .get(Key::Color)
        .filter(|_| element.name == name::FONT);
    let attribute = || Color::read(attribute?.trim_ascii());
    Color::read(element.style.get(Property::Color)).or_else(attribute)
}
