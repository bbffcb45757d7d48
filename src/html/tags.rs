//! The tags of a text, one after the other, as the tokenizer of the HTML standard sees them
//! (<https://html.spec.whatwg.org/multipage/parsing.html#tokenization>).

use std::ops::Range;

use memchr::memchr;

use super::raw_text;
use super::set::{BETWEEN_ATTRIBUTES, BLANK, ENDS_ATTRIBUTE_NAME, ENDS_BARE_VALUE, ENDS_NAME, Set};

/// A tag.
#[derive(Clone, Copy)]
pub struct Tag<'a> {
    /// The name as it is spelled; upper and lower case mean the same.
    pub name: &'a str,
    /// True for the end tag of an element (`</p>`).
    pub closing: bool,
    /// The whole tag, from `<` to `>`.
    pub source: &'a str,
    /// The text after the tag up to its end tag, if the element is one whose content is text, such as `script`.
    pub raw_text: &'a str,
    attributes: Attributes<'a>,
}

/// An attribute of a tag.
pub struct Attribute<'a> {
    /// The name as it is spelled.
    pub name: &'a str,
    /// The value without its quotes, as it is spelled: [`decode`](super::decode) returns its meaning. Empty if there is
    /// none.
    pub value: &'a str,
    start: usize,
}

impl<'a> Tag<'a> {
    /// Returns whether this is its name.
    pub fn is(&self, name: &str) -> bool {
        is_same(self.name, name)
    }

    /// Returns whether its name is one of these.
    #[inline(never)]
    pub fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// Returns its attributes in order, including repeated ones.
    pub fn attributes(&self) -> Attributes<'a> {
        self.attributes
    }
}

impl Attribute<'_> {
    /// Returns whether this is its name.
    pub fn is(&self, name: &str) -> bool {
        is_same(self.name, name)
    }

    /// Returns whether its name is one of these.
    #[inline(never)]
    pub fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// Returns the range of the value in the text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.value.len()
    }
}

/// Returns whether two names are the same. The comparison is one function, as the names are asked for in many places.
#[inline]
fn is_same(one: &str, other: &str) -> bool {
    #[inline(never)]
    fn compare(one: &str, other: &str) -> bool {
        one.eq_ignore_ascii_case(other)
    }
    one.len() == other.len() && compare(one, other)
}

/// A part of a text. Together the parts are the whole text, except for a tag that has no end.
pub enum Part<'a> {
    /// A text between two other parts, as it is spelled.
    Text(&'a str),
    /// A comment, a doctype or an instruction.
    Comment(&'a str),
    /// A tag, with the text in it if it is one such as `script`.
    Tag(Tag<'a>),
}

/// An iterator that goes through any text once, and keeps nothing but its position.
pub struct Parts<'a>(Attributes<'a>);

/// An iterator over the tags of a text.
pub struct Tags<'a>(Parts<'a>);

/// An iterator over the attributes of a tag, from the end of its name.
#[derive(Clone, Copy)]
pub struct Attributes<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Parts<'a> {
    /// Begins at the start of a text.
    pub fn new(html: &'a str) -> Self {
        Self(Attributes { html, at: 0 })
    }

    /// Returns the index at which the next part begins. (After an element whose content is text it is that of the end
    /// tag.)
    pub fn index(&self) -> usize {
        self.0.at
    }
}

impl<'a> Tags<'a> {
    /// Begins at the start of a text.
    pub fn new(html: &'a str) -> Self {
        Self(Parts::new(html))
    }
}

impl<'a> Attributes<'a> {
    fn rest(&self) -> &'a [u8] {
        self.html.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    /// Goes to the first byte of a set, or to the end of the text.
    fn skip_until(&mut self, set: Set) {
        let end = self.rest().iter().position(|&byte| set.has(byte));
        self.skip_to(end);
    }

    /// Goes to the first byte that is not of a set, or to the end of the text.
    fn skip(&mut self, set: Set) {
        let end = self.rest().iter().position(|&byte| !set.has(byte));
        self.skip_to(end);
    }

