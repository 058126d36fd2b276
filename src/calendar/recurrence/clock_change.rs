//! Dates of a series in the night in which the clocks change.

use jiff::Zoned;
use jiff::civil::{Date, DateTime};

use super::occurrences::is_set_apart;
use super::series::{Series, Times};
use crate::date::{Fault, When, words};

/// The first date between two moments whose start the change of the clocks skips or repeats, or whose end lies after
/// such a change: what will be shown, and as help the fields of a change that says otherwise. Dates that are left out
/// or changed already are passed over, and so is an event that happens once.
pub fn at_clock_change(series: &Series, from: &Zoned, to: &Zoned) -> Option<(Date, Fault)> {
    let Times::Timed { start, .. } = &series.times else { return None };
    series.rule.as_ref()?;
    let zone = start.time_zone();
    let changes = zone.following(from.timestamp()).map(|change| change.timestamp());
    for change in changes.take_while(|change| *change < to.timestamp()) {
        // One that begins on the day before may last into the night.
        let night = zone.to_datetime(change).date();
        for day in [night.yesterday().ok()?, night] {
            if series.falls_on(day) && !is_set_apart(series, day) {
                let local = DateTime::from_parts(day, start.time());
                if let Some(fault) = skipped_or_repeated(series, local).or_else(|| longer_or_shorter(series, local)) {
                    return Some((day, fault));
                }
            }
        }
    }
    None
}

fn skipped_or_repeated(series: &Series, local: DateTime) -> Option<Fault> {
    let Times::Timed { start, end } = series.times_from(local) else { return None };
    let note = When::Local(local).in_zone(start.time_zone()).note?;
    // With their offsets, since the hands of the clock do not say which hour is meant.
    let times = [("start", &start), ("end", &end)].map(|(name, moment)| format!("{name}: {}", words::rfc3339(moment)));
    Some(Fault { message: note.message, help: times.join(", ") })
}

fn longer_or_shorter(series: &Series, local: DateTime) -> Option<Fault> {
    let Times::Timed { start, end } = series.times_from(local) else { return None };
    let usual = match &series.times {
        Times::Timed { end, .. } => end.time(),
        Times::Days { .. } => return None,
    };
    let day = words::weekday_and_day(start.date());
    (end.time() != usual).then(|| Fault {
        message: format!(
            "the clocks change while the event of {day} goes on: it lasts as long as always and ends at {}, not at {}",
            words::time(end.time()),
            words::time(usual)
        ),
        help: format!("end: {} {}", end.date(), words::time(usual)),
    })
}
