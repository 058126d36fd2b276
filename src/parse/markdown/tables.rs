//! Tables, wrapped so that a narrow screen can scroll them and a keyboard can reach them.
//!
//! Alignment is a class, since the site's security policy allows no style in the page.

use std::collections::BTreeMap;

use pulldown_cmark::Alignment;

use super::fragment::{Fragment, Mark};

/// A table that is being written.
#[derive(Debug)]
pub struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    part: Part,
    has_head: bool,
    /// Where the head begins, and where the present cell does.
    head: Mark,
    cell: Mark,
    inside_cell: Mark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Head,
    Body,
}

/// The names that tables have so far; two regions of a page must not have the same.
#[derive(Debug, Default)]
pub struct TableNames(BTreeMap<String, usize>);

impl TableNames {
    pub fn claim(&mut self, wanted: &str) -> String {
        let count = self.0.entry(wanted.to_owned()).or_default();
        *count += 1;
        if *count == 1 { wanted.to_owned() } else { format!("{wanted} ({count})") }
    }
}

impl Table {
    pub fn start(alignments: Vec<Alignment>, name: &str, out: &mut Fragment) -> Self {
        start_scroll(name, out);
        out.push("<table>");
        let mark = out.mark();
        Table { alignments, column: 0, part: Part::Head, has_head: false, head: mark, cell: mark, inside_cell: mark }
    }

    pub fn start_head(&mut self, out: &mut Fragment) {
        self.head = out.mark();
        out.push("<thead><tr>");
    }

    /// Ends the head; one without any words is taken back.
    pub fn end_head(&mut self, out: &mut Fragment) {
        match self.has_head {
            true => out.push("</tr></thead>"),
            false => out.cut(self.head),
        }
        out.push("<tbody>\n");
        self.part = Part::Body;
        self.column = 0;
    }

    pub fn start_row(&mut self, out: &mut Fragment) {
        self.column = 0;
        out.push("<tr>");
    }

    pub fn start_cell(&mut self, out: &mut Fragment) {
        self.cell = out.mark();
        out.push(match self.part {
            Part::Head => "<th scope=\"col\"",
            Part::Body => "<td",
        });
        out.push(match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-centre\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
        self.inside_cell = out.mark();
    }

    pub fn end_cell(&mut self, out: &mut Fragment) {
        let is_blank = out.is_blank_since(self.inside_cell);
        self.column += 1;
        match self.part {
            // A heading cell without words names nothing.
            Part::Head if is_blank => {
                out.cut(self.cell);
                out.push("<td></td>");
            }
            Part::Head => {
                self.has_head = true;
                out.push("</th>");
            }
            Part::Body => out.push("</td>"),
        }
    }
}

pub fn end(out: &mut Fragment) {
    out.push("</tbody></table>");
    end_scroll(out);
    out.push("\n");
}

/// Begins the region in which a table scrolls.
pub fn start_scroll(name: &str, out: &mut Fragment) {
    out.push("<div class=\"table-scroll\" role=\"group\" tabindex=\"0\"");
    out.push_attribute("aria-label", name);
    out.push(">");
}

pub fn end_scroll(out: &mut Fragment) {
    out.push("</div>");
}