    /// Goes to this byte, or to the end of the text.
    fn skip_until_byte(&mut self, byte: u8) {
        let end = memchr(byte, self.rest());
        self.skip_to(end);
    }

    fn skip_to(&mut self, end: Option<usize>) {
        self.at = end.map_or(self.html.len(), |end| self.at + end);
    }

    /// Goes to the end of a comment from after its `<!--`. It ends at `-->` or `--!>`, and at once at `>` or `->`.
    fn skip_comment(&mut self) {
        let rest = self.rest();
        let ends = |end: &usize| {
            let comment = rest.get(..*end).unwrap_or_default();
            matches!(comment, [] | [b'-'] | [.., b'-', b'-'] | [.., b'-', b'-', b'!'])
        };
        let end = memchr::memchr_iter(b'>', rest).find(ends);
        self.skip_to(end);
    }

    /// Reads a tag from its name on. Returns `None` if the text ends before the tag does, which makes it none.
    fn tag(&mut self, start: usize, closing: bool) -> Option<Tag<'a>> {
        let begin = self.at;
        self.skip_until(ENDS_NAME);
        let name = self.html.get(begin..self.at)?;
        let attributes = *self;
        while self.next().is_some() {}
        self.peek()?;
        self.at += 1;
        let source = self.html.get(start..self.at)?;
        let end = self.at;
        if !closing {
            self.at = raw_text::end(self.html, end, name);
        }
        Some(Tag {
            name,
            closing,
            source,
            raw_text: self.html.get(end..self.at).unwrap_or_default(),
            attributes,
        })
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    /// Returns `None` at the end of the tag or of the text.
    // Not inlined into each of its many loops.
    #[inline(never)]
    fn next(&mut self) -> Option<Attribute<'a>> {
        self.skip(BETWEEN_ATTRIBUTES);
        let start = self.at;
        if self.peek()? == b'>' {
            return None;
        }
        // An equals sign at the start is part of the name.
        self.at += 1;
        self.skip_until(ENDS_ATTRIBUTE_NAME);
        let name = self.html.get(start..self.at)?;
        let mut start = self.at;
        let mut value = "";
        self.skip(BLANK);
        if self.peek()? == b'=' {
            self.at += 1;
            self.skip(BLANK);
            let quote = Some(self.peek()?).filter(|byte| matches!(byte, b'"' | b'\''));
            self.at += usize::from(quote.is_some());
            start = self.at;
            match quote {
                Some(quote) => self.skip_until_byte(quote),
                None => self.skip_until(ENDS_BARE_VALUE),
            }
            value = self.html.get(start..self.at)?;
            self.peek()?;
            self.at += usize::from(quote.is_some());
        }
        Some(Attribute { name, value, start })
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let text = &mut self.0;
        let begin = text.at;
        loop {
            text.skip_until_byte(b'<');
            let start = text.at;
            let closing = text.rest().get(1) == Some(&b'/');
            text.at += 1 + usize::from(closing);
            let first = text.peek();
            let is_tag = first.is_some_and(|byte| byte.is_ascii_alphabetic());
            // Readers take a doctype, an instruction, or anything else for a comment.
            let is_comment = first.is_some_and(|byte| closing || matches!(byte, b'!' | b'?')) && !is_tag;
            if !is_tag && !is_comment && first.is_some() {
                // A lone `<` is text.
                continue;
            }
            let end = if first.is_some() { start } else { text.html.len() };
            if begin < end {
                text.at = end;
                return text.html.get(begin..end).map(Part::Text);
            }
            if is_tag {
                return text.tag(start, closing).map(Part::Tag);
            }
            match text.rest() {
                [] => return None,
                [b'!', b'-', b'-', ..] if !closing => {
                    text.at += 3;
                    text.skip_comment();
                }
                _ => text.skip_until_byte(b'>'),
            }
            text.at = text.html.len().min(text.at + 1);
            return text.html.get(start..text.at).map(Part::Comment);
        }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    // Not inlined into each of its many loops.
    #[inline(never)]
    fn next(&mut self) -> Option<Tag<'a>> {
        self.0.find_map(|part| match part {
            Part::Tag(tag) => Some(tag),
            _ => None,
        })
    }
}
