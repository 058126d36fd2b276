//! Events: when and where people meet.
//!
//! Dates that repeat are kept as they were written; `assemble` makes a series of them, because the
//! closures of the site and other files' venues belong to it.

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use super::{Details, Kind, KindRow, Misplaced};
use crate::codes;
use crate::config::{self, Contact, SITE_FILE, email, phone, read_contact, web_address, with_scheme};
use crate::date::{self, Fault, When};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Located};
use crate::model::place::{VenueRef, read_venue};
use crate::path::{SourcePath, nearest};
use crate::yaml::{Node, Value};

pub const KIND: KindRow = KindRow {
    kind: Kind::Event,
    name: "event",
    folder: Some("events"),
    has_dated_names: false,
    misplaced: MISPLACED,
    read,
};

/// Names that people write for `venue`.
const PLACE_NAMES: &[&str] = &["location", "place", "where", "address"];

/// Names that people write for fields of an event.
const MISPLACED: Misplaced = &[
    (PLACE_NAMES, "write `venue:` with an id from venues.yaml, or `venue: {name: ..., address: ...}`"),
    (&["price", "fee", "charge"], "write it as `cost:`"),
    (
        &["phone", "telephone", "tel", "email", "website"],
        "write it as `contact: {phone: ...}`, `{email: ...}` or `{website: ...}`",
    ),
    (
        &["book", "bookings", "tickets", "register"],
        "write it as `booking: {url: ...}`, `{phone: ...}` or `{email: ...}`",
    ),
    (&["drop_in", "dropin"], "write `booking: drop-in`"),
    (&["full", "sold_out", "fully_booked"], "write `status: full`"),
    (&["join", "zoom", "link"], "write the link by which people join as `online:`"),
    (
        &["time", "times", "when", "day", "start_date", "start_time"],
        "write `start:` with the date and the time, and `end:`",
    ),
    (&["end_date", "end_time", "finish"], "write `end:` with the date and the time"),
    (
        &["every", "on", "until", "count", "except", "extra", "skip", "rule"],
        "write it into `repeats: {every: ..., ...}`",
    ),
    (&["recurring", "repeating", "frequency"], "write it as `repeats: {every: week, on: [tuesday]}`"),
    (&["note", "notes"], "write it into the text, or for one date into `changes`"),
    (&["who", "for"], "write it as `audience:`"),
    (&["accessibility", "facilities"], "write ids as `access:`, such as `access: [step-free]`"),
];

/// Names for an event that is off, with its status: it must not be shown as one that takes place.
const OFF: [(&str, &str); 4] =
    [("cancelled", "cancelled"), ("canceled", "cancelled"), ("is_cancelled", "cancelled"), ("postponed", "postponed")];

/// An event, which may be a series.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    pub start: Located<When>,
    /// The last day, inclusive, where `start` is a day.
    pub end: Option<Located<When>>,
    pub duration: Option<Located<Span>>,
    #[serde(with = "jiff::fmt::serde::tz::required")]
    pub timezone: TimeZone,
    /// The IANA name, where it is not the site's zone.
    pub timezone_name: Option<String>,
    pub repeats: Option<Repeats>,
    pub changes: Vec<Change>,
    pub status: Status,
    pub venue: Option<VenueRef>,
    /// A join link.
    pub online: Option<String>,
    /// It was said already why it has neither.
    pub is_place_told: bool,
    /// `free` or words.
    pub cost: Option<String>,
    pub booking: Option<Booking>,
    pub organiser: Option<String>,
    pub contact: Option<Contact>,
    pub audience: Option<String>,
    /// Access facts, by id.
    pub access: Vec<Located<String>>,
    /// The calendar identity that subscribers already have.
    pub uid: Option<Located<String>>,
}

/// How an event repeats, as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Repeats {
    pub every: Option<Located<String>>,
    pub on: Vec<Located<String>>,
    pub rule: Option<Located<String>>,
    pub until: Option<Located<When>>,
    pub count: Option<u32>,
    pub except: Vec<Located<When>>,
    pub extra: Vec<Located<When>>,
    /// Names of `closures`.
    pub skip: Vec<Located<String>>,
    /// Bytes of the `repeats` key.
    pub bytes: std::ops::Range<usize>,
}

/// A single date of a series that differs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Change {
    pub on: Located<When>,
    /// A time of that day, or another day with a time.
    pub start: Option<When>,
    pub end: Option<When>,
    pub venue: Option<VenueRef>,
    pub is_cancelled: bool,
    pub note: Option<String>,
}

