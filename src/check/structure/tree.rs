//! The open elements of a text: which of them a tag closes.
//!
//! A part of the standard's tree construction
//! (<https://html.spec.whatwg.org/multipage/parsing.html#tree-construction>): end tags that may be missing, elements
//! without content, and end tags without a start. Formatting that overlaps ends with the element around it.

use super::name::{self, Name};

/// The deepest level that is told apart: elements below are siblings, as in Blink (`kMaximumHTMLParserDOMTreeDepth`).
pub const DEEPEST: usize = 512;

/// The kinds of elements that another tag than their own may close.
#[derive(Clone, Copy)]
enum Kind {
    Paragraph,
    Item,
    Definition,
    Cell,
    Row,
    RowGroup,
    /// A table or a cell, out of which other end tags do not reach.
    Scope,
}

/// An open element.
#[derive(Clone, Copy)]
struct Entry {
    name: Name,
    /// The level of the nearest open element of each [`Kind`] that a tag here may close; 0 if there is none.
    nearest: [usize; Kind::Scope as usize + 1],
}

/// The open elements. Level 0 is the text itself.
pub struct Tree {
    entries: Vec<Entry>,
    /// The number of open elements below the deepest level.
    deeper: usize,
}

impl Default for Tree {
    fn default() -> Self {
        let root = Entry {
            name: Name::of(""),
            nearest: Default::default(),
        };
        Self {
            entries: vec![root],
            deeper: 0,
        }
    }
}

impl Tree {
    /// Returns the level of the innermost open element.
    pub fn level(&self) -> usize {
        self.entries.len().saturating_sub(1)
    }

    /// Returns the level of the innermost element that this start tag closes with all in it, or 0.
    pub fn closed_by_start(&self, name: Name) -> usize {
        let levels: &[Kind] = if name == name::LI {
            &[Kind::Item, Kind::Paragraph]
        } else if name.is_in(&name::DEFINITION) {
            &[Kind::Definition, Kind::Paragraph]
        } else if name.is_in(&name::CELL) {
            &[Kind::Cell]
        } else if name == name::TR {
            &[Kind::Row]
        } else if name.is_in(&name::ROW_GROUPS) {
            &[Kind::RowGroup]
        } else if name.is_in(&name::BLOCK) {
            &[Kind::Paragraph]
        } else {
            &[]
        };
        levels
            .iter()
            .map(|kind| self.nearest(*kind))
            .find(|level| *level > 0)
            .unwrap_or(0)
    }

    /// Returns the level of the element that this end tag closes with all in it, or 0 if it closes none.
    pub fn closed_by_end(&mut self, name: Name) -> usize {
        if self.deeper > 0 {
            self.deeper -= 1;
            return 0;
        }
        let is_of_table = name == name::TABLE || name.is_in(&name::TABLE_PARTS);
        let scope = if is_of_table { 0 } else { self.nearest(Kind::Scope) };
        let inner = self.entries.get(scope + 1..).unwrap_or_default();
        inner
            .iter()
            .rposition(|entry| entry.name == name)
            .map_or(0, |at| scope + 1 + at)
    }

    /// Opens an element. Returns whether it is told apart; otherwise it is below the deepest level.
    pub fn open(&mut self, name: Name) -> bool {
        let level = self.entries.len();
        if level > DEEPEST {
            self.deeper = self.deeper.saturating_add(1);
            return false;
        }
        let mut nearest = self.entries.last().map(|entry| entry.nearest).unwrap_or_default();
        let mut set = |kind: Kind, level| {
            if let Some(known) = nearest.get_mut(kind as usize) {
                *known = level;
            }
        };
        let is_cell = name.is_in(&name::CELL);
        let begins_scope = is_cell || name == name::TABLE;
        if begins_scope {
            set(Kind::Paragraph, 0);
            set(Kind::Scope, level);
        }
        if name == name::TABLE {
            set(Kind::Cell, 0);
            set(Kind::Row, 0);
            set(Kind::RowGroup, 0);
        }
        // An item is closed from within a paragraph, and from within no other block.
        if begins_scope || (name != name::P && name.is_in(&name::BLOCK)) {
            set(Kind::Item, 0);
            set(Kind::Definition, 0);
        }
        let kinds = [
            (name == name::P, Kind::Paragraph),
            (name == name::LI, Kind::Item),
            (name.is_in(&name::DEFINITION), Kind::Definition),
            (is_cell, Kind::Cell),
            (name == name::TR, Kind::Row),
            (name.is_in(&name::ROW_GROUPS), Kind::RowGroup),
        ];
        for (_, kind) in kinds.into_iter().filter(|(is_one, _)| *is_one) {
            set(kind, level);
        }
        self.entries.push(Entry { name, nearest });
        true
    }

    /// Closes the innermost element.
    pub fn close(&mut self) {
        if self.level() > 0 {
            self.entries.pop();
        }
    }

    fn nearest(&self, kind: Kind) -> usize {
        let nearest = self.entries.last().and_then(|entry| entry.nearest.get(kind as usize));
        nearest.copied().unwrap_or(0)
    }
}
