//! Declarations of inline styles: which properties and values are allowed in themes, and which in the HTML of authors.
//!
//! WeChat removes some properties, phones draw others wrongly, and `draft.check` reports them (article-html §1, §2).
//! Only those that none of this is known of are in the table.

use crate::color::Color;

// The kinds of values of a property.
const COLOR: u8 = 1;
const LENGTH: u8 = 2;
const PERCENT: u8 = 4;
const NUMBER: u8 = 8;
/// The property is for the HTML of authors: in a theme it would break a rule of WeChat's, or hide text.
const NOT_IN_THEMES: u8 = 16;

/// The longest length in themes, in pixels. Rule 1.4 is about widths and indents of 300 and more; nothing in a theme
/// needs a third of that.
const LONGEST: f32 = 100.0;
/// A length in `em` counts as so many pixels: the size of a large font.
const EM: f32 = 20.0;
/// The longest value in the HTML of authors, in bytes. Gradients with many colours have about half.
const LONGEST_VALUE: usize = 256;

const LINES: &[&str] = &["none", "solid", "dashed", "dotted", "double"];

/// The properties in the order of their names: the values that they take, and their keywords in themes.
#[rustfmt::skip]
const PROPERTIES: &[(&str, u8, &[&str])] = &[
    ("align-items", 0, &["baseline", "center", "flex-start", "flex-end", "stretch"]),
    ("background", COLOR | NOT_IN_THEMES, &[]),
    ("background-color", COLOR, &["transparent"]),
    ("border", COLOR | LENGTH, LINES),
    ("border-bottom", COLOR | LENGTH, LINES),
    ("border-collapse", 0, &["collapse", "separate"]),
    ("border-color", COLOR, &[]),
    ("border-left", COLOR | LENGTH, LINES),
    ("border-radius", LENGTH | PERCENT, &[]),
    ("border-right", COLOR | LENGTH, LINES),
    ("border-spacing", LENGTH, &[]),
    ("border-style", 0, LINES),
    ("border-top", COLOR | LENGTH, LINES),
    ("border-width", LENGTH, &[]),
    ("box-shadow", COLOR | LENGTH, &["inset", "none"]),
    ("box-sizing", 0, &["border-box", "content-box"]),
    ("color", COLOR, &[]),
    ("display", 0, &["block", "flex", "inline", "inline-block"]),
    ("flex", NUMBER | NOT_IN_THEMES, &[]),
    ("flex-direction", NOT_IN_THEMES, &[]),
    ("flex-wrap", NOT_IN_THEMES, &[]),
    ("font-size", LENGTH, &[]),
    ("font-style", 0, &["italic", "normal"]),
    ("font-weight", NUMBER, &["bold", "normal"]),
    ("gap", LENGTH, &[]),
    ("height", LENGTH | PERCENT | NOT_IN_THEMES, &[]),
    ("justify-content", 0, &["center", "flex-start", "flex-end", "space-between"]),
    ("letter-spacing", LENGTH, &["normal"]),
    ("line-height", NUMBER, &[]),
    ("list-style-position", 0, &["inside", "outside"]),
    ("list-style-type", 0, &["circle", "decimal", "disc", "none", "square"]),
    ("margin", LENGTH | PERCENT, &["auto"]),
    ("margin-bottom", LENGTH, &[]),
    ("margin-left", LENGTH | PERCENT, &["auto"]),
    ("margin-right", LENGTH | PERCENT, &["auto"]),
    ("margin-top", LENGTH, &[]),
    ("max-height", LENGTH | PERCENT | NOT_IN_THEMES, &[]),
    ("max-width", PERCENT, &["none"]),
    ("min-width", LENGTH, &[]),
    ("object-fit", NOT_IN_THEMES, &[]),
    ("opacity", NUMBER | NOT_IN_THEMES, &[]),
    ("overflow", NOT_IN_THEMES, &[]),
    ("overflow-wrap", 0, &["anywhere", "break-word", "normal"]),
    ("overflow-x", 0, &["auto", "scroll"]),
    ("padding", LENGTH, &[]),
    ("padding-bottom", LENGTH, &[]),
    ("padding-left", LENGTH, &[]),
    ("padding-right", LENGTH, &[]),
    ("padding-top", LENGTH, &[]),
    ("text-align", 0, &["center", "justify", "left", "right"]),
    ("text-decoration", COLOR, &["dashed", "dotted", "line-through", "none", "solid", "underline", "wavy"]),
    ("text-indent", LENGTH, &[]),
    ("text-shadow", COLOR | LENGTH | NOT_IN_THEMES, &[]),
    ("text-transform", 0, &["none", "uppercase"]),
    ("transform", NOT_IN_THEMES, &[]),
    ("vertical-align", LENGTH, &["baseline", "bottom", "middle", "sub", "super", "text-bottom", "top"]),
    ("white-space", 0, &["normal", "nowrap"]),
    ("width", PERCENT, &["auto"]),
    ("word-break", 0, &["break-all", "break-word", "normal"]),
];

