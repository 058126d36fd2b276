//! Events in the words of schema.org.
//!
//! Search engines show single dates: neither `subEvent` nor `eventSchedule` is among the properties of an `Event` that
//! Google documents. So each of the next dates of a series is a node of its own at the top of the graph, and an
//! `EventSeries`, to which they point, says the rule for whoever reads it (<https://schema.org/EventSeries>). What has
//! an `eventSchedule` has no `startDate` (<https://schema.org/eventSchedule>).

use std::borrow::Cow;

use jiff::civil::DateTime;
use serde::Serialize;

use super::{Agent, Fact, Organisation, address, description, named, publisher};
use crate::calendar::recurrence::{self, End, Frequency, Occurrence, Rule, Series, Times};
use crate::date::words as date_words;
use crate::model::kinds::event::{Booking, Event as EventFields, Status};
use crate::path::absolute;
use crate::site::{EventDates, Page};
use crate::view::words::{is_free, price};
use crate::view::{ShareView, SiteView, VenueView};
use crate::words::Words;

/// How many of the next dates of a series are named.
const DATES: usize = 10;

/// One date of an event.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    end_date: String,
    event_attendance_mode: &'static str,
    event_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_accessible_for_free: Option<bool>,
    location: Location<'a>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    offers: Option<Offer>,
    organizer: Agent<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_start_date: Option<String>,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    super_event: Option<Reference>,
    url: String,
}

/// An event that repeats.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EventSeries<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    event_attendance_mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_schedule: Option<Schedule<'a>>,
    event_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    location: Location<'a>,
    name: &'a str,
    organizer: Agent<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    url: String,
}

#[derive(Serialize)]
struct Reference {
    #[serde(rename = "@id")]
    id: String,
}

/// How an event repeats (<https://schema.org/Schedule>).
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct Schedule<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_day: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_month: Vec<i8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_month_day: Vec<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    except_date: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat_count: Option<u32>,
    /// ISO 8601: `P2W`.
    repeat_frequency: String,
    schedule_timezone: &'a str,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Location<'a> {
    One(Spot<'a>),
    Both([Spot<'a>; 2]),
}

#[derive(Serialize)]
#[serde(tag = "@type")]
enum Spot<'a> {
    Place { address: Address<'a>, name: &'a str },
    VirtualLocation { url: Cow<'a, str> },
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "PostalAddress", rename_all = "camelCase")]
struct Address<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    address_country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<&'a str>,
    street_address: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct Offer {
    availability: &'static str,
    price: String,
    price_currency: &'static str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_from: Option<String>,
}

/// What an event's page is about.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub site: &'a SiteView,
    pub page: &'a Page,
    pub event: &'a EventFields,
    pub dates: &'a EventDates,
    pub image: Option<&'a ShareView>,
    pub words: &'a Words,
}

/// An event that happens once; or the series, and each of its next dates.
pub fn facts<'a>(about: About<'a>) -> Vec<Fact<'a>> {
    let dates = about.dates;
    let date = |occurrence: &Occurrence| Fact::Event(Box::new(date(about, occurrence)));
    let Some(rule) = &dates.series.rule else {
        if dates.series.extra.is_empty() {
            return vec![date(dates.coming.first().unwrap_or(&dates.shown))];
        }
        return nodes(dates).map(date).collect();
    };
    let series = Fact::EventSeries(Box::new(series(about, rule)));
    std::iter::once(series).chain(nodes(dates).map(date)).collect()
}

/// The next dates; of what is over, the last one.
fn nodes(dates: &EventDates) -> impl Iterator<Item = &Occurrence> {
    let last = dates.coming.is_empty().then_some(&dates.shown);
    dates.coming.iter().take(DATES).chain(last)
}

fn series<'a>(about: About<'a>, rule: &Rule) -> EventSeries<'a> {
    let About { site, page, event, dates, image, .. } = about;
    let event_schedule = schedule(&dates.series, rule, &dates.zone_name);
    EventSeries {
        id: series_id(about),
        description: description(page),
        event_attendance_mode: attendance_mode(about),
        start_date: event_schedule.is_none().then(|| start_and_end(&dates.series.times).0),
        event_schedule,
        event_status: status(event.status),
        image: address(image),
        location: location(about, page.venue.as_deref()),
        name: &page.document.meta.title,
        organizer: organizer(about),
        url: absolute(&site.origin, &page.url),
    }
}

