//! What of a time, of days or of hours is said, whatever the language: `words` says it to writers and `say` to readers.
//!
//! The choices follow the GOV.UK and NHS style guides: `midday` and `midnight` rather than 12pm and 12am, and in a range
//! only what differs.

use jiff::civil::{Date, DateTime, Time};

/// A time of day as a clock with twelve hours shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    Midnight,
    Midday,
    /// From 1 to 12, and the minutes, which are not said where there are none.
    Morning(i8, i8),
    Afternoon(i8, i8),
}

/// How much two days, the second no earlier than the first, have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    One,
    OfOneMonth,
    OfOneYear,
    OfTwoYears,
}

/// How much two moments have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moments {
    One,
    /// An end at the midnight that closes the first day belongs to that day.
    OfOneDay,
    OfTwoDays,
}

pub fn clock(time: Time) -> Clock {
    let (hour, minute) = (time.hour(), time.minute());
    let on_the_dial = if hour % 12 == 0 { 12 } else { hour % 12 };
    match (hour, minute) {
        (0, 0) => Clock::Midnight,
        (12, 0) => Clock::Midday,
        (0..=11, _) => Clock::Morning(on_the_dial, minute),
        _ => Clock::Afternoon(on_the_dial, minute),
    }
}

pub fn days(first: Date, last: Date) -> Days {
    match (first.year() == last.year(), first.month() == last.month()) {
        _ if first == last => Days::One,
        (true, true) => Days::OfOneMonth,
        (true, false) => Days::OfOneYear,
        (false, _) => Days::OfTwoYears,
    }
}

pub fn moments(start: DateTime, end: DateTime) -> Moments {
    let closes_the_day = end.time() == Time::midnight() && start.date().tomorrow().is_ok_and(|next| next == end.date());
    match start.date() == end.date() || closes_the_day {
        _ if start == end => Moments::One,
        true => Moments::OfOneDay,
        false => Moments::OfTwoDays,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn no_time_is_12am_or_12pm() {
        let check = |hour, minute, expected| assert_eq!(clock(time(hour, minute, 59, 0)), expected);
        check(0, 0, Clock::Midnight);
        check(0, 30, Clock::Morning(12, 30));
        check(9, 5, Clock::Morning(9, 5));
        check(11, 59, Clock::Morning(11, 59));
        check(12, 0, Clock::Midday);
        check(12, 15, Clock::Afternoon(12, 15));
        check(23, 59, Clock::Afternoon(11, 59));
    }

    #[test]
    fn ranges_say_only_what_differs() {
        let check = |last, expected| assert_eq!(days(date(2026, 11, 24), last), expected);
        check(date(2026, 11, 24), Days::One);
        check(date(2026, 11, 30), Days::OfOneMonth);
        check(date(2026, 12, 1), Days::OfOneYear);
        check(date(2027, 11, 24), Days::OfTwoYears);
        let at = |day: i8, hour| date(2026, 11, day).at(hour, 0, 0, 0);
        let check = |end, expected| assert_eq!(moments(at(24, 19), end), expected);
        check(at(24, 19), Moments::One);
        check(at(24, 20), Moments::OfOneDay);
        check(at(25, 0), Moments::OfOneDay);
        check(at(25, 2), Moments::OfTwoDays);
        check(at(26, 0), Moments::OfTwoDays);
    }
}
