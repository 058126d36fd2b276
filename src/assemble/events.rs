//! The dates of an event: the fields as they were written become a series, seen from now.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{Timestamp, ToSpan, Zoned};

use crate::assemble::findings::Findings;
use crate::calendar::recurrence::{self, Change, Occurrence, Part, Problem, Rule, Series, Times};
use crate::codes::{Code, event as codes_event};
use crate::config::Config;
use crate::date::{When, words};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::fields::Located;
use crate::hash::{Fingerprint, lasting_name};
use crate::model::document::Document;
use crate::model::kinds::Details;
use crate::model::kinds::event::{Event, Repeats};
use crate::path::nearest;
use crate::site::{EventDates, Standing};

/// How many coming dates a page is given.
const COMING_LIMIT: usize = 20;
/// How far ahead the dates of a series without end are looked for.
const HORIZON_YEARS: i64 = 2;

/// The dates of an event.
///
/// Reports: what does not fit in `repeats`, `changes` and the times.
pub fn dates(document: &Document, event: &Event, config: &Config, findings: &mut Findings) -> EventDates {
    let series = series(document, event, config, &mut findings.report);
    let now = findings.now().to_zoned(event.timezone.clone());
    findings.report.extend(clock_change(document, event, &series, &now));
    let dates = seen_from(series, event, document, config, &now);
    for moment in changes_at(&dates, &now) {
        findings.matters(moment);
    }
    dates
}

/// The event as a series in which every part fits.
pub fn series(document: &Document, event: &Event, config: &Config, report: &mut Report) -> Series {
    let times = first_times(document, event, report);
    let (rule, mut problems) = rule(event.repeats.as_ref());
    // Whether dates fit one another can be said only of an event that has a first one.
    let mut series = Series { rule: rule.filter(|_| event.has_start()), ..Series::once(times) };
    if let Some(repeats) = event.repeats.as_ref().filter(|_| event.has_start()) {
        series.except = repeats.except.iter().map(|except| except.value).collect();
        series.extra = repeats.extra.iter().map(|extra| extra.value).collect();
    }
    series.changes = event
        .changes
        .iter()
        .enumerate()
        .filter(|_| event.has_start())
        .map(|(index, change)| Change {
            on: change.on.value,
            start: change.start,
            end: change.end,
            is_cancelled: change.is_cancelled,
            index,
        })
        .collect();
    let (mut series, found) = recurrence::settle(&config.words, series);
    problems.extend(found);
    for problem in problems {
        report.push(diagnostic(document, event, problem));
    }
    skip_closures(document, event, config, &mut series, report);
    if !series.has_dates() && series.extra.is_empty() {
        let place = Place::new(&document.path, event.start.bytes.clone());
        let message = "every date of the event is left out, so it never takes place";
        let help = "delete the event; or, if people know of it, keep its dates and write `status: cancelled`";
        report.push(Diagnostic::new(&codes_event::NO_DATES, place, message).help(help));
    }
    series
}

/// Every moment at which what is seen of the dates can change: a date ends, or a day does.
fn changes_at(dates: &EventDates, now: &Zoned) -> Vec<Timestamp> {
    let ends = dates.coming.iter().chain([&dates.shown]).filter_map(|occurrence| match &occurrence.times {
        Times::Timed { end, .. } => Some(end.timestamp()),
        Times::Days { .. } => None,
    });
    let midnight = now.tomorrow().and_then(|tomorrow| tomorrow.start_of_day()).map(|midnight| midnight.timestamp());
    ends.chain(midnight.ok()).collect()
}

fn first_times(document: &Document, event: &Event, report: &mut Report) -> Times {
    if let When::Day(first) = event.start.value {
        let last = match (&event.end, &event.duration) {
            (Some(end), _) => end.value.date(),
            (None, Some(duration)) => {
                // `2 days` from Monday are Monday and Tuesday.
                first.checked_add(duration.value).and_then(|end| end.checked_sub(1.day())).unwrap_or(first)
            }
            (None, None) => first,
        };
        return Times::Days { first, last: last.max(first) };
    }
    let start = resolved(document, &event.start, event, report);
    let end = match (&event.end, &event.duration) {
        (Some(end), _) => resolved(document, end, event, report).with_time_zone(event.timezone.clone()),
        (None, Some(duration)) => start.checked_add(duration.value).unwrap_or_else(|_| start.clone()),
        (None, None) => start.saturating_add(1.hour()),
    };
    let end = if end > start { end } else { start.saturating_add(1.hour()) };
    Times::Timed { start, end }
}

fn resolved(document: &Document, when: &Located<When>, event: &Event, report: &mut Report) -> Zoned {
    let resolved = when.value.in_zone(&event.timezone);
    if let Some(note) = resolved.note {
        let place = Place::new(&document.path, when.bytes.clone());
        report.push(Diagnostic::new(&codes_event::CLOCK_CHANGE, place, note.message).help(note.help));
    }
    resolved.zoned
}

