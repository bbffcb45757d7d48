//! Whole documents, whose body is the article, and the base of their addresses.

use std::borrow::Cow;
use std::ops::Range;

use super::reference::decode;
use super::tags::{Part, Parts, Tag, Tags};

/// The elements that a head has (<https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead>).
pub const METADATA: [&str; 11] = [
    "title", "meta", "base", "link", "style", "script", "noscript", "template", "noframes", "basefont", "bgsound",
];

/// The elements of a head that make a document of the HTML after them. The others may stand at the start of any HTML.
const DOCUMENT_ONLY: [&str; 3] = ["title", "meta", "base"];

/// Returns the body of a whole document, and any other HTML as it is.
pub fn body(html: &str) -> &str {
    let body = body_range(html).and_then(|body| html.get(body));
    body.unwrap_or(html)
}

/// Leaves the body of a whole document in a text, and returns the parts around it. Leaves any other HTML as it is.
pub fn take_body(html: &mut String) -> String {
    let Some(Range { start, end }) = body_range(html) else {
        return String::new();
    };
    let outside = [html.get(..start), html.get(end..)]
        .map(Option::unwrap_or_default)
        .concat();
    html.truncate(end);
    html.drain(..start);
    outside
}

/// Returns the range of the body's content in a whole document: HTML that begins with a doctype, or with a tag of
/// `html`, `head` or `body`, or that has something after a `title`, `meta` or `base` at its beginning. Returns `None`
/// for any other HTML, and for a document of frames, which has no body. Reads other HTML up to its first text or tag
/// only, and a document once.
///
/// The body begins after its start tag, or else with the first text or tag that no head has. It ends before its end tag
/// if only elements of a head are after that, as browsers take anything else into the body.
pub fn body_range(html: &str) -> Option<Range<usize>> {
    let mut parts = Parts::new(html);
    let start = body_start(&mut parts)?;
    let mut end = None;
    let mut hidden = Hidden::default();
    loop {
        let at = parts.index();
        let Some(part) = parts.next() else { break };
        if hidden.has(&part) {
            continue;
        }
        match part {
            Part::Tag(tag) if tag.closing && (tag.is("body") || tag.is("html")) => end = end.or(Some(at)),
            Part::Tag(tag) if is_metadata(tag) => {}
            Part::Text(text) if is_blank(text) => {}
            Part::Comment(_) => {}
            _ => end = None,
        }
    }
    Some(start..end.unwrap_or(html.len()).max(start))
}

/// Returns the index at which the body begins, if the parts are those of a document.
fn body_start(parts: &mut Parts<'_>) -> Option<usize> {
    let mut is_document = false;
    let mut has_metadata = false;
    let mut hidden = Hidden::default();
    loop {
        let at = parts.index();
        let part = parts.next();
        let is_in_head = match &part {
            Some(part) if hidden.has(part) => true,
            Some(Part::Text(text)) => is_blank(text),
            Some(Part::Comment(comment)) => {
                is_document |= is_doctype(comment);
                true
            }
            Some(Part::Tag(tag)) if tag.is("frameset") => return None,
            Some(Part::Tag(tag)) if tag.is("body") && !tag.closing => return Some(parts.index()),
            Some(Part::Tag(tag)) => {
                let is_root = tag.is("html") || tag.is("head");
                is_document |= is_root && !tag.closing;
                has_metadata |= tag.is_one_of(&DOCUMENT_ONLY) && !tag.closing;
                is_root || tag.closing || is_metadata(*tag)
            }
            None => return is_document.then_some(at),
        };
        if !is_in_head {
            return (is_document || has_metadata).then_some(at);
        }
    }
}

