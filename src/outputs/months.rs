//! A page for each month: every date of every event, as a table and as a list.
//!
//! Addresses sort: `/events/2026-12/`. Which months there are says `Site::agenda`.

use jiff::civil::Date;

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::date::{say, words as date_words};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::Kind;
use crate::outputs::dated::Dated;
use crate::outputs::frame::{self, Frame};
use crate::outputs::{dated, section_link, trail};
use crate::site::{AgendaEntry, Site};
use crate::theme::Theme;
use crate::view::{LinkView, Moment, MonthCell, MonthPageView};
use crate::words::Words;

/// How many dates a cell of the table names; the rest stands in the list.
const CELL_LIMIT: usize = 4;

/// A month with its dates.
struct Month<'s> {
    frame: Frame<'s>,
    site: &'s Site,
    first: Date,
    entries: &'s [AgendaEntry],
    is_past: bool,
    previous: Option<LinkView>,
    next: Option<LinkView>,
    later: Option<LinkView>,
}

/// A page for each month of the agenda.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let page = |&month: &Date| {
        let owner = Owner::named(format!("the events of {}", date_words::month_and_year(month)));
        frame::artefact(site, &dated::month_url(site, month), owner, month, prepare)
    };
    site.agenda.months.keys().map(page).collect()
}

fn prepare<'s>(site: &'s Site, month: &Date) -> Prepared<'s> {
    let months = &site.agenda.months;
    let words = &*site.config.words;
    let name = say::month_and_year(words, *month);
    let url = dated::month_url(site, *month);
    let of_month = [("month", (&name).into())];
    let summary = words.say("summaries.events_in", &of_month);
    let mut frame = Frame::new(site, "month", words.say("titles.events_in", &of_month), summary, url);
    frame.breadcrumbs = trail(site, vec![section_link(site, Kind::Event)]);
    let is_past = *month < site.today.first_of_month();
    frame.is_indexed = !is_past;
    let link = |(month, _): (&Date, _)| LinkView {
        title: say::month_and_year(words, *month),
        url: dated::month_url(site, *month),
    };
    let entries = site.agenda.month(*month);
    let view = Month {
        frame,
        site,
        first: *month,
        entries,
        is_past,
        previous: months.range(..*month).next_back().map(link),
        next: months.range(month.last_of_month()..).next().map(link),
        later: if entries.is_empty() { dated::later(site, month.last_of_month()) } else { None },
    };
    let beside = Fingerprint::of(&(&view.previous, &view.next, &view.later, is_past));
    let parts = Parts::default()
        .with("the dates in it", dated::fingerprint(site, entries))
        .with("the months beside it", beside)
        .with("its place among other pages", frame::fingerprint(&view.frame));
    frame::prepared(site, "month.html", parts, view, make)
}

fn make(month: &Month<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let words = &*month.site.config.words;
    let dates = dated::views(month.site, month.entries);
    let view = MonthPageView {
        name: say::month_and_year(words, month.first),
        weeks: weeks(words, month.first, &dates),
        days: dated::days(words, &dates, month.first),
        is_past: month.is_past,
        later: month.later.clone(),
        previous: month.previous.clone(),
        next: month.next.clone(),
    };
    frame::render(theme, "month.html", &month.frame.view(Vec::new()), "month", &view)
}

/// The table: whole weeks, with empty cells for the days of other months.
fn weeks<'v>(words: &Words, first: Date, dates: &'v [Dated<'v>]) -> Vec<Vec<MonthCell<'v>>> {
    let before = first.weekday().to_monday_zero_offset();
    let mut cells: Vec<MonthCell<'v>> = (0..before).map(|_| MonthCell::default()).collect();
    for number in 1..=first.days_in_month() {
        let Ok(day) = Date::new(first.year(), first.month(), number) else { continue };
        let on_day = |(entry, _): &&Dated<'_>| entry.first <= day && day <= entry.last;
        let all: Vec<&Dated<'v>> = dates.iter().filter(on_day).collect();
        // A link for one more would take the place of that one.
        let shown = if all.len() <= CELL_LIMIT + 1 { all.len() } else { CELL_LIMIT };
        let left_out = all.get(shown).map(|(entry, _)| entry.first.max(first));
        cells.push(MonthCell {
            date: Some(Moment::of_day(words, day)),
            number,
            dates: all.iter().take(shown).map(|(_, date)| date).collect(),
            more: all.len() - shown,
            more_id: left_out.map(dated::day_id).unwrap_or_default(),
        });
    }
    while !cells.len().is_multiple_of(7) {
        cells.push(MonthCell::default());
    }
    cells.chunks(7).map(<[MonthCell<'v>]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_made_of_whole_weeks_from_monday() {
        let shape = |first: &str| {
            let weeks = weeks(&crate::config::english(), first.parse().unwrap(), &[]);
            assert!(weeks.iter().all(|week| week.len() == 7));
            let number = |cell: Option<&MonthCell<'_>>| cell.map(|cell| cell.number);
            (weeks.len(), number(weeks[0].first()), number(weeks.last().unwrap().last()))
        };
        assert_eq!(shape("2027-02-01"), (4, Some(1), Some(28)));
        assert_eq!(shape("2026-12-01"), (5, Some(0), Some(0)));
        assert_eq!(shape("2027-05-01"), (6, Some(0), Some(0)));
    }
}
