//! Strong text beside Chinese punctuation: `**重点：**文字`, `文字**“引文”**文字`. Text that is struck through, too.
//!
//! By CommonMark, asterisks between punctuation and a letter begin or end something, never both, as fits languages with
//! spaces between words. Chinese has none: its authors would see the asterisks, or strong text in the wrong place. The
//! parser has no option for it. So separators, which are no punctuation, are put between such asterisks and the
//! punctuation before it reads them, and taken out of all that it has read.
//!
//! This follows <https://github.com/tats-u/markdown-cjk-friendly>, and does less. A single asterisk stays as it is: it
//! may be the sign of a remark. So do asterisks whose punctuation faces the wrong way, as after names that are made
//! unreadable (`张**，李**。`).

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use crate::spacing::is_wide;

/// The separator: a character that Unicode keeps out of texts.
pub const SEPARATOR: char = '\u{FDD0}';

/// Punctuation that begins something. Asterisks after it don't end strong text.
pub const OPENING: &str = "“‘（《〈「『【〔〖［｛([{<";

/// Punctuation that ends something. Asterisks before it don't begin strong text.
const CLOSING: &str = "”’）》〉」』】〕〗］｝)]}>，。、；：？！％…,.;:?!%";

/// Signs whose own meaning depends on the asterisk beside them.
const DELIMITERS: &str = "*_~|";

/// Puts separators into Markdown at these places.
pub fn separate(markdown: &str, places: &[usize]) -> String {
    let mut separated = String::new();
    let mut start = 0;
    for &at in places {
        separated.push_str(markdown.get(start..at).unwrap_or_default());
        separated.push(SEPARATOR);
        start = at;
    }
    separated.push_str(markdown.get(start..).unwrap_or_default());
    separated
}

/// Returns whether there are separators to be taken out.
pub fn has_separators(markdown: &str) -> bool {
    markdown.contains(SEPARATOR)
}

/// Returns the places of separators. Markdown that has such a character already gets none.
pub fn places(markdown: &str) -> Vec<usize> {
    let mut places = Vec::new();
    if has_separators(markdown) {
        return places;
    }
    let mut at = 0;
    while let Some(found) = markdown.get(at..).and_then(|rest| rest.find(['*', '~', '\\'])) {
        let start = at + found;
        let (before, rest) = markdown.split_at_checked(start).unwrap_or((markdown, ""));
        let Some(first) = rest.chars().next() else { break };
        if first == '\\' {
            let is_escape = rest.as_bytes().get(1).is_some_and(u8::is_ascii_punctuation);
            at = start + 1 + usize::from(is_escape);
            continue;
        }
        let after = rest.trim_start_matches(first);
        let length = rest.len() - after.len();
        at = start + length;
        let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
            continue;
        };
        let is_strong = first == '*' && (2..=3).contains(&length);
        let is_strikethrough = first == '~' && length == 2;
        if !(is_strong || is_strikethrough) || !(is_wide(last) || is_wide(next)) {
            continue;
        }
        if is_beside(last, OPENING) && is_letter(next) {
            places.push(start);
        } else if is_strong && is_letter(last) && is_beside(next, CLOSING) && !is_open(after) {
            places.push(at);
        }
    }
    places
}

/// Returns whether a character is punctuation or a sign, but none of `others`. Some characters that are neither pass as
/// well; a separator beside them changes nothing.
fn is_beside(character: char, others: &str) -> bool {
    !character.is_whitespace()
        && !is_letter(character)
        && !others.contains(character)
        && !DELIMITERS.contains(character)
}

/// Returns whether a character is a letter or a number, for the parser as well: letters in circles are signs to it.
fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && !matches!(character, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}')
}

/// Returns whether text begins with a round bracket that does not close right before the next asterisks of its line. It
/// is then a remark on a word that ends with asterisks: `张**（男）、李**（女）`.
fn is_open(text: &str) -> bool {
    let line = text.split('\n').next().unwrap_or_default();
    let inner = line.split("**").next().unwrap_or_default();
    inner.starts_with(['（', '(']) && (inner.len() == line.len() || !inner.ends_with(['）', ')']))
}

/// Takes the separators out of an event.
pub fn without_separators(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(plain(text)),
        Event::Code(text) => Event::Code(plain(text)),
        Event::InlineMath(text) => Event::InlineMath(plain(text)),
        Event::DisplayMath(text) => Event::DisplayMath(plain(text)),
        Event::Html(html) => Event::Html(plain(html)),
        Event::InlineHtml(html) => Event::InlineHtml(plain(html)),
        Event::FootnoteReference(label) => Event::FootnoteReference(plain(label)),
        Event::Start(tag) => Event::Start(match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(plain(info))),
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(plain(label)),
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => Tag::Link {
                link_type,
                dest_url: plain(dest_url),
                title: plain(title),
                id: plain(id),
            },
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => Tag::Image {
                link_type,
                dest_url: plain(dest_url),
                title: plain(title),
                id: plain(id),
            },
            // The others have no text.
            tag => tag,
        }),
        event => event,
    }
}

fn plain(text: CowStr<'_>) -> CowStr<'_> {
    match unseparated(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(plain) => plain.into(),
    }
}

/// Returns a text without separators.
pub fn unseparated(text: &str) -> Cow<'_, str> {
    match has_separators(text) {
        true => Cow::Owned(text.replace(SEPARATOR, "")),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_stand_beside_asterisks_that_chinese_surrounds() {
        for (markdown, expected) in [
            ("**重点：**文字", "**重点：|**文字"),
            ("文字**“引文”**文字", "文字**|“引文”|**文字"),
            ("文字**`a`**文字**《书》的**文字", "文字**|`a`|**文字**|《书》的**文字"),
            ("**100%**的", "**100%|**的"),
            ("~~旧：~~新", "~~旧：|~~新"),
            ("文字**（重点）**文字", "文字**|（重点）|**文字"),
            ("张**（男）、李**（女）", "张**（男）、李**（女）"),
            ("张**，李**。", "张**，李**。"),
            ("文字**_a_**文字", "文字**_a_**文字"),
            ("价格*，详见说明*。", "价格*，详见说明*。"),
            ("*重点：*文字", "*重点：*文字"),
            ("：****1234", "：****1234"),
            ("\\**重点：\\**文字", "\\**重点：\\**文字"),
            ("|**字**|“**字**", "|**字**|“**字**"),
            ("**a:**b **c** \"d\"**e", "**a:**b **c** \"d\"**e"),
            ("**字** **字**\n**字**", "**字** **字**\n**字**"),
            ("文字**“", "文字**|“"),
            ("**", "**"),
            ("\\", "\\"),
        ] {
            let separated = separate(markdown, &places(markdown));
            assert_eq!(separated.replace(SEPARATOR, "|"), expected.to_owned(), "{markdown}");
            assert_eq!(has_separators(&separated), markdown != expected, "{markdown}");
        }
        let own = format!("**重点：**文字{SEPARATOR}");
        assert_eq!(separate(&own, &places(&own)), own);
    }
}