/// How to get a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Booking {
    DropIn,
    Needed {
        url: Option<String>,
        email: Option<String>,
        phone: Option<String>,
        opens: Option<When>,
        closes: Option<When>,
    },
}

/// Whether an event takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    Scheduled,
    Cancelled,
    Postponed,
    MovedOnline,
    Full,
}

const STATUSES: [(&str, Status); 5] = [
    ("scheduled", Status::Scheduled),
    ("cancelled", Status::Cancelled),
    ("postponed", Status::Postponed),
    ("moved-online", Status::MovedOnline),
    ("full", Status::Full),
];

impl Status {
    /// The word that front matter and templates use.
    pub fn word(self) -> &'static str {
        STATUSES.iter().find(|(_, status)| *status == self).map_or("scheduled", |(word, _)| word)
    }
}

/// Stands for a start that is missing or cannot be read. The event is not published then, and what else is wrong with it
/// is said all the same, but for what hangs on its start.
const NO_START: When = When::Day(Date::ZERO);

impl Event {
    pub fn has_start(&self) -> bool {
        self.start.value != NO_START
    }

    /// Whether people can join it online, there alone or as well.
    pub fn is_online(&self) -> bool {
        self.online.is_some() || self.status == Status::MovedOnline
    }
}

fn read(fields: &mut Fields<'_, '_>, site_zone: &TimeZone) -> Option<Details> {
    let zone = fields.parsed("timezone", &codes::site::UNKNOWN_TIMEZONE, config::timezone).map(|zone| zone.value);
    // What is said of a zone that nobody knows is one mistake.
    let is_known = zone.is_some() || !fields.has("timezone");
    let own_zone = is_known.then(|| zone.as_ref().map_or(site_zone, |(zone, _)| zone));
    let (start, is_day) = read_start(fields, own_zone);
    let start_bytes = fields.key_bytes("start");
    let has_end = fields.has("end") || fields.has("duration");
    let end = read_end(fields, start.as_ref().map(|start| start.value));
    let end = end.filter(|end| has_offset_of(own_zone, end, fields));
    let duration = fields.parsed("duration", &codes::field::NOT_A_DURATION, date::parse_duration);
    if let Some(start) = start.as_ref().filter(|start| !has_end && !start.value.is_day()) {
        let help = "add `end:` with the date and time, or `duration: 2 hours`";
        let message = "the event does not say when it ends, so it is shown as one hour long";
        fields.wrong(&codes::event::END_MISSING, start.bytes.clone(), message, help);
    }
    check_end(fields, (start.as_ref(), is_day), end.as_ref(), duration.as_ref());
    let repeats_bytes = fields.key_bytes("repeats");
    let repeats = fields.map("repeats", |fields| Repeats { bytes: repeats_bytes, ..read_repeats(fields) });
    let changes = fields.maps("changes", read_change).into_iter().flatten().collect();
    let has_place = fields.has("venue") || fields.has("online");
    let (venue, online) = (read_venue(fields), web_address(fields, "online"));
    check_off(fields);
    let timezone_name = zone.as_ref().map(|(_, name)| name.clone());
    let event = Event {
        end,
        duration,
        timezone: zone.map_or_else(|| site_zone.clone(), |(zone, _)| zone),
        timezone_name,
        is_place_told: (has_place && venue.is_none() && online.is_none())
            || PLACE_NAMES.iter().any(|name| fields.names(name)),
        repeats,
        changes,
        status: fields.choice("status", &STATUSES).unwrap_or(Status::Scheduled),
        venue,
        online,
        cost: super::read_cost(fields),
        booking: read_booking(fields),
        organiser: fields.text("organiser"),
        contact: fields.map("contact", read_contact),
        audience: fields.text("audience"),
        access: fields.texts("access"),
        uid: fields.parsed("uid", &codes::event::UID_NOT_USABLE, read_uid),
        start: start.unwrap_or(Located { value: NO_START, bytes: start_bytes }),
    };
    Some(Details::Event(Box::new(event)))
}

/// Fields of events that somebody knows better than a partner's calendar does.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub venue: Option<VenueRef>,
    status: Option<Status>,
    online: Option<String>,
    cost: Option<String>,
    organiser: Option<String>,
    audience: Option<String>,
    booking: Option<Booking>,
    contact: Option<Contact>,
    /// What is known beside the place's own facts.
    pub access: Vec<Located<String>>,
}

