//! A length of time as people write it: `90 minutes`, `1 hour 30 minutes`, `1h30`, `1:30`, `2 days`.

use jiff::Span;

use super::clock::all_digits;
use super::{Fault, nearest};

const HOW: &str = "write it as in `90 minutes`, `1 hour 30 minutes` or `2 days`";

/// Reads a length of time, always more than nothing. Days, weeks, months and years stay what they
/// are, so that a month from 31 January is the end of February.
pub fn parse_duration(text: &str) -> Result<Span, Fault> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if text.is_empty() {
        return Err(Fault::new("there is no length of time here", HOW));
    }
    let span = if text.starts_with('p') {
        text.to_uppercase().parse().map_err(|_| not_a_length(&text))?
    } else if text.contains(':') {
        read_clock(&text)?
    } else {
        read_words(&text)?
    };
    if span.is_zero() || span.is_negative() {
        return Err(Fault::new(format!("`{text}` is no time at all"), HOW));
    }
    Ok(span)
}

/// `1:30` and `01:30:00`: hours, minutes, seconds.
fn read_clock(text: &str) -> Result<Span, Fault> {
    let parts: Vec<&str> = text.split(':').collect();
    if parts.len() > 3 || parts.iter().any(|part| !all_digits(part) || part.len() > 3) {
        return Err(not_a_length(text));
    }
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<i64>().ok()).unwrap_or(0);
    Ok(Span::new().hours(number(0)).minutes(number(1)).seconds(number(2)))
}

