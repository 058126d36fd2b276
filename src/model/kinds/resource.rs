//! Resources: sources of help, the entries of the directory.

use std::ops::Range;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Details, Kind, KindRow, Misplaced};
use crate::codes;
use crate::config::{Contact, read_contact};
use crate::date::{self, When};
use crate::fields::{Fields, Located, OPENING};
use crate::model::place::{VenueRef, read_venue};

pub const KIND: KindRow = KindRow {
    kind: Kind::Resource,
    name: "resource",
    folder: Some("resources"),
    has_dated_names: false,
    misplaced: MISPLACED,
    read,
};

/// Names that people write for fields of a source of help.
const MISPLACED: Misplaced = &[
    (&["phone", "telephone", "tel", "mobile"], "write it as `contact: {phone: ...}`"),
    (&["email", "e_mail", "mail"], "write it as `contact: {email: ...}`"),
    (&["website", "web", "url", "link", "homepage"], "write it as `contact: {website: ...}`"),
    (&["address", "postcode"], "write it as `contact: {address: ...}`"),
    (
        &["hours", "opening_hours", "opening_times", "times", "opens", "closes", "open"],
        "write it as `opening: [{days: [monday], opens: 9am, closes: 5pm}]`",
    ),
    (&["location", "place", "where"], "write `venue:` with an id from venues.yaml, or `contact: {address: ...}`"),
    (&["price", "fee", "charge"], "write it as `cost:`"),
    (&["organisation", "organization", "organiser", "run_by"], "write it as `provider:`"),
    (
        &["age", "ages", "minimum_age", "maximum_age", "who"],
        "write it as `eligibility: {text: ..., minimum_age: ..., maximum_age: ...}`",
    ),
    (&["refer", "referrals", "how_to_refer"], "write `referral: self`, `professional` or `both`"),
    (&["last_checked", "verified"], "write it as `checked:`"),
    (&["accessibility", "facilities"], "write ids as `access:`, such as `access: [step-free]`"),
];

/// A source of help.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Resource {
    pub provider: Option<String>,
    pub contact: Contact,
    pub venue: Option<VenueRef>,
    pub opening: Vec<Opening>,
    /// `free` or words.
    pub cost: Option<String>,
    pub eligibility: Eligibility,
    pub referral: Option<Referral>,
    pub languages: Vec<String>,
    /// Access facts, by id.
    pub access: Vec<Located<String>>,
    pub status: Status,
    /// When somebody last confirmed the entry.
    pub checked: Option<When>,
}

/// When a source of help is open, on one day or several.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Opening {
    /// Monday first.
    #[serde(with = "weekdays")]
    pub days: Vec<Weekday>,
    /// Nothing where only a note is given.
    pub opens: Option<Time>,
    /// No later than `opens` where it is a time of the night after; midnight is the end of the day.
    pub closes: Option<Time>,
    pub note: Option<String>,
}

/// Weekdays by their numbers, Monday 1.
mod weekdays {
    use jiff::civil::Weekday;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(days: &[Weekday], serializer: S) -> Result<S::Ok, S::Error> {
        days.iter().map(|day| day.to_monday_one_offset()).collect::<Vec<i8>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Weekday>, D::Error> {
        let numbers = Vec::<i8>::deserialize(deserializer)?;
        numbers.into_iter().map(|number| Weekday::from_monday_one_offset(number).map_err(D::Error::custom)).collect()
    }
}

/// Who can use it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Eligibility {
    pub text: Option<String>,
    pub minimum_age: Option<u32>,
    pub maximum_age: Option<u32>,
}

/// Who may make the first contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Referral {
    Own,
    Professional,
    Both,
}

/// Whether it takes people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    Open,
    TemporarilyClosed,
    WaitingList,
    Closed,
}

/// So long is hardly anything open at a stretch.
const LONGEST_HOURS: u32 = 16;

const REFERRALS: [(&str, Referral); 3] =
    [("self", Referral::Own), ("professional", Referral::Professional), ("both", Referral::Both)];

const STATUSES: [(&str, Status); 4] = [
    ("open", Status::Open),
    ("temporarily-closed", Status::TemporarilyClosed),
    ("waiting-list", Status::WaitingList),
    ("closed", Status::Closed),
];

const DAYS: [(&str, &[Weekday]); 10] = {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    [
        ("monday", &[Monday]),
        ("tuesday", &[Tuesday]),
        ("wednesday", &[Wednesday]),
        ("thursday", &[Thursday]),
        ("friday", &[Friday]),
        ("saturday", &[Saturday]),
        ("sunday", &[Sunday]),
        ("weekdays", &[Monday, Tuesday, Wednesday, Thursday, Friday]),
        ("weekends", &[Saturday, Sunday]),
        ("every-day", &[Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday]),
    ]
};

impl Opening {
    /// Whether it is open from midnight to midnight.
    pub fn is_day_and_night(&self) -> bool {
        self.opens == Some(Time::midnight()) && self.closes == Some(Time::midnight())
    }

