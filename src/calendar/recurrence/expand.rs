//! The dates of a rule, found by the `rrule` crate.
//!
//! 1. Where the search begins long after the series did, the series is moved forward by a whole number
//!    of its intervals, so that ten years of Tuesdays are not counted one by one.
//! 2. The crate expands times on a clock that never changes; the caller gives each its moment in a
//!    zone (RFC 5545 §3.3.10: a local time that does not exist is read by §3.3.5).
//!
//! **Invariant:** `rrule` and `chrono` types do not leave this file.

use chrono::{Datelike, NaiveDate, Timelike};
use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, Unit};
use rrule::{NWeekday, RRule, RRuleSet, Tz, Unvalidated};

use super::rule::{End, Frequency, Rule};

/// The local times of `rule` from `start` on, in order, beginning with the first that is not before
/// `from`; none after `until`. Nothing where the rule gives no date.
pub(super) fn dates(
    rule: &Rule,
    start: DateTime,
    until: Option<DateTime>,
    from: DateTime,
) -> impl Iterator<Item = DateTime> + use<> {
    let set = expansion(rule, start, until, from);
    set.into_iter()
        .flat_map(|set| set.limit().into_iter())
        .map_while(to_jiff)
        .skip_while(move |date| *date < from || *date < start)
}

fn expansion(rule: &Rule, start: DateTime, until: Option<DateTime>, from: DateTime) -> Option<RRuleSet> {
    let begin = forwarded(rule, start, from);
    let mut expanded = RRule::<Unvalidated>::new(match rule.frequency {
        Frequency::Daily => rrule::Frequency::Daily,
        Frequency::Weekly => rrule::Frequency::Weekly,
        Frequency::Monthly => rrule::Frequency::Monthly,
        Frequency::Yearly => rrule::Frequency::Yearly,
    })
    .interval(rule.interval)
    .week_start(to_chrono_weekday(rule.week_start))
    .by_weekday(rule.by_day.iter().map(|d| NWeekday::new(d.ordinal, to_chrono_weekday(d.weekday))).collect())
    .by_month_day(rule.by_month_day.clone())
    .by_year_day(rule.by_year_day.clone())
    .by_set_pos(rule.by_set_position.iter().map(|position| i32::from(*position)).collect())
    .by_month(&rule.by_month.iter().filter_map(|month| to_chrono_month(*month)).collect::<Vec<_>>());
    // What the rule leaves to its start stands in it before the start is moved (RFC 5545 §3.3.10).
    let leaves_day_to_start = rule.by_day.is_empty() && rule.by_month_day.is_empty() && rule.by_year_day.is_empty();
    let has_month_days = rule.frequency == Frequency::Monthly || rule.frequency == Frequency::Yearly;
    if begin != start && leaves_day_to_start && has_month_days {
        expanded = expanded.by_month_day(vec![start.day()]);
        if rule.frequency == Frequency::Yearly && rule.by_month.is_empty() {
            expanded = expanded.by_month(&to_chrono_month(start.month()).into_iter().collect::<Vec<_>>());
        }
    }
    if let End::Count(count) = rule.end {
        expanded = expanded.count(count);
    }
    if let Some(until) = until {
        expanded = expanded.until(to_chrono(until)?);
    }
    expanded.build(to_chrono(begin)?).ok()
}

/// A start of the same series, in the same phase, at most two intervals before `from`.
fn forwarded(rule: &Rule, start: DateTime, from: DateTime) -> DateTime {
    if matches!(rule.end, End::Count(_)) || from <= start {
        return start;
    }
    let interval = i64::from(rule.interval.max(1));
    // One interval is kept in hand: a week's dates before its first day count for `BYSETPOS`.
    let whole = |periods: i64| (periods / interval - 1) * interval;
    let days = start.date().until((Unit::Day, from.date())).map_or(0, |span| i64::from(span.get_days()));
    let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
    let moved = match rule.frequency {
        Frequency::Daily => by_days(start.date(), whole(days)),
        Frequency::Weekly => by_days(start.date(), whole(days / 7) * 7),
        Frequency::Monthly => {
            let month = months(start.date()) + whole(months(from.date()) - months(start.date()));
            i16::try_from(month / 12).ok().and_then(|year| Date::new(year, (month % 12 + 1) as i8, 1).ok())
        }
        Frequency::Yearly => {
            let year = i64::from(start.year()) + whole(i64::from(from.year()) - i64::from(start.year()));
            i16::try_from(year).ok().and_then(|year| Date::new(year, 1, 1).ok())
        }
    };
    match moved {
        Some(date) if date > start.date() => DateTime::from_parts(date, start.time()),
        _ => start,
    }
}

fn by_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn to_chrono(local: DateTime) -> Option<chrono::DateTime<Tz>> {
    let (month, day) = (u32::try_from(local.month()).ok()?, u32::try_from(local.day()).ok()?);
    let (hour, minute) = (u32::try_from(local.hour()).ok()?, u32::try_from(local.minute()).ok()?);
    NaiveDate::from_ymd_opt(local.year().into(), month, day)?
        .and_hms_opt(hour, minute, u32::try_from(local.second()).ok()?)?
        .and_local_timezone(Tz::UTC)
        .single()
}

/// Nothing past the year 9999, where our calendar ends.
fn to_jiff(date: chrono::DateTime<Tz>) -> Option<DateTime> {
    let year = i16::try_from(date.year()).ok()?;
    let field = |number: u32| i8::try_from(number).ok();
    let (month, day) = (field(date.month())?, field(date.day())?);
    DateTime::new(year, month, day, field(date.hour())?, field(date.minute())?, field(date.second())?, 0).ok()
}

fn to_chrono_weekday(weekday: Weekday) -> chrono::Weekday {
    match weekday {
        Weekday::Monday => chrono::Weekday::Mon,
        Weekday::Tuesday => chrono::Weekday::Tue,
        Weekday::Wednesday => chrono::Weekday::Wed,
        Weekday::Thursday => chrono::Weekday::Thu,
        Weekday::Friday => chrono::Weekday::Fri,
        Weekday::Saturday => chrono::Weekday::Sat,
        Weekday::Sunday => chrono::Weekday::Sun,
    }
}

fn to_chrono_month(month: i8) -> Option<chrono::Month> {
    u8::try_from(month).ok().and_then(|month| chrono::Month::try_from(month).ok())
}
