//! Values of CSS.

pub use crate::html::number;

/// CSS pixels per inch (<https://www.w3.org/TR/css-values-4/#absolute-lengths>).
const INCH: f32 = 96.0;

/// Splits a value into its words: blanks between brackets or quotes are part of a word.
pub fn words(value: &str) -> Words<'_> {
    parts(value, b" \t\n\r\x0C")
}

/// Splits a value at these bytes, except between brackets or quotes. Leaves out empty parts.
pub fn parts<'a>(value: &'a str, separators: &'static [u8]) -> Words<'a> {
    Words {
        rest: value,
        separators,
    }
}

/// The parts of a value.
pub struct Words<'a> {
    rest: &'a str,
    separators: &'static [u8],
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    // Not inlined into each of its many loops.
    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let is_separator = |byte: u8| self.separators.contains(&byte);
        let start = self.rest.bytes().position(|byte| !is_separator(byte))?;
        let word = self.rest.get(start..)?;
        let mut depth = 0_usize;
        let mut quote = None;
        let end = word.bytes().position(|byte| {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'(') => depth += 1,
                (None, b')') => depth = depth.saturating_sub(1),
                _ => return depth == 0 && is_separator(byte),
            }
            false
        });
        let (word, rest) = word.split_at_checked(end.unwrap_or(word.len()))?;
        self.rest = rest;
        Some(word)
    }
}

/// Returns whether a value has this word in it, which is in lower case.
#[inline(never)]
pub fn has(value: &str, word: &str) -> bool {
    let word = word.as_bytes();
    value
        .as_bytes()
        .windows(word.len())
        .any(|part| part.eq_ignore_ascii_case(word))
}

/// Returns the name and the arguments of a function.
pub fn function(value: &str) -> Option<(&str, &str)> {
    let (name, arguments) = value.split_once('(')?;
    Some((name, arguments.strip_suffix(')').unwrap_or(arguments)))
}

/// Returns whether a value is a number or a length of 0, in any unit.
#[inline(never)]
pub fn is_zero(value: &str) -> bool {
    let is_unit = |unit: &str| unit == "%" || unit.bytes().all(|byte| byte.is_ascii_alphabetic());
    number(value).is_some_and(|(number, unit)| number == 0.0 && is_unit(unit))
}

/// Returns a length in pixels; `em` is the size of the font. Lengths that depend on the screen or the column are none.
#[inline(never)]
pub fn pixels(value: &str, em: f32) -> Option<f32> {
    let (number, unit) = number(value)?;
    let units = [
        ("px", 1.0),
        ("pt", INCH / 72.0),
        ("em", em),
        // The size of the page's own font.
        ("rem", 16.0),
        ("ch", em / 2.0),
        ("ex", em / 2.0),
        ("pc", INCH / 6.0),
        ("in", INCH),
        ("cm", INCH / 2.54),
        ("mm", INCH / 25.4),
        ("q", INCH / 101.6),
    ];
    if unit.is_empty() && number == 0.0 {
        return Some(0.0);
    }
    let (_, factor) = units.into_iter().find(|(name, _)| unit.eq_ignore_ascii_case(name))?;
    Some(number * factor)
}

/// Returns a percentage as a part of 1.
#[inline(never)]
pub fn percentage(value: &str) -> Option<f32> {
    number(value).and_then(|(number, unit)| (unit == "%").then_some(number / 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_blanks_outside_of_brackets_and_quotes() {
        let found = |value| words(value).collect::<Vec<_>>();
        assert_eq!(found(" a  b\tc "), ["a", "b", "c"]);
        assert_eq!(found("f(a (b c) d) e"), ["f(a (b c) d)", "e"]);
        assert_eq!(found("'a b' \"c ( d\" e"), ["'a b'", "\"c ( d\"", "e"]);
        assert_eq!(found("a) b (c d"), ["a)", "b", "(c d"]);
        assert_eq!(found(""), [""; 0]);
        assert_eq!(parts("a b,c(d,e)", b",").collect::<Vec<_>>(), ["a b", "c(d,e)"]);
    }

    #[test]
    fn a_length_is_in_pixels() {
        for (value, found) in [
            ("586.438px", Some(586.438)),
            ("294pt", Some(392.0)),
            ("-1.5em", Some(-30.0)),
            ("+.5PX", Some(0.5)),
            ("1in", Some(96.0)),
            ("25.4mm", Some(96.0)),
            ("101.6q", Some(96.0)),
            ("0", Some(0.0)),
            ("5.px", Some(5.0)),
            ("1", None),
            ("1%", None),
            ("1vw", None),
            ("px", None),
            (".", None),
            ("-", None),
            ("", None),
            ("auto", None),
            ("calc(1px)", None),
            ("1px2", None),
        ] {
            match (pixels(value, 20.0), found) {
                (Some(pixels), Some(found)) => assert!((pixels - found).abs() < 0.001, "{value}: {pixels}"),
                (pixels, found) => assert_eq!(pixels, found, "{value}"),
            }
        }
        assert!(
            pixels(&format!("{}px", "9".repeat(100_000)), 1.0)
                .unwrap()
                .is_infinite()
        );
        assert_eq!(pixels(&format!("0.{}px", "0".repeat(100_000)), 1.0), Some(0.0));
    }

    #[test]
    fn zero_has_any_unit() {
        for (value, zero) in [
            ("0", true),
            ("0px", true),
            ("0.00em", true),
            ("-0%", true),
            ("0.1px", false),
            ("", false),
        ] {
            assert_eq!(is_zero(value), zero, "{value}");
        }
    }

    #[test]
    fn a_percentage_is_a_part() {
        assert_eq!(percentage("50%"), Some(0.5));
        assert_eq!(percentage("50"), None);
        assert_eq!(function("rgb(1,2"), Some(("rgb", "1,2")));
    }
}
