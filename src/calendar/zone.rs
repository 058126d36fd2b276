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
        property("DTSTART", since.strftime("%Y%m%dT%H%M%S").to_string()),
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
mod tests {
    use ical::generator::Emitter;
    use jiff::tz::TimeZoneDatabase;

    use super::*;
    use crate::calendar::recurrence::Rule;

    fn check(name: &str, first: i16, last: Option<i16>, expected: &[&str]) {
        let described = describe(&crate::date::zone(name).unwrap(), name, first, last);
        let line = |part: &IcalTimeZoneTransition| {
            let values = part.properties.iter().filter_map(|property| property.value.clone());
            format!("{:?} {}", part.transition, values.collect::<Vec<_>>().join(" "))
        };
        assert_eq!(described.transitions.iter().map(line).collect::<Vec<_>>(), expected, "{name}");
    }

    #[test]
    fn london_is_written_in_full() {
        let london = describe(&crate::date::zone("Europe/London").unwrap(), "Europe/London", 2026, None);
        assert_eq!(
            london.generate(),
            "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n\
             BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nDTSTART:19810329T010000\r\n\
             RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
             BEGIN:STANDARD\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\nDTSTART:19961027T020000\r\n\
             RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        );
    }

    #[test]
    fn zones_of_other_kinds() {
        check("Asia/Kolkata", 2026, None, &["STANDARD +0530 +0530 IST 19700101T000000"]);
        check("Etc/UTC", 2026, None, &["STANDARD +0000 +0000 UTC 19700101T000000"]);
        check(
            "Europe/London",
            1995,
            None,
            &[
                "DAYLIGHT +0000 +0100 BST 19810329T010000 FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "STANDARD +0100 +0000 GMT 19941023T020000",
                "STANDARD +0100 +0000 GMT 19951022T020000",
                "STANDARD +0100 +0000 GMT 19961027T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            ],
        );
        check(
            "America/New_York",
            2026,
            None,
            &[
                "DAYLIGHT -0500 -0400 EDT 20070311T020000 FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
                "STANDARD -0400 -0500 EST 20071104T020000 FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
            ],
        );
        check(
            "Australia/Lord_Howe",
            2026,
            None,
            &[
                "STANDARD +1100 +1030 +1030 20080406T020000 FREQ=YEARLY;BYMONTH=4;BYDAY=1SU",
                "DAYLIGHT +1030 +1100 +11 20081005T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=1SU",
            ],
        );
        check(
            "Europe/Dublin",
            2026,
            None,
            &[
                "DAYLIGHT +0000 +0100 IST 19810329T010000 FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "STANDARD +0100 +0000 GMT 19961027T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            ],
        );
        check(
            "America/Nuuk",
            2026,
            None,
            &[
                "DAYLIGHT -0200 -0100 -01 20240330T230000 FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA",
                "STANDARD -0100 -0200 -02 20241027T000000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            ],
        );
        check(
            "Africa/Casablanca",
            2022,
            Some(2022),
            &[
                "DAYLIGHT +0000 +0100 +01 20210516T020000",
                "STANDARD +0100 +0000 +00 20220327T030000",
                "DAYLIGHT +0000 +0100 +01 20220508T020000",
            ],
        );
    }

    /// The offset that the description gives at a moment: that of the latest change up to it.
    fn offsets(described: &IcalTimeZone, last_year: i16) -> Vec<(Timestamp, Offset, Offset)> {
        let mut all = Vec::new();
        for part in &described.transitions {
            let get = |name: &str| part.properties.iter().find(|p| p.name == name).and_then(|p| p.value.as_deref());
            let read = |value: &str| {
                assert_eq!(value.len(), 5, "no seconds in an offset");
                let minutes = value[1..3].parse::<i32>().unwrap() * 60 + value[3..5].parse::<i32>().unwrap();
                Offset::from_seconds(if value.starts_with('-') { -60 } else { 60 } * minutes).unwrap()
            };
            let (from, to) = (read(get("TZOFFSETFROM").unwrap()), read(get("TZOFFSETTO").unwrap()));
            let start = DateTime::strptime("%Y%m%dT%H%M%S", get("DTSTART").unwrap()).unwrap();
            let days: Vec<Date> = match get("RRULE") {
                None => vec![start.date()],
                Some(rule) => {
                    let rule = Rule::parse(rule).unwrap();
                    let year = |year| Date::new(year, rule.by_month[0], 1).unwrap();
                    (start.year()..=last_year).filter_map(|y| day_in_month(&rule, year(y))).collect()
                }
            };
            all.extend(
                days.into_iter().map(|day| (from.to_timestamp(day.to_datetime(start.time())).unwrap(), from, to)),
            );
        }
        all.sort();
        all
    }

    /// The day of a month that a yearly rule gives, counted by hand.
    fn day_in_month(rule: &Rule, first: Date) -> Option<Date> {
        let days = first.series(Span::new().days(1)).take_while(|day| day.month() == first.month());
        let mut found = days.filter(|day| {
            (rule.by_month_day.is_empty() || rule.by_month_day.contains(&day.day()))
                && rule.by_day.iter().all(|by| {
                    by.weekday == day.weekday()
                        && by.ordinal.is_none_or(|n| match n {
                            -1 => day.day() + 7 > day.days_in_month(),
                            n => i16::from((day.day() - 1) / 7) + 1 == n,
                        })
                })
        });
        found.next()
    }

    #[test]
    fn every_zone_gives_the_offsets_of_the_database_from_2020_to_2037() {
        let database = TimeZoneDatabase::bundled();
        let (begin, end) = (moment(2020), moment(2038));
        let mut count = 0;
        for name in database.available() {
            let zone = database.get(name.as_str()).unwrap();
            let described = offsets(&describe(&zone, name.as_str(), 2020, Some(2037)), 2037);
            let at = |moment: Timestamp| described.iter().rev().find(|(at, _, _)| *at <= moment).map(|(_, _, to)| *to);
            // The two can only part at a change that one of them makes.
            let edges = described.iter().map(|(at, _, _)| *at);
            let edges = edges.chain(zone.following(begin).map(|t| t.timestamp()).take_while(|at| *at < end));
            for edge in edges.chain([begin, end]).filter(|edge| *edge >= begin && *edge <= end) {
                for hours in [-1, 0, 1] {
                    let moment = edge + Span::new().hours(hours);
                    assert_eq!(at(moment), Some(zone.to_offset(moment)), "{} at {moment}", name.as_str());
                }
            }
            for (index, (_, from, _)) in described.iter().enumerate().skip(1).filter(|(_, (at, ..))| *at >= begin) {
                assert_eq!(
                    *from,
                    described[index - 1].2,
                    "{}: a change begins where the last one ended",
                    name.as_str()
                );
            }
            count += 1;
        }
        assert!(count > 400, "{count} zones");
    }
}
