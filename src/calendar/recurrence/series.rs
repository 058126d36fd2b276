//! An event with the times it has: the first, how it repeats, and the dates that differ.

use std::hash::{Hash, Hasher};

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, Zoned};

use super::expand;
use super::rule::{End, Rule};
use crate::date::{self, When, say};
use crate::words::Words;

/// From when to when.
#[derive(Clone, Debug)]
pub enum Times {
    /// Both in one time zone.
    Timed { start: Zoned, end: Zoned },
    /// Whole days; `last` is the last one, inclusive.
    Days { first: Date, last: Date },
}

/// An event and the dates on which it happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Series {
    /// The first date.
    pub times: Times,
    pub rule: Option<Rule>,
    /// Dates of the rule that are left out.
    pub except: Vec<When>,
    /// Dates beside the rule; a day takes the time of day of the series.
    pub extra: Vec<When>,
    pub changes: Vec<Change>,
}

/// A single date that differs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The date as the series has it.
    pub on: When,
    /// Left out: as the series has it.
    pub start: Option<When>,
    /// Left out: so that it lasts as long as the series says.
    pub end: Option<When>,
    pub is_cancelled: bool,
    /// Whatever helps the caller to find what else differs (venue, note).
    pub index: usize,
}

impl Times {
    /// The day it begins on, in its own zone.
    pub fn first_day(&self) -> Date {
        match self {
            Times::Timed { start, .. } => start.date(),
            Times::Days { first, .. } => *first,
        }
    }

    /// The day it ends on; an end at midnight belongs to the day before.
    pub fn last_day(&self) -> Date {
        match self {
            Times::Timed { start, end } => end.saturating_sub(Span::new().nanoseconds(1)).date().max(start.date()),
            Times::Days { last, .. } => *last,
        }
    }

    /// For messages to writers: `Tuesday 24 November 2026, 10am to midday`, `21 to 23 May 2026`.
    pub fn words(&self) -> String {
        match self {
            Times::Timed { start, end } => date::words::time_and_day_range(start.datetime(), end.datetime()),
            Times::Days { first, last } if first == last => date::words::weekday_and_day(*first),
            Times::Days { first, last } => date::words::day_range(*first, *last),
        }
    }

    /// As the site says it: `Tuesday 24 November 2026, 10am to midday`, `Friday 4 to Sunday 6 June 2027`.
    pub fn said(&self, words: &Words) -> String {
        match self {
            Times::Timed { start, end } => say::time_and_day_range(words, start.datetime(), end.datetime()),
            Times::Days { first, last } if first == last => say::weekday_and_day(words, *first),
            Times::Days { first, last } => say::weekday_range(words, *first, *last),
        }
    }

    /// The time on a day that is named elsewhere, `10am to midday`, `9pm to 1am the day after`, `All day`; of what lasts
    /// longer, with its days.
    pub fn time_said(&self, words: &Words) -> String {
        match self {
            Times::Timed { start, end } if start.date() == self.last_day() => {
                say::time_range(words, start.time(), end.time())
            }
            Times::Timed { start, end } if self.days().0 == self.days().1 => {
                let times = say::time_range(words, start.time(), end.time());
                words.say("dates.day_after", &[("times", (&times).into())])
            }
            Times::Days { first, last } if first == last => words.text("dates.all_day").to_owned(),
            _ => self.said(words),
        }
    }

    /// The days on which it is shown in a calendar: what lasts less than a day belongs to the one it begins on,
    /// though it may go on past midnight.
    pub fn days(&self) -> (Date, Date) {
        match self {
            Times::Timed { start, end } if start.duration_until(end) < SignedDuration::from_hours(24) => {
                (start.date(), start.date())
            }
            _ => (self.first_day(), self.last_day()),
        }
    }

    /// The moment from which it is over; whole days end with the last one, in `zone`.
    pub fn over_at(&self, zone: &TimeZone) -> Zoned {
        match self {
            Times::Timed { end, .. } => end.clone(),
            Times::Days { last, .. } => date::at(last.saturating_add(Span::new().days(1)).into(), zone),
        }
    }

    /// The moment by which lists are in order; a whole day begins in UTC.
    pub fn starts_at(&self) -> Timestamp {
        match self {
            Times::Timed { start, .. } => start.timestamp(),
            Times::Days { first, .. } => date::at((*first).into(), &TimeZone::UTC).timestamp(),
        }
    }

    /// The local time at which it begins.
    pub fn local_start(&self) -> DateTime {
        match self {
            Times::Timed { start, .. } => start.datetime(),
            Times::Days { first, .. } => DateTime::from(*first),
        }
    }

    /// Whether any of it lies in the window; whole days are those of the window's own zone.
    pub(super) fn overlaps(&self, from: &Zoned, to: &Zoned) -> bool {
        match self {
            Times::Timed { start, end } => end > from && start < to,
            Times::Days { first, last } => *last >= from.date() && DateTime::from(*first) < to.datetime(),
        }
    }
}

/// Equal where zone and local times are too; two `Zoned` are equal wherever their moment is.
impl PartialEq for Times {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Times::Timed { start: a, end: b }, Times::Timed { start: c, end: d }) => {
                (key(a), key(b)) == (key(c), key(d))
            }
            (Times::Days { first: a, last: b }, Times::Days { first: c, last: d }) => (a, b) == (c, d),
            _ => false,
        }
    }
}

impl Eq for Times {}

