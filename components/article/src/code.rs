//! Code: WeChat loses line feeds and repeated spaces, so they are written.

use crate::findings::excerpt;
use crate::highlight;
use crate::html::Html;
use crate::theme::Role;
use crate::writer::ArticleWriter;

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
        // Of Pandoc: {.python #id key=value}; of other programs: the name of a file after a colon.
        let words = info.split([' ', '\t', ',', '{', '}', ':']);
        let language = words
            .map(|word| word.strip_prefix('.').unwrap_or(word))
            .find(|word| !word.is_empty() && !word.starts_with('#') && !word.contains('='));
        Self {
            language: language.unwrap_or_default().to_owned(),
            text: String::new(),
        }
    }

    /// Adds text.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes the block.
    pub fn write(&self, writer: &mut ArticleWriter) {
        let language = excerpt(&self.language);
        if DIAGRAMS.iter().any(|known| language.eq_ignore_ascii_case(known)) {
            let line = writer.line;
            writer.findings.add(line, |texts| texts.diagram.with([&language]));
        }
        write_block(writer, &language, self.text.strip_suffix('\n').unwrap_or(&self.text));
    }
}

/// Writes a block of code.
pub fn write_block(writer: &mut ArticleWriter, language: &str, code: &str) {
    writer.begin_block();
    writer.open("section", Role::Code, "overflow-x:auto");
    if !language.is_empty() {
        writer.open("section", Role::CodeLabel, "");
        writer.html.text(language);
        writer.html.close("section");
    }
    writer.html.open("pre", "margin:0;padding:0");
    writer.open("code", Role::CodeText, "display:block;white-space:nowrap");
    let mut spaces = Spaces::default();
    let mut rest = code;
    for (role, piece) in highlight::pieces(language, code) {
        rest = rest.get(piece.len()..).unwrap_or_default();
        let mut lines = piece.split('\n').peekable();
        while let Some(line) = lines.next() {
            let is_last = lines.peek().is_none();
            write_line(writer, role, line, if is_last { rest } else { "\n" }, &mut spaces);
            if !is_last {
                writer.html.raw("<br>");
                spaces = Spaces::default();
            }
        }
    }
    writer.html.raw("</code></pre></section>");
}

/// Writes code in a line of text.
pub fn write_inline(writer: &mut ArticleWriter, code: &str) {
    if writer.skipping.is_some() {
        return;
    }
    writer.add_link_text(code);
    writer.spacing.write_before(code.chars().next(), &mut writer.html);
    writer.open_inline("code", Role::InlineCode);
    let mut spaces = Spaces {
        column: 0,
        is_after_space: false,
    };
    spaces.write(&mut writer.html, code, "");
    writer.html.close("code");
    writer.spacing.note(code.chars().next_back());
}

/// Writes a part of a line of code in its colour. White space stands outside of the element.
fn write_line(writer: &mut ArticleWriter, role: Option<Role>, line: &str, rest: &str, spaces: &mut Spaces) {
    let html = &mut writer.html;
    let style = role.map_or("", |role| writer.theme.style(role));
    let text = line.trim_matches([' ', '\t']);
    if style.is_empty() || text.is_empty() {
        return spaces.write(html, line, rest);
    }
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let (before, after) = line.split_at_checked(start).unwrap_or((line, ""));
    let after = after.get(text.len()..).unwrap_or_default();
    spaces.write(html, before, text);
    html.open("span", style);
    spaces.write(html, text, "");
    html.close("span");
    spaces.write(html, after, rest);
}

/// The spaces of a line of code.
struct Spaces {
    column: usize,
    /// True at the beginning, and after a space.
    is_after_space: bool,
}

impl Default for Spaces {
    fn default() -> Self {
        Self {
            column: 0,
            is_after_space: true,
        }
    }
}

impl Spaces {
    /// Writes code with spaces that stay: all but single ones between words are no-break spaces. `rest` follows it.
    fn write(&mut self, html: &mut Html, code: &str, rest: &str) {
        let mut characters = code.char_indices().peekable();
        let mut start = 0;
        while let Some((at, character)) = characters.next() {
            if character != ' ' && character != '\t' {
                self.is_after_space = false;
                self.column += 1;
                continue;
            }
            html.text(code.get(start..at).unwrap_or_default());
            start = at + 1;
            let width = if character == '\t' { TAB - self.column % TAB } else { 1 };
            self.column += width;
            let next = characters.peek().map(|(_, next)| *next).or_else(|| rest.chars().next());
            let is_single = width == 1 && !self.is_after_space && !matches!(next, None | Some(' ' | '\t' | '\n'));
            if is_single {
                html.raw(" ");
            } else {
                (0..width).for_each(|_| html.raw("\u{A0}"));
            }
            self.is_after_space = true;
        }
        html.text(code.get(start..).unwrap_or_default());
    }
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
            Spaces::default().write(&mut html, code, "");
            assert_eq!(html.finish(), expected, "{code:?}");
        }
    }
}
