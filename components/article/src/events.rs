//! The events of the Markdown, with a look at those to come.

use std::collections::VecDeque;
use std::ops::{Range, RangeInclusive};

use pulldown_cmark::{Event, OffsetIter, Options, Parser};

use crate::strong::{has_separators, without_separators};

/// An event, and its place in the Markdown.
pub type Located<'a> = (Event<'a>, Range<usize>);

/// Everything that has a meaning in an article. Formulas are read so that their characters are not taken for Markdown.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM);

/// The events of a text, or of a part of it.
pub struct Events<'a> {
    parser: Option<OffsetIter<'a>>,
    has_separators: bool,
    ahead: VecDeque<Located<'a>>,
}

impl<'a> Events<'a> {
    /// Reads Markdown. The events have no separators, and their places are those in the text that has them.
    pub fn of(markdown: &'a str) -> Self {
        Self {
            parser: Some(Parser::new_ext(markdown, OPTIONS).into_offset_iter()),
            has_separators: has_separators(markdown),
            ahead: VecDeque::new(),
        }
    }

    /// Repeats events.
    pub fn replay(events: Vec<Located<'a>>) -> Self {
        Self {
            parser: None,
            has_separators: false,
            ahead: events.into(),
        }
    }

    fn parse(&mut self) -> Option<Located<'a>> {
        let (event, range) = self.parser.as_mut()?.next()?;
        let event = if self.has_separators {
            without_separators(event)
        } else {
            event
        };
        Some((event, range))
    }

    /// Returns an event to come; 0 is the next.
    pub fn peek(&mut self, index: usize) -> Option<&Event<'a>> {
        self.peek_located(index).map(|(event, _)| event)
    }

    /// Takes events out that were looked at.
    pub fn remove(&mut self, range: RangeInclusive<usize>) {
        let range = *range.start()..(range.end() + 1).min(self.ahead.len());
        if range.start < range.end {
            self.ahead.drain(range);
        }
    }

    /// Puts an event before one that was looked at.
    pub fn insert(&mut self, index: usize, event: Located<'a>) {
        if index <= self.ahead.len() {
            self.ahead.insert(index, event);
        }
    }

    /// Takes the next event if it is like this.
    pub fn next_if(&mut self, is_wanted: impl FnOnce(&Event<'a>) -> bool) -> Option<Located<'a>> {
        self.peek(0).is_some_and(is_wanted).then(|| self.next()).flatten()
    }

    /// Returns an event to come with its place; 0 is the next.
    pub fn peek_located(&mut self, index: usize) -> Option<&Located<'a>> {
        while self.ahead.len() <= index {
            let event = self.parse()?;
            self.ahead.push_back(event);
        }
        self.ahead.get(index)
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Located<'a>;

    fn next(&mut self) -> Option<Located<'a>> {
        self.ahead.pop_front().or_else(|| self.parse())
    }
}
