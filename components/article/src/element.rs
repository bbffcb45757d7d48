//! The elements of an author's HTML that WeChat keeps, and what they may hold.

use crate::theme::{HEADINGS, Role};

/// The kind of an element, by what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Blocks and lines.
    Block,
    /// Lines alone.
    Leaf,
    /// A part of a line.
    Inline,
    /// Nothing.
    Void,
    /// Rows, or groups of them.
    Table,
    /// Rows.
    RowGroup,
    /// Cells.
    Row,
    /// Blocks and lines, in a row.
    Cell,
    /// Items.
    List,
    /// Blocks and lines, in a list.
    Item,
    /// Shapes; the outermost is a part of a line.
    Svg,
}

impl Kind {
    /// Returns whether blocks may be inside.
    pub const fn holds_blocks(self) -> bool {
        matches!(self, Self::Block | Self::Cell | Self::Item)
    }

    /// Returns whether text may be inside.
    pub const fn holds_text(self) -> bool {
        !matches!(self, Self::Table | Self::RowGroup | Self::Row | Self::List | Self::Void)
    }
}

/// An element that is kept.
#[derive(Clone, Copy)]
pub struct Element {
    /// The name that is written. WeChat's phones ignore the style of `div` (article-html §2).
    pub written: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// The role whose style it has.
    pub role: Option<Role>,
}

/// Finds an element by its name in lower case.
pub fn find(name: &str) -> Option<Element> {
    let element = |written, kind, role| Some(Element { written, kind, role });
    match name {
        "section" | "div" | "article" | "main" | "header" | "footer" | "aside" | "figure" | "details" | "center"
        | "nav" | "hgroup" | "address" => element("section", Kind::Block, Some(Role::Text)),
        "blockquote" => element("section", Kind::Block, Some(Role::Quote)),
        "p" => element("p", Kind::Leaf, Some(Role::Paragraph)),
        "figcaption" | "caption" => element("section", Kind::Leaf, Some(Role::Caption)),
        "summary" => element("p", Kind::Leaf, Some(Role::AlertText)),
        "dl" => element("section", Kind::Block, None),
        "dt" | "dd" => element("p", Kind::Leaf, Some(Role::ItemParagraph)),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = usize::from(name.as_bytes().get(1).copied().unwrap_or(b'1').saturating_sub(b'1'));
            let [block, ..] = HEADINGS.get(level).copied().unwrap_or([Role::Text; 3]);
            element("section", Kind::Leaf, Some(block))
        }
        "span" | "font" => element("span", Kind::Inline, None),
        "strong" | "b" => element("strong", Kind::Inline, Some(Role::Strong)),
        "em" | "i" | "cite" | "dfn" | "var" => element("em", Kind::Inline, Some(Role::Emphasis)),
        "del" | "s" | "strike" => element("del", Kind::Inline, Some(Role::Strikethrough)),
        "mark" => element("span", Kind::Inline, Some(Role::Mark)),
        "code" | "kbd" | "samp" | "tt" => element("code", Kind::Inline, Some(Role::InlineCode)),
        "u" | "ins" => element("u", Kind::Inline, None),
        "sub" => element("sub", Kind::Inline, None),
        "sup" => element("sup", Kind::Inline, None),
        "small" => element("small", Kind::Inline, None),
        "big" | "abbr" | "q" | "time" | "bdi" | "bdo" => element("span", Kind::Inline, None),
        "a" => element("a", Kind::Inline, Some(Role::Link)),
        "br" => element("br", Kind::Void, None),
        "hr" => element("hr", Kind::Void, Some(Role::Rule)),
        "img" => element("img", Kind::Void, Some(Role::InlinePicture)),
        "table" => element("table", Kind::Table, Some(Role::Table)),
        "thead" => element("thead", Kind::RowGroup, None),
        "tbody" => element("tbody", Kind::RowGroup, None),
        "tfoot" => element("tfoot", Kind::RowGroup, None),
        "tr" => element("tr", Kind::Row, None),
        "th" => element("th", Kind::Cell, Some(Role::TableHead)),
        "td" => element("td", Kind::Cell, Some(Role::TableCell)),
        "ul" => element("ul", Kind::List, Some(Role::List)),
        "ol" => element("ol", Kind::List, Some(Role::List)),
        "li" => element("section", Kind::Item, Some(Role::ItemText)),
        _ => svg(name).and_then(|written| element(written, Kind::Svg, None)),
    }
}

/// The parts of an SVG. None refers to another, runs, or loads anything.
const SVG: [&str; 11] = [
    "circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "svg", "text", "tspan",
];

/// The attributes of an SVG and its parts.
const SVG_ATTRIBUTES: [&str; 33] = [
    "cx",
    "cy",
    "d",
    "dx",
    "dy",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-size",
    "font-weight",
    "height",
    "opacity",
    "points",
    "preserveaspectratio",
    "r",
    "rx",
    "ry",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "transform",
    "viewbox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

fn svg(name: &str) -> Option<&'static str> {
    SVG.iter().copied().find(|known| *known == name)
}

/// Returns whether an attribute of an SVG is kept, with its value.
pub fn is_svg_attribute(name: &str, value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" \n\t#%.,()+-".contains(&byte);
    let refers = value.to_ascii_lowercase().contains("url");
    SVG_ATTRIBUTES.contains(&name) && value.bytes().all(is_plain) && !refers
}

/// Returns whether an element is left out together with all that is in it.
pub fn is_dropped_whole(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "iframe"
            | "noscript"
            | "noembed"
            | "noframes"
            | "object"
            | "embed"
            | "applet"
            | "video"
            | "audio"
            | "template"
            | "textarea"
            | "select"
            | "xmp"
            | "plaintext"
            | "math"
            | "canvas"
            | "head"
            | "frameset"
    )
}

/// Returns whether an element is left out that never has anything in it.
pub fn is_dropped_alone(name: &str) -> bool {
    name == "embed"
}

/// Returns whether the loss of an attribute is not told: names, notes for programs, and old forms of what a style says.
pub fn is_silent_attribute(name: &str) -> bool {
    name.starts_with("data-")
        || name.starts_with("aria-")
        || matches!(
            name,
            "class"
                | "id"
                | "name"
                | "rel"
                | "target"
                | "loading"
                | "role"
                | "lang"
                | "title"
                | "open"
                | "xmlns"
                | "version"
                | "border"
                | "cellpadding"
                | "cellspacing"
                | "tabindex"
                | "datetime"
                | "scope"
                | "align"
                | "height"
                | "srcset"
                | "sizes"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_both_kept_and_dropped() {
        for name in ["script", "style", "iframe", "video", "math"] {
            assert!(is_dropped_whole(name) && find(name).is_none(), "{name}");
        }
        assert_eq!(find("div").unwrap().written, "section");
        assert_eq!(find("h3").unwrap().role, Some(Role::Heading3));
        assert!(find("use").is_none() && find("foreignobject").is_none() && find("animate").is_none());
        assert!(is_svg_attribute("fill", "#fff") && !is_svg_attribute("fill", "url(#a)"));
        assert!(!is_svg_attribute("onload", "x") && !is_svg_attribute("d", "M0\"0"));
    }
}
