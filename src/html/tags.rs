//! The tags of a text, one after the other, as the tokenizer of the HTML standard sees them
//! (<https://html.spec.whatwg.org/multipage/parsing.html#tokenization>).

use super::raw_text;
use super::{BLANK, END, ENDS_NAME, Set};
use crate::eight::{EIGHT, Eight};
use std::ops::Range;

/// A tag.
#[derive(Clone, Copy)]
pub struct Tag<'a> {
    /// As it is spelled; names are the same in upper and lower case.
    pub name: &'a [u8],
    /// Whether it ends an element (`</p>`).
    pub closing: bool,
    /// All of it, from `<` to `>`.
    pub source: &'a [u8],
    attributes: Attributes<'a>,
}

/// An attribute of a tag.
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

    /// Its attributes, in order, and with those that are repeated.
    pub fn attributes(&self) -> Attributes<'a> {
        self.attributes
    }
}

impl Attribute<'_> {
    /// Whether this is its name.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// Where the value stands in the text.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.value.len()
    }
}

/// Goes through a text once, whatever it holds, and keeps nothing but its place.
pub struct Tags<'a>(Attributes<'a>);

/// Goes through what stands in a tag behind its name.
#[derive(Clone, Copy)]
pub struct Attributes<'a> {
    html: &'a [u8],
    at: usize,
}

impl<'a> Tags<'a> {
    /// The tags of this text.
    pub fn new(html: &'a str) -> Self {
        let html = html.as_bytes();
        Self(Attributes { html, at: 0 })
    }
}

impl<'a> Attributes<'a> {
    fn peek(&self) -> Option<u8> {
        self.html.get(self.at).copied()
    }

    /// Passes over bytes as long as they are of these, or as long as they are not.
    fn pass(&mut self, set: Set, are: bool) -> &'a [u8] {
        let start = self.at;
        while !are && Eight::at(self.html, self.at).is_some_and(|eight| eight.none_below(Set::END)) {
            self.at += EIGHT;
        }
        while self.peek().is_some_and(|byte| set.has(byte) == are) {
            self.at += 1;
        }
        self.html.get(start..self.at).unwrap_or_default()
    }

    /// Passes over a comment from behind its `<!--`. It ends at `-->` or `--!>`, and at once at `>` or `->`.
    fn pass_comment(&mut self) {
        let start = self.at;
        while let Some(byte) = self.peek() {
            let text = self.html.get(start..self.at).unwrap_or_default();
            if byte == b'>' && matches!(text, [] | [b'-'] | [.., b'-', b'-'] | [.., b'-', b'-', b'!']) {
                return;
            }
            self.at += 1;
        }
    }

    /// Passes over a tag from its name on. `None`: the text ends before the tag does, which makes it none.
    fn tag(&mut self, start: usize, closing: bool) -> Option<Tag<'a>> {
        let name = self.pass(ENDS_NAME, false);
        let attributes = *self;
        while self.next().is_some() {}
        self.peek()?;
        self.at += 1;
        let source = self.html.get(start..self.at)?;
        if !closing {
            self.at = raw_text::end(self.html, self.at, name);
        }
        Some(Tag {
            name,
            closing,
            source,
            attributes,
        })
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    /// `None`: the tag ends here, or the text does.
    fn next(&mut self) -> Option<Attribute<'a>> {
        self.pass(BLANK.and(b'/'), true);
        let start = self.at;
        if self.peek()? == b'>' {
            return None;
        }
        // An equals sign in first place is part of the name.
        self.at += 1;
        self.pass(ENDS_NAME.and(b'='), false);
        let name = self.html.get(start..self.at)?;
        let mut at = self.at;
        let mut value = &b""[..];
        self.pass(BLANK, true);
        if self.peek()? == b'=' {
            self.at += 1;
            self.pass(BLANK, true);
            let (ends, quote) = match self.peek()? {
                quote @ (b'"' | b'\'') => (Set::of(quote), 1),
                _ => (BLANK.and(b'>'), 0),
            };
            self.at += quote;
            at = self.at;
            value = self.pass(ends, false);
            self.peek()?;
            self.at += quote;
        }
        Some(Attribute { name, value, at })
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        let text = &mut self.0;
        loop {
            text.pass(Set::of(b'<'), false);
            let start = text.at;
            text.at += 1;
            let closing = text.peek()? == b'/';
            text.at += usize::from(closing);
            match text.html.get(text.at..)? {
                [b'A'..=b'Z' | b'a'..=b'z', ..] => return text.tag(start, closing),
                [b'!', b'-', b'-', ..] if !closing => {
                    text.at += 3;
                    text.pass_comment();
                }
                // A doctype, an instruction, or anything else that readers take for a comment.
                [first, ..] if closing || matches!(first, b'!' | b'?') => {
                    text.pass(END, false);
                }
                // A lone `<` is text.
                _ => {}
            }
        }
    }
}
