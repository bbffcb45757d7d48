//! Marked text: `==text==`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Reader;
use crate::strong::SEPARATOR;

/// Two signs of equality, which may begin or end marked text.
pub struct MarkSign {
    at: usize,
    /// The number of its block.
    block: usize,
    /// The number of the innermost element around it.
    element: usize,
    may_begin: bool,
    may_end: bool,
}

impl Reader<'_, '_> {
    /// Finds the signs around marked text.
    pub(super) fn find_marks(&mut self, segment: &Range<usize>) {
        let text = self.part(segment.clone());
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find("==")) {
            let start = at + found;
            let rest = text.get(start..).unwrap_or_default();
            at = start + rest.len() - rest.trim_start_matches('=').len();
            // Separators stand beside other signs only.
            let before = self.part(0..segment.start + start).trim_end_matches(SEPARATOR);
            let after = self
                .part(segment.start + at..self.markdown.len())
                .trim_start_matches(SEPARATOR);
            let (before, after) = (before.chars().next_back(), after.chars().next());
            let is_word =
                |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
            // Three are no mark, and those between words are of a program.
            if at - start != 2 || before == Some('=') || (is_word(before) && is_word(after)) {
                continue;
            }
            let touches = |character: Option<char>| character.is_some_and(|character| !character.is_whitespace());
            self.mark_signs.push(MarkSign {
                at: segment.start + start,
                block: self.block,
                element: self.elements.last().copied().unwrap_or(0),
                may_begin: touches(after),
                may_end: touches(before),
            });
        }
    }

    /// Finds the marked texts: each between two signs in the same element, with whole elements between them.
    pub(super) fn pair_marks(&mut self) {
        // The signs that may begin a text, by the element around them.
        let mut open = BTreeMap::new();
        let mut block = 0;
        for sign in std::mem::take(&mut self.mark_signs) {
            if sign.block != block {
                open.clear();
                block = sign.block;
            }
            let begin = if sign.may_end { open.remove(&sign.element) } else { None };
            if let Some(begin) = begin {
                self.marks.push((begin, sign.at));
            } else if sign.may_begin {
                open.entry(sign.element).or_insert(sign.at);
            } else if sign.may_end
                && let Some((_, begin)) = open.pop_last()
            {
                self.tell(begin, |texts| texts.mark_unread.as_str().to_owned());
            }
        }
    }
}
