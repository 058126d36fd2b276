//! A written date, with or without a time, into a `When`.
//!
//! 1. Spaces are made plain; all-number forms with slashes or dots are refused with their readings.
//! 2. `2026-05-21...` is read as other programs write it: RFC 3339, and the forms of Hugo and Jekyll.
//! 3. Everything else is read as English: a weekday, a day, a month and a year, then a time.
//!
//! **Invariant:** a date that could mean two days is never guessed.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Weekday};

use super::clock::{all_digits, parse_time};
use super::offset::split_zone;
use super::{Fault, When, nearest, words};
use crate::signs::{invisible, plain};

const HOW: &str = "write it as in `2026-05-21` or `21 May 2026`, with a time as in `21 May 2026 10am`";

/// Reads a date, with a time and an offset where they are given.
pub fn parse(text: &str) -> Result<When, Fault> {
    let is_space = |c: char| c.is_whitespace() || c == '\u{feff}';
    let text = match text.contains(is_space) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")),
    };
    if text.is_empty() {
        return Err(Fault::new("there is no date here", HOW));
    }
    // No other form begins with a year.
    let year = text.get(..5).and_then(|start| start.strip_suffix('-')).filter(|year| all_digits(year));
    if year.is_some() {
        return read_numbers(&text);
    }
    refuse_all_numbers(&text)?;
    read_english(&text)
}

/// `2026-05-21`, then perhaps `T` or a space, a time and a zone.
fn read_numbers(text: &str) -> Result<When, Fault> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len());
    let (date, rest) = text.split_at(end);
    let mut parts = date.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(not_a_date(text));
    };
    if !all_digits(month) || !all_digits(day) || month.len() > 2 || day.len() > 2 {
        return Err(not_a_date(text));
    }
    let number = |digits: &str| digits.parse::<i16>().unwrap_or(0);
    let date = build(number(year), number(month), number(day))?;
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    with_time(date, rest.trim_start_matches([',', ' ']))
}

/// `Thursday 21st May 2026 at 10.30am`, `May 21, 2026`, `Thu, 21 May 2026 10:00:00 +0100`.
fn read_english(text: &str) -> Result<When, Fault> {
    let lower = text.to_lowercase();
    if let "today" | "tomorrow" | "yesterday" | "now" = lower.as_str() {
        return Err(Fault::new(
            format!("`{text}` would be another day each time the site is built"),
            "write the date itself, as in `21 May 2026`",
        ));
    }
    let spread = spread_hyphens(&lower).replace(',', " ");
    let mut tokens: Vec<&str> = spread.split_whitespace().filter(|w| *w != "the").collect();
    let weekday = match tokens.first().and_then(|word| find_weekday(word)) {
        Some(weekday) => {
            tokens.remove(0);
            Some(weekday)
        }
        None => None,
    };
    tokens.retain({
        let mut index = 0;
        move |word| {
            index += 1;
            !(*word == "of" && index == 2)
        }
    });
    let [first, second, ref rest @ ..] = tokens[..] else { return Err(not_a_date(text)) };
    let (day, month_word) = match (day_number(first), day_number(second)) {
        (Some(day), None) => (day, second),
        (None, Some(day)) if starts_with_letter(first) => (day, first),
        _ => return Err(misspelt_weekday(first).unwrap_or_else(|| not_a_date(text))),
    };
    let month = find_month(month_word).ok_or_else(|| unknown_month(month_word, text))?;
    let month_name = words::MONTHS[usize::from(month) - 1];
    let year = match rest.first() {
        Some(year) if all_digits(year) && year.len() == 4 => year.parse().unwrap_or(0),
        Some(year) if all_digits(year.trim_start_matches(['\'', '’'])) && year.len() < 6 => {
            let digits = year.trim_start_matches(['\'', '’']);
            return Err(Fault::new(
                format!("the year `{digits}` needs four digits"),
                if digits.len() == 2 {
                    format!("write `{day} {month_name} 20{digits}`")
                } else {
                    format!("write it as in `{day} {month_name} 2026`")
                },
            ));
        }
        _ => {
            return Err(Fault::new(
                format!("`{text}` has no year after the day and the month"),
                format!("add the year with four digits, as in `{day} {month_name} 2026`"),
            ));
        }
    };
    let date = build(year, month.into(), day)?;
    if let Some(weekday) = weekday.filter(|weekday| *weekday != date.weekday()) {
        let right = words::weekday(date.weekday());
        return Err(Fault::new(
            format!("{} is a {right}, not a {}", words::day(date), words::weekday(weekday)),
            format!("write `{}`, or mend the date", words::weekday_and_day(date)),
        ));
    }
    let rest: Vec<&str> = rest[1..].iter().copied().skip_while(|word| *word == "at" || *word == "@").collect();
    with_time(date, &rest.join(" "))
}