impl Overrides {
    /// Reads `overrides` of site.yaml.
    pub fn read(node: &Node, faults: &mut Vec<Diagnostic>) -> Self {
        let settings = SourcePath::from(SITE_FILE);
        let mut fields = Fields::new(&settings, node, faults);
        let overrides = Overrides::of(&mut fields);
        fields.finish();
        overrides
    }

    fn of(fields: &mut Fields<'_, '_>) -> Self {
        Overrides {
            venue: read_venue(fields),
            status: fields.choice("status", &STATUSES),
            online: web_address(fields, "online"),
            cost: super::read_cost(fields),
            organiser: fields.text("organiser"),
            audience: fields.text("audience"),
            booking: read_booking(fields),
            contact: fields.map("contact", read_contact),
            access: fields.texts("access"),
        }
    }

    /// An event with what is said here in the place of what it says.
    pub fn put_into(&self, event: Event) -> Event {
        let known = self.clone();
        Event {
            venue: known.venue.or(event.venue),
            status: known.status.unwrap_or(event.status),
            online: known.online.or(event.online),
            cost: known.cost.or(event.cost),
            organiser: known.organiser.or(event.organiser),
            audience: known.audience.or(event.audience),
            booking: known.booking.or(event.booking),
            contact: known.contact.or(event.contact),
            access: event.access.into_iter().chain(known.access).collect(),
            ..event
        }
    }
}

/// One word, so that it stands on a line of its own wherever it is written.
fn read_uid(text: &str) -> Result<String, Fault> {
    let is_word = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    is_word.then(|| text.to_owned()).ok_or_else(|| Fault {
        message: format!("`{text}` cannot be the identity of an event"),
        help: "write the UID that calendars know, in one word, such as `uid: 1234@old.example.org`, or leave it out"
            .to_owned(),
    })
}

/// The start, and whether it is a whole day, which one can tell of a date that cannot be read, too.
fn read_start(fields: &mut Fields<'_, '_>, zone: Option<&TimeZone>) -> (Option<Located<When>>, Option<bool>) {
    if !fields.has("start") {
        let bytes = fields.key_bytes("start");
        let help = match fields.names("date") {
            true => "if `date:` is when the event begins, call it `start:`; `date:` is when the page was published",
            false => "add `start: 2026-05-21 10:00`, or the date alone for a whole day",
        };
        fields.lacks("start", &codes::event::START_MISSING, bytes, "the event does not say when it begins", help);
    }
    let Some(written) = fields.located("start") else { return (None, None) };
    match date::parse(&written.value) {
        Ok(value) => {
            let start = Located { value, bytes: written.bytes };
            let is_day = Some(value.is_day());
            (Some(start).filter(|start| has_offset_of(zone, start, fields)), is_day)
        }
        Err(fault) => {
            fields.wrong(&codes::field::NOT_A_DATE, written.bytes, fault.message, fault.help);
            (None, Some(!date::names_a_time(&written.value)))
        }
    }
}

/// The end; of a time alone it says which date is to stand before it.
fn read_end(fields: &mut Fields<'_, '_>, start: Option<When>) -> Option<Located<When>> {
    let read = |text: &str| {
        date::parse(text).map_err(|fault| match (date::parse_time(text), start) {
            (Ok(time), Some(start)) => Fault {
                message: format!("`{text}` is a time without its date"),
                help: format!("write `end: {} {}`", start.date(), time.strftime("%H:%M")),
            },
            _ => fault,
        })
    };
    fields.parsed("end", &codes::field::NOT_A_DATE, read)
}

/// An event that is called off in a field of its own.
///
/// Reports: `event/status-elsewhere`.
fn check_off(fields: &mut Fields<'_, '_>) {
    for (name, status) in OFF {
        let bytes = fields.key_bytes(name);
        if fields.names(name) && fields.flag(name) == Some(true) {
            let message = format!("`{name}` is no field of an event, so it would be shown as if it took place");
            fields.wrong(&codes::event::STATUS_ELSEWHERE, bytes, message, format!("write `status: {status}`"));
        }
    }
}

