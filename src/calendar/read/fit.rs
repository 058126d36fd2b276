//! A series made to fit our own events.
//!
//! 1. A start that is no date of its rule becomes an added date.
//! 2. Dates left out that the rule does not give are dropped; one left out and added again was moved.
//! 3. A second time on one day, and a change of a date that is not there, become events of their own.
//!
//! **Invariant:** no date that the calendar shows is lost, and looking dates up in rules has a budget for the whole
//! file.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use super::event::Draft;
use super::series::{moment_text, on_its_own, start_of};
use super::stamp::{Length, begin_plus, local_or_moment};
use super::{ForeignChange, ForeignEvent, ForeignStatus, ReadFault, rule, short};
use crate::calendar::recurrence::{End, Series, Times};
use crate::date::{When, at};

/// Dates that are counted through for a whole file; a real one needs some thousands.
pub const BUDGET: usize = 200_000;

/// A series whose parts fit one another.
struct Fitting<'f> {
    draft: Draft,
    series: Series,
    /// Which of the dates in question the rule gives.
    given: BTreeSet<Date>,
    except: BTreeSet<Date>,
    extra: BTreeMap<Date, (When, Option<When>)>,
    /// By the local start that they change.
    changes: BTreeMap<DateTime, ForeignChange>,
    /// What became an event of its own.
    apart: Vec<ForeignEvent>,
    faults: &'f mut Vec<ReadFault>,
}

/// The series first, and what had to become an event of its own.
pub fn fit(draft: Draft, changes: Vec<Draft>, budget: &mut usize, faults: &mut Vec<ReadFault>) -> Vec<ForeignEvent> {
    if draft.rule.is_none() && draft.extra.is_empty() && changes.is_empty() {
        return vec![draft.event];
    }
    let series = Series { rule: draft.rule.clone(), ..Series::once(times(&draft)) };
    let mut fitting = Fitting {
        draft,
        series,
        given: BTreeSet::new(),
        except: BTreeSet::new(),
        extra: BTreeMap::new(),
        changes: BTreeMap::new(),
        apart: Vec::new(),
        faults,
    };
    fitting.settle_start();
    let dates = fitting.draft.except.iter().copied().chain(fitting.draft.extra.iter().map(|(extra, _)| *extra));
    let changed = changes.iter().filter_map(|change| change.recurrence.as_ref());
    let changed = changed.map(|on| on.local(&fitting.draft.clock.zone));
    let wanted: BTreeSet<Date> = dates.chain(changed).map(|when| when.date()).collect();
    fitting.given = given(&fitting.series, wanted, budget);
    fitting.except = fitting.draft.except.iter().map(|except| except.date()).collect();
    for (extra, end) in std::mem::take(&mut fitting.draft.extra) {
        fitting.add(extra, end);
    }
    for change in &changes {
        fitting.change(change);
    }
    fitting.finish()
}

/// The times of the first date; one that takes no time is looked up as though it took a minute.
fn times(draft: &Draft) -> Times {
    match (draft.event.start, draft.length) {
        (When::Day(first), Some(Length::Days(days))) => {
            Times::Days { first, last: first.saturating_add(jiff::Span::new().days(days)) }
        }
        (When::Day(first), _) => Times::Days { first, last: first },
        (start, length) => {
            let start = start.in_zone(&draft.clock.zone).zoned;
            let length = match length {
                Some(Length::Time(length)) => length,
                _ => SignedDuration::from_mins(1),
            };
            Times::Timed { end: start.saturating_add(length), start }
        }
    }
}

/// Those of the days that a rule gives. When the budget is spent, the calendar is believed.
fn given(series: &Series, wanted: BTreeSet<Date>, budget: &mut usize) -> BTreeSet<Date> {
    let Some(last) = wanted.last().copied() else { return wanted };
    let Some(rule) = &series.rule else {
        let only = series.times.first_day();
        return wanted.into_iter().filter(|day| *day == only).collect();
    };
    if matches!(rule.end, End::Count(_)) {
        // Counted dates can only be found from the first on.
        let dates: Vec<Date> = series
            .dates(series.times.local_start())
            .map(|date| date.date())
            .take_while(|day| *day <= last)
            .take(*budget)
            .collect();
        *budget -= dates.len();
        if *budget == 0 {
            return wanted;
        }
        return dates.into_iter().filter(|day| wanted.contains(day)).collect();
    }
    // A date is found without counting, at the cost of some.
    let cost = 10 * wanted.len();
    if cost > *budget {
        *budget = 0;
        return wanted;
    }
    *budget -= cost;
    wanted.into_iter().filter(|day| series.falls_on(*day)).collect()
}

