//! Dates and times as the site says them to its readers, in its own words.
//!
//! In English these follow the GOV.UK and NHS style guides: `Thursday 21 May 2026`, `10am`, `10:30am`, `to` in a range
//! rather than a dash. What messages say to writers, and what machines read, is made by `date::words`; what of a time or
//! range is said at all, `shape` knows.

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::shape::{self, Clock, Days, Moments};
use super::words::push_number;
use crate::words::Words;

/// `Thursday`.
pub fn weekday(words: &Words, weekday: Weekday) -> &str {
    words.dates.weekdays.get(weekday.to_monday_zero_offset() as usize).map_or("", String::as_str)
}

/// `May`.
pub fn month(words: &Words, date: Date) -> &str {
    words.dates.months.get(date.month() as usize - 1).map_or("", String::as_str)
}

/// `21 May 2026`.
pub fn day(words: &Words, date: Date) -> String {
    let mut said = String::with_capacity(32);
    words.dates.day.fill(&mut said, |part, said| push_part(words, date, part, said));
    said
}

/// `Thursday 21 May 2026`.
pub fn weekday_and_day(words: &Words, date: Date) -> String {
    let mut said = String::with_capacity(32);
    words.dates.weekday_and_day.fill(&mut said, |part, said| push_part(words, date, part, said));
    said
}

/// `Thu 21 May`.
pub fn short_day(words: &Words, date: Date) -> String {
    let mut said = String::with_capacity(16);
    words.dates.short_day.fill(&mut said, |part, said| match part {
        "weekday" => {
            let short = words.dates.short_weekdays.get(date.weekday().to_monday_zero_offset() as usize);
            said.push_str(short.map_or("", String::as_str));
        }
        _ => push_part(words, date, part, said),
    });
    said
}

/// `May 2026`.
pub fn month_and_year(words: &Words, date: Date) -> String {
    let mut said = String::with_capacity(16);
    words.dates.month_and_year.fill(&mut said, |part, said| push_part(words, date, part, said));
    said
}

/// `21 May`.
pub fn day_and_month(words: &Words, date: Date) -> String {
    words.say("dates.day_and_month", &[("day", i64::from(date.day()).into()), ("month", month(words, date).into())])
}

fn push_part(words: &Words, date: Date, part: &str, said: &mut String) {
    match part {
        "day" => push_number(said, date.day().into(), 1),
        "month" => said.push_str(month(words, date)),
        "year" => push_number(said, date.year(), 1),
        "weekday" => said.push_str(weekday(words, date.weekday())),
        _ => {}
    }
}

/// `10am`, `10:30am`, `midday`, `midnight`.
pub fn time(words: &Words, time: Time) -> String {
    let (hour, minute, text) = match shape::clock(time) {
        Clock::Midnight => return words.text("dates.midnight").to_owned(),
        Clock::Midday => return words.text("dates.midday").to_owned(),
        Clock::Morning(hour, minute) => (hour, minute, &words.dates.am),
        Clock::Afternoon(hour, minute) => (hour, minute, &words.dates.pm),
    };
    let mut said = String::with_capacity(8);
    text.fill(&mut said, |part, said| {
        if part == "time" {
            push_clock(words, hour, minute, said);
        }
    });
    said
}

fn push_clock(words: &Words, hour: i8, minute: i8, said: &mut String) {
    if minute == 0 {
        return push_number(said, hour.into(), 1);
    }
    words.dates.hour_and_minute.fill(said, |part, said| match part {
        "hour" => push_number(said, hour.into(), 1),
        "minute" => push_number(said, minute.into(), 2),
        _ => {}
    });
}

/// `10am to midday`.
pub fn time_range(words: &Words, start: Time, end: Time) -> String {
    range(words, &time(words, start), &time(words, end))
}

/// `Monday to Friday`.
pub fn range(words: &Words, first: &str, last: &str) -> String {
    words.say("dates.range", &[("first", first.into()), ("last", last.into())])
}

/// `21 May 2026`, `21 to 23 May 2026`, `30 May to 1 June 2026`, `30 December 2026 to 2 January 2027`;
/// `last` is the last day, inclusive.
pub fn day_range(words: &Words, first: Date, last: Date) -> String {
    match shape::days(first, last) {
        Days::One => day(words, first),
        Days::OfOneMonth => range(words, &first.day().to_string(), &day(words, last)),
        Days::OfOneYear => range(words, &day_and_month(words, first), &day(words, last)),
        Days::OfTwoYears => range(words, &day(words, first), &day(words, last)),
    }
}

