//! The colours of dark mode, approximately.
//!
//! WeChat's own conversion is not public here. This one inverts the lightness of every colour that a style names: white
//! becomes the dark background, black becomes white, and what can be read stays so. Pictures stay as they are.

use std::ops::RangeInclusive;

use csscolorparser::Color;

use crate::article::attributes;

/// The lightness (CIE L*) that white becomes: that of the background `#191919`.
const DARKEST: f32 = 9.0;
/// The steps in which a colour loses its chroma until it can be shown. No more than a twentieth is lost in vain, and
/// there are 21 conversions at most.
const STEPS: u8 = 20;
/// The parts of colours that can be shown: from 0 to 1, and half of a step of a byte more on both sides, which rounding
/// takes away again.
const SHOWN: RangeInclusive<f32> = -0.5 / 255.0..=1.0 + 0.5 / 255.0;
/// Parts of the names of properties that have colours.
const COLORED: [&str; 6] = ["color", "background", "border", "shadow", "outline", "fill"];
/// Attributes that are colours by themselves.
const ATTRIBUTES: [&str; 5] = ["color", "bgcolor", "fill", "stroke", "stop-color"];

/// Converts the colours of an article.
pub fn convert(html: &str) -> String {
    let converted = attributes::replace(html, |attribute| match attribute.name {
        "style" => Some(style(attribute.value)),
        name if ATTRIBUTES.contains(&name) => Some(colors(attribute.value)),
        _ => None,
    });
    converted.unwrap_or_else(|| html.to_owned())
}

/// Converts the colours of a style.
fn style(style: &str) -> String {
    let declarations = style.split(';').map(|declaration| match declaration.split_once(':') {
        Some((property, value))
            if COLORED.iter().any(|part| property.contains(part)) || property.trim() == "stroke" =>
        {
            format!("{property}:{}", colors(value))
        }
        _ => declaration.to_owned(),
    });
    declarations.collect::<Vec<_>>().join(";")
}

/// Converts the colours among the words of a value. Those inside a function that is no colour, such as a gradient, are
/// converted one by one.
fn colors(value: &str) -> String {
    let mut converted = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let is_word = |character: char| character.is_alphanumeric() || "#-._%".contains(character);
        let end = rest.find(|character| !is_word(character)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end.max(if is_word(first) { 0 } else { first.len_utf8() }));
        let call = after.starts_with('(').then(|| after.find(')')).flatten();
        let call = call.and_then(|end| after.split_at_checked(end + 1));
        match call {
            // An address is none of ours.
            Some((arguments, after)) if word.eq_ignore_ascii_case("url") => {
                converted.push_str(word);
                converted.push_str(arguments);
                rest = after;
            }
            Some((arguments, after)) if invert(&format!("{word}{arguments}")).is_some() => {
                converted.extend(invert(&format!("{word}{arguments}")));
                rest = after;
            }
            _ => {
                converted.push_str(&invert(word).unwrap_or_else(|| word.to_owned()));
                rest = after;
            }
        }
    }
    converted
}

/// Returns the colour with the opposite lightness, if this is a colour.
fn invert(word: &str) -> Option<String> {
    // The library also reads digits without their `#`, such as the word `bad`.
    if word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let color: Color = word.parse().ok()?;
    let [lightness, chroma, hue, alpha] = color.to_lcha();
    let opposite = 100.0 - lightness * (100.0 - DARKEST) / 100.0;
    let weaker = (0..=STEPS).map(|step| chroma * f32::from(STEPS - step) / f32::from(STEPS));
    let mut shown = weaker.map(|chroma| Color::from_lcha(opposite, chroma, hue, alpha));
    let found = shown.find(|color| [color.r, color.g, color.b].iter().all(|part| SHOWN.contains(part)));
    let found = found.unwrap_or_else(|| Color::from_lcha(opposite, 0.0, hue, alpha));
    Some(found.clamp().to_css_hex().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lightness_is_inverted_and_hue_stays() {
        assert_eq!(invert("#fff").as_deref(), Some("#191919"));
        assert_eq!(invert("black").as_deref(), Some("#ffffff"));
        let green: Color = invert("#07c160").unwrap().parse().unwrap();
        assert!(green.g > green.r && green.g > green.b, "{green:?}");
        let half: Color = invert("rgba(255, 255, 255, .5)").unwrap().parse().unwrap();
        assert!((half.a - 0.5).abs() < 0.01);
        for word in ["bad", "solid", "2px", "", "none", "inherit"] {
            assert_eq!(invert(word), None, "{word}");
        }
    }

    #[test]
    fn colors_change_and_nothing_else() {
        let html = "<p style=\"color:#000;margin:0 auto;border-left:4px solid rgb(255,255,255);\
                    background:url(a-#fff.png) white;font-family:black\">black #fff</p>\
                    <svg><path fill='#000' d='M0 0'/></svg>";
        assert_eq!(
            convert(html),
            "<p style=\"color:#ffffff;margin:0 auto;border-left:4px solid #191919;background:url(a-#fff.png) \
             #191919;font-family:black\">black #fff</p><svg><path fill=\"#ffffff\" d='M0 0'/></svg>"
        );
        assert_eq!(
            colors("linear-gradient(90deg, #fff 0%, black)"),
            "linear-gradient(90deg, #191919 0%, #ffffff)"
        );
    }

    #[test]
    fn an_attribute_without_a_value_takes_nothing_of_the_next() {
        for html in [
            "<p style>t</p><img src=\"a.png\">",
            "<p style title=\"black\">",
            "<td bgcolor width=1>",
        ] {
            assert_eq!(convert(html), html);
        }
    }

    /// Returns the contrast of two colours by WCAG.
    fn contrast(one: &str, other: &str) -> f32 {
        let luminance = |color: &str| {
            let [r, g, b, _] = color.parse::<Color>().unwrap().to_linear_rgba();
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_that_can_be_read_on_white_can_be_read_in_the_dark() {
        for color in [
            "#1f2328", "#595959", "#767676", "#0b57d0", "#b3261e", "#00695c", "#6750a4",
        ] {
            assert!(contrast(color, "#fff") >= 4.5, "{color}");
            let dark = invert(color).unwrap();
            assert!(
                contrast(&dark, "#191919") >= 4.5,
                "{color} {dark} {}",
                contrast(&dark, "#191919")
            );
        }
    }
}
