//! A calendar feed into the bytes of its `.ics` file.
//!
//! 1. The calendar says who it is and how often to look again.
//! 2. Each time zone in use is described, before any event.
//! 3. Each event becomes its series, then its changed dates, then its added dates (`event`).
//! 4. Their properties are written line by line, folded by octets; the writer of the `ical` crate folds by
//!    characters.
//!
//! The numbers in the comments are those of the requirements that calendar programs set:
//! RFC 5545, RFC 7986, and what Google, Outlook and Apple do with them.
//!
//! **Invariant:** every moment in the file comes from the events: the same feed gives the same bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use ical::parser::ical::component::{IcalEvent, IcalTimeZoneTransitionType};
use ical::property::Property;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use super::history::Told;
use super::recurrence::{End, Series, Times};
use super::text::{self, Lines};
use super::{colour, zone};
use crate::date::words as date_words;
use crate::words::Words;

mod event;

/// A calendar that people subscribe to.
#[derive(Clone, Debug)]
pub struct Feed {
    pub name: String,
    pub description: String,
    /// The page about this calendar.
    pub url: String,
    /// The address of the file itself.
    pub source_url: String,
    pub timezone: TimeZone,
    /// `#rrggbb`.
    pub colour: Option<String>,
    /// A BCP 47 tag such as `en-GB`.
    pub language: String,
    /// What stands before the title of an event that is off.
    pub words: Arc<Words>,
    pub cancelled: CancelledEvents,
    pub last_modified: Option<Timestamp>,
    pub events: Vec<FeedEvent>,
}

/// How a cancelled event is marked; its title begins with `Cancelled: ` in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CancelledEvents {
    /// With `STATUS:CANCELLED`: Google then hides it.
    Mark,
    /// By its title alone, so that every program shows it.
    Show,
}

/// One event; its series must be as `recurrence::settle` leaves it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct FeedEvent {
    /// The same for ever, unique on the site.
    pub uid: String,
    pub series: Series,
    pub created: Option<Timestamp>,
    /// SEQUENCE, and what DTSTAMP and LAST-MODIFIED are.
    pub told: Told,
    pub details: Details,
    /// The details of the dates that differ, by the `index` of their change.
    pub changed: Vec<(usize, Details)>,
}

/// What is said about an event or about one of its dates. All text is plain text.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Details {
    pub summary: String,
    pub description: String,
    pub place: Option<Place>,
    /// The event's page, absolute.
    pub url: String,
    pub categories: Vec<String>,
    pub status: Status,
    pub organiser: Option<Organiser>,
    /// A CSS name, or `#rrggbb`; nothing for the colour of the calendar.
    pub colour: Option<String>,
    pub image: Option<Image>,
    pub conference: Option<Conference>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Place {
    /// Hall, street, postcode.
    pub location: String,
    pub point: Option<Point>,
}

/// Degrees north and east, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    pub latitude_millionths: i32,
    pub longitude_millionths: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Confirmed,
    Postponed,
    Cancelled,
}

/// Only where the site has a public address (RFC 5546 §3.2.1 would have one always).
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Organiser {
    pub name: String,
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Image {
    /// Absolute.
    pub url: String,
    /// `image/jpeg`.
    pub media_type: Option<String>,
}

/// Where to join online.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Conference {
    pub url: String,
    pub label: String,
}

impl Point {
    /// From degrees; nothing for what is not on Earth.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        is_on_earth.then(|| Point {
            latitude_millionths: (latitude * 1e6).round() as i32,
            longitude_millionths: (longitude * 1e6).round() as i32,
        })
    }
}

/// Descriptions of zones that many files share: finding the rules of a zone costs more than writing an
/// event.
#[derive(Clone, Debug, Default)]
pub struct Zones(BTreeMap<(String, i16, Option<i16>), Lines>);

impl Zones {
    /// The descriptions that a file for each single series needs.
    pub fn of<'s>(series: impl Iterator<Item = &'s Series>) -> Self {
        let mut zones = BTreeMap::new();
        for (name, years) in series.flat_map(|series| zones_in_use(std::iter::once(series))) {
            let key = (name, years.first, years.last);
            zones.entry(key).or_insert_with_key(|(name, ..)| description(name, &years));
        }
        Zones(zones)
    }

    fn write(&self, name: String, years: &Years, lines: &mut Lines) {
        let key = (name, years.first, years.last);
        match self.0.get(&key) {
            Some(shared) => lines.append(shared),
            None => lines.append(&description(&key.0, years)),
        }
    }
}

fn description(name: &str, years: &Years) -> Lines {
    let zone = zone::describe(&years.zone, name, years.first, years.last);
    let mut lines = Lines::default();
    lines.component("VTIMEZONE", |lines| {
        lines.properties(&zone.properties);
        for part in &zone.transitions {
            let name = match part.transition {
                IcalTimeZoneTransitionType::STANDARD => "STANDARD",
                IcalTimeZoneTransitionType::DAYLIGHT => "DAYLIGHT",
            };
            lines.component(name, |lines| lines.properties(&part.properties));
        }
    });
    lines
}

