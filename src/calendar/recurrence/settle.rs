//! Mends a series whose parts do not fit one another, and says what was mended.
//!
//! 1. The end lies after the start, and the start is a date of its own rule (RFC 5545 §3.8.5.3), which says itself on
//!    which day of the month it falls where not every month has it.
//! 2. Dates left out and dates changed are dates of the series (§3.8.5.1, §3.8.4.4), and added ones are not.
//! 3. A date is left out, added or changed once.
//!
//! What does not fit is taken out, so that whatever is written from the series is consistent.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Span};

use super::occurrences::is_left_out;
use super::rule::{End, Frequency};
use super::sentence::sentence;
use super::series::{Change, Series, Times};
use super::{Part, Problem};
use crate::date::{When, words};
use crate::words::Words;

/// A series in which every part fits, and what was wrong with the one that was given. The numbers in the
/// problems are those of the lists as they were given. How an event repeats is told in the words of the site.
pub fn settle(said: &Words, mut series: Series) -> (Series, Vec<Problem>) {
    let mut problems = Vec::new();
    settle_end(&mut series, &mut problems);
    settle_rule(&mut series);
    settle_start(said, &mut series, &mut problems);
    settle_except(said, &mut series, &mut problems);
    settle_extra(&mut series, &mut problems);
    settle_changes(said, &mut series, &mut problems);
    (series, problems)
}

fn settle_end(series: &mut Series, problems: &mut Vec<Problem>) {
    match &mut series.times {
        Times::Timed { start, end } if *end <= *start => {
            problems.push(Problem::new(
                Part::End,
                format!(
                    "the event ends ({}) before it starts ({})",
                    words::time_and_day_range(end.datetime(), end.datetime()),
                    words::time_and_day_range(start.datetime(), start.datetime())
                ),
                "check `start` and `end`; where it goes on past midnight, give `end` the next day's date",
            ));
            *end = start.saturating_add(SignedDuration::from_hours(1));
        }
        Times::Days { first, last } if *last < *first => {
            problems.push(Problem::new(
                Part::End,
                format!("the event ends on {} before it starts on {}", words::day(*last), words::day(*first)),
                "check `start` and `end`; `end` is the last day of the event",
            ));
            *last = *first;
        }
        _ => {}
    }
}

/// A rule that leaves a day to its start which not every month has says it itself: programs disagree about what
/// `FREQ=YEARLY` from 29 February means in other years (RFC 5545 §3.3.10 leaves the date out).
fn settle_rule(series: &mut Series) {
    let start = series.times.local_start();
    let Some(rule) = &mut series.rule else { return };
    let leaves_day_to_start = rule.by_day.is_empty() && rule.by_month_day.is_empty() && rule.by_year_day.is_empty();
    let counts_months = matches!(rule.frequency, Frequency::Monthly | Frequency::Yearly);
    if leaves_day_to_start && counts_months && start.day() > 28 {
        rule.by_month_day = vec![start.day()];
        if rule.frequency == Frequency::Yearly && rule.by_month.is_empty() {
            rule.by_month = vec![start.month()];
        }
    }
}

fn settle_start(said: &Words, series: &mut Series, problems: &mut Vec<Problem>) {
    let Some(rule) = &series.rule else { return };
    let start = series.times.local_start();
    let until = match rule.end {
        End::Until(until) => Some(series.day(until)),
        _ => None,
    };
    let starts = words::weekday_and_day(start.date());
    match series.dates(start).next() {
        Some(first) if first == start => {}
        Some(first) => {
            let right = words::weekday_and_day(first.date());
            problems.push(Problem::new(
                Part::Start,
                format!(
                    "the event starts on {starts}, which is not one of its own dates ({})",
                    sentence(said, rule, start)
                ),
                format!("the first one is {right}: write that as `start`, or change how the event repeats"),
            ));
            series.times = series.times_from(first);
        }
        None => {
            problems.push(match until {
                Some(until) => Problem::new(
                    Part::Until,
                    format!("the event stops repeating on {} and has no date from {starts} on", words::day(until)),
                    "check `until` and `start`",
                ),
                None => Problem::new(
                    Part::Rule,
                    format!("this way of repeating gives no date from {starts} on"),
                    "write it in another way, as in `every: month` with `on: [first tuesday]`",
                ),
            });
            series.rule = None;
        }
    }
}

