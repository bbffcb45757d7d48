//! The addresses of an article's pictures in its HTML: where they stand, and other addresses in their place. `srcset` is
//! left to the component.

use std::collections::BTreeMap;

use super::attributes::{self, Attribute};

/// The attributes that a picture's address is in (see `content` in the contract).
pub const ATTRIBUTES: [&str; 12] = [
    "src",
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazyload",
    "data-echo",
    "data-url",
    "_src",
    "file",
    "background",
    "href",
    "xlink:href",
];
/// The only elements whose `href` is a picture, in small letters as the tokenizer gives them.
const WITH_HREF: [&str; 2] = ["image", "feimage"];

/// Writes other addresses where `address` knows one for the address that stands there. All else stays as it is.
pub fn replace(html: &str, address: impl Fn(&str) -> Option<String>) -> String {
    attributes::replace(html, |attribute| rewrite(attribute, &address)).unwrap_or_else(|| html.to_owned())
}

/// Returns what `judge` says of the first address that it says something of, in the order of the tags.
pub fn first<T>(html: &str, judge: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut found = None;
    attributes::visit(html, |attribute| {
        visit(attribute, |address| {
            if found.is_none() {
                found = judge(address);
            }
        });
    });
    found
}

/// Returns the line of each address, counted from 1: the first one of several.
pub fn lines(html: &str) -> BTreeMap<String, u32> {
    let ends: Vec<usize> = html.match_indices('\n').map(|(at, _)| at).collect();
    let mut lines = BTreeMap::new();
    attributes::visit(html, |attribute| {
        let line = ends.partition_point(|end| *end < attribute.start) + 1;
        visit(attribute, |address| {
            lines
                .entry(address.to_owned())
                .or_insert(u32::try_from(line).unwrap_or(u32::MAX));
        });
    });
    lines
}

/// Returns whether the addresses are seen from another one.
pub fn has_base(html: &str) -> bool {
    let mut has_base = false;
    attributes::visit(html, |attribute| {
        has_base |= attribute.tag == "base" && attribute.name == "href"
    });
    has_base
}

/// Shows `look` the addresses of an attribute.
pub fn visit(attribute: &Attribute, mut look: impl FnMut(&str)) {
    rewrite(attribute, |address| {
        look(address);
        None
    });
}

/// Returns the value of an attribute with other addresses, where `address` knows one.
fn rewrite(attribute: &Attribute, mut address: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let Attribute { tag, name, value, .. } = *attribute;
    if name == "style" {
        return replace_urls(value, address);
    }
    let is_address = ATTRIBUTES.contains(&name) && (!name.ends_with("href") || WITH_HREF.contains(&tag));
    is_address.then(|| address(value.trim_ascii())).flatten()
}

/// Writes other addresses into the `url()`s of a style.
fn replace_urls(style: &str, mut address: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut changed = String::with_capacity(style.len());
    let mut rest = style;
    let mut is_changed = false;
    while let Some((before, after)) = rest.split_once("url(") {
        let Some((inside, after)) = after.split_once(')') else {
            break;
        };
        let written = inside.trim_ascii();
        let new = address(written.trim_matches(['"', '\'']));
        is_changed |= new.is_some();
        changed.push_str(before);
        changed.push_str("url(");
        changed.push_str(new.as_deref().unwrap_or(inside));
        changed.push(')');
        rest = after;
    }
    changed.push_str(rest);
    is_changed.then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_known(html: &str) -> String {
        replace(html, |address| {
            (address == "a&b.png").then(|| "https://x/?1&2".to_owned())
        })
    }

    #[test]
    fn an_address_has_the_line_of_its_first_attribute() {
        let html = "<p>a.png</p>\n<img\nalt=a.png\nsrc=' b&amp;c.png '>\n<p style='background:url(\"d.png\")'><img \
                    src=b&c.png>";
        let lines: Vec<_> = lines(html).into_iter().collect();
        assert_eq!(lines, [("b&c.png".to_owned(), 4), ("d.png".to_owned(), 5)]);
    }

    #[test]
    fn a_base_is_seen() {
        assert!(has_base("<head><BASE target=x href='img/'></head><img src=a.png>"));
        assert!(!has_base("<base><a base href='img/'>&lt;base href=''></a>"));
    }

    #[test]
    fn addresses_are_replaced_in_every_spelling_and_nowhere_else() {
        let new = "\"https://x/?1&amp;2\"";
        for (html, expected) in [
            ("<img src=\"a&amp;b.png\">", format!("<img src={new}>")),
            (
                "<img src='a&b.png' alt='a&b.png'>",
                format!("<img src={new} alt='a&b.png'>"),
            ),
            ("<IMG alt=x SRC = a&b.png>", format!("<IMG alt=x SRC = {new}>")),
            (
                "<img data-src=a&b.png src=c.png>",
                format!("<img data-src={new} src=c.png>"),
            ),
            ("<image href='a&b.png'/>", format!("<image href={new}/>")),
            (
                "<p style>t</p><img src='a&b.png'>",
                format!("<p style>t</p><img src={new}>"),
            ),
            (
                "<p style='background:url( \"a&b.png\" ) no-repeat, url(c.png)'>",
                "<p style=\"background:url(https://x/?1&amp;2) no-repeat, url(c.png)\">".to_owned(),
            ),
        ] {
            assert_eq!(with_known(html), expected);
        }
        for html in [
            "<a href='a&b.png'>src=\"a&b.png\"</a>",
            "<img src=other.png>",
            "<!-- <img src='a&b.png'> -->",
            "<textarea><img src='a&b.png'></textarea>",
            "<img src>",
            "<img src alt='a&b.png'>",
            "<img src><a title='a&b.png'>",
            "<img src/alt='a&b.png'>",
            "<p style=\"background:url(a&b.png\">",
            "",
        ] {
            assert_eq!(with_known(html), html);
        }
    }
}
