//! Elements whose content is text: only their own end tag is a tag there.

use super::set::ENDS_NAME;

/// The elements of the standard except `noscript`: its content is text for readers that run scripts, and WeChat runs
/// none.
const ELEMENTS: [&str; 9] = [
    "script",
    "plaintext",
    "style",
    "textarea",
    "title",
    "iframe",
    "xmp",
    "noembed",
    "noframes",
];

/// The position within a script. Old pages hid scripts in comments, so the standard gives a script that begins in a
/// comment an end of its own.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Text,
    Comment,
    ScriptInComment,
}

/// Returns the index at which reading goes on after the start tag of an element: at once, or at the end tag if the
/// content is text.
pub fn end(html: &str, start: usize, element: &str) -> usize {
    let is = |name: &str| element.eq_ignore_ascii_case(name);
    if !ELEMENTS.iter().any(|name| is(name)) {
        return start;
    }
    if is("plaintext") {
        return html.len();
    }
    let is_script = is("script");
    let bytes = html.as_bytes();
    let mut state = State::Text;
    let mut at = start;
    while let Some([byte, rest @ ..]) = bytes.get(at..) {
        state = match (byte, state) {
            (b'<', State::Text | State::Comment) if is_end_tag(rest, element) => return at,
            (b'<', State::Text) if is_script && rest.starts_with(b"!--") => State::Comment,
            (b'<', State::Comment) if begins_with_name(rest, element) => State::ScriptInComment,
            (b'<', State::ScriptInComment) if is_end_tag(rest, element) => State::Comment,
            (b'>', _) if bytes.get(at - 2..at) == Some(b"--") => State::Text,
            (_, same) => same,
        };
        at += 1;
    }
    html.len()
}

/// Returns whether the text after a `<` begins an end tag of this element.
fn is_end_tag(text: &[u8], element: &str) -> bool {
    matches!(text, [b'/', name @ ..] if begins_with_name(name, element))
}

/// Returns whether a text begins with this name, and the name ends there.
fn begins_with_name(text: &[u8], name: &str) -> bool {
    let Some((begin, rest)) = text.split_at_checked(name.len()) else {
        return false;
    };
    begin.eq_ignore_ascii_case(name.as_bytes()) && rest.first().is_some_and(|&byte| ENDS_NAME.has(byte))
}
