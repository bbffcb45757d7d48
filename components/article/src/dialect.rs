//! What other programs write into Markdown: pictures of Obsidian and Typora, comments, marked text, amounts in dollars.
//!
//! The parser takes these for text, or for something else. They are found in its text, so that code is never touched,
//! and written anew in Markdown that it understands. The number of lines stays.

mod comments;
mod containers;
mod endless;
mod formulas;
mod links;
mod marks;
mod pictures;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::events::OPTIONS;
use crate::findings::{Findings, excerpt};
use crate::source::Lines;
use crate::strong::{self, SEPARATOR, unseparated};
use comments::CommentSign;
use formulas::Bracket;
use marks::MarkSign;

pub use containers::with_alerts;
pub use endless::without_endless;
pub use formulas::has_chinese;
pub use pictures::{is_picture, size_of_alternative};

/// The longest look for the end of a picture or a tag, in bytes. A path has at most 255 characters in most systems;
/// without a limit many beginnings would take quadratic time.
const LONGEST: usize = 512;

/// Markdown that the parser understands, and what it has no words for.
pub struct Translated<'a> {
    /// The Markdown.
    pub markdown: Cow<'a, str>,
    /// The declarations of pictures, by their places.
    pub widths: BTreeMap<usize, String>,
    /// The places of the signs around text that is marked: true at the beginning of such a text.
    pub marks: BTreeMap<usize, bool>,
}

impl Translated<'_> {
    /// Puts separators beside asterisks: after all else, as what stands beside them may be another sign now.
    fn separate(&mut self) {
        let places = strong::places(&self.markdown);
        if places.is_empty() {
            return;
        }
        let moved = |place: usize| place + SEPARATOR.len_utf8() * places.partition_point(|at| *at <= place);
        let marks = std::mem::take(&mut self.marks).into_iter();
        self.marks = marks.map(|(place, is_begin)| (moved(place), is_begin)).collect();
        let widths = std::mem::take(&mut self.widths).into_iter();
        self.widths = widths.map(|(place, width)| (moved(place), width)).collect();
        self.markdown = Cow::Owned(strong::separate(&self.markdown, &places));
    }

    /// Splits text that the parser has read at the signs around marked text. Each part has what the sign before it is.
    pub fn parts<'p>(&'p self, text: &'p str, range: &Range<usize>) -> Vec<(Option<bool>, Cow<'p, str>)> {
        let mut signs = self.marks.range(range.clone()).peekable();
        // The places are those of the Markdown, which has separators that the text has not.
        let source = self.markdown.get(range.clone()).unwrap_or_default();
        if signs.peek().is_none() || unseparated(source) != text {
            return vec![(None, Cow::Borrowed(text))];
        }
        let part = |from: usize, to: usize| unseparated(source.get(from..to).unwrap_or_default());
        let mut parts = Vec::new();
        let (mut start, mut sign) = (0, None);
        for (place, is_begin) in signs {
            let at = place - range.start;
            parts.push((sign, part(start, at)));
            (start, sign) = (at + "==".len(), Some(*is_begin));
        }
        parts.push((sign, part(start, source.len())));
        parts
    }

    /// Returns text that the parser has read without the signs around marked text.
    pub fn plain(&self, text: &str, range: &Range<usize>) -> String {
        self.parts(text, range).into_iter().map(|(_, part)| part).collect()
    }
}

/// Translates Markdown, and puts separators into it (see [`strong`]).
pub fn translate<'a>(markdown: &'a str, lines: &Lines, findings: &mut Findings) -> Translated<'a> {
    let mut translated = Translated {
        markdown: Cow::Borrowed(markdown),
        widths: BTreeMap::new(),
        marks: BTreeMap::new(),
    };
    let signs = ["%%", "==", "[[", "![", "^[", "~", "$", "{", "[t", "[T", "\\(", "\\["];
    if signs.iter().any(|sign| markdown.contains(sign)) {
        read(markdown, lines, findings, &mut translated);
    }
    translated.separate();
    translated
}

fn read(markdown: &str, lines: &Lines, findings: &mut Findings, translated: &mut Translated) {
    let mut reader = Reader {
        markdown,
        lines,
        findings,
        edits: Vec::new(),
        widths: Vec::new(),
        marks: Vec::new(),
        mark_signs: Vec::new(),
        comments: Vec::new(),
        brackets: Vec::new(),
        segment: 0..0,
        block: 0,
        elements: Vec::new(),
        elements_so_far: 0,
        closed: None,
    };
    reader.read();
    reader.pair_marks();
    reader.pair_comments();
    reader.pair_brackets();
    reader.apply(translated);
}

