//! What other programs write into Markdown: pictures of Obsidian and Typora, comments, marks, amounts in dollars.
//!
//! The parser takes these for text, or for something else. They are found in its text, so that code is never touched,
//! and written anew in Markdown that it understands. The number of lines stays.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::events::OPTIONS;
use crate::findings::{Findings, excerpt};
use crate::source::Lines;
use crate::spacing::is_chinese;

/// The longest look for the end of a picture or a tag, in bytes. A path has at most 255 characters in most systems;
/// without a limit many beginnings would take quadratic time.
const LONGEST: usize = 512;

/// The ends of names of pictures.
const PICTURES: [&str; 11] = [
    "avif", "bmp", "gif", "heic", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
];

/// The most scripts without an end tag that are looked for: each is found by another reading of the Markdown.
const MOST_SCRIPTS: usize = 8;

/// Leaves out the tags of scripts and styles that begin a line and have no end tag: for the parser all that follows is
/// in them. A sentence about Vue begins so.
pub fn without_endless_scripts<'a>(markdown: &'a str, before: &str, findings: &mut Findings) -> Cow<'a, str> {
    let mut markdown = Cow::Borrowed(markdown);
    for _ in 0..MOST_SCRIPTS {
        let Some((tag, name)) = endless_script(&markdown) else {
            break;
        };
        let line = Lines::after(before, &markdown).line(tag.start);
        findings.add(line, |texts| texts.element_endless.with([&name]));
        markdown.to_mut().replace_range(tag, "");
    }
    markdown
}

/// Finds a tag of a script or a style that has no end tag, with the blanks after it, and its name.
fn endless_script(markdown: &str) -> Option<(Range<usize>, &'static str)> {
    const NAMES: [(&str, &str); 2] = [("<script", "</script"), ("<style", "</style")];
    let begins = |text: &str, start: &str| {
        text.get(..start.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(start))
    };
    if !markdown.match_indices('<').any(|(at, _)| {
        let rest = markdown.get(at..).unwrap_or_default();
        NAMES.iter().any(|(start, _)| begins(rest, start))
    }) {
        return None;
    }
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        let block = markdown.get(range.clone()).unwrap_or_default();
        if !matches!(event, Event::Start(Tag::HtmlBlock)) {
            continue;
        }
        let tag = block.trim_start_matches(' ');
        let Some((start, end)) = NAMES.iter().find(|(start, _)| begins(tag, start)) else {
            continue;
        };
        let has_end = block
            .match_indices("</")
            .any(|(at, _)| begins(block.get(at..).unwrap_or_default(), end));
        // Of another element, such as one with a longer name.
        if has_end || !tag.get(start.len()..)?.starts_with([' ', '\t', '\n', '>']) {
            continue;
        }
        let begin = range.start + block.len() - tag.len();
        let line = tag.split('\n').next().unwrap_or_default();
        let length = line.find('>').map_or(line.len(), |at| at + 1);
        let rest = line.get(length..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        return Some((begin..begin + length + blanks, start.get(1..)?));
    }
    None
}

/// Markdown that the parser understands, and what it has no words for.
pub struct Translated<'a> {
    /// The Markdown.
    pub markdown: Cow<'a, str>,
    /// The declarations of pictures, by their places.
    pub widths: BTreeMap<usize, String>,
    /// The places of the signs around text that is marked: true at the beginning of such a text.
    pub marks: BTreeMap<usize, bool>,
}

/// Translates Markdown.
pub fn translate<'a>(markdown: &'a str, lines: &Lines, findings: &mut Findings) -> Translated<'a> {
    let mut translated = Translated {
        markdown: Cow::Borrowed(markdown),
        widths: BTreeMap::new(),
        marks: BTreeMap::new(),
    };
    let signs = ["%%", "==", "![", "~", "$", "{", "[t", "[T", "[_"];
    if !signs.iter().any(|sign| markdown.contains(sign)) {
        return translated;
    }
    let mut reader = Reader {
        markdown,
        lines,
        findings,
        edits: Vec::new(),
        widths: Vec::new(),
        marks: Vec::new(),
        comments: Vec::new(),
        open_mark: None,
        segment: 0..0,
        block: 0,
        closed: 0,
    };
    reader.read();
    reader.pair_comments();
    reader.apply(&mut translated);
    translated
}

/// The sign of a comment.
struct CommentSign {
    at: usize,
    /// The number of its block.
    block: usize,
}

