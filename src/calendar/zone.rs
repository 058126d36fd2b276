//! A time zone as a calendar file describes it (VTIMEZONE, RFC 5545 §3.6.5), from the database that is
//! compiled in.
//!
//! 1. The changes that the zone makes every year, for ever, become one rule each, which starts in the
//!    first year from which it has held without a break (London: 1981 in spring, 1996 in autumn).
//! 2. Every other change in the years that a feed covers becomes a part of its own, and so does the last
//!    one before them.
//! 3. A zone without any change gets one STANDARD part.
//!
//! **Invariant:** no RDATE, no seconds in an offset, and nothing of the clock: the same zone data and the
//! same years give the same text.

use ical::parser::ical::component::{IcalTimeZone, IcalTimeZoneTransition, IcalTimeZoneTransitionType};
use ical::property::Property;
use jiff::civil::{Date, DateTime, Time, Weekday, date};
use jiff::tz::{Dst, Offset, TimeZone, TimeZoneTransition};
use jiff::{Span, Timestamp};

use super::recurrence::DayOfWeek;
use crate::date::words as date_words;

/// The years whose changes show what a zone does every year: after the last change that the database
/// names singly (2087), and 28 of them, after which dates fall on the same weekdays again.
const TYPICAL_YEARS: std::ops::Range<i16> = 2104..2132;

/// The description of `zone` for events from `first_year` to `last_year`. Without a last year single
/// changes are listed for 25 years, and to 2037 at least.
pub fn describe(zone: &TimeZone, name: &str, first_year: i16, last_year: Option<i16>) -> IcalTimeZone {
    let last_year = last_year.unwrap_or((first_year + 25).max(2037)).clamp(first_year, 9000);
    let rules = yearly_rules(zone);
    // A day on each side, since a year begins at another moment in each zone.
    let begin = moment(first_year).saturating_sub(Span::new().hours(24)).unwrap_or(Timestamp::MIN);
    let end = moment(last_year + 1).saturating_add(Span::new().hours(24)).unwrap_or(Timestamp::MAX);

    let mut parts: Vec<(DateTime, IcalTimeZoneTransition)> =
        rules.iter().map(|rule| (rule.since, part(&rule.change, rule.since, Some(rule.text())))).collect();
    let is_new = |change: &Change| !rules.iter().any(|rule| rule.covers(change));
    match change_before(zone, begin) {
        Some(change) if change.local.year() >= 1970 => {
            if is_new(&change) {
                parts.push((change.local, part(&change, change.local, None)));
            }
        }
        // What was before 1970 does not matter, and its offsets may have seconds.
        earlier => {
            if earlier.as_ref().is_none_or(&is_new) {
                let change = Change::none(zone, begin);
                let since = date(first_year.min(1970), 1, 1).at(0, 0, 0, 0);
                parts.push((since, part(&change, since, None)));
            }
        }
    }
    let single = changes_after(zone, begin).take_while(|change| change.at < end).filter(is_new);
    parts.extend(single.map(|change| (change.local, part(&change, change.local, None))));
    parts.sort_by_key(|(since, _)| *since);

    IcalTimeZone {
        properties: vec![property("TZID", name.to_owned())],
        transitions: parts.into_iter().map(|(_, part)| part).collect(),
    }
}

/// One change of a zone's offset.
#[derive(Clone, Debug)]
struct Change {
    at: Timestamp,
    /// When, on a clock that has not yet changed.
    local: DateTime,
    from: Offset,
    to: Offset,
    name: String,
    is_daylight: bool,
    /// Whether a clock or its name shows it; the database also notes changes of law.
    shows: bool,
}

/// A change that comes every year.
struct Yearly {
    change: Change,
    since: DateTime,
    day: DayOfYear,
}

