//! The time of day as people write it: `10am`, `10.30am`, `10:00`, `midday`.

use jiff::civil::Time;

use super::{Fault, words};

/// Reads a time of day.
pub fn parse_time(text: &str) -> Result<Time, Fault> {
    match read_clock(text) {
        Some(time) => Ok(time),
        None => read_words(text),
    }
}

/// `10:00` and `10:00:00`, as programs write nearly all times.
fn read_clock(text: &str) -> Option<Time> {
    let number = |tens: u8, ones: u8| {
        let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
        is_number.then(|| ((tens - b'0') * 10 + ones - b'0').cast_signed())
    };
    let (hour, minute, second) = match *text.as_bytes() {
        [a, b, b':', c, d] => (number(a, b)?, number(c, d)?, 0),
        [a, b, b':', c, d, b':', e, f] => (number(a, b)?, number(c, d)?, number(e, f)?),
        _ => return None,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// What is wrong with a range where a time belongs.
pub fn two_times(text: &str) -> Fault {
    Fault::new(
        format!("`{text}` is two times, and one belongs here"),
        "write the time it starts here, and give the other one as `end`",
    )
}

fn read_words(text: &str) -> Result<Time, Fault> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if text.is_empty() {
        return Err(Fault::new("there is no time here", "write a time such as `10am` or `10:30am`"));
    }
    if is_range(&text) {
        return Err(two_times(&text));
    }
    match text.as_str() {
        "noon" | "midday" | "12 noon" | "12noon" | "12 midday" => return Ok(Time::constant(12, 0, 0, 0)),
        "midnight" | "12 midnight" | "12midnight" => return Ok(Time::midnight()),
        _ => {}
    }
    let not_a_time = || {
        Fault::new(format!("`{text}` is not a time of day"), "write it as in `10am`, `10:30am`, `2:15pm` or `14:15`")
    };
    let (digits, half) = split_half(&text);
    let numbers = digits.replace('.', ":");
    let numbers: Vec<&str> = numbers.split(':').collect();
    if numbers.len() > 3 || numbers.iter().any(|n| n.is_empty() || n.len() > 2 || !all_digits(n)) {
        return read_fraction(digits, half).ok_or_else(not_a_time);
    }
    let number = |index: usize| numbers.get(index).and_then(|n| n.parse::<i8>().ok()).unwrap_or(0);
    let (hour, minute, second) = (number(0), number(1), number(2));
    if minute > 59 || second > 60 {
        return Err(Fault::new(
            format!("`{text}` is not a time: an hour has 60 minutes, numbered 00 to 59"),
            "write it as in `10:30am`",
        ));
    }
    match half {
        Some(_) if hour == 0 || hour > 12 => Err(hour_does_not_fit(&text, hour, minute)),
        Some(half) => build(hour % 12 + if half == Half::Afternoon { 12 } else { 0 }, minute, second),
        None if numbers.len() == 1 => Err(Fault::new(
            format!("`{text}` could be morning or evening"),
            match hour {
                0..=12 => format!("write `{hour}am` or `{hour}pm`"),
                _ => format!("write `{hour}:00`"),
            },
        )),
        None if hour > 23 => Err(Fault::new(
            format!("`{text}` is not a time: a day has 24 hours, numbered 00 to 23"),
            if hour == 24 { "write `00:00`, which begins the next day" } else { "write it as in `14:15`" },
        )),
        None => build(hour, minute, second),
    }
    .map_err(|fault| if fault.message.is_empty() { not_a_time() } else { fault })
}

#[derive(Clone, Copy, PartialEq)]
enum Half {
    Morning,
    Afternoon,
}

/// `10:30 a.m.` into `10:30` and the half of the day.
fn split_half(text: &str) -> (&str, Option<Half>) {
    for (ending, half) in [
        ("am", Half::Morning),
        ("a.m.", Half::Morning),
        ("a.m", Half::Morning),
        ("pm", Half::Afternoon),
        ("p.m.", Half::Afternoon),
        ("p.m", Half::Afternoon),
    ] {
        if let Some(digits) = text.strip_suffix(ending) {
            return (digits.trim_end(), Some(half));
        }
    }
    (text, None)
}

/// `10:00:00.123`, as other programs write it.
fn read_fraction(digits: &str, half: Option<Half>) -> Option<Time> {
    let (clock, fraction) = digits.rsplit_once(['.', ','])?;
    let is_exact = half.is_none() && clock.matches(':').count() == 2 && all_digits(fraction) && fraction.len() <= 9;
    if !is_exact {
        return None;
    }
    let nanoseconds = format!("{fraction:0<9}").parse().ok()?;
    let time = parse_time(clock).ok()?;
    Time::new(time.hour(), time.minute(), time.second(), nanoseconds).ok()
}

fn build(hour: i8, minute: i8, second: i8) -> Result<Time, Fault> {
    // A leap second (RFC 3339 §5.6 allows 60) is read as the second before it.
    Time::new(hour, minute, second.min(59), 0).map_err(|_| Fault::new("", ""))
}

fn hour_does_not_fit(text: &str, hour: i8, minute: i8) -> Fault {
    let help = match (hour, Time::new(hour % 24, minute, 0, 0)) {
        (0..=23, Ok(time)) => format!("write `{}`", words::time(time)),
        _ => "write it as in `10:30am`".to_owned(),
    };
    Fault::new(format!("`{text}` is not a time: with am or pm the hours are 1 to 12"), help)
}

fn is_range(text: &str) -> bool {
    let starts_with_digit = |part: &str| part.trim().starts_with(|c: char| c.is_ascii_digit());
    [" to ", " until ", "–", "—", "-"]
        .iter()
        .any(|between| text.split_once(between).is_some_and(|(a, b)| starts_with_digit(a) && !b.trim().is_empty()))
}

pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let got = match parse_time(text) {
            Ok(time) => time.to_string(),
            Err(fault) => format!("{} | {}", fault.message, fault.help),
        };
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn times_are_read() {
        check("10:00", "10:00:00");
        check("9:05", "09:05:00");
        check("10:00:30", "10:00:30");
        check("10:00:30.25", "10:00:30.25");
        check("23:59:60", "23:59:59");
        check("10am", "10:00:00");
        check("10 AM", "10:00:00");
        check("10.30am", "10:30:00");
        check("10:30 a.m.", "10:30:00");
        check("2.15pm", "14:15:00");
        check("12pm", "12:00:00");
        check("12am", "00:00:00");
        check("noon", "12:00:00");
        check("Midday", "12:00:00");
        check("midnight", "00:00:00");
        check("14.15", "14:15:00");
    }

    #[test]
    fn what_is_not_a_time_says_what_to_write() {
        check("", "there is no time here | write a time such as `10am` or `10:30am`");
        check("10", "`10` could be morning or evening | write `10am` or `10pm`");
        check("15", "`15` could be morning or evening | write `15:00`");
        check("13pm", "`13pm` is not a time: with am or pm the hours are 1 to 12 | write `1pm`");
        check("25:00", "`25:00` is not a time: a day has 24 hours, numbered 00 to 23 | write it as in `14:15`");
        check(
            "24:00",
            "`24:00` is not a time: a day has 24 hours, numbered 00 to 23 | write `00:00`, which begins the next day",
        );
        check("10:75", "`10:75` is not a time: an hour has 60 minutes, numbered 00 to 59 | write it as in `10:30am`");
        check(
            "10am to 12pm",
            "`10am to 12pm` is two times, and one belongs here | write the time it starts here, and give the other one as `end`",
        );
        check(
            "10-12",
            "`10-12` is two times, and one belongs here | write the time it starts here, and give the other one as `end`",
        );
        check("tea time", "`tea time` is not a time of day | write it as in `10am`, `10:30am`, `2:15pm` or `14:15`");
        check("1٣:00", "`1٣:00` is not a time of day | write it as in `10am`, `10:30am`, `2:15pm` or `14:15`");
    }
}