/// The file, ready to be published.
pub fn write(feed: &Feed, shared: &Zones) -> Vec<u8> {
    let events: Vec<IcalEvent> = feed.events.iter().flat_map(|event| event::components(event, feed)).collect();
    let mut zones = zones_in_use(feed.events.iter().map(|event| &event.series));
    if events.is_empty() {
        // 26: a calendar without any component is refused (RFC 5545 §3.6).
        zones.insert(name(&feed.timezone).unwrap_or("UTC").to_owned(), Years::default_for(feed));
    }
    let mut lines = Lines::default();
    lines.component("VCALENDAR", |lines| {
        lines.properties(&properties(feed));
        for (name, years) in zones {
            shared.write(name, &years, lines);
        }
        for event in &events {
            lines.component("VEVENT", |lines| lines.properties(&event.properties));
        }
    });
    lines.into_bytes()
}

/// 5 to 8: what the calendar says of itself.
fn properties(feed: &Feed) -> Vec<Property> {
    let title = text::escape(&text::one_line(&feed.name, " "));
    let description = text::escape(&feed.description);
    let mut properties = vec![
        property("VERSION", "2.0"),
        property("PRODID", "-//Fingerpost//Fingerpost//EN"),
        property("CALSCALE", "GREGORIAN"),
        property("METHOD", "PUBLISH"),
        property("NAME", title.as_str()),
        property("X-WR-CALNAME", title),
    ];
    if !feed.description.trim().is_empty() {
        properties.push(property("DESCRIPTION", description.as_str()));
        properties.push(property("X-WR-CALDESC", description));
    }
    if let Some(name) = name(&feed.timezone) {
        properties.push(property("X-WR-TIMEZONE", name));
    }
    properties.push(property("URL", text::uri(&feed.url)));
    properties.push(property("SOURCE;VALUE=URI", text::uri(&feed.source_url)));
    properties.push(property("REFRESH-INTERVAL;VALUE=DURATION", "PT12H"));
    properties.push(property("X-PUBLISHED-TTL", "PT12H"));
    properties.extend(feed.last_modified.map(|moment| property("LAST-MODIFIED", utc(moment))));
    properties.extend(feed.colour.as_deref().into_iter().flat_map(colour));
    properties
}

/// 8: by the nearest of the names that RFC 7986 §5.9 knows, and exactly for Apple's programs.
fn colour(colour: &str) -> Vec<Property> {
    let exact = || property("X-APPLE-CALENDAR-COLOR", colour.trim().to_ascii_uppercase());
    match colour::nearest_name(colour.trim()) {
        Some(name) => vec![property("COLOR", name), exact()],
        None => Vec::new(),
    }
}

/// The years for which a zone is described.
struct Years {
    zone: TimeZone,
    first: i16,
    /// Nothing where a series has no end.
    last: Option<i16>,
}

impl Years {
    /// For a feed without events, from content again and not from the clock.
    fn default_for(feed: &Feed) -> Self {
        let first = feed.last_modified.map_or(2020, |moment| moment.to_zoned(TimeZone::UTC).year());
        Years { zone: feed.timezone.clone(), first, last: None }
    }

    fn widen(&mut self, first: i16, last: Option<i16>) {
        self.first = self.first.min(first);
        self.last = self.last.zip(last).map(|(a, b)| a.max(b));
    }
}

/// 9: the zones that some series names, in the order of their names.
fn zones_in_use<'s>(events: impl Iterator<Item = &'s Series>) -> BTreeMap<String, Years> {
    let mut zones: BTreeMap<String, Years> = BTreeMap::new();
    for series in events {
        let Times::Timed { start, end } = &series.times else { continue };
        let Some(name) = name(start.time_zone()) else { continue };
        let single = series.extra.iter().copied().chain(series.changes.iter().filter_map(|change| change.start));
        let years: Vec<i16> = single.map(|when| when.date().year()).chain([start.year(), end.year()]).collect();
        let first = years.iter().copied().min().unwrap_or(start.year());
        let last = match series.rule.as_ref().map(|rule| rule.end) {
            None => years.iter().copied().max(),
            Some(End::Until(until)) => years.iter().copied().max().map(|year| year.max(until.date().year())),
            Some(End::Never | End::Count(_)) => None,
        };
        match zones.get_mut(name) {
            Some(years) => years.widen(first, last),
            None => {
                zones.insert(name.to_owned(), Years { zone: start.time_zone().clone(), first, last });
            }
        }
    }
    zones
}

/// The IANA name, which Google and Android need for a TZID (10).
fn name(zone: &TimeZone) -> Option<&str> {
    zone.iana_name()
}

fn property(name: impl Into<String>, value: impl Into<String>) -> Property {
    Property { name: name.into(), params: None, value: Some(value.into()) }
}

/// `20260521T090000Z` (RFC 5545 §3.3.5, form 2).
fn utc(moment: Timestamp) -> String {
    date_words::compact(Offset::UTC.to_datetime(moment)) + "Z"
}

/// A date-time property in the zone of its value; in UTC where that zone has no name.
fn moment(name: &str, zoned: &Zoned) -> Property {
    match self::name(zoned.time_zone()) {
        Some(zone) => property(format!("{name};TZID={zone}"), date_words::compact(zoned.datetime())),
        None => property(name, utc(zoned.timestamp())),
    }
}

fn component(properties: Vec<Property>) -> IcalEvent {
    IcalEvent { properties, alarms: Vec::new() }
}

#[cfg(test)]
mod tests;