/// The next date of a series that a change of the clocks touches.
fn clock_change(document: &Document, event: &Event, series: &Series, now: &Zoned) -> Option<Diagnostic> {
    let today = start_of_day(now);
    let to = today.saturating_add(HORIZON_YEARS.years());
    let (day, fault) = recurrence::at_clock_change(series, &today, &to)?;
    let place = Place::new(&document.path, event.start.bytes.clone());
    let diagnostic = Diagnostic::new(&codes_event::CLOCK_CHANGE, place, fault.message);
    Some(diagnostic.help(format!("say when it is to be: `changes: [{{on: {day}, {}}}]`", fault.help)))
}

fn rule(repeats: Option<&Repeats>) -> (Option<Rule>, Vec<Problem>) {
    let Some(repeats) = repeats else { return (None, Vec::new()) };
    if let Some(written) = &repeats.rule {
        return match Rule::parse(&written.value) {
            Ok(rule) => (Some(rule), Vec::new()),
            Err(fault) => (None, vec![Problem { part: Part::Rule, fault }]),
        };
    }
    let Some(every) = &repeats.every else { return (None, Vec::new()) };
    let on: Vec<&str> = repeats.on.iter().map(|on| on.value.as_str()).collect();
    let until = repeats.until.as_ref().map(|until| until.value);
    match Rule::from_words(&every.value, &on, until, repeats.count) {
        Ok(rule) => (Some(rule), Vec::new()),
        Err(problems) => (None, problems),
    }
}

fn diagnostic(document: &Document, event: &Event, problem: Problem) -> Diagnostic {
    let (code, bytes): (&'static Code, _) = match (problem.part, &event.repeats) {
        (Part::Start, _) => (&codes_event::FIRST_DATE_MOVED, event.start.bytes.clone()),
        (Part::End, _) => {
            let bytes = event.end.as_ref().map(|end| end.bytes.clone());
            let duration = event.duration.as_ref().map(|duration| duration.bytes.clone());
            (&codes_event::END_BEFORE_START, bytes.or(duration).unwrap_or_else(|| event.start.bytes.clone()))
        }
        (Part::Change(index), _) => {
            let bytes = event.changes.get(index).map(|change| change.on.bytes.clone());
            (&codes_event::DATE_NOT_IN_SERIES, bytes.unwrap_or_else(|| event.start.bytes.clone()))
        }
        (Part::Except(index), Some(repeats)) => {
            let bytes = repeats.except.get(index).map(|except| except.bytes.clone());
            (&codes_event::DATE_NOT_IN_SERIES, bytes.unwrap_or_else(|| repeats.bytes.clone()))
        }
        (Part::Extra(index), Some(repeats)) => {
            let bytes = repeats.extra.get(index).map(|extra| extra.bytes.clone());
            (&codes_event::DATE_NOT_IN_SERIES, bytes.unwrap_or_else(|| repeats.bytes.clone()))
        }
        (part, Some(repeats)) => {
            let bytes = match part {
                Part::Every => repeats.every.as_ref().map(|every| every.bytes.clone()),
                Part::On(index) => repeats.on.get(index).map(|on| on.bytes.clone()),
                Part::Until => repeats.until.as_ref().map(|until| until.bytes.clone()),
                Part::Rule => repeats.rule.as_ref().map(|rule| rule.bytes.clone()),
                _ => None,
            };
            (&codes_event::REPEATS_NOT_READABLE, bytes.unwrap_or_else(|| repeats.bytes.clone()))
        }
        (_, None) => (&codes_event::REPEATS_NOT_READABLE, event.start.bytes.clone()),
    };
    Diagnostic::new(code, Place::new(&document.path, bytes), problem.fault.message).help(problem.fault.help)
}

/// Leaves out the dates on which the site is closed; a date of the list on which the event does not
/// take place anyway is no mistake.
fn skip_closures(document: &Document, event: &Event, config: &Config, series: &mut Series, report: &mut Report) {
    for name in event.repeats.iter().flat_map(|repeats| &repeats.skip) {
        let Some(days) = config.closures.get(&name.value) else {
            let place = Place::new(&document.path, name.bytes.clone());
            let message = format!("site.yaml has no closures called `{}`", name.value);
            let help = match nearest(&name.value, config.closures.keys().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add a list `{}` to `closures` in site.yaml", name.value),
            };
            report.push(Diagnostic::new(&codes_event::UNKNOWN_CLOSURES, place, message).help(help));
            continue;
        };
        for day in days {
            let when = When::Day(*day);
            let is_named = series.except.iter().chain(&series.extra).any(|other| other.date() == *day);
            if !is_named && series.falls_on(*day) {
                series.except.push(when);
                series.changes.retain(|change| change.on.date() != *day);
            }
        }
    }
}

