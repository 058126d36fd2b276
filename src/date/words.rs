//! Dates and times in British English, for messages to writers, and in the forms that machines read.
//!
//! The words follow the GOV.UK and NHS style guides: `Thursday 21 May 2026`, `10am`, `10:30am`, `to` in a range rather
//! than a dash. What of a time or range is said at all, `shape` knows.

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::Offset;

use super::shape::{self, Clock, Days, Moments};

/// The months in order, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of the week, Monday first.
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `Thursday`.
pub fn weekday(weekday: Weekday) -> &'static str {
    WEEKDAYS[weekday.to_monday_zero_offset() as usize % 7]
}

/// `May`.
pub fn month(date: Date) -> &'static str {
    MONTHS[(date.month() as usize + 11) % 12]
}

/// `21 May 2026`.
pub fn day(date: Date) -> String {
    let mut words = String::with_capacity(32);
    push_day(&mut words, date);
    words
}

/// `Thursday 21 May 2026`.
pub fn weekday_and_day(date: Date) -> String {
    let mut words = String::with_capacity(32);
    words.push_str(weekday(date.weekday()));
    words.push(' ');
    push_day(&mut words, date);
    words
}

/// `Thu 21 May`.
pub fn short_day(date: Date) -> String {
    let mut words = String::with_capacity(16);
    words.push_str(&weekday(date.weekday())[..3]);
    words.push(' ');
    push_number(&mut words, date.day().into(), 1);
    words.push(' ');
    words.push_str(month(date));
    words
}

/// `May 2026`.
pub fn month_and_year(date: Date) -> String {
    format!("{} {}", month(date), date.year())
}

/// `10am`, `10:30am`, `midday`, `midnight`.
pub fn time(time: Time) -> String {
    let (hour, minute, half) = match shape::clock(time) {
        Clock::Midnight => return "midnight".to_owned(),
        Clock::Midday => return "midday".to_owned(),
        Clock::Morning(hour, minute) => (hour, minute, "am"),
        Clock::Afternoon(hour, minute) => (hour, minute, "pm"),
    };
    let mut words = String::with_capacity(8);
    push_number(&mut words, hour.into(), 1);
    if minute != 0 {
        words.push(':');
        push_number(&mut words, minute.into(), 2);
    }
    words.push_str(half);
    words
}

/// `10am to midday`.
pub fn time_range(start: Time, end: Time) -> String {
    format!("{} to {}", time(start), time(end))
}

/// `21 May 2026`, `21 to 23 May 2026`, `30 May to 1 June 2026`, `30 December 2026 to 2 January 2027`;
/// `last` is the last day, inclusive.
pub fn day_range(first: Date, last: Date) -> String {
    match shape::days(first, last) {
        Days::One => day(first),
        Days::OfOneMonth => format!("{} to {}", first.day(), day(last)),
        Days::OfOneYear => format!("{} {} to {}", first.day(), month(first), day(last)),
        Days::OfTwoYears => format!("{} to {}", day(first), day(last)),
    }
}

/// `Tuesday 24 November 2026, 10am to midday`; where it ends on another day, both days. An end at the
/// midnight that closes the first day belongs to that day (`7pm to midnight`).
pub fn time_and_day_range(start: DateTime, end: DateTime) -> String {
    let first = format!("{}, {}", weekday_and_day(start.date()), time(start.time()));
    match shape::moments(start, end) {
        Moments::One => first,
        Moments::OfOneDay => format!("{first} to {}", time(end.time())),
        Moments::OfTwoDays => format!("{first} to {}, {}", weekday_and_day(end.date()), time(end.time())),
    }
}

/// `2 hours`, `1 hour 30 minutes`, `45 minutes`.
pub fn minutes(minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, _) => count(rest, "minute"),
        (_, 0) => count(hours, "hour"),
        _ => format!("{} {}", count(hours, "hour"), count(rest, "minute")),
    }
}

