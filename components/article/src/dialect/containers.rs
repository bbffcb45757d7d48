//! Containers as VuePress and VitePress write them: lines between `::: tip` and `:::` become an alert.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::endless::ends_with_empty_line;
use crate::events::OPTIONS;
use crate::findings::{Findings, excerpt};
use crate::source::Lines;

/// The sign at the beginning and the end. More colons are for containers around others.
const SIGN: &str = ":::";

/// The words of containers that are alerts, and the kinds of these.
const WORDS: [(&str, &str); 13] = [
    ("attention", "warning"),
    ("caution", "caution"),
    ("danger", "caution"),
    ("details", "note"),
    ("error", "caution"),
    ("hint", "tip"),
    ("important", "important"),
    ("info", "note"),
    ("note", "note"),
    ("question", "note"),
    ("success", "tip"),
    ("tip", "tip"),
    ("warning", "warning"),
];

/// One more empty line. A carriage return ends a line for the parser, and is not counted: the lines of the Markdown end
/// with line feeds.
const EMPTY_LINE: &str = "\r";

/// The most alerts in each other: a phone has no room for more. Each of their lines has a sign for each of them.
const DEEPEST: usize = 5;

/// A container.
struct Container {
    /// Its lines, from that of the beginning to that of the end.
    first: u32,
    last: u32,
    /// Its first line as an alert has it.
    title: String,
    /// The blanks before its first line.
    indent: usize,
}

/// Writes containers as alerts. Others stay as text.
pub fn with_alerts<'a>(markdown: &'a str, before: &str, findings: &mut Findings) -> Cow<'a, str> {
    if !markdown.contains(SIGN) {
        return Cow::Borrowed(markdown);
    }
    let lines = Lines::after(before, markdown);
    let containers = find(markdown, &lines, findings);
    let mut containers = containers.iter().peekable();
    if containers.peek().is_none() {
        return Cow::Borrowed(markdown);
    }
    // Those around the line.
    let mut open: Vec<&Container> = Vec::new();
    // Whether the line before belongs to a quote or to HTML, which would go on.
    let mut goes_on = false;
    let mut written = String::with_capacity(markdown.len());
    for (number, line) in (lines.line(0)..).zip(markdown.split_inclusive('\n')) {
        let opening = containers
            .next_if(|container| container.first == number)
            .filter(|_| open.len() < DEEPEST);
        open.extend(opening);
        let is_end = open.pop_if(|container| container.last == number).is_some();
        if opening.is_some() && open.len() == 1 && goes_on {
            written.push_str(EMPTY_LINE);
        }
        // Each sign stands where its container begins, which may be in an item of a list; also in an empty line, which
        // would end both.
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let blanks = if line.trim().is_empty() { usize::MAX } else { blanks };
        let mut start = 0;
        for container in &open {
            let indent = container.indent.min(blanks).max(start);
            written.push_str(&" ".repeat(indent - start));
            written.push_str("> ");
            start = indent;
        }
        goes_on = line.trim_start().starts_with(['>', '<']);
        match opening {
            Some(container) => written.push_str(&container.title),
            None if is_end => {}
            None => written.push_str(line.get(start..).unwrap_or_default().trim_end_matches('\n')),
        }
        if line.ends_with('\n') {
            written.push('\n');
        }
    }
    Cow::Owned(written)
}

/// Finds the containers that are alerts, in the order of their first lines.
fn find(markdown: &str, lines: &Lines, findings: &mut Findings) -> Vec<Container> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    let mut others = Vec::new();
    for at in signs(markdown) {
        let line = markdown
            .get(at..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default();
        let text = line.trim_start_matches(':').trim();
        if !text.is_empty() {
            open.push((at, line, text));
            continue;
        }
        let Some((start, line, text)) = open.pop() else {
            continue;
        };
        let before = markdown.get(..start).unwrap_or_default();
        match title_of(text) {
            Some(title) => found.push(Container {
                first: lines.line(start),
                last: lines.line(at),
                title,
                indent: before.len() - before.trim_end_matches(' ').len(),
            }),
            None => others.push((start, line)),
        }
    }
    others.extend(open.into_iter().map(|(start, line, _)| (start, line)));
    for (start, line) in others {
        let text = excerpt(line.trim_end());
        findings.add(lines.line(start), |texts| texts.tag_unread.with([&text]));
    }
    found.sort_by_key(|container| container.first);
    found
}

/// Returns the places of signs that begin a line of text, after blanks.
fn signs(markdown: &str) -> Vec<usize> {
    let mut signs = Vec::new();
    let mut is_code = false;
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            // HTML that ends with an empty line has the sign after it, too.
            Event::Start(Tag::HtmlBlock) => is_code = !ends_with_empty_line(markdown.get(range).unwrap_or_default()),
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => is_code = false,
            Event::Text(text) | Event::Html(text) if !is_code && text.trim_start_matches(' ').starts_with(SIGN) => {
                let start = range.start + text.len() - text.trim_start_matches(' ').len();
                let before = markdown.get(..start).unwrap_or_default().trim_end_matches(' ');
                if before.is_empty() || before.ends_with('\n') {
                    signs.push(start);
                }
            }
            _ => {}
        }
    }
    signs
}

/// Returns the first line of an alert from that of a container: `tip`, `tip Title`, `tip[Title]`.
fn title_of(text: &str) -> Option<String> {
    let end = text
        .find(|character: char| !character.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (word, title) = text.split_at_checked(end)?;
    let (_, kind) = WORDS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known))?;
    let title = match title.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']')?,
        None if title.is_empty() || title.starts_with(' ') => title,
        None => return None,
    };
    Some(format!("[!{kind}] {}", title.trim()))
}
