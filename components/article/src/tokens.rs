//! The tags of an author's HTML.
//!
//! What is read wrongly does no harm: everything is written anew from the parts that are allowed, and escaped.
//! `ammonia`, which does both, is larger than this whole component (docs/performance.md, "Articles").

use std::borrow::Cow;
use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser};

/// A part of HTML.
#[derive(Debug, PartialEq)]
pub enum Token<'a> {
    /// Text, with its character references.
    Text(&'a str),
    /// A start tag: its name in lower case, and what follows the name.
    Start(String, &'a str),
    /// An end tag: its name in lower case.
    End(String),
}

/// The parts of a text.
pub struct Tokens<'a> {
    html: &'a str,
    rest: &'a str,
    /// The place where the last token begins.
    start: usize,
    /// The names without an end tag in the rest, and the ends of comments that are not there. To look for one again
    /// would take quadratic time.
    endless: BTreeSet<String>,
}

impl<'a> Tokens<'a> {
    /// Reads HTML.
    pub const fn new(html: &'a str) -> Self {
        let endless = BTreeSet::new();
        Self {
            html,
            rest: html,
            start: 0,
            endless,
        }
    }

    /// Leaves out everything up to the end tag of an element. Returns false, and leaves out nothing, if it has none.
    pub fn skip_to_end_of(&mut self, name: &str) -> bool {
        if self.endless.contains(name) {
            return false;
        }
        let mut at = 0;
        while let Some(found) = self.rest.get(at..).and_then(|rest| rest.find("</")) {
            at += found + 2;
            let rest = self.rest.get(at..).unwrap_or_default();
            let is_name = rest
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name));
            let after = rest.get(name.len()..).unwrap_or_default();
            if is_name && !after.starts_with(|character: char| character.is_ascii_alphanumeric() || character == '-') {
                let end = after.find('>').map_or(after.len(), |end| end + 1);
                self.rest = after.get(end..).unwrap_or_default();
                return true;
            }
        }
        self.endless.insert(name.to_owned());
        false
    }

    /// Returns the place where the last token begins, in bytes.
    pub const fn start(&self) -> usize {
        self.start
    }

    /// Returns the place up to which the HTML is read, in bytes.
    pub const fn end(&self) -> usize {
        self.html.len() - self.rest.len()
    }

    /// Leaves out everything up to the end.
    pub const fn skip_all(&mut self) {
        self.rest = "";
    }

    /// Takes so many bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            self.start = self.end();
            let is_markup =
                |next: &str| next.starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next));
            let Some(after) = self.rest.strip_prefix('<').filter(|after| is_markup(after)) else {
                return Some(Token::Text(self.take_text()));
            };
            if after.starts_with(['!', '?']) {
                match self.end_of_comment() {
                    Some(end) => drop(self.take(end)),
                    None => return Some(Token::Text(self.take_text())),
                }
                continue;
            }
            let Some(end) = end_of_tag(self.rest) else {
                // Without an end all of the rest is text. To look for one again after each bracket would take
                // quadratic time.
                return Some(Token::Text(self.take(self.rest.len())));
            };
            let tag = self.take(end);
            let inner = tag.get(1..end.saturating_sub(1)).unwrap_or_default();
            let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
            let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | ':' | '_');
            let length = inner.find(|character| !is_name(character)).unwrap_or(inner.len());
            let (name, attributes) = inner.split_at_checked(length).unwrap_or((inner, ""));
            let name = name.to_ascii_lowercase();
            if is_end {
                return Some(Token::End(name));
            }
            return Some(Token::Start(name, attributes));
        }
    }
}

impl<'a> Tokens<'a> {
    /// Takes a bracket that begins no tag, or text, and all up to the next bracket.
    fn take_text(&mut self) -> &'a str {
        let first = self.rest.chars().next().map_or(1, char::len_utf8);
        let next = self.rest.get(first..).and_then(|rest| rest.find('<'));
        self.take(next.map_or(self.rest.len(), |next| next + first))
    }

    /// Returns the end of the comment, or of what browsers take for one, that comes next.
    fn end_of_comment(&mut self) -> Option<usize> {
        let (start, end) = match self.rest.starts_with("<!--") {
            true => ("<!", "-->"),
            false => ("<", ">"),
        };
        if self.endless.contains(end) {
            return None;
        }
        let inner = self.rest.get(start.len()..).unwrap_or_default();
        let found = inner.find(end).map(|at| start.len() + at + end.len());
        if found.is_none() {
            self.endless.insert(end.to_owned());
        }
        found
    }
}

