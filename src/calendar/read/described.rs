//! The IANA zone whose clocks change as a calendar describes a zone of its own (VTIMEZONE, RFC 5545 §3.6.5).
//!
//! 1. The description is expanded into the moments at which it changes the offset from UTC.
//! 2. The first zone with the same offsets, changing at the same moments, is the one that is meant: those that
//!    the caller prefers, then those that most calendars here mean, then all others by their names.
//!
//! **Invariant:** a zone is never taken for another one that differs in the years that are looked at.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

use super::parts::{Zone, first};
use super::values;
use super::zones::names;
use crate::calendar::recurrence::{End, Rule, Series, Times};

/// Zones that are meant more often than others with the same clocks.
pub(super) const OFTEN: [&str; 12] = [
    "Europe/London",
    "Europe/Dublin",
    "Europe/Berlin",
    "Europe/Athens",
    "Etc/UTC",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Asia/Kolkata",
];

/// A time of the year as a calendar describes it.
struct Observance {
    from: Offset,
    to: Offset,
    start: DateTime,
    rule: Option<Rule>,
    dates: Vec<DateTime>,
}

/// The name of the zone that is meant, judged by the years around `year`; by that year alone where no zone fits
/// for longer, since laws change.
pub fn zone(described: &Zone<'_>, year: i16, preferred: &[&str]) -> Option<String> {
    let observances: Vec<Observance> =
        described.observances.iter().take(40).filter_map(|(_, lines)| read(lines)).collect();
    let year = year.clamp(1900, 2200);
    let around = between(&observances, day(year - 1), day(year + 2), preferred);
    around.or_else(|| between(&observances, day(year), day(year + 1), preferred))
}

fn between(observances: &[Observance], mut from: Timestamp, mut to: Timestamp, preferred: &[&str]) -> Option<String> {
    let mut onsets = onsets(observances, from, to);
    let is_listed = observances.iter().all(|observance| observance.rule.is_none());
    let changes = |onsets: &[(Timestamp, Offset, Offset)]| onsets.iter().any(|(_, before, after)| before != after);
    if is_listed && changes(&onsets) {
        // It describes what it lists and nothing else.
        let pad = Span::new().hours(24);
        from = onsets.first()?.0.checked_sub(pad).ok()?;
        to = onsets.last()?.0.checked_add(pad).ok()?;
    }
    onsets.dedup_by_key(|(at, ..)| *at);
    let first_after = onsets.iter().find(|(at, ..)| *at > from);
    let last_before = onsets.iter().rev().find(|(at, ..)| *at <= from);
    let begins_with = last_before.map(|(_, _, to)| *to).or(first_after.map(|(_, from, _)| *from))?;
    let mut changes: Vec<(Timestamp, Offset)> = Vec::new();
    for (at, _, offset) in onsets.iter().filter(|(at, ..)| *at > from && *at < to) {
        if changes.last().map_or(begins_with, |(_, offset)| *offset) != *offset {
            changes.push((*at, *offset));
        }
    }
    let is_it = |name: &&str| {
        let zone = super::known_zone(name);
        zone.is_some_and(|zone| {
            zone.to_offset(from) == begins_with && changes_of(&zone, from, to, changes.len()) == changes
        })
    };
    let often = preferred.iter().chain(&OFTEN).copied().filter(|name| !name.is_empty()).find(is_it).map(str::to_owned);
    often.or_else(|| names().find(|name| is_it(&name.as_str())))
}

/// The changes of a zone's offset between two moments; one more than `most` at most.
fn changes_of(zone: &TimeZone, from: Timestamp, to: Timestamp, most: usize) -> Vec<(Timestamp, Offset)> {
    let mut changes = Vec::new();
    let mut before = zone.to_offset(from);
    for change in zone.following(from).take_while(|change| change.timestamp() < to) {
        if change.offset() != before {
            before = change.offset();
            changes.push((change.timestamp(), before));
        }
        if changes.len() > most {
            break;
        }
    }
    changes
}