fn date<'a>(about: About<'a>, occurrence: &Occurrence) -> Event<'a> {
    let About { site, page, event, dates, image, .. } = about;
    let (start_date, end_date) = start_and_end(&occurrence.times);
    let takes_place = !matches!(event.status, Status::Cancelled | Status::Postponed) && !occurrence.is_cancelled;
    let is_moved = takes_place && occurrence.times.local_start() != occurrence.planned.local_start();
    Event {
        description: description(page),
        end_date,
        event_attendance_mode: attendance_mode(about),
        event_status: match event.status {
            _ if is_moved => "https://schema.org/EventRescheduled",
            Status::Scheduled | Status::Full | Status::MovedOnline | Status::Postponed if occurrence.is_cancelled => {
                status(Status::Cancelled)
            }
            of_all => status(of_all),
        },
        image: address(image),
        is_accessible_for_free: is_free(about.words, event.cost.as_deref()).then_some(true),
        location: location(about, page.spot(occurrence.change).venue),
        name: &page.document.meta.title,
        offers: if takes_place && !dates.is_over { offer(about) } else { None },
        organizer: organizer(about),
        previous_start_date: is_moved.then(|| start_and_end(&occurrence.planned).0),
        start_date,
        super_event: dates.series.rule.is_some().then(|| Reference { id: series_id(about) }),
        url: absolute(&site.origin, &page.url),
    }
}

fn series_id(about: About<'_>) -> String {
    format!("{}#series", absolute(&about.site.origin, &about.page.url))
}

fn start_and_end(times: &Times) -> (String, String) {
    match times {
        Times::Timed { start, end } => (date_words::rfc3339(start), date_words::rfc3339(end)),
        Times::Days { first, last } => (date_words::iso_day(*first), date_words::iso_day(*last)),
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Scheduled | Status::Full => "https://schema.org/EventScheduled",
        Status::Cancelled => "https://schema.org/EventCancelled",
        Status::Postponed => "https://schema.org/EventPostponed",
        Status::MovedOnline => "https://schema.org/EventMovedOnline",
    }
}

fn attendance_mode(about: About<'_>) -> &'static str {
    match (&about.page.venue, about.event.is_online()) {
        (Some(_), true) if about.event.status != Status::MovedOnline => "https://schema.org/MixedEventAttendanceMode",
        (_, true) => "https://schema.org/OnlineEventAttendanceMode",
        _ => "https://schema.org/OfflineEventAttendanceMode",
    }
}

fn location<'a>(about: About<'a>, venue: Option<&'a VenueView>) -> Location<'a> {
    let country = about.site.language.split('-').skip(1).find(|region| region.len() == 2);
    let place = venue.map(|venue| Spot::Place { address: postal(venue, country), name: &venue.name });
    let online = about.event.is_online().then(|| Spot::VirtualLocation {
        url: match &about.event.online {
            Some(online) => Cow::Borrowed(online.as_str()),
            None => Cow::Owned(absolute(&about.site.origin, &about.page.url)),
        },
    });
    match (place, online) {
        (Some(place), Some(online)) if about.event.status != Status::MovedOnline => Location::Both([place, online]),
        (_, Some(online)) => Location::One(online),
        (Some(place), None) => Location::One(place),
        (None, None) => {
            let name = about.words.text("facts.to_be_announced");
            let address = Address { address_country: country, postal_code: None, street_address: name };
            Location::One(Spot::Place { address, name })
        }
    }
}

/// The one line of an address, without the postcode at its end.
fn postal<'a>(venue: &'a VenueView, country: Option<&'a str>) -> Address<'a> {
    let line = venue.address.as_deref().unwrap_or(&venue.name);
    let street = venue.postcode.as_deref().and_then(|postcode| line.strip_suffix(postcode));
    Address {
        address_country: country,
        postal_code: venue.postcode.as_deref(),
        street_address: street.map_or(line, |street| street.trim_end_matches([',', ' '])),
    }
}

fn organizer<'a>(about: About<'a>) -> Agent<'a> {
    Agent::Organization(match &about.event.organiser {
        Some(name) => Organisation { url: Some(absolute(&about.site.origin, &about.page.url)), ..named(name) },
        None => publisher(about.site),
    })
}

/// What a place costs, where `cost` says an amount.
fn offer(about: About<'_>) -> Option<Offer> {
    let (price, price_currency) = price(about.words, about.event.cost.as_deref()?)?;
    let (book, opens) = match &about.event.booking {
        Some(Booking::Needed { url, opens, .. }) => (url.clone(), *opens),
        _ => (None, None),
    };
    Some(Offer {
        availability: match about.event.status {
            Status::Full => "https://schema.org/SoldOut",
            _ => "https://schema.org/InStock",
        },
        price,
        price_currency,
        url: book.unwrap_or_else(|| absolute(&about.site.origin, &about.page.url)),
        valid_from: opens.map(|opens| date_words::rfc3339(&opens.in_zone(&about.event.timezone).zoned)),
    })
}

