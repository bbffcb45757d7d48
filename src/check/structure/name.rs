//! The names of elements.

/// The name of an element in lower case, as one number: a walk compares each with some fifty others. Two long names may
/// share a number, which would cost no more than a piece of advice.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Name(u64);

impl Name {
    /// Returns the number of a name (FNV-1a).
    pub const fn of(name: &str) -> Self {
        let mut number = 0xcbf2_9ce4_8422_2325_u64;
        let mut rest = name.as_bytes();
        while let [first, others @ ..] = rest {
            number = (number ^ first.to_ascii_lowercase() as u64).wrapping_mul(0x100_0000_01b3);
            rest = others;
        }
        Self(number)
    }

    const fn all<const COUNT: usize>(names: [&str; COUNT]) -> [Self; COUNT] {
        let mut numbers = [Self(0); COUNT];
        let mut rest: &mut [Self] = &mut numbers;
        let mut names: &[&str] = &names;
        while let ([number, numbers @ ..], [name, others @ ..]) = (rest, names) {
            *number = Self::of(name);
            rest = numbers;
            names = others;
        }
        numbers
    }

    /// Returns whether it is one of these.
    #[inline(never)]
    pub fn is_in(self, names: &[Self]) -> bool {
        names.contains(&self)
    }
}

pub const A: Name = Name::of("a");
pub const BR: Name = Name::of("br");
pub const CODE: Name = Name::of("code");
pub const FONT: Name = Name::of("font");
pub const IMG: Name = Name::of("img");
pub const LI: Name = Name::of("li");
pub const P: Name = Name::of("p");
pub const PRE: Name = Name::of("pre");
pub const SECTION: Name = Name::of("section");
pub const SPAN: Name = Name::of("span");
pub const SVG: Name = Name::of("svg");
pub const TABLE: Name = Name::of("table");
pub const TR: Name = Name::of("tr");

/// Elements without content.
pub const VOID: [Name; 14] = Name::all([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
]);

/// Elements that stand on lines of their own. All of them but those of tables end an open paragraph.
pub const BLOCK: [Name; 39] = Name::all([
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
    "listing",
]);

/// The parts of a table, which stand in it only.
pub const TABLE_PARTS: [Name; 9] = Name::all([
    "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th", "col",
]);

/// The groups of a table's rows.
pub const ROW_GROUPS: [Name; 3] = Name::all(["thead", "tbody", "tfoot"]);
/// The cells of a table.
pub const CELL: [Name; 2] = Name::all(["td", "th"]);
/// The cells that are columns, too.
pub const COLUMN: [Name; 3] = Name::all(["td", "th", "col"]);
/// The items of a list of definitions.
pub const DEFINITION: [Name; 2] = Name::all(["dd", "dt"]);

/// Elements that show a picture, a film or a card of their own.
pub const MEDIA: [Name; 10] = Name::all([
    "img", "svg", "iframe", "video", "audio", "canvas", "object", "embed", "qqmusic", "picture",
]);

/// The animations of SVG.
pub const ANIMATION: [Name; 5] = Name::all(["animate", "animatetransform", "animatemotion", "animatecolor", "set"]);
