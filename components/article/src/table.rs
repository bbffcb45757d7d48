//! Tables, which scroll to the side on a phone.

use pulldown_cmark::Alignment;

use crate::theme::Role;
use crate::writer::ArticleWriter;

/// An open table.
pub struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    row: usize,
    is_head: bool,
}

/// Opens a table.
pub fn begin(writer: &mut ArticleWriter, alignments: Vec<Alignment>) -> Table {
    writer.begin_block();
    writer.open("section", Role::TableBox, "overflow-x:auto");
    writer.open("table", Role::Table, "");
    writer.begin("</tbody></table></section>");
    Table {
        alignments,
        column: 0,
        row: 0,
        is_head: true,
    }
}

impl Table {
    /// Opens the head.
    pub fn begin_head(&mut self, writer: &mut ArticleWriter) {
        writer.html.raw("<thead><tr>");
        writer.begin("</tr></thead><tbody>");
        writer.inline.headings += 1;
    }

    /// Closes the head.
    pub fn end_head(&mut self, writer: &mut ArticleWriter) {
        writer.inline.headings -= 1;
        self.is_head = false;
        writer.end();
    }

    /// Opens a row.
    pub fn begin_row(&mut self, writer: &mut ArticleWriter) {
        self.column = 0;
        self.row += 1;
        writer.html.raw("<tr>");
        writer.begin("</tr>");
    }

    /// Opens a cell.
    pub fn begin_cell(&mut self, writer: &mut ArticleWriter) {
        writer.begin_block();
        let align = match self.alignments.get(self.column) {
            Some(Alignment::Center) => "text-align:center",
            Some(Alignment::Right) => "text-align:right",
            _ => "text-align:left",
        };
        self.column += 1;
        if self.is_head {
            writer.open("th", Role::TableHead, align);
            writer.begin("</th>");
        } else {
            let is_striped = self.row.is_multiple_of(2);
            let role = if is_striped { Role::TableStripe } else { Role::TableCell };
            writer.open("td", role, align);
            writer.begin("</td>");
        }
    }
}
