//! Codes for events, their dates and their places.

use super::codes;

codes! {
    START_MISSING: Error, "event/start-missing",
        "An event needs the date, or the date and time, on which it begins. Add `start: 2026-05-21 10:00` to the \
         front matter; for a whole day write the date alone.";
    END_MISSING: Warning, "event/end-missing",
        "The event has a time at which it begins and none at which it ends, so it is shown as one hour long. People \
         plan buses and care around it: add `end: 2026-05-21 12:00` or `duration: 2 hours`.";
    END_BEFORE_START: Error, "event/ends-before-it-starts",
        "What begins must end after that. Check the two dates and times.";
    TWO_ENDS: Error, "event/two-ends",
        "Two fields say the same thing in different ways, such as `end` and `duration`, so one of them may be \
         wrong. Keep one of them.";
    MIXED_DAY_AND_TIME: Error, "event/day-and-time-mixed",
        "The start is a whole day and the end has a time, or the other way round. Write both with a time, or both \
         without.";
    REPEATS_NOT_READABLE: Error, "event/repeats-not-readable",
        "How the event repeats cannot be read. Write for instance `repeats: {every: week, on: [tuesday]}`, `{every: \
         2 weeks}`, `{every: month, on: [first tuesday]}` or `{every: month, on: [last day]}`, with `until:` and a date, \
         or `count:` and a number, if it ends.";
    FIRST_DATE_MOVED: Warning, "event/first-date-moved",
        "The `start` is not one of the dates on which the event repeats, so calendars would disagree about the first \
         date. The series begins on the first date that fits; write that date as `start`.";
    DATE_NOT_IN_SERIES: Error, "event/date-not-in-series",
        "`changes` or `except` names a date on which the event does not take place, so it would have no effect. The \
         message names the nearest dates of the series.";
    NO_DATES: Error, "event/no-dates",
        "`except`, or the closures that `skip` names, leave out every date of the event. Delete the event, or leave out \
         fewer dates. If people know of the event and it is off, keep its dates and write `status: cancelled`.";
    UNKNOWN_CLOSURES: Error, "event/unknown-closures",
        "`skip` names a list of dates that `closures` in site.yaml does not have.";
    STATUS_ELSEWHERE: Error, "event/status-elsewhere",
        "The event says that it is off in a field that nobody reads, so it would be shown as if it took place. Write \
         `status: cancelled` or `status: postponed`. One date of a series is called off in `changes`.";
    OFFSET_NOT_OF_ZONE: Error, "event/offset-not-of-zone",
        "A time is written with an offset from UTC, such as `+05:00`, that the time zone of the event does not have on that \
         day. Leave the offset out for a time as clocks there show it, or give the event its own `timezone:`. If the second \
         time is the one at which the event ends, write it as `end:`.";
    CLOCK_CHANGE: Warning, "event/clock-change",
        "On the day on which the clocks change, the time does not exist or comes twice. The message says what will \
         be shown.";
    UID_NOT_USABLE: Error, "event/uid-not-usable",
        "`uid` is the identity by which calendars know the event from another system. It is one word, without spaces. \
         Where no calendar knows the event yet, leave `uid` out.";
    UID_TWICE: Error, "event/uid-twice",
        "Two events have the same `uid`, so calendars would take them for one, and show one of them only. The message \
         names both files. Delete `uid` in the one that was copied from the other.";
    NO_PLACE: Warning, "event/no-place",
        "The event says neither where it takes place nor how to join it online. Add `venue:` with an id from \
         venues.yaml, or `online:` with a link.";
    UNKNOWN_VENUE: Error, "event/unknown-venue",
        "`venue` names a place that venues.yaml does not have. The message names the one that you may have meant. A \
         place that is used once can stand in the event itself: `venue: {name: ..., address: ..., postcode: ...}`.";
    UNKNOWN_ACCESS: Warning, "event/unknown-access-fact",
        "`access` names a fact that is not in our list. It is shown as you wrote it. The list has, among others, \
         step-free, hearing-loop, quiet-space, bsl, accessible-toilet and blue-badge-parking.";
}
