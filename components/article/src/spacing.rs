//! Spaces in text: between Chinese and Latin, and at the ends of lines.

use crate::html::Html;

/// The state of a line of text.
pub struct Spacing {
    /// True if a space goes between Chinese and Latin text.
    is_wanted: bool,
    /// The last character that was written.
    last: Option<char>,
}

impl Spacing {
    /// Starts, with or without spaces between Chinese and Latin text.
    pub const fn new(is_wanted: bool) -> Self {
        Self { is_wanted, last: None }
    }

    /// Begins another line of text.
    pub fn reset(&mut self) {
        self.last = None;
    }

    /// Writes text.
    pub fn write(&mut self, text: &str, html: &mut Html) {
        if !self.is_wanted {
            self.last = text.chars().next_back().or(self.last);
            html.text(text);
            return;
        }
        let mut start = 0;
        for (at, character) in text.char_indices() {
            if self.needs_space(character) {
                html.text(text.get(start..at).unwrap_or_default());
                html.raw(" ");
                start = at;
            }
            self.last = Some(character);
        }
        html.text(text.get(start..).unwrap_or_default());
    }

    /// Writes a space before something whose text begins with this character, if one is needed there.
    pub fn write_before(&mut self, first: Option<char>, html: &mut Html) {
        if self.is_wanted && first.is_some_and(|first| self.needs_space(first)) {
            html.raw(" ");
            self.last = Some(' ');
        }
    }

    /// Notes the last character of something that was written.
    pub fn note(&mut self, last: Option<char>) {
        self.last = last.or(self.last);
    }

    /// Writes the end of a line of the Markdown before text that begins with this character, and returns whether it is
    /// a space. Between Chinese characters it is nothing: a space would be seen.
    pub fn write_end_of_line(&mut self, next: Option<char>, html: &mut Html) -> bool {
        let joins = |character: Option<char>| character.is_some_and(is_wide);
        let is_space = !(joins(self.last) && joins(next));
        if is_space {
            html.raw(" ");
            self.last = Some(' ');
        }
        is_space
    }

    fn needs_space(&self, next: char) -> bool {
        let Some(last) = self.last else { return false };
        (is_chinese(last) && is_latin(next)) || (is_latin(last) && is_chinese(next))
    }
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '\u{C0}'..='\u{24F}')
}

/// Returns whether a character is Chinese.
pub fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Returns whether a character is as wide as a Chinese one, and has its space in itself.
pub fn is_wide(character: char) -> bool {
    is_chinese(character)
        || matches!(character, '\u{3000}'..='\u{30FF}' | '\u{FF01}'..='\u{FF60}' | '“' | '”' | '…' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(is_wanted: bool, texts: &[&str]) -> String {
        let mut html = Html::default();
        let mut spacing = Spacing::new(is_wanted);
        for text in texts {
            spacing.write(text, &mut html);
        }
        html.finish()
    }

    #[test]
    fn spaces_are_an_option() {
        let texts = ["用Rust写的", "3", "个程序，abc。è写 a"];
        assert_eq!(written(false, &texts), "用Rust写的3个程序，abc。è写 a");
        assert_eq!(written(true, &texts), "用 Rust 写的 3 个程序，abc。è 写 a");
    }

    #[test]
    fn the_end_of_a_line_is_nothing_between_chinese() {
        for (last, next, expected) in [
            ("写", '作', ""),
            ("，", '写', ""),
            ("a", '写', " "),
            ("写", 'a', " "),
            ("a", 'b', " "),
        ] {
            let mut html = Html::default();
            let mut spacing = Spacing::new(false);
            spacing.note(last.chars().next());
            spacing.write_end_of_line(Some(next), &mut html);
            assert_eq!(html.finish(), expected, "{last}{next}");
        }
    }
}
