//! Marked text: `==text==`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Reader;
use crate::strong::OPENING;

/// Punctuation that ends something: no marked text begins before it. Names of files and commands begin with that of
/// ASCII.
const ENDING: &str = "”’）》〉」』】〕〗］｝)]}>，。、；：？！";

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
            let before = self.part(0..segment.start + start).chars().next_back();
            let after = self.part(segment.start + at..self.markdown.len()).chars().next();
            // Three are no mark.
            if at - start != 2 || before == Some('=') || is_of_program(before, after) {
                continue;
            }
            let touches = |character: Option<char>, others: &str| {
                character.is_some_and(|character| !character.is_whitespace() && !others.contains(character))
            };
            self.mark_signs.push(MarkSign {
                at: segment.start + start,
                block: self.block,
                element: self.elements.last().copied().unwrap_or(0),
                may_begin: touches(after, ENDING),
                may_end: touches(before, OPENING),
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
                self.tell_crossed(&mut open);
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
        self.tell_crossed(&mut open);
    }

    /// Tells of signs that are left in several elements of a block, and takes them away.
    fn tell_crossed(&mut self, open: &mut BTreeMap<usize, usize>) {
        if let (true, Some((_, begin))) = (open.len() > 1, open.pop_first()) {
            self.tell(begin, |texts| texts.mark_unread.as_str().to_owned());
        }
        open.clear();
    }
}

/// Returns whether the sign between two characters compares, or ends a word of Base64.
fn is_of_program(before: Option<char>, after: Option<char>) -> bool {
    let is_word = |character: char| character.is_ascii_alphanumeric();
    let is_quote = |character: char| matches!(character, '"' | '\'');
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    (is_quote(before) && is_quote(after))
        || ((is_word(before) || matches!(before, ')' | ']' | '_'))
            && (is_word(after) || "\"'(-,.;:?!/|&".contains(after)))
}