impl Fitting<'_> {
    /// The start is a date of its own even where the rule does not give it (RFC 5545 §3.8.5.3): it becomes an added
    /// one, and the series begins with the first date that the rule gives.
    fn settle_start(&mut self) {
        let Some(rule) = self.series.rule.clone() else { return };
        let start = self.series.times.local_start();
        match self.series.dates(start).next() {
            Some(first) if first == start => {}
            first => {
                let counted = match rule.end {
                    End::Count(count) => Some(count - 1),
                    _ => None,
                };
                let Some(first) = first.filter(|_| counted != Some(0)) else {
                    self.series.rule = None;
                    return;
                };
                if let (Some(count), Some(rule)) = (counted, &mut self.series.rule) {
                    rule.end = End::Count(count);
                }
                self.draft.extra.insert(0, (self.draft.event.start, None));
                self.series.times = self.series.times_from(first);
                self.move_start(first);
            }
        }
    }

    fn move_start(&mut self, first: DateTime) {
        let event = &mut self.draft.event;
        match self.draft.length {
            _ if event.start.is_day() => {
                let days = match self.draft.length {
                    Some(Length::Days(days)) => days,
                    _ => 0,
                };
                event.start = When::Day(first.date());
                event.end = event.end.map(|_| When::Day(first.date().saturating_add(jiff::Span::new().days(days))));
            }
            length => {
                event.start = When::Local(first);
                if let Some(Length::Time(length)) = length {
                    event.end = event.end.map(|_| begin_plus(event.start, length, &self.draft.clock.zone));
                }
            }
        }
    }

    /// The local start of the series on a day.
    fn planned(&self, day: Date) -> DateTime {
        DateTime::from_parts(day, self.series.times.local_start().time())
    }

    /// An added date in the form that the series has: a day for whole days, a time for others.
    fn in_form(&self, when: When) -> When {
        match (self.draft.event.start.is_day(), when) {
            (true, when) => When::Day(when.date()),
            (false, When::Day(day)) => When::Local(self.planned(day)),
            (false, when) => when,
        }
    }

    fn add(&mut self, extra: When, end: Option<When>) {
        let extra = self.in_form(extra);
        let end = end.and_then(|end| end_in_form(extra, end));
        let day = extra.date();
        let is_at_the_same_time = start_of(extra) == self.planned(day);
        if self.given.contains(&day) && self.except.contains(&day) && !is_at_the_same_time {
            // Left out and added again at another time: it was moved.
            self.except.remove(&day);
            self.push_change(ForeignChange { on: self.on(day), start: Some(extra), end, ..unchanged() });
        } else if self.given.contains(&day) && self.except.contains(&day) || !self.given.contains(&day) {
            self.except.remove(&day);
            if self.given.contains(&day) {
                return;
            }
            match self.extra.get(&day).map(|(known, _)| *known) {
                None => drop(self.extra.insert(day, (extra, end))),
                Some(known) if known == extra => {}
                Some(_) => self.put_apart(extra, end),
            }
        } else if !is_at_the_same_time {
            self.put_apart(extra, end);
        }
    }

    /// The date of the series on a day, as changes name it.
    fn on(&self, day: Date) -> When {
        if self.draft.event.start.is_day() { When::Day(day) } else { When::Local(self.planned(day)) }
    }

    fn push_change(&mut self, change: ForeignChange) {
        self.changes.entry(start_of(change.on)).or_insert(change);
    }

    fn put_apart(&mut self, start: When, end: Option<When>) {
        let event = &self.draft.event;
        let zone = &self.draft.clock.zone;
        let end = end.or_else(|| match self.draft.length? {
            Length::Time(length) => Some(begin_plus(start, length, zone)),
            Length::Days(days) => Some(When::Day(start.date().saturating_add(jiff::Span::new().days(days)))),
        });
        let uid = format!("{}-{}", event.uid, moment_text(start));
        self.apart.push(ForeignEvent { uid, start, end, ..event.clone() });
    }

    fn change(&mut self, change: &Draft) {
        let Some(on) = change.recurrence.as_ref().map(|on| on.local(&self.draft.clock.zone)) else { return };
        let day = on.date();
        let extra = self.extra.get(&day).map(|(extra, _)| *extra);
        if change.is_this_and_later {
            self.faults.push(ReadFault::warning(
                change.event.bytes.clone(),
                format!("a change of `{}` is for one date and all later ones", short(&self.draft.event.summary)),
                "it is read for that one date; the later ones need a series of their own",
            ));
        }
        if !self.given.contains(&day) && extra.is_none() {
            if change.event.status != ForeignStatus::Cancelled {
                self.apart.push(on_its_own(change));
            }
            return;
        }
        // What is left out and changed at once was changed last.
        self.except.remove(&day);
        let event = &self.draft.event;
        let planned = extra.unwrap_or_else(|| self.on(day));
        let start = self.in_zone(change, change.event.start);
        // A time without an end lasts as long as the series; whole days without one are a single day.
        let lasts_as_planned = change.length == self.draft.length || change.length.is_none() && !start.is_day();
        let differs = |own: &Option<String>, of_series: &Option<String>| {
            own.clone().filter(|own| Some(own) != of_series.as_ref())
        };
        let is_renamed = change.has_summary && change.event.summary != event.summary;
        let is_postponed = change.event.status == ForeignStatus::Postponed && event.status != change.event.status;
        let note =
            if is_renamed { Some(change.event.summary.clone()) } else { is_postponed.then(|| "Postponed".to_owned()) };
        let made = ForeignChange {
            on: self.on(day),
            start: (start != planned).then_some(start),
            end: if lasts_as_planned { None } else { self.change_end(change, start) },
            is_cancelled: change.event.status == ForeignStatus::Cancelled,
            location: differs(&change.event.location, &event.location),
            online: differs(&change.event.online, &event.online),
            note,
        };
        let made = if extra.is_some() { ForeignChange { on: planned, ..made } } else { made };
        self.push_change(made);
    }

    /// A time of a changed date in the zone of the series.
    fn in_zone(&self, change: &Draft, when: When) -> When {
        let (own, zone) = (&change.clock.zone, &self.draft.clock.zone);
        match when {
            When::Local(local) if own != zone => local_or_moment(at(local, own).timestamp(), zone),
            When::Instant(moment, _) => local_or_moment(moment, zone),
            other => other,
        }
    }

    fn change_end(&self, change: &Draft, start: When) -> Option<When> {
        change.event.end.map(|end| self.in_zone(change, end)).or_else(|| start.is_day().then_some(start))
    }

    fn finish(mut self) -> Vec<ForeignEvent> {
        let mut event = self.draft.event.clone();
        let own_ends = self.extra.values().filter_map(|(extra, end)| end.map(|end| (*extra, end)));
        let own_ends: Vec<(When, When)> = own_ends.collect();
        for (extra, end) in own_ends {
            if self.lasts(extra, end) != self.draft.length {
                self.push_change(ForeignChange { on: extra, end: Some(end), ..unchanged() });
            }
        }
        event.rule = self.series.rule.as_ref().map(rule::text);
        event.except = self.except.iter().filter(|day| self.given.contains(day)).map(|day| self.on(*day)).collect();
        event.extra = self.extra.values().map(|(extra, _)| *extra).collect();
        event.changes = self.changes.into_values().collect();
        let mut events = vec![event];
        if self.series.rule.is_none() && !events[0].except.is_empty() {
            // An event without a rule that leaves its own date out is not there.
            events.clear();
            let (extra, except) = (&self.extra, &self.draft.event);
            let alone = extra.values().map(|(start, end)| ForeignEvent {
                uid: format!("{}-{}", except.uid, moment_text(*start)),
                start: *start,
                end: *end,
                ..except.clone()
            });
            events.extend(alone);
        }
        events.extend(self.apart);
        events
    }

    fn lasts(&self, start: When, end: When) -> Option<Length> {
        let zone = &self.draft.clock.zone;
        match (start, end) {
            (When::Day(first), end) => Some(Length::Days(first.until(end.date()).map_or(0, |span| span.get_days())))
                .filter(|length| *length != Length::Days(0)),
            _ => Some(Length::Time(start.in_zone(zone).zoned.duration_until(&end.in_zone(zone).zoned))),
        }
    }
}

/// The end of an added date in the form of its start: of whole days the last, where it is not the first.
fn end_in_form(start: When, end: When) -> Option<When> {
    let When::Day(first) = start else { return Some(end) };
    let end = start_of(end);
    let last = if end.time() == Time::midnight() { end.date().yesterday().ok()? } else { end.date() };
    (last > first).then_some(When::Day(last))
}

fn unchanged() -> ForeignChange {
    ForeignChange {
        on: When::Day(Date::ZERO),
        start: None,
        end: None,
        is_cancelled: false,
        location: None,
        online: None,
        note: None,
    }
}
