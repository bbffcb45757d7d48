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
        // After a letter it is in the name of a program.
        let is_name = self.part(0..at).ends_with(|last: char| last.is_ascii_alphanumeric());
        if let Some(sign @ ('(' | ')' | '[' | ']')) = sign
            && !(is_name && matches!(sign, '(' | '['))
        {
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
    let is_sign = |(at, sign): (usize, &str)| {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        match sign {
            // Commands of regular expressions have one letter.
            "\\" => after.bytes().skip(1).take_while(u8::is_ascii_alphabetic).count() > 1,
            "^" => true,
            // Names of programs have more letters before these.
            _ => is_short(before.trim_end()),
        }
    };
    let has_sign = text.match_indices(['\\', '^', '_', '=']).any(is_sign);
    (is_letter || has_sign) && !text.contains('$') && !has_chinese(text)
}

/// Returns whether text ends with a variable of one letter, a number or a bracket.
fn is_short(text: &str) -> bool {
    let mut characters = text.chars().rev();
    let is_end = characters
        .next()
        .is_some_and(|last| last.is_alphanumeric() || matches!(last, ')' | '}' | ']'));
    is_end
        && !characters
            .next()
            .is_some_and(|next| next.is_alphanumeric() || next == '_')
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
