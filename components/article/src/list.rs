//! Lists.
//!
//! WeChat's editor loses the nesting of lists, numbers that do not begin with 1, and items with white space around
//! them. So only outer lists are lists of HTML; the markers of others are written.

use crate::page::{Flow, Page};
use crate::theme::Role;

/// An open list.
pub struct List {
    /// The number of the next item.
    number: Option<u64>,
    /// True if its markers are written.
    is_written: bool,
}

/// Opens a list that begins with this number, or has bullets.
pub fn begin(page: &mut Page, lists: &mut Vec<List>, start: Option<u64>) {
    page.begin_block();
    let is_nested = !lists.is_empty();
    let is_written = is_nested || start.is_some_and(|number| number != 1);
    match (is_written, start) {
        (true, _) => {
            let role = if is_nested { Role::NestedList } else { Role::List };
            page.open("section", role, if is_nested { "" } else { "padding-left:0" });
            page.begin("</section>");
        }
        (false, Some(_)) => {
            page.open("ol", Role::List, "list-style-type:decimal");
            page.begin("</ol>");
        }
        (false, None) => {
            page.open("ul", Role::List, "list-style-type:disc");
            page.begin("</ul>");
        }
    }
    lists.push(List {
        number: start,
        is_written,
    });
}

/// Closes a list.
pub fn end(page: &mut Page, lists: &mut Vec<List>) {
    lists.pop();
    page.end();
}

/// Opens an item. The sign of a task takes the place of its bullet.
pub fn begin_item(page: &mut Page, lists: &mut [List], is_task: bool) {
    page.begin_block();
    let depth = lists.len();
    let Some(list) = lists.last_mut() else { return };
    let number = list.number;
    list.number = number.map(|number| number.saturating_add(1));
    if !list.is_written {
        page.open("li", Role::Item, if is_task { "list-style-type:none" } else { "" });
        page.open("section", Role::ItemText, "");
        page.begin("</section></li>");
    } else {
        page.open("section", Role::Item, "display:flex");
        if let Some(marker) = marker(page, number, depth).filter(|_| !(is_task && number.is_none())) {
            page.open("section", Role::Marker, "flex:none");
            page.html.text(&marker);
            page.html.close("section");
        }
        page.open("section", Role::ItemText, "flex:1;min-width:0");
        page.begin("</section></section>");
    }
    page.flows.push(Flow::Item);
}

/// Returns the marker of an item: its number, or the theme's bullet for this depth.
fn marker(page: &Page, number: Option<u64>, depth: usize) -> Option<String> {
    if let Some(number) = number {
        return Some(format!("{number}."));
    }
    let bullets = page.theme.content(Role::Marker);
    let bullet = bullets
        .chars()
        .nth(depth.saturating_sub(1))
        .or_else(|| bullets.chars().last());
    bullet.map(String::from)
}

/// Closes an item.
pub fn end_item(page: &mut Page) {
    page.flows.pop();
    page.end();
}

/// Writes the sign of a task.
pub fn write_task(page: &mut Page, is_done: bool) {
    page.open_inline("span", Role::Task);
    page.html.raw(if is_done { "☑" } else { "☐" });
    page.html.close("span");
    page.html.raw(" ");
}
