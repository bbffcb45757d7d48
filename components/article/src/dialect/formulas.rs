//! Formulas: dollars that are none, and the brackets of TeX.

use std::ops::Range;

use super::Reader;
use crate::spacing::is_chinese;

/// A bracket after a backslash.
pub struct Bracket {
    /// The place of the backslash.
    at: usize,
    sign: char,
    /// The number of its block.
    block: usize,
}

impl Reader<'_, '_> {
    /// Notes a sign after a backslash, if it is a bracket that begins or ends a formula of TeX.
    pub(super) fn note_bracket(&mut self, at: usize, sign: Option<char>) {
        if let Some(sign @ ('(' | ')' | '[' | ']')) = sign {
            self.brackets.push(Bracket {
                at,
                sign,
                block: self.block,
            });
        }
    }

    /// Writes dollars in place of the brackets of TeX, `\(…\)` and `\[…\]`, in which chat programs answer. For the
    /// parser they are plain brackets.
    pub(super) fn pair_brackets(&mut self) {
        let brackets = std::mem::take(&mut self.brackets);
        let mut brackets = brackets.into_iter().peekable();
        while let Some(open) = brackets.next() {
            let (end, dollars) = match open.sign {
                '(' => (')', "$"),
                '[' => (']', "$$"),
                _ => continue,
            };
            let Some(close) = brackets.next_if(|close| close.sign == end && close.block == open.block) else {
                continue;
            };
            let inner = self.part(open.at + 2..close.at);
            // A single dollar has no blank beside it in a formula.
            let formula = if end == ')' {
                inner.trim_matches([' ', '\t'])
            } else {
                inner
            };
            if is_tex(formula.trim(), end == ')') && (end == ']' || formula.trim() == formula) {
                self.edits
                    .push((open.at..close.at + 2, format!("{dollars}{formula}{dollars}")));
            }
        }
    }

    /// Returns whether text between two dollars is a formula, and not text between two amounts or names.
    pub(super) fn is_formula(&self, formula: &str, range: &Range<usize>) -> bool {
        let next = self.markdown.as_bytes().get(range.end);
        !next.is_some_and(u8::is_ascii_digit) && !has_chinese(formula)
    }
}

/// Returns whether text between brackets is a formula: it has a sign of TeX, or is one letter where that is enough.
fn is_tex(text: &str, is_letter_enough: bool) -> bool {
    let is_letter = is_letter_enough && text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let has_command = text
        .match_indices('\\')
        .any(|(at, _)| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphabetic));
    let has_sign = text
        .match_indices(['_', '^', '='])
        .any(|(at, _)| !text.get(..at).unwrap_or_default().ends_with('\\'));
    (is_letter || has_command || has_sign) && !text.contains('$') && !has_chinese(text)
}

/// Returns whether a formula has a Chinese character outside of `\text{…}`.
pub fn has_chinese(formula: &str) -> bool {
    let is_wide = |character: char| {
        is_chinese(character) || matches!(character, '\u{3000}'..='\u{30FF}' | '\u{FF01}'..='\u{FF60}')
    };
    let mut depth = 0_usize;
    let mut rest = formula;
    while let Some(character) = rest.chars().next() {
        if depth == 0
            && let Some(text) = rest.strip_prefix("\\text")
        {
            // Of this family, too: \textbf, \textrm.
            let text = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
            if let Some(inner) = text.strip_prefix('{') {
                depth = 1;
                rest = inner;
                continue;
            }
        }
        match character {
            '{' if depth > 0 => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_wide(character) => return true,
            _ => {}
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    false
}
