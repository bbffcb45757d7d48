//! The visible text of HTML: what a reader of the article reads.

use super::reference::decode_text;
use super::tags::{Part, Parts, Tag};

/// The elements that begin a line of their own by the stylesheet of the HTML standard, and those of the cells of tables
/// (<https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3>).
#[rustfmt::skip]
const BLOCKS: [&str; 55] = [
    "p", "section", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "figure",
    "figcaption", "table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "dl", "dt", "dd", "article", "aside",
    "header", "footer", "main", "nav", "address", "center", "details", "summary", "dialog", "dir", "menu", "fieldset",
    "legend", "form", "hgroup", "search", "listing", "xmp", "plaintext", "optgroup", "option", "html", "head", "body",
    "frameset",
];

/// The elements whose content is text that readers see.
const VISIBLE_RAW_TEXT: [&str; 3] = ["textarea", "xmp", "plaintext"];

impl Tag<'_> {
    /// Returns whether this is the tag of a block: an element that begins a line of its own.
    pub fn is_block(&self) -> bool {
        self.is_one_of(&BLOCKS)
    }
}

/// Returns the visible text. Tags, comments and the contents of `script`, `style`, `title` and the like are left out,
/// and character references are resolved. White space is one blank, as browsers show it, and none at the edges of a
/// block.
/// A line feed is between two blocks and for `<br>`.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    read(html, |character| text.push(character));
    text
}

/// Returns the number of characters of the visible text. Line feeds do not count.
pub fn visible_characters(html: &str) -> usize {
    let mut characters = 0;
    read(html, |character| characters += usize::from(character != '\n'));
    characters
}

/// The gap before the next character.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Line,
}

/// Hands over the characters of the visible text, one by one.
fn read(html: &str, mut put: impl FnMut(char)) {
    let mut has_begun = false;
    let mut gap = Gap::None;
    let mut read = |text: &str, gap: &mut Gap| {
        for character in text.chars() {
            if character.is_ascii_whitespace() {
                *gap = Gap::Blank.max(*gap);
            } else if !character.is_ascii_control() {
                match *gap {
                    Gap::Blank if has_begun => put(' '),
                    Gap::Line if has_begun => put('\n'),
                    _ => {}
                }
                put(character);
                has_begun = true;
                *gap = Gap::None;
            }
        }
    };
    for part in Parts::new(html) {
        match part {
            Part::Text(text) => read(&decode_text(text), &mut gap),
            Part::Comment(_) => {}
            Part::Tag(tag) => {
                if tag.is_block() || tag.is("br") {
                    gap = Gap::Line;
                }
                if !tag.raw_text.is_empty() && tag.is_one_of(&VISIBLE_RAW_TEXT) {
                    read(tag.raw_text, &mut gap);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::differential::PIECES;
    use super::*;

    #[test]
    fn text_is_what_a_reader_reads() {
        for (html, expected) in [
            ("", ""),
            (" 写\r\n\t作 ", "写 作"),
            ("<p>写</p>\n<p>作</p>", "写\n作"),
            ("<p> 写 <b> 作 </b> </p>", "写 作"),
            ("写<b>作</b>", "写作"),
            ("写<br>作<br/><br/>文", "写\n作\n文"),
            ("<table><tr><td>1<td>2</table>", "1\n2"),
            ("a<!-- b -->c<!doctype d>e<?f?>g</ h>i", "acegi"),
            (
                "<script>a</script><style>b</style><title>c</title><iframe>d</iframe>e",
                "e",
            ),
            ("<textarea>a</textarea><xmp><b></xmp>", "a\n<b>"),
            ("a &amp; b&lt;&#x5199;&nbsp;c", "a & b<写\u{a0}c"),
            ("&#32;a&#10;b&#9;", "a b"),
            ("a < b <1 </", "a < b <1 </"),
            ("a<b", "a"),
            ("<img alt=x title=y>", ""),
            ("a\u{0}\u{7f}b\u{1}", "ab"),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
        assert_eq!(visible_characters("<p>写 作&amp;</p><p>🎉</p>"), 5);
    }

    proptest! {
        #[test]
        fn the_count_is_that_of_the_text(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
            let html = pieces.concat();
            let text = text(&html);
            let characters = text.chars().filter(|character| *character != '\n').count();
            prop_assert_eq!(visible_characters(&html), characters, "{}", html);
            prop_assert_eq!(text.trim_ascii(), text.as_str());
            prop_assert!(!text.contains("  ") && !text.contains("\n\n") && !text.contains(" \n"), "{}", html);
        }
    }
}
