//! The addresses of an article's pictures in its HTML: where they stand, and other addresses in their place. `srcset`
//! is left to the component.

use std::collections::{BTreeMap, BTreeSet};

use super::attributes::{self, Attribute};
use crate::data_uris::is_data;

/// The attributes of an `img` that its address may be in (see `content` in the contract).
const OF_IMAGE: [&str; 9] = [
    "src",
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazyload",
    "data-echo",
    "data-url",
    "_src",
    "file",
];
/// The attributes with several addresses of an `img`.
const SETS: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

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

/// Returns the addresses of `img`s that have others beside them, or stand where none but a script looks. The component
/// chooses among them, and writes the new address elsewhere, too.
pub fn not_alone(html: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    attributes::visit(html, |attribute| {
        if matches!(attribute.tag, "img" | "image") && attribute.name != "style" && !is_alone(attribute) {
            visit(attribute, |address| {
                if !address.is_empty() {
                    found.insert(address.to_owned());
                }
            });
        }
    });
    found
}

/// Returns whether an attribute of an `img` is the only one with an address, where WeChat and browsers look for it.
fn is_alone(attribute: &Attribute) -> bool {
    let is_of_image = |name: &str| OF_IMAGE.contains(&name) || SETS.contains(&name);
    let is_of_svg = |name: &str| matches!(name, "href" | "xlink:href");
    let is_other = |name: &str, value: &str| {
        let can_be_address = is_of_image(name) || (attribute.tag == "image" && is_of_svg(name));
        name != attribute.name && can_be_address && !value.trim_ascii().is_empty()
    };
    let is_read = match attribute.tag {
        "img" => matches!(attribute.name, "src" | "data-src"),
        _ => attribute.name == "src" || is_of_svg(attribute.name),
    };
    is_read && !attribute.siblings.iter().any(|(name, value)| is_other(name, value))
}

/// Returns each `src` that has its place only until a script has loaded another address, with that address: the
/// component takes such a `src` for a spinner, unless both are files of the same name (see `content` in the contract).
pub fn spinners(html: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    attributes::visit(html, |attribute| {
        if !matches!(attribute.tag, "img" | "image") || attribute.name != "src" {
            return;
        }
        let siblings = attribute.siblings.iter();
        let of_scripts = siblings.filter(|(name, _)| name != "src" && name != "srcset");
        let of_scripts = of_scripts.flat_map(|(name, value)| match &**name {
            name if OF_IMAGE.contains(&name) => vec![value.trim()],
            name if SETS.contains(&name) => of_set(value),
            _ => Vec::new(),
        });
        let of_scripts: Vec<&str> = of_scripts.filter(|value| looks_like_address(value)).collect();
        let src = attribute.value.trim();
        if of_scripts.iter().any(|address| file_name(address) == file_name(src)) {
            return;
        }
        found.extend(
            of_scripts
                .into_iter()
                .map(|address| (address.to_owned(), src.to_owned())),
        );
    });
    found
}

/// Returns the addresses of a set, without what follows each: `a.png 2x, b.png 300w`.
fn of_set(set: &str) -> Vec<&str> {
    let is_descriptor = |word: &str| {
        let number = word.strip_suffix(['x', 'w', 'h']).unwrap_or_default();
        number.parse::<f64>().is_ok()
    };
    let words = set.split_ascii_whitespace().map(|word| match word.split_once(',') {
        // No blank is between the two.
        Some((before, after)) if is_descriptor(before) => after,
        _ => word.trim_end_matches(','),
    });
    words.filter(|word| !is_descriptor(word)).collect()
}

/// Returns the last part of an address.
fn file_name(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
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
    if attribute.name == "style" {
        return replace_urls(attribute.value, address);
    }
    let is_picture = is_address(attribute) && !is_placeholder(attribute);
    is_picture.then(|| address(attribute.value.trim_ascii())).flatten()
}

/// Returns whether an attribute holds the address of a picture. The names are in small letters.
fn is_address(Attribute { tag, name, .. }: &Attribute) -> bool {
    let is_href = matches!(*name, "href" | "xlink:href");
    match *tag {
        "img" => OF_IMAGE.contains(name),
        // Browsers take it for an `img`, too.
        "image" => is_href || OF_IMAGE.contains(name),
        "feimage" => is_href,
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "th" | "td" => *name == "background",
        _ => false,
    }
}

/// Returns whether this is data in a `src` beside another address, whose place it has until a script has loaded that.
fn is_placeholder(attribute: &Attribute) -> bool {
    let is_other = |name: &str, value: &str| {
        let can_be_address = name != "src" && (OF_IMAGE.contains(&name) || SETS.contains(&name));
        can_be_address && looks_like_address(value.trim_ascii())
    };
    attribute.name == "src"
        && is_data(attribute.value.trim_ascii())
        && attribute.siblings.iter().any(|(name, value)| is_other(name, value))
}

/// Returns whether the value of an attribute for scripts is an address, and no switch or list (see `content` in the
/// contract).
fn looks_like_address(value: &str) -> bool {
    !value.starts_with(['{', '[', '#']) && !value.eq_ignore_ascii_case("about:blank") && value.contains(['.', '/', ':'])
}

