//! A theme as it is used.

use super::role::Role;

/// A theme that is valid.
pub struct Theme {
    /// For each role, in their order.
    pub(super) looks: Vec<Look>,
}

/// The look of a role.
#[derive(Default)]
pub(super) struct Look {
    /// The value of its `style` attribute, which needs no escapes.
    pub style: String,
    /// Its text, for ornaments.
    pub content: String,
}

impl Theme {
    /// Returns the value of the `style` attribute of a role.
    pub fn style(&self, role: Role) -> &str {
        self.looks.get(role as usize).map_or("", |look| &look.style)
    }

    /// Returns the text of an ornament.
    pub fn content(&self, role: Role) -> &str {
        self.looks.get(role as usize).map_or("", |look| &look.content)
    }
}
