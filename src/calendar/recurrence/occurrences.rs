//! The dates of a series in a window of time.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Zoned};

use super::series::{Change, Series, Times};

/// One date of a series.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence {
    pub times: Times,
    /// The times before any change: what `RECURRENCE-ID` names (RFC 5545 §3.8.4.4).
    pub planned: Times,
    /// The `index` of the change that this date has.
    pub change: Option<usize>,
    /// Whether it is a date beside the rule.
    pub is_extra: bool,
    pub is_cancelled: bool,
}

/// The dates of which any part lies after `from` and before `to`, in order, at most `limit`; cancelled
/// ones are among them. Whole days count in the zone of `from` and `to`.
pub fn occurrences(series: &Series, from: &Zoned, to: &Zoned, limit: usize) -> Vec<Occurrence> {
    let mut found = set_apart(series);
    found.retain(|occurrence| occurrence.times.overlaps(from, to));
    let planned = series
        .dates(search_from(series, from))
        .take_while(|date| series.times_from(*date).begins_before(to))
        .filter(|date| !is_set_apart(series, date.date()))
        .map(|date| series.times_from(date))
        .filter(|times| times.overlaps(from, to))
        .take(limit)
        .map(plain);
    found.extend(planned);
    found.sort_by_key(|occurrence| occurrence.times.local_start());
    found.truncate(limit);
    found
}

/// The first date that has not ended by `now` and is not cancelled.
pub fn next_after(series: &Series, now: &Zoned) -> Option<Occurrence> {
    let has_not_ended = |times: &Times| match times {
        Times::Timed { end, .. } => end > now,
        Times::Days { last, .. } => *last >= now.date(),
    };
    let planned = series
        .dates(search_from(series, now))
        .filter(|date| !is_set_apart(series, date.date()))
        .map(|date| series.times_from(date))
        .find(has_not_ended)
        .map(plain);
    set_apart(series)
        .into_iter()
        .filter(|occurrence| !occurrence.is_cancelled && has_not_ended(&occurrence.times))
        .chain(planned)
        .min_by_key(|occurrence| occurrence.times.local_start())
}

/// The date of a series that was planned to begin at this local time, as it is now.
pub fn planned_at(series: &Series, local: DateTime) -> Occurrence {
    let is_extra = series.extra.iter().any(|extra| series.extra_start(*extra) == local);
    let planned = series.times_from(local);
    let change = change_on(series, planned.first_day());
    occurrence(series, planned, change, is_extra)
}

/// The dates that were added or changed, wherever they lie.
pub(crate) fn set_apart(series: &Series) -> Vec<Occurrence> {
    let extra = series.extra.iter().map(|extra| {
        let planned = series.times_from(series.extra_start(*extra));
        let change = change_on(series, planned.first_day());
        occurrence(series, planned, change, true)
    });
    let is_extra = |day: Date| series.extra.iter().any(|extra| series.extra_start(*extra).date() == day);
    let changed = series.changes.iter().filter_map(|change| {
        let day = series.day(change.on);
        let is_planned = !is_left_out(series, day) && !is_extra(day) && series.falls_on(day);
        let start = DateTime::from_parts(day, series.times.local_start().time());
        is_planned.then(|| occurrence(series, series.times_from(start), Some(change), false))
    });
    extra.chain(changed).collect()
}

fn occurrence(series: &Series, planned: Times, change: Option<&Change>, is_extra: bool) -> Occurrence {
    Occurrence {
        times: change.map_or_else(|| planned.clone(), |change| series.changed(&planned, change)),
        planned,
        change: change.map(|change| change.index),
        is_extra,
        is_cancelled: change.is_some_and(|change| change.is_cancelled),
    }
}

fn plain(times: Times) -> Occurrence {
    Occurrence { planned: times.clone(), times, change: None, is_extra: false, is_cancelled: false }
}

fn change_on(series: &Series, day: Date) -> Option<&Change> {
    series.changes.iter().find(|change| series.day(change.on) == day)
}

pub(super) fn is_left_out(series: &Series, day: Date) -> bool {
    series.except.iter().any(|except| series.day(*except) == day)
}

pub(super) fn is_set_apart(series: &Series, day: Date) -> bool {
    is_left_out(series, day) || change_on(series, day).is_some()
}

/// The local time from which dates may still reach into a window: earlier by what one lasts, and by a
/// day for the distance between two zones and for a clock change.
fn search_from(series: &Series, from: &Zoned) -> DateTime {
    let local = match &series.times {
        Times::Timed { start, .. } => start.time_zone().to_datetime(from.timestamp()),
        Times::Days { .. } => from.datetime(),
    };
    local.saturating_sub(series.duration().saturating_add(SignedDuration::from_hours(24)))
}

impl Times {
    fn begins_before(&self, to: &Zoned) -> bool {
        match self {
            Times::Timed { start, .. } => start < to,
            Times::Days { first, .. } => DateTime::from(*first) < to.datetime(),
        }
    }
}
