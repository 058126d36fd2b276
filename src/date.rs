//! Dates, times and lengths as people write them, and as a British reader expects to see them.
//!
//! 1. `parse` reads a date with or without a time (`2026-05-21`, `21 May 2026 10am`, RFC 3339).
//! 2. `parse_time` and `parse_duration` read the parts that stand alone.
//! 3. `When::in_zone` gives what was read its place on the time line.
//! 4. `say` says dates to readers in the words of the site; `words` writes them for messages, for `datetime`
//!    attributes and for feeds.
//!
//! **Invariant:** nothing here reads the clock or the machine's time zone; a time without an offset
//! waits for the zone that the caller names.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

mod clock;
mod length;
mod offset;
mod read;
mod shape;
pub mod say;
pub mod words;

pub use clock::{parse_time, two_times};
pub use length::parse_duration;
pub(crate) use read::find_weekday;
pub use read::parse;

/// What is wrong with a date, in the writer's words, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// One sentence without a full stop at its end.
    pub message: String,
    pub help: String,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Fault { message: message.into(), help: help.into() }
    }
}

/// A date as somebody wrote it: as exact as they were, and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum When {
    /// A whole day.
    Day(Date),
    /// A time on the clock of a place that is not named.
    Local(DateTime),
    /// A moment, written with its offset from UTC.
    Instant(Timestamp, #[serde(with = "seconds")] Offset),
}

/// An offset from UTC by its seconds.
mod seconds {
    use jiff::tz::Offset;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(offset: &Offset, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(offset.seconds())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Offset, D::Error> {
        Offset::from_seconds(i32::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A `When` in a time zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    pub zoned: Zoned,
    /// Says what was chosen where the clock change skips the time or repeats it.
    pub note: Option<Fault>,
}

impl When {
    /// Whether a day was written without a time.
    pub fn is_day(self) -> bool {
        matches!(self, When::Day(_))
    }

    /// The date as it was written, before any change of zone.
    pub fn date(self) -> Date {
        self.written().date()
    }

    /// The moment in a zone. A day begins at its first moment there; a moment keeps its place on the
    /// time line. A local time that the clock change skips is read with the offset before the change,
    /// and one that comes twice is the first of the two (RFC 5545 §3.3.5).
    pub fn in_zone(self, zone: &TimeZone) -> Resolved {
        let local = match self {
            When::Instant(timestamp, _) => {
                return Resolved { zoned: timestamp.to_zoned(zone.clone()), note: None };
            }
            When::Day(date) => DateTime::from(date),
            When::Local(local) => local,
        };
        let zoned = at(local, zone);
        let note = if self.is_day() { None } else { clock_change(local, &zoned, zone) };
        Resolved { zoned, note }
    }

    fn written(self) -> DateTime {
        match self {
            When::Day(date) => DateTime::from(date),
            When::Local(local) => local,
            When::Instant(timestamp, offset) => offset.to_datetime(timestamp),
        }
    }
}

/// Whether a text that is no date says a time of day somewhere.
pub fn names_a_time(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || c == 'T').any(|part| parse_time(part).is_ok())
}

/// The time zone with an IANA name (`Europe/London`), in any case, from the database that is compiled in:
/// the same on every machine.
pub fn zone(name: &str) -> Result<TimeZone, Fault> {
    let database = TimeZoneDatabase::bundled();
    database.get(name.trim()).map_err(|_| {
        let lower = name.to_lowercase().replace(' ', "_");
        let names: Vec<String> = database.available().map(|known| known.to_string()).collect();
        // People write the name of the city alone, too.
        let distance = |known: &str| {
            let known = known.to_lowercase();
            let city = known.rsplit('/').next().unwrap_or(&known);
            strsim::damerau_levenshtein(&lower, &known).min(strsim::damerau_levenshtein(&lower, city))
        };
        let nearest = names
            .iter()
            .map(|known| (distance(known), known))
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, _)| *distance <= 4);
        Fault::new(
            format!("`{name}` is not a time zone"),
            match nearest {
                _ if lower == "bst" => "write `Europe/London`, which has British Summer Time in summer".to_owned(),
                Some((_, known)) => format!("did you mean `{known}`?"),
                None => "write it as in `Europe/London`".to_owned(),
            },
        )
    })
}