/// Joins a date with what stands after it: nothing, a time, a time and a zone.
fn with_time(date: Date, rest: &str) -> Result<When, Fault> {
    if rest.is_empty() {
        return Ok(When::Day(date));
    }
    let (time, offset) = split_zone(rest)?;
    let local = DateTime::from_parts(date, parse_time(time)?);
    match offset {
        None => Ok(When::Local(local)),
        Some(offset) => match offset.to_timestamp(local) {
            Ok(timestamp) => Ok(When::Instant(timestamp, offset)),
            Err(_) => Ok(When::Local(local)),
        },
    }
}

/// `5/6/2026`, `05.06.26`, `2026/06/05`, `5-6-2026`: the reader cannot know which number is the month.
fn refuse_all_numbers(text: &str) -> Result<(), Fault> {
    let date = text.split(' ').find(|word| word.contains(|c: char| c.is_ascii_digit())).unwrap_or_default();
    let date = date.trim_end_matches([',', ';']);
    let Some(parts) = ['/', '.', '-'].into_iter().find_map(|separator| {
        let parts: Vec<&str> = date.split(separator).collect();
        (parts.len() == 3 && parts.iter().all(|part| all_digits(part) && part.len() <= 4)).then_some(parts)
    }) else {
        return Ok(());
    };
    let number = |index: usize| parts[index].parse::<i16>().unwrap_or(0);
    let full_year = |year: i16, digits: usize| if digits == 2 { 2000 + year } else { year };
    let readings = if parts[0].len() == 4 {
        if date.contains('-') {
            return Ok(());
        }
        vec![(number(0), number(1), number(2))]
    } else {
        let year = full_year(number(2), parts[2].len());
        vec![(year, number(1), number(0)), (year, number(0), number(1))]
    };
    let mut days: Vec<String> = readings
        .into_iter()
        .filter_map(|(year, month, day)| build(year, month, day).ok())
        .map(|date| format!("`{}`", words::day(date)))
        .collect();
    days.dedup();
    Err(match days.as_slice() {
        [one, other] => Fault::new(
            format!("`{date}` could be read as {one} or as {other}"),
            format!("write {one} or {other}, whichever you mean"),
        ),
        [one] => Fault::new(
            format!("`{date}` is a date in numbers alone, which people read in different orders"),
            format!("write {one}"),
        ),
        _ => Fault::new(format!("`{date}` is not a date in the calendar"), HOW),
    })
}

/// `31 June` and `month 13` are refused; so is a year that can only be a slip.
fn build(year: i16, month: i16, day: i16) -> Result<Date, Fault> {
    if !(1000..=9999).contains(&year) {
        return Err(Fault::new(format!("the year `{year:04}` is not one of ours"), "check the year"));
    }
    if !(1..=12).contains(&month) {
        return Err(Fault::new(
            format!("there is no month {month}: the months are 1 to 12"),
            format!("write the month as a word, as in `21 May {year}`"),
        ));
    }
    let first = Date::new(year, month as i8, 1).map_err(|_| Fault::new("this is not a date in the calendar", HOW))?;
    let last = i16::from(first.days_in_month());
    i8::try_from(day)
        .ok()
        .filter(|_| (1..=last).contains(&day))
        .and_then(|day| Date::new(year, first.month(), day).ok())
        .ok_or_else(|| {
            let month = words::month(first);
            let length = if month == "February" { format!("February {year}") } else { month.to_owned() };
            Fault::new(
                format!("there is no {day} {month} {year}: {length} has {last} days"),
                if day > last {
                    format!("check the day; the last one is `{last} {month} {year}`")
                } else {
                    format!("check the day; the first one is `1 {month} {year}`")
                },
            )
        })
}

fn not_a_date(text: &str) -> Fault {
    let written = plain(text);
    if written != text && parse(&written).is_ok() {
        let message = match invisible(text) {
            Some(sign) => format!("there is {sign} in `{written}`, which cannot be seen"),
            None => format!("`{text}` is written with long dashes, where hyphens belong"),
        };
        return Fault::new(message, format!("type it again with the signs of the keyboard: `{written}`"));
    }
    Fault::new(format!("`{text}` is not a date"), HOW)
}

