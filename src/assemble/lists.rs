//! The order of lists.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendar::recurrence::Times;
use crate::model::document::Role;
use crate::model::kinds::Kind;
use crate::site::{Page, PageId};

/// Pages in the order in which lists show them.
pub struct Lists {
    pub sections: BTreeMap<Kind, Vec<PageId>>,
    /// Events that are not over, by their next date.
    pub coming: Vec<PageId>,
    /// Events that are over, latest first.
    pub past: Vec<PageId>,
    /// Everything that a tag or area can gather: coming events, then the rest newest first, events that
    /// are over at the end.
    pub all: Vec<PageId>,
}

/// Puts pages in order.
pub fn of(pages: &[Page]) -> Lists {
    let mut sections: BTreeMap<Kind, Vec<PageId>> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        if page.document.role == Role::Page {
            sections.entry(page.document.kind).or_default().push(id);
        }
    }
    let events = sections.get(&Kind::Event).cloned().unwrap_or_default();
    let (mut past, mut coming): (Vec<_>, Vec<_>) =
        events.into_iter().partition(|&id| pages[id].event.as_ref().is_some_and(|event| event.is_over));
    coming.sort_by_cached_key(|&id| (start(&pages[id]), id));
    past.sort_by_cached_key(|&id| (std::cmp::Reverse(start(&pages[id])), id));
    for (kind, ids) in &mut sections {
        match kind {
            Kind::Post | Kind::Story => ids.sort_by_cached_key(|&id| (std::cmp::Reverse(published(&pages[id])), id)),
            Kind::Event => *ids = coming.iter().chain(&past).copied().collect(),
            Kind::Resource | Kind::Campaign => {
                ids.sort_by_cached_key(|&id| (pages[id].document.meta.title.to_lowercase(), id));
            }
            Kind::Page => {}
        }
    }
    let mut others: Vec<PageId> =
        (0..pages.len()).filter(|&id| pages[id].document.role == Role::Page && pages[id].event.is_none()).collect();
    others.sort_by_cached_key(|&id| (std::cmp::Reverse(published(&pages[id])), id));
    let all = coming.iter().chain(&others).chain(&past).copied().collect();
    Lists { sections, coming, past, all }
}

/// When a document was published; nothing sorts after everything.
fn published(page: &Page) -> Option<Timestamp> {
    page.document.meta.date.map(|date| date.in_zone(&TimeZone::UTC).zoned.timestamp())
}

fn start(page: &Page) -> Option<Timestamp> {
    page.event.as_ref().map(|event| match &event.shown.times {
        Times::Timed { start, .. } => start.timestamp(),
        Times::Days { first, .. } => crate::date::When::Day(*first).in_zone(&TimeZone::UTC).zoned.timestamp(),
    })
}