fn seen_from(series: Series, event: &Event, document: &Document, config: &Config, now: &Zoned) -> EventDates {
    let today = start_of_day(now);
    let to = today.saturating_add(HORIZON_YEARS.years());
    let far = today.saturating_add(50.years());
    let mut coming = recurrence::occurrences(&series, now, &to, COMING_LIMIT);
    if coming.is_empty() {
        coming = recurrence::occurrences(&series, now, &far, 1);
    }
    let next = recurrence::next_after(&series, now);
    let is_over = next.is_none() && coming.is_empty();
    let shown = next.or_else(|| coming.first().cloned()).unwrap_or_else(|| last(&series, now));
    let repeats = series.rule.as_ref().map(|rule| {
        let start = match &series.times {
            Times::Timed { start, .. } => start.datetime(),
            Times::Days { first, .. } => first.at(0, 0, 0, 0),
        };
        recurrence::sentence(&config.words, rule, start)
    });
    let is_whole = coming.len() < COMING_LIMIT && recurrence::next_after(&series, &to).is_none();
    let ends = coming.iter().filter(|occurrence| is_whole && !occurrence.is_cancelled);
    let over_at = ends.map(|occurrence| occurrence.times.over_at(&event.timezone)).max();
    EventDates {
        over_at: over_at.map(|moment| words::rfc3339(&moment)),
        standing: Standing::default(),
        fingerprint: Fingerprint::default(),
        zone_name: event.timezone_name.clone().unwrap_or_else(|| config.timezone_name.clone()),
        repeats,
        coming,
        shown,
        is_over,
        change_places: Vec::new(),
        at: Vec::new(),
        uid: uid(document, event, config),
        series,
    }
}

/// Dates in which places are looked for: those of a year and more, whatever the rule.
const AHEAD_LIMIT: usize = 400;

/// The dates to come of an event, more than a page is given: among them those that are at another place.
pub fn ahead(event: &Event, dates: &EventDates, now: Timestamp) -> Vec<Occurrence> {
    let now = now.to_zoned(event.timezone.clone());
    let to = start_of_day(&now).saturating_add(HORIZON_YEARS.years());
    let ahead = recurrence::occurrences(&dates.series, &now, &to, AHEAD_LIMIT);
    if ahead.is_empty() { dates.coming.clone() } else { ahead }
}

/// Windows begin with a whole day, so that nothing comes into sight within one.
fn start_of_day(now: &Zoned) -> Zoned {
    now.start_of_day().unwrap_or_else(|_| now.clone())
}

/// The last date of what is over: looked for backwards in growing steps, so that a long series is not
/// walked from its beginning.
fn last(series: &Series, now: &Zoned) -> Occurrence {
    for years in [1, 5, 20, 200] {
        let from = now.saturating_sub(years.years());
        if let Some(last) = recurrence::occurrences(series, &from, now, usize::MAX).pop() {
            return last;
        }
    }
    Occurrence {
        times: series.times.clone(),
        planned: series.times.clone(),
        change: None,
        is_extra: false,
        is_cancelled: false,
    }
}

/// Events that calendars would take for one.
///
/// Reports: `event/uid-twice`.
pub fn check_identities(seen: &[&Arc<Document>], report: &mut Report) {
    let mut known: BTreeMap<&str, (&Document, &Located<String>)> = BTreeMap::new();
    for document in seen.iter().filter(|document| document.provenance.is_none()) {
        let Details::Event(event) = &document.details else { continue };
        let Some(uid) = &event.uid else { continue };
        match known.get(uid.value.as_str()) {
            None => drop(known.insert(&uid.value, (document, uid))),
            Some((first, first_uid)) => {
                let message = format!("{} and {} have the same `uid`", first.path, document.path);
                let diagnostic =
                    Diagnostic::new(&codes_event::UID_TWICE, Place::new(&document.path, uid.bytes.clone()), message);
                let first = Place::new(&first.path, first_uid.bytes.clone());
                report.push(diagnostic.help("delete one of the two").label(first, "the same identity"));
            }
        }
    }
}

/// The calendar identity of an event: its own, or one made from its path, which stays when title, date or wording
/// change. A partner's events get one of ours, since two partners may use the same.
pub fn uid(document: &Document, event: &Event, config: &Config) -> String {
    if let (Some(uid), None) = (&event.uid, &document.provenance) {
        return uid.value.clone();
    }
    let path = document.path.in_content();
    let stem = path.strip_suffix("/index.md").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    let host = config.origin.split_once("://").map_or("", |(_, host)| host);
    format!("{}@{host}", lasting_name(stem.as_bytes(), 20))
}