/// Whether a time has an offset that can be meant: none, that of UTC, or one that the zone has at that time.
///
/// Reports: `event/offset-not-of-zone`.
fn has_offset_of(zone: Option<&TimeZone>, when: &Located<When>, fields: &mut Fields<'_, '_>) -> bool {
    let (When::Instant(moment, offset), Some(zone)) = (when.value, zone) else { return true };
    let there = zone.to_offset(moment);
    if offset == Offset::UTC || offset == there {
        return true;
    }
    let local = offset.to_datetime(moment);
    let minutes = offset.seconds().unsigned_abs() / 60;
    let written = format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let is_end = offset.is_negative() && date::parse_time(&written).is_ok_and(|end| end > local.time());
    let fault = if is_end {
        Fault {
            help: format!("write the start alone, and add `end: {} {written}`", local.date()),
            ..date::two_times(&format!("{:02}:{:02}-{written}", local.hour(), local.minute()))
        }
    } else {
        let sign = if offset.is_negative() { '-' } else { '+' };
        let name = zone.iana_name().unwrap_or("the time zone of the event");
        let day = date::words::day(local.date());
        Fault {
            message: format!("`{sign}{written}` is not an offset from UTC that {name} has on {day}"),
            help: format!("leave it out for a time as clocks in {name} show it, or add a `timezone:` that has it"),
        }
    };
    fields.wrong(&codes::event::OFFSET_NOT_OF_ZONE, when.bytes.clone(), fault.message, fault.help);
    false
}

fn check_end(
    fields: &mut Fields<'_, '_>,
    (start, is_day): (Option<&Located<When>>, Option<bool>),
    end: Option<&Located<When>>,
    duration: Option<&Located<Span>>,
) {
    if let (Some(_), Some(duration)) = (end, duration) {
        let message = "the event has both an `end` and a `duration`";
        fields.wrong(&codes::event::TWO_ENDS, duration.bytes.clone(), message, "delete one of the two");
    }
    let Some(end) = end else { return };
    if is_day.is_some_and(|is_day| is_day != end.value.is_day()) {
        let message = "one of `start` and `end` has a time and the other has none";
        fields.wrong(
            &codes::event::MIXED_DAY_AND_TIME,
            end.bytes.clone(),
            message,
            "write both with a time, or both without",
        );
    } else if start.is_some_and(|start| is_not_after(start.value, end.value)) {
        let message = "the event would end before it starts";
        fields.wrong(&codes::event::END_BEFORE_START, end.bytes.clone(), message, "check `start` and `end`");
    }
}

/// Whole days may end on the day on which they begin; times must go on.
fn is_not_after(start: When, end: When) -> bool {
    match (start, end) {
        (When::Day(start), When::Day(end)) => end < start,
        (When::Local(start), When::Local(end)) => end <= start,
        (When::Instant(start, _), When::Instant(end, _)) => end <= start,
        _ => end.date() < start.date(),
    }
}

fn read_repeats(fields: &mut Fields<'_, '_>) -> Repeats {
    let mut repeats = Repeats {
        every: fields.located("every"),
        on: fields.texts("on"),
        rule: fields.located("rule"),
        until: fields.when("until"),
        count: fields.number("count"),
        except: fields.whens("except"),
        extra: fields.whens("extra"),
        skip: fields.texts("skip"),
        bytes: 0..0,
    };
    if repeats.every.is_none() && repeats.rule.is_none() && repeats.extra.is_empty() {
        fields.missing("every", "every: week");
    }
    if let (Some(_), Some(rule)) = (&repeats.every, &repeats.rule) {
        let message = "the event repeats by `every` and by `rule` at once";
        fields.wrong(&codes::event::TWO_ENDS, rule.bytes.clone(), message, "delete one of the two");
    }
    if let (Some(until), Some(_)) = (&repeats.until, repeats.count) {
        let message = "the series ends with `until` and with `count` at once";
        fields.wrong(&codes::event::TWO_ENDS, until.bytes.clone(), message, "delete one of the two");
        repeats.count = None;
    }
    repeats
}

fn read_change(fields: &mut Fields<'_, '_>) -> Option<Change> {
    if !fields.has("on") {
        fields.missing("on", "on: 2026-06-09");
    }
    let on = fields.when("on");
    let day = on.as_ref().map(|on| on.value.date());
    let change = (
        read_time_or_when(fields, "start", day),
        read_time_or_when(fields, "end", day),
        read_venue(fields),
        fields.flag("cancelled").unwrap_or(false),
        fields.text("note"),
    );
    let (start, end, venue, is_cancelled, note) = change;
    on.map(|on| Change { on, start, end, venue, is_cancelled, note })
}

/// A time of the day in question, or a date with a time.
fn read_time_or_when(fields: &mut Fields<'_, '_>, name: &'static str, day: Option<Date>) -> Option<When> {
    let read = |text: &str| match (date::parse_time(text), day) {
        (Ok(time), Some(day)) => Ok(When::Local(day.to_datetime(time))),
        _ => date::parse(text),
    };
    fields.parsed(name, &codes::field::NOT_A_DATE, read).map(|when| when.value)
}

