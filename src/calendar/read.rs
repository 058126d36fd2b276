//! Calendars that others wrote: the bytes of any `.ics` file into plain data.
//!
//! 1. `text` finds the encoding of the bytes.
//! 2. `parts` takes the text apart into lines, events and time zones, and says what is no calendar at all.
//! 3. `event` reads each event alone: its times in one zone (`zones`), its words without markup and without
//!    personal data (`description`, `personal`).
//! 4. `series` puts together what belongs together: a series and the dates of it that differ.
//!
//! No crate does this: `calcard`, the best of those that we measured, gives no places, takes an event whose end
//! is missing for the home of all that follow, and reads `INTERVAL=0` as 1 and `INTERVAL=65538` as 2.
//!
//! **Invariant:** no text makes it fail or wait: whatever can be read is read, the time grows with the length,
//! and what cannot be read gives a fault with words. Names of people, their addresses, alarms and private events
//! are in nothing that comes out.

use std::ops::Range;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::recurrence::{Change, Rule, Series, Times};
use crate::date::{Fault, When};

mod clean;
mod described;
mod description;
mod encoding;
mod event;
mod fit;
mod lines;
mod parts;
mod personal;
mod rule;
mod series;
mod stamp;
#[cfg(test)]
mod tests;
mod title;
mod values;
mod zones;

pub use clean::clean;
pub use encoding::text;

/// The largest file, in bytes.
pub const LARGEST_FILE: usize = 10 * 1024 * 1024;
const MOST_EVENTS: usize = 20_000;
/// Dates of one series that may differ, be left out or be added.
const MOST_DATES: usize = 2_000;
/// More faults of one file help nobody.
const MOST_FAULTS: usize = 100;

/// A calendar that somebody else wrote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    pub name: Option<String>,
    /// In the order of the file. Empty where a fault is fatal.
    pub events: Vec<ForeignEvent>,
    /// In the order in which they were found, at most a hundred.
    pub faults: Vec<ReadFault>,
}

/// Something odd in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadFault {
    pub weight: Weight,
    /// In the text; empty where it is about the whole file.
    pub bytes: Range<usize>,
    pub fault: Fault,
}

/// What a fault means for the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Nothing can be read.
    Fatal,
    /// Something is lost, or may be wrong.
    Warning,
    /// Good to know.
    Note,
}

/// An event, all its words plain text without personal data.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignEvent {
    /// Unique in the calendar, and the same each time that it is read.
    pub uid: String,
    /// Of its `BEGIN:VEVENT` line in the text.
    pub bytes: Range<usize>,
    /// On one line; never empty.
    pub summary: String,
    /// Paragraphs; a line end inside one is `\n`.
    pub description: Vec<String>,
    /// On one line.
    pub location: Option<String>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// A web address, as are all addresses here.
    pub url: Option<String>,
    /// Where to join.
    pub online: Option<String>,
    pub categories: Vec<String>,
    /// The name of an organisation, never one of a person.
    pub organiser: Option<String>,
    pub status: ForeignStatus,
    /// A day, or a time in `zone`. A moment in UTC only where the event happens once.
    pub start: When,
    /// The last day, inclusive, where `start` is a day. Nothing where the calendar does not say, or says that the
    /// event takes no time.
    pub end: Option<When>,
    /// With its IANA name; nothing for whole days and where it is the zone that the caller named.
    pub zone: Option<(TimeZone, String)>,
    /// A rule that `recurrence::Rule::parse` reads, of which `start` is a date.
    pub rule: Option<String>,
    /// Dates of the rule that are left out.
    pub except: Vec<When>,
    /// Dates beside the rule, each on a day of its own.
    pub extra: Vec<When>,
    /// Dates of the rule, or added ones, that differ; each once.
    pub changes: Vec<ForeignChange>,
    pub created: Option<Timestamp>,
    pub last_modified: Option<Timestamp>,
    pub sequence: u32,
}

/// Whether an event takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignStatus {
    Scheduled,
    Cancelled,
    /// `TENTATIVE`.
    Postponed,
}

