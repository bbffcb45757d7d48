//! Elements whose content is text: only their own end tag is a tag there.

use super::tags::ends_name;

/// The elements of the standard except `noscript`: its content is text for readers that run scripts, and WeChat runs none.
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

/// The position within a script. Old pages hid scripts in comments, so the standard gives a script that begins in a comment an end
/// of its own.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Text,
    Comment,
    ScriptInComment,
}

/// Returns the index at which reading goes on after the start tag of an element: at once, or at the end tag if the content is
/// text.
pub fn end(html: &str, start: usize, element: &str) -> usize {
    let is = |name: &str| element.eq_ignore_ascii_case(name);
    if !ELEMENTS.iter().any(|name| is(name)) {
        return start;
    }
    if is("plaintext") {
        return html.len();
    }
    let bytes = html.as_bytes();
    let mut state = State::Text;
    for at in memchr::memchr2_iter(b'<', b'>', bytes.get(start..).unwrap_or_default()) {
        let at = start + at;
        let (before, after) = bytes.split_at_checked(at).unwrap_or_default();
        state = match (after, state) {
            ([b'<', b'/', rest @ ..], State::Text | State::Comment) if begins_with_name(rest, element) => return at,
            ([b'<', b'!', b'-', b'-', ..], State::Text) if is("script") => State::Comment,
            ([b'<', rest @ ..], State::Comment) if begins_with_name(rest, element) => State::ScriptInComment,
            ([b'<', b'/', rest @ ..], State::ScriptInComment) if begins_with_name(rest, element) => State::Comment,
            ([b'>', ..], _) if before.ends_with(b"--") => State::Text,
            (_, same) => same,
        };
    }
    html.len()
}

/// Returns whether a text begins with this name, and the name ends there.
fn begins_with_name(text: &[u8], name: &str) -> bool {
    let Some((begin, rest)) = text.split_at_checked(name.len()) else {
        return false;
    };
    begin.eq_ignore_ascii_case(name.as_bytes()) && rest.first().is_some_and(|&byte| ends_name(byte))
}
