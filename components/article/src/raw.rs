//! The author's HTML: kept, refused, or written anew from what WeChat keeps.

use std::borrow::Cow;

use crate::bindings::types::{ErrorKind, RawHtml};
use crate::code;
use crate::element::{self, Element, Kind};
use crate::failure::{Result, error};
use crate::findings::excerpt;
use crate::link::{self, Target, target_of};
use crate::picture;
use crate::source::Lines;
use crate::style;
use crate::theme::Role;
use crate::tokens::{self, Token, Tokens};
use crate::writer::{ArticleWriter, Container, OpenElement, RawElement};

/// Writes the HTML of a block.
pub fn write_block(writer: &mut ArticleWriter, html: &str) -> Result<()> {
    writer.spacing.reset();
    match writer.raw_html {
        RawHtml::Keep => keep(writer, html),
        RawHtml::Refuse => return refuse(writer, html),
        RawHtml::Sanitise => return sanitise(writer, html),
    }
    Ok(())
}

fn sanitise(writer: &mut ArticleWriter, html: &str) -> Result<()> {
    let html = &*with_captions_before_tables(html);
    let is_seen = Tokens::new(html).any(is_seen);
    let mut tokens = Tokens::new(html);
    let mut gap = Gap::default();
    let lines = Lines::from_line(writer.line, html);
    while let Some(token) = tokens.next() {
        writer.line = lines.line(tokens.start());
        match token {
            Token::Text(text) => {
                tell_picture(writer, text);
                write_text(writer, text, &mut gap);
            }
            Token::Start(name, _) if element::is_dropped_whole(&name) => skip(writer, &mut tokens, &name),
            Token::Start(name, attributes) if name == "pre" => {
                gap = Gap::default();
                write_pre(writer, &mut tokens, attributes, &lines);
            }
            Token::Start(name, attributes) => start_in_block(writer, &name, attributes, is_seen, &mut gap),
            Token::End(name) => match close(writer, &name) {
                Some(Kind::Inline | Kind::Svg) | None => {}
                Some(_) => gap = Gap::default(),
            },
        }
        writer.check()?;
    }
    let _ = close(writer, OWN_PARAGRAPH);
    Ok(())
}

/// Returns HTML with the caption of each table before it: WeChat has no captions, and their text can be no row.
fn with_captions_before_tables(html: &str) -> Cow<'_, str> {
    let mut moved = String::new();
    let mut written = 0;
    let mut tokens = Tokens::new(html);
    let mut table = None;
    while let Some(token) = tokens.next() {
        match (token, table) {
            (Token::Start(name, _), _) if name == "table" => table = Some(tokens.start()),
            (Token::Text(text), _) if text.trim().is_empty() => {}
            (Token::Start(name, _), Some(start)) if name == "caption" => {
                let caption = tokens.start();
                if tokens.skip_to_end_of("caption") {
                    let end = tokens.end();
                    let part = |from: usize, to: usize| html.get(from..to).unwrap_or_default();
                    moved.extend([part(written, start), part(caption, end), part(start, caption)]);
                    written = end;
                }
                table = None;
            }
            _ => table = None,
        }
    }
    if moved.is_empty() {
        return Cow::Borrowed(html);
    }
    moved.push_str(html.get(written..).unwrap_or_default());
    Cow::Owned(moved)
}

/// Tells of the first picture in Markdown within the text of HTML, which no program reads there.
fn tell_picture(writer: &mut ArticleWriter, text: &str) {
    let Some((before, picture)) = text.split_once("![") else {
        return;
    };
    let Some((description, address)) = picture.lines().next().and_then(|line| line.split_once("](")) else {
        return;
    };
    let Some((address, _)) = address.split_once(')') else {
        return;
    };
    let lines = u32::try_from(before.matches('\n').count()).unwrap_or(0);
    let picture = excerpt(&format!("![{description}]({address})"));
    writer.findings.add(writer.line.saturating_add(lines), |texts| {
        texts.picture_in_html.with([&picture])
    });
}

