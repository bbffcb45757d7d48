//! Formats that are text with tags: SVG and HTML.

/// Returns whether the root element is `svg`. A byte order mark, blanks, an XML declaration, comments and a document
/// type may come before it.
pub fn is_svg(bytes: &[u8]) -> bool {
    let Some(tag) = root(bytes).strip_prefix(b"<") else {
        return false;
    };
    let end = tag.iter().position(|byte| !is_name(*byte)).unwrap_or(tag.len());
    let (name, rest) = tag.split_at_checked(end).unwrap_or_default();
    // The name may have the prefix of a namespace.
    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    local.eq_ignore_ascii_case(b"svg") && !rest.is_empty()
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_' | b'.')
}

/// Returns the text from the root element on.
fn root(bytes: &[u8]) -> &[u8] {
    let mut rest = start(bytes);
    loop {
        let after = if rest.starts_with(b"<?") {
            after(rest, b"?>")
        } else if rest.starts_with(b"<!--") {
            after(rest, b"-->")
        } else if rest.starts_with(b"<!") {
            after_document_type(rest)
        } else {
            return rest;
        };
        match after {
            Some(after) => rest = after.trim_ascii_start(),
            None => return &[],
        }
    }
}

/// Returns the text without a byte order mark and leading blanks.
fn start(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start()
}

fn after<'a>(bytes: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    let at = bytes.windows(end.len()).position(|part| part == end)?;
    bytes.get(at + end.len()..)
}

/// Returns the text after a document type, whose declarations in brackets may have other tags.
fn after_document_type(bytes: &[u8]) -> Option<&[u8]> {
    let at = memchr::memchr2(b'[', b'>', bytes)?;
    match bytes.get(at..)? {
        declarations @ [b'[', ..] => after(after(declarations, b"]")?, b">"),
        end => end.get(1..),
    }
}

/// Returns whether the bytes begin with one of the tags that begin a page by <https://mimesniff.spec.whatwg.org/>, or
/// with an XML declaration before one.
pub fn is_html(bytes: &[u8]) -> bool {
    const TAGS: [&str; 17] = [
        "!doctype html",
        "html",
        "head",
        "script",
        "iframe",
        "h1",
        "div",
        "font",
        "table",
        "a",
        "style",
        "title",
        "b",
        "body",
        "br",
        "p",
        "!--",
    ];
    let mut page = start(bytes);
    if page.starts_with(b"<?xml") {
        page = after(page, b"?>").unwrap_or_default().trim_ascii_start();
    }
    let Some(tag) = page.strip_prefix(b"<") else {
        return false;
    };
    TAGS.iter().any(|name| {
        let (found, rest) = tag.split_at_checked(name.len()).unwrap_or_default();
        found.eq_ignore_ascii_case(name.as_bytes()) && matches!(rest, [b' ' | b'>', ..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_may_have_a_prolog() {
        for svg in [
            "<svg/>",
            "<svg>",
            "<SVG viewBox='0 0 1 1'>",
            "\u{FEFF}<svg xmlns=\"http://www.w3.org/2000/svg\">",
            "\r\n\r\n  <svg\nwidth='1'>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><svg>",
            "\u{FEFF}<?xml version='1.0'?>\n<!-- a > b --><!-- <html> -->\n<svg>",
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\"><svg>",
            "<?xml version='1.0'?><!DOCTYPE svg [ <!ENTITY ns \"http://x/>\"> ]>\n<?style?><svg:svg>",
        ] {
            assert!(is_svg(svg.as_bytes()), "{svg}");
        }
        for other in [
            "",
            "<",
            "svg",
            "<svg",
            "<svgz>",
            "<p><svg>",
            "<html><svg>",
            "<!-- <svg>",
            "<?xml <svg>",
            "<!DOCTYPE svg",
            "<svg:g>",
            "text <svg>",
        ] {
            assert!(!is_svg(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn a_page_may_have_a_mark_blanks_or_a_declaration_before_it() {
        for html in [
            "\u{FEFF}<!DOCTYPE html>",
            "\u{FEFF}\r\n <html lang=en>",
            "<?xml version='1.0'?>\n<html >",
            "\n\n<!-- x --><html>",
        ] {
            assert!(is_html(html.as_bytes()), "{html}");
        }
        for other in ["\u{FEFF}", "\u{FEFF}html>", "<?xml version='1.0'?>", "<?xml <html>"] {
            assert!(!is_html(other.as_bytes()), "{other}");
        }
    }
}
