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
    let Some(Event::Start(Tag::Heading {
        level: HeadingLevel::H1,
        ..
    })) = events.peek(0)
    else {
        return None;
    };
    let mut text = String::new();
    let mut count = 1;
    loop {
        match events.peek(count)? {
            Event::End(TagEnd::Heading(_)) => break,
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough) => {}
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough) => {}
            // A heading with a picture, a link or a note stays, or these would be lost.
            _ => return None,
        }
        count += 1;
    }
    // WeChat takes no control characters in a title either.
    text.retain(|character| !u8::try_from(character).is_ok_and(is_left_out));
    let text = text.trim();
    if text.is_empty() || title.is_some_and(|title| title != text) {
        return None;
    }
    (0..=count).for_each(|_| drop(events.next()));
    Some(text.to_owned())
}

/// Returns the first character of the text that comes next in the line.
pub fn next_character(events: &mut Events) -> Option<char> {
    for index in 0..AHEAD {
        match events.peek(index)? {
            Event::Text(text) | Event::Code(text) => return text.chars().next(),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {}
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