/// Leaves out an element with all that is in it. Without an end tag that is nothing, but a script goes on to the end.
fn skip(writer: &mut ArticleWriter, tokens: &mut Tokens, name: &str) {
    if element::is_dropped_alone(name) || tokens.skip_to_end_of(name) {
        tell_dropped(writer, name);
    } else if matches!(name, "script" | "style") {
        tokens.skip_all();
        tell_dropped(writer, name);
    } else {
        tell_endless(writer, name);
    }
}

/// Writes preformatted text as a block of code, up to its end tag.
fn write_pre(writer: &mut ArticleWriter, tokens: &mut Tokens, attributes: &str, lines: &Lines) {
    let mut language = language_of(attributes);
    let mut text = String::new();
    while let Some(token) = tokens.next() {
        writer.line = lines.line(tokens.start());
        match token {
            Token::Text(part) => text.push_str(&tokens::decode(part)),
            Token::Start(name, _) if element::is_dropped_whole(&name) => skip(writer, tokens, &name),
            Token::Start(name, _) if name == "br" => text.push('\n'),
            Token::Start(name, attributes) if name == "code" => {
                language = language.or_else(|| language_of(attributes));
            }
            Token::Start(name, _) if name == "img" => tell_dropped(writer, &name),
            Token::End(name) if name == "pre" => break,
            Token::Start(..) | Token::End(_) => {}
        }
    }
    // The line ends beside the tags are not seen.
    let text = text.strip_prefix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\n').unwrap_or(text);
    code::write_block(writer, &excerpt(&language.unwrap_or_default()), text);
}

/// Returns the language of code from its class, as programs that colour code write it.
fn language_of(attributes: &str) -> Option<String> {
    let attributes = tokens::attributes(attributes);
    let mut classes = value_of(&attributes, "class")?.split_ascii_whitespace();
    let language = classes.find_map(|class| class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")));
    language.map(str::to_owned)
}

/// The state between two parts of a line that stand among blocks, where white space is nothing but between these.
#[derive(Default)]
struct Gap {
    /// True after a part of a line.
    is_after_part: bool,
    /// True after white space that follows it.
    has_space: bool,
}

impl Gap {
    /// Notes white space.
    const fn space(&mut self) {
        self.has_space = self.is_after_part;
    }

    /// Begins a part of a line.
    fn begin_part(&mut self, writer: &mut ArticleWriter) {
        if std::mem::take(&mut self.has_space) {
            writer.html.raw(" ");
        }
        self.is_after_part = true;
    }
}

/// The name of a paragraph that has no tag in the Markdown. No tag has a blank in its name.
const OWN_PARAGRAPH: &str = " ";

/// Opens a paragraph for a line that stands among the blocks of the article, as an item of a list is one already.
fn begin_paragraph(writer: &mut ArticleWriter) {
    if writer.innermost_raw().is_none() && !matches!(writer.containers.last(), Some(Container::Item | Container::Note))
    {
        writer.open("p", writer.paragraph(), "");
        let paragraph = Element {
            written: "p",
            kind: Kind::Leaf,
            role: None,
        };
        push(writer, OWN_PARAGRAPH, paragraph, false);
    }
}

/// Returns whether readers see something of a token: text, a picture, an empty line.
fn is_seen(token: Token) -> bool {
    match token {
        Token::Text(text) => !text.trim().is_empty(),
        Token::Start(name, _) => matches!(&*name, "img" | "svg" | "br"),
        Token::End(_) => false,
    }
}

/// Writes a tag in a line.
/// `has_end` tells whether an end tag follows in the same text.
pub fn write_inline(writer: &mut ArticleWriter, html: &str, mut has_end: impl FnMut(&str) -> bool) -> Result<()> {
    match writer.raw_html {
        RawHtml::Keep => keep(writer, html),
        RawHtml::Refuse => return refuse(writer, html),
        RawHtml::Sanitise => {
            for token in Tokens::new(html) {
                match token {
                    Token::End(name) if writer.skipping.as_ref() == Some(&name) => writer.skipping = None,
                    _ if writer.skipping.is_some() => {}
                    Token::Start(name, _) if element::is_dropped_alone(&name) => tell_dropped(writer, &name),
                    Token::Start(name, _) if element::is_dropped_whole(&name) => {
                        if has_end(&name) {
                            tell_dropped(writer, &name);
                            writer.skipping = Some(name);
                        } else {
                            tell_endless(writer, &name);
                        }
                    }
                    Token::Start(name, attributes) => start_in_line(writer, &name, attributes),
                    Token::End(name) => drop(close(writer, &name)),
                    Token::Text(text) => write_plain(writer, text),
                }
            }
        }
    }
    Ok(())
}

fn refuse(writer: &ArticleWriter, html: &str) -> Result<()> {
    for token in Tokens::new(html) {
        if let Token::Start(name, _) | Token::End(name) = token {
            let tag = format!("<{}>", excerpt(&name));
            return Err(error(
                ErrorKind::Markdown,
                writer.line,
                &writer.texts.errors.html_refused,
                [&tag],
            ));
        }
    }
    Ok(())
}

/// Writes HTML as it is. Its pictures are found, so that they can be uploaded.
fn keep(writer: &mut ArticleWriter, html: &str) {
    writer.html.raw(html);
    let lines = Lines::from_line(writer.line, html);
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        writer.line = lines.line(tokens.start());
        if let Token::Start(name, attributes) = token
            && name == "img"
        {
            let attributes = tokens::attributes(attributes);
            let value = |wanted| value_of(&attributes, wanted);
            if let Some(source) = value("src").filter(|source| !source.is_empty()) {
                writer
                    .pictures
                    .add(source, value("alt").unwrap_or_default(), writer.line);
            }
        }
    }
}

