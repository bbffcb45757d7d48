//! The Markdown: its ends of lines, and the numbers of its lines.

use std::borrow::Cow;

/// Returns the Markdown without a byte-order mark, and with `\n` alone at the ends of its lines. Their number stays.
pub fn normalize(markdown: &str) -> Cow<'_, str> {
    let markdown = markdown.strip_prefix('\u{FEFF}').unwrap_or(markdown);
    if !markdown.contains('\r') {
        return Cow::Borrowed(markdown);
    }
    Cow::Owned(markdown.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The positions of the ends of lines, and the number of lines before the text.
pub struct Lines(Vec<usize>, usize);

impl Lines {
    /// Finds the lines of a text.
    pub fn of(text: &str) -> Self {
        Self::after("", text)
    }

    /// Finds the lines of a text that comes after another.
    pub fn after(first: &str, text: &str) -> Self {
        Self(ends_of_lines(text), first.matches('\n').count())
    }

    /// Finds the lines of a text that begins in this line.
    pub fn from_line(line: u32, text: &str) -> Self {
        Self(
            ends_of_lines(text),
            usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1),
        )
    }

    /// Returns the line of a position, counted from 1.
    pub fn line(&self, position: usize) -> u32 {
        let before = self.1.saturating_add(self.0.partition_point(|end| *end < position));
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }
}

fn ends_of_lines(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_of_a_line_counts_once() {
        assert_eq!(normalize("\u{FEFF}a\r\nb\rc\nd"), "a\nb\nc\nd");
        let lines = Lines::of("a\nb\n\nc");
        let found = [0, 1, 2, 3, 4, 5, 9].map(|position| lines.line(position));
        assert_eq!(found, [1, 1, 2, 2, 3, 4, 4]);
        assert_eq!(Lines::after("a\nb\n", "c\nd").line(2), 4);
        assert_eq!(Lines::from_line(3, "c\nd").line(2), 4);
    }
}
