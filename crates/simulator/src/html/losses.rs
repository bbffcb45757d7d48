//! What the filter takes out of an article, as a list and as marks in the text, for people who look at it.

use std::collections::BTreeMap;

use super::address::is_placeholder;
use super::css;
use super::elements::{Fate, VOID};
use super::entity::decoded;
use super::scanner::Tag;

/// Losses that are listed and marked. Nobody reads more of them, and a megabyte of HTML may have 100,000.
const LISTED: usize = 200;

/// Characters of an attribute or a declaration in the list: a `data:` URI may have a megabyte.
const EXCERPT: usize = 120;

/// Attributes with the address by which people recognise an element, in the order in which they count. They are those
/// of pictures that load late, links, pictures in SVG, alternatives of a picture, and plug-ins.
const ADDRESSES: [&str; 6] = ["src", "data-src", "href", "xlink:href", "srcset", "data"];

/// The element of a mark. No element of HTML has this name, so no style of an article is meant for it.
pub(crate) const MARK: &str = "simulator-mark";

/// Kind of a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LossKind {
    /// An element, with its content if it has any.
    Element,
    /// The tags of an element; its content stays.
    Tags,
    /// The tags of an element and all tags inside; the text stays.
    TagsInside,
    /// An attribute.
    Attribute,
    /// A declaration of inline style.
    Declaration,
}

/// Something that the filter took out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Loss {
    pub(crate) kind: LossKind,
    /// Name of the element that it was, or that it was in.
    pub(crate) element: String,
    /// The attribute or declaration as it was written, perhaps cut. For an element, the attribute with its address;
    /// empty if it has none.
    pub(crate) detail: String,
}

/// The losses of an article in the order of its text.
#[derive(Debug, Default)]
pub(crate) struct Losses {
    /// The first ones.
    pub(crate) listed: Vec<Loss>,
    /// The number of all.
    pub(crate) total: usize,
    /// How many of the listed ones have their mark in the text.
    marked: usize,
}

impl Losses {
    /// Notes an element that goes with its content, if it has any.
    pub(super) fn element(&mut self, sent: &Tag) {
        self.add(LossKind::Element, &sent.name, &address(sent));
    }

    /// Notes what a start tag loses. `kept` is the tag as the filter leaves it.
    pub(super) fn tag(&mut self, sent: &Tag, kept: &Tag, fate: Fate) {
        match fate {
            Fate::Unwrapped if VOID.contains(&sent.name.as_str()) => self.element(sent),
            Fate::Unwrapped => self.add(LossKind::Tags, &sent.name, &address(sent)),
            Fate::Flattened => self.add(LossKind::TagsInside, &sent.name, &address(sent)),
            Fate::Kept => {
                // A megabyte of HTML may be one tag.
                let kept: BTreeMap<&str, &str> = { kept.attributes.iter() }
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                for (name, value) in &sent.attributes {
                    match kept.get(name.as_str()) {
                        // The picture of a page that loads late is where other pictures are.
                        None if name == "data-src" && kept.get("src") == Some(&value.as_str()) => {}
                        None => {
                            self.add(LossKind::Attribute, &sent.name, &format!("{name}={value}"));
                        }
                        Some(left) if name == "style" => self.declarations(&sent.name, value, left),
                        _ => {}
                    }
                }
            }
        }
    }

    /// Writes the marks that are still to be written.
    pub(super) fn write_marks(&mut self, out: &mut String) {
        let waiting = self.listed.iter().enumerate().skip(self.marked);
        for (index, loss) in waiting {
            let name = loss.element.replace('&', "&amp;").replace('<', "&lt;");
            out.push_str(&format!("<{MARK}>{} {name}</{MARK}>", index + 1));
        }
        self.marked = self.listed.len();
    }

    /// Returns whether marks are still to be written.
    pub(super) fn are_waiting(&self) -> bool {
        self.marked < self.listed.len()
    }

    fn declarations(&mut self, element: &str, sent: &str, left: &str) {
        let (sent, left) = (decoded(sent), decoded(left));
        let mut left = css::declarations(&left).into_iter().peekable();
        for declaration in css::declarations(&sent) {
            if left.next_if(|next| next.trim() == declaration.trim()).is_none() && !declaration.trim().is_empty() {
                self.add(LossKind::Declaration, element, declaration.trim());
            }
        }
    }

    fn add(&mut self, kind: LossKind, element: &str, detail: &str) {
        self.total += 1;
        if self.listed.len() < LISTED {
            self.listed.push(Loss {
                kind,
                element: excerpt(element),
                detail: excerpt(detail),
            });
        }
    }
}

/// Returns the attribute with the address of an element; empty if it has none. A placeholder counts only if nothing else
/// is there.
fn address(tag: &Tag) -> String {
    let written = ADDRESSES.iter().filter_map(|name| Some((name, tag.attribute(name)?)));
    let mut written = written.filter(|(_, value)| !value.trim().is_empty());
    let real = written.clone().find(|(_, value)| !is_placeholder(value));
    let found = real.or_else(|| written.next());
    found.map_or_else(String::new, |(name, value)| format!("{name}={value}"))
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
