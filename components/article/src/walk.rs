//! The walk over the events of the Markdown. Each kind of event is written by the module of its name.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use unicase::UniCase;

use crate::ahead::Endless;
use crate::bindings::types::Block;
use crate::dialect::{self, Translated};
use crate::events::{Events, Located};
use crate::failure::Result;
use crate::findings::excerpt;
use crate::inline::Style;
use crate::list::List;
use crate::picture::Picture;
use crate::references::Reference;
use crate::source::Lines;
use crate::table::Table;
use crate::theme::Role;
use crate::writer::{ArticleWriter, Container, OpenElement};
use crate::{ahead, code, heading, inline, link, list, picture, quote, raw, reference_list, table};

/// An empty paragraph. WeChat may lose the styles of the first and the last element (article-html §2).
const EDGE: &str = "<p style=\"margin:0;font-size:0;line-height:0\"><br></p>";

/// What is known of an article after the walk.
pub struct Walked {
    /// The text of the heading that is its title.
    pub title: Option<String>,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// Writes an article: the events of the Markdown after the front matter.
pub fn walk(writer: &mut ArticleWriter, lines: &Lines, translated: &Translated, title: Option<&str>) -> Result<Walked> {
    let mut events = Events::of(&translated.markdown);
    let mut walk = Walk {
        writer,
        lines,
        translated,
        mark: None,
        lists: Vec::new(),
        table: None,
        is_reference: false,
        picture: None,
        code: None,
        raw: None,
        notes: BTreeMap::new(),
        endless: Endless::new(),
        is_figure: false,
        paragraph: 0,
    };
    let title = ahead::take_title(&mut events, translated, title);
    walk.writer.html.raw(EDGE);
    let mut blocks = walk.blocks(&mut events)?;
    walk.writer.close_blocks();
    let start = position(walk.writer);
    walk.references()?;
    if position(walk.writer) > start {
        blocks.push(Block {
            line: walk.writer.line,
            start,
            end: start,
        });
    }
    if walk.writer.html.len() == EDGE.len() {
        walk.writer.html.clear();
        return Ok(Walked {
            title,
            blocks: Vec::new(),
        });
    }
    walk.writer.html.raw(EDGE);
    close_gaps(&mut blocks, position(walk.writer));
    Ok(Walked { title, blocks })
}

fn position(writer: &ArticleWriter) -> u32 {
    u32::try_from(writer.html.len()).unwrap_or(u32::MAX)
}

/// Makes each block end where the next begins, so that all of the article belongs to a block.
fn close_gaps(blocks: &mut [Block], end: u32) {
    let mut next = end;
    for block in blocks.iter_mut().rev() {
        block.end = next;
        next = block.start;
    }
    if let Some(first) = blocks.first_mut() {
        first.start = 0;
    }
}

/// Returns whether an event is something that readers see in a line.
const fn is_content(event: &Event) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
    )
}

struct Walk<'a, 'w, 't> {
    writer: &'w mut ArticleWriter<'t>,
    lines: &'w Lines,
    translated: &'w Translated<'w>,
    /// The number of open elements with that of the marked text.
    mark: Option<usize>,
    lists: Vec<List>,
    table: Option<Table>,
    /// True in a link that becomes a reference.
    is_reference: bool,
    picture: Option<Picture>,
    code: Option<code::Block>,
    raw: Option<String>,
    /// The notes that are not written yet, by label, whose case does not count: their lines, and their events.
    notes: BTreeMap<UniCase<String>, (u32, Vec<Located<'a>>)>,
    endless: Endless,
    /// True in a paragraph that has pictures alone.
    is_figure: bool,
    /// The number of elements that are open with the paragraph; 0 outside of one.
    paragraph: usize,
}

