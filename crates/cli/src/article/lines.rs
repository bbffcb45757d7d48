//! The lines of an article's source, by its HTML.

use super::source::{Kind, Source};

/// The lines of the tags in an article's HTML.
///
/// A tag is known by its number. The addresses of pictures change on the way to WeChat, and no tag begins inside them,
/// so that tags keep their numbers.
pub struct Lines {
    /// The line of each tag.
    of_tags: Vec<u32>,
    /// The numbers of the tags that blocks begin with, and the lines of these blocks.
    blocks: Vec<(usize, u32)>,
}

/// The first line of a block, and the first byte of its HTML.
pub struct Block {
    pub line: u32,
    pub start: usize,
}

impl Lines {
    /// Numbers the tags of this HTML, which was made of these blocks. HTML that is its own source has none.
    pub fn new(source: &Source, html: &str, blocks: &[Block]) -> Self {
        let (mut of_tags, mut begun) = (Vec::new(), Vec::new());
        let (mut line, mut block) = (1, 0);
        let mut starts = tag_starts(html).into_iter().peekable();
        for (at, byte) in html.bytes().enumerate() {
            match source.kind {
                Kind::Html => line += u32::from(byte == b'\n'),
                Kind::Markdown => {
                    while let Some(next) = blocks.get(block).filter(|next| next.start <= at) {
                        line = next.line;
                        block += 1;
                        begun.push((of_tags.len(), line));
                    }
                }
            }
            if starts.next_if_eq(&at).is_some() {
                of_tags.push(line);
            }
        }
        Self { of_tags, blocks: begun }
    }

    /// Returns the line of the `repeated`-th occurrence of an opening tag, counted from 0, in the HTML with other
    /// addresses of pictures. The tag may be cut at its end.
    pub fn of(&self, html: &str, tag: &str, repeated: usize) -> Option<u32> {
        let tag = tag.trim_end_matches('…');
        let (at, _) = html.match_indices(tag).nth(repeated)?;
        let starts = tag_starts(html);
        // Of a whole document a part is sent only.
        if starts.len() != self.of_tags.len() {
            return None;
        }
        self.of_tags.get(starts.partition_point(|start| *start < at)).copied()
    }

    /// Puts a text before blocks: `text` gets the first line of a block, and that of the next.
    pub fn insert(&self, html: &str, text: impl Fn(u32, u32) -> Option<String>) -> String {
        let starts = tag_starts(html);
        let mut changed = String::with_capacity(html.len());
        let mut from = 0;
        for (index, (tag, line)) in self.blocks.iter().enumerate() {
            let next = self.blocks.get(index + 1).map_or(u32::MAX, |(_, line)| *line);
            if let (Some(at), Some(text)) = (starts.get(*tag), text(*line, next)) {
                changed.push_str(html.get(from..*at).unwrap_or_default());
                changed.push_str(&text);
                from = *at;
            }
        }
        changed.push_str(html.get(from..).unwrap_or_default());
        changed
    }
}

/// Returns where the tags of an HTML begin, and what looks like one. A picture in a `data:` URI may have tags of its
/// own, which are none of the document's.
fn tag_starts(html: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut is_in_tag, mut quote) = (false, None);
    let mut before = b' ';
    for (at, window) in html.as_bytes().windows(2).enumerate() {
        let [byte, next] = *window else { break };
        match (quote, byte) {
            (Some(open), _) => quote = quote.filter(|_| byte != open),
            (None, b'<') => {
                starts.push(at);
                is_in_tag = next.is_ascii_alphabetic();
            }
            (None, b'>') => is_in_tag = false,
            (None, b'"' | b'\'') if is_in_tag && before == b'=' => quote = Some(byte),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn source(kind: Kind) -> Source {
        Source {
            path: PathBuf::from("a.md"),
            kind,
            text: String::new(),
        }
    }

    #[test]
    fn a_tag_has_the_line_of_its_block() {
        let html = "<p>a</p><p>b<img src=\"1.png\"></p><p>c</p>";
        let blocks = [(1, 0), (3, 8), (9, 33)].map(|(line, start)| Block { line, start });
        let lines = Lines::new(&source(Kind::Markdown), html, &blocks);
        let sent = html.replace("1.png", "https://mmbiz.qpic.cn/longer");
        assert_eq!(lines.of(&sent, "<img src=\"https://mm…", 0), Some(3));
        assert_eq!(
            [0, 1, 2, 3].map(|n| lines.of(&sent, "<p>", n)),
            [Some(1), Some(3), Some(9), None]
        );
        assert_eq!(lines.of(&sent, "<b>", 0), None);
        // It is not the same document any more.
        assert_eq!(lines.of("<p>a</p>", "<p>", 0), None);
    }

    #[test]
    fn texts_go_before_blocks() {
        let html = "<p>a</p><p>b</p>";
        let blocks = [(1, 0), (5, 8)].map(|(line, start)| Block { line, start });
        let lines = Lines::new(&source(Kind::Markdown), html, &blocks);
        let changed = lines.insert(html, |first, next| (first == 5).then(|| format!("({first}-{next})")));
        assert_eq!(changed, "<p>a</p>(5-4294967295)<p>b</p>");
    }

    #[test]
    fn a_tag_inside_an_address_is_none() {
        let html = "a < b = \"\n<img src = \"data:image/svg+xml,<svg>'<p>\"\nalt='<b>'>\n<p>'</p>";
        let lines = Lines::new(&source(Kind::Html), html, &[]);
        let sent = html.replace("data:image/svg+xml,<svg>'<p>", "https://mmbiz.qpic.cn/0");
        let line = |tag| lines.of(&sent, tag, 0);
        assert_eq!(["<img", "<p>", "</p>"].map(line), [Some(2), Some(4), Some(4)]);
    }

    #[test]
    fn html_has_lines_of_its_own() {
        let html = "<p>a</p>\n\n<img src=1.png>";
        let lines = Lines::new(&source(Kind::Html), html, &[]);
        assert_eq!(lines.of(html, "<img", 0), Some(3));
    }
}
