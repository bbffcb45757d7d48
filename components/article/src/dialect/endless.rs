//! HTML that begins a line and has no end: for the parser all that follows is in it. A sentence about Vue begins so.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::beginning;
use crate::events::OPTIONS;
use crate::findings::Findings;
use crate::source::Lines;
use crate::spacing::is_chinese;

/// The most of them that are looked for: each is found by another reading of the Markdown.
const MOST: usize = 32;

/// The elements whose tag begins a block up to the end tag, whatever is in it, by CommonMark.
const ELEMENTS: [&str; 4] = ["pre", "script", "style", "textarea"];

/// The other beginnings of such blocks, and their ends. The first that fits counts.
const SIGNS: [(&str, &str); 4] = [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")];

/// What has no end.
enum Endless {
    /// The tag of an element, with the blanks after it.
    Tag(&'static str),
    /// A comment.
    Comment,
    /// Another sign.
    Sign,
}

/// Leaves out the tags of elements that have no end tag, unless these are to be refused, and makes text of comments and
/// other signs without an end.
pub fn without_endless<'a>(
    markdown: &'a str,
    before: &str,
    are_tags_refused: bool,
    findings: &mut Findings,
) -> Cow<'a, str> {
    let mut markdown = Cow::Borrowed(markdown);
    for _ in 0..MOST {
        let Some((range, endless)) = find(&markdown, are_tags_refused) else {
            break;
        };
        let line = Lines::after(before, &markdown).line(range.start);
        let replacement = match endless {
            Endless::Tag(name) => {
                findings.add(line, |texts| texts.element_endless.with([&name]));
                let tag = markdown.get(range.clone()).unwrap_or_default();
                "\n".repeat(tag.matches('\n').count())
            }
            Endless::Comment => {
                findings.add(line, |texts| texts.html_comment_endless.as_str().to_owned());
                "\\".to_owned()
            }
            Endless::Sign => "\\".to_owned(),
        };
        markdown.to_mut().replace_range(range, &replacement);
    }
    markdown
}

/// Finds the first: the range of a tag, or the place before a sign.
fn find(markdown: &str, are_tags_refused: bool) -> Option<(Range<usize>, Endless)> {
    if !markdown.match_indices('<').any(|(at, _)| {
        let rest = markdown.get(at..).unwrap_or_default();
        rest.starts_with("<!") || rest.starts_with("<?") || element_of(rest).is_some()
    }) {
        return None;
    }
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::HtmlBlock)) {
            continue;
        }
        let block = markdown.get(range.clone()).unwrap_or_default();
        let html = block.trim_start_matches(' ');
        let start = range.start + block.len() - html.len();
        if let Some((sign, end)) = SIGNS.iter().find(|(sign, _)| html.starts_with(sign)) {
            // The dashes of the two signs of a comment may be the same.
            if html.get(2..).is_some_and(|inner| inner.contains(end)) {
                continue;
            }
            let is_comment = *sign == "<!--";
            return Some((start..start, if is_comment { Endless::Comment } else { Endless::Sign }));
        }
        let Some(name) = element_of(html).filter(|_| !are_tags_refused) else {
            continue;
        };
        let length = beginning(html)
            .find('>')
            .map_or_else(|| html.split('\n').next().unwrap_or_default().len(), |at| at + 1);
        let rest = html.get(length..).unwrap_or_default();
        if has_end(rest, name) && (name == "pre" || !is_prose(rest)) {
            continue;
        }
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        return Some((start..start + length + blanks, Endless::Tag(name)));
    }
    None
}

/// Returns whether a block of HTML goes up to an empty line, and not to an end of its own.
pub fn ends_with_empty_line(block: &str) -> bool {
    let html = block.trim_start_matches(' ');
    element_of(html).is_none() && !html.starts_with("<!") && !html.starts_with("<?")
}

/// Returns the element whose tag begins here.
fn element_of(html: &str) -> Option<&'static str> {
    let tag = html.strip_prefix('<')?;
    // Another element may have a longer name.
    let is_it = |name: &&str| {
        tag.get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
            && tag
                .get(name.len()..)
                .is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '>']))
    };
    ELEMENTS.into_iter().find(is_it)
}

fn has_end(html: &str, name: &str) -> bool {
    html.match_indices("</").any(|(at, _)| {
        html.get(at + 2..)
            .and_then(|end| end.get(..name.len()))
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    })
}

/// Returns whether text after a tag is an article, whose end tag belongs to an example below: a Chinese character
/// begins it, or there is a block of code in it.
fn is_prose(text: &str) -> bool {
    text.trim_start_matches([' ', '\t']).starts_with(is_chinese)
        || text
            .lines()
            .any(|line| line.starts_with("```") || line.starts_with("~~~"))
}