fn unknown_month(word: &str, text: &str) -> Fault {
    let names = words::MONTHS.map(str::to_lowercase);
    match nearest(word, names.iter().map(String::as_str)).and_then(find_month) {
        Some(month) => {
            let name = words::MONTHS[usize::from(month) - 1];
            Fault::new(format!("`{word}` is not a month"), format!("did you mean `{name}`?"))
        }
        None => misspelt_weekday(word).unwrap_or_else(|| not_a_date(text)),
    }
}

fn misspelt_weekday(word: &str) -> Option<Fault> {
    let names = words::WEEKDAYS.map(str::to_lowercase);
    let name = nearest(word, names.iter().map(String::as_str)).and_then(find_weekday)?;
    let name = words::weekday(name);
    Some(Fault::new(format!("`{word}` is not a day of the week"), format!("did you mean `{name}`?")))
}

/// `21`, `21st`.
fn day_number(word: &str) -> Option<i16> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    if all_digits(digits) && digits.len() <= 2 { digits.parse().ok() } else { None }
}

fn starts_with_letter(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
}

/// `21-May-2026 10am` into `21 May 2026 10am`; hyphens in the time stay.
fn spread_hyphens(text: &str) -> String {
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    format!("{} {time}", date.replace('-', " "))
}

/// The number of a month, 1 to 12, from its name or its usual short form, in lower case.
fn find_month(word: &str) -> Option<u8> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let is_it = |name: &str| {
        let name = name.to_lowercase();
        word == name || word == &name[..3] || (word == "sept" && name == "september")
    };
    words::MONTHS.iter().position(|name| is_it(name)).map(|index| index as u8 + 1)
}

