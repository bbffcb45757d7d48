//! Elements in which nothing is a tag but their own end.

use super::{ENDS_NAME, place};

/// Those of the standard, but for `noscript`: its content is text for readers that run scripts, and WeChat runs none.
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
const SCRIPT: usize = 0;
const PLAIN_TEXT: usize = 1;

/// In how much of a comment a piece of script stands. Old pages hid scripts in comments, so the standard lets a script that is
/// named inside of one have an end of its own.
#[derive(Clone, Copy, PartialEq)]
enum Hidden {
    No,
    InComment,
    InScriptInComment,
}

/// Where reading goes on behind the start tag of this element: at once, or at the end tag of an element whose content is text.
pub fn end(html: &[u8], from: usize, name: &[u8]) -> usize {
    let Some(place) = place(&ELEMENTS, name) else {
        return from;
    };
    if place == PLAIN_TEXT {
        return html.len();
    }
    let mut hidden = Hidden::No;
    let mut at = from;
    while let Some([byte, rest @ ..]) = html.get(at..) {
        hidden = match (byte, hidden) {
            (b'<', Hidden::No | Hidden::InComment) if closes(rest, name) => return at,
            (b'<', Hidden::No) if place == SCRIPT && rest.starts_with(b"!--") => Hidden::InComment,
            (b'<', Hidden::InComment) if names(rest, name) => Hidden::InScriptInComment,
            (b'<', Hidden::InScriptInComment) if closes(rest, name) => Hidden::InComment,
            (b'>', _) if html.get(at - 2..at) == Some(b"--") => Hidden::No,
            (_, same) => same,
        };
        at += 1;
    }
    html.len()
}

/// Whether this, behind a `<`, is the beginning of the element's end tag.
fn closes(rest: &[u8], element: &[u8]) -> bool {
    rest.split_first()
        .is_some_and(|(&slash, rest)| slash == b'/' && names(rest, element))
}

/// Whether this begins with the name, and the name ends there.
fn names(rest: &[u8], name: &[u8]) -> bool {
    rest.get(..name.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        && rest.get(name.len()).is_some_and(|&byte| ENDS_NAME.has(byte))
}
