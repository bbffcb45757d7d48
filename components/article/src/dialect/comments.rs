//! Comments of Obsidian's: `%%text%%`.

use std::ops::Range;

use super::Reader;

/// The sign of a comment.
#[derive(Clone, Copy)]
pub struct CommentSign {
    at: usize,
    /// The number of its block.
    block: usize,
}

impl Reader<'_, '_> {
    /// Finds the signs of comments.
    pub(super) fn find_comments(&mut self, segment: &Range<usize>) {
        let text = self.part(segment.clone());
        for (at, _) in text.match_indices("%%") {
            self.comments.push(CommentSign {
                at: segment.start + at,
                block: self.block,
            });
        }
    }

    /// Leaves out comments: between two signs of a block, or between one that begins a line and one that ends a line.
    pub(super) fn pair_comments(&mut self) {
        let signs = self.without_percentages();
        let mut signs = signs.into_iter().peekable();
        while let Some(open) = signs.next() {
            let before = self.part(0..open.at);
            let line = before.trim_end_matches([' ', '\t']);
            let begins_line = line.is_empty() || line.ends_with('\n');
            let ends_line = |at: usize| {
                let rest = self.part(at + 2..self.markdown.len()).trim_start_matches([' ', '\t']);
                rest.is_empty() || rest.starts_with('\n')
            };
            let close = signs.next_if(|close| close.block == open.block || (begins_line && ends_line(close.at)));
            let Some(close) = close else {
                self.tell(open.at, |texts| texts.comment_endless.as_str().to_owned());
                continue;
            };
            let mut end = close.at + 2;
            if begins_line {
                // Spaces that begin a line would make code of it.
                let rest = self.part(end..self.markdown.len());
                end += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            }
            let lines = self.part(open.at..end).matches('\n').count();
            self.tell(open.at, |texts| texts.comment_dropped.as_str().to_owned());
            self.edits.push((open.at..end, "\n".repeat(lines)));
        }
    }

    /// Takes the signs without those that end a number and are no comments: where they have no partners in their block,
    /// or none but each other.
    fn without_percentages(&mut self) -> Vec<CommentSign> {
        let signs = std::mem::take(&mut self.comments);
        let is_percentage = |sign: &CommentSign| self.part(0..sign.at).ends_with(|last: char| last.is_ascii_digit());
        let mut kept = Vec::new();
        for block in signs.chunk_by(|one, other| one.block == other.block) {
            let percentages = block.iter().filter(|sign| is_percentage(sign)).count();
            let are_comments = block.len().is_multiple_of(2) && percentages < block.len();
            let signs = block.iter().filter(|sign| are_comments || !is_percentage(sign));
            kept.extend(signs.copied());
        }
        kept
    }
}
