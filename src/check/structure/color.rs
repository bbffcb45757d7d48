//! Colours of CSS, and how well they can be told apart.

use super::value::{function, number, parts, words};

/// The colours that have names, in order (<https://www.w3.org/TR/css-color-4/#named-colors>).
#[rustfmt::skip]
const NAMED: [(&str, u32); 148] = [
    ("aliceblue", 0xf0f8ff), ("antiquewhite", 0xfaebd7), ("aqua", 0x00ffff), ("aquamarine", 0x7fffd4),
    ("azure", 0xf0ffff), ("beige", 0xf5f5dc), ("bisque", 0xffe4c4), ("black", 0x000000),
    ("blanchedalmond", 0xffebcd), ("blue", 0x0000ff), ("blueviolet", 0x8a2be2), ("brown", 0xa52a2a),
    ("burlywood", 0xdeb887), ("cadetblue", 0x5f9ea0), ("chartreuse", 0x7fff00), ("chocolate", 0xd2691e),
    ("coral", 0xff7f50), ("cornflowerblue", 0x6495ed), ("cornsilk", 0xfff8dc), ("crimson", 0xdc143c),
    ("cyan", 0x00ffff), ("darkblue", 0x00008b), ("darkcyan", 0x008b8b), ("darkgoldenrod", 0xb8860b),
    ("darkgray", 0xa9a9a9), ("darkgreen", 0x006400), ("darkgrey", 0xa9a9a9), ("darkkhaki", 0xbdb76b),
    ("darkmagenta", 0x8b008b), ("darkolivegreen", 0x556b2f), ("darkorange", 0xff8c00), ("darkorchid", 0x9932cc),
    ("darkred", 0x8b0000), ("darksalmon", 0xe9967a), ("darkseagreen", 0x8fbc8f), ("darkslateblue", 0x483d8b),
    ("darkslategray", 0x2f4f4f), ("darkslategrey", 0x2f4f4f), ("darkturquoise", 0x00ced1),
    ("darkviolet", 0x9400d3), ("deeppink", 0xff1493), ("deepskyblue", 0x00bfff), ("dimgray", 0x696969),
    ("dimgrey", 0x696969), ("dodgerblue", 0x1e90ff), ("firebrick", 0xb22222), ("floralwhite", 0xfffaf0),
    ("forestgreen", 0x228b22), ("fuchsia", 0xff00ff), ("gainsboro", 0xdcdcdc), ("ghostwhite", 0xf8f8ff),
    ("gold", 0xffd700), ("goldenrod", 0xdaa520), ("gray", 0x808080), ("green", 0x008000),
    ("greenyellow", 0xadff2f), ("grey", 0x808080), ("honeydew", 0xf0fff0), ("hotpink", 0xff69b4),
    ("indianred", 0xcd5c5c), ("indigo", 0x4b0082), ("ivory", 0xfffff0), ("khaki", 0xf0e68c),
    ("lavender", 0xe6e6fa), ("lavenderblush", 0xfff0f5), ("lawngreen", 0x7cfc00), ("lemonchiffon", 0xfffacd),
    ("lightblue", 0xadd8e6), ("lightcoral", 0xf08080), ("lightcyan", 0xe0ffff), ("lightgoldenrodyellow", 0xfafad2),
    ("lightgray", 0xd3d3d3), ("lightgreen", 0x90ee90), ("lightgrey", 0xd3d3d3), ("lightpink", 0xffb6c1),
    ("lightsalmon", 0xffa07a), ("lightseagreen", 0x20b2aa), ("lightskyblue", 0x87cefa),
    ("lightslategray", 0x778899), ("lightslategrey", 0x778899), ("lightsteelblue", 0xb0c4de),
    ("lightyellow", 0xffffe0), ("lime", 0x00ff00), ("limegreen", 0x32cd32), ("linen", 0xfaf0e6),
    ("magenta", 0xff00ff), ("maroon", 0x800000), ("mediumaquamarine", 0x66cdaa), ("mediumblue", 0x0000cd),
    ("mediumorchid", 0xba55d3), ("mediumpurple", 0x9370db), ("mediumseagreen", 0x3cb371),
    ("mediumslateblue", 0x7b68ee), ("mediumspringgreen", 0x00fa9a), ("mediumturquoise", 0x48d1cc),
    ("mediumvioletred", 0xc71585), ("midnightblue", 0x191970), ("mintcream", 0xf5fffa), ("mistyrose", 0xffe4e1),
    ("moccasin", 0xffe4b5), ("navajowhite", 0xffdead), ("navy", 0x000080), ("oldlace", 0xfdf5e6),
    ("olive", 0x808000), ("olivedrab", 0x6b8e23), ("orange", 0xffa500), ("orangered", 0xff4500),
    ("orchid", 0xda70d6), ("palegoldenrod", 0xeee8aa), ("palegreen", 0x98fb98), ("paleturquoise", 0xafeeee),
    ("palevioletred", 0xdb7093), ("papayawhip", 0xffefd5), ("peachpuff", 0xffdab9), ("peru", 0xcd853f),
    ("pink", 0xffc0cb), ("plum", 0xdda0dd), ("powderblue", 0xb0e0e6), ("purple", 0x800080),
    ("rebeccapurple", 0x663399), ("red", 0xff0000), ("rosybrown", 0xbc8f8f), ("royalblue", 0x4169e1),
    ("saddlebrown", 0x8b4513), ("salmon", 0xfa8072), ("sandybrown", 0xf4a460), ("seagreen", 0x2e8b57),
    ("seashell", 0xfff5ee), ("sienna", 0xa0522d), ("silver", 0xc0c0c0), ("skyblue", 0x87ceeb),
    ("slateblue", 0x6a5acd), ("slategray", 0x708090), ("slategrey", 0x708090), ("snow", 0xfffafa),
    ("springgreen", 0x00ff7f), ("steelblue", 0x4682b4), ("tan", 0xd2b48c), ("teal", 0x008080),
    ("thistle", 0xd8bfd8), ("tomato", 0xff6347), ("turquoise", 0x40e0d0), ("violet", 0xee82ee),
    ("wheat", 0xf5deb3), ("white", 0xffffff), ("whitesmoke", 0xf5f5f5), ("yellow", 0xffff00),
    ("yellowgreen", 0x9acd32),
];