/// `Friday 4 to Sunday 6 June 2027`: of the first day its weekday, and what it has of month and year other than the last.
pub fn weekday_range(words: &Words, first_day: Date, last_day: Date) -> String {
    let name = weekday(words, first_day.weekday());
    let day = |day: &str| words.say("dates.weekday_and_number", &[("weekday", name.into()), ("day", day.into())]);
    let first = match shape::days(first_day, last_day) {
        Days::One | Days::OfOneMonth => day(&first_day.day().to_string()),
        Days::OfOneYear => day(&day_and_month(words, first_day)),
        Days::OfTwoYears => weekday_and_day(words, first_day),
    };
    range(words, &first, &weekday_and_day(words, last_day))
}

/// `Tuesday 24 November 2026, 10am to midday`; where it ends on another day, both days. An end at the
/// midnight that closes the first day belongs to that day (`7pm to midnight`).
pub fn time_and_day_range(words: &Words, start: DateTime, end: DateTime) -> String {
    let at = |date: Date, times: &str| {
        words.say("dates.day_and_time", &[("day", (&weekday_and_day(words, date)).into()), ("time", times.into())])
    };
    match shape::moments(start, end) {
        Moments::One => at(start.date(), &time(words, start.time())),
        Moments::OfOneDay => at(start.date(), &time_range(words, start.time(), end.time())),
        Moments::OfTwoDays => {
            let (start, end) = (at(start.date(), &time(words, start.time())), at(end.date(), &time(words, end.time())));
            range(words, &start, &end)
        }
    }
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(words: &Words, number: i64) -> String {
    words.say("dates.ordinal", &[("ordinal", number.into())])
}

/// `a`, `a and b`, `a, b and c`.
pub fn list<T: AsRef<str>>(words: &Words, items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            let first = first.join(words.text("dates.comma"));
            words.say("dates.and", &[("first", (&first).into()), ("last", last.as_ref().into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn days_and_times_read_as_a_british_reader_expects() {
        let words = crate::config::english();
        assert_eq!(day(&words, date(2026, 5, 21)), "21 May 2026");
        assert_eq!(weekday_and_day(&words, date(2026, 5, 21)), "Thursday 21 May 2026");
        assert_eq!(short_day(&words, date(2026, 9, 3)), "Thu 3 September");
        assert_eq!(month_and_year(&words, date(2026, 9, 3)), "September 2026");
        let check = |hour, minute, expected: &str| assert_eq!(super::time(&words, time(hour, minute, 0, 0)), expected);
        check(0, 0, "midnight");
        check(9, 5, "9:05am");
        check(10, 0, "10am");
        check(12, 0, "midday");
        check(23, 59, "11:59pm");
        assert_eq!([1, 2, 3, 11, 22, 112].map(|n| ordinal(&words, n)), ["1st", "2nd", "3rd", "11th", "22nd", "112th"]);
        assert_eq!(list(&words, &["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn ranges_say_only_what_differs() {
        let words = crate::config::english();
        let check = |first, last, expected: &str| assert_eq!(day_range(&words, first, last), expected);
        check(date(2026, 5, 21), date(2026, 5, 21), "21 May 2026");
        check(date(2026, 5, 21), date(2026, 5, 23), "21 to 23 May 2026");
        check(date(2026, 5, 30), date(2026, 6, 1), "30 May to 1 June 2026");
        check(date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 to 2 January 2027");

        let check = |start, end, expected: &str| assert_eq!(time_and_day_range(&words, start, end), expected);
        let at = |day: i8, hour, minute| date(2026, 11, day).at(hour, minute, 0, 0);
        check(at(24, 10, 0), at(24, 12, 0), "Tuesday 24 November 2026, 10am to midday");
        check(at(24, 10, 0), at(24, 10, 0), "Tuesday 24 November 2026, 10am");
        check(at(24, 19, 0), at(25, 0, 0), "Tuesday 24 November 2026, 7pm to midnight");
        check(at(24, 19, 0), at(25, 2, 0), "Tuesday 24 November 2026, 7pm to Wednesday 25 November 2026, 2am");
        assert_eq!(time_range(&words, time(10, 30, 0, 0), time(12, 0, 0, 0)), "10:30am to midday");

        let check = |monday, sunday, expected: &str| assert_eq!(weekday_range(&words, monday, sunday), expected);
        check(date(2026, 11, 23), date(2026, 11, 29), "Monday 23 to Sunday 29 November 2026");
        check(date(2026, 11, 30), date(2026, 12, 6), "Monday 30 November to Sunday 6 December 2026");
        check(date(2026, 12, 28), date(2027, 1, 3), "Monday 28 December 2026 to Sunday 3 January 2027");
    }
}