    /// The hours of the day on which it opens: from, and to where that is before midnight.
    pub fn hours_of_the_day(&self) -> Option<(Time, Option<Time>)> {
        let (opens, closes) = (self.opens?, self.closes?);
        Some((opens, Some(closes).filter(|closes| *closes > opens)))
    }

    /// For how many hours it is open, the last one begun.
    fn length_hours(&self) -> Option<u32> {
        let minute =
            |time: Time| u32::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or_default();
        let (opens, closes) = (minute(self.opens?), minute(self.closes?));
        let closes = if closes <= opens { closes + 24 * 60 } else { closes };
        Some((closes - opens).div_ceil(60))
    }

    /// Whether it and another one name times of one day of which both are a part.
    fn overlaps(&self, other: &Opening, day: Weekday) -> bool {
        let times = |opening: &Opening| {
            let (opens, closes) = opening.hours_of_the_day().filter(|_| opening.days.contains(&day))?;
            Some((opens, closes.unwrap_or(Time::MAX)))
        };
        match (times(self), times(other)) {
            (Some((opens, closes)), Some((other_opens, other_closes))) => opens < other_closes && other_opens < closes,
            _ => false,
        }
    }

    /// Until when it is open in the night after.
    pub fn after_midnight(&self) -> Option<Time> {
        let (opens, closes) = (self.opens?, self.closes?);
        Some(closes).filter(|closes| *closes <= opens && *closes != Time::midnight())
    }
}

impl Status {
    /// The word that front matter and templates use.
    pub fn word(self) -> &'static str {
        STATUSES.iter().find(|(_, status)| *status == self).map_or("open", |(word, _)| word)
    }
}

fn read(fields: &mut Fields<'_, '_>, _: &TimeZone) -> Option<Details> {
    let eligibility = fields.map("eligibility", |fields| Eligibility {
        text: fields.text("text"),
        minimum_age: fields.number("minimum_age"),
        maximum_age: fields.number("maximum_age"),
    });
    let opening = read_hours(fields);
    Some(Details::Resource(Box::new(Resource {
        provider: fields.text("provider"),
        contact: fields.map("contact", read_contact).unwrap_or_default(),
        venue: read_venue(fields),
        opening,
        cost: super::read_cost(fields),
        eligibility: eligibility.unwrap_or_default(),
        referral: fields.choice("referral", &REFERRALS),
        languages: fields.texts("languages").into_iter().map(|language| language.value).collect(),
        access: fields.texts("access"),
        status: fields.choice("status", &STATUSES).unwrap_or(Status::Open),
        checked: fields.when("checked").map(|when| when.value),
    })))
}

/// Reads `opening`.
///
/// Reports: `field/check-opening-hours` for two times on one day that overlap.
fn read_hours(fields: &mut Fields<'_, '_>) -> Vec<Opening> {
    let read = fields.maps("opening", read_opening);
    for (at, (opening, bytes)) in read.iter().enumerate() {
        let overlaps = |day: &&Weekday| read[..at].iter().any(|(other, _)| opening.overlaps(other, **day));
        if let Some(day) = opening.days.iter().find(overlaps) {
            let name = DAYS.iter().find(|(_, days)| *days == [*day]).map_or("", |(name, _)| name);
            let message = format!("two times on `{name}` overlap");
            let help = "take the day out of one of the two, or give each its own hours";
            fields.wrong(&codes::field::CHECK_OPENING_HOURS, bytes.clone(), message, help);
        }
    }
    read.into_iter().map(|(opening, _)| opening).collect()
}

/// One entry with the place of its opening time.
fn read_opening(fields: &mut Fields<'_, '_>) -> (Opening, Range<usize>) {
    if fields.is_map() && !["days", "opens", "closes", "note"].into_iter().any(|name| fields.has(name)) {
        fields.not_of_form("`opening` says neither days nor hours that we can read", OPENING);
    }
    let mut days: Vec<Weekday> = fields.choices("days", &DAYS).concat();
    days.sort_unstable_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    let opens = fields.parsed("opens", &codes::field::NOT_A_TIME, date::parse_time);
    let closes = fields.parsed("closes", &codes::field::NOT_A_TIME, read_closing);
    if let (Some(opens), Some(closes)) = (&opens, &closes)
        && closes.value == opens.value
        && closes.value != Time::midnight()
    {
        let message = "it would close when it opens";
        let help = "check the two times; what is open day and night opens at 00:00 and closes at 24:00";
        fields.wrong(&codes::event::END_BEFORE_START, closes.bytes.clone(), message, help);
    }
    let note = fields.text("note");
    let bytes = opens.as_ref().or(closes.as_ref()).map_or(0..0, |time| time.bytes.clone());
    let opening = Opening { days, opens: opens.map(|time| time.value), closes: closes.map(|time| time.value), note };
    if opening.days.is_empty() && !bytes.is_empty() {
        let help =
            "write the days, such as `days: [monday, thursday]`; without a time the entry says that people ask for one";
        fields.wrong(&codes::field::CHECK_OPENING_HOURS, bytes.clone(), "these hours have no day", help);
    }
    if let Some(hours) = opening.length_hours().filter(|hours| *hours > LONGEST_HOURS && !opening.is_day_and_night()) {
        let message = format!("it would be open for {hours} hours at a stretch");
        let help = "check the two times: is it am where pm is meant?";
        fields.wrong(&codes::field::CHECK_OPENING_HOURS, bytes.clone(), message, help);
    }
    (opening, bytes)
}