/// The separators between the parts of a colour.
const SEPARATORS: &[u8] = b", /\t\n\r\x0C";

/// A colour. Its parts are from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    rgb: [f32; 3],
    pub alpha: f32,
}

/// The colour of the page.
pub const WHITE: Color = Color {
    rgb: [1.0; 3],
    alpha: 1.0,
};

impl Color {
    /// Reads a colour: a name, a hexadecimal number, `rgb()` or `hsl()`. Colours of other kinds, and those that depend
    /// on others, are none.
    #[inline(never)]
    pub fn read(value: &str) -> Option<Self> {
        if value.is_empty() {
            return None;
        }
        if let Some(digits) = value.strip_prefix('#') {
            return hexadecimal(digits);
        }
        if let Some((name, arguments)) = function(value) {
            return of_function(name, arguments);
        }
        if value.eq_ignore_ascii_case("transparent") {
            return Some(Self {
                rgb: [0.0; 3],
                alpha: 0.0,
            });
        }
        let name = value.to_ascii_lowercase();
        let named = NAMED.binary_search_by_key(&&*name, |(name, _)| name).ok()?;
        let (_, value) = NAMED.get(named)?;
        Some(of_bytes(value << 8 | 0xFF))
    }

    /// Returns the first colour among the words of a value.
    pub fn first(value: &str) -> Option<Self> {
        parts(value, SEPARATORS).find_map(Self::read)
    }

