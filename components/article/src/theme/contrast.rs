//! The contrast of text and background. Dark mode keeps colours that differ, and can't part those that don't.

use super::role::Role;
use crate::bindings::types::Error;
use crate::color::Color;
use crate::failure::Result;

/// The least contrast (<https://www.w3.org/TR/WCAG22/#contrast-minimum>).
pub const LEAST: f32 = 4.5;

/// Checks all roles on a page of this colour. `color` returns a colour that a role has itself, `fail` makes the error
/// for a role, the role that has the background, and their contrast.
pub fn check(
    page: Color,
    color: impl Fn(Role, &str) -> Option<Color>,
    fail: impl Fn(Role, Role, f32) -> Error,
) -> Result<()> {
    let text_color = |role: Role| {
        let own = color(role, "color");
        let inherited = || color(role.inherits_color_of(), "color").or_else(|| color(Role::Text, "color"));
        own.or_else(inherited).unwrap_or(Color::BLACK)
    };
    let background = |role: Role| {
        let own = color(role, "background-color");
        let inherited = || match role {
            Role::TableCell | Role::TableStripe => color(Role::Table, "background-color"),
            _ => None,
        };
        own.or_else(inherited).unwrap_or(page)
    };
    for &role in Role::ALL {
        let text = text_color(role);
        let own = color(role, "background-color");
        for &ground in role.grounds() {
            let contrast = text.contrast(own.unwrap_or_else(|| background(ground)));
            if contrast < LEAST {
                let ground = if own.is_some() { role } else { ground };
                return Err(fail(role, ground, contrast));
            }
        }
    }
    Ok(())
}
