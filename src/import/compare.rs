//! What is new, changed and vanished between two versions of a calendar.
//!
//! Events are the same where their identity is; an event whose identity alone is another one, with the same name and
//! start, is the same too, since some calendars make new identities for every export.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendar::read::{Calendar, ForeignEvent, ForeignStatus};
use crate::calendar::recurrence::next_after;

/// The differences, in the order of the events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences {
    pub new: Vec<String>,
    /// Each with what changed.
    pub changed: Vec<String>,
    /// Those that had dates to come.
    pub vanished: Vec<String>,
    /// Those that were over.
    pub vanished_past: usize,
    /// How many events had dates to come before.
    pub were_coming: usize,
    /// How many have now.
    pub are_coming: usize,
}

/// Compares a calendar with the version before it. Times are said in the zone of the site.
pub fn differences(old: &Calendar, new: &Calendar, zone: &TimeZone, now: Timestamp) -> Differences {
    let mut found = Differences::default();
    let mut by_uid: BTreeMap<&str, &ForeignEvent> =
        old.events.iter().map(|event| (event.uid.as_str(), event)).collect();
    let mut unknown: Vec<(&ForeignEvent, Coming)> = Vec::new();
    for event in &new.events {
        let coming = Coming::of(event, zone, now);
        found.are_coming += usize::from(coming.is_coming);
        match by_uid.remove(event.uid.as_str()) {
            Some(before) => found.changed.extend(change(before, event).map(|what| format!("{}: {what}", coming.words))),
            None => unknown.push((event, coming)),
        }
    }
    // What is left of the old by name and start, as often as it is there.
    let mut left: HashMap<(&str, String), Vec<&str>> = HashMap::new();
    for event in by_uid.values() {
        left.entry(key(event)).or_default().push(&event.uid);
    }
    for (event, coming) in unknown {
        match left.get_mut(&key(event)).and_then(Vec::pop).and_then(|uid| by_uid.remove(uid)) {
            Some(before) => found.changed.extend(change(before, event).map(|what| format!("{}: {what}", coming.words))),
            None => found.new.push(coming.words),
        }
    }
    for event in &old.events {
        let coming = Coming::of(event, zone, now);
        found.were_coming += usize::from(coming.is_coming);
        match by_uid.contains_key(event.uid.as_str()) {
            true if coming.is_coming => found.vanished.push(coming.words),
            true => found.vanished_past += 1,
            false => {}
        }
    }
    found
}

fn key(event: &ForeignEvent) -> (&str, String) {
    (&event.summary, format!("{:?}", event.start))
}

/// Whether an event has a date to come, and its name with the next date, or else with the first.
struct Coming {
    is_coming: bool,
    words: String,
}

impl Coming {
    fn of(event: &ForeignEvent, zone: &TimeZone, now: Timestamp) -> Self {
        let series = event.series(zone);
        let next = next_after(&series, &now.to_zoned(zone.clone()));
        let times = next.as_ref().map_or(&series.times, |next| &next.times);
        Coming { is_coming: next.is_some(), words: format!("{}, {}", event.summary, times.words()) }
    }
}

