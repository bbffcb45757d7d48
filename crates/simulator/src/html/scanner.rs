//! A tag scanner, not a parser: it separates tags and text as the HTML standard does, and does nothing more.

use std::collections::BTreeSet;

/// Elements whose content is text up to their end, even if it looks like tags.
pub(crate) const TEXT: [&str; 8] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

/// White space of HTML. Unicode has more.
const SPACE: [char; 5] = [' ', '\t', '\n', '\r', '\x0c'];

/// A part of a document.
#[derive(Debug)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Tag(Tag),
    /// A comment, a declaration, an instruction, or a tag that is cut off at the end: readers skip these.
    Nothing,
}

#[derive(Clone, Debug)]
pub(crate) struct Tag {
    /// The name in lower case.
    pub(crate) name: String,
    pub(crate) closing: bool,
    pub(crate) empty: bool,
    /// Each name once, in lower case, with the value as it is written.
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn write(&self, out: &mut String) {
        out.push_str(if self.closing { "</" } else { "<" });
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
        out.push_str(match self.name.as_str() {
            "br" => "  />",
            _ if self.empty => " />",
            _ => ">",
        });
    }
}

#[derive(Debug)]
pub(crate) struct Scanner<'a> {
    rest: &'a str,
    /// Element whose text comes next.
    text_of: Option<String>,
}

impl<'a> Scanner<'a> {
    pub(crate) fn of(html: &'a str) -> Scanner<'a> {
        Scanner {
            rest: html,
            text_of: None,
        }
    }

    pub(crate) fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.text_of.take() {
            let text = self.take(end_of(self.rest, &name));
            if !text.is_empty() {
                return Some(Piece::Text(text));
            }
        }
        if self.rest.is_empty() {
            return None;
        }
        if self.rest.starts_with("<!--") {
            self.skip_comment();
            return Some(Piece::Nothing);
        }
        // A tag's name begins with a letter. Any other character makes `<` text, and begins a comment after `</`.
        let inner = self.rest.strip_prefix('<').unwrap_or_default();
        let name = inner.strip_prefix('/').unwrap_or(inner);
        if name.starts_with(|character: char| character.is_ascii_alphabetic()) {
            return Some(self.tag());
        }
        if inner.starts_with(['!', '?']) || (inner.starts_with('/') && !name.is_empty()) {
            self.take_until(|character| character == '>');
            self.take(1);
            return Some(Piece::Nothing);
        }
        let end = self
            .rest
            .char_indices()
            .skip(1)
            .find(|(_, character)| *character == '<');
        Some(Piece::Text(self.take(end.map_or(self.rest.len(), |(index, _)| index))))
    }

    pub(crate) fn skip_to_end_of(&mut self, name: &str) {
        self.text_of = None;
        self.take(end_of(self.rest, name));
    }

    fn tag(&mut self) -> Piece<'a> {
        self.take(1);
        let closing = self.rest.starts_with('/');
        if closing {
            self.take(1);
        }
        let name = self.take_until(|character| SPACE.contains(&character) || matches!(character, '/' | '>'));
        let mut tag = Tag {
            name: name.to_ascii_lowercase(),
            closing,
            empty: false,
            attributes: Vec::new(),
        };
        // A megabyte of HTML may be one tag.
        let mut names = BTreeSet::new();
        loop {
            let gap = self.take_until(|character| !SPACE.contains(&character) && character != '/');
            let Some(first) = self.rest.chars().next() else {
                // Browsers show nothing of such a tag.
                return Piece::Nothing;
            };
            if first == '>' {
                self.take(1);
                tag.empty = gap.ends_with('/');
                if !closing && TEXT.contains(&tag.name.as_str()) {
                    self.text_of = Some(tag.name.clone());
                }
                return Piece::Tag(tag);
            }
            let (name, value) = self.attribute(first);
            if names.insert(name.clone()) {
                tag.attributes.push((name, value));
            }
        }
    }

    /// Reads a name, which may begin with any character, and its value.
    fn attribute(&mut self, first: char) -> (String, String) {
        let all = self.rest;
        self.take(first.len_utf8());
        let more = self.take_until(|character| SPACE.contains(&character) || matches!(character, '=' | '/' | '>'));
        let name = all.get(..first.len_utf8() + more.len()).unwrap_or_default();
        let before = self.rest;
        self.take_until(|character| !SPACE.contains(&character));
        if !self.rest.starts_with('=') {
            self.rest = before;
            return (name.to_ascii_lowercase(), String::new());
        }
        self.take(1);
        self.take_until(|character| !SPACE.contains(&character));
        (name.to_ascii_lowercase(), self.value().to_owned())
    }

    fn value(&mut self) -> &'a str {
        for quote in ['"', '\''] {
            if self.rest.starts_with(quote) {
                self.take(1);
                let value = self.take_until(|character| character == quote);
                self.take(1);
                return value;
            }
        }
        self.take_until(|character| SPACE.contains(&character) || character == '>')
    }

    /// Skips a comment. It ends at `-->` or `--!>`; `<!-->` and `<!--->` end at once.
    fn skip_comment(&mut self) {
        self.take("<!--".len());
        for end in [">", "->"] {
            if self.rest.starts_with(end) {
                self.take(end.len());
                return;
            }
        }
        let end = self.rest.match_indices("--").find_map(|(index, _)| {
            let rest = self.rest.get(index + 2..)?;
            let end = [">", "!>"].into_iter().find(|end| rest.starts_with(end))?;
            Some(index + 2 + end.len())
        });
        self.take(end.unwrap_or(self.rest.len()));
    }

    fn take(&mut self, length: usize) -> &'a str {
        match self.rest.split_at_checked(length) {
            Some((taken, rest)) => {
                self.rest = rest;
                taken
            }
            None => std::mem::take(&mut self.rest),
        }
    }

    fn take_until(&mut self, end: impl FnMut(char) -> bool) -> &'a str {
        let length = self.rest.find(end).unwrap_or(self.rest.len());
        self.take(length)
    }
}

/// Returns the index of the end tag of this element, or the length of the text.
fn end_of(text: &str, name: &str) -> usize {
    let ends = text.match_indices("</").find(|(index, _)| {
        let rest = text.get(index + 2..).unwrap_or_default();
        let after = rest.get(name.len()..).unwrap_or_default();
        let named = rest
            .get(..name.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(name));
        named && after.starts_with(|character| SPACE.contains(&character) || matches!(character, '/' | '>'))
    });
    ends.map_or(text.len(), |(index, _)| index)
}
