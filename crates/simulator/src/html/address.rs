//! The pictures that a tag refers to (wechat-api §17, article-html §3, §4).
//!
//! The documents say which address of an `img` counts: `src`, or `data-src` if `src` is a `data:image` placeholder or
//! absent, as in draft/get. The other attributes of an `img` show no picture, so they cannot lose one. The strict
//! reading is taken of an SVG picture and of a `source`, which the documents do not describe.

use std::collections::BTreeSet;

use super::css;
use super::entity::decoded;
use super::scanner::Tag;

/// Hosts whose pictures an article may show.
pub(crate) type Hosts = BTreeSet<String>;

/// Attributes that name the picture of an element; the first that is not blank counts. Browsers treat an `image`
/// outside SVG as an `img`.
const NAMES: [(&str, &[&str]); 3] = [
    ("image", &["href", "xlink:href", "src"]),
    ("feimage", &["href", "xlink:href"]),
    ("use", &["href", "xlink:href"]),
];

/// Leaves only the pictures that may stay, and returns whether the tag itself stays.
pub(crate) fn settle(tag: &mut Tag, hosts: &Hosts) -> bool {
    tag.attributes
        .retain(|(name, value)| name != "background" || is_hosted(&decoded(value), hosts));
    match tag.name.as_str() {
        "img" => settle_img(tag, hosts),
        "source" => source_stays(tag, hosts),
        name => NAMES
            .iter()
            .find(|(element, _)| *element == name)
            .is_none_or(|(_, names)| settle_graphic(tag, names, hosts)),
    }
}

/// Writes the picture of an `img` to its `src`, and takes away the addresses beside it.
fn settle_img(tag: &mut Tag, hosts: &Hosts) -> bool {
    let address = |name: &str| decoded(tag.attribute(name).unwrap_or_default());
    let (src, data_src) = (address("src"), address("data-src"));
    if !is_hosted(&src, hosts) {
        if !(is_placeholder(&src) && is_hosted(&data_src, hosts)) {
            return false;
        }
        tag.attributes.retain(|(name, _)| name != "src");
        for (name, _) in &mut tag.attributes {
            if name == "data-src" {
                "src".clone_into(name);
            }
        }
    }
    tag.attributes.retain(|(name, value)| match name.as_str() {
        "data-src" => false,
        "srcset" => candidates(&decoded(value)).iter().all(|url| is_hosted(url, hosts)),
        _ => true,
    });
    true
}

/// Returns whether a `src` leaves the picture to `data-src`.
pub(super) fn is_placeholder(src: &str) -> bool {
    let src = src.trim();
    let scheme = src.get(.."data:image".len()).unwrap_or(src);
    src.is_empty() || scheme.eq_ignore_ascii_case("data:image")
}

/// Settles a picture in SVG. Only filters and `use` may name a part of the same document, and only `use` may name
/// nothing.
fn settle_graphic(tag: &mut Tag, names: &[&str], hosts: &Hosts) -> bool {
    let is_picture = tag.name == "image";
    let may_stay = |address: &str| is_hosted(address, hosts) || (!is_picture && address.trim().starts_with('#'));
    let picture = names
        .iter()
        .map(|name| decoded(tag.attribute(name).unwrap_or_default()))
        .find(|address| !address.trim().is_empty());
    let stays = picture.map_or(tag.name == "use", |address| may_stay(&address));
    tag.attributes
        .retain(|(name, value)| !names.contains(&name.as_str()) || may_stay(&decoded(value)));
    stays
}

/// Returns whether a `source` stays: it is an alternative of the `img` beside it, which does not need it.
fn source_stays(tag: &Tag, hosts: &Hosts) -> bool {
    let address = |name: &str| decoded(tag.attribute(name).unwrap_or_default());
    let (srcset, src) = (address("srcset"), address("src"));
    let candidates = candidates(&srcset);
    !candidates.is_empty()
        && candidates.iter().all(|url| is_hosted(url, hosts))
        && (src.trim().is_empty() || is_hosted(&src, hosts))
}

/// Returns whether a declaration of inline style stays. A fragment names a part of the same document, not a picture.
pub(crate) fn background_image_stays(declaration: &str, hosts: &Hosts) -> bool {
    let addresses = css::addresses(declaration);
    addresses
        .iter()
        .all(|address| address.text.starts_with('#') || is_hosted(&address.text, hosts))
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

fn is_hosted(url: &str, hosts: &Hosts) -> bool {
    host(url).is_some_and(|host| hosts.contains(host))
}

/// Returns whether a URL leads to this host.
pub(crate) fn on_host(url: &str, name: &str) -> bool {
    host(url) == Some(name)
}

/// Returns what stands in the place of a URL's host. The hosts that are known are in lower case, without user and
/// port, as in the document's samples, and nothing else compares equal to them.
fn host(url: &str) -> Option<&str> {
    let url = url.trim();
    let rest = ["https://", "http://", "//"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme))?;
    rest.split(['/', '?', '#']).next()
}
