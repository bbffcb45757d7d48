//! The tags of a text, one after the other, as the tokenizer of the HTML standard sees them
//! (<https://html.spec.whatwg.org/multipage/parsing.html#tokenization>).

use super::raw_text;
use super::{BLANK, END, ENDS_NAME, Set};
use std::ops::Range;

/// A tag.
#[derive(Debug)]
pub struct Tag<'a> {
    /// As it is spelled; names are the same in upper and lower case.
    pub name: &'a [u8],
    /// Whether it ends an element (`</p>`).
    pub closing: bool,
    /// In order, and with those that are repeated.
    pub attributes: Vec<Attribute<'a>>,
    /// Where it stands in the source, from `<` to `>`.
    pub range: Range<usize>,
}

/// An attribute of a tag.
#[derive(Debug)]
pub struct Attribute<'a> {
    /// As it is spelled.
    pub name: &'a [u8],
    /// The value without its quotes, as it is spelled: [`decode`](super::decode) gives its meaning. Empty where there is none.
    pub value: &'a [u8],
    at: usize,
}

impl<'a> Tag<'a> {
    /// Whether this is its name.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// The attribute of this name. Of several the first one counts.
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'a>> {
        self.attributes.iter().find(|attribute| attribute.is(name))
    }
}

impl Attribute<'_> {
    /// Whether this is its name.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// Where the value stands in the source.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.value.len()
    }
}

/// Goes through a text once, whatever it holds, and keeps nothing but the tag at hand.
pub struct Tags<'a> {
    html: &'a [u8],
    at: usize,
}

impl<'a> Tags<'a> {
    /// The tags of this text.
    pub fn new(html: &'a str) -> Self {
        let html = html.as_bytes();
        Self { html, at: 0 }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.html.get(self.at + ahead).copied()
    }

    /// Passes over bytes as long as they are none of these, or, with `while_in`, as long as they are.
    fn pass(&mut self, set: Set, while_in: bool) -> &'a [u8] {
        let start = self.at;
        while self.peek(0).is_some_and(|byte| set.has(byte) == while_in) {
            self.at += 1;
        }
        self.html.get(start..self.at).unwrap_or_default()
    }

    fn pass_until(&mut self, set: Set) -> &'a [u8] {
        self.pass(set, false)
    }

    /// Passes over a comment from behind its `<!--`. It ends at `-->` or `--!>`, and at once at `>` or `->`.
    fn pass_comment(&mut self) {
        let start = self.at;
        loop {
            let text = self.html.get(start..self.at).unwrap_or_default();
            let ends = matches!(text, [] | [b'-'] | [.., b'-', b'-'] | [.., b'-', b'-', b'!']);
            match self.peek(0) {
                Some(b'>') if ends => return,
                Some(_) => self.at += 1,
                None => return,
            }
        }
    }

    /// Reads a tag from its name on. `None`: the text ends before the tag does, which makes it none.
    fn tag(&mut self, start: usize, closing: bool) -> Option<Tag<'a>> {
        let name = self.pass_until(ENDS_NAME);
        let mut attributes = Vec::new();
        loop {
            self.pass(BLANK.and(b'/'), true);
            if self.peek(0)? == b'>' {
                self.at += 1;
                break;
            }
            attributes.push(self.attribute()?);
        }
        let range = start..self.at;
        if !closing {
            self.at = raw_text::end(self.html, self.at, name);
        }
        Some(Tag {
            name,
            closing,
            attributes,
            range,
        })
    }

    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let start = self.at;
        // An equals sign in first place is part of the name.
        self.at += 1;
        self.pass_until(ENDS_NAME.and(b'='));
        let name = self.html.get(start..self.at)?;
        self.pass(BLANK, true);
        if self.peek(0)? != b'=' {
            let at = start + name.len();
            return Some(Attribute { name, value: b"", at });
        }
        self.at += 1;
        self.pass(BLANK, true);
        let (ends, quote) = match self.peek(0)? {
            quote @ (b'"' | b'\'') => (Set::of(quote), 1),
            _ => (BLANK.and(b'>'), 0),
        };
        self.at += quote;
        let at = self.at;
        let value = self.pass_until(ends);
        self.peek(0)?;
        self.at += quote;
        Some(Attribute { name, value, at })
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            self.pass_until(Set::of(b'<'));
            let start = self.at;
            self.at += 1;
            let closing = self.peek(0)? == b'/';
            self.at += usize::from(closing);
            match self.html.get(self.at..)? {
                [b'A'..=b'Z' | b'a'..=b'z', ..] => return self.tag(start, closing),
                [b'!', b'-', b'-', ..] if !closing => {
                    self.at += 3;
                    self.pass_comment();
                }
                // A doctype, an instruction, or anything else that readers take for a comment.
                [first, ..] if closing || matches!(first, b'!' | b'?') => {
                    self.pass_until(END);
                }
                // A lone `<` is text.
                _ => {}
            }
        }
    }
}