fn read(lines: &[super::lines::Line<'_>]) -> Option<Observance> {
    let offset = |name: &str| first(lines, name).and_then(|line| values::offset(line.value()));
    let local = |value: &str| values::moment(value).map(values::local);
    let rule = first(lines, "RRULE").and_then(|line| Rule::parse(line.value()).ok());
    let dates = lines
        .iter()
        .filter(|line| line.name == "RDATE")
        .flat_map(|line| line.value().split(',').filter_map(local).take(200).collect::<Vec<_>>());
    Some(Observance {
        from: offset("TZOFFSETFROM")?,
        to: offset("TZOFFSETTO")?,
        start: first(lines, "DTSTART").and_then(|line| local(line.value()))?,
        rule: rule.filter(|rule| !matches!(rule.end, End::Count(count) if count > 1000)),
        dates: dates.take(200).collect(),
    })
}

/// Every change in order: when, and the offsets before and after. Of what was long before `from` only that which
/// the description itself names.
fn onsets(observances: &[Observance], from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Offset, Offset)> {
    let search_from = Offset::UTC.to_datetime(from).saturating_sub(Span::new().years(2));
    let search_to = Offset::UTC.to_datetime(to);
    let mut onsets = Vec::new();
    for observance in observances {
        let mut starts = vec![observance.start];
        starts.extend(&observance.dates);
        if let Some(rule) = &observance.rule {
            let begin = observance.start.to_zoned(TimeZone::UTC).ok();
            let series = begin.map(|start| Series {
                rule: Some(rule.clone()),
                ..Series::once(Times::Timed { end: start.clone(), start })
            });
            let dates =
                series.iter().flat_map(|series| series.dates(search_from)).take_while(|date| *date <= search_to);
            starts.extend(dates.take(100));
        }
        for start in starts {
            if let Ok(at) = observance.from.to_timestamp(start) {
                onsets.push((at, observance.from, observance.to));
            }
        }
    }
    onsets.sort_by_key(|(at, ..)| *at);
    onsets
}

fn day(year: i16) -> Timestamp {
    let first: Date = date(year.clamp(1, 9998), 1, 1);
    first.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::read::parts::parts;

    fn check(observances: &str, year: i16, expected: Option<&str>) {
        let text = format!("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\n{observances}END:VTIMEZONE\nEND:VCALENDAR\n");
        let parts = parts(&text, &mut Vec::new()).unwrap();
        assert_eq!(zone(&parts.zones[0], year, &[]).as_deref(), expected, "{observances}");
    }

    fn observance(kind: &str, start: &str, from: &str, to: &str, rule: &str) -> String {
        let rule = if rule.is_empty() { String::new() } else { format!("RRULE:{rule}\n") };
        format!("BEGIN:{kind}\nDTSTART:{start}\nTZOFFSETFROM:{from}\nTZOFFSETTO:{to}\n{rule}END:{kind}\n")
    }

    #[test]
    fn zones_are_known_by_their_changes() {
        let spring = observance("DAYLIGHT", "19810329T010000", "+0000", "+0100", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU");
        let autumn = observance("STANDARD", "19961027T020000", "+0100", "+0000", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU");
        check(&format!("{spring}{autumn}"), 2026, Some("Europe/London"));
        let spring =
            observance("DAYLIGHT", "16010101T020000", "+1200", "+1300", "FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=9");
        let autumn =
            observance("STANDARD", "16010101T030000", "+1300", "+1200", "FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=4");
        check(&format!("{spring}{autumn}"), 2025, Some("Pacific/Auckland"));
        check(&observance("STANDARD", "19700101T000000", "+0530", "+0530", ""), 2026, Some("Asia/Kolkata"));
        check(&observance("STANDARD", "19930207T000000", "-0400", "-0500", ""), 2014, Some("America/Bogota"));
        check(&observance("STANDARD", "19700101T000000", "+0000", "+0000", ""), 2026, Some("Etc/UTC"));
        check(&observance("STANDARD", "19700101T000000", "+0017", "+0017", ""), 2026, None);
        check("", 2026, None);
        // The rule of the United States until 2006.
        let spring = observance("DAYLIGHT", "19870405T020000", "-0500", "-0400", "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU");
        let autumn = observance("STANDARD", "19671029T020000", "-0400", "-0500", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU");
        check(&format!("{spring}{autumn}"), 2006, Some("America/New_York"));
        // Clocks that nobody has.
        let spring = observance("DAYLIGHT", "19810329T010000", "+0000", "+0100", "FREQ=YEARLY;BYMONTH=4;BYDAY=2SU");
        check(&format!("{spring}{autumn}"), 2026, None);
    }
}