/// The rule, where schema.org has words for it: it has none for `BYSETPOS` and `BYYEARDAY`.
fn schedule<'a>(series: &Series, rule: &Rule, zone_name: &'a str) -> Option<Schedule<'a>> {
    if !rule.by_set_position.is_empty() || !rule.by_year_day.is_empty() {
        return None;
    }
    let unit = match rule.frequency {
        Frequency::Daily => 'D',
        Frequency::Weekly => 'W',
        Frequency::Monthly => 'M',
        Frequency::Yearly => 'Y',
    };
    let start = series.times.local_start();
    let is_weekly = rule.frequency == Frequency::Weekly;
    let by_day = match rule.by_day.as_slice() {
        [] if is_weekly => vec![format!("https://schema.org/{}", date_words::weekday(start.weekday()))],
        days => days
            .iter()
            .map(|day| match day.ordinal {
                None => format!("https://schema.org/{}", date_words::weekday(day.weekday)),
                Some(_) => day.to_string(),
            })
            .collect(),
    };
    let clock = |time: DateTime| time.time().strftime("%H:%M:%S").to_string();
    let (start_time, end_time) = match &series.times {
        Times::Timed { start, end } => (Some(clock(start.datetime())), Some(clock(end.datetime()))),
        Times::Days { .. } => (None, None),
    };
    let except = series.except.iter().map(|except| {
        let local = DateTime::from_parts(series.day(*except), start.time());
        start_and_end(&recurrence::planned_at(series, local).planned).0
    });
    Some(Schedule {
        by_day,
        by_month: rule.by_month.clone(),
        by_month_day: match rule.by_month_day.as_slice() {
            [] if rule.by_day.is_empty() && matches!(unit, 'M' | 'Y') => vec![start.day()],
            days => days.to_vec(),
        },
        end_date: match rule.end {
            End::Until(until) => Some(date_words::iso_day(series.day(until))),
            _ => None,
        },
        end_time,
        except_date: except.collect(),
        repeat_count: match rule.end {
            End::Count(count) => Some(count),
            _ => None,
        },
        repeat_frequency: format!("P{}{unit}", rule.interval),
        schedule_timezone: zone_name,
        start_date: date_words::iso_day(start.date()),
        start_time,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_in_the_words_of_schema_org() {
        let check = |start: &str, rule: &str, expected: &str| {
            let start: DateTime = start.parse().unwrap();
            let start = start.to_zoned(jiff::tz::TimeZone::get("Europe/London").unwrap()).unwrap();
            let end = start.saturating_add(jiff::SignedDuration::from_hours(2));
            let series = Series::once(Times::Timed { start, end });
            let schedule = schedule(&series, &Rule::parse(rule).unwrap(), "Europe/London");
            assert!(serde_json::to_string(&schedule).unwrap().contains(expected), "{rule}");
        };
        check("2026-11-24T10:00", "FREQ=WEEKLY", "\"byDay\":[\"https://schema.org/Tuesday\"]");
        check("2026-11-24T10:00", "FREQ=WEEKLY;INTERVAL=2", "\"repeatFrequency\":\"P2W\"");
        check("2026-11-24T10:00", "FREQ=MONTHLY;BYDAY=-1TU", "\"byDay\":[\"-1TU\"]");
        check("2026-11-24T10:00", "FREQ=MONTHLY", "\"byMonthDay\":[24]");
        check(
            "2026-11-24T10:00",
            "FREQ=WEEKLY;UNTIL=20261215T100000Z",
            "\"endDate\":\"2026-12-15\",\"endTime\":\"12:00:00\"",
        );
        check("2026-11-24T10:00", "FREQ=WEEKLY;COUNT=3", "\"repeatCount\":3");
        check("2026-11-24T10:00", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", "null");
    }

    #[test]
    fn names_stand_in_order() {
        let event = Event {
            description: Some("d"),
            end_date: String::new(),
            event_attendance_mode: "",
            event_status: "",
            image: Some("i"),
            is_accessible_for_free: Some(true),
            location: Location::One(Spot::VirtualLocation { url: "u".into() }),
            name: "n",
            offers: Some(Offer {
                availability: "",
                price: String::new(),
                price_currency: "",
                url: String::new(),
                valid_from: Some(String::new()),
            }),
            organizer: Agent::Person { name: "p" },
            previous_start_date: Some(String::new()),
            start_date: String::new(),
            super_event: Some(Reference { id: String::new() }),
            url: String::new(),
        };
        let written = super::super::script(&[Fact::Event(Box::new(event))]);
        // A map of serde_json sorts its names.
        assert_eq!(written, serde_json::from_str::<serde_json::Value>(&written).unwrap().to_string());
    }
}