/// On which day of each year a change comes.
enum DayOfYear {
    Weekday(i8, DayOfWeek),
    /// A weekday among some days of a month, where it is neither the n-th nor the last of the month.
    WeekdayAmong(i8, Weekday, std::ops::RangeInclusive<i8>),
    Day(i8, i8),
}

impl Change {
    fn new(zone: &TimeZone, transition: &TimeZoneTransition<'_>) -> Self {
        let at = transition.timestamp();
        let just_before = at.saturating_sub(Span::new().seconds(1)).unwrap_or(at);
        let before = zone.to_offset_info(just_before);
        let (from, to) = (minutes(before.offset()), minutes(transition.offset()));
        // Ireland calls its winter the exception: what counts for a reader is the later clock.
        let is_daylight = to > from && (transition.dst() == Dst::Yes || before.dst() == Dst::Yes)
            || to == from && transition.dst() == Dst::Yes;
        Change {
            at,
            local: from.to_datetime(at),
            from,
            to,
            name: transition.abbreviation().to_owned(),
            is_daylight,
            shows: from != to || before.abbreviation() != transition.abbreviation(),
        }
    }

    /// The offset at a moment, as though it had always been so.
    fn none(zone: &TimeZone, at: Timestamp) -> Self {
        let info = zone.to_offset_info(at);
        let offset = minutes(info.offset());
        Change {
            at,
            local: offset.to_datetime(at),
            from: offset,
            to: offset,
            name: info.abbreviation().to_owned(),
            is_daylight: false,
            shows: true,
        }
    }

    fn is_like(&self, other: &Change) -> bool {
        (self.from, self.to, &self.name, self.local.time()) == (other.from, other.to, &other.name, other.local.time())
    }
}

impl Yearly {
    fn covers(&self, change: &Change) -> bool {
        change.local >= self.since && change.is_like(&self.change) && self.day.is(change.local.date())
    }

    fn text(&self) -> String {
        format!("FREQ=YEARLY;{}", self.day.text())
    }
}

impl DayOfYear {
    /// From the days on which a change came in the typical years; nothing where they follow no rule.
    fn of(days: &[Date]) -> Option<Self> {
        let first = days.first()?;
        let month = first.month();
        let weekday = first.weekday();
        if days.iter().any(|day| day.month() != month) {
            return None;
        }
        let numbers = days.iter().map(|day| day.day());
        let (low, high) = (numbers.clone().min()?, numbers.max()?);
        if low == high {
            return Some(DayOfYear::Day(month, low));
        }
        if high - low > 6 || days.iter().any(|day| day.weekday() != weekday) {
            return None;
        }
        let is_last_week = days.iter().all(|day| day.day() + 7 > day.days_in_month());
        Some(match low {
            _ if is_last_week => DayOfYear::Weekday(month, DayOfWeek { ordinal: Some(-1), weekday }),
            1 | 8 | 15 | 22 => DayOfYear::Weekday(month, DayOfWeek { ordinal: Some(i16::from(low / 7) + 1), weekday }),
            _ => DayOfYear::WeekdayAmong(month, weekday, low..=high),
        })
    }

    fn is(&self, day: Date) -> bool {
        match self {
            DayOfYear::Day(month, number) => (day.month(), day.day()) == (*month, *number),
            DayOfYear::WeekdayAmong(month, weekday, numbers) => {
                (day.month(), day.weekday()) == (*month, *weekday) && numbers.contains(&day.day())
            }
            DayOfYear::Weekday(month, DayOfWeek { ordinal, weekday }) => {
                let is_that_one = match ordinal {
                    Some(-1) => day.day() + 7 > day.days_in_month(),
                    Some(number) => i16::from((day.day() - 1) / 7) + 1 == *number,
                    None => false,
                };
                (day.month(), day.weekday()) == (*month, *weekday) && is_that_one
            }
        }
    }