/// A weekday from its name or a usual short form, in lower case.
pub(crate) fn find_weekday(word: &str) -> Option<Weekday> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let index = words::WEEKDAYS.iter().position(|name| {
        let name = name.to_lowercase();
        word == name
            || (word.len() >= 3 && word.len() <= 5 && name.starts_with(word))
            || word == "weds" && name.starts_with("wed")
    })?;
    Weekday::from_monday_zero_offset(index as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let got = match parse(text) {
            Ok(When::Day(date)) => format!("day {date}"),
            Ok(When::Local(local)) => format!("local {local}"),
            Ok(When::Instant(timestamp, offset)) => format!("instant {timestamp} {offset}"),
            Err(fault) => format!("{} | {}", fault.message, fault.help),
        };
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn dates_of_other_programs_are_read() {
        check("2026-05-21", "day 2026-05-21");
        check(" 2026-05-21\u{a0}", "day 2026-05-21");
        check("2026-05-21 10:00", "local 2026-05-21T10:00:00");
        check("2026-05-21T10:00", "local 2026-05-21T10:00:00");
        check("2026-05-21T10:00:00", "local 2026-05-21T10:00:00");
        check("2026-05-21T10:00:00.250", "local 2026-05-21T10:00:00.25");
        check("2026-05-21 10am", "local 2026-05-21T10:00:00");
        check("2026-05-21T10:00:00Z", "instant 2026-05-21T10:00:00Z +00");
        check("2026-05-21T10:00:00.5Z", "instant 2026-05-21T10:00:00.5Z +00");
        check("2026-05-21T10:00:00+01:00", "instant 2026-05-21T09:00:00Z +01");
        check("2024-06-20 14:00:00 -0500", "instant 2024-06-20T19:00:00Z -05");
        check("2024-06-20 14:00:00 +0000", "instant 2024-06-20T14:00:00Z +00");
        check("2024-06-20 14:00:00 UTC", "instant 2024-06-20T14:00:00Z +00");
        check("2024-06-20 14:00 +05:30", "instant 2024-06-20T08:30:00Z +05:30");
        check("Thu, 21 May 2026 10:00:00 +0100", "instant 2026-05-21T09:00:00Z +01");
    }

    #[test]
    fn plain_english_is_read() {
        for text in [
            "21 May 2026",
            "21st May 2026",
            "Thursday 21 May 2026",
            "thu 21 may 2026",
            "Thurs. 21 May 2026",
            "Thursday, 21st of May 2026",
            "Thursday the 21st of May, 2026",
            "May 21, 2026",
            "May 21st 2026",
            "21-May-2026",
        ] {
            check(text, "day 2026-05-21");
        }
        check("21 Sept 2026", "day 2026-09-21");
        check("21 Sep. 2026", "day 2026-09-21");
        check("21 May 2026 10am", "local 2026-05-21T10:00:00");
        check("21 May 2026, 10:30am", "local 2026-05-21T10:30:00");
        check("21 May 2026 10.30am", "local 2026-05-21T10:30:00");
        check("Thursday 21 May 2026 at 10am", "local 2026-05-21T10:00:00");
        check("21 May 2026 at midday", "local 2026-05-21T12:00:00");
        check("21 May 2026 midnight", "local 2026-05-21T00:00:00");
        check("21 May 2026 14:00", "local 2026-05-21T14:00:00");
    }

    #[test]
    fn numbers_alone_are_refused_with_their_readings() {
        check(
            "5/6/2026",
            "`5/6/2026` could be read as `5 June 2026` or as `6 May 2026` | write `5 June 2026` or `6 May 2026`, whichever you mean",
        );
        check(
            "05.06.26 10am",
            "`05.06.26` could be read as `5 June 2026` or as `6 May 2026` | write `5 June 2026` or `6 May 2026`, whichever you mean",
        );
        let alone = "is a date in numbers alone, which people read in different orders";
        check("21/5/2026", &format!("`21/5/2026` {alone} | write `21 May 2026`"));
        check("5/5/2026", &format!("`5/5/2026` {alone} | write `5 May 2026`"));
        check("2026/05/06", &format!("`2026/05/06` {alone} | write `6 May 2026`"));
        check("21-05-2026", &format!("`21-05-2026` {alone} | write `21 May 2026`"));
        check("31/31/2026", &format!("`31/31/2026` is not a date in the calendar | {HOW}"));
    }

    #[test]
    fn what_is_not_a_date_says_what_to_write() {
        check(
            "Wednesday 21 May 2026",
            "21 May 2026 is a Thursday, not a Wednesday | write `Thursday 21 May 2026`, or mend the date",
        );
        check(
            "31 June 2026",
            "there is no 31 June 2026: June has 30 days | check the day; the last one is `30 June 2026`",
        );
        check(
            "2026-02-29",
            "there is no 29 February 2026: February 2026 has 28 days | check the day; the last one is `28 February 2026`",
        );
        check(
            "2026-13-01",
            "there is no month 13: the months are 1 to 12 | write the month as a word, as in `21 May 2026`",
        );
        check("21 Febuary 2026", "`febuary` is not a month | did you mean `February`?");
        check("Thrusday 21 May 2026", "`thrusday` is not a day of the week | did you mean `Thursday`?");
        check("21 May 26", "the year `26` needs four digits | write `21 May 2026`");
        check(
            "21 May",
            "`21 May` has no year after the day and the month | add the year with four digits, as in `21 May 2026`",
        );
        check(
            "tomorrow",
            "`tomorrow` would be another day each time the site is built | write the date itself, as in `21 May 2026`",
        );
        check("soon", &format!("`soon` is not a date | {HOW}"));
        check("", &format!("there is no date here | {HOW}"));
        check("0026-05-21", "the year `0026` is not one of ours | check the year");
        check(
            "21 May 2026 10am BST",
            "`bst` after a time means different hours in different countries | leave it out for a time in the page's own time zone, or write `+01:00`",
        );
        check(
            "2026-05-21T10:00+99:00",
            "`+99:00` is not an offset from UTC | write it as in `+01:00`, or leave it out",
        );
        check(
            "2026-12-01 10:00 - 12:00",
            "`10:00 - 12:00` is two times, and one belongs here | write the time it starts here, and give the other one as `end`",
        );
        check(
            "21 May 2026 10am-12pm",
            "`10am-12pm` is two times, and one belongs here | write the time it starts here, and give the other one as `end`",
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,40}") {
            let _ = parse(&text);
            let _ = parse_time(&text);
            let _ = crate::date::parse_duration(&text);
        }

        #[test]
        fn words_read_back(days in 0i32..200_000) {
            let date = Date::constant(1900, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            proptest::prop_assert_eq!(parse(&words::weekday_and_day(date)), Ok(When::Day(date)));
            proptest::prop_assert_eq!(parse(&date.to_string()), Ok(When::Day(date)));
        }
    }
}