impl Hash for Times {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Times::Timed { start, end } => (0u8, key(start), key(end)).hash(state),
            Times::Days { first, last } => (1u8, first, last).hash(state),
        }
    }
}

fn key(zoned: &Zoned) -> (Option<&str>, Timestamp, DateTime) {
    (zoned.time_zone().iana_name(), zoned.timestamp(), zoned.datetime())
}

impl Series {
    /// An event that happens once.
    pub fn once(times: Times) -> Self {
        Series { times, rule: None, except: Vec::new(), extra: Vec::new(), changes: Vec::new() }
    }

    /// Whether it has one date: people then know of no other.
    pub fn happens_once(&self) -> bool {
        self.rule.is_none() && self.extra.is_empty()
    }

    /// The dates of the series that are at one of several places, as a series of their own: `is_there` says it of the
    /// usual place (nothing) and of the `index` of each change. Where the usual place is not among them, each date
    /// stands for itself.
    pub fn only_there(&self, is_there: impl Fn(Option<usize>) -> bool) -> Self {
        let is_kept = |change: &Change| is_there(Some(change.index));
        let changed_on = |day: Date| self.changes.iter().find(|change| self.day(change.on) == day);
        let mut series = self.clone();
        series.changes.retain(is_kept);
        if is_there(None) {
            series.extra.retain(|extra| changed_on(self.extra_start(*extra).date()).is_none_or(is_kept));
            let is_of_rule = |change: &&Change| {
                let day = self.day(change.on);
                !self.extra.iter().any(|extra| self.extra_start(*extra).date() == day)
            };
            let moved = self.changes.iter().filter(|change| !is_kept(change)).filter(is_of_rule);
            series.except.extend(moved.map(|change| change.on));
        } else {
            series.rule = None;
            series.except = vec![When::Day(self.times.first_day())];
            series.extra = series.changes.iter().map(|change| change.on).collect();
        }
        series
    }

    /// Whether the rule, or the first date where there is none, gives this date. Dates left out or
    /// added do not matter.
    pub fn falls_on(&self, day: Date) -> bool {
        if self.rule.is_none() {
            return day == self.times.first_day();
        }
        self.dates(DateTime::from(day)).next().is_some_and(|next| next.date() == day)
    }

    /// Whether any date of the rule remains, or the only date where there is none. A series without end always has one.
    pub fn has_dates(&self) -> bool {
        let is_endless = self.rule.as_ref().is_some_and(|rule| rule.end == End::Never);
        if self.except.is_empty() || is_endless {
            return true;
        }
        let left_out: Vec<Date> = self.except.iter().map(|except| self.day(*except)).collect();
        self.dates(self.times.local_start()).any(|date| !left_out.contains(&date.date()))
    }

    /// The dates of the rule from `from` on; the first date alone where there is no rule.
    pub(crate) fn dates(&self, from: DateTime) -> impl Iterator<Item = DateTime> + use<> {
        let start = self.times.local_start();
        let once = (self.rule.is_none() && start >= from).then_some(start);
        let repeated = self.rule.as_ref().map(|rule| expand::dates(rule, start, self.until(), from));
        once.into_iter().chain(repeated.into_iter().flatten())
    }

    /// The last local time that the rule may give.
    pub(super) fn until(&self) -> Option<DateTime> {
        let End::Until(until) = self.rule.as_ref()?.end else { return None };
        Some(match until {
            When::Day(day) => day.at(23, 59, 59, 0),
            _ => self.local(until),
        })
    }

    /// The times of the series with another start; they last as long as its first date
    /// (RFC 5545 §3.8.5.3: the exact duration).
    pub(crate) fn times_from(&self, local: DateTime) -> Times {
        match &self.times {
            Times::Timed { start, .. } => {
                let begin = date::at(local, start.time_zone());
                let end = begin.saturating_add(self.duration());
                Times::Timed { start: begin, end }
            }
            Times::Days { first, last } => {
                let moved = local.date();
                let length = first.until(*last).unwrap_or_default();
                Times::Days { first: moved, last: moved.saturating_add(length) }
            }
        }
    }

    /// The local time of an added date: its own, or that of the series.
    pub(super) fn extra_start(&self, extra: When) -> DateTime {
        match extra {
            When::Day(day) => DateTime::from_parts(day, self.times.local_start().time()),
            _ => self.local(extra),
        }
    }

    /// The day that `when` is in the zone of the series.
    pub(crate) fn day(&self, when: When) -> Date {
        self.local(when).date()
    }

    /// The times of a date that differs.
    pub(super) fn changed(&self, planned: &Times, change: &Change) -> Times {
        let start = change.start.map_or_else(|| planned.local_start(), |start| self.extra_start(start));
        let mut times = self.times_from(start);
        match (&mut times, change.end) {
            (_, None) => {}
            (Times::Timed { start, end }, Some(changed)) => {
                *end = changed.in_zone(start.time_zone()).zoned;
            }
            (Times::Days { last, .. }, Some(changed)) => *last = changed.date(),
        }
        times
    }

    pub(super) fn duration(&self) -> SignedDuration {
        match &self.times {
            Times::Timed { start, end } => start.duration_until(end),
            Times::Days { first, last } => first.duration_until(*last).saturating_add(SignedDuration::from_hours(24)),
        }
    }

    fn local(&self, when: When) -> DateTime {
        match (&self.times, when) {
            (Times::Timed { start, .. }, When::Instant(timestamp, _)) => start.time_zone().to_datetime(timestamp),
            (_, When::Local(local)) => local,
            _ => DateTime::from(when.date()),
        }
    }
}