struct Reader<'r, 'f> {
    markdown: &'r str,
    lines: &'r Lines,
    findings: &'f mut Findings,
    /// What is written in place of parts of the Markdown.
    edits: Vec<(Range<usize>, String)>,
    widths: Vec<(usize, String)>,
    /// The places of the two signs around each marked text.
    marks: Vec<(usize, usize)>,
    mark_signs: Vec<MarkSign>,
    comments: Vec<CommentSign>,
    brackets: Vec<Bracket>,
    /// Text that is read, without markup in it.
    segment: Range<usize>,
    /// The number of the block.
    block: usize,
    /// The numbers of the elements that are open, the innermost last.
    elements: Vec<usize>,
    elements_so_far: usize,
    /// The outermost open element whose text is not looked at.
    closed: Option<usize>,
}

impl<'r> Reader<'r, '_> {
    fn read(&mut self) {
        for (event, range) in Parser::new_ext(self.markdown, OPTIONS).into_offset_iter() {
            if let Event::Text(text) = &event {
                if self.closed.is_none() {
                    self.text(text, range);
                }
                continue;
            }
            self.end_segment();
            match &event {
                Event::Start(tag) => self.open(tag),
                Event::End(_) => self.close(),
                _ => {}
            }
            match event {
                Event::Start(Tag::Paragraph) => {
                    self.block += 1;
                    self.contents(range);
                }
                Event::Start(Tag::Heading { .. } | Tag::Item | Tag::TableCell) => self.block += 1,
                Event::End(TagEnd::Heading(_)) => self.heading_id(&range),
                Event::Start(Tag::Strikethrough) if !self.part(range.clone()).starts_with("~~") => {
                    self.escape(&range);
                }
                Event::InlineMath(formula) if !self.is_formula(&formula, &range) => {
                    self.escape(&range);
                    // What is between the dollars is text.
                    if !formula.contains('`') {
                        self.segment = range.start + 1..range.end.saturating_sub(1);
                    }
                }
                _ => {}
            }
        }
        self.end_segment();
    }

    fn open(&mut self, tag: &Tag) {
        self.elements_so_far += 1;
        self.elements.push(self.elements_so_far);
        if self.closed.is_none() && is_closed(tag) {
            self.closed = Some(self.elements_so_far);
        }
    }

    fn close(&mut self) {
        if self.elements.pop() == self.closed {
            self.closed = None;
        }
    }

    fn part(&self, range: Range<usize>) -> &'r str {
        self.markdown.get(range).unwrap_or_default()
    }

    /// Adds text to the segment.
    fn text(&mut self, text: &str, range: Range<usize>) {
        // A reference of a character.
        if self.part(range.clone()) != text {
            return self.end_segment();
        }
        // In a table a bar has a backslash before it.
        let is_bar = text.starts_with('|') && self.part(self.segment.end..range.start) == "\\";
        if range.start != self.segment.end && !is_bar {
            self.end_segment();
            // A sign after a backslash is no sign.
            let is_escaped = self.part(0..range.start).ends_with('\\') && text.starts_with(is_punctuation);
            let start = range.start + usize::from(is_escaped);
            self.segment = start..start;
            if is_escaped {
                self.note_bracket(range.start - 1, text.chars().next());
            }
        }
        self.segment.end = range.end;
    }

    fn end_segment(&mut self) {
        let segment = std::mem::replace(&mut self.segment, 0..0);
        if segment.is_empty() {
            return;
        }
        self.pictures(&segment);
        self.links(&segment);
        self.tags(&segment);
        self.find_marks(&segment);
        self.find_comments(&segment);
    }

    fn tell(&mut self, at: usize, message: impl FnOnce(&crate::texts::Findings) -> String) {
        self.findings.add(self.lines.line(at), message);
    }

    /// Puts backslashes before the first and the last character of a range.
    fn escape(&mut self, range: &Range<usize>) {
        for at in [range.start, range.end.saturating_sub(1)] {
            self.edits.push((at..at, "\\".to_owned()));
        }
    }

    /// Leaves out a paragraph that stands for a table of contents.
    fn contents(&mut self, range: Range<usize>) {
        let text = self.part(range.clone()).trim();
        if ["[toc]", "[[toc]]", "[[_toc_]]"]
            .iter()
            .any(|known| text.eq_ignore_ascii_case(known))
        {
            self.tell(range.start, |texts| texts.contents_dropped.with([&text]));
            self.edits.push((range.start..range.start + text.len(), String::new()));
        }
    }

    /// Leaves out the name of a heading at its end.
    fn heading_id(&mut self, range: &Range<usize>) {
        let text = self.part(range.clone()).trim_end().trim_end_matches('#').trim_end();
        let Some(at) = text.rfind("{#").filter(|_| text.ends_with('}')) else {
            return;
        };
        let inner = text.get(at..text.len() - 1).unwrap_or_default();
        let is_alone = !inner.contains(['}', '`', '\n']) && !text.get(..at).unwrap_or_default().ends_with('\\');
        if is_alone {
            self.edits
                .push((range.start + at..range.start + text.len(), String::new()));
        }
    }

    /// Finds tags of programs that make pages, and notes in the text.
    fn tags(&mut self, segment: &Range<usize>) {
        let text = self.part(segment.clone());
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find(['{', '^'])) {
            let start = at + found;
            let rest = beginning(text.get(start..).unwrap_or_default());
            at = start + 1;
            let end = match rest {
                _ if rest.starts_with("{%") => "%}",
                _ if rest.starts_with("{{<") || rest.starts_with("{{%") => "}}",
                _ if rest.starts_with("^[") => "]",
                _ => continue,
            };
            let length = rest.find(end).filter(|length| {
                let (before, after) = (text.get(..start), rest.get(length + end.len()..));
                // The class of a regular expression is no note.
                end != "]"
                    || !(before.is_some_and(|before| before.ends_with('['))
                        || after.is_some_and(|after| after.starts_with(['+', '*', '?', '$', '{', ']'])))
            });
            if let Some(length) = length {
                let tag = excerpt(rest.get(..length + end.len()).unwrap_or_default());
                self.tell(segment.start + start, |texts| texts.tag_unread.with([&tag]));
                at = start + length;
            }
        }
    }

    /// Writes the Markdown anew. An edit inside another is none.
    fn apply(mut self, translated: &mut Translated) {
        self.edits
            .sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut markdown = String::with_capacity(self.markdown.len());
        let mut moved = Moved::default();
        let mut at = 0;
        for (range, text) in &self.edits {
            if range.start < at {
                continue;
            }
            markdown.push_str(self.part(at..range.start));
            let place = markdown.len();
            markdown.push_str(text);
            moved.0.push((range.clone(), place..markdown.len()));
            at = range.end;
        }
        if !self.edits.is_empty() {
            markdown.push_str(self.part(at..self.markdown.len()));
            translated.markdown = Cow::Owned(markdown);
        }
        let widths = self.widths.into_iter();
        translated.widths = widths
            .filter_map(|(at, width)| Some((moved.place(at)?, width)))
            .collect();
        for (begin, end) in self.marks {
            if let (Some(begin), Some(end)) = (moved.place(begin), moved.place(end)) {
                translated.marks.extend([(begin, true), (end, false)]);
            }
        }
    }
}

