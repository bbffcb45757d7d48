//! The article as it is written: its HTML, the elements that are open, and what is found out on the way.

use crate::bindings::types::{ErrorKind, RawHtml};
use crate::element::Kind;
use crate::failure::{Result, error};
use crate::findings::Findings;
use crate::html::{Html, LARGEST};
use crate::pictures::Pictures;
use crate::references::References;
use crate::spacing::Spacing;
use crate::texts::{Texts, Written};
use crate::theme::{Role, Theme};

/// The most open elements. Ten lists in each other leave no room on a phone, and have 20.
const DEEPEST: usize = 50;

/// An open element.
pub enum OpenElement {
    /// One of Markdown, with the end tags that close it.
    Markdown(&'static str),
    /// One of the author's HTML.
    Raw(RawElement),
}

/// An open element of the author's HTML.
pub struct RawElement {
    /// Its name in the Markdown, in lower case.
    pub name: String,
    /// Its name in the article.
    pub written: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// Whether it is a link that becomes a reference.
    pub is_reference: bool,
}

/// An open link that becomes a reference.
pub struct OpenLink {
    address: String,
    /// Its text so far.
    text: String,
}

/// The surroundings of a paragraph.
#[derive(Clone, Copy)]
pub enum Container {
    /// A quote.
    Quote,
    /// An alert.
    Alert,
    /// An item of a list.
    Item,
    /// A note below the article.
    Note,
}

/// How often elements of a line are open that are written once only.
#[derive(Default)]
pub struct Inline {
    /// Strong text.
    pub strong: u32,
    /// Emphasis.
    pub emphasis: u32,
    /// Text that is struck through.
    pub strikethrough: u32,
    /// Headings and heads of tables, which have one look.
    pub headings: u32,
}

/// The writer of an article.
pub struct ArticleWriter<'t> {
    /// The look.
    pub theme: &'t Theme,
    /// The texts in the language of messages.
    pub texts: &'static Texts,
    /// The texts that are written, in the language of the article.
    pub written: &'static Written,
    /// The treatment of the author's HTML.
    pub raw_html: RawHtml,
    /// What is written so far.
    pub html: Html,
    /// The findings so far.
    pub findings: Findings,
    /// The pictures so far, and their sizes.
    pub pictures: Pictures<'t>,
    /// The links and notes so far.
    pub references: References,
    /// The state of the line of text.
    pub spacing: Spacing,
    /// The styles of text that are open.
    pub inline: Inline,
    /// The quotes, items and notes that are open, the innermost last.
    pub containers: Vec<Container>,
    /// The elements that are open, the innermost last.
    pub open_elements: Vec<OpenElement>,
    /// The open links that become references, the innermost last.
    pub open_links: Vec<OpenLink>,
    /// The element of the author's HTML in a line whose content is left out.
    pub skipping: Option<String>,
    /// The line in the Markdown.
    pub line: u32,
}