    fn text(&self) -> String {
        match self {
            DayOfYear::Day(month, number) => format!("BYMONTH={month};BYMONTHDAY={number}"),
            DayOfYear::Weekday(month, day) => format!("BYMONTH={month};BYDAY={day}"),
            DayOfYear::WeekdayAmong(month, weekday, numbers) => {
                let numbers: Vec<String> = numbers.clone().map(|number| number.to_string()).collect();
                let weekday = DayOfWeek { ordinal: None, weekday: *weekday };
                format!("BYMONTH={month};BYMONTHDAY={};BYDAY={weekday}", numbers.join(","))
            }
        }
    }
}

/// The changes that come every year without end, each with the first year from which it has.
fn yearly_rules(zone: &TimeZone) -> Vec<Yearly> {
    let typical: Vec<Change> = changes_after(zone, moment(TYPICAL_YEARS.start))
        .take_while(|change| change.local.year() < TYPICAL_YEARS.end)
        .collect();
    let mut rules: Vec<Yearly> = Vec::new();
    for change in typical.iter().take_while(|change| change.local.year() == TYPICAL_YEARS.start) {
        let alike: Vec<Date> = typical.iter().filter(|c| c.is_like(change)).map(|c| c.local.date()).collect();
        if alike.len() == TYPICAL_YEARS.len()
            && let Some(day) = DayOfYear::of(&alike)
        {
            rules.push(Yearly { change: change.clone(), since: change.local, day });
        }
    }
    // Back year by year, as long as none is missing.
    let mut still_holds = vec![true; rules.len()];
    for transition in zone.preceding(moment(TYPICAL_YEARS.start)) {
        let change = Change::new(zone, &transition);
        for (rule, holds) in rules.iter_mut().zip(&mut still_holds) {
            let next_year = rule.since.year();
            *holds &= change.local.year() >= next_year - 1;
            if *holds
                && change.local.year() == next_year - 1
                && change.is_like(&rule.change)
                && rule.day.is(change.local.date())
            {
                rule.since = change.local;
            }
        }
        if !still_holds.contains(&true) {
            break;
        }
    }
    rules
}

fn changes_after(zone: &TimeZone, moment: Timestamp) -> impl Iterator<Item = Change> + '_ {
    zone.following(moment).map(|transition| Change::new(zone, &transition)).filter(|change| change.shows)
}

fn change_before(zone: &TimeZone, moment: Timestamp) -> Option<Change> {
    zone.preceding(moment).map(|transition| Change::new(zone, &transition)).find(|change| change.shows)
}

fn part(change: &Change, since: DateTime, rule: Option<String>) -> IcalTimeZoneTransition {
    let mut properties = vec![
        property("TZOFFSETFROM", offset(change.from)),
        property("TZOFFSETTO", offset(change.to)),
        property("TZNAME", super::text::escape(&change.name)),
        property("DTSTART", date_words::compact(since)),
    ];
    properties.extend(rule.map(|rule| property("RRULE", rule)));
    let transition =
        if change.is_daylight { IcalTimeZoneTransitionType::DAYLIGHT } else { IcalTimeZoneTransitionType::STANDARD };
    IcalTimeZoneTransition { transition, properties }
}

fn property(name: &str, value: String) -> Property {
    Property { name: name.to_owned(), params: None, value: Some(value) }
}

/// The start of a year in UTC.
fn moment(year: i16) -> Timestamp {
    let start = Date::new(year.clamp(1, 9998), 1, 1).unwrap_or(date(1970, 1, 1));
    Offset::UTC.to_timestamp(DateTime::from_parts(start, Time::midnight())).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// An offset without seconds, which Outlook refuses.
fn minutes(offset: Offset) -> Offset {
    Offset::from_seconds(offset.seconds() / 60 * 60).unwrap_or(offset)
}

/// `+0100` (RFC 5545 §3.3.14).
fn offset(offset: Offset) -> String {
    crate::date::words::offset_with_colon(offset).replace(':', "")
}

#[cfg(test)]
mod tests;
