//! Other values for the attributes of an HTML, which stays as it is otherwise.

use std::ops::Range;

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Writes other values for attributes: `change` gets the tag, the attribute and its value, and returns the new one.
/// Returns `None` if nothing changes.
pub fn replace(html: &str, change: impl Fn(&str, &str, &str) -> Option<String>) -> Option<String> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut edits = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(Token::StartTag(tag)) = token else {
            continue;
        };
        let name = String::from_utf8_lossy(&tag.name);
        for (attribute, value) in &tag.attributes {
            let attribute = String::from_utf8_lossy(attribute);
            let new = change(&name, &attribute, &String::from_utf8_lossy(value));
            let range = value_range(html, value.span.start);
            edits.extend(range.zip(new));
        }
    }
    (!edits.is_empty()).then(|| apply(html, edits))
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
