//! Other addresses for the pictures of an article.
//!
//! The component does this for pictures that it uploads. Here are those that need no upload: the cache has their
//! addresses, or a preview shows them.

use std::cell::RefCell;

use super::attributes;

/// The attributes that a picture's address is in (see `content` in the contract). `srcset` is left to the component.
const ATTRIBUTES: [&str; 12] = [
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
    let values = attributes::replace(html, |tag, name, value| {
        if name == "style" {
            return replace_urls(value, &address);
        }
        let is_address = ATTRIBUTES.contains(&name) && (!name.ends_with("href") || WITH_HREF.contains(&tag));
        is_address.then(|| address(value.trim_ascii())).flatten()
    });
    values.unwrap_or_else(|| html.to_owned())
}

/// Returns what `judge` says of the first address that it says something of, in the order of the tags.
pub fn first<T>(html: &str, judge: impl Fn(&str) -> Option<T>) -> Option<T> {
    let found = RefCell::new(None);
    replace(html, |address| {
        let mut found = found.borrow_mut();
        if found.is_none() {
            *found = judge(address);
        }
        None
    });
    found.into_inner()
}

/// Returns whether the addresses are seen from another one.
pub fn has_base(html: &str) -> bool {
    attributes::replace(html, |tag, name, _| (tag == "base" && name == "href").then(String::new)).is_some()
}

/// Writes other addresses into the `url()`s of a style.
fn replace_urls(style: &str, address: impl Fn(&str) -> Option<String>) -> Option<String> {
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
