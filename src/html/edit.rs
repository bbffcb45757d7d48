//! Changes of a text: parts of it are replaced, and everything else stays.

use std::borrow::Cow;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::decode;

/// A part of a text that can be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    range: Range<usize>,
    /// The text that comes before and after the new one.
    around: (&'static str, &'static str),
}

/// A part of a text with the text that replaces it.
pub struct Edit<'a> {
    place: Place,
    text: Cow<'a, str>,
}

impl Place {
    /// Makes a place at this range. A new text gets the others before and after it.
    pub fn new(range: Range<usize>, before: &'static str, after: &'static str) -> Self {
        Self {
            range,
            around: (before, after),
        }
    }

    /// Puts a text there.
    pub fn edit<'a>(&self, text: Cow<'a, str>) -> Edit<'a> {
        Edit {
            place: self.clone(),
            text,
        }
    }
}

/// Returns a text that means itself in an attribute: if a reader took a part of it for a character reference, each `&`
/// is replaced.
pub fn in_attribute(text: String, ampersand: &str) -> String {
    if decode(&text) == text {
        return text;
    }
    text.replace('&', ampersand)
}

/// Applies the edits, which do not overlap.
pub fn apply(html: &str, edits: &[Edit<'_>]) -> String {
    // A heap sorts in less code than a sort. The index keeps edits of one place in their order.
    let starts = edits.iter().map(|edit| edit.place.range.start);
    let order: Vec<(usize, usize)> = starts.zip(0..).collect();
    let mut written = String::with_capacity(html.len());
    let mut copied = 0;
    for (_, index) in BinaryHeap::from(order).into_sorted_vec() {
        let Some(Edit { place, text }) = edits.get(index) else {
            continue;
        };
        let (before, after) = place.around;
        written += html.get(copied..place.range.start).unwrap_or_default();
        if ends_in_open_reference(&written) {
            written.push(';');
        }
        written += before;
        written += text;
        written += after;
        copied = place.range.end;
    }
    written += html.get(copied..).unwrap_or_default();
    written
}

/// Returns whether a text ends in a character reference without a semicolon, which would take what comes after it for a
/// part of itself. The longest such reference has fewer bytes than this.
fn ends_in_open_reference(text: &str) -> bool {
    const LONGEST: usize = 16;
    let bytes = text.as_bytes();
    let end = bytes.get(bytes.len().saturating_sub(LONGEST)..).unwrap_or_default();
    let Some(start) = end.iter().rposition(|&byte| byte == b'&') else {
        return false;
    };
    let reference = end.get(start..).unwrap_or_default();
    let is_one = { reference.iter().skip(1) }.all(|&byte| byte.is_ascii_alphanumeric() || byte == b'#');
    is_one && str::from_utf8(reference).is_ok_and(|reference| decode(reference) != reference)
}