/// The edits of a text: what they took the place of, and where they are.
#[derive(Default)]
struct Moved(Vec<(Range<usize>, Range<usize>)>);

impl Moved {
    /// Returns the new place of a place, if it is in no edit.
    fn place(&self, at: usize) -> Option<usize> {
        let index = self.0.partition_point(|(old, _)| old.start <= at);
        let Some((old, new)) = index.checked_sub(1).and_then(|index| self.0.get(index)) else {
            return Some(at);
        };
        if old.end <= at {
            return Some(new.end + at - old.end);
        }
        (old.start == at).then_some(new.start)
    }
}

/// Returns whether the text of an element is not looked at: code, HTML, and what is an address, or a label by which the
/// element is known.
fn is_closed(tag: &Tag) -> bool {
    match tag {
        Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } => true,
        Tag::Link { link_type, .. } => !matches!(link_type, LinkType::Inline | LinkType::Reference),
        _ => false,
    }
}

fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
}

/// Splits what is between double brackets at its bar, which has a backslash before it in a table.
fn split_at_bar(inner: &str) -> Option<(&str, &str)> {
    let (before, after) = inner.split_once('|')?;
    Some((before.strip_suffix('\\').unwrap_or(before), after))
}

/// Returns as much of a text as is looked at.
fn beginning(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}