struct Reader<'r, 'f> {
    markdown: &'r str,
    lines: &'r Lines,
    findings: &'f mut Findings,
    /// What is written in place of parts of the Markdown.
    edits: Vec<(Range<usize>, String)>,
    widths: Vec<(usize, String)>,
    marks: Vec<(usize, bool)>,
    comments: Vec<CommentSign>,
    /// A sign of marked text that has no other in its own part of the line, and its block.
    open_mark: Option<(usize, usize)>,
    /// Text that is read, without markup in it.
    segment: Range<usize>,
    /// The number of the block.
    block: usize,
    /// The elements that are open whose text is not looked at.
    closed: usize,
}

impl<'r> Reader<'r, '_> {
    fn read(&mut self) {
        for (event, range) in Parser::new_ext(self.markdown, OPTIONS).into_offset_iter() {
            if let Event::Text(text) = &event {
                if self.closed == 0 {
                    self.text(text, range);
                }
                continue;
            }
            self.end_segment();
            match event {
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } | Tag::Link { .. }) => {
                    self.closed += 1;
                }
                Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::Link) => {
                    self.closed = self.closed.saturating_sub(1);
                }
                Event::Start(Tag::Paragraph) => {
                    self.block += 1;
                    self.contents(range);
                }
                Event::Start(Tag::Heading { .. } | Tag::Item | Tag::TableCell) => self.block += 1,
                Event::End(TagEnd::Heading(_)) => self.heading_id(&range),
                Event::Start(Tag::Strikethrough) if !self.part(range.clone()).starts_with("~~") => {
                    self.escape(&range);
                }
                Event::InlineMath(formula) if !self.is_formula(&formula, &range) => self.escape(&range),
                _ => {}
            }
        }
        self.end_segment();
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
        if range.start != self.segment.end {
            self.end_segment();
            // A sign after a backslash is no sign.
            let is_escaped = self.part(0..range.start).ends_with('\\') && text.starts_with(is_punctuation);
            let start = range.start + usize::from(is_escaped);
            self.segment = start..start;
        }
        self.segment.end = range.end;
    }

    fn end_segment(&mut self) {
        let segment = std::mem::replace(&mut self.segment, 0..0);
        if segment.is_empty() {
            return;
        }
        self.pictures(&segment);
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

    /// Returns whether text between two dollars is a formula, and not text between two amounts or names.
    fn is_formula(&self, formula: &str, range: &Range<usize>) -> bool {
        let next = self.markdown.as_bytes().get(range.end);
        !next.is_some_and(u8::is_ascii_digit) && !has_chinese(formula)
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

    /// Finds pictures that the parser takes for text.
    fn pictures(&mut self, segment: &Range<usize>) {
        let text = self.part(segment.clone());
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find("![")) {
            let start = at + found;
            at = start + 2;
            let rest = beginning(text.get(at..).unwrap_or_default());
            let length = match rest.strip_prefix('[') {
                Some(inner) => self.embedded(segment.start + start, inner),
                None => self.picture(segment.start + start, rest),
            };
            at += length;
        }
    }

    /// Reads a picture as Obsidian writes it, after `![[`. Returns the length of what was read.
    fn embedded(&mut self, start: usize, inner: &str) -> usize {
        let Some((name, _)) = inner.split_once("]]").filter(|(name, _)| !name.contains('[')) else {
            return 0;
        };
        let (file, option) = name.split_once('|').unwrap_or((name, ""));
        let end = start + "![[]]".len() + name.len();
        let (file, option) = (file.trim(), option.trim());
        if !is_picture(file) {
            let source = excerpt(self.part(start..end));
            self.tell(start, |texts| texts.picture_unread.with([&source]));
            return "[]]".len() + name.len();
        }
        let alternative = match width_of(option) {
            Some(width) => {
                self.widths.push((start, width));
                ""
            }
            None => option,
        };
        let picture = format!("![{alternative}](<{file}>)");
        self.edits.push((start..end, picture));
        "[]]".len() + name.len()
    }

    /// Reads a picture whose address has spaces or a size, after `![`. Returns the length of what was read.
    fn picture(&mut self, start: usize, rest: &str) -> usize {
        let Some(alternative) = rest.find(['[', ']']) else {
            return 0;
        };
        let Some(inner) = rest.get(alternative..).and_then(|rest| rest.strip_prefix("](")) else {
            return 0;
        };
        let Some(length) = closing(inner) else { return 0 };
        let from = start + "![](".len() + alternative;
        let address = inner.get(..length).unwrap_or_default();
        let (path, size) = match address.rsplit_once(" =") {
            Some((path, size)) if is_size(size) => (path, Some(size)),
            _ => (address, None),
        };
        let path = path.trim();
        let (path, title) = match path.find(" \"").filter(|_| path.ends_with('"')) {
            Some(at) => path.split_at_checked(at).unwrap_or((path, "")),
            None => (path, ""),
        };
        let path = path.trim_end();
        if (is_picture(path) || size.is_some()) && !path.is_empty() {
            if let Some(width) = size.and_then(width_of) {
                self.widths.push((start, width));
            }
            self.edits.push((from..from + length, format!("<{path}>{title}")));
        } else {
            let source = excerpt(self.part(start..from + length + 1));
            self.tell(start, |texts| texts.picture_unread.with([&source]));
        }
        alternative + "](".len() + length
    }

    /// Finds tags of programs that make pages.
    fn tags(&mut self, segment: &Range<usize>) {
        let text = self.part(segment.clone());
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find('{')) {
            let start = at + found;
            let rest = beginning(text.get(start..).unwrap_or_default());
            at = start + 1;
            let end = match rest {
                _ if rest.starts_with("{%") => "%}",
                _ if rest.starts_with("{{<") || rest.starts_with("{{%") => "}}",
                _ => continue,
            };
            if let Some(length) = rest.find(end) {
                let tag = excerpt(rest.get(..length + 2).unwrap_or_default());
                self.tell(segment.start + start, |texts| texts.tag_unread.with([&tag]));
                at = start + length;
            }
        }
    }

    /// Finds the signs around marked text.
    fn find_marks(&mut self, segment: &Range<usize>) {
        let text = self.part(segment.clone());
        let mut open = None;
        let mut at_edge = None;
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find("==")) {
            let start = at + found;
            let length = text
                .get(start..)
                .unwrap_or_default()
                .bytes()
                .take_while(|byte| *byte == b'=')
                .count();
            at = start + length;
            let before = text.get(..start).unwrap_or_default().chars().next_back();
            let after = text.get(at..).unwrap_or_default().chars().next();
            let is_word =
                |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
            // Three are no mark, and those between words are of a program.
            if length != 2 || (is_word(before) && is_word(after)) {
                continue;
            }
            let touches = |character: Option<char>| character.is_some_and(|character| !character.is_whitespace());
            let place = segment.start + start;
            if let Some(begin) = open.take_if(|_| touches(before)) {
                self.marks.extend([(begin, true), (place, false)]);
            } else if open.is_none() && touches(after) {
                open = Some(place);
            } else if before.is_none() || after.is_none() {
                at_edge = Some(place);
            }
        }
        let Some(place) = open.or(at_edge) else { return };
        match self.open_mark.take() {
            Some((begin, block)) if block == self.block => {
                self.tell(begin, |texts| texts.mark_unread.as_str().to_owned());
            }
            _ => self.open_mark = Some((place, self.block)),
        }
    }

    fn find_comments(&mut self, segment: &Range<usize>) {
        let text = self.part(segment.clone());
        for (at, _) in text.match_indices("%%") {
            self.comments.push(CommentSign {
                at: segment.start + at,
                block: self.block,
            });
        }
    }

    /// Leaves out comments: between two signs of a block, or between one that begins a line and one that ends a line.
    fn pair_comments(&mut self) {
        let signs = std::mem::take(&mut self.comments);
        let mut signs = signs.into_iter().peekable();
        while let Some(open) = signs.next() {
            let before = self.part(0..open.at);
            // A percentage.
            if before.ends_with(|last: char| last.is_ascii_digit()) {
                continue;
            }
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
        let marks = self.marks.into_iter();
        translated.marks = marks
            .filter_map(|(at, is_begin)| Some((moved.place(at)?, is_begin)))
            .collect();
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

fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
}

/// Returns as much of a text as is looked at.
fn beginning(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Returns the place of the bracket that closes one before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b'<' | b'>' | b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// Returns whether a path names a picture.
fn is_picture(path: &str) -> bool {
    let is_known = |(_, end): (&str, &str)| PICTURES.iter().any(|known| end.eq_ignore_ascii_case(known));
    path.rsplit_once('.').is_some_and(is_known) && !path.contains(['<', '>', '\n'])
}

/// Returns whether a text is a size, such as `100x200`, `100x`, `x200` or `50%`.
fn is_size(text: &str) -> bool {
    let is_of_size = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'x' | b'*' | b'%');
    !text.is_empty() && text.bytes().all(is_of_size)
}

/// Returns the declaration of the width that a size has.
fn width_of(size: &str) -> Option<String> {
    let width = size.split(['x', '*']).next().filter(|_| is_size(size))?;
    let (number, unit) = width.strip_suffix('%').map_or((width, "px"), |number| (number, "%"));
    let number: u16 = number.parse().ok().filter(|number| *number > 0)?;
    Some(format!("width:{number}{unit}"))
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