/// A time of day; the midnight that ends it is written as `24:00`, too.
fn read_closing(text: &str) -> Result<Time, date::Fault> {
    if matches!(text, "24:00" | "24.00") { Ok(Time::midnight()) } else { date::parse_time(text) }
}

#[cfg(test)]
mod tests {
    use super::super::read_for_test;
    use super::*;

    fn check(yaml: &str, expected: &str) {
        let found = read_for_test(yaml, read);
        assert!(found.contains(expected), "{yaml}\n{found}");
    }

    #[test]
    fn fields_of_a_resource() {
        check("provider: Mill Lane Trust", "provider: Some(\"Mill Lane Trust\")");
        check(
            "contact: {phone: 01632 960123, email: a@example.org, website: https://example.org, address: 1 Mill Lane}",
            "phone: Some(\"01632 960123\"), hours: None, email: Some(\"a@example.org\"), website: Some(\"https://example.org\")",
        );
        check("venue: mill-hall", "venue: Some(Named(Located { value: \"mill-hall\"");
        check(
            "opening: [{days: [weekdays], opens: '9am', closes: '17:00', note: Not in August}]",
            "days: [Monday, Tuesday, Wednesday, Thursday, Friday], opens: Some(09:00:00), closes: Some(17:00:00), note: Some(",
        );
        check("opening: [{days: [friday], opens: '18:00', closes: '01:00'}]", "closes: Some(01:00:00)");
        check("opening: [{days: [friday], opens: '18:00', closes: '24:00'}]", "closes: Some(00:00:00)");
        check("cost: free", "cost: Some(\"free\")");
        check(
            "eligibility: {text: Adults, minimum_age: 18, maximum_age: 99}",
            "text: Some(\"Adults\"), minimum_age: Some(18), maximum_age: Some(99)",
        );
        check("referral: both", "referral: Some(Both)");
        check("languages: [English, Polish]", "languages: [\"English\", \"Polish\"]");
        check("access: [step-free]", "value: \"step-free\"");
        check("status: waiting-list", "status: WaitingList");
        check("checked: 1 October 2026", "checked: Some(Day(2026-10-01))");
    }

    #[test]
    fn wrong_values_of_a_resource() {
        check("provider: [a]", "field/not-text [");
        check("contact: 01632 960123", "field/not-a-map [01632 960123]");
        check("contact: {email: nobody}", "field/not-an-address [nobody]");
        check(
            "contact: {website: www.example.org}",
            "write it with https:// at its start: `website: https://www.example.org`",
        );
        check("contact: {fone: 1}", "field/unknown [fone]");
        check("opening: [{days: [mondays]}]", "did you mean `monday`?");
        check("opening: [{days: [monday], opens: 25:00}]", "field/not-a-time [25:00]");
        check("opening: [{days: [monday], opens: '09:00', closes: 9am}]", "event/ends-before-it-starts [9am]");
        check("opening: [{days: [monday], opens: '24:00'}]", "field/not-a-time ['24:00']");
        check("cost: {a: b}", "field/not-text");
        check("cost: 3", "field/amount-without-currency [3] `3` does not say of what | write `cost: £3`");
        check("cost: 0", "cost: Some(\"0\")");
        check(
            "opening: [{days: [tuesday], opens: 9am, closes: 5am}]",
            "[9am] it would be open for 20 hours at a stretch",
        );
        check("opening: [{opens: 9am, closes: 10am}]", "field/check-opening-hours [9am] these hours have no day");
        check(
            "opening: [{days: [monday], opens: 9am, closes: 5pm}, {days: [weekdays], opens: 10am, closes: 4pm}]",
            "field/check-opening-hours [10am] two times on `monday` overlap",
        );
        check(
            "opening: [{days: [monday], opens: 9am, closes: 12am}, {days: [monday], opens: 18:00, closes: 01:00}]",
            "field/check-opening-hours [18:00] two times on `monday` overlap",
        );
        check(
            "opening: [{days: [monday], opens: 9am, closes: 1pm}, {days: [monday], opens: 1pm, closes: 5pm}]",
            "opens: Some(13:00:00)",
        );
        check("eligibility: {minimum_age: old}", "field/not-a-number [old]");
        check("referral: anyone", "field/not-one-of [anyone]");
        check("languages: {a: b}", "field/not-text");
        check("access: [{a: b}]", "field/not-text");
        check("status: opened", "did you mean `open`?");
        check("checked: yesterday", "field/not-a-date [yesterday]");
        check("venue: {address: Mill Lane}", "`name` is missing in `venue`");
    }
}