fn read_booking(fields: &mut Fields<'_, '_>) -> Option<Booking> {
    let node = fields.node("booking")?;
    if let Value::Text(_) = node.value {
        return fields.parsed("booking", &codes::field::NOT_ONE_OF, read_drop_in).map(|_| Booking::DropIn);
    }
    Some(fields.map_of("booking", node, |fields| Booking::Needed {
        url: web_address(fields, "url"),
        email: fields.parsed("email", &codes::field::NOT_AN_ADDRESS, email).map(|email| email.value),
        phone: phone::read(fields),
        opens: fields.when("opens").map(|when| when.value),
        closes: fields.when("closes").map(|when| when.value),
    }))
}

/// Reads `drop-in`; of anything else it says how booking is written.
fn read_drop_in(text: &str) -> Result<(), Fault> {
    let plain = text.to_lowercase().replace([' ', '_'], "-");
    if plain == "drop-in" {
        return Ok(());
    }
    let help = if nearest(&plain, ["drop-in"]).is_some() {
        "did you mean `drop-in`?".to_owned()
    } else if text.contains("://") {
        format!("write `booking: {{url: '{text}'}}`")
    } else if email(text).is_ok() {
        format!("write `booking: {{email: {text}}}`")
    } else if let Some(url) = with_scheme(text) {
        format!("write `booking: {{url: '{url}'}}`")
    } else if !text.contains(char::is_alphabetic) && text.contains(|c: char| c.is_ascii_digit()) {
        format!("write `booking: {{phone: '{text}'}}`")
    } else {
        "write how people book, as in `booking: {phone: 01632 960123}`, or `booking: drop-in` where nobody needs to"
            .to_owned()
    };
    Err(Fault { message: format!("`{text}` does not say how people book"), help })
}

#[cfg(test)]
mod tests {
    use super::super::read_for_test;
    use super::*;

    const WHEN: &str = "start: 2026-05-21 10:00\nend: 2026-05-21 12:00\n";

    fn check(yaml: &str, expected: &str) {
        let found = read_for_test(yaml, read);
        assert!(found.contains(expected), "{yaml}\n{found}");
    }

    fn check_with_when(yaml: &str, expected: &str) {
        check(&format!("{WHEN}{yaml}"), expected);
    }

    #[test]
    fn an_event_that_is_off_says_so_in_its_status() {
        check_with_when("cancelled: true", "event/status-elsewhere [cancelled]");
        check_with_when("canceled: yes", "write `status: cancelled`");
        check_with_when("postponed: yes", "write `status: postponed`");
        check_with_when("cancelled: no", "status: Scheduled");
        check("date: 2026-05-21", "if `date:` is when the event begins, call it `start:`");
    }

    #[test]
    fn an_offset_is_that_of_the_zone_or_a_range_in_disguise() {
        check(
            "start: 2026-06-02T10:00:00+01:00\ntimezone: Europe/London\nduration: 1 hour",
            "value: Instant(2026-06-02T09:00:00Z",
        );
        check("start: 2026-06-02T09:00:00Z\nduration: 1 hour", "value: Instant(2026-06-02T09:00:00Z");
        check("start: 2026-06-02T10:00:00+02:00\ntimezone: Europe/Paris\nduration: 1 hour", "value: Instant(2026");
        for written in ["10:00-12:00", "10:00 -12:00", "10:00 - 12:00", "10am to 12pm"] {
            let found = read_for_test(&format!("start: 2026-12-01 {written}\n"), read);
            assert_eq!(found.matches("is two times, and one belongs here").count(), 1, "{written}: {found}");
            assert!(found.contains("`end") && !found.contains("does not say when"), "{written}: {found}");
        }
        check(
            "start: 2026-12-01T10:00+05:30\ntimezone: Europe/London\nduration: 1 hour",
            "`+05:30` is not an offset from UTC that Europe/London has on 1 December 2026",
        );
        check("start: 2026-06-02 10:00\nend: 2026-06-02T12:00-05:00", "`-05:00` is not an offset from UTC");
    }