/// The element of a head that is open, and whose content is none of the document's: a `noscript` or a `template`.
#[derive(Default)]
struct Hidden(Option<&'static str>);

impl Hidden {
    /// Returns whether a part is in such an element, or is its tag.
    fn has(&mut self, part: &Part<'_>) -> bool {
        let Part::Tag(tag) = part else { return self.0.is_some() };
        match self.0 {
            Some(name) => {
                if tag.closing && tag.is(name) {
                    self.0 = None;
                }
                true
            }
            None if tag.closing => false,
            None => {
                self.0 = ["noscript", "template"].into_iter().find(|name| tag.is(name));
                self.0.is_some()
            }
        }
    }
}

fn is_metadata(tag: Tag<'_>) -> bool {
    tag.is_one_of(&METADATA)
}

/// Returns whether a text is blank. A byte order mark is no text.
fn is_blank(text: &str) -> bool {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

fn is_doctype(comment: &str) -> bool {
    const DOCTYPE: &str = "<!doctype";
    comment
        .get(..DOCTYPE.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(DOCTYPE))
}

/// The address to which relative addresses of a text belong.
#[derive(Debug)]
pub struct Base {
    /// The beginning of an address up to its path, such as `https://example.com`; empty if there is none.
    origin: String,
    /// The path up to its last slash.
    folder: String,
}

impl Base {
    /// Returns the base that a text names with `<base href>`. The first one counts. Reads the text once.
    pub fn of(html: &str) -> Option<Self> {
        let href = |tag: Tag<'_>| {
            let mut attributes = tag.attributes();
            attributes
                .find(|attribute| attribute.is("href"))
                .map(|href| decode(href.value).into_owned())
        };
        let href = Tags::new(html)
            .filter(|tag| !tag.closing && tag.is("base"))
            .find_map(href)?;
        let href = href.trim_ascii().replace('\\', "/");
        let (href, _) = href.split_at_checked(path_length(&href))?;
        let (origin, path) = href.split_at_checked(origin_length(href))?;
        let folder = path.rfind('/').and_then(|slash| path.get(..=slash)).unwrap_or_default();
        Some(Self {
            origin: origin.to_owned(),
            folder: folder.to_owned(),
        })
    }

    /// Returns whether relative addresses lead to a host.
    pub fn has_host(&self) -> bool {
        self.origin.ends_with(|last| last != ':' && last != '/')
    }

    /// Returns an address as seen from the base. One with a scheme or a host, and one within the page, stays as it is.
    pub fn resolve<'a>(&self, address: &'a str) -> Cow<'a, str> {
        let leads_within = address.is_empty() || address.starts_with(['#', '?']);
        if leads_within || origin_length(address) > 0 || address.starts_with("\\\\") {
            return Cow::Borrowed(address);
        }
        let (path, rest) = address.split_at_checked(path_length(address)).unwrap_or_default();
        let path = match path.strip_prefix(['/', '\\']) {
            Some(_) if self.origin.is_empty() => return Cow::Borrowed(address),
            Some(path) => format!("/{path}"),
            None if self.origin.is_empty() || self.folder.starts_with('/') => format!("{}{path}", self.folder),
            None => format!("/{path}"),
        };
        Cow::Owned(format!("{}{}{rest}", self.origin, without_dots(&path)))
    }
}

/// Returns the length of an address up to its query or fragment.
fn path_length(address: &str) -> usize {
    address.find(['?', '#']).unwrap_or(address.len())
}

/// Returns the length of the scheme and the host of an address: 0 if it has neither.
fn origin_length(address: &str) -> usize {
    let begins = |character: char| character.is_ascii_alphabetic();
    let scheme = address.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        let is_in_scheme = |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
        scheme.starts_with(begins) && scheme.chars().all(is_in_scheme)
    });
    let scheme = scheme.map_or(0, |scheme| scheme.len() + 1);
    let rest = address.get(scheme..).unwrap_or_default();
    match rest.strip_prefix("//") {
        Some(host) => scheme + 2 + host.find(['/', '\\']).unwrap_or(host.len()),
        None => scheme,
    }
}