/// The functions in the HTML of authors. `calc()` and `var()` make WeChat drop a declaration; an address may be of a
/// picture that WeChat drops.
const FUNCTIONS: [&str; 10] = [
    "hsl",
    "hsla",
    "linear-gradient",
    "rgb",
    "rgba",
    "rotate",
    "scale",
    "translate",
    "translatex",
    "translatey",
];

fn find(property: &str) -> Option<&'static (&'static str, u8, &'static [&'static str])> {
    let at = PROPERTIES.binary_search_by_key(&property, |(name, ..)| name).ok()?;
    PROPERTIES.get(at)
}

/// Returns whether themes may have a property.
pub fn is_theme_property(property: &str) -> bool {
    find(property).is_some_and(|(_, kinds, _)| kinds & NOT_IN_THEMES == 0)
}

/// Returns whether a property takes this value in themes.
pub fn is_theme_value(property: &str, value: &str) -> bool {
    let Some((_, kinds, keywords)) = find(property) else {
        return false;
    };
    let takes = |kind| kinds & kind != 0;
    let mut words = value.split_ascii_whitespace().peekable();
    words.peek().is_some()
        && words.all(|word| {
            (takes(COLOR) && Color::read(word).is_some())
                || keywords.contains(&word)
                || number(word).is_some_and(|(number, unit)| match unit {
                    "" if number == 0.0 => takes(LENGTH | PERCENT) || takes(NUMBER),
                    "" => takes(NUMBER) && number > 0.0,
                    "px" => takes(LENGTH) && number.abs() <= LONGEST,
                    "em" => takes(LENGTH) && number.abs() * EM <= LONGEST,
                    "%" => takes(PERCENT) && number.abs() <= 100.0,
                    _ => false,
                })
        })
        && is_readable(property, value)
}

/// Returns whether a reader can read text of this size and spacing (rule 1.3).
fn is_readable(property: &str, value: &str) -> bool {
    match (property, number(value)) {
        ("line-height", Some((number, _))) => (1.2..=3.0).contains(&number),
        ("font-size", Some((number, "px"))) => (10.0..=40.0).contains(&number),
        ("font-size", Some((number, "em"))) => (0.7..=2.5).contains(&number),
        ("font-size", _) => false,
        _ => true,
    }
}

/// Describes the values that a property takes in themes.
pub fn theme_values(property: &str) -> String {
    let Some((_, kinds, keywords)) = find(property) else {
        return String::new();
    };
    let forms = [(COLOR, "#rrggbb"), (LENGTH, "px, em"), (PERCENT, "%"), (NUMBER, "1.5")];
    let mut words: Vec<&str> = Vec::new();
    words.extend(
        forms
            .iter()
            .filter(|(kind, _)| kinds & kind != 0)
            .map(|(_, form)| *form),
    );
    words.extend(*keywords);
    words.join(", ")
}

/// Splits a number from its unit.
fn number(word: &str) -> Option<(f32, &str)> {
    let end = word
        .bytes()
        .position(|byte| !(byte.is_ascii_digit() || byte == b'.' || byte == b'-'))
        .unwrap_or(word.len());
    let (digits, unit) = word.split_at_checked(end)?;
    Some((digits.parse().ok()?, unit))
}

/// Reads the declarations of a `style` attribute that WeChat keeps, in the form in which they are written. The others
/// go to `dropped`.
pub fn kept_declarations(style: &str, mut dropped: impl FnMut(&str)) -> String {
    let mut kept = String::new();
    let declarations = declarations(style);
    for declaration in declarations
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
    {
        let (property, value) = declaration.split_once(':').unwrap_or((declaration, ""));
        let property = property.trim().to_ascii_lowercase();
        let value = value.trim();
        if find(&property).is_none() || !is_kept_value(value) || (property == "text-align" && !is_side(value)) {
            dropped(declaration);
            continue;
        }
        if !kept.is_empty() {
            kept.push(';');
        }
        kept.push_str(&property);
        kept.push(':');
        kept.push_str(value);
    }
    kept
}

/// Splits a style into its declarations, with a blank in place of each comment. A `url()` and a text in quotes may have
/// semicolons of their own, and what looks like a comment.
pub fn declarations(style: &str) -> Vec<String> {
    let (mut depth, mut quote, mut is_address) = (0_usize, None, false);
    let mut declarations = Vec::new();
    let mut declaration = String::new();
    let mut characters = style.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(open), _) => quote = quote.filter(|_| character != open),
            (None, '"' | '\'') => quote = Some(character),
            (None, '(') => {
                let name = declaration
                    .len()
                    .checked_sub("url".len())
                    .and_then(|at| declaration.get(at..));
                is_address |= name.is_some_and(|name| name.eq_ignore_ascii_case("url"));
                depth += 1;
            }
            (None, ')') => {
                depth = depth.saturating_sub(1);
                is_address = false;
            }
            (None, ';') if depth == 0 => {
                declarations.push(std::mem::take(&mut declaration));
                continue;
            }
            (None, '/') if !is_address && characters.as_str().starts_with('*') => {
                let comment = characters.as_str();
                let after = comment.get(1..).and_then(|text| text.split_once("*/"));
                characters = after.map_or("", |(_, after)| after).chars();
                declaration.push(' ');
                continue;
            }
            _ => {}
        }
        declaration.push(character);
    }
    declarations.push(declaration);
    declarations
}