    #[test]
    fn fields_of_an_event() {
        check(WHEN, "value: Local(2026-05-21T10:00:00)");
        check("start: 21 May 2026\nend: 23 May 2026", "end: Some(Located { value: Day(2026-05-23)");
        check("start: 2026-05-21 10:00\nduration: 90 minutes", "duration: Some(Located { value: ");
        check_with_when("timezone: europe/paris", "timezone_name: Some(\"Europe/Paris\")");
        check_with_when("repeats: {every: 2 weeks, on: [tuesday], until: 2026-12-31}", "value: \"2 weeks\"");
        check_with_when(
            "repeats: {rule: FREQ=WEEKLY, except: [2026-06-02], extra: [2026-06-03], skip: [hols]}",
            "value: \"hols\"",
        );
        check_with_when("repeats: {every: week, count: 4}", "count: Some(4)");
        check_with_when(
            "changes: [{on: 2026-06-09, start: 11am, end: '12:30'}]",
            "start: Some(Local(2026-06-09T11:00:00)), end: Some(Local(2026-06-09T12:30:00))",
        );
        check_with_when(
            "changes: [{on: 2026-06-09, venue: hall, cancelled: true, note: Sorry}]",
            "is_cancelled: true, note: Some(\"Sorry\")",
        );
        check_with_when("status: moved-online", "status: MovedOnline");
        check_with_when("venue: {name: Mill Hall, postcode: ZZ1 1ZZ}", "Described(PlaceFields { name: \"Mill Hall\"");
        check_with_when("online: https://example.org/join", "online: Some(\"https://example.org/join\")");
        check_with_when("cost: £2", "cost: Some(\"£2\")");
        check_with_when("booking: drop-in", "booking: Some(DropIn)");
        check_with_when(
            "booking: {url: https://example.org, email: a@example.org, phone: '123', opens: 2026-05-01, closes: 2026-05-20 17:00}",
            "closes: Some(Local(2026-05-20T17:00:00))",
        );
        check_with_when("organiser: Mill Trust\naudience: Adults", "organiser: Some(\"Mill Trust\")");
        check_with_when("contact: {phone: '123'}", "contact: Some(Contact { phone: Some(\"123\")");
        check_with_when("access: [step-free]", "value: \"step-free\"");
        check_with_when("uid: old-id@example.org", "value: \"old-id@example.org\"");
    }

    #[test]
    fn wrong_values_of_an_event() {
        check("end: 2026-05-21", "event/start-missing");
        check("start: 05/06/2026", "field/not-a-date [05/06/2026]");
        check("start: 2026-05-21 10:00", "event/end-missing [2026-05-21 10:00]");
        check("start: 2026-05-21 10:00\nend: 2026-05-21 09:00", "event/ends-before-it-starts [2026-05-21 09:00]");
        check("start: 2026-05-21\nend: 2026-05-20", "event/ends-before-it-starts");
        check("start: 2026-05-21 10:00\nend: 2026-05-21", "event/day-and-time-mixed");
        check_with_when("duration: long", "field/not-a-length-of-time [long]");
        check_with_when("duration: 2 hours", "event/two-ends [2 hours]");
        check_with_when("timezone: Europe/Lundon", "did you mean `Europe/London`?");
        check_with_when("repeats: weekly", "field/not-a-map [weekly]");
        check_with_when("repeats: {on: [tuesday]}", "`every` is missing in `repeats`");
        check_with_when("repeats: {every: week, rule: FREQ=WEEKLY}", "event/two-ends [FREQ=WEEKLY]");
        check_with_when("repeats: {every: week, until: 2026-12-31, count: 3}", "event/two-ends [2026-12-31]");
        check_with_when("repeats: {every: week, count: many}", "field/not-a-number [many]");
        check_with_when("repeats: {every: week, except: [x]}", "field/not-a-date [x]");
        check_with_when("repeats: {every: week, extra: [x]}", "field/not-a-date [x]");
        check_with_when("changes: [{cancelled: true}]", "`on` is missing in `changes`");
        check_with_when("changes: [{on: 2026-06-09, start: elevenish}]", "field/not-a-date [elevenish]");
        check_with_when("changes: [{on: 2026-06-09, cancelled: perhaps}]", "field/not-yes-or-no [perhaps]");
        check_with_when("status: canceled", "did you mean `cancelled`?");
        check_with_when("online: example.org", "field/not-an-address [example.org]");
        check_with_when("booking: dropin", "did you mean `drop-in`?");
        check_with_when("booking: {email: a}", "field/not-an-address [a]");
        check_with_when("contact: nobody", "field/not-a-map [nobody]");
        check_with_when("uid: [a]", "field/not-text");
    }
}