fn tell_dropped(writer: &mut ArticleWriter, name: &str) {
    writer
        .findings
        .add(writer.line, |texts| texts.element_dropped.with([&excerpt(name)]));
}

fn tell_endless(writer: &mut ArticleWriter, name: &str) {
    writer
        .findings
        .add(writer.line, |texts| texts.element_endless.with([&excerpt(name)]));
}

fn tell_unwrapped(writer: &mut ArticleWriter, name: &str) {
    writer
        .findings
        .add(writer.line, |texts| texts.element_unwrapped.with([&excerpt(name)]));
}

/// Writes text between tags. White space between blocks is nothing.
fn write_text(writer: &mut ArticleWriter, text: &str, gap: &mut Gap) {
    let is_in_line = |raw: &RawElement| matches!(raw.kind, Kind::Leaf | Kind::Inline | Kind::Svg);
    let is_blank = text.trim().is_empty();
    if is_blank && !writer.innermost_raw().is_some_and(is_in_line) {
        return gap.space();
    }
    pop_until(writer, Kind::holds_text);
    gap.begin_part(writer);
    begin_paragraph(writer);
    write_plain(writer, text);
}

/// Writes text of HTML.
fn write_plain(writer: &mut ArticleWriter, text: &str) {
    let text = tokens::decode(text);
    writer.add_link_text(&text.replace('\n', " "));
    writer.html.text(&text);
}

/// Opens an element among blocks.
fn start_in_block(writer: &mut ArticleWriter, name: &str, attributes: &str, is_seen: bool, gap: &mut Gap) {
    let Some(element) = element::find(name) else {
        return tell_unwrapped(writer, name);
    };
    let has_room = match element.kind {
        Kind::Block | Kind::Leaf | Kind::Table | Kind::List => {
            pop_until(writer, |kind| kind.holds_blocks());
            true
        }
        Kind::Void if element.written == "hr" => {
            pop_until(writer, |kind| kind.holds_blocks());
            true
        }
        Kind::Inline | Kind::Void | Kind::Svg => {
            if is_seen && (element.kind != Kind::Svg || name == "svg") {
                begin_paragraph(writer);
            }
            writer.innermost_raw().is_none_or(|raw| raw.kind.holds_text())
        }
        Kind::RowGroup => pop_to(writer, &[Kind::Table]),
        Kind::Row => pop_to(writer, &[Kind::RowGroup, Kind::Table]),
        Kind::Cell => pop_to(writer, &[Kind::Row]),
        Kind::Item => pop_to(writer, &[Kind::List]),
    };
    if !has_room {
        return tell_unwrapped(writer, name);
    }
    if matches!(element.kind, Kind::Inline | Kind::Void | Kind::Svg) && element.written != "hr" {
        gap.begin_part(writer);
    } else {
        *gap = Gap::default();
    }
    start(writer, name, element, attributes);
}

