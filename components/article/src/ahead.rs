//! Looks at events to come.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use std::collections::BTreeMap;
use std::ops::Range;

use crate::events::Events;
use crate::html::is_left_out;
use crate::tokens::{Token, Tokens};

/// The farthest look at events to come, to the text after the tags of a line: twice the four kinds of tags. Each tag
/// looks ahead, so without a limit many tags in each other would take quadratic time.
const AHEAD: usize = 8;

/// Takes the heading of the first level that begins the article, if it is the title or there is no other. WeChat shows
/// the title above the article.
pub fn take_title(events: &mut Events, title: Option<&str>) -> Option<String> {
    let mut start = 0;
    while let Some(after) = after_comment(events, start) {
        start = after;
    }
    let Some(Event::Start(Tag::Heading {
        level: HeadingLevel::H1,
        ..
    })) = events.peek(start)
    else {
        return None;
    };
    let mut text = String::new();
    let mut end = start + 1;
    loop {
        match events.peek(end)? {
            Event::End(TagEnd::Heading(_)) => break,
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough) => {}
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough) => {}
            // A heading with a picture, a link or a note stays, or these would be lost.
            _ => return None,
        }
        end += 1;
    }
    // WeChat takes no control characters in a title either.
    text.retain(|character| !u8::try_from(character).is_ok_and(is_left_out));
    let text = text.trim();
    if text.is_empty() || title.is_some_and(|title| title != text) {
        return None;
    }
    let text = text.to_owned();
    events.remove(start..=end);
    Some(text)
}

/// Returns the index after a block of HTML that has comments alone.
fn after_comment(events: &mut Events, start: usize) -> Option<usize> {
    let Event::Start(Tag::HtmlBlock) = events.peek(start)? else {
        return None;
    };
    let mut html = String::new();
    for index in start + 1.. {
        match events.peek(index)? {
            Event::Html(part) | Event::Text(part) => html.push_str(part),
            Event::End(TagEnd::HtmlBlock) => {
                let is_blank = |token| matches!(token, Token::Text(text) if text.trim().is_empty());
                return Tokens::new(&html).all(is_blank).then_some(index + 1);
            }
            _ => return None,
        }
    }
    None
}

/// The longest word of an alert, in characters. Those of Obsidian have at most 9.
const LONGEST_WORD: usize = 30;

/// Takes the first line of a quote that is an alert as Obsidian writes it: its word, and its title.
pub fn take_alert(events: &mut Events) -> Option<(String, String)> {
    let (Event::Start(Tag::Paragraph), paragraph) = events.peek_located(0)? else {
        return None;
    };
    // A backslash comes before a sign that is none.
    let mut end = paragraph.start;
    let mut text = String::new();
    let mut count = 1;
    while let Some((Event::Text(part), range)) = events.peek_located(count) {
        if range.start != end || !(text.starts_with('[') || part.starts_with('[')) {
            break;
        }
        text.push_str(part);
        end = range.end;
        count += 1;
    }
    let (word, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let is_of_word = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_');
    if word.is_empty() || word.chars().count() > LONGEST_WORD || !word.chars().all(is_of_word) {
        return None;
    }
    let word = word.to_owned();
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest).trim_start().to_owned();
    match events.peek(count) {
        Some(Event::SoftBreak | Event::HardBreak) => events.remove(1..=count),
        Some(Event::End(TagEnd::Paragraph)) => events.remove(0..=count),
        _ => {
            // Its title has markup, which a title can't have.
            events.remove(1..=count - 1);
            if !rest.is_empty() {
                events.insert(1, (Event::Text(rest.into()), end..end));
            }
            return Some((word, String::new()));
        }
    }
    Some((word, rest.trim_end().to_owned()))
}

/// Returns the first character of the text that comes next in the line. At the end of a line a picture stands for one,
/// as wide as a Chinese one.
pub fn next_character(events: &mut Events, is_end_of_line: bool) -> Option<char> {
    for index in 0..AHEAD {
        match events.peek(index)? {
            Event::Text(text) | Event::Code(text) => return text.chars().next(),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {}
            Event::InlineHtml(_) if is_end_of_line => {}
            Event::Start(Tag::Image { .. }) if is_end_of_line => return Some('\u{3000}'),
            _ => return None,
        }
    }
    None
}

/// Where no end tag of an element follows, by its name. To look for one again would take quadratic time.
pub type Endless = BTreeMap<String, Range<usize>>;

/// Returns whether the end tag of an element that begins at this place follows in the same text.
pub fn has_end_tag(events: &mut Events, endless: &mut Endless, name: &str, start: usize) -> bool {
    if endless.get(name).is_some_and(|range| range.contains(&start)) {
        return false;
    }
    let end_tag = Token::End(name.to_owned());
    let mut pictures = 0_usize;
    let mut end = start + 1;
    for index in 0.. {
        let Some((event, range)) = events.peek_located(index) else {
            break;
        };
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            // A tag in the alternative text of a picture is none.
            Event::InlineHtml(html) if pictures == 0 && Tokens::new(html).any(|token| token == end_tag) => return true,
            event if is_in_line(event) => {}
            _ => break,
        }
        end = end.max(range.end);
    }
    endless.insert(name.to_owned(), start..end);
    false
}

/// Returns whether an event is a part of a line of text.
fn is_in_line(event: &Event) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
        ),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

/// Returns whether the item that begins is a task.
pub fn is_task(events: &mut Events) -> bool {
    let after = usize::from(matches!(events.peek(0), Some(Event::Start(Tag::Paragraph))));
    matches!(events.peek(after), Some(Event::TaskListMarker(_)))
}

/// Returns whether the paragraph that begins has pictures alone. Its events are looked at up to the first text.
pub fn has_pictures_alone(events: &mut Events) -> bool {
    let mut open = 0_usize;
    let mut count = 0_usize;
    for index in 0.. {
        match events.peek(index) {
            Some(Event::Start(Tag::Image { .. })) => {
                open += 1;
                count += 1;
            }
            Some(Event::End(TagEnd::Image)) => open = open.saturating_sub(1),
            Some(Event::End(TagEnd::Paragraph)) | None => break,
            Some(Event::SoftBreak | Event::HardBreak) => {}
            Some(_) if open > 0 => {}
            Some(_) => return false,
        }
    }
    count > 0
}
