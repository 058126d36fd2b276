//! One event of every kind in which something can repeat.

use crate::Written;

/// (title, front matter), each title saying what is special.
const KINDS: &[(&str, &str)] = &[
    ("Once, over a change of the clocks", "start: 2026-03-28 22:00\nend: 2026-03-29 04:00\n"),
    ("Every week", "start: 2026-02-03 10:00\nend: 2026-02-03 12:00\nrepeats: {every: week, on: [tuesday]}\n"),
    (
        "Two days a week",
        "start: 2026-02-03 10:00\nend: 2026-02-03 12:00\nrepeats: {every: week, on: [tuesday, friday]}\n",
    ),
    ("Every fortnight", "start: 2026-02-05 18:30\nduration: 90 minutes\nrepeats: {every: 2 weeks}\n"),
    (
        "Every three weeks",
        "start: 2026-02-02 18:30\nduration: 90 minutes\nrepeats: {every: 3 weeks, on: [monday, sunday]}\n",
    ),
    ("First Tuesday", "start: 2026-02-03 14:00\nend: 2026-02-03 15:00\nrepeats: {every: month, on: [first tuesday]}\n"),
    (
        "Second and fourth Thursday",
        "start: 2026-02-12 14:00\nend: 2026-02-12 15:00\nrepeats: {every: month, on: [second thursday, fourth thursday]}\n",
    ),
    ("Last Friday", "start: 2026-02-27 9:00\nend: 2026-02-27 10:00\nrepeats: {every: month, on: [last friday]}\n"),
    (
        "Last day of the month",
        "start: 2026-01-31 9:00\nend: 2026-01-31 10:00\nrepeats: {every: month, on: [last day]}\n",
    ),
    ("The thirty-first", "start: 2026-01-31 9:00\nend: 2026-01-31 10:00\nrepeats: {every: month}\n"),
    ("Every quarter", "start: 2026-01-15 9:00\nend: 2026-01-15 10:00\nrepeats: {every: 3 months}\n"),
    ("Every year", "start: 2025-05-22\nrepeats: {every: year}\n"),
    ("Leap day", "start: 2024-02-29 12:00\nduration: 1 hour\nrepeats: {every: year}\n"),
    ("Third Thursday of May", "start: 2025-05-15\nrepeats: {every: year, on: [third thursday of may]}\n"),
    ("Every day", "start: 2026-03-20 7:30\nend: 2026-03-20 8:00\nrepeats: {every: day, until: 2026-04-20}\n"),
    ("Weekdays", "start: 2026-03-20 7:30\nend: 2026-03-20 8:00\nrepeats: {every: weekday, count: 60}\n"),
    ("Until a day", "start: 2026-06-02 19:00\nend: 2026-06-02 21:00\nrepeats: {every: week, until: 2026-12-15}\n"),
    (
        "Until a time",
        "start: 2026-06-02 19:00\nend: 2026-06-02 21:00\nrepeats: {every: week, until: 2026-12-15 19:00}\n",
    ),
    ("Ten times", "start: 2026-10-01 19:00\nend: 2026-10-01 21:00\nrepeats: {every: week, count: 10}\n"),
    (
        "Some left out",
        "start: 2026-02-03 10:00\nend: 2026-02-03 12:00\nrepeats: {every: week, except: [2026-03-31, 2026-04-07, 2026-10-27]}\n",
    ),
    (
        "Some added",
        "start: 2026-02-03 10:00\nend: 2026-02-03 12:00\nrepeats: {every: month, extra: [2026-03-29, 2026-04-09 14:30]}\n",
    ),
    (
        "Dates of a list",
        "start: 2026-02-03 10:00\nend: 2026-02-03 12:00\nrepeats: {extra: [2026-03-05, 2026-04-09 14:30, 2026-12-24]}\n",
    ),
    (
        "Closed on holidays",
        "start: 2025-11-06 10:00\nend: 2025-11-06 12:00\nrepeats: {every: week, skip: [holidays]}\n",
    ),
    (
        "Closed on a Monday",
        "start: 2026-03-30 10:00\nend: 2026-03-30 12:00\nrepeats: {every: week, skip: [holidays]}\n",
    ),
    (
        "Some changed",
        "start: 2026-02-03 13:05\nend: 2026-02-03 14:00\nrepeats: {every: week}\nchanges:\n\
         - {on: 2026-02-17, start: '11:00', end: '12:30'}\n\
         - {on: 2026-03-03, start: 2026-03-04 15:00, end: 2026-03-04 17:00, note: On Wednesday this once}\n\
         - {on: 2026-03-31, cancelled: true, note: The hall is being painted}\n\
         - {on: 2026-04-07, venue: {name: The Reading Room}}\n",
    ),
    (
        "Whole days changed",
        "start: 2026-02-04\nrepeats: {every: week}\nchanges:\n\
         - {on: 2026-02-18, start: 2026-02-19}\n- {on: 2026-04-01, cancelled: true}\n",
    ),
    (
        "Once, cancelled by a change",
        "start: 2026-02-03 10:00\nend: 2026-02-03 12:00\nchanges: [{on: 2026-02-03, cancelled: true}]\n",
    ),
    (
        "Last working day by rule",
        "start: 2026-01-30 16:00\nduration: 1 hour\nrepeats: {rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'}\n",
    ),
    (
        "Week that begins on Sunday",
        "start: 2026-02-01 16:00\nduration: 1 hour\nrepeats: {rule: 'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO'}\n",
    ),
    (
        "Friday the thirteenth",
        "start: 2026-02-13 20:00\nduration: 3 hours\nrepeats: {rule: 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13'}\n",
    ),
    (
        "Day of the year",
        "start: 2026-04-10 20:00\nduration: 3 hours\nrepeats: {rule: 'FREQ=YEARLY;BYYEARDAY=100,-1'}\n",
    ),
    (
        "Rule with an end",
        "start: 2026-02-03 10:00\nduration: 1 hour\nrepeats: {rule: 'FREQ=WEEKLY;UNTIL=20261027T100000Z'}\n",
    ),
    (
        "Rule that counts",
        "start: 2026-02-03 10:00\nduration: 1 hour\nrepeats: {rule: 'FREQ=DAILY;INTERVAL=5;COUNT=40', except: [2026-02-08]}\n",
    ),
    ("Whole days", "start: 2026-02-03\nrepeats: {every: 2 weeks, except: [2026-03-03]}\n"),
    ("Long weekends", "start: 2026-02-06\nend: 2026-02-08\nrepeats: {every: month, on: [first friday]}\n"),
    ("Elsewhere", "timezone: Europe/Paris\nstart: 2026-02-03 10:00\nend: 2026-02-03 12:00\nrepeats: {every: week}\n"),
    (
        "Far away",
        "timezone: Pacific/Auckland\nstart: 2026-02-03 10:00\nend: 2026-02-03 12:00\nrepeats: {every: week}\n",
    ),
    (
        "Words, “quotes”; commas, \\ and a line that is so long that it must be folded, ŵ ŷ 🎉 日本語 more than once",
        "start: 2026-02-03 10:00\nend: 2026-02-03 12:00\n",
    ),
];

