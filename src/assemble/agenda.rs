//! The dates of all events in the months around now.
//!
//! 1. The window is 12 months back and 12 ahead, in whole months.
//! 2. Each series is expanded once, on all processors; one that is as it was, in the same window, is not
//!    expanded again.
//! 3. The dates are put into their months: from the first month with a date, or the present one, to the last.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::calendar::recurrence::{self, Series};
use crate::site::{Agenda, AgendaEntry, Page, PageId};

/// How far the months reach, before and after the present one.
const MONTHS: i64 = 12;

/// More dates than an event has in the window, whatever its rule: at most one a day, and those beside it.
const LIMIT: usize = 2_000;

/// The dates of the last run, and what they were made of.
#[derive(Default)]
pub struct AgendaCache {
    window: Option<(Zoned, Zoned)>,
    pages: Arc<Vec<Arc<Page>>>,
    /// The dates of each event, by `PageId`; nothing for other pages.
    dates: Vec<Option<Dates>>,
    agenda: Arc<Agenda>,
}

type Dates = Arc<[AgendaEntry]>;

/// The agenda of a site that is seen at a moment in its own zone.
pub fn of(pages: &Arc<Vec<Arc<Page>>>, now: &Zoned, cache: &mut AgendaCache) -> Arc<Agenda> {
    let month = now.date().first_of_month();
    let first = |months: i64| crate::date::at(month.saturating_add(months.months()).into(), now.time_zone());
    let window = (first(-MONTHS), first(MONTHS + 1));
    let is_same_window = cache.window.as_ref().is_some_and(|known| is_same_moments(known, &window));
    let is_same_page = |(new, old): (&Arc<Page>, &Arc<Page>)| {
        Arc::ptr_eq(new, old) || (new.url == old.url && series(new) == series(old))
    };
    let is_same =
        is_same_window && pages.len() == cache.pages.len() && pages.iter().zip(cache.pages.iter()).all(is_same_page);
    if !is_same {
        let dates: Vec<Option<Dates>> = (0..pages.len())
            .into_par_iter()
            .map(|id| {
                let series = series(&pages[id])?;
                let known = if is_same_window { known(&pages[id], series, cache) } else { None };
                Some(known.map_or_else(|| expanded(id, series, &window), |known| of_page(id, known)))
            })
            .collect();
        let agenda = Arc::new(Agenda { months: months(&dates, pages, (window.0.date(), window.1.date()), month) });
        *cache = AgendaCache { window: Some(window), pages: Arc::clone(pages), dates, agenda };
    }
    cache.pages = Arc::clone(pages);
    Arc::clone(&cache.agenda)
}

fn series(page: &Page) -> Option<&Series> {
    page.event.as_ref().filter(|_| page.is_listed()).map(|event| &event.series)
}

/// The dates that were found for the same series in the last run.
fn known(page: &Page, series: &Series, cache: &AgendaCache) -> Option<Dates> {
    let before = cache.pages.binary_search_by(|before| before.document.path.cmp(&page.document.path)).ok()?;
    let is_same = self::series(&cache.pages[before]) == Some(series);
    cache.dates.get(before).filter(|_| is_same)?.clone()
}

/// The same dates, of a page that may have another number now.
fn of_page(id: PageId, dates: Dates) -> Dates {
    match dates.first() {
        Some(first) if first.page != id => {
            dates.iter().map(|entry| AgendaEntry { page: id, ..entry.clone() }).collect()
        }
        _ => dates,
    }
}

/// Whether two windows are the same moments on the same clock: whole days count in its zone.
fn is_same_moments(one: &(Zoned, Zoned), other: &(Zoned, Zoned)) -> bool {
    one == other && one.0.time_zone() == other.0.time_zone()
}

fn expanded(id: PageId, series: &Series, (from, to): &(Zoned, Zoned)) -> Dates {
    let found = recurrence::occurrences(series, from, to, LIMIT);
    let entry = |occurrence: recurrence::Occurrence| {
        let (first, last) = occurrence.times.days();
        let (planned, start) = (occurrence.planned.local_start(), occurrence.times.local_start());
        AgendaEntry { page: id, planned, start, first, last }
    };
    found.into_iter().map(entry).collect()
}

fn months(
    dates: &[Option<Dates>],
    pages: &[Arc<Page>],
    (first, end): (Date, Date),
    present: Date,
) -> BTreeMap<Date, Vec<AgendaEntry>> {
    let mut months: BTreeMap<Date, Vec<AgendaEntry>> = BTreeMap::new();
    if dates.iter().flatten().next().is_none() {
        return months;
    }
    months.insert(present, Vec::new());
    for entry in dates.iter().flatten().flat_map(|dates| dates.iter()) {
        let mut month = entry.first.max(first).first_of_month();
        while month <= entry.last && month < end {
            months.entry(month).or_default().push(entry.clone());
            month = month.saturating_add(1.month());
        }
    }
    for entries in months.values_mut() {
        entries.sort_by(|a, b| (a.start, &pages[a.page].url).cmp(&(b.start, &pages[b.page].url)));
    }
    if let (Some((&from, _)), Some((&to, _))) = (months.first_key_value(), months.last_key_value()) {
        let mut month = from;
        while month < to {
            months.entry(month).or_default();
            month = month.saturating_add(1.month());
        }
    }
    months
}
