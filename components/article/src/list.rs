//! Lists.
//!
//! WeChat's editor loses the nesting of lists, numbers that do not begin with 1, and items with white space around
//! them. So only outer lists are lists of HTML; the markers of others are written.

use crate::theme::Role;
use crate::writer::{ArticleWriter, Container};

/// An open list.
pub struct List {
    /// The number of the next item.
    number: Option<u64>,
    /// True if its markers are written.
    is_written: bool,
}

/// Opens a list that begins with this number, or has bullets.
pub fn begin(writer: &mut ArticleWriter, lists: &mut Vec<List>, start: Option<u64>) {
    writer.begin_block();
    let is_nested = !lists.is_empty();
    let is_written = is_nested || start.is_some_and(|number| number != 1);
    match (is_written, start) {
        (true, _) => {
            let role = if is_nested { Role::NestedList } else { Role::List };
            writer.open("section", role, if is_nested { "" } else { "padding-left:0" });
            writer.begin("</section>");
        }
        (false, Some(_)) => {
            writer.open("ol", Role::List, "list-style-type:decimal");
            writer.begin("</ol>");
        }
        (false, None) => {
            writer.open("ul", Role::List, "list-style-type:disc");
            writer.begin("</ul>");
        }
    }
    lists.push(List {
        number: start,
        is_written,
    });
}

/// Closes a list.
pub fn end(writer: &mut ArticleWriter, lists: &mut Vec<List>) {
    lists.pop();
    writer.end();
}

/// Opens an item. The sign of a task takes the place of its bullet.
pub fn begin_item(writer: &mut ArticleWriter, lists: &mut [List], is_task: bool) {
    writer.begin_block();
    let depth = lists.len();
    let Some(list) = lists.last_mut() else { return };
    let number = list.number;
    list.number = number.map(|number| number.saturating_add(1));
    if !list.is_written {
        writer.open("li", Role::Item, if is_task { "list-style-type:none" } else { "" });
        writer.open("section", Role::ItemText, "");
        writer.begin("</section></li>");
    } else {
        writer.open("section", Role::Item, "display:flex");
        if let Some(marker) = marker(writer, number, depth).filter(|_| !(is_task && number.is_none())) {
            writer.open("section", Role::Marker, "flex:none");
            writer.html.text(&marker);
            writer.html.close("section");
        }
        writer.open("section", Role::ItemText, "flex:1;min-width:0");
        writer.begin("</section></section>");
    }
    writer.containers.push(Container::Item);
}

/// Returns the marker of an item: its number, or the theme's bullet for this depth.
fn marker(writer: &ArticleWriter, number: Option<u64>, depth: usize) -> Option<String> {
    if let Some(number) = number {
        return Some(format!("{number}."));
    }
    let bullets = writer.theme.content(Role::Marker);
    let bullet = bullets
        .chars()
        .nth(depth.saturating_sub(1))
        .or_else(|| bullets.chars().last());
    bullet.map(String::from)
}

/// Closes an item.
pub fn end_item(writer: &mut ArticleWriter) {
    writer.containers.pop();
    writer.end();
}

/// Writes the sign of a task.
pub fn write_task(writer: &mut ArticleWriter, is_done: bool) {
    writer.open_inline("span", Role::Task);
    writer.html.raw(if is_done { "☑" } else { "☐" });
    writer.html.close("span");
    writer.html.raw(" ");
}