/// Events in the nights in which the clocks change: programs disagree about when they end.
const AT_NIGHT: &[(&str, &str)] = &[
    (
        "In the hour that is skipped in spring",
        "start: 2026-02-01 01:30\nduration: 30 minutes\nrepeats: {every: week}\n",
    ),
    ("At half past two at night", "start: 2026-02-01 02:30\nduration: 20 minutes\nrepeats: {every: week}\n"),
    ("Over midnight", "start: 2026-02-06 22:00\nend: 2026-02-07 02:00\nrepeats: {every: week}\n"),
    ("A night and a day", "start: 2026-02-06 22:00\nend: 2026-02-08 02:00\nrepeats: {every: month}\n"),
];

/// One of every kind.
pub fn all() -> Vec<Written> {
    written(KINDS)
}

/// Those in whose nights the clocks change.
pub fn at_night() -> Vec<Written> {
    written(AT_NIGHT)
}

fn written(kinds: &[(&str, &str)]) -> Vec<Written> {
    let written = |(title, text): &(&str, &str)| Written {
        title: (*title).to_owned(),
        summary: "An event.".to_owned(),
        place: ["Mill Hall".to_owned(), "1 Mill Lane, Kelderby".to_owned()],
        tags: vec!["tea".to_owned()],
        front_matter: (*text).to_owned(),
    };
    kinds.iter().map(written).collect()
}