/// Opens an element in a line of text.
fn start_in_line(writer: &mut ArticleWriter, name: &str, attributes: &str) {
    match element::find(name) {
        Some(element) if matches!(element.kind, Kind::Inline | Kind::Void | Kind::Svg) && element.written != "hr" => {
            start(writer, name, element, attributes);
        }
        _ => tell_unwrapped(writer, name),
    }
}

/// Closes elements of the author's until one of these kinds is the innermost, or none is left.
fn pop_until(writer: &mut ArticleWriter, fits: impl Fn(Kind) -> bool) {
    while writer.innermost_raw().is_some_and(|raw| !fits(raw.kind)) {
        writer.pop_raw();
    }
}

/// Closes elements down to the nearest of these kinds. Returns false, and closes none, if there is none in the table or
/// the list around.
fn pop_to(writer: &mut ArticleWriter, kinds: &[Kind]) -> bool {
    let open = writer.open_elements.iter().rev().map_while(|element| match element {
        OpenElement::Raw(raw) => Some(raw.kind),
        OpenElement::Markdown(_) => None,
    });
    let mut found = None;
    for (count, kind) in open.enumerate() {
        if kinds.contains(&kind) {
            found = Some(count);
        }
        if found.is_some() || matches!(kind, Kind::Table | Kind::List) {
            break;
        }
    }
    let Some(count) = found else { return false };
    (0..count).for_each(|_| writer.pop_raw());
    true
}

fn start(writer: &mut ArticleWriter, name: &str, element: Element, attributes: &str) {
    let in_svg = writer.innermost_raw().is_some_and(|raw| raw.kind == Kind::Svg);
    // Shapes stand in an SVG, and nothing else does.
    if in_svg != (element.kind == Kind::Svg && name != "svg") {
        return tell_unwrapped(writer, name);
    }
    let is_closed = element.kind == Kind::Svg && attributes.ends_with('/');
    let attributes = tokens::attributes(attributes);
    let own = own_style(writer, name, element, &attributes);
    if name == "img" {
        let source = value_of(&attributes, "src").unwrap_or_default();
        let alternative = value_of(&attributes, "alt").unwrap_or_default();
        picture::write_image(writer, source, alternative, Role::InlinePicture, &own);
        return;
    }
    if name == "hr" {
        return writer.write_rule();
    }
    if name == "br" {
        return writer.break_line();
    }
    if name == "a" {
        return start_link(writer, &attributes, &own);
    }
    // As in Markdown, a table scrolls, and the text of an item is in a section.
    match element.kind {
        Kind::Table => writer.open("section", Role::TableBox, "overflow-x:auto"),
        Kind::Item => writer.open("li", Role::Item, ""),
        _ => {}
    }
    let role = element
        .role
        .filter(|_| writer.inline.headings == 0 || element.kind != Kind::Inline);
    let style = style::join(role.map_or("", |role| writer.theme.style(role)), &own);
    writer.html.raw("<");
    writer.html.raw(element.written);
    if !style.is_empty() {
        writer.html.raw(&format!(" style=\"{style}\""));
    }
    for (attribute, value) in &attributes {
        let is_span = element.kind == Kind::Cell
            && matches!(&**attribute, "colspan" | "rowspan")
            // No table of a phone has more.
            && value.parse::<u16>().is_ok_and(|number| (1..=100).contains(&number));
        if is_span || (element.kind == Kind::Svg && element::is_svg_attribute(attribute, value)) {
            writer.html.raw(&format!(" {attribute}=\"{value}\""));
        }
    }
    writer.html.raw(">");
    push(writer, name, element, false);
    if is_closed {
        writer.pop_raw();
    }
}

fn push(writer: &mut ArticleWriter, name: &str, element: Element, is_reference: bool) {
    writer.open_elements.push(OpenElement::Raw(RawElement {
        name: name.to_owned(),
        written: element.written,
        kind: element.kind,
        is_reference,
    }));
}