    /// Returns the mean of the colours of a gradient over a ground, which is what dark mode makes of it.
    pub fn mean(gradient: &str, ground: Self) -> Option<Self> {
        let (_, arguments) = function(gradient)?;
        let mut sum = [0.0; 3];
        let mut count = 0.0;
        for color in parts(arguments, b",").filter_map(|stop| Self::read(words(stop).next()?)) {
            for (sum, part) in sum.iter_mut().zip(color.over(ground).rgb) {
                *sum += part;
            }
            count += 1.0;
        }
        (count > 0.0).then_some(Self {
            rgb: sum.map(|part| part / count),
            alpha: 1.0,
        })
    }

    /// Returns this colour painted over another, which is opaque.
    pub fn over(self, ground: Self) -> Self {
        let mut rgb = self.rgb;
        for (part, below) in rgb.iter_mut().zip(ground.rgb) {
            *part = *part * self.alpha + below * (1.0 - self.alpha);
        }
        Self { rgb, alpha: 1.0 }
    }

    /// Returns the contrast between two opaque colours, from 1 to 21
    /// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    pub fn contrast(self, other: Self) -> f32 {
        let (mine, theirs) = (self.luminance() + 0.05, other.luminance() + 0.05);
        (mine / theirs).max(theirs / mine)
    }

    fn luminance(self) -> f32 {
        let [red, green, blue] = self.rgb.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// Returns a part of a colour without its gamma. The polynomial is within 0.001 of the standard's power.
fn linear(part: f32) -> f32 {
    part * (part * (part * 0.305_306_01 + 0.682_171_1) + 0.012_522_878)
}

fn hexadecimal(digits: &str) -> Option<Color> {
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_digits)?;
    // The value with two digits for each part, red first.
    let value = match digits.len() {
        3 => double(value << 4 | 0xF),
        4 => double(value),
        6 => value << 8 | 0xFF,
        8 => value,
        _ => return None,
    };
    Some(of_bytes(value))
}

/// Returns the colour of four bytes: red, green, blue and alpha.
fn of_bytes(value: u32) -> Color {
    let [red, green, blue, alpha] = value.to_be_bytes().map(|byte| f32::from(byte) / 255.0);
    Color {
        rgb: [red, green, blue],
        alpha,
    }
}

/// Writes each of four hexadecimal digits twice.
const fn double(digits: u32) -> u32 {
    let apart = digits & 0xF | (digits & 0xF0) << 4 | (digits & 0xF00) << 8 | (digits & 0xF000) << 12;
    apart << 4 | apart
}

fn of_function(name: &str, arguments: &str) -> Option<Color> {
    let is = |names: [&str; 2]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
    let mut arguments = parts(arguments, SEPARATORS).map(number);
    let mut next = || arguments.next();
    let (first, second, third) = (next()??, next()??, next()??);
    // A part is a percentage, or a number up to this.
    let part = |(number, unit): (f32, &str), most: f32| match unit {
        "" => Some((number / most).clamp(0.0, 1.0)),
        "%" => Some((number / 100.0).clamp(0.0, 1.0)),
        _ => None,
    };
    let alpha = match next() {
        Some(alpha) => part(alpha?, 1.0)?,
        None => 1.0,
    };
    let rgb = if is(["rgb", "rgba"]) {
        [part(first, 255.0)?, part(second, 255.0)?, part(third, 255.0)?]
    } else if is(["hsl", "hsla"]) && matches!(first.1, "" | "deg") {
        of_hue(first.0, part(second, 100.0)?, part(third, 100.0)?)
    } else {
        return None;
    };
    Some(Color { rgb, alpha })
}

