//! What a text gathers while it is read, beside the HTML itself.

use super::faults::Faults;
use super::headings::Ids;
use super::plain::Plain;
use super::raw_html::LeftOut;
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
    pub faults: Faults<'t>,
}
