//! What the server does to the HTML of articles (wechat-api §17).
//!
//! A tag scanner, not a parser: it has to tell tags from text, nothing more.

/// Elements that go with all that is in them.
const REMOVED: [&str; 6] = ["script", "style", "iframe", "object", "video", "audio"];

/// Elements whose tags go and whose content stays.
const UNWRAPPED: [&str; 4] = ["form", "input", "embed", "link"];

/// Attributes that go; those that begin with `on` do too.
const ATTRIBUTES: [&str; 2] = ["class", "id"];

/// The host of article images (wechat-api §8.1, §9).
const IMAGE_HOST: &str = "mmbiz.qpic.cn";

/// The host of articles, the only one that links may lead to.
const ARTICLE_HOST: &str = "mp.weixin.qq.com";

/// Content as the server keeps it.
pub(crate) fn sanitise(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut scanner = Scanner { rest: html };
    // For each open link, whether its tags are kept.
    let mut links = Vec::new();
    while let Some(piece) = scanner.next() {
        let mut tag = match piece {
            Piece::Text(text) => {
                kept.push_str(text);
                continue;
            }
            Piece::Tag(tag) => tag,
            Piece::Comment => continue,
        };
        if REMOVED.contains(&tag.name.as_str()) {
            if !tag.closing && !tag.empty {
                scanner.skip_to_end_of(&tag.name);
            }
            continue;
        }
        if UNWRAPPED.contains(&tag.name.as_str()) {
            continue;
        }
        tag.attributes.retain(|(name, value)| harmless(name, value));
        let keep = match tag.name.as_str() {
            "img" => tag.attribute("src").is_some_and(|url| on_host(url, IMAGE_HOST)),
            "a" if tag.closing => links.pop().unwrap_or(false),
            "a" => {
                let keep = tag.attribute("href").is_none_or(|url| on_host(url, ARTICLE_HOST));
                links.push(keep);
                keep
            }
            _ => true,
        };
        if keep {
            for (name, value) in &mut tag.attributes {
                if name == "style" {
                    *value = without_position(value);
                }
            }
            tag.write(&mut kept);
        }
    }
    kept
}

/// Content as it is sent out: images are loaded by script, from another address.
pub(crate) fn as_served(html: &str) -> String {
    let mut served = String::with_capacity(html.len());
    let mut scanner = Scanner { rest: html };
    while let Some(piece) = scanner.next() {
        match piece {
            Piece::Text(text) => served.push_str(text),
            Piece::Comment => {}
            Piece::Tag(mut tag) => {
                if tag.name == "img" {
                    for (name, value) in &mut tag.attributes {
                        if name == "src" {
                            *name = "data-src".to_owned();
                            *value = resized(value);
                        }
                    }
                    let added = [("data-ratio", "1"), ("data-w", "640")];
                    let added = added.map(|(name, value)| (name.to_owned(), value.to_owned()));
                    tag.attributes.extend(added);
                }
                tag.write(&mut served);
            }
        }
    }
    served
}

/// The text without tags.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut scanner = Scanner { rest: html };
    while let Some(piece) = scanner.next() {
        if let Piece::Text(piece) = piece {
            text.push_str(piece);
        }
    }
    for (entity, character) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        // Last, or `&amp;lt;` would be decoded twice.
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, character);
    }
    text.trim().to_owned()
}

/// Whether there is a hyperlink.
pub(crate) fn links(html: &str) -> bool {
    let mut scanner = Scanner { rest: html };
    while let Some(piece) = scanner.next() {
        if matches!(piece, Piece::Tag(tag) if tag.name == "a") {
            return true;
        }
    }
    false
}

#[derive(Debug)]
enum Piece<'a> {
    Text(&'a str),
    Tag(Tag),
    Comment,
}

#[derive(Debug)]
struct Tag {
    name: String,
    closing: bool,
    empty: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    fn write(&self, out: &mut String) {
        out.push_str(if self.closing { "</" } else { "<" });
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
        out.push_str(match self.name.as_str() {
            "br" => "  />",
            _ if self.empty => " />",
            _ => ">",
        });
    }
}

