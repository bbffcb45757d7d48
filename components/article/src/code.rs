//! Code: WeChat loses line feeds and repeated spaces, so they are written.

use crate::findings::example;
use crate::html::Html;
use crate::page::Page;
use crate::theme::Role;

/// The languages of diagrams, which other programs draw.
const DIAGRAMS: [&str; 9] = [
    "dot",
    "echarts",
    "flow",
    "flowchart",
    "graphviz",
    "mermaid",
    "plantuml",
    "puml",
    "sequence",
];

/// A tab goes to the next multiple of so many characters.
const TAB: usize = 4;

/// A code block that is read.
#[derive(Default)]
pub struct Block {
    /// The first word after the fence.
    language: String,
    text: String,
}

impl Block {
    /// Starts a block with the words after its fence.
    pub fn new(info: &str) -> Self {
        let words = info.split([' ', ',', '{']);
        Self {
            language: words
                .map(str::trim)
                .find(|word| !word.is_empty())
                .unwrap_or_default()
                .to_owned(),
            text: String::new(),
        }
    }

    /// Adds text.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes the block.
    pub fn write(&self, page: &mut Page) {
        let language = example(&self.language);
        if DIAGRAMS.iter().any(|known| language.eq_ignore_ascii_case(known)) {
            let line = page.line;
            page.findings.add(line, |texts| texts.diagram.with([&language]));
        }
        write_block(page, &language, self.text.strip_suffix('\n').unwrap_or(&self.text));
    }
}

/// Writes a block of code.
pub fn write_block(page: &mut Page, language: &str, code: &str) {
    page.begin_block();
    page.open("section", Role::Code, "overflow-x:auto");
    if !language.is_empty() {
        page.open("section", Role::CodeLabel, "");
        page.html.text(language);
        page.html.close("section");
    }
    page.html.open("pre", "margin:0;padding:0");
    page.open("code", Role::CodeText, "display:block;white-space:nowrap");
    for (index, line) in code.split('\n').enumerate() {
        if index > 0 {
            page.html.raw("<br>");
        }
        let mut column = 0;
        write_spaced(&mut page.html, line, &mut column, true);
    }
    page.html.raw("</code></pre></section>");
}

/// Writes code in a line of text.
pub fn write_inline(page: &mut Page, code: &str) {
    if page.skipping.is_some() {
        return;
    }
    if let Some(link) = &mut page.link_text {
        link.push_str(code);
    }
    page.spacing.write_before(code.chars().next(), &mut page.html);
    page.open_inline("code", Role::InlineCode);
    write_spaced(&mut page.html, code, &mut 0, false);
    page.html.close("code");
    page.spacing.note(code.chars().next_back());
}

/// Writes code with spaces that stay: all but single ones between words are no-break spaces.
fn write_spaced(html: &mut Html, code: &str, column: &mut usize, mut after_space: bool) {
    let mut characters = code.char_indices().peekable();
    let mut start = 0;
    while let Some((at, character)) = characters.next() {
        if character != ' ' && character != '\t' {
            after_space = false;
            *column += 1;
            continue;
        }
        html.text(code.get(start..at).unwrap_or_default());
        start = at + 1;
        let width = if character == '\t' { TAB - *column % TAB } else { 1 };
        *column += width;
        let is_single = width == 1 && !after_space && !matches!(characters.peek(), None | Some((_, ' ' | '\t')));
        if is_single {
            html.raw(" ");
        } else {
            (0..width).for_each(|_| html.raw("\u{A0}"));
        }
        after_space = true;
    }
    html.text(code.get(start..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_code_stay() {
        for (code, expected) in [
            ("a b", "a b"),
            ("a  b", "a\u{A0}\u{A0}b"),
            ("  a", "\u{A0}\u{A0}a"),
            ("\ta\tb", "\u{A0}\u{A0}\u{A0}\u{A0}a\u{A0}\u{A0}\u{A0}b"),
            ("a ", "a\u{A0}"),
            ("写 <作>", "写 &lt;作&gt;"),
        ] {
            let mut html = Html::default();
            write_spaced(&mut html, code, &mut 0, true);
            assert_eq!(html.finish(), expected, "{code:?}");
        }
    }
}
