//! A calendar of others written again, with its own events and zones and nothing else.
//!
//! 1. Of each event that is shown, the properties that are read here are kept; texts are written without markup
//!    and without personal data.
//! 2. Of the zones, those that an event names.
//! 3. Events are sorted by start and identity, so that two exports of the same events are the same file.
//!
//! **Invariant:** what is written is read as the original was, and holds nothing that reading would leave out. The
//! same events give the same bytes, whenever they were exported.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::lines::Line;
use super::parts::{Part, Parts, Zone, first, parts};
use super::values::{self, Moment};
use super::{description, personal};
use crate::calendar::text::{Lines, escape, one_line, parameter};
use crate::date::words::{compact, compact_day};

/// Properties whose values hold no words: dates, numbers and names that the standard knows.
const KEPT: [&str; 15] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RECURRENCE-ID",
    "RRULE",
    "EXRULE",
    "RDATE",
    "EXDATE",
    "SEQUENCE",
    "CREATED",
    "LAST-MODIFIED",
    "STATUS",
    "TRANSP",
    "CLASS",
    "GEO",
];

/// Parameters that matter to them.
const PARAMETERS: [&str; 3] = ["TZID", "VALUE", "RANGE"];

/// Properties of a zone's times of the year.
const OF_ZONES: [&str; 6] = ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE", "RDATE"];

/// The calendar without what is not shown; nothing where it is none.
pub fn clean(text: &str) -> Option<Vec<u8>> {
    let parts = parts(text, &mut Vec::new()).ok()?;
    let mut lines = Lines::default();
    let in_use: BTreeSet<usize> = parts.events.iter().map(|event| event.calendar).collect();
    let fallback = parts.calendars.len() - 1;
    let calendars: Vec<usize> = if in_use.is_empty() { vec![fallback] } else { in_use.into_iter().collect() };
    // What is said once of the first calendar must be said again where that has no event of its own.
    let name = parts.calendars.iter().find_map(|lines| name(lines));
    for calendar in calendars {
        lines.component("VCALENDAR", |lines| write_calendar(&parts, calendar, name.as_deref(), lines));
    }
    Some(lines.into_bytes())
}