/// What changed in an event, in words.
fn change(old: &ForeignEvent, new: &ForeignEvent) -> Option<String> {
    // Of the dates that differ only what is said counts, so that a new one is not a change of everything.
    let times = |event: &ForeignEvent| {
        let zone = event.zone.as_ref().map(|(_, name)| name.clone());
        let moved = event.changes.iter().filter(|change| change.start.is_some() || change.end.is_some());
        let moved: Vec<_> = moved.map(|change| (change.on, change.start, change.end)).collect();
        (event.start, event.end, zone, event.rule.clone(), event.except.clone(), event.extra.clone(), moved)
    };
    let places = |event: &ForeignEvent| {
        let elsewhere = event.changes.iter().filter(|change| change.location.is_some() || change.online.is_some());
        let elsewhere: Vec<_> =
            elsewhere.map(|change| (change.on, change.location.clone(), change.online.clone())).collect();
        let point = event.point.map(|(north, east)| (north.to_bits(), east.to_bits()));
        (event.location.clone(), event.online.clone(), point, elsewhere)
    };
    let off = |event: &ForeignEvent| {
        event.changes.iter().filter(|change| change.is_cancelled).map(|change| change.on).collect::<Vec<_>>()
    };
    let words = |event: &ForeignEvent| {
        let notes = event.changes.iter().filter_map(|change| Some((change.on, change.note.clone()?)));
        let notes: Vec<_> = notes.collect();
        (event.description.clone(), event.url.clone(), event.categories.clone(), event.organiser.clone(), notes)
    };
    let mut what: Vec<String> = Vec::new();
    match (old.status, new.status) {
        (old, new) if old == new => {}
        (_, ForeignStatus::Cancelled) => what.push("cancelled".to_owned()),
        (_, ForeignStatus::Postponed) => what.push("postponed".to_owned()),
        (_, ForeignStatus::Scheduled) => what.push("on again".to_owned()),
    }
    let mut say = |differs: bool, word: &str| {
        if differs {
            what.push(word.to_owned());
        }
    };
    say(off(old) != off(new), "dates cancelled");
    say(times(old) != times(new), "time");
    say(places(old) != places(new), "place");
    if old.summary != new.summary {
        what.push(format!("name (was “{}”)", old.summary));
    }
    if words(old) != words(new) {
        what.push("description".to_owned());
    }
    (!what.is_empty()).then(|| what.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::read::read;

    fn calendar(events: &str) -> Calendar {
        let zone = crate::date::zone("Europe/London").unwrap();
        let events = events.split('|').map(|event| format!("BEGIN:VEVENT\n{event}\nEND:VEVENT\n")).collect::<String>();
        read(&format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n"), &zone)
    }

    fn check(old: &str, new: &str, expected: &str) {
        let zone = crate::date::zone("Europe/London").unwrap();
        let now = "2026-06-01T11:00:00Z".parse().unwrap();
        let found = differences(&calendar(old), &calendar(new), &zone, now);
        let list =
            |name: &str, words: &[String]| words.iter().map(|words| format!("{name} {words}\n")).collect::<String>();
        let said = list("new", &found.new) + &list("changed", &found.changed) + &list("vanished", &found.vanished);
        let counts = format!("{} past, {} were, {} are", found.vanished_past, found.were_coming, found.are_coming);
        assert_eq!(format!("{said}{counts}"), expected, "{old} -> {new}");
    }

    #[test]
    fn differences_in_words() {
        let tea = "UID:1\nSUMMARY:Tea\nDTSTART:20260602T100000\nDTEND:20260602T120000";
        let choir = "UID:2\nSUMMARY:Choir\nDTSTART:20260501T190000\nRRULE:FREQ=WEEKLY\nLOCATION:Hall";
        let past = "UID:3\nSUMMARY:Fair\nDTSTART:20260501";
        check(tea, tea, "0 past, 1 were, 1 are");
        check(
            &format!("{tea}|{past}"),
            &format!("{choir}|{tea}"),
            "new Choir, Friday 5 June 2026, 7pm to 8pm\n1 past, 1 were, 2 are",
        );
        check(
            &format!("{tea}|{choir}"),
            choir,
            "vanished Tea, Tuesday 2 June 2026, 10am to midday\n0 past, 2 were, 1 are",
        );
        check(
            tea,
            &tea.replace("T10", "T11"),
            "changed Tea, Tuesday 2 June 2026, 11am to midday: time\n0 past, 1 were, 1 are",
        );
        check(
            tea,
            &format!("{tea}\nLOCATION:Hall\nSTATUS:CANCELLED").replace("SUMMARY:Tea", "SUMMARY:Tea and cake"),
            "changed Tea and cake, Tuesday 2 June 2026, 10am to midday: cancelled, place, name (was “Tea”)\n0 past, 1 were, 1 are",
        );
        check(
            choir,
            &format!(
                "{choir}|UID:2\nSUMMARY:Choir\nLOCATION:Hall\nRECURRENCE-ID:20260605T190000\nDTSTART:20260605T190000\nSTATUS:CANCELLED"
            ),
            "changed Choir, Friday 12 June 2026, 7pm to 8pm: dates cancelled\n0 past, 1 were, 1 are",
        );
        check(
            choir,
            &format!("{choir}\nDESCRIPTION:Sing"),
            "changed Choir, Friday 5 June 2026, 7pm to 8pm: description\n0 past, 1 were, 1 are",
        );
        // Another identity alone is no change.
        check(tea, &tea.replace("UID:1", "UID:9"), "0 past, 1 were, 1 are");
    }
}