/// Returns the length of the tag that a text begins with.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Reads attributes: their names in lower case, and their values with their character references resolved.
pub fn attributes(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = source;
    loop {
        rest = rest.trim_start_matches(|character: char| character.is_ascii_whitespace() || character == '/');
        let ends_name = |character: char| character.is_ascii_whitespace() || matches!(character, '=' | '/');
        // An equals sign at the beginning belongs to the name, as in browsers.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        if first == 0 {
            return found;
        }
        let length = rest
            .get(first..)
            .and_then(|rest| rest.find(ends_name))
            .map_or(rest.len(), |at| at + first);
        let (name, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let after = after.trim_ascii_start();
        let (value, after) = match after.strip_prefix('=') {
            None => ("", after),
            Some(value) => split_value(value.trim_ascii_start()),
        };
        rest = after;
        found.push((name.to_ascii_lowercase(), decode(value)));
    }
}

/// Splits the value of an attribute from what follows it.
fn split_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = text.find(|character: char| character.is_ascii_whitespace());
    text.split_at_checked(end.unwrap_or(text.len())).unwrap_or((text, ""))
}

/// Resolves the references of characters, by name or by number.
pub fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        rest = after;
        let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let length = after.bytes().take(LONGEST_NAME + 1).take_while(is_of_name).count();
        let (name, after) = after.split_at_checked(length).unwrap_or((after, ""));
        match (resolve(name), after.strip_prefix(';')) {
            (Some(text), Some(after)) => {
                decoded.push_str(&text);
                rest = after;
            }
            _ => decoded.push('&'),
        }
    }
    decoded.push_str(rest);
    decoded
}

/// The longest name of a character: `CounterClockwiseContourIntegral`.
const LONGEST_NAME: usize = 31;

/// Returns the text of a reference without its `&` and `;`.
fn resolve(name: &str) -> Option<Cow<'static, str>> {
    let known = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{A0}",
        _ => "",
    };
    if !known.is_empty() {
        return Some(Cow::Borrowed(known));
    }
    let Some(digits) = name.strip_prefix('#') else {
        return named(name).map(Cow::Owned);
    };
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    let character = char::from_u32(number.ok()?).filter(|character| *character != '\0')?;
    Some(Cow::Owned(character.to_string()))
}

/// Returns the text of one of HTML's names. The parser of Markdown has the table of all of them, and no function to ask
/// it: so it reads the reference.
fn named(name: &str) -> Option<String> {
    if name.len() < 2 || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let reference = format!("&{name};");
    let mut text = String::new();
    for event in Parser::new(&reference) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    (text != reference).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_has_tags_text_and_comments() {
        let html = "a<B class='>'>b</b ><!-- <i> -->c< d<?x?><br/><!DOCTYPE html>e<u";
        let tokens: Vec<_> = Tokens::new(html).collect();
        let start = |name: &str, attributes| Token::Start(name.to_owned(), attributes);
        assert_eq!(
            tokens,
            [
                Token::Text("a"),
                start("b", " class='>'"),
                Token::Text("b"),
                Token::End("b".to_owned()),
                Token::Text("c"),
                Token::Text("< d"),
                start("br", "/"),
                Token::Text("e"),
                Token::Text("<u"),
            ]
        );
    }

    #[test]
    fn an_element_can_be_left_out() {
        let mut tokens = Tokens::new("alert('</scripts>')</SCRIPT >b");
        assert!(tokens.skip_to_end_of("script"));
        assert_eq!(tokens.next(), Some(Token::Text("b")));
        assert!(!Tokens::new("b</i>").skip_to_end_of("b"));
    }

    #[test]
    fn attributes_are_those_of_browsers() {
        let found = attributes(" A=1 b = 'x y' c=\"&quot;&amp;&#65;&#x42;&nope;&\" d e=/f / =g");
        let found: Vec<_> = found.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(
            found,
            [
                ("a", "1"),
                ("b", "x y"),
                ("c", "\"&AB&nope;&"),
                ("d", ""),
                ("e", "/f"),
                ("=g", "")
            ]
        );
    }
}