#[derive(Debug)]
struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if self.rest.starts_with("<!--") {
            self.skip_past("-->");
            return Some(Piece::Comment);
        }
        if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
            self.skip_past(">");
            return Some(Piece::Comment);
        }
        if opens_tag(self.rest) {
            return Some(Piece::Tag(self.tag()));
        }
        // A lone `<` is text.
        let end = self
            .rest
            .char_indices()
            .skip(1)
            .find(|(_, character)| *character == '<');
        Some(Piece::Text(self.take(end.map_or(self.rest.len(), |(place, _)| place))))
    }

    fn tag(&mut self) -> Tag {
        self.take(1);
        let closing = self.rest.starts_with('/');
        if closing {
            self.take(1);
        }
        let name = self.take_until(|character| character.is_whitespace() || matches!(character, '/' | '>'));
        let mut tag = Tag {
            name: name.to_ascii_lowercase(),
            closing,
            empty: false,
            attributes: Vec::new(),
        };
        loop {
            let gap = self.take_until(|character| !(character.is_whitespace() || character == '/'));
            if self.rest.is_empty() {
                return tag;
            }
            if self.rest.starts_with('>') {
                tag.empty = gap.ends_with('/');
                self.take(1);
                return tag;
            }
            let name = self.take_until(|character| character.is_whitespace() || matches!(character, '=' | '/' | '>'));
            self.take_until(|character| !character.is_whitespace());
            let value = if self.rest.starts_with('=') {
                self.take(1);
                self.take_until(|character| !character.is_whitespace());
                self.value()
            } else {
                ""
            };
            if name.is_empty() && value.is_empty() {
                // Something like `<a ="">`: step over it, or this would never end.
                continue;
            }
            tag.attributes.push((name.to_ascii_lowercase(), value.to_owned()));
        }
    }

    fn value(&mut self) -> &'a str {
        for quote in ['"', '\''] {
            if self.rest.starts_with(quote) {
                self.take(1);
                let value = self.take_until(|character| character == quote);
                self.take(1);
                return value;
            }
        }
        self.take_until(|character| character.is_whitespace() || character == '>')
    }

    fn take(&mut self, length: usize) -> &'a str {
        match self.rest.split_at_checked(length) {
            Some((taken, rest)) => {
                self.rest = rest;
                taken
            }
            None => std::mem::take(&mut self.rest),
        }
    }

    fn take_until(&mut self, end: impl FnMut(char) -> bool) -> &'a str {
        let length = self.rest.find(end).unwrap_or(self.rest.len());
        self.take(length)
    }

    fn skip_past(&mut self, end: &str) {
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
    }

    fn skip_to_end_of(&mut self, name: &str) {
        let end = format!("</{name}");
        let found = self.rest.to_ascii_lowercase().find(&end);
        self.rest = found.and_then(|place| self.rest.get(place..)).unwrap_or_default();
    }
}

fn opens_tag(text: &str) -> bool {
    let text = text.strip_prefix('<').unwrap_or_default();
    let text = text.strip_prefix('/').unwrap_or(text);
    text.starts_with(|character: char| character.is_ascii_alphabetic())
}

fn harmless(name: &str, value: &str) -> bool {
    let scheme: String = value
        .chars()
        .filter(|character| !character.is_whitespace() && !character.is_control())
        .take(11)
        .collect();
    !name.starts_with("on") && !ATTRIBUTES.contains(&name) && !scheme.eq_ignore_ascii_case("javascript:")
}

fn on_host(url: &str, host: &str) -> bool {
    let url = url.trim();
    let rest = ["https://", "http://", "//"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    rest.and_then(|rest| rest.split(['/', '?', '#']).next()) == Some(host)
}

/// Inline style without the properties that are lost.
fn without_position(style: &str) -> String {
    let kept = style.split(';').filter(|declaration| {
        let name = declaration.split(':').next().unwrap_or_default();
        !name.trim().eq_ignore_ascii_case("position")
    });
    kept.collect::<Vec<_>>().join(";")
}

/// The address of the size that articles show.
fn resized(url: &str) -> String {
    let url = url.replace("/0?", "/640?");
    if url.contains("from=appmsg") {
        url
    } else {
        format!("{url}{}from=appmsg", if url.contains('?') { '&' } else { '?' })
    }
}
