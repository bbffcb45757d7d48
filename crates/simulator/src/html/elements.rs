//! The elements that are open at a place of a document, as far as the filter needs them: it drops elements with their
//! end tags, and some with all the tags inside.

use std::collections::BTreeMap;

use super::scanner::TEXT;

/// Elements without content and end tag.
pub(super) const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

/// Elements that end an open paragraph.
const ENDS_PARAGRAPH: [&str; 29] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Elements that end an open one of this name.
const ENDS: [(&str, &[&str]); 8] = [
    ("p", &ENDS_PARAGRAPH),
    ("li", &["li"]),
    ("dt", &["dt", "dd"]),
    ("dd", &["dt", "dd"]),
    ("td", &["td", "th", "tr"]),
    ("th", &["td", "th", "tr"]),
    ("tr", &["tr"]),
    ("option", &["option", "optgroup"]),
];

/// What becomes of an element's tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// They stay.
    Kept,
    /// They go, and the content stays.
    Unwrapped,
    /// They go, and of the content only the text stays.
    Flattened,
}

/// The open elements, the innermost last.
#[derive(Debug, Default)]
pub(crate) struct Elements {
    open: Vec<(String, Fate)>,
    counts: BTreeMap<String, usize>,
    flattened: usize,
    foreign: usize,
}

impl Elements {
    /// Returns whether only text stays here.
    pub(crate) fn is_flat(&self) -> bool {
        self.flattened > 0
    }

    /// Returns whether HTML can be written here: not inside SVG or MathML, and not where tags are read as text.
    pub(crate) fn allows_html(&self) -> bool {
        let is_open = |name: &&str| self.counts.get(*name).is_some_and(|count| *count > 0);
        self.foreign == 0 && !TEXT.iter().any(is_open)
    }

    /// Notes that a start tag comes next: some elements end without an end tag.
    pub(crate) fn before(&mut self, name: &str) {
        while let Some((last, _)) = self.open.last()
            && ENDS
                .iter()
                .any(|(open, next)| *open == last.as_str() && next.contains(&name))
        {
            self.pop();
        }
    }

    /// Notes a start tag. The slash of `<path/>` ends elements of SVG and MathML only.
    pub(crate) fn push(&mut self, name: &str, slash: bool, fate: Fate) {
        let is_foreign = matches!(name, "svg" | "math");
        if VOID.contains(&name) || (slash && (is_foreign || self.foreign > 0)) {
            return;
        }
        self.foreign += usize::from(is_foreign);
        self.flattened += usize::from(fate == Fate::Flattened);
        *self.counts.entry(name.to_owned()).or_default() += 1;
        self.open.push((name.to_owned(), fate));
    }

    /// Notes an end tag, and returns what becomes of its element; `None` if no such element is open.
    pub(crate) fn end(&mut self, name: &str) -> Option<Fate> {
        if self.counts.get(name).copied().unwrap_or_default() == 0 {
            return None;
        }
        while let Some((ended, fate)) = self.pop() {
            if ended == name {
                return Some(fate);
            }
        }
        None
    }

    fn pop(&mut self) -> Option<(String, Fate)> {
        let (name, fate) = self.open.pop()?;
        self.foreign -= usize::from(matches!(name.as_str(), "svg" | "math"));
        self.flattened -= usize::from(fate == Fate::Flattened);
        if let Some(count) = self.counts.get_mut(&name) {
            *count -= 1;
        }
        Some((name, fate))
    }
}
