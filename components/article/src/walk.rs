//! The walk over the events of the Markdown. Each kind of event is written by the module of its name.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use crate::ahead::Endless;
use crate::bindings::types::Block;
use crate::events::{Events, Located};
use crate::failure::Result;
use crate::findings::excerpt;
use crate::inline::Style;
use crate::link::Link;
use crate::list::List;
use crate::picture::Picture;
use crate::references::Reference;
use crate::source::Lines;
use crate::table::Table;
use crate::writer::{ArticleWriter, Container};
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

/// Writes an article: the events of the Markdown after the front matter, which has this position.
pub fn walk(
    writer: &mut ArticleWriter,
    lines: &Lines,
    markdown: &str,
    offset: usize,
    title: Option<&str>,
) -> Result<Walked> {
    let mut events = Events::of(markdown);
    let mut walk = Walk {
        writer,
        lines,
        offset,
        lists: Vec::new(),
        table: None,
        link: None,
        picture: None,
        code: None,
        raw: None,
        notes: BTreeMap::new(),
        endless: Endless::new(),
        is_figure: false,
    };
    let title = ahead::take_title(&mut events, title);
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
    /// The position of the Markdown after the front matter.
    offset: usize,
    lists: Vec<List>,
    table: Option<Table>,
    link: Option<Link>,
    picture: Option<Picture>,
    code: Option<code::Block>,
    raw: Option<String>,
    /// The notes that are not written yet, by label: their lines, and their events.
    notes: BTreeMap<String, (u32, Vec<Located<'a>>)>,
    endless: Endless,
    /// True in a paragraph that has pictures alone.
    is_figure: bool,
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
        self.lines.line(self.offset + range.start)
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
        match event {
            Event::Start(tag) => self.start(tag, events),
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) => self.text(&text),
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
            Event::SoftBreak => {
                let next = ahead::next_character(events);
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

    fn text(&mut self, text: &CowStr) {
        match (&mut self.code, &mut self.raw) {
            (Some(code), _) => code.push(text),
            (_, Some(raw)) => raw.push_str(text),
            _ => self.writer.text(text),
        }
    }

    fn start(&mut self, tag: Tag<'a>, events: &mut Events<'a>) {
        let writer = &mut *self.writer;
        if matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) {
            writer
                .spacing
                .write_before(ahead::next_character(events), &mut writer.html);
        }
        match tag {
            Tag::Paragraph => {
                self.is_figure = ahead::has_pictures_alone(events);
                writer.begin_paragraph(self.is_figure);
            }
            Tag::Heading { level, .. } => heading::begin(writer, level as usize),
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
            } => self.link = Some(link::begin(writer, link_type, &dest_url)),
            Tag::Image { dest_url, title, .. } => {
                self.picture = Some(Picture::new(&dest_url, &title, self.is_figure));
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
            TagEnd::Link => match self.link.take() {
                Some(link) => link::end(writer, link),
                None => writer.end(),
            },
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
        self.notes.entry(label.to_owned()).or_insert((line, kept));
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
                    if let Some((line, events)) = self.notes.remove(&label) {
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
