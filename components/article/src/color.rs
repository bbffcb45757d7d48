//! Colours of themes.

/// An opaque colour: red, green and blue from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color([f32; 3]);

impl Color {
    /// The colour of the page.
    pub const WHITE: Self = Self([1.0; 3]);
    /// A colour that WeChat gives to text without one: nearly black.
    pub const BLACK: Self = Self([0.0; 3]);

    /// Reads `#rgb` or `#rrggbb`.
    pub fn read(value: &str) -> Option<Self> {
        let digits = value.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let bytes = match digits.len() {
            3 => [number >> 8, number >> 4, number].map(|digit| (digit & 0xF) * 0x11),
            6 => [number >> 16, number >> 8, number].map(|byte| byte & 0xFF),
            _ => return None,
        };
        Some(Self(
            bytes.map(|byte| f32::from(u8::try_from(byte).unwrap_or(0)) / 255.0),
        ))
    }

    /// Returns the contrast between two colours, from 1 to 21 (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    pub fn contrast(self, other: Self) -> f32 {
        let (mine, theirs) = (self.luminance() + 0.05, other.luminance() + 0.05);
        (mine / theirs).max(theirs / mine)
    }

    fn luminance(self) -> f32 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// Returns a part of a colour without its gamma. The polynomial is within 0.001 of the standard's power, which would
/// bring 10 KB of mathematics into the component.
fn linear(part: f32) -> f32 {
    part * (part * (part * 0.305_306_01 + 0.682_171_1) + 0.012_522_878)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Color {
        /// Returns the colour of the same hue with the lightness turned round, about as dark mode does it.
        pub fn inverted(self) -> Self {
            let Self(parts) = self;
            let lightest = parts.into_iter().fold(0.0, f32::max);
            let darkest = parts.into_iter().fold(1.0, f32::min);
            Self(parts.map(|part| part + 1.0 - lightest - darkest))
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let read = |value| Color::read(value).unwrap();
        assert!((read("#000").contrast(Color::WHITE) - 21.0).abs() < 0.1);
        // The grey that the standard's own explanations name as just enough.
        let found = read("#767676").contrast(Color::WHITE);
        assert!((4.4..4.7).contains(&found), "{found}");
        for wrong in ["", "000", "#00", "#0000", "#00000g", "#+12345", "red"] {
            assert_eq!(Color::read(wrong), None, "{wrong}");
        }
    }
}