/// Writes other addresses into the `url()`s of a style.
fn replace_urls(style: &str, mut address: impl FnMut(&str) -> Option<String>) -> Option<String> {
    const BEGIN: &str = "url(";
    // ASCII has the same length in small letters.
    let lower = style.to_ascii_lowercase();
    let mut changed = String::with_capacity(style.len());
    let mut is_changed = false;
    let mut from = 0;
    while let Some(found) = lower.get(from..).and_then(|rest| rest.find(BEGIN)) {
        let start = from + found + BEGIN.len();
        let Some((inside, _)) = style.get(start..).and_then(|rest| rest.split_once(')')) else {
            break;
        };
        let new = address(inside.trim_ascii().trim_matches(['"', '\'']));
        is_changed |= new.is_some();
        changed.push_str(style.get(from..start).unwrap_or_default());
        match new {
            Some(new) => changed.push_str(&without_quotes(&new)),
            None => changed.push_str(inside),
        }
        changed.push(')');
        from = start + inside.len() + 1;
    }
    changed.push_str(style.get(from..).unwrap_or_default());
    is_changed.then_some(changed)
}

/// Returns an address as it can stand in a `url()` without quotes, for which WeChat drops an element. Written by hand, as
/// `percent-encoding` encodes all letters but those of ASCII, too.
fn without_quotes(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            ' ' | '\t' | '\n' | '\r' | '"' | '\'' | '(' | ')' | '\\' => {
                written.push_str(&format!("%{:02X}", u32::from(character)));
            }
            _ => written.push(character),
        }
    }
    written
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
    fn an_address_is_alone_if_nothing_else_can_be_the_picture() {
        let html = "<img src=a data-src=''><img data-src=b><table background=c style='background:url(d)'>\
                    <image href=e><img src=f alt=data-src><img src=g data-src=h><img src=i srcset='j 1x'>\
                    <img data-original=k><image data-src=l><image href=m xlink:href=n><img src=data:x data-src=o.p>";
        let found: Vec<_> = not_alone(html).into_iter().collect();
        assert_eq!(found, ["g", "h", "i", "k", "l", "m", "n", "o.p"]);
    }

    #[test]
    fn a_spinner_has_another_name_than_the_picture() {
        let html = "<img src=a.png data-original=https://b.cn/c.png><img src=d/e.png data-src=https://f.cn/e.png?g>\
                    <img src=h.png data-src=true><img src=i.png srcset='j.png 2x'><img data-src=k.png>\
                    <img src=l.png data-src=m.png data-srcset='n.png 300w, https://o.cn/l.png 1.5x'>\
                    <img src=p.png data-lazy-srcset='q.png 2x,r.png 3x'>";
        let pair = |address: &str, src: &str| (address.to_owned(), src.to_owned());
        let found: Vec<_> = spinners(html).into_iter().collect();
        assert_eq!(
            found,
            [
                pair("https://b.cn/c.png", "a.png"),
                pair("q.png", "p.png"),
                pair("r.png", "p.png")
            ]
        );
    }

    #[test]
    fn an_address_has_the_line_of_its_first_attribute() {
        let html = "<p>a.png</p>\n<img\nalt=a.png\nsrc=' b&amp;c.png '>\n<p style='background:url(\"d.png\")'><img \
                    src=b&c.png>";
        let lines: Vec<_> = lines(html).into_iter().collect();
        assert_eq!(lines, [("b&c.png".to_owned(), 4), ("d.png".to_owned(), 5)]);
    }

    #[test]
    fn data_beside_another_address_is_no_picture() {
        let is_seen = |html: &str| first(html, |address| is_data(address).then_some(())).is_some();
        for beside in [
            "",
            "data-src=''",
            "srcset",
            "data-url='[\"a.b\"]'",
            "file=true",
            "href=a.png",
            "data-src=about:blank",
        ] {
            assert!(is_seen(&format!("<img src=data:x {beside}>")), "{beside}");
        }
        for beside in [
            "data-src=a.png",
            "srcset='a.png 2x'",
            "data-lazy-srcset=/a",
            "data-src=https://x/",
        ] {
            assert!(!is_seen(&format!("<img src=data:x {beside}>")), "{beside}");
        }
    }

    #[test]
    fn an_address_in_a_style_has_no_quotes() {
        let html = "<p style=\"background:url('data:a')\">";
        let written = replace(html, |_| Some("data:image/svg+xml,<svg a='(b c)'>".to_owned()));
        assert_eq!(
            written,
            "<p style=\"background:url(data:image/svg+xml,<svg%20a=%27%28b%20c%29%27>)\">"
        );
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
            ("<td background='a&b.png'>", format!("<td background={new}>")),
            (
                "<p style='background:URL(a&b.png)'>",
                "<p style=\"background:URL(https://x/?1&amp;2)\">".to_owned(),
            ),
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
            "<section data-src='a&b.png' file='a&b.png' background='a&b.png'>",
            "<iframe src='a&b.png'></iframe><img href='a&b.png'>",
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