/// Pairs of a number and a unit; the unit may be left out after hours (`1h30`).
fn read_words(text: &str) -> Result<Span, Fault> {
    let spread = spread(&text.replace("hour and a half", "hour 30 minutes").replace("half an hour", "30 minutes"));
    let mut tokens = spread.split_whitespace().filter(|word| *word != "and").peekable();
    let mut span = Span::new();
    let mut previous = None;
    while let Some(word) = tokens.next() {
        let amount = amount(word).ok_or_else(|| not_a_length(text))?;
        let unit = match tokens.next_if(|next| self::amount(next).is_none() || *next == "a") {
            Some(word) => unit(word).ok_or_else(|| unknown_unit(word, text))?,
            None if previous == Some(Unit::Hour) => Unit::Minute,
            None => {
                return Err(Fault::new(
                    format!("`{text}` does not say whether it is minutes, hours or days"),
                    format!("write `{word} minutes` or `{word} hours`"),
                ));
            }
        };
        span = add(span, amount, unit).ok_or_else(|| not_a_length(text))?;
        previous = Some(unit);
    }
    Ok(span)
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

const UNITS: [(Unit, &[&str]); 7] = [
    (Unit::Second, &["seconds", "second", "secs", "sec", "s"]),
    (Unit::Minute, &["minutes", "minute", "mins", "min", "m"]),
    (Unit::Hour, &["hours", "hour", "hrs", "hr", "h"]),
    (Unit::Day, &["days", "day", "d"]),
    (Unit::Week, &["weeks", "week", "wks", "wk", "w"]),
    (Unit::Month, &["months", "month"]),
    (Unit::Year, &["years", "year", "yrs", "yr", "y"]),
];

const NUMBERS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn unit(word: &str) -> Option<Unit> {
    let word = word.trim_end_matches(['.', ',']);
    UNITS.iter().find(|(_, names)| names.contains(&word)).map(|(unit, _)| *unit)
}

/// A number in hundredths, so that `1.5` and `1½` are exact.
fn amount(word: &str) -> Option<i64> {
    if word == "a" || word == "an" {
        return Some(100);
    }
    if let Some(index) = NUMBERS.iter().position(|number| *number == word) {
        return i64::try_from(index * 100).ok();
    }
    let (whole, hundredths) = match word.split_once('.') {
        Some((whole, part)) if all_digits(part) && part.len() <= 2 => (whole, format!("{part:0<2}").parse().ok()?),
        Some(_) => return None,
        None => match word.char_indices().last()? {
            (at, '½') => (&word[..at], 50),
            (at, '¼') => (&word[..at], 25),
            (at, '¾') => (&word[..at], 75),
            _ => (word, 0),
        },
    };
    if whole.is_empty() && hundredths > 0 {
        return Some(hundredths);
    }
    if !all_digits(whole) || whole.len() > 5 {
        return None;
    }
    Some(whole.parse::<i64>().ok()? * 100 + hundredths)
}

fn add(span: Span, hundredths: i64, unit: Unit) -> Option<Span> {
    let whole = hundredths / 100;
    if hundredths % 100 != 0 {
        let minutes = match unit {
            Unit::Hour => 60,
            Unit::Day => 24 * 60,
            Unit::Week => 7 * 24 * 60,
            _ => return None,
        };
        return span.try_minutes(span.get_minutes() + hundredths * minutes / 100).ok();
    }
    match unit {
        Unit::Second => span.try_seconds(span.get_seconds() + whole),
        Unit::Minute => span.try_minutes(span.get_minutes() + whole),
        Unit::Hour => span.try_hours(i64::from(span.get_hours()) + whole),
        Unit::Day => span.try_days(i64::from(span.get_days()) + whole),
        Unit::Week => span.try_weeks(i64::from(span.get_weeks()) + whole),
        Unit::Month => span.try_months(i64::from(span.get_months()) + whole),
        Unit::Year => span.try_years(i64::from(span.get_years()) + whole),
    }
    .ok()
}

/// Puts a space where digits and letters meet: `1h30m` into `1 h 30 m`.
fn spread(text: &str) -> String {
    let mut spread = String::with_capacity(text.len() + 8);
    let mut last = ' ';
    for letter in text.chars() {
        if letter == ',' {
            spread.push(' ');
        } else {
            if last.is_alphabetic() && letter.is_ascii_digit() || !last.is_alphabetic() && letter.is_alphabetic() {
                spread.push(' ');
            }
            spread.push(letter);
        }
        last = letter;
    }
    spread
}

fn unknown_unit(word: &str, text: &str) -> Fault {
    match nearest(word, UNITS.iter().flat_map(|(_, names)| names.iter().copied().filter(|name| name.len() > 2))) {
        Some(name) => Fault::new(format!("`{word}` is not a length of time"), format!("did you mean `{name}`?")),
        None => not_a_length(text),
    }
}

fn not_a_length(text: &str) -> Fault {
    Fault::new(format!("`{text}` is not a length of time"), HOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let got = match parse_duration(text) {
            Ok(span) => span.to_string(),
            Err(fault) => format!("{} | {}", fault.message, fault.help),
        };
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn lengths_are_read() {
        check("90 minutes", "PT90M");
        check("90min", "PT90M");
        check("1 hour", "PT1H");
        check("1 hour 30 minutes", "PT1H30M");
        check("1 hour and 30 mins", "PT1H30M");
        check("an hour and a half", "PT1H30M");
        check("half an hour", "PT30M");
        check("1.5 hours", "PT90M");
        check("1½ hours", "PT90M");
        check("two hours", "PT2H");
        check("1h30", "PT1H30M");
        check("1h 30m", "PT1H30M");
        check("01:30:00", "PT1H30M");
        check("1:30", "PT1H30M");
        check("PT1H30M", "PT1H30M");
        check("pt45m", "PT45M");
        check("2 days", "P2D");
        check("a week", "P1W");
        check("12 months", "P12M");
        check("1 year", "P1Y");
    }

    #[test]
    fn what_is_not_a_length_says_what_to_write() {
        check("90", "`90` does not say whether it is minutes, hours or days | write `90 minutes` or `90 hours`");
        check("90 minuets", "`minuets` is not a length of time | did you mean `minutes`?");
        check("0 minutes", &format!("`0 minutes` is no time at all | {HOW}"));
        check("a while", &format!("`a while` is not a length of time | {HOW}"));
        check("", &format!("there is no length of time here | {HOW}"));
        check("99999 years", &format!("`99999 years` is not a length of time | {HOW}"));
    }
}