/// Returns whether a value of `text-align` is no `start` or `end` (rule 1.6).
fn is_side(value: &str) -> bool {
    let first = value.split_ascii_whitespace().next().unwrap_or_default();
    ["center", "justify", "left", "right"]
        .iter()
        .any(|side| first.eq_ignore_ascii_case(side))
}

/// Returns whether a value has words, numbers, colours and known functions only.
fn is_kept_value(value: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b" #%.,()-!/".contains(&byte);
    let value = value.to_ascii_lowercase();
    let is_function = |before: &str| {
        let start = before.rfind(|character: char| !character.is_ascii_alphanumeric() && character != '-');
        let name = before.get(start.map_or(0, |start| start + 1)..).unwrap_or_default();
        FUNCTIONS.contains(&name)
    };
    !value.is_empty()
        && value.len() <= LONGEST_VALUE
        && value.bytes().all(is_allowed)
        && value.matches('(').count() == value.matches(')').count()
        && value
            .match_indices('(')
            .all(|(at, _)| value.get(..at).is_some_and(is_function))
}

/// Joins two lists of declarations.
pub fn join(one: &str, other: &str) -> String {
    match (one.is_empty(), other.is_empty()) {
        (false, false) => format!("{one};{other}"),
        _ => format!("{one}{other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_searched() {
        assert!(PROPERTIES.is_sorted_by_key(|(name, ..)| name));
    }

    #[test]
    fn the_document_has_every_property() {
        let document = include_str!("../../../docs/article.md");
        let has = |name: &str| document.contains(&format!("`{name}`"));
        for (property, ..) in PROPERTIES.iter().filter(|(name, ..)| is_theme_property(name)) {
            let side = property.rsplit_once('-').map_or("", |(_, side)| side);
            assert!(has(property) || has(&format!("-{side}")), "{property}");
        }
    }

    #[test]
    fn themes_take_what_survives() {
        for (property, value) in [
            ("color", "#333"),
            ("margin", "0 auto 1.5em"),
            ("border-left", "3px solid #07c160"),
            ("line-height", "1.75"),
            ("width", "100%"),
            ("font-weight", "600"),
            ("letter-spacing", "0.5px"),
        ] {
            assert!(
                is_theme_property(property) && is_theme_value(property, value),
                "{property}: {value}"
            );
        }
        for (property, value) in [
            ("color", "red"),
            ("color", "var(--x)"),
            ("color", ""),
            ("margin", "calc(1px + 2px)"),
            ("margin-left", "300px"),
            ("padding", "6em"),
            ("width", "200px"),
            ("background-color", "url('x')"),
            ("background-color", "linear-gradient(#fff, #000)"),
            ("line-height", "0.9"),
            ("font-size", "2px"),
            ("font-size", "0"),
            ("text-align", "start"),
            ("margin", "1px;position:fixed"),
            ("margin", "1px\" onload=\""),
        ] {
            assert!(!is_theme_value(property, value), "{property}: {value}");
        }
        for property in [
            "position",
            "font-family",
            "float",
            "filter",
            "height",
            "opacity",
            "transform",
            "",
        ] {
            assert!(!is_theme_property(property), "{property}");
        }
        assert_eq!(theme_values("margin-left"), "px, em, %, auto");
    }

    #[test]
    fn of_an_authors_style_stays_what_wechat_keeps() {
        let mut dropped = Vec::new();
        let style = "COLOR: rgb(1, 2, 3) ; /* it's; \"*/position:fixed; width:calc(1px); background: url(data:a;b,c);;\
                     background: url('x;y');text-align:start;\
                     background:linear-gradient(90deg, #fff, rgba(0,0,0,.5));font-family:x;width;margin:1px/* as
                     on phones */!important; background:url(/*);opacity:1;color:rgb(1,/* it's */2,3);margin:0/**/auto;\
                     /* without an end: color:#fff";
        let kept = kept_declarations(style, |declaration| dropped.push(declaration.to_owned()));
        assert_eq!(
            kept,
            "color:rgb(1, 2, 3);background:linear-gradient(90deg, #fff, rgba(0,0,0,.5));margin:1px !important;\
             opacity:1;color:rgb(1, 2,3);margin:0 auto"
        );
        assert_eq!(
            dropped,
            [
                "position:fixed",
                "width:calc(1px)",
                "background: url(data:a;b,c)",
                "background: url('x;y')",
                "text-align:start",
                "font-family:x",
                "width",
                "background:url(/*)"
            ]
        );
    }
}