/// `1 week`, `3 weeks`.
pub fn count(number: i64, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(number: i64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `2026-05-21T10:00:00+01:00`: RFC 3339 §5.6, for `datetime` attributes and JSON.
pub fn rfc3339(zoned: &Zoned) -> String {
    let mut text = String::with_capacity(25);
    push_numeric_day(&mut text, zoned.date(), "-");
    text.push('T');
    push_clock(&mut text, zoned.time(), ":");
    push_offset(&mut text, zoned.offset(), ":");
    text
}

/// `2026-05-21`: RFC 3339 §5.6.
pub fn iso_day(date: Date) -> String {
    let mut text = String::with_capacity(10);
    push_numeric_day(&mut text, date, "-");
    text
}

/// `Thu, 21 May 2026 10:00:00 +0100`: RFC 822 §5.1 with four digits of year, for RSS.
pub fn rfc822(zoned: &Zoned) -> String {
    let date = zoned.date();
    format!(
        "{}, {:02} {} {:04} {} {}",
        &weekday(date.weekday())[..3],
        date.day(),
        &month(date)[..3],
        date.year(),
        zoned.strftime("%H:%M:%S"),
        offset_with_colon(zoned.offset()).replace(':', ""),
    )
}

/// `+01:00`, without seconds, which neither RFC has room for.
pub(crate) fn offset_with_colon(offset: Offset) -> String {
    let mut text = String::with_capacity(6);
    push_offset(&mut text, offset, ":");
    text
}

fn push_offset(text: &mut String, offset: Offset, between: &str) {
    let minutes = offset.seconds().abs() / 60;
    text.push(if offset.seconds() < 0 { '-' } else { '+' });
    push_number(text, (minutes / 60) as i16, 2);
    text.push_str(between);
    push_number(text, (minutes % 60) as i16, 2);
}

/// `20260521T100000` (RFC 5545 §3.3.5).
pub fn compact(moment: DateTime) -> String {
    let mut text = compact_day(moment.date());
    text.push('T');
    push_clock(&mut text, moment.time(), "");
    text
}

/// `20260521` (RFC 5545 §3.3.4).
pub fn compact_day(date: Date) -> String {
    let mut text = String::with_capacity(16);
    push_numeric_day(&mut text, date, "");
    text
}

// Every page says several dates, and `format!` costs more than a date.

fn push_day(words: &mut String, date: Date) {
    push_number(words, date.day().into(), 1);
    words.push(' ');
    words.push_str(month(date));
    words.push(' ');
    push_number(words, date.year(), 1);
}

fn push_numeric_day(text: &mut String, date: Date, between: &str) {
    push_number(text, date.year(), 4);
    text.push_str(between);
    push_number(text, date.month().into(), 2);
    text.push_str(between);
    push_number(text, date.day().into(), 2);
}

fn push_clock(text: &mut String, time: Time, between: &str) {
    push_number(text, time.hour().into(), 2);
    text.push_str(between);
    push_number(text, time.minute().into(), 2);
    text.push_str(between);
    push_number(text, time.second().into(), 2);
}

/// The number, in at least `width` digits.
pub(super) fn push_number(text: &mut String, number: i16, width: usize) {
    if number < 0 {
        text.push('-');
    }
    let number = number.unsigned_abs();
    if number >= 10 || width > 1 {
        push_number(text, (number / 10) as i16, width.saturating_sub(1));
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn days_read_as_a_british_reader_expects() {
        assert_eq!(day(date(2026, 5, 21)), "21 May 2026");
        assert_eq!(weekday_and_day(date(2026, 5, 21)), "Thursday 21 May 2026");
        assert_eq!(short_day(date(2026, 9, 3)), "Thu 3 September");
        assert_eq!(month_and_year(date(2026, 9, 3)), "September 2026");
    }

    #[test]
    fn times_avoid_12am_and_12pm() {
        let check = |hour, minute, expected: &str| assert_eq!(super::time(time(hour, minute, 0, 0)), expected);
        check(0, 0, "midnight");
        check(9, 5, "9:05am");
        check(10, 0, "10am");
        check(12, 0, "midday");
        check(23, 59, "11:59pm");
    }

    #[test]
    fn ranges_say_only_what_differs() {
        let check = |first, last, expected: &str| assert_eq!(day_range(first, last), expected);
        check(date(2026, 5, 21), date(2026, 5, 21), "21 May 2026");
        check(date(2026, 5, 21), date(2026, 5, 23), "21 to 23 May 2026");
        check(date(2026, 5, 30), date(2026, 6, 1), "30 May to 1 June 2026");
        check(date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 to 2 January 2027");

        let check = |start, end, expected: &str| assert_eq!(time_and_day_range(start, end), expected);
        let at = |day: i8, hour, minute| date(2026, 11, day).at(hour, minute, 0, 0);
        check(at(24, 10, 0), at(24, 12, 0), "Tuesday 24 November 2026, 10am to midday");
        check(at(24, 10, 0), at(24, 10, 0), "Tuesday 24 November 2026, 10am");
        check(at(24, 19, 0), at(25, 0, 0), "Tuesday 24 November 2026, 7pm to midnight");
        check(at(24, 19, 0), at(25, 2, 0), "Tuesday 24 November 2026, 7pm to Wednesday 25 November 2026, 2am");
        assert_eq!(time_range(time(10, 30, 0, 0), time(12, 0, 0, 0)), "10:30am to midday");
        assert_eq!([45, 60, 90, 121].map(minutes), ["45 minutes", "1 hour", "1 hour 30 minutes", "2 hours 1 minute"]);
        assert_eq!([1, 2, 3, 11, 22, 112].map(ordinal), ["1st", "2nd", "3rd", "11th", "22nd", "112th"]);
    }

    #[test]
    fn machines_get_numeric_zones() {
        let zoned = date(2026, 5, 21).at(10, 0, 0, 0).in_tz("Europe/London").unwrap();
        assert_eq!(rfc3339(&zoned), "2026-05-21T10:00:00+01:00");
        assert_eq!([iso_day(zoned.date()), compact(zoned.datetime())], ["2026-05-21", "20260521T100000"]);
        assert_eq!(rfc822(&zoned), "Thu, 21 May 2026 10:00:00 +0100");
        let zoned = date(2026, 1, 3).at(9, 0, 0, 0).in_tz("America/St_Johns").unwrap();
        assert_eq!(rfc3339(&zoned), "2026-01-03T09:00:00-03:30");
        assert_eq!(rfc822(&zoned), "Sat, 03 Jan 2026 09:00:00 -0330");
    }
}