impl ArticleWriter<'_> {
    /// Writes the start tag of an element with the style of a role, and more declarations after it.
    pub fn open(&mut self, name: &str, role: Role, more: &str) {
        let style = self.theme.style(role);
        if more.is_empty() {
            self.html.open(name, style);
        } else if style.is_empty() {
            self.html.open(name, more);
        } else {
            self.html.open(name, &format!("{style};{more}"));
        }
    }

    /// Writes the start tag of an element in a line. Headings and heads of tables have no look but their own.
    pub fn open_inline(&mut self, name: &str, role: Role) {
        self.begin_inline();
        if self.inline.headings > 0 {
            self.html.open(name, "");
        } else {
            self.open(name, role, "");
        }
    }

    /// Remembers an element of Markdown that was opened, with its end tags.
    pub fn begin(&mut self, end: &'static str) {
        self.open_elements.push(OpenElement::Markdown(end));
    }

    /// Closes the innermost element of Markdown, with what is open in it.
    pub fn end(&mut self) {
        while let Some(element) = self.open_elements.pop() {
            match element {
                OpenElement::Markdown(end) => {
                    self.html.raw(end);
                    return;
                }
                OpenElement::Raw(raw) => self.close_raw(&raw),
            }
        }
    }

    /// Writes the end tag of an element of the author's.
    pub fn close_raw(&mut self, raw: &RawElement) {
        self.html.close(raw.written);
        match raw.kind {
            Kind::Table => self.html.close("section"),
            Kind::Item => self.html.close("li"),
            _ => {}
        }
        if raw.is_reference {
            self.end_link();
        }
    }

    /// Begins a link that becomes a reference.
    pub fn begin_link(&mut self, address: &str) {
        self.open_links.push(OpenLink {
            address: address.to_owned(),
            text: String::new(),
        });
    }

    /// Adds to the text of the open link.
    pub fn add_link_text(&mut self, text: &str) {
        if let Some(link) = self.open_links.last_mut() {
            link.text.push_str(text);
        }
    }

    /// Ends the innermost link that becomes a reference. One whose text is its address needs none.
    pub fn end_link(&mut self) {
        let Some(OpenLink { address, text }) = self.open_links.pop() else {
            return;
        };
        self.add_link_text(&text);
        let text = text.trim();
        if text != address && address.strip_prefix("mailto:") != Some(text) {
            let number = self.references.link(&address);
            self.references.name(number, text);
            self.write_reference(number);
        }
    }

    /// Writes the number of a reference or a note.
    pub fn write_reference(&mut self, number: usize) {
        self.open_inline("sup", Role::Reference);
        self.html.raw(&format!("[{number}]"));
        self.html.close("sup");
    }

    /// Returns the innermost open element of the author's, if no element of Markdown is in it.
    pub fn innermost_raw(&self) -> Option<&RawElement> {
        match self.open_elements.last() {
            Some(OpenElement::Raw(raw)) => Some(raw),
            _ => None,
        }
    }

    /// Closes the innermost element if it is the author's.
    pub fn pop_raw(&mut self) {
        if let Some(OpenElement::Raw(raw)) = self
            .open_elements
            .pop_if(|element| matches!(element, OpenElement::Raw(_)))
        {
            self.close_raw(&raw);
        }
    }

    /// Makes room for a block: closes elements of the author's that can't hold one.
    pub fn begin_block(&mut self) {
        self.spacing.reset();
        self.skipping = None;
        while self.innermost_raw().is_some_and(|raw| !raw.kind.holds_blocks()) {
            self.pop_raw();
        }
    }

    /// Writes a line between parts of the article.
    pub fn write_rule(&mut self) {
        let ornament = self.theme.content(Role::Rule).to_owned();
        self.open("section", Role::Rule, "");
        if ornament.is_empty() {
            self.html.raw("<br>");
        } else {
            self.html.text(&ornament);
        }
        self.html.close("section");
    }

    /// Makes room for an element of a line: closes an SVG of the author's, which can't hold one.
    pub fn begin_inline(&mut self) {
        while self.innermost_raw().is_some_and(|raw| raw.kind == Kind::Svg) {
            self.pop_raw();
        }
    }

    /// Closes all that is open, before the references.
    pub fn close_blocks(&mut self) {
        self.begin_block();
        while self.innermost_raw().is_some() {
            self.pop_raw();
        }
    }

    /// Opens a paragraph. One of pictures alone has no element of its own.
    pub fn begin_paragraph(&mut self, is_figure: bool) {
        self.begin_block();
        if is_figure {
            self.begin("");
        } else {
            self.open("p", self.paragraph(), "");
            self.begin("</p>");
        }
    }

    /// Closes a paragraph or a cell.
    pub fn end_text(&mut self) {
        self.skipping = None;
        self.end();
    }

    /// Writes the end of a line of the Markdown, before text that begins with this character.
    pub fn end_line(&mut self, next: Option<char>) {
        if self.skipping.is_none() && self.spacing.write_end_of_line(next, &mut self.html) {
            self.add_link_text(" ");
        }
    }

    /// Writes a line break.
    pub fn break_line(&mut self) {
        self.begin_inline();
        self.html.raw("<br>");
        self.spacing.reset();
        self.add_link_text(" ");
    }

    /// Returns the role of a paragraph here.
    pub fn paragraph(&self) -> Role {
        match self.containers.last() {
            None => Role::Paragraph,
            Some(Container::Quote) => Role::QuoteText,
            Some(Container::Alert) => Role::AlertText,
            Some(Container::Item) => Role::ItemParagraph,
            Some(Container::Note) => Role::ReferencesItem,
        }
    }

    /// Writes text of a line.
    pub fn text(&mut self, text: &str) {
        if self.skipping.is_some() {
            return;
        }
        self.add_link_text(text);
        self.spacing.write(text, &mut self.html);
    }

    /// Checks the limits.
    pub fn check(&self) -> Result<()> {
        let errors = &self.texts.errors;
        if self.open_elements.len() > DEEPEST {
            return Err(error(ErrorKind::Markdown, self.line, &errors.too_deep, [&DEEPEST]));
        }
        if self.html.is_too_large() {
            let text = &errors.article_too_large;
            return Err(error(ErrorKind::TooLarge, self.line, text, [&LARGEST]));
        }
        Ok(())
    }
}
