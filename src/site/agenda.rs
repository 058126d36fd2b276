//! Every date of every event in the months around now, by month: what month and week pages show.
//!
//! An entry is small, because there may be hundreds of thousands: it names the page and the planned start, and
//! `recurrence::planned_at` makes the whole date of it where it is shown.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use crate::site::PageId;

/// The dates of all events, by the first day of each month that has a page. Months without dates are there, too:
/// from the first one with a date, or the present one, to the last.
#[derive(Debug, Default)]
pub struct Agenda {
    /// In each month by start, then by address. What reaches over several months stands in each.
    pub months: BTreeMap<Date, Vec<AgendaEntry>>,
}

/// One date of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AgendaEntry {
    pub page: PageId,
    /// The local start that the series gives: the key of the date.
    pub planned: DateTime,
    /// The local start as it is now.
    pub start: DateTime,
    /// The days on which it is shown, both inclusive.
    pub first: Date,
    pub last: Date,
}

impl Agenda {
    /// The dates of a month.
    pub fn month(&self, month: Date) -> &[AgendaEntry] {
        self.months.get(&month).map_or(&[], Vec::as_slice)
    }

    /// The dates of which a day lies between two days, both inclusive, each once, by start.
    pub fn between(&self, from: Date, to: Date) -> Vec<&AgendaEntry> {
        let months = self.months.range(from.first_of_month()..=to);
        let shown = months.flat_map(|(month, entries)| {
            let is_shown = |entry: &&AgendaEntry| {
                let day = entry.first.max(from);
                entry.last >= from && entry.first <= to && day.first_of_month() == *month
            };
            entries.iter().filter(is_shown)
        });
        let mut shown: Vec<&AgendaEntry> = shown.collect();
        // What began in a month before stands in front of what begins within.
        shown.sort_by_key(|entry| entry.start);
        shown
    }

    /// The first date that begins after a day.
    pub fn after(&self, day: Date) -> Option<&AgendaEntry> {
        self.months.range(day.first_of_month()..).flat_map(|(_, entries)| entries).find(|entry| entry.first > day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(page: PageId, first: &str, last: &str) -> AgendaEntry {
        let (first, last): (Date, Date) = (first.parse().unwrap(), last.parse().unwrap());
        AgendaEntry { page, planned: first.into(), start: first.into(), first, last }
    }

    #[test]
    fn what_reaches_over_months_is_there_once() {
        let long = entry(0, "2026-11-29", "2026-12-02");
        let short = entry(1, "2026-12-01", "2026-12-01");
        let month = |text: &str| text.parse::<Date>().unwrap();
        let months = [(month("2026-11-01"), vec![long.clone()]), (month("2026-12-01"), vec![long, short])];
        let agenda = Agenda { months: BTreeMap::from(months) };
        let pages = |from: &str, to: &str| {
            let entries = agenda.between(from.parse().unwrap(), to.parse().unwrap());
            entries.into_iter().map(|entry| entry.page).collect::<Vec<_>>()
        };
        assert_eq!(pages("2026-11-23", "2026-12-06"), [0, 1]);
        assert_eq!(pages("2026-11-30", "2026-12-06"), [0, 1]);
        assert_eq!(pages("2026-12-02", "2026-12-06"), [0]);
        assert_eq!(pages("2026-12-03", "2026-12-06"), [0_usize; 0]);
        assert_eq!(agenda.after("2026-11-29".parse().unwrap()).map(|entry| entry.page), Some(1));
    }
}
