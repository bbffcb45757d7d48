//! The attributes of HTML: a look at each, and other values for them.

use std::borrow::Cow;
use std::ops::Range;

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// An attribute of an opening tag.
pub struct Attribute<'a> {
    /// The name of the tag, in small letters.
    pub tag: &'a str,
    /// The name of the attribute, in small letters.
    pub name: &'a str,
    /// Its value, with character references resolved.
    pub value: &'a str,
    /// The byte of the HTML that it begins at.
    pub start: usize,
    /// The byte that the tag begins at.
    pub tag_start: usize,
    /// The names and values of all attributes of the tag.
    pub siblings: &'a [(Cow<'a, str>, Cow<'a, str>)],
}

/// Writes other values for attributes: `change` returns the new one. Returns `None` if nothing changes.
pub fn replace(html: &str, change: impl Fn(&Attribute) -> Option<String>) -> Option<String> {
    let mut edits = Vec::new();
    visit(html, |attribute| {
        edits.extend(value_range(html, attribute.start).zip(change(attribute)));
    });
    (!edits.is_empty()).then(|| apply(html, edits))
}

/// Shows `look` each attribute: tag by tag in their order, and within a tag by the names.
pub fn visit(html: &str, mut look: impl FnMut(&Attribute)) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(Token::StartTag(tag)) = token else {
            continue;
        };
        let tag_name = String::from_utf8_lossy(&tag.name);
        let siblings = tag.attributes.iter();
        let siblings: Vec<_> = siblings
            .map(|(name, value)| (String::from_utf8_lossy(name), String::from_utf8_lossy(value)))
            .collect();
        for ((name, value), spanned) in siblings.iter().zip(tag.attributes.values()) {
            look(&Attribute {
                tag: &tag_name,
                name,
                value,
                start: spanned.span.start,
                tag_start: tag.span.start,
                siblings: &siblings,
            });
        }
    }
}

/// Returns the range of the value, with its quotes, of the attribute that begins here. One without a value has none.
fn value_range(html: &str, start: usize) -> Option<Range<usize>> {
    let attribute = html.get(start..)?;
    let name_ends = attribute.find(|end: char| end.is_ascii_whitespace() || "=/>".contains(end))?;
    // Another `=`, later, is that of another attribute.
    let value = attribute.get(name_ends..)?.trim_ascii_start().strip_prefix('=')?;
    let value = value.trim_ascii_start();
    let begin = html.len() - value.len();
    let length = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.find(quote)? + 2,
        _ => {
            let end = value.find(|end: char| end.is_ascii_whitespace() || end == '>');
            end.unwrap_or(value.len())
        }
    };
    Some(begin..begin + length)
}

/// Writes these values, in quotes, into their ranges.
fn apply(html: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut changed = String::with_capacity(html.len());
    let mut from = 0;
    for (Range { start, end }, value) in edits {
        changed.push_str(html.get(from..start).unwrap_or_default());
        changed.push('"');
        changed.push_str(&value.replace('&', "&amp;").replace('"', "&quot;"));
        changed.push('"');
        from = end;
    }
    changed.push_str(html.get(from..).unwrap_or_default());
    changed
}