/// A single date of a series that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignChange {
    /// The date as the series has it.
    pub on: When,
    /// Left out: as the series has it.
    pub start: Option<When>,
    /// Left out: so that it lasts as long as the series says.
    pub end: Option<When>,
    pub is_cancelled: bool,
    /// Another place than that of the series.
    pub location: Option<String>,
    pub online: Option<String>,
    /// Another name than that of the series.
    pub note: Option<String>,
}

/// Reads a calendar. Times without a zone are times in `zone`.
pub fn read(text: &str, zone: &TimeZone) -> Calendar {
    let mut faults = Vec::new();
    let parts = match parts::parts(text, &mut faults) {
        Ok(parts) => parts,
        Err(fatal) => return Calendar { faults: vec![fatal], ..Calendar::default() },
    };
    let name = parts.calendars.iter().find_map(|lines| {
        let line = parts::first(lines, "NAME").or_else(|| parts::first(lines, "X-WR-CALNAME"))?;
        Some(description::one_line(&line.text(), " ")).filter(|name| !name.is_empty())
    });
    let mut zones = zones::Zones::new(&parts, zone);
    let drafts = event::drafts(&parts, &mut zones, &mut faults);
    let events = series::events(drafts, &mut faults);
    if parts.left_out > 0 {
        faults.push(ReadFault::note(
            0..0,
            format!("tasks and other entries that are no events were left out: {}", parts.left_out),
            "nothing needs doing: they are not for the site",
        ));
    }
    if faults.len() > MOST_FAULTS {
        let more = faults.len() - (MOST_FAULTS - 1);
        faults.truncate(MOST_FAULTS - 1);
        faults.push(ReadFault::warning(
            0..0,
            format!("the calendar has {more} more faults"),
            "mend those above first, or tell whoever keeps the calendar",
        ));
    }
    Calendar { name, events, faults }
}

impl Calendar {
    /// Why nothing could be read.
    pub fn fatal(&self) -> Option<&ReadFault> {
        self.faults.iter().find(|fault| fault.weight == Weight::Fatal)
    }
}

impl ForeignEvent {
    /// The event as a series, whose every part fits. One that does not say when it ends lasts an hour.
    pub fn series(&self, site: &TimeZone) -> Series {
        let zone = self.zone.as_ref().map_or(site, |(zone, _)| zone);
        let times = match self.start {
            When::Day(first) => Times::Days { first, last: self.end.map_or(first, When::date) },
            start => {
                let start = start.in_zone(zone).zoned;
                let end = self.end.map(|end| end.in_zone(zone).zoned);
                Times::Timed { end: end.unwrap_or_else(|| start.saturating_add(SignedDuration::from_hours(1))), start }
            }
        };
        let change = |(index, change): (usize, &ForeignChange)| Change {
            on: change.on,
            start: change.start,
            end: change.end,
            is_cancelled: change.is_cancelled,
            index,
        };
        Series {
            times,
            rule: self.rule.as_deref().and_then(|rule| Rule::parse(rule).ok()),
            except: self.except.clone(),
            extra: self.extra.clone(),
            changes: self.changes.iter().enumerate().map(change).collect(),
        }
    }
}

impl ReadFault {
    fn fatal(bytes: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        ReadFault { weight: Weight::Fatal, bytes, fault: Fault::new(message, help) }
    }

    fn warning(bytes: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        ReadFault { weight: Weight::Warning, bytes, fault: Fault::new(message, help) }
    }

    fn note(bytes: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        ReadFault { weight: Weight::Note, bytes, fault: Fault::new(message, help) }
    }
}

/// The zone of an IANA name that is one of a place on Earth.
fn known_zone(name: &str) -> Option<TimeZone> {
    let zone = jiff::tz::TimeZoneDatabase::bundled().get(name).ok()?;
    let is_known = zone.iana_name().is_some_and(|name| !name.eq_ignore_ascii_case("Etc/Unknown"));
    (is_known && !name.is_empty()).then_some(zone)
}

/// A part of a file as a message shows it.
fn short(value: &str) -> String {
    let value = super::text::one_line(value, " ");
    if value.chars().count() <= 60 {
        return value;
    }
    format!("{}…", value.chars().take(60).collect::<String>())
}
