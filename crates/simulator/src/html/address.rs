//! The pictures that a tag refers to (wechat-api §17, article-html §4).
//!
//! Images whose address is not on WeChat's image host are filtered, and article-html §4 names the attributes with
//! addresses. Neither document describes a tag with several addresses. This module takes the strict reading:
//! all attributes below count, an `img` without `src` is no image, and one address on another host removes the whole
//! tag, or the declaration of inline style.

use super::css;
use super::entity::decoded;
use super::scanner::Tag;

/// The host of article images (wechat-api §8.1, §9).
const IMAGE_HOST: &str = "mmbiz.qpic.cn";

/// Elements that show a picture; attributes of which one has to name it; other attributes with an address. Scripts
/// load the picture in `data-src`, and draft/get has it there. Browsers treat an `image` outside SVG as an `img`.
const PICTURES: [(&str, &[&str], &[&str]); 4] = [
    ("img", &["src"], &["data-src"]),
    ("image", &["href", "xlink:href", "src"], &[]),
    ("feimage", &["href", "xlink:href"], &[]),
    ("source", &["srcset"], &["src"]),
];

/// Returns whether the tag stays, as far as its pictures decide that.
pub(crate) fn pictures_stay(tag: &Tag) -> bool {
    let Some((_, names, others)) = PICTURES.iter().find(|(element, ..)| *element == tag.name) else {
        return true;
    };
    let mut named = false;
    for (attribute, value) in &tag.attributes {
        let attribute = attribute.as_str();
        let value = decoded(value);
        let needed = names.contains(&attribute);
        let addresses = match attribute {
            "srcset" => candidates(&value),
            _ if needed || others.contains(&attribute) => vec![value.as_str()],
            _ => continue,
        };
        let mut addresses = addresses
            .into_iter()
            .filter(|address| !address.trim().is_empty())
            .peekable();
        named |= needed && addresses.peek().is_some();
        if !addresses.all(hosted) {
            return false;
        }
    }
    named || tag.closing
}

/// Returns whether an attribute of any element stays. `background` is the old way to give a picture to a table or a
/// cell.
pub(crate) fn background_stays(attribute: &str, value: &str) -> bool {
    attribute != "background" || hosted(&decoded(value))
}

/// Returns whether a declaration of inline style stays. A fragment names a part of the same document, not a picture.
pub(crate) fn background_image_stays(declaration: &str) -> bool {
    let addresses = css::addresses(declaration);
    addresses
        .iter()
        .all(|address| address.starts_with('#') || hosted(address))
}

/// Returns the addresses in a `srcset`: each ends at white space or a comma, and descriptors follow up to the next
/// comma.
fn candidates(list: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = list;
    loop {
        rest = rest.trim_start_matches(|character: char| character.is_ascii_whitespace() || character == ',');
        if rest.is_empty() {
            return found;
        }
        let (address, after) = rest.split_at(
            rest.find(|character: char| character.is_ascii_whitespace())
                .unwrap_or(rest.len()),
        );
        found.push(address.trim_end_matches(','));
        rest = after;
        if !address.ends_with(',') {
            let mut inside = false;
            rest = rest.trim_start_matches(|character| {
                inside = (inside || character == '(') && character != ')';
                inside || character != ','
            });
        }
    }
}

fn hosted(address: &str) -> bool {
    on_host(address, IMAGE_HOST)
}

/// Returns whether a URL leads to this host, written as in the document's samples: lower case, no user, no port.
pub(crate) fn on_host(url: &str, host: &str) -> bool {
    let url = url.trim();
    let rest = ["https://", "http://", "//"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    rest.and_then(|rest| rest.split(['/', '?', '#']).next()) == Some(host)
}
