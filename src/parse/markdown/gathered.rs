//! What a text gathers while it is read, beside the HTML itself.

use super::faults::Faults;
use super::headings::Ids;
use super::labels::Labels;
use super::plain::Plain;
use super::raw_html::LeftOut;
use super::tables::TableNames;
use crate::model::html::Body;

/// Everything that is true of the page as a whole.
pub struct Gathered<'t> {
    /// All but the HTML, the lead and the number of words.
    pub body: Body,
    pub ids: Ids,
    pub plain: Plain,
    pub left_out: LeftOut,
    /// How many `<a>` of the writer's own HTML are open; no address becomes a link inside one.
    pub open_anchors: usize,
    pub table_names: TableNames,
    pub labels: &'t Labels,
    pub faults: Faults<'t>,
}

impl Gathered<'_> {
    /// A name for a table: the last heading before it.
    pub fn name_table(&mut self) -> String {
        let heading = self.body.outline.last();
        self.table_names.claim(heading.map_or(self.labels.table, |heading| &heading.text))
    }
}