/// The moment of a local time by the rule of RFC 5545 §3.3.5; the last moment that exists for a local
/// time at the very end of the calendar.
pub fn at(local: DateTime, zone: &TimeZone) -> Zoned {
    let timestamp = zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MAX);
    timestamp.to_zoned(zone.clone())
}

/// The moment from which a date is past: the end of a day, a time as soon as it has come.
pub fn end_of(when: When, zone: &TimeZone) -> Zoned {
    match when {
        When::Day(day) => match day.tomorrow() {
            Ok(next) => When::Day(next).in_zone(zone).zoned,
            Err(_) => Timestamp::MAX.to_zoned(zone.clone()),
        },
        When::Local(_) | When::Instant(..) => when.in_zone(zone).zoned,
    }
}

fn clock_change(local: DateTime, chosen: &Zoned, zone: &TimeZone) -> Option<Fault> {
    let said = || (words::day(local.date()), words::time(local.time()));
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => {
            let ((day, time), moved) = (said(), words::time(chosen.time()));
            Some(Fault::new(
                format!("the clocks go forward on {day}, so there is no {time} that day; it is read as {moved}"),
                format!("write `{moved}`, or another time"),
            ))
        }
        AmbiguousOffset::Fold { before, after } => {
            let (day, time) = said();
            Some(Fault::new(
                format!("the clocks go back on {day}, so {time} comes twice; the first one is meant"),
                format!(
                    "If the second is meant, write `{}{}`; to say the first plainly, end with `{}`",
                    local.strftime("%Y-%m-%dT%H:%M"),
                    words::offset_with_colon(after),
                    words::offset_with_colon(before),
                ),
            ))
        }
    }
}

/// The known word nearest to `word`, where it is near enough to be a slip of the keys.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = if word.chars().count() < 5 { 1 } else { 2 };
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, zone: &str, expected: &str) {
        let resolved = parse(text).unwrap().in_zone(&super::zone(zone).unwrap());
        let note = resolved.note.map(|n| format!(" | {} | {}", n.message, n.help)).unwrap_or_default();
        assert_eq!(format!("{}{note}", words::rfc3339(&resolved.zoned)), expected, "{text}");
    }

    #[test]
    fn zones_are_found_by_name() {
        assert_eq!(zone("europe/london").unwrap().iana_name(), Some("Europe/London"));
        assert_eq!(zone("Europe/Londn").unwrap_err().help, "did you mean `Europe/London`?");
        assert_eq!(zone("London").unwrap_err().help, "did you mean `Europe/London`?");
        assert_eq!(zone("new york").unwrap_err().help, "did you mean `America/New_York`?");
        assert_eq!(zone("GMT plus one hour").unwrap_err().help, "write it as in `Europe/London`");
    }

    #[test]
    fn a_date_finds_its_moment_in_a_zone() {
        check("2026-05-21", "Europe/London", "2026-05-21T00:00:00+01:00");
        check("2026-01-21 10:00", "Europe/London", "2026-01-21T10:00:00+00:00");
        check("2026-05-21T10:00:00Z", "Europe/London", "2026-05-21T11:00:00+01:00");
        check("2026-05-21 10am", "Asia/Kolkata", "2026-05-21T10:00:00+05:30");
        check("9999-12-31", "America/New_York", "9999-12-30T17:00:00-05:00");
        check(
            "29 March 2026 1:30am",
            "Europe/London",
            "2026-03-29T02:30:00+01:00 | the clocks go forward on 29 March 2026, so there is no 1:30am that day; it is read as 2:30am | write `2:30am`, or another time",
        );
        check(
            "25 October 2026 1:30am",
            "Europe/London",
            "2026-10-25T01:30:00+01:00 | the clocks go back on 25 October 2026, so 1:30am comes twice; the first one is meant | If the second is meant, write `2026-10-25T01:30+00:00`; to say the first plainly, end with `+01:00`",
        );
    }
}