/// Returns the parts of a colour of this hue in degrees (<https://www.w3.org/TR/css-color-4/#hsl-to-rgb>).
fn of_hue(hue: f32, saturation: f32, lightness: f32) -> [f32; 3] {
    [0.0, 8.0, 4.0].map(|offset| {
        let position = (offset + hue / 30.0).rem_euclid(12.0);
        let reach = saturation * lightness.min(1.0 - lightness);
        lightness - reach * (position - 3.0).min(9.0 - position).clamp(-1.0, 1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Option<[u8; 4]> {
        let Color {
            rgb: [red, green, blue],
            alpha,
        } = Color::read(value)?;
        Some([red, green, blue, alpha].map(|part| (part * 255.0).round() as u8))
    }

    #[test]
    fn a_colour_is_read_in_each_form() {
        for (value, found) in [
            ("#123", Some([0x11, 0x22, 0x33, 255])),
            ("#1234", Some([0x11, 0x22, 0x33, 0x44])),
            ("#0a0B0c", Some([10, 11, 12, 255])),
            ("#0a0b0c80", Some([10, 11, 12, 128])),
            ("rgb(1, 2, 3)", Some([1, 2, 3, 255])),
            ("RGBA(1,2,3,0.5)", Some([1, 2, 3, 128])),
            ("rgb(1 2 3 / 50%)", Some([1, 2, 3, 128])),
            ("rgb(100%,0%,300)", Some([255, 0, 255, 255])),
            ("hsl(120, 100%, 25%)", Some([0, 128, 0, 255])),
            ("hsla(-240deg 100% 50% / 0)", Some([0, 255, 0, 0])),
            ("hsl(0,0%,50%)", Some([128, 128, 128, 255])),
            ("Red", Some([255, 0, 0, 255])),
            ("yellowgreen", Some([0x9a, 0xcd, 0x32, 255])),
            ("aliceblue", Some([0xf0, 0xf8, 0xff, 255])),
            ("transparent", Some([0, 0, 0, 0])),
            ("f0f8ff", None),
            ("ff", None),
            ("", None),
            ("red blue", None),
            ("currentColor", None),
            ("inherit", None),
            ("#12", None),
            ("#+12", None),
            ("#12345", None),
            ("rgb(1,2)", None),
            ("rgb(1px,2,3)", None),
            ("lab(1,2,3)", None),
            ("var(--a)", None),
        ] {
            assert_eq!(read(value), found, "{value}");
        }
    }

    #[test]
    fn the_names_are_in_order_and_each_is_found() {
        assert!(NAMED.is_sorted());
        for (name, value) in NAMED {
            assert_eq!(read(name), read(&format!("#{value:06x}")), "{name}");
        }
    }

    #[test]
    fn a_shorthand_has_its_colour_anywhere() {
        let white = Color::read("white");
        assert_eq!(Color::first("url(a) no-repeat,#fff"), white);
        assert_eq!(Color::first("none top/cover rgb(255, 255, 255)"), white);
        assert_eq!(Color::first("url(red) none"), None);
    }

    #[test]
    fn a_gradient_is_the_mean_of_its_colours() {
        let mean = |gradient| Color::mean(gradient, WHITE).map(|color| color.rgb);
        assert_eq!(mean("linear-gradient(to right, #000 0%, #fff)"), Some([0.5; 3]));
        assert_eq!(
            mean("linear-gradient(90deg,rgba(0,0,0,0.5) 1px,transparent)"),
            Some([0.75; 3])
        );
        assert_eq!(mean("linear-gradient(var(--a))"), None);
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        // Computed with the standard's own formula.
        for (one, other, ratio) in [
            ("#000", "#fff", 21.0),
            ("#fff", "#fff", 1.0),
            ("#777", "#fff", 4.478),
            ("#07c160", "#fff", 2.385),
            ("#c22b4c", "#494429", 1.748),
        ] {
            let [one, other] = [one, other].map(|color| Color::read(color).unwrap());
            let found = one.contrast(other);
            assert!((found - ratio).abs() < ratio * 0.02, "{found} is not {ratio}");
            assert_eq!(found, other.contrast(one));
        }
    }
}
