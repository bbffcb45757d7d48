//! Looks at events to come.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use std::collections::BTreeMap;
use std::ops::Range;

use crate::dialect::Translated;
use crate::events::Events;
use crate::html::is_left_out;
use crate::tokens::{Token, Tokens};

/// The farthest look at events to come, to the text after the tags of a line: twice the four kinds of tags. Each tag
/// looks ahead, so without a limit many tags in each other would take quadratic time.
const AHEAD: usize = 8;

/// Takes the heading of the first level that begins the article, if it is the title or there is no other. WeChat shows
/// the title above the article. A heading with more than text stays, or this would be lost.
pub fn take_title(events: &mut Events, translated: &Translated, title: Option<&str>) -> Option<String> {
    let mut start = 0;
    while let Some(after) = after_unseen(events, start) {
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
    let mut stays = false;
    let mut pictures = 0_usize;
    let mut end = start + 1;
    loop {
        let (event, range) = events.peek_located(end)?;
        match event {
            Event::End(TagEnd::Heading(_)) => break,
            Event::Start(Tag::Image { .. }) => {
                pictures += 1;
                stays = true;
            }
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            _ if pictures > 0 => {}
            Event::Text(part) => text.push_str(&translated.plain(part, range)),
            Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::InlineMath(part) | Event::DisplayMath(part) => {
                text.push_str(part);
                stays = true;
            }
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            Event::InlineHtml(html) => {
                let is_break = |token| matches!(token, Token::Start(name, _) if name == "br");
                if Tokens::new(html).any(is_break) {
                    text.push(' ');
                }
                stays = true;
            }
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough) => {}
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough) => {}
            _ => stays = true,
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
    if !stays {
        events.remove(start..=end);
    }
    Some(text)
}

/// Returns the index after a block of HTML that readers don't see: comments, or places that links lead to.
fn after_unseen(events: &mut Events, start: usize) -> Option<usize> {
    if !matches!(events.peek(start)?, Event::Start(Tag::HtmlBlock | Tag::Paragraph)) {
        return None;
    }
    let mut html = String::new();
    for index in start + 1.. {
        match events.peek(index)? {
            Event::Html(part) | Event::InlineHtml(part) | Event::Text(part) => html.push_str(part),
            Event::SoftBreak => {}
            Event::End(TagEnd::HtmlBlock | TagEnd::Paragraph) => {
                let is_unseen = |token| match token {
                    Token::Text(text) => text.trim().is_empty(),
                    Token::Start(name, _) | Token::End(name) => name == "a",
                };
                return Tokens::new(&html).all(is_unseen).then_some(index + 1);
            }
            _ => return None,
        }
    }
    None
}

/// The longest word of an alert, in characters. Those of Obsidian have at most 9.
const LONGEST_WORD: usize = 30;

/// Takes the first line of a quote that is an alert as Obsidian writes it: its word, and its title. A title with
/// markup, which none can have, begins the text, in a line of its own.
pub fn take_alert(events: &mut Events, translated: &Translated) -> Option<(String, String)> {
    let (Event::Start(Tag::Paragraph), paragraph) = events.peek_located(0)? else {
        return None;
    };
    // A backslash comes before a sign that is none.
    let start = paragraph.start;
    let mut end = start;
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
    let (word, title) = text.strip_prefix("[!")?.split_once(']')?;
    let is_of_word = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_');
    if word.is_empty() || word.chars().count() > LONGEST_WORD || !word.chars().all(is_of_word) {
        return None;
    }
    let word = word.to_owned();
    let title = title.strip_prefix(['+', '-']).unwrap_or(title).trim_start();
    let title = match translated.marks.range(start..end).next() {
        Some(_) => title.replace("==", ""),
        None => title.to_owned(),
    };
    match events.peek(count) {
        Some(Event::SoftBreak | Event::HardBreak) => events.remove(1..=count),
        Some(Event::End(TagEnd::Paragraph)) => events.remove(0..=count),
        _ => {
            events.remove(1..=count - 1);
            if !title.is_empty() {
                events.insert(1, (Event::Text(title.into()), end..end));
            }
            end_first_line(events);
            return Some((word, String::new()));
        }
    }
    Some((word, title.trim_end().to_owned()))
}

/// Makes a line break of the end of the first line of the paragraph that begins.
fn end_first_line(events: &mut Events) {
    for index in 1.. {
        match events.peek_located(index) {
            Some((Event::SoftBreak, range)) => {
                let range = range.clone();
                events.remove(index..=index);
                return events.insert(index, (Event::HardBreak, range));
            }
            Some((Event::HardBreak | Event::End(TagEnd::Paragraph), _)) | None => return,
            Some(_) => {}
        }
    }
}

/// Returns the first character of the text that comes next in the line. At the end of a line a picture stands for one,
/// as wide as a Chinese one.
pub fn next_character(events: &mut Events, is_end_of_line: bool) -> Option<char> {
    for index in 0..AHEAD {
        match events.peek(index)? {
            // The sign of marked text is not written.
            Event::Text(text) => return text.strip_prefix("==").unwrap_or(text).chars().next(),
            Event::Code(text) => return text.chars().next(),
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
