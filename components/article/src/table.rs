//! Tables, which scroll to the side on a phone.

use pulldown_cmark::Alignment;

use crate::page::Page;
use crate::theme::Role;

/// An open table.
pub struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    row: usize,
    is_head: bool,
}

/// Opens a table.
pub fn begin(page: &mut Page, alignments: Vec<Alignment>) -> Table {
    page.begin_block();
    page.open("section", Role::TableBox, "overflow-x:auto");
    page.open("table", Role::Table, "");
    page.begin("</tbody></table></section>");
    Table {
        alignments,
        column: 0,
        row: 0,
        is_head: true,
    }
}

impl Table {
    /// Opens the head.
    pub fn begin_head(&mut self, page: &mut Page) {
        page.html.raw("<thead><tr>");
        page.begin("</tr></thead><tbody>");
        page.inline.plain += 1;
    }

    /// Closes the head.
    pub fn end_head(&mut self, page: &mut Page) {
        page.inline.plain -= 1;
        self.is_head = false;
        page.end();
    }

    /// Opens a row.
    pub fn begin_row(&mut self, page: &mut Page) {
        self.column = 0;
        self.row += 1;
        page.html.raw("<tr>");
        page.begin("</tr>");
    }

    /// Opens a cell.
    pub fn begin_cell(&mut self, page: &mut Page) {
        page.begin_block();
        let align = match self.alignments.get(self.column) {
            Some(Alignment::Center) => "text-align:center",
            Some(Alignment::Right) => "text-align:right",
            _ => "text-align:left",
        };
        self.column += 1;
        if self.is_head {
            page.open("th", Role::TableHead, align);
            page.begin("</th>");
        } else {
            let is_striped = self.row.is_multiple_of(2);
            let role = if is_striped { Role::TableStripe } else { Role::TableCell };
            page.open("td", role, align);
            page.begin("</td>");
        }
    }
}