fn name(lines: &[Line<'_>]) -> Option<String> {
    let line = first(lines, "NAME").or_else(|| first(lines, "X-WR-CALNAME"))?;
    Some(description::one_line(&line.text(), " ")).filter(|name| !name.is_empty())
}

fn write_calendar(parts: &Parts<'_>, calendar: usize, name: Option<&str>, lines: &mut Lines) {
    let head = &parts.calendars[calendar];
    lines.push("VERSION", "2.0");
    lines.push("PRODID", "-//Fingerpost//Fingerpost//EN");
    lines.push("CALSCALE", "GREGORIAN");
    if first(head, "METHOD").is_some_and(|line| line.value().eq_ignore_ascii_case("CANCEL")) {
        lines.push("METHOD", "CANCEL");
    }
    if let Some(name) = name {
        lines.push("X-WR-CALNAME", &escape(&description::protected(name)));
    }
    if let Some(zone) = first(head, "X-WR-TIMEZONE") {
        lines.push("X-WR-TIMEZONE", &escape(&one_line(&zone.text(), " ")));
    }
    let mut events: Vec<(DateTime, String, Option<DateTime>, &Part<'_>)> = parts
        .events
        .iter()
        .filter(|event| event.calendar == calendar && is_shown(event))
        .filter_map(|event| {
            let start = values::moment(event.line("DTSTART")?.value())?;
            let uid = event.line("UID").map(Line::text).unwrap_or_default();
            // One that cannot be read is none, and of two events that are alike the last counts: order matters.
            let recurrence =
                event.line("RECURRENCE-ID").and_then(|line| values::moment(line.value())).map(values::local);
            Some((values::local(start), uid, recurrence, event))
        })
        .collect();
    events.sort_by(|a, b| (a.0, &a.1, &a.2).cmp(&(b.0, &b.1, &b.2)));
    for zone in zones_in_use(parts, calendar, events.iter().map(|(.., event)| *event)) {
        lines.component("VTIMEZONE", |lines| write_zone(zone, lines));
    }
    for (.., event) in &events {
        lines.component("VEVENT", |lines| write_event(event, lines));
    }
}

/// Private events are nobody's business.
pub(super) fn is_private(event: &Part<'_>) -> bool {
    let class = event.line("CLASS").map(Line::value).unwrap_or_default();
    ["PRIVATE", "CONFIDENTIAL"].iter().any(|secret| class.eq_ignore_ascii_case(secret))
}

/// Whether an event reaches people: it is not private and has a start.
pub(super) fn is_shown(event: &Part<'_>) -> bool {
    !is_private(event) && event.line("DTSTART").is_some_and(|start| values::moment(start.value()).is_some())
}

/// The descriptions of the zones that the events name, in the order of the names; each once.
fn zones_in_use<'p, 't: 'p>(
    parts: &'p Parts<'t>,
    calendar: usize,
    events: impl Iterator<Item = &'p Part<'t>>,
) -> Vec<&'p Zone<'t>> {
    let names: BTreeSet<String> = events.flat_map(kept).filter_map(|line| line.parameter("TZID")).collect();
    let mut zones: Vec<&Zone<'t>> = names.iter().filter_map(|name| parts.zone(calendar, name)).collect();
    zones.dedup_by_key(|zone| std::ptr::from_ref(*zone));
    zones
}

fn write_zone(zone: &Zone<'_>, lines: &mut Lines) {
    for line in zone.lines.iter().filter(|line| ["TZID", "X-LIC-LOCATION"].contains(&line.name.as_str())) {
        lines.push(&line.name, &escape(&line.text()));
    }
    for (is_daylight, observance) in &zone.observances {
        lines.component(if *is_daylight { "DAYLIGHT" } else { "STANDARD" }, |lines| {
            for line in observance.iter().filter(|line| OF_ZONES.contains(&line.name.as_str())) {
                lines.push(&line.name, line.value());
            }
        });
    }
}

/// The lines that are written as they are: one of each name, and all dates that are left out or added.
pub(super) fn kept<'p, 't>(event: &'p Part<'t>) -> Vec<&'p Line<'t>> {
    let mut seen: Vec<&str> = Vec::new();
    let mut kept = Vec::new();
    for line in event.lines.iter().filter(|line| KEPT.contains(&line.name.as_str())) {
        let is_list = line.name == "EXDATE" || line.name == "RDATE";
        if !is_list && seen.contains(&line.name.as_str()) {
            continue;
        }
        if !is_list {
            seen.push(&line.name);
        }
        if !line.value().is_empty() {
            kept.push(line);
        }
    }
    kept
}

fn write_event(event: &Part<'_>, lines: &mut Lines) {
    if let Some(uid) = event.line("UID") {
        lines.push("UID", &escape(&one_line(&uid.text(), "-")));
    }
    lines.push("DTSTAMP", &stamp(event));
    for line in kept(event) {
        let mut name = line.name.clone();
        for known in PARAMETERS {
            if let Some(value) = line.parameter(known) {
                name.push_str(&format!(";{known}={}", token(&value)));
            }
        }
        lines.push(&name, line.value());
    }
    let text = |name: &str| event.line(name).map(Line::text).unwrap_or_default();
    let mut words = |name: &str, words: String| {
        if !words.is_empty() {
            lines.push(name, &escape(&description::protected(&words)));
        }
    };
    words("SUMMARY", description::one_line(&text("SUMMARY"), " "));
    words("LOCATION", description::one_line(&text("LOCATION"), ", "));
    words("DESCRIPTION", description::paragraphs(&text("DESCRIPTION")).join("\n\n"));
    let categories =
        event.all("CATEGORIES").flat_map(Line::texts).map(|category| description::one_line(&category, " "));
    let categories: Vec<String> = categories
        .filter(|category| !category.is_empty())
        .map(|category| escape(&description::protected(&category)))
        .collect();
    if !categories.is_empty() {
        lines.push("CATEGORIES", &categories.join(","));
    }
    let addresses = event.line("URL").into_iter().chain(event.all("CONFERENCE"));
    for (line, address) in addresses.filter_map(|line| Some((line, values::web_address(line.value())?))) {
        lines.push(if line.name == "URL" { "URL" } else { "CONFERENCE;VALUE=URI" }, &address);
    }
    if let Some(organiser) = event.line("ORGANIZER") {
        let name = organiser.parameter("CN").unwrap_or_default();
        if let Some(name) = personal::organisation(&name, organiser.parameter("CUTYPE").as_deref(), organiser.value()) {
            lines.push(&format!("ORGANIZER;CN={}", parameter(&name)), "invalid:nomail");
        }
    }
}

/// When the event was last changed, and not when it was exported (RFC 5545 §3.8.7.2 for a published calendar).
fn stamp(event: &Part<'_>) -> String {
    let changed = ["LAST-MODIFIED", "CREATED"].iter().find_map(|name| values::moment(event.line(name)?.value()));
    match changed {
        Some(Moment::Day(day)) => compact_day(day) + "T000000Z",
        Some(moment) => compact(values::local(moment)) + "Z",
        None => "19700101T000000Z".to_owned(),
    }
}

/// A parameter's value, in quotes where it needs them.
fn token(value: &str) -> String {
    let is_plain =
        !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_-+. ".contains(&byte));
    if is_plain { value.to_owned() } else { parameter(value) }
}