/// Opens a link of the author's.
fn start_link(writer: &mut ArticleWriter, attributes: &[(String, String)], own: &str) {
    let address = value_of(attributes, "href").unwrap_or_default().trim();
    let target = target_of(address);
    let link = |written| Element {
        written,
        kind: Kind::Inline,
        role: None,
    };
    if target == Target::Article {
        link::open_anchor(writer, address, own);
        return push(writer, "a", link("a"), false);
    }
    writer.html.open("span", own);
    let is_reference = link::begin_reference(writer, address, &target);
    push(writer, "a", link("span"), is_reference);
}

/// Returns the declarations of an author's element that WeChat keeps: those of its style, and those that take the place
/// of its attributes.
fn own_style(writer: &mut ArticleWriter, name: &str, element: Element, attributes: &[(String, String)]) -> String {
    let line = writer.line;
    let mut own = String::new();
    if name == "center" {
        own = "text-align:center".to_owned();
    }
    for (attribute, value) in attributes {
        let declarations = match &**attribute {
            "style" => style::kept_declarations(&without_zoom(name, value), |declaration| {
                let declaration = excerpt(declaration);
                writer.findings.add(line, |texts| {
                    texts.declaration_dropped.with([&excerpt(name), &declaration])
                });
            }),
            "align" if element.kind != Kind::Void => style::kept_declarations(&format!("text-align:{value}"), |_| {}),
            "color" if name == "font" => style::kept_declarations(&format!("color:{value}"), |_| {}),
            "width" if name == "img" => {
                let unit = if value.ends_with('%') || value.ends_with("px") {
                    ""
                } else {
                    "px"
                };
                style::kept_declarations(&format!("width:{value}{unit}"), |_| {})
            }
            "src" | "alt" if name == "img" => continue,
            "href" if name == "a" => continue,
            "colspan" | "rowspan" if element.kind == Kind::Cell => continue,
            _ if element.kind == Kind::Svg && element::is_svg_attribute(attribute, value) => continue,
            _ if element::is_silent_attribute(attribute) => continue,
            _ => {
                writer.findings.add(line, |texts| {
                    texts.attribute_dropped.with([&excerpt(name), &excerpt(attribute)])
                });
                continue;
            }
        };
        own = style::join(&own, &declarations);
    }
    own
}

/// Returns the style of a picture with a width in place of a zoom, which some editors write.
fn without_zoom<'a>(name: &str, style: &'a str) -> Cow<'a, str> {
    if name != "img" || !style.to_ascii_lowercase().contains("zoom") {
        return Cow::Borrowed(style);
    }
    let declarations = style::declarations(style).into_iter();
    let declarations: Vec<String> = declarations
        .filter_map(|declaration| match zoom_of(&declaration) {
            Some(percent) if percent > 0.0 && percent <= 100.0 => Some(format!("width:{percent}%")),
            // A picture is never wider than the column.
            Some(percent) if percent > 100.0 => None,
            _ => Some(declaration),
        })
        .collect();
    Cow::Owned(declarations.join(";"))
}

/// Returns the percentage of a declaration that is a zoom.
fn zoom_of(declaration: &str) -> Option<f32> {
    let (property, value) = declaration.split_once(':')?;
    if !property.trim().eq_ignore_ascii_case("zoom") {
        return None;
    }
    let value = value.trim();
    match value.strip_suffix('%') {
        Some(number) => number.parse().ok(),
        None => value.parse::<f32>().ok().map(|factor| factor * 100.0),
    }
}

/// Closes an element, with what is open in it, and returns its kind. Without one nothing happens.
fn close(writer: &mut ArticleWriter, name: &str) -> Option<Kind> {
    let open = writer.open_elements.iter().rev().map_while(|element| match element {
        OpenElement::Raw(raw) => Some((&*raw.name, raw.kind)),
        OpenElement::Markdown(_) => None,
    });
    let (index, kind) = open
        .enumerate()
        .find_map(|(index, (open, kind))| (open == name).then_some((index, kind)))?;
    (0..=index).for_each(|_| writer.pop_raw());
    Some(kind)
}

fn value_of<'a>(attributes: &'a [(String, String)], wanted: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(name, _)| name == wanted)
        .map(|(_, value)| &**value)
}
