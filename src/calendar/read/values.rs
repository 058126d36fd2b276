//! The values of dates, times and lengths of time as calendar files write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

use crate::calendar::text;

/// A date or a time as it stands, without its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Day(Date),
    Local(DateTime),
    Utc(Timestamp),
}

/// The time on the clock that it was written by.
pub fn local(moment: Moment) -> DateTime {
    match moment {
        Moment::Day(day) => DateTime::from(day),
        Moment::Local(local) => local,
        Moment::Utc(moment) => Offset::UTC.to_datetime(moment),
    }
}

/// Reads `20260521`, `20260521T100000`, `20260521T090000Z` (RFC 5545 §3.3.4, §3.3.5), and what careless
/// programs make of them: no seconds, ISO 8601's hyphens and colons, an offset, 24:00.
pub fn moment(value: &str) -> Option<Moment> {
    let value = value.trim();
    let at = value.find(['T', 't', ' ']);
    let (date, time) = at.map_or((value, ""), |at| (&value[..at], &value[at + 1..]));
    let date = day(date)?;
    let digits_end = time.find(|letter: char| !letter.is_ascii_digit() && letter != ':').unwrap_or(time.len());
    let (clock, offset) = time.split_at(digits_end);
    if clock.is_empty() {
        return offset.is_empty().then_some(Moment::Day(date));
    }
    let clock: String = clock.chars().filter(|letter| *letter != ':').collect();
    if ![2, 4, 6].contains(&clock.len()) {
        return None;
    }
    let number = |from: usize| clock.get(from..from + 2).map_or(Some(0), |digits| digits.parse::<i8>().ok());
    let (hour, minute, second) = (number(0)?, number(2)?, number(4)?.min(59));
    let local = if (hour, minute) == (24, 0) {
        DateTime::from(date.tomorrow().ok()?)
    } else {
        DateTime::from_parts(date, Time::new(hour, minute, second, 0).ok()?)
    };
    // Fractions of a second do not matter.
    let offset = offset.trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
    match offset {
        "" => Some(Moment::Local(local)),
        "Z" | "z" => Offset::UTC.to_timestamp(local).ok().map(Moment::Utc),
        _ => self::offset(offset)?.to_timestamp(local).ok().map(Moment::Utc),
    }
}

fn day(text: &str) -> Option<Date> {
    let digits: String = text.chars().filter(|letter| *letter != '-').collect();
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok()
}

/// `+0100`, `-05:30`, `+013000` (RFC 5545 §3.3.14).
pub fn offset(text: &str) -> Option<Offset> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|letter| *letter != ':').collect();
    if ![2, 4, 6].contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize| digits.get(from..from + 2).and_then(|digits| digits.parse::<i32>().ok()).unwrap_or(0);
    let (hours, minutes, seconds) = (number(0), number(2), number(4));
    if minutes > 59 || seconds > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60 + seconds)).ok()
}

/// `PT1H30M`, `P1D`, `P2W`, `-PT15M` (RFC 5545 §3.3.6).
pub fn duration(value: &str) -> Option<Span> {
    let value = value.trim().to_ascii_uppercase();
    let is_duration = value.trim_start_matches(['+', '-']).starts_with('P') && value.len() < 40;
    is_duration.then(|| value.parse().ok()).flatten()
}

/// `54.99;-1.53`, and with a comma or an escaped sign between the two: degrees north and east (RFC 5545
/// §3.8.1.6). The point 0;0 in the Atlantic is what programs write that have none.
pub fn point(value: &str) -> Option<(f64, f64)> {
    let (north, east) = value.split_once([';', ','])?;
    let number = |text: &str| text.trim_matches(['\\', ' ']).parse::<f64>().ok().filter(|degrees| degrees.is_finite());
    let (north, east) = (number(north)?, number(east)?);
    let is_place = north.abs() <= 90.0 && east.abs() <= 180.0 && (north != 0.0 || east != 0.0);
    is_place.then_some((north, east))
}

/// A web address that may stand in a link, encoded where it was not.
pub fn web_address(value: &str) -> Option<String> {
    let value: String = value.chars().filter(|letter| !letter.is_control()).collect();
    let value = value.trim().trim_matches(['<', '>']);
    let scheme = value.get(..8).unwrap_or(value).to_ascii_lowercase();
    let is_web = scheme.starts_with("https://") || scheme.starts_with("http://");
    let is_one = value.len() > 10 && !value.contains(char::is_whitespace);
    (is_web && is_one).then(|| text::uri(value)).filter(|address| address.len() < 2000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        let check = |text: &str, expected: &str| {
            let found = match moment(text) {
                Some(Moment::Day(day)) => day.to_string(),
                Some(Moment::Local(local)) => local.to_string(),
                Some(Moment::Utc(timestamp)) => timestamp.to_string(),
                None => "nothing".to_owned(),
            };
            assert_eq!(found, expected, "{text}");
        };
        check("20260521", "2026-05-21");
        check("20260521T100000", "2026-05-21T10:00:00");
        check("20260521T090000Z", "2026-05-21T09:00:00Z");
        check("20260521t0900z", "2026-05-21T09:00:00Z");
        check("2026-05-21T10:00:00+01:00", "2026-05-21T09:00:00Z");
        check("2026-05-21 10:00:00.000Z", "2026-05-21T10:00:00Z");
        check("20260521T240000", "2026-05-22T00:00:00");
        check("20260521T235960", "2026-05-21T23:59:59");
        for wrong in
            ["", "20260230", "20260521T2500", "20260521T1", "2026", "20260521Z", "99999999", "0521T100000", "é"]
        {
            check(wrong, "nothing");
        }
    }

    #[test]
    fn lengths_offsets_and_places() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(duration(text).map(|span| span.to_string()).as_deref(), expected, "{text}");
        };
        check("PT1H30M", Some("PT1H30M"));
        check("p2w", Some("P2W"));
        check("-PT15M", Some("-PT15M"));
        check("P1DT2H", Some("P1DT2H"));
        check("2 hours", None);
        check("P99999999999999999999D", None);
        assert_eq!(offset("-0530").map(Offset::seconds), Some(-19_800));
        assert_eq!(offset("+01:00").map(Offset::seconds), Some(3600));
        assert_eq!(offset("+5328"), None);
        assert_eq!(offset("0100"), None);
        assert_eq!(point("54.9915;-1.5346"), Some((54.9915, -1.5346)));
        assert_eq!(point("54.9915\\;-1.5346"), Some((54.9915, -1.5346)));
        assert_eq!((point("0;0"), point("91;0"), point("NaN;1"), point("54")), (None, None, None, None));
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("https://example.org/ŷ"), Some("https://example.org/%C5%B7".to_owned()));
        assert_eq!(web_address(" HTTPS://example.org/a?b=c "), Some("HTTPS://example.org/a?b=c".to_owned()));
    }
}