/// Returns a path without its parts `.` and `..`. Those beyond the start stay in a path without a slash at its start.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            (".", _) => {}
            ("..", Some(&"")) if parts.len() == 1 => {}
            ("..", Some(&last)) if last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        parts.push("");
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_of_a_document_is_its_article() {
        for (html, expected) in [
            (
                "<html><head><title>x</title></head><body><p>a</p></body></html>",
                "<p>a</p>",
            ),
            (
                "<!DOCTYPE html>\n<HTML>\n<Head><meta charset=utf-8></Head>\n<BODY class='x>y'>\na\n</BODY>\n</HTML>\n",
                "\na\n",
            ),
            ("\u{FEFF}<!-- x --><?xml y?><!doctype html><p>a</p>", "<p>a</p>"),
            // Tags may be left out.
            ("<meta charset='utf-8'><p>a</p>", "<p>a</p>"),
            ("<meta charset='utf-8'>a<b>c</b>", "a<b>c</b>"),
            (
                "<title><body></title><style><p></style><script><p></script><link>a",
                "a",
            ),
            ("<base href=x/><img src=a>", "<img src=a>"),
            ("<html><p>a", "<p>a"),
            ("<head><p>a", "<p>a"),
            ("<body>a", "a"),
            ("<html><head></head>a</html>", "a"),
            ("<html><body>a</html>", "a"),
            ("</p><html></br><body>a", "a"),
            (
                "<html><head><noscript><img src=x></noscript><template><p>x</template><body>a",
                "a",
            ),
            ("<html>", ""),
            ("<!doctype html>", ""),
            ("<html><body></body></html>", ""),
            // Only the last end counts, and more text belongs to the body.
            ("<body>a</body>b", "a</body>b"),
            ("<body>a</body><p>b</p></body></html>", "a</body><p>b</p>"),
            (
                "<body>a</body> <!-- b --><script>c</script><style>d</style></html>\n",
                "a",
            ),
            ("<body>a</body>b</html>", "a</body>b"),
            (
                "<body><pre>&lt;/body></pre><!-- </body> --><p title='</body>'>",
                "<pre>&lt;/body></pre><!-- </body> --><p title='</body>'>",
            ),
        ] {
            let range = body_range(html).unwrap();
            assert_eq!(body(html), expected, "{html}");
            let mut taken = html.to_owned();
            let outside = take_body(&mut taken);
            assert_eq!(
                (taken.as_str(), &*outside),
                (expected, &*(html[..range.start].to_owned() + &html[range.end..]))
            );
        }
    }

    #[test]
    fn other_html_stays_byte_for_byte() {
        for html in [
            "",
            " ",
            "\u{FEFF}",
            "写",
            "<p>a</p></body></html>",
            "a<html><head></head><body>b</body></html>",
            "<p><html><body>a</body>",
            "<!-- <html><body> --><p>a</p>",
            "<style>p{}</style><p>a</p>",
            "<script>x</script><link>a",
            "<pre>&lt;html>&lt;body>a&lt;/body></pre>",
            "<textarea><body>a</body></textarea>",
            "<section title='<body>'>a</section>",
            "<header>a</header>",
            "<headline>a",
            "<svg><title>a</title></svg>",
            "<noscript><html></noscript><p>a",
            "</body>a",
            "&lt;!doctype html>a",
            "<! doctype html>a",
            "<body",
            "<title><img src=a></title>",
            "<meta charset=utf-8> <base href=x/>",
            "<html><frameset><frame></frameset></html>",
        ] {
            assert_eq!(body_range(html), None, "{html}");
            assert_eq!(body(html), html);
            assert_eq!(take_body(&mut html.to_owned()), "");
        }
    }

    #[test]
    fn an_address_belongs_to_the_base() {
        for (base, address, expected) in [
            ("img/", "a.png", "img/a.png"),
            ("img/", "./a.png?v=1#x", "img/a.png?v=1#x"),
            ("img/", "b/../../a.png", "a.png"),
            ("img/", "../../a.png", "../a.png"),
            ("./", "a.png", "a.png"),
            ("../x/", "a.png", "../x/a.png"),
            ("img/page.html?a/b#c/d", "a.png", "img/a.png"),
            ("page.html", "a.png", "a.png"),
            ("", "a.png", "a.png"),
            ("img\\b\\", "a.png", "img/b/a.png"),
            ("图/", "写.png", "图/写.png"),
            ("/img/", "a.png", "/img/a.png"),
            ("/img/", "../../a.png", "/a.png"),
            ("img/", "/a.png", "/a.png"),
            ("img/", "//example.com/a.png", "//example.com/a.png"),
            ("img/", "https://example.com/a.png", "https://example.com/a.png"),
            ("img/", "data:,a/../b", "data:,a/../b"),
            ("img/", "cid:a", "cid:a"),
            ("img/", "C:\\a.png", "C:\\a.png"),
            ("img/", "#a", "#a"),
            ("img/", "", ""),
            ("https://example.com/x/y.html", "a.png", "https://example.com/x/a.png"),
            ("https://example.com/x/y.html", "/a.png", "https://example.com/a.png"),
            ("https://example.com/x/", "../../a.png", "https://example.com/a.png"),
            ("https://example.com", "a.png", "https://example.com/a.png"),
            ("https://example.com?x/y", "a.png", "https://example.com/a.png"),
            ("//example.com/x/", "a.png", "//example.com/x/a.png"),
            ("file:///x/y/", "a.png", "file:///x/y/a.png"),
        ] {
            let html = format!("<base target=x><base href='{base}'><base href=z/>");
            let found = Base::of(&html).unwrap();
            assert_eq!(found.resolve(address), expected, "{base} {address}");
            assert_eq!(found.has_host(), base.contains("example.com"), "{base}");
        }
        for html in ["", "<p>x</p>", "<base>", "<!-- <base href=x/> -->", "</base href=x/>"] {
            assert!(Base::of(html).is_none(), "{html}");
        }
        let base = Base::of("<base HREF=' &#x69;mg&sol; '>").unwrap();
        assert_eq!(base.resolve("a.png"), "img/a.png");
    }

    /// A reader that went back over the text would take hours for each of these.
    #[test]
    fn a_megabyte_of_anything_is_read_once() {
        for piece in [
            "<html>",
            "<body>",
            "</body>",
            "<noscript>",
            "<title>",
            "</html>a",
            "<!doctype html>",
            "<base href>",
            " ",
        ] {
            let html = format!("<html>{}", piece.repeat(1_000_000 / piece.len()));
            assert!(body(&html).len() <= html.len());
            assert!(Base::of(&html).is_none_or(|base| !base.has_host()));
        }
        let address = "../".repeat(300_000);
        let base = Base::of("<base href='a/b/'>").unwrap();
        assert!(base.resolve(&address).len() <= address.len());
    }
}