impl<'a> Walk<'a, '_, '_> {
    /// Writes the blocks of the outermost level. Returns them with their starts; their ends follow from these.
    fn blocks(&mut self, events: &mut Events<'a>) -> Result<Vec<Block>> {
        let mut blocks = Vec::new();
        let mut level = 0_usize;
        while let Some((event, range)) = events.next() {
            if level == 0 {
                let start = position(self.writer);
                let line = self.line(&range);
                blocks.push(Block {
                    line,
                    start,
                    end: start,
                });
            }
            match event {
                Event::Start(_) => level += 1,
                Event::End(_) => level = level.saturating_sub(1),
                _ => {}
            }
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                level = level.saturating_sub(1);
                self.keep_note(&label, &range, events);
            } else {
                self.event(event, range, events)?;
            }
            // A block without HTML is none.
            if level == 0 && blocks.last().is_some_and(|block| block.start == position(self.writer)) {
                blocks.pop();
            }
        }
        Ok(blocks)
    }

    /// Writes events that have been kept.
    fn replay(&mut self, events: Vec<Located<'a>>) -> Result<()> {
        let mut events = Events::replay(events);
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => self.keep_note(&label, &range, &mut events),
                event => self.event(event, range, &mut events)?,
            }
        }
        Ok(())
    }

    fn line(&self, range: &Range<usize>) -> u32 {
        self.lines.line(range.start)
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>, events: &mut Events<'a>) -> Result<()> {
        // The line of a block of code or of HTML is its first.
        if !matches!(event, Event::End(_)) && self.code.is_none() && self.raw.is_none() {
            self.writer.line = self.line(&range);
        }
        if self.picture.is_some() {
            self.in_picture(event);
            return Ok(());
        }
        if self.writer.skipping.is_some() && is_content(&event) {
            return Ok(());
        }
        if matches!(event, Event::End(_)) {
            self.end_mark();
        }
        match event {
            Event::Start(tag) => self.start(tag, &range, events),
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) => self.text(&text, &range),
            Event::InlineMath(text) if dialect::has_chinese(&text) => {
                self.writer.text(&format!("${text}$"));
            }
            Event::DisplayMath(text) if self.is_block(&text) => self.write_formula(&text, events),
            Event::Code(text) => code::write_inline(self.writer, &text),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                let line = self.writer.line;
                self.writer
                    .findings
                    .add(line, |texts| texts.formula.as_str().to_owned());
                code::write_inline(self.writer, text.trim());
            }
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None => raw::write_block(self.writer, &html)?,
            },
            Event::InlineHtml(html) => {
                let endless = &mut self.endless;
                let has_end = |name: &str| ahead::has_end_tag(events, endless, name, range.start);
                raw::write_inline(self.writer, &html, has_end)?;
            }
            Event::FootnoteReference(label) => {
                let number = self.writer.references.note(&label);
                self.writer.write_reference(number);
            }
            Event::SoftBreak if self.is_figure => {}
            Event::SoftBreak if self.is_before_block(events) => {}
            Event::SoftBreak => {
                let next = ahead::next_character(events, true);
                self.writer.end_line(next);
            }
            Event::HardBreak if self.is_figure => {}
            Event::HardBreak => self.writer.break_line(),
            Event::Rule => {
                self.writer.begin_block();
                self.writer.write_rule();
            }
            Event::TaskListMarker(is_done) => list::write_task(self.writer, is_done),
        }
        self.writer.check()
    }

    fn text(&mut self, text: &CowStr, range: &Range<usize>) {
        match (&mut self.code, &mut self.raw) {
            (Some(code), _) => code.push(text),
            (_, Some(raw)) => raw.push_str(text),
            _ => self.marked_text(text, range),
        }
    }

    /// Writes text with signs around marked parts in it.
    fn marked_text(&mut self, text: &str, range: &Range<usize>) {
        for (sign, text) in self.translated.parts(text, range) {
            match sign {
                Some(true) => self.begin_mark(),
                Some(false) => self.end_mark(),
                None => {}
            }
            self.writer.text(&text);
        }
    }

    fn begin_mark(&mut self) {
        if self.mark.is_none() {
            self.writer.open_inline("span", Role::Mark);
            self.writer.begin("</span>");
            self.mark = Some(self.writer.open_elements.len());
        }
    }

    /// Closes a marked text, unless an element of Markdown is open in it.
    fn end_mark(&mut self) {
        let is_markdown = |element: &OpenElement| matches!(element, OpenElement::Markdown(_));
        let is_innermost = |number: usize| {
            let inner = self.writer.open_elements.get(number..);
            inner.is_some_and(|inner| !inner.iter().any(is_markdown))
        };
        if self.mark.is_some_and(is_innermost) {
            self.mark = None;
            self.writer.end();
        }
    }

    /// Returns whether a formula has lines of its own: in a paragraph, and not within an element of it.
    fn is_block(&self, formula: &str) -> bool {
        formula.trim().contains('\n') && self.paragraph == self.writer.open_elements.len()
    }

    /// Returns whether such a formula comes next.
    fn is_before_block(&self, events: &mut Events<'a>) -> bool {
        matches!(events.peek(0), Some(Event::DisplayMath(text)) if self.is_block(text))
    }

    /// Writes a formula of several lines as a block of code, between the parts of its paragraph.
    fn write_formula(&mut self, formula: &str, events: &mut Events<'a>) {
        let line = self.writer.line;
        self.writer
            .findings
            .add(line, |texts| texts.formula.as_str().to_owned());
        events.next_if(|event| matches!(event, Event::SoftBreak | Event::HardBreak));
        let is_end = matches!(events.peek(0), Some(Event::End(TagEnd::Paragraph)));
        let is_empty = is_end || self.is_before_block(events);
        self.writer.end();
        code::write_block(self.writer, "", formula.trim_matches('\n'));
        self.writer.begin_paragraph(is_empty);
    }

    fn start(&mut self, tag: Tag<'a>, range: &Range<usize>, events: &mut Events<'a>) {
        let writer = &mut *self.writer;
        if matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) {
            writer
                .spacing
                .write_before(ahead::next_character(events, false), &mut writer.html);
        }
        match tag {
            Tag::Paragraph => {
                self.is_figure = ahead::has_pictures_alone(events);
                self.paragraph = writer.open_elements.len();
                let is_empty = self.is_figure || self.is_before_block(events);
                self.writer.begin_paragraph(is_empty);
                // Elements of the author's may have been closed before it.
                self.paragraph = self.writer.open_elements.len();
            }
            Tag::Heading { level, .. } => heading::begin(writer, level as usize),
            Tag::BlockQuote(None) => match ahead::take_alert(events, self.translated) {
                Some((word, title)) => quote::begin_named(writer, &word, &title),
                None => quote::begin(writer, None),
            },
            Tag::BlockQuote(kind) => quote::begin(writer, kind),
            Tag::CodeBlock(kind) => {
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(info) => code::Block::new(&info),
                    CodeBlockKind::Indented => code::Block::default(),
                });
            }
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::List(start) => list::begin(writer, &mut self.lists, start),
            Tag::Item => list::begin_item(writer, &mut self.lists, ahead::is_task(events)),
            Tag::Table(alignments) => self.table = Some(table::begin(writer, alignments)),
            Tag::TableHead => self.with_table(Table::begin_head),
            Tag::TableRow => self.with_table(Table::begin_row),
            Tag::TableCell => self.with_table(Table::begin_cell),
            Tag::Emphasis => inline::begin(writer, Style::Emphasis),
            Tag::Strong => inline::begin(writer, Style::Strong),
            Tag::Strikethrough => inline::begin(writer, Style::Strikethrough),
            Tag::Link { .. } if writer.skipping.is_some() => writer.begin(""),
            Tag::Link {
                link_type, dest_url, ..
            } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.is_reference = link::begin(writer, &format!("{scheme}{dest_url}"));
            }
            Tag::Image { dest_url, title, .. } => {
                let mut picture = Picture::new(&dest_url, &title, self.is_figure);
                picture.own = self.translated.widths.get(&range.start).cloned().unwrap_or_default();
                self.picture = Some(picture);
            }
            // Not among the options; what is in them is written.
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::FootnoteDefinition(_)
            | Tag::MetadataBlock(_) => writer.begin(""),
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<()> {
        let writer = &mut *self.writer;
        match tag {
            TagEnd::Paragraph => {
                self.is_figure = false;
                self.paragraph = 0;
                writer.end_text();
            }
            TagEnd::Heading(_) => heading::end(writer),
            TagEnd::BlockQuote(_) => quote::end(writer),
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    code.write(writer);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.raw.take() {
                    raw::write_block(writer, &html)?;
                }
            }
            TagEnd::List(_) => list::end(writer, &mut self.lists),
            TagEnd::Item => list::end_item(writer),
            TagEnd::Table => {
                self.table = None;
                writer.end();
            }
            TagEnd::TableHead => self.with_table(Table::end_head),
            TagEnd::TableCell => writer.end_text(),
            TagEnd::Emphasis => inline::end(writer, Style::Emphasis),
            TagEnd::Strong => inline::end(writer, Style::Strong),
            TagEnd::Strikethrough => inline::end(writer, Style::Strikethrough),
            TagEnd::Link => link::end(writer, std::mem::take(&mut self.is_reference)),
            _ => writer.end(),
        }
        Ok(())
    }

    fn with_table(&mut self, write: fn(&mut Table, &mut ArticleWriter)) {
        if let Some(table) = &mut self.table {
            write(table, self.writer);
        }
    }

    /// Reads the alternative text of a picture, and writes the picture at its end.
    fn in_picture(&mut self, event: Event) {
        let Some(picture) = &mut self.picture else { return };
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                picture.alternative.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => picture.alternative.push(' '),
            Event::Start(Tag::Image { .. }) => picture.inner += 1,
            Event::End(TagEnd::Image) if picture.inner > 0 => picture.inner -= 1,
            Event::End(TagEnd::Image) => {
                if let Some(picture) = self.picture.take()
                    && self.writer.skipping.is_none()
                {
                    picture::write(self.writer, &picture);
                }
            }
            _ => {}
        }
    }

    /// Keeps the events of a note until the article ends.
    fn keep_note(&mut self, label: &str, range: &Range<usize>, events: &mut Events<'a>) {
        let line = self.line(range);
        let mut kept = Vec::new();
        let mut inner = 0_usize;
        for (event, range) in events.by_ref() {
            match event {
                Event::Start(Tag::FootnoteDefinition(_)) => inner += 1,
                Event::End(TagEnd::FootnoteDefinition) if inner == 0 => break,
                Event::End(TagEnd::FootnoteDefinition) => inner -= 1,
                _ => {}
            }
            kept.push((event, range));
        }
        // The first of several counts.
        self.notes.entry(UniCase::new(label.to_owned())).or_insert((line, kept));
    }

    /// Writes the references. Notes may have more of them.
    fn references(&mut self) -> Result<()> {
        let mut number = 0;
        while let Some(reference) = self.writer.references.take(number + 1) {
            if number == 0 {
                reference_list::begin(self.writer);
            }
            number += 1;
            reference_list::begin_entry(self.writer, number);
            match reference {
                Reference::Link { address, text } => reference_list::write_link(self.writer, &address, &text),
                Reference::Note { label } => {
                    if let Some((line, events)) = self.notes.remove(&UniCase::new(label)) {
                        self.writer.line = line;
                        self.writer.containers.push(Container::Note);
                        self.replay(events)?;
                        self.writer.containers.pop();
                    }
                }
            }
            self.writer.end();
            self.writer.check()?;
        }
        if number > 0 {
            self.writer.end();
        }
        for (label, (line, _)) in std::mem::take(&mut self.notes) {
            self.writer
                .findings
                .add(line, |texts| texts.footnote_unused.with([&excerpt(&label)]));
        }
        Ok(())
    }
}