fn settle_except(said: &Words, series: &mut Series, problems: &mut Vec<Problem>) {
    let mut kept: Vec<When> = Vec::new();
    for (index, except) in std::mem::take(&mut series.except).into_iter().enumerate() {
        let day = series.day(except);
        let part = Part::Except(index);
        if kept.iter().any(|other| series.day(*other) == day) {
            problems.push(twice(part, day, "left out"));
        } else if series.falls_on(day) {
            kept.push(except);
        } else {
            problems.push(not_a_date_of(said, series, part, day, "leaving it out changes nothing"));
        }
    }
    series.except = kept;
}

fn settle_extra(series: &mut Series, problems: &mut Vec<Problem>) {
    let mut kept: Vec<When> = Vec::new();
    for (index, extra) in std::mem::take(&mut series.extra).into_iter().enumerate() {
        let day = series.extra_start(extra).date();
        let part = Part::Extra(index);
        if kept.iter().any(|other| series.extra_start(*other).date() == day) {
            problems.push(twice(part, day, "added"));
        } else if series.falls_on(day) {
            problems.push(Problem::new(
                part,
                format!("{} is one of the dates already, so it cannot be added", words::weekday_and_day(day)),
                "take it out; for another time on that day use `changes`, or write a second event",
            ));
        } else {
            kept.push(extra);
        }
    }
    series.extra = kept;
}

fn settle_changes(said: &Words, series: &mut Series, problems: &mut Vec<Problem>) {
    let mut kept: Vec<Change> = Vec::new();
    for (index, mut change) in std::mem::take(&mut series.changes).into_iter().enumerate() {
        let day = series.day(change.on);
        let part = Part::Change(index);
        let extra = series.extra.iter().copied().find(|extra| series.extra_start(*extra).date() == day);
        if kept.iter().any(|other| series.day(other.on) == day) {
            problems.push(twice(part, day, "changed"));
        } else if extra.is_none() && is_left_out(series, day) {
            problems.push(Problem::new(
                part,
                format!("{} is both left out and changed", words::weekday_and_day(day)),
                "take it out of `except`; to tell people that it is off, keep the change with `cancelled: true`",
            ));
        } else if extra.is_none() && !series.falls_on(day) {
            problems.push(not_a_date_of(said, series, part, day, "there is nothing to change"));
        } else {
            let start = DateTime::from_parts(day, series.times.local_start().time());
            let planned = series.times_from(extra.map_or(start, |extra| series.extra_start(extra)));
            if ends_before_it_starts(&series.changed(&planned, &change)) {
                problems.push(Problem::new(
                    part,
                    format!("the change on {} ends before it starts", words::weekday_and_day(day)),
                    "check its `start` and `end`; a date moved to another day needs both with that day's date",
                ));
                change.end = None;
            }
            kept.push(change);
        }
    }
    series.changes = kept;
}

fn ends_before_it_starts(times: &Times) -> bool {
    match times {
        Times::Timed { start, end } => end <= start,
        Times::Days { first, last } => last < first,
    }
}

fn twice(part: Part, day: Date, what: &str) -> Problem {
    Problem::new(part, format!("{} is {what} twice", words::weekday_and_day(day)), "keep one of the two")
}

fn not_a_date_of(said: &Words, series: &Series, part: Part, day: Date, so: &str) -> Problem {
    let message = format!("{} is not one of the dates of this event, so {so}", words::weekday_and_day(day));
    let Some(rule) = &series.rule else {
        let only = words::weekday_and_day(series.times.first_day());
        return Problem::new(part, message, format!("the event has one date, {only}"));
    };
    let how = sentence(said, rule, series.times.local_start());
    // Far enough back for any rule that people use; a rarer one names the date after only.
    let earlier = DateTime::from(day).saturating_sub(Span::new().days(400));
    let near: Vec<Date> = series.dates(earlier).take(500).map(|date| date.date()).collect();
    let before = near.iter().rev().find(|date| **date < day);
    let after = near.iter().find(|date| **date > day);
    let help = match (before, after) {
        (Some(before), Some(after)) => {
            format!(
                "{how}: the nearest dates are {} and {}",
                words::weekday_and_day(*before),
                words::weekday_and_day(*after)
            )
        }
        (None, Some(date)) => format!("{how}: the first date is {}", words::weekday_and_day(*date)),
        (Some(date), None) => format!("{how}: the last date is {}", words::weekday_and_day(*date)),
        (None, None) => format!("{how}: check the date"),
    };
    Problem::new(part, message, help)
}
